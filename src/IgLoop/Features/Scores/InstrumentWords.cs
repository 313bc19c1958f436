using IgLoop.Core.Knowledge.Instruments;

namespace IgLoop.Features.Scores;

/// <summary>What the forms say of an instrument.</summary>
internal static class InstrumentWords
{
    /// <summary>The time that the answers speak of.</summary>
    public static string LookBack(Instrument instrument) => instrument.LookBack is { } l
        ? string.Join("; ", new[] { l.Days is { } d ? $"the last {d} days{(l.AcceptedDays.Count > 0 ? $" (also used: {string.Join(", ", l.AcceptedDays)})" : "")}" : null, l.Text?.TrimEnd('.') }.OfType<string>())
        : "not stated";
}
