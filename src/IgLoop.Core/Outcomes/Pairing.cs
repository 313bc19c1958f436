namespace IgLoop.Core.Outcomes;

/// <summary>A value before and a value after the first infusion.</summary>
public sealed record Pair<T>(CohortPatient Patient, DateOnly BaselineOn, T Baseline, DateOnly AfterOn, T After);

/// <summary>The pairing rules: which of a patient's values is the baseline, and which is after. Stated in every report.</summary>
public static class Pairing
{
    /// <summary>The last value from <see cref="OutcomeOptions.BaselineWithinDays"/> days before the first infusion up to its day.</summary>
    public static (DateOnly On, T Value)? Baseline<T>(CohortPatient patient, IEnumerable<(DateOnly On, T Value)> values, OutcomeOptions options)
    {
        if (patient.FirstInfusion is not { } first)
        {
            return null;
        }

        var eligible = values.Where(v => v.On <= first && first.DayNumber - v.On.DayNumber <= options.BaselineWithinDays).ToList();
        return eligible.Count == 0 ? null : eligible.MaxBy(v => v.On);
    }

    /// <summary>The value nearest to <see cref="OutcomeOptions.AfterDays"/> days after the first infusion, never on or before its day; of two as near, the earlier.</summary>
    public static (DateOnly On, T Value)? After<T>(CohortPatient patient, IEnumerable<(DateOnly On, T Value)> values, OutcomeOptions options)
    {
        if (patient.FirstInfusion is not { } first)
        {
            return null;
        }

        var target = first.DayNumber + options.AfterDays;
        var eligible = values.Where(v => v.On > first && Math.Abs(v.On.DayNumber - target) <= options.AfterWithinDays).OrderBy(v => Math.Abs(v.On.DayNumber - target)).ThenBy(v => v.On).ToList();
        return eligible.Count == 0 ? null : eligible[0];
    }

    /// <summary>All patients with both values.</summary>
    public static IReadOnlyList<Pair<T>> Pairs<T>(IEnumerable<CohortPatient> patients, Func<CohortPatient, IEnumerable<(DateOnly On, T Value)>> values, OutcomeOptions options)
    {
        var pairs = new List<Pair<T>>();
        foreach (var p in patients)
        {
            var all = values(p).ToList();
            if (Baseline(p, all, options) is { } before && After(p, all, options) is { } after)
            {
                pairs.Add(new(p, before.On, before.Value, after.On, after.Value));
            }
        }

        return pairs;
    }

    public static IEnumerable<(DateOnly On, decimal Value)> ScoresOf(CohortPatient p, string instrument) => p.Scores.Where(s => s.Instrument == instrument).Select(s => (s.On, s.Value));

    public static IEnumerable<(DateOnly On, bool Value)> SignsOf(CohortPatient p, string manifestation) => p.Signs.Where(s => s.Manifestation == manifestation).Select(s => (s.On, s.Present));

    public static IEnumerable<(DateOnly On, decimal Value)> SteroidOf(CohortPatient p) => p.Steroid.Select(s => (s.On, s.MgPerDay));
}
