using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>The score over all visits from the baseline on.</summary>
internal static class TrendAnalysis
{
    /// <summary>Days of a mean month.</summary>
    public const double Month = 30.4375;

    /// <summary>Times of the Friedman test and of the means: name, day, days to either side.</summary>
    private static readonly (string Name, int Day, int Within)[] Bins = [("baseline", 0, 0), ("1 month", 30, 15), ("3 months", 91, 30), ("6 months", 183, 45), ("12 months", 365, 60)];

    public static Trend Of(IReadOnlyList<CohortPatient> included, string instrument, OutcomeOptions o)
    {
        var values = new List<Repeated>();
        for (var i = 0; i < included.Count; i++)
        {
            var p = included[i];
            var first = p.FirstInfusion!.Value.DayNumber;
            var scores = Pairing.ScoresOf(p, instrument).ToList();
            if (Pairing.Baseline(p, scores, o) is { } baseline)
            {
                // The baseline counts as time 0: its days before the first infusion are waiting, not treatment.
                values.Add(new(i, 0, (double)baseline.Value));
                values.AddRange(scores.Where(s => s.On.DayNumber > first && s.On.DayNumber - first <= o.AfterDays + o.AfterWithinDays).Select(s => new Repeated(i, (s.On.DayNumber - first) / Month, (double)s.Value)));
            }
        }

        var (model, why) = Fit(values);
        var (patients, names, friedman) = Friedman(included, instrument, o);
        return new(model, model?.IntervalOf(1, o.Level), why, patients, names, friedman, Means(included, p => Pairing.ScoresOf(p, instrument), o));
    }

    private static (MixedModel? Model, string? Why) Fit(List<Repeated> values)
    {
        try
        {
            var full = MixedModel.Of(values, randomSlope: true);
            return full.Singular ? (MixedModel.Of(values, randomSlope: false), "the random slope was left out: its variance could not be told from 0") : (full, null);
        }
        catch (ArgumentException)
        {
            try
            {
                return (MixedModel.Of(values, randomSlope: false), "the random slope was left out: too few visits a patient");
            }
            catch (Exception e) when (e is ArgumentException or SingularMatrixException)
            {
                return (null, "no mixed model: too few patients with more than one visit");
            }
        }
        catch (SingularMatrixException)
        {
            return (null, "no mixed model: all values are of one time");
        }
    }

    private static (int Patients, IReadOnlyList<string> Times, ChiSquaredTest? Test) Friedman(IReadOnlyList<CohortPatient> included, string instrument, OutcomeOptions o)
    {
        // The times that at least half of the patients have; then only patients with all of these.
        IEnumerable<(DateOnly On, decimal Value)> Scores(CohortPatient p) => Pairing.ScoresOf(p, instrument);
        var bins = Bins.Where(b => included.Count(p => InBin(p, Scores(p), b, o) is not null) * 2 >= included.Count).ToList();
        var rows = included.Select(p => bins.Select(b => InBin(p, Scores(p), b, o)).ToArray()).Where(r => r.All(v => v is not null)).Select(r => (IReadOnlyList<double>)[.. r.Select(v => v!.Value)]).ToList();
        return bins.Count < 3 || rows.Count < 2 ? (rows.Count, [.. bins.Select(b => b.Name)], null) : (rows.Count, [.. bins.Select(b => b.Name)], RankTests.Friedman(rows));
    }

    /// <summary>Mean with its interval at each bin of time at which anybody has a value.</summary>
    public static IReadOnlyList<TrendPoint> Means(IReadOnlyList<CohortPatient> included, Func<CohortPatient, IEnumerable<(DateOnly On, decimal Value)>> values, OutcomeOptions o)
    {
        var points = new List<TrendPoint>();
        foreach (var bin in Bins)
        {
            var x = included.Select(p => InBin(p, values(p), bin, o)).Where(v => v is not null).Select(v => v!.Value).ToList();
            if (x.Count > 0)
            {
                var mean = x.Average();
                double? half = x.Count > 1 ? Distributions.StudentQuantile(1 - ((1 - o.Level) / 2), x.Count - 1) * Math.Sqrt(Sample.Variance(x) / x.Count) : null;
                points.Add(new(bin.Day / Month, x.Count, mean, mean - half, mean + half));
            }
        }

        return points;
    }

    private static double? InBin(CohortPatient p, IEnumerable<(DateOnly On, decimal Value)> values, (string Name, int Day, int Within) bin, OutcomeOptions o)
    {
        if (bin.Day == 0)
        {
            return (double?)Pairing.Baseline(p, values, o)?.Value;
        }

        var target = p.FirstInfusion!.Value.DayNumber + bin.Day;
        var near = values.Where(s => Math.Abs(s.On.DayNumber - target) <= bin.Within).OrderBy(s => Math.Abs(s.On.DayNumber - target)).ThenBy(s => s.On).ToList();
        return near.Count == 0 ? null : (double)near[0].Value;
    }
}
