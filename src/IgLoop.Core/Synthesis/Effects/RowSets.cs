using System.Globalization;

namespace IgLoop.Core.Synthesis.Effects;

/// <summary>What is wrong or doubtful between studies, and not within one.</summary>
internal static class RowSets
{
    /// <exception cref="SynthesisException">A study is there twice with the same numbers, or effects that carry a unit carry different ones.</exception>
    public static void Check(IReadOnlyList<TrialRow> rows, Measure measure)
    {
        foreach (var same in ByLabel(rows))
        {
            var seen = new Dictionary<(TrialRow, string), TrialRow>();
            foreach (var row in same)
            {
                var numbers = Everything(row);
                if (!seen.TryAdd(numbers, row))
                {
                    throw new SynthesisException("duplicate-study", $"This study is there twice: row {seen[numbers].Row} has the same name and the same values, so its patients would count double; delete one, or give them different names if they are two studies.", row.Where);
                }
            }
        }

        if (!HasUnit(measure))
        {
            return;
        }

        var first = rows.FirstOrDefault(r => r.Unit is not null);
        if (rows.FirstOrDefault(r => r.Unit is not null && !string.Equals(r.Unit, first!.Unit, StringComparison.OrdinalIgnoreCase)) is { } odd)
        {
            throw new SynthesisException("mixed-units", $"This study is in '{odd.Unit}' and row {first!.Row} in '{first.Unit}'; bring all to one unit, or pool standardised mean differences (SMD).", $"{odd.Where}, column unit");
        }
    }

    /// <summary>What may be a mistake and cannot be known to be one; one sentence each.</summary>
    public static IEnumerable<string> Doubts(IReadOnlyList<TrialRow> rows, Measure measure)
    {
        foreach (var same in ByLabel(rows))
        {
            yield return $"{same.Key} stands in rows {string.Join(" and ", same.Select(r => r.Row))}: if the same people are in both, they count more than once.";
        }

        var unnamed = rows.Where(r => r.Unit is null).ToList();
        if (HasUnit(measure) && unnamed.Count > 0 && unnamed.Count < rows.Count)
        {
            yield return $"The unit is given for some studies and not for {string.Join(", ", unnamed.Select(r => r.Label))}.";
        }

        var spreads = rows.Where(r => r is { Sd1: > 0, Sd2: > 0 }).Select(r => (r, Sd: Math.Sqrt(r.Sd1!.Value * r.Sd2!.Value))).OrderBy(x => x.Sd).ToList();
        if (measure == Measure.MD && spreads.Count > 2)
        {
            var middle = spreads[spreads.Count / 2].Sd;
            foreach (var (r, sd) in spreads.Where(x => x.Sd > 20 * middle || x.Sd < middle / 20))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{r.Label} (row {r.Row}) has standard deviations around {sd:0.###}, those of the middle study are around {middle:0.###}: is it in another unit, or is a standard error given for a standard deviation?");
            }
        }
    }

    private static bool HasUnit(Measure measure) => measure is Measure.MD or Measure.GEN;

    private static IEnumerable<IGrouping<string, TrialRow>> ByLabel(IReadOnlyList<TrialRow> rows) => rows.GroupBy(r => r.Label, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1);

    /// <summary>All that a row says but its place, so that two of them are equal when nothing tells them apart.</summary>
    private static (TrialRow, string) Everything(TrialRow r) => (r with { Label = "", Row = 0, Others = Nothing }, string.Join('\n', r.Others.OrderBy(o => o.Key, StringComparer.Ordinal).Select(o => $"{o.Key}={o.Value}")));

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();
}
