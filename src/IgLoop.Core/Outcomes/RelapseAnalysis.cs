using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>Time from the last infusion to a relapse: the first recorded one, else the first rise of the score by the points of a relapse over its last value up to the last infusion.</summary>
internal static class RelapseAnalysis
{
    public static (Relapses Result, IReadOnlyDictionary<string, (double Day, bool Event)> Times) Of(IReadOnlyList<CohortPatient> included, string instrument, OutcomeOptions o)
    {
        var times = new Dictionary<string, (double Day, bool Event)>(StringComparer.Ordinal);
        int recorded = 0, byScore = 0;
        foreach (var p in included)
        {
            var last = p.LastInfusion!.Value;
            var relapse = p.Relapses.Where(r => r > last).Select(r => (DateOnly?)r).Min();
            var rise = Rise(p, last, instrument, o);
            recorded += relapse is not null ? 1 : 0;
            byScore += relapse is null && rise is not null ? 1 : 0;
            times[p.Id] = (relapse ?? rise) is { } day ? (day.DayNumber - last.DayNumber, true) : (Math.Max(0, p.EndOfWatch!.Value.DayNumber - last.DayNumber), false);
        }

        RelapseGroup Group(string name, IReadOnlyList<CohortPatient> who) => new(name, KaplanMeier.Of([.. who.Select(p => times[p.Id].Day)], [.. who.Select(p => times[p.Id].Event)], SurvivalScale.LogLog, o.Level), [.. who.Select(p => times[p.Id])]);
        var bands = new[] { Analysis.Low, Analysis.High }.Select(b => (Name: b, Who: included.Where(p => Analysis.BandOf(p, o) == b).ToList())).Where(b => b.Who.Count > 0).ToList();
        var banded = bands.SelectMany(b => b.Who.Select(p => (b.Name, Time: times[p.Id]))).ToList();
        var groups = new List<RelapseGroup> { Group("all", included) };
        groups.AddRange(bands.Count > 1 ? bands.Select(b => Group(b.Name, b.Who)) : []);
        return (new(recorded, byScore, groups, bands.Count > 1 ? Test(banded) : null), times);
    }

    private static LogRank? Test(List<(string Name, (double Day, bool Event) Time)> banded)
    {
        try
        {
            return LogRank.Of([.. banded.Select(b => b.Time.Day)], [.. banded.Select(b => b.Time.Event)], [.. banded.Select(b => b.Name)]);
        }
        catch (SingularMatrixException)
        {
            // Every event while only one band was still watched: there is nothing to compare.
            return null;
        }
    }

    private static DateOnly? Rise(CohortPatient p, DateOnly last, string instrument, OutcomeOptions o)
    {
        var scores = Pairing.ScoresOf(p, instrument).ToList();
        var before = scores.Where(s => s.On <= last).ToList();
        return before.Count == 0 ? null : scores.Where(s => s.On > last && s.Value - before[^1].Value >= o.RelapsePoints).Select(s => (DateOnly?)s.On).FirstOrDefault();
    }
}
