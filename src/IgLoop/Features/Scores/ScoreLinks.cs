using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores;

/// <summary>A way on to another form.</summary>
/// <param name="Fields">What the form there is filled with, by the names of its inputs.</param>
public sealed record OnwardLink(string Path, IReadOnlyList<(string Name, string Value)> Fields, string Words)
{
    public string Href => $"{Path}#in={Uri.EscapeDataString(string.Join('&', Fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")))}";
}

/// <summary>
/// Where a score goes on: to the forms that ask for its total, and to the judgement of the course. What was entered stands behind the # of the link,
/// which no server sees; without script a button sends the same as the body of a request (<c>GoOn</c>).
/// </summary>
internal static class ScoreLinks
{
    /// <summary>The forms that ask for the first total, filled with it and with the last one; none while the total is not known.</summary>
    public static IReadOnlyList<OnwardLink> Onward(KnowledgeBase knowledge, ScoreSheet sheet)
    {
        if (sheet is not { HasAnswers: true, Result.Totals: [{ Value: { } now } total, ..] })
        {
            return [];
        }

        var last = sheet.LastOf(total.Total.Id)?.Of(total.Total.Id)?.Value;
        return
        [
            .. from instrument in knowledge.Instruments.Values
               from calculation in instrument.Calculations
               let asked = calculation.Asks.Where(a => a.Like == sheet.Instrument.Id).ToList()
               where asked.Count > 0
               select Link(
                   $"/scores/{calculation.Id}",
                   [("at", sheet["at"]), .. asked.Select(a => ("w." + a.Name, (IsOfBefore(a) ? last : now) is { } value ? ScoreInputs.Show(value) : ""))],
                   instrument.Id == sheet.Instrument.Id ? calculation.Name : instrument.Calculations.Count == 1 ? instrument.Name : $"{instrument.Name}: {Words.Inside(calculation.Name)}"),
        ];
    }

    /// <summary>The page of a response with every assessment and infusion of this page.</summary>
    public static OnwardLink Response(ScoreSheet sheet)
    {
        var earlier = sheet["earlier"].Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => char.IsDigit(l[0]) ? $"{sheet.Request} {l}" : l);
        var lines = sheet is { HasAnswers: true, Problems.Count: 0 } ? earlier.Append(sheet.Line()) : earlier;
        var given = sheet.Infusions.Index().SelectMany(i => new[] { ($"infusions.{i.Index}.at", i.Item.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), ($"infusions.{i.Index}.g", i.Item.Grams is { } g ? ScoreInputs.Show(g) : "") });
        return Link("/response", [("instrument", sheet.Request), ("lines", string.Join('\n', lines)), .. given], "Did it work?");
    }

    private static bool IsOfBefore(Ask ask) => ask.Name.EndsWith("baseline", StringComparison.Ordinal) || ask.Name.EndsWith("prev", StringComparison.Ordinal);

    private static OnwardLink Link(string path, IEnumerable<(string Name, string Value)> fields, string words) => new(path, [.. fields.Where(f => f.Value.Length > 0)], words);
}
