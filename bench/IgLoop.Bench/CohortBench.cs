using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Bench;

/// <summary>
/// A simulation study of the whole analysis: cohorts as `igloop simulate` makes them, analysed as `igloop outcomes` does, and how often each interval
/// of the report holds what is true of the population they were drawn from. Truths come from the numbers that were put in, or from a population
/// of 50,000 other patients; what would have been at the other dose from the same patients simulated at both.
/// </summary>
internal static class CohortBench
{
    private const int Cohorts = 1000;
    private const int Patients = 62;
    private const int Population = 50_000;
    private const int Part = 250;

    private static readonly OutcomeOptions Options = new() { Resamples = 1000 };

    public static int Run(string? only)
    {
        foreach (var truth in Truth.All.Where(t => only is null || t.Name == only))
        {
            Study(truth);
        }

        return 0;
    }

    private static void Study(Truth truth)
    {
        var real = True(truth);
        var held = new SortedDictionary<string, (int Held, int Of)>(StringComparer.Ordinal);
        var found = new SortedDictionary<string, (int Held, int Of)>(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= Cohorts; seed++)
        {
            var entries = Simulation.Of(Patients, truth, new Chance(seed));
            var r = Analyse(entries, seed, Options.Resamples);
            Holds("score: mean change, paired t", r.Score!.T is { } t ? new(t.Low, t.High) : null, real.MeanChange);
            Holds("score: Hodges-Lehmann, unchanged pairs dropped", Limits(r.Score.Shift), real.PseudoMedianOfChanged);
            Holds("score: Hodges-Lehmann, unchanged pairs kept", Limits(HodgesLehmann.Of([.. Pairs(entries).Values.Select(p => p.Change)], ZeroRule.Pratt)), real.PseudoMedian);
            Holds("score: slope of the mixed model", r.Trend.Slope, (truth.SlopeLow + truth.SlopeHigh) / 2);
            Holds("responders of all included, Wilson", r.Responders.IntentionToTreat.Wilson, real.RespondedOfAll);
            Holds("responders of assessable, Wilson", r.Responders.Assessable.Wilson, real.RespondedOfAssessable);
            Holds("responders of assessable, Clopper-Pearson", r.Responders.Assessable.ClopperPearson, real.RespondedOfAssessable);
            Holds("adverse events an infusion, bootstrap", r.Harms.PerInfusion is { } b ? b.Bca ?? b.Percentile : null, real.EventsPerInfusion);
            Holds("grams a responder, bootstrap", r.Spending.GramsPerResponderInterval, real.GramsPerResponder);
            Holds("free of relapse at 180 days, log-log", At(r.Relapses.Groups[0].Curve, 180), real.FreeOfRelapse);
            Holds("high minus low, plain: change of the score", r.Comparison.ChangeShift is { } shift ? Limits(shift) : null, real.ChangeByDose);
            Holds("high minus low, weighted: change of the score", r.Comparison.WeightedChange is { } wc ? wc.Bca ?? wc.Percentile : null, real.ChangeByDose);
            Holds("high minus low, weighted: responders", r.Comparison.WeightedResponseInterval, real.ResponseByDose);
            Holds("high minus low, weighted: responders by BCa, for comparison", r.Comparison.WeightedResponse?.Bca, real.ResponseByDose);
            foreach (var m in r.Manifestations.Where(m => m.Band.Length > 0))
            {
                Holds($"{m.Name}, {m.Band}: odds ratio, exact", new(m.Test.Low, m.Test.High), OddsRatio(truth, m));
                Holds($"{m.Name}, {m.Band}: odds ratio, Wilson", new(m.Test.WilsonLow, m.Test.WilsonHigh), OddsRatio(truth, m));
                Count(found, $"{m.Name}, {m.Band}: Holm p < 0.05", m.PHolm < 0.05);
            }

            Count(found, "score: Wilcoxon p < 0.05", (r.Score.Test.PExact ?? r.Score.Test.PNormal) < 0.05);
            Count(found, "any manifestation of a dose: Holm p < 0.05", r.Manifestations.Any(m => m.Band.Length > 0 && m.PHolm < 0.05));
            Count(found, "relapse, low against high: log-rank p < 0.05", r.Relapses.LogRank is { Test.P: < 0.05 });
        }

        Console.WriteLine($"\n{truth.Name}: {truth.Says}. {Cohorts} cohorts of {Patients} patients, {Options.Resamples} resamples each");
        Console.WriteLine($"true: change {real.MeanChange:0.000} (pseudo-median {real.PseudoMedian:0.0}, of those that changed {real.PseudoMedianOfChanged:0.0}), responders {100 * real.RespondedOfAll:0.0} % of all and {100 * real.RespondedOfAssessable:0.0} % of assessable, {real.EventsPerInfusion:0.0000} events an infusion, {real.GramsPerResponder:0} g a responder, free of relapse {real.FreeOfRelapse:0.000}, high minus low {real.ChangeByDose:0.000} points and {100 * real.ResponseByDose:0.0} percentage points; the plain difference would be {real.PlainChange:0.000}");
        Show("intervals of 95 % that hold the truth", held);
        Show("what was called significant", found);

        void Holds(string name, Interval? interval, double value) => Count(held, name, interval is { } i ? i.Holds(value) : null);
    }

    private static void Count(SortedDictionary<string, (int Held, int Of)> where, string name, bool? yes)
    {
        var (n, of) = where.GetValueOrDefault(name);
        where[name] = yes is null ? (n, of) : (n + (yes.Value ? 1 : 0), of + 1);
    }

    private static void Show(string title, SortedDictionary<string, (int Held, int Of)> rows)
    {
        Console.WriteLine(title);
        foreach (var (name, (n, of)) in rows)
        {
            var within = Proportion.Wilson(n, Math.Max(1, of));
            Console.WriteLine($"  {name,-62} {100.0 * n / Math.Max(1, of),5:0.0} % of {of} (Monte Carlo {100 * within.Low:0.0} to {100 * within.High:0.0})");
        }
    }

    private static OutcomeReport Analyse(IReadOnlyList<CohortEntry> entries, ulong seed, int resamples) =>
        Analysis.Of(CohortOf(entries), Options with { Resamples = resamples }, new Chance(seed));

    private static Cohort CohortOf(IReadOnlyList<CohortEntry> entries) => CohortReading.Of(entries) is { Cohort: { } cohort, Problems.Count: 0 } ? cohort : throw new InvalidOperationException("a simulated cohort cannot be read");

    /// <summary>Clearing to appearing, as put in: what helps beyond the drift, over the drift.</summary>
    private static double OddsRatio(Truth truth, ManifestationChange m)
    {
        var t = truth.Manifestations.Single(x => x.Name == m.Name);
        return (1 - ((1 - (m.Band == Analysis.High ? t.ClearsHigh : t.ClearsLow)) * (1 - Simulation.Drift))) / Simulation.Drift;
    }

    private static Interval? Limits(HodgesLehmann shift) => shift is { Low: { } low, High: { } high } ? new(low, high) : null;

    private static Interval? At(KaplanMeier curve, double day) => curve.Steps.LastOrDefault(s => s.Time <= day) is { Low: { } low, High: { } high } ? new(low, high) : null;

    private sealed record Real(double MeanChange, double PseudoMedianOfChanged, double PseudoMedian, double RespondedOfAll, double RespondedOfAssessable, double EventsPerInfusion, double GramsPerResponder, double FreeOfRelapse, double ChangeByDose, double ResponseByDose, double PlainChange);

    private static Real True(Truth truth)
    {
        // Some statistics sort all pairs of patients: many middling cohorts instead of one large.
        OutcomeReport[] parts = [.. Enumerable.Range(0, Population / Part).Select(i => Analyse(Simulation.Of(Part, truth, new Chance(1_000_000 + (ulong)i)), 1, 10))];
        double[] changes = [.. Enumerable.Range(0, parts.Length).SelectMany(i => Pairs(Simulation.Of(Part, truth, new Chance(1_000_000 + (ulong)i))).Values.Select(p => p.Change))];
        var chance = new Chance(5);

        // The same patients at both doses; the weights of those who might have had either, by the propensity that was put in.
        Dictionary<string, (decimal Baseline, double Change)> low = Pairs(Simulation.Of(Population, truth, new Chance(77), false)), high = Pairs(Simulation.Of(Population, truth, new Chance(77), true));
        double sum = 0, change = 0, response = 0;
        foreach (var (id, l) in low)
        {
            if (high.TryGetValue(id, out var h))
            {
                var e = Simulation.ChanceOfHigh(l.Baseline);
                var w = e * (1 - e);
                sum += w;
                change += w * (h.Change - l.Change);
                response += w * ((h.Change <= -4 ? 1 : 0) - (l.Change <= -4 ? 1 : 0));
            }
        }

        return new(changes.Average(), MiddleOf(changes.Where(c => c != 0)), MiddleOf(changes), Share(r => r.IntentionToTreat), Share(r => r.Assessable), parts.Sum(r => r.Harms.Events) / (double)parts.Sum(r => r.Harms.Infusions),
            (double)parts.Sum(r => r.Spending.Grams) / parts.Sum(r => r.Spending.Responders), parts.Average(r => r.Relapses.Groups[0].Curve.At(180)), change / sum, response / sum, parts.Average(r => r.Comparison.ChangeDifference!.Value));

        double Share(Func<Responders, ResponseRate> which) => parts.Sum(r => which(r.Responders).Responders) / (double)parts.Sum(r => which(r.Responders).Patients);

        // Median of the averages of two, of a million pairs drawn by chance. Changes are whole points, so it stands on a grid of halves.
        double MiddleOf(IEnumerable<double> of)
        {
            double[] x = [.. of], walsh = [.. Enumerable.Range(0, 1_000_000).Select(_ => (x[chance.Below(x.Length)] + x[chance.Below(x.Length)]) / 2)];
            Array.Sort(walsh);
            return walsh[walsh.Length / 2];
        }
    }

    /// <summary>Baseline and change of every assessable patient.</summary>
    private static Dictionary<string, (decimal Baseline, double Change)> Pairs(IReadOnlyList<CohortEntry> entries)
    {
        var treated = CohortOf(entries).Patients.Where(p => p.FirstInfusion is not null).ToList();
        return Pairing.Pairs(treated, p => Pairing.ScoresOf(p, "sledai"), Options).ToDictionary(p => p.Patient.Id, p => (p.Baseline, (double)(p.After - p.Baseline)), StringComparer.Ordinal);
    }
}
