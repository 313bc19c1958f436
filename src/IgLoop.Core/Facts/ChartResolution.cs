namespace IgLoop.Core.Facts;

/// <summary>From everything in a chart to what is usable on a day.</summary>
public static class ChartResolution
{
    private const int ChildHeightDays = 180;

    /// <summary>
    /// The latest value of each fact on or before <paramref name="at"/> that is within its validity. Older values are listed as stale.
    /// A value without date counts as current. Of two values on one day the later in the source is used and the other is listed.
    /// Values after the day are not used and listed.
    /// </summary>
    public static ChartAt At(this Chart chart, FactCatalogue catalogue, DateOnly at)
    {
        var best = new ChartEntry?[catalogue.Count];
        var not = new List<NotUnderstood>(chart.NotUnderstood);
        foreach (var entry in chart.Entries)
        {
            if (entry.Value.At > at)
            {
                not.Add(new(entry.Value.Source, $"{entry.Fact.Name} {entry.Value.Show(entry.Fact)}", $"dated {entry.Value.At:yyyy-MM-dd}, after the day of the decision"));
                continue;
            }

            ref var known = ref best[entry.Fact.Slot];
            if (known is null)
            {
                known = entry;
                continue;
            }

            var (day, other) = (entry.Value.At ?? at, known.Value.At ?? at);
            if (day == other && (known.Value.Number != entry.Value.Number || known.Value.Text != entry.Value.Text))
            {
                not.Add(new(known.Value.Source, $"{known.Fact.Name} {known.Value.Show(known.Fact)}", "another value of the same day comes later in the source and is used"));
            }

            if (day >= other)
            {
                known = entry;
            }
        }

        var stale = new List<ChartEntry>();
        var facts = new FactSet(catalogue).Scratch();
        var born = best.FirstOrDefault(e => e?.Fact.Id == "birth_date")?.Value.AsDate;
        foreach (var entry in best)
        {
            if (entry is null)
            {
                continue;
            }

            var days = entry.Value.At is { } measured ? at.DayNumber - measured.DayNumber : 0;
            // A height taken in childhood is no height of today's, however long the patient has been grown up.
            var child = entry.Fact.Id == "height" && born is { } b && (entry.Value.At ?? at) < b.AddYears(18) && days > ChildHeightDays;
            if (child || (entry.Fact.ValidFor is { } valid && days > valid.TotalDays))
            {
                stale.Add(entry);
            }
            else
            {
                facts.Put(entry.Fact.Slot, entry.Value);
            }
        }

        DerivedFacts.Fill(facts, at);
        return new(facts, stale, not, at, chart.Label, chart.Died);
    }
}
