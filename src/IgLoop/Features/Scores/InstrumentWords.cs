using System.Text.RegularExpressions;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores;

/// <summary>What the forms say of an instrument.</summary>
internal static partial class InstrumentWords
{
    /// <summary>The time that the answers speak of.</summary>
    public static string LookBack(Instrument instrument) => instrument.LookBack is { } l
        ? string.Join("; ", new[] { l.Days is > 0 and var d ? $"the last {d} days{(l.AcceptedDays.Count > 0 ? $" (also used: {string.Join(", ", l.AcceptedDays)})" : "")}" : null, l.Text?.TrimEnd('.') }.OfType<string>())
        : "not stated";

    /// <summary>What a result calls unverified, in the words of the form: <c>points of talking</c>, <c>limit mse</c>, <c>bands klein</c>, <c>total damage</c>.</summary>
    public static string Unverified(Instrument instrument, string named)
    {
        var (kind, id) = named.LastIndexOf(' ') is > 0 and var space ? (named[..space], named[(space + 1)..]) : ("", named);
        var items = instrument.Items.Where(i => i.Base == id).ToList();
        return kind switch
        {
            "limit" when instrument.Limits.FirstOrDefault(l => l.Id == id) is { } limit => $"the limit “{limit.Name}”",
            "bands" when instrument.Schemes.FirstOrDefault(s => s.Id == id) is { } scheme => $"the bands “{scheme.Name}”",
            "total" when instrument.Total(id) is { } total => $"the range of {total.Name}",
            "points of" when items.Count > 0 => $"the points of “{(items.Count > 1 ? Words.Sentence(Words.Plain(id)) : items[0].Label)}”",
            // The rows of a rule (a drug, a limit of change, a part) stand under their own ids.
            _ when kind.Length == 0 => $"“{Words.Tidy(ScoreNames.Part(instrument, instrument.Id, id))}”",
            _ => Words.Plain(named),
        };
    }

    /// <summary>The points of a measured value, row by row: <c>below 41: 0; from 41: 0.5</c>; for both sexes while the sex is not known.</summary>
    public static string Steps(MeasuredTable table, string? sex = null) => string.Join(". ", table.Rows.Where(r => r.Key.Length == 0 || sex is null || r.Key == sex)
        .Select(r => (r.Key.Length == 0 || sex is not null ? "" : $"{Words.Sentence(r.Key)}: ") + string.Join("; ", r.Value.Select((row, n) => $"{From(r.Value, n)}: {Words.Number(row.Points)}"))));

    private static string From(IReadOnlyList<PointRow> rows, int n) => n > 0 ? $"{(rows[n].Open ? "above" : "from")} {Words.Number(rows[n].Limit)}"
        : rows.Count == 1 ? "any value"
        : rows[1].Open ? $"up to {Words.Number(rows[1].Limit)}"
        : $"below {Words.Number(rows[1].Limit)}";

    /// <summary>A line of the core that names parts by their ids, such as <c>bilag: …</c> or <c>timed_10m_walk</c>, as a person writes it.</summary>
    public static string Line(string text) => Words.Sentence(Abbreviations().Replace(Words.Plain(Words.Tidy(text)), m => m.Value.ToUpperInvariant()));

    [GeneratedRegex(@"\b(sledai|bilag|bicla|pga|clasi|cdasi|mrc|incat|onls|qmg|mgfa|mmt8|haq|ldh|ast|alt|ck)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Abbreviations();
}
