using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>One part of a rule of which all must hold.</summary>
/// <param name="Id">Code under which a failure is reported.</param>
/// <param name="Holds">Null: an input that it needs is unknown.</param>
/// <param name="Line">The arithmetic, with the limit.</param>
internal sealed record Part(string Id, bool? Holds, string Line);

/// <summary>Three-valued "all of these", with every part that failed or is open named.</summary>
internal static class Parts
{
    /// <summary>All parts hold: true; one fails: false, whatever the unknown ones are; else null.</summary>
    public static bool? All(IEnumerable<Part> parts) => And(parts.Select(p => p.Holds));

    public static bool? And(params IEnumerable<bool?> values)
    {
        var open = false;
        foreach (var v in values)
        {
            if (v == false)
            {
                return false;
            }

            open |= v is null;
        }

        return open ? null : true;
    }

    public static bool? Or(params IEnumerable<bool?> values) => !And(values.Select(v => !v));

    /// <summary>The result of a rule of parts: the verdict under its own name, <c>failed</c> and <c>unresolved</c>.</summary>
    public static ScoreResult Result(Instrument instrument, string id, string verdict, IReadOnlyList<Part> parts, IReadOnlyList<string>? unverifiedParts = null)
    {
        var failed = parts.Where(p => p.Holds == false).Select(p => p.Id).ToList();
        var open = parts.Where(p => p.Holds is null).Select(p => p.Id).ToList();
        var holds = All(parts);
        return ScoreResult.Of(id, (verdict, Given.Of(holds)), ("failed", Given.Of(failed)), ("unresolved", Given.Of(open))) with
        {
            Version = instrument.Version,
            Missing = holds is null ? open : [],
            Unverified = failed.Count > 0 && failed.All(f => unverifiedParts?.Contains(f) == true) ? failed : [],
            Working = [.. parts.Select(p => $"{p.Id.Replace('_', ' ')}: {p.Line} - {Word(p.Holds)}")],
        };
    }

    /// <summary>Whether a difference of two values of one range meets a limit, whatever the unknown of the two may be; null where it depends.</summary>
    public static bool? Difference(decimal? more, decimal? less, ScoreTotal range, Func<decimal, bool> meets)
    {
        var least = meets((more ?? range.Low) - (less ?? range.High));
        return least == meets((more ?? range.High) - (less ?? range.Low)) ? least : null;
    }

    public static string Word(bool? holds) => holds switch { true => "met", false => "not met", null => "unknown" };

    /// <summary>A number for a line of arithmetic; "?" while unknown.</summary>
    public static string Show(decimal? value) => value is { } v ? ScoreInputs.Show(v) : "?";

    /// <summary>100 × part / whole, to two decimals, half away from zero; only for showing, never for comparing.</summary>
    public static decimal? Percent(decimal? part, decimal? whole) => part is { } p && whole is { } w && w != 0 ? Math.Round(100 * p / w, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>Names of inputs that are unknown.</summary>
    public static IReadOnlyList<string> Unknown(params IEnumerable<(string Name, object? Value)> inputs) => [.. inputs.Where(i => i.Value is null).Select(i => i.Name)];
}
