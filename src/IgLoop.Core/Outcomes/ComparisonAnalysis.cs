using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>
/// High against low dose among assessable patients: as they are, and weighted by the overlap of their propensity scores.
/// The interval of the weighted comparison fits the propensity anew in each resample.
/// </summary>
internal static class ComparisonAnalysis
{
    private const int Fewest = 8;

    public static Comparison Of(IReadOnlyList<CohortPatient> included, IReadOnlyList<Pair<decimal>> pairs, string instrument, OutcomeOptions o, Chance chance, Action<string, double>? progress)
    {
        var banded = pairs.Where(p => Analysis.BandOf(p.Patient, o) != Analysis.Unknown).ToList();
        bool[] high = [.. banded.Select(p => Analysis.BandOf(p.Patient, o) == Analysis.High)];
        int nHigh = high.Count(h => h), nLow = high.Length - nHigh;
        if (nHigh == 0 || nLow == 0)
        {
            return Without(nLow, nHigh, "only one dose band occurs among the assessable patients");
        }

        double[] change = [.. banded.Select(p => (double)(p.After - p.Baseline))];
        bool[] responded = [.. banded.Select(p => Analysis.Responds(p.Baseline, p.After, o))];
        var (names, leftOut, rows) = Covariates(banded, instrument, o);
        var raw = Raw(nLow, nHigh, high, change, responded, o) with { LeftOut = leftOut };
        if (Math.Min(nLow, nHigh) < Fewest)
        {
            return raw with { WhyNot = $"weighting needs at least {Fewest} assessable patients in each band", Balance = BalanceOf(names, rows, high, null) };
        }

        if (Fit(high, rows) is not { } weights)
        {
            return raw with { WhyNot = "the baseline tells the two bands apart almost without error: the patients do not overlap, and no weighting can compare them", Balance = BalanceOf(names, rows, high, null) };
        }

        var done = 0;
        var again = new RepeatedLogistic(high, rows, Logistic.Of(high, rows));
        var fitted = new double[high.Length];
        var weighted = Bootstrap.OfPatients(
            high.Length,
            2,
            (times, results) =>
            {
                if (++done % 200 == 0)
                {
                    // All resamples, and then each patient left out once.
                    progress?.Invoke("weighted comparison", 0.2 + (0.75 * Math.Min(1, done / (double)(o.Resamples + high.Length))));
                }

                if (again.Fit(times, fitted))
                {
                    (results[0], results[1]) = Differences(times, high, fitted, change, responded);
                }
                else
                {
                    results.Fill(double.NaN);
                }
            },
            o.Resamples,
            chance,
            o.Level);
        return raw with
        {
            Balance = BalanceOf(names, rows, high, weights),
            WeightedChange = weighted[0],
            WeightedResponse = weighted[1],
            EffectiveHigh = Effective([.. weights.Where((_, i) => high[i])]),
            EffectiveLow = Effective([.. weights.Where((_, i) => !high[i])]),
        };
    }

    private static Comparison Without(int low, int high, string why) => new(low, high, why, [], null, null, null, null, null, null, null, null, null);

    private static Comparison Raw(int nLow, int nHigh, bool[] high, double[] change, bool[] responded, OutcomeOptions o)
    {
        double[] a = [.. change.Where((_, i) => high[i])], b = [.. change.Where((_, i) => !high[i])];
        var (difference, interval) = Proportion.Newcombe(responded.Where((r, i) => r && high[i]).Count(), nHigh, responded.Where((r, i) => r && !high[i]).Count(), nLow, o.Level);
        return new(nLow, nHigh, null, [], a.Average() - b.Average(), MannWhitney.Of(a, b), HodgesLehmann.Between(a, b, o.Level), difference, interval, null, null, null, null);
    }

    /// <summary>What was known at the first infusion of every patient compared: baseline score, age, sex, weight, steroid, and the further numbers of the patients' file.</summary>
    private static (List<string> Names, List<string> LeftOut, double[][] Rows) Covariates(IReadOnlyList<Pair<decimal>> pairs, string instrument, OutcomeOptions o)
    {
        var columns = new List<(string Name, double?[] Values)>
        {
            ($"{CohortReading.Called(instrument)} at baseline", [.. pairs.Select(p => (double?)p.Baseline)]),
            ("age, years", [.. pairs.Select(p => p.Patient.Born is { } b ? (p.Patient.FirstInfusion!.Value.DayNumber - b.DayNumber) / 365.25 : (double?)null)]),
            ("female", [.. pairs.Select(p => p.Patient.Sex is { } s ? s == "F" ? 1.0 : 0 : (double?)null)]),
            ("weight, kg", [.. pairs.Select(p => (double?)p.Patient.WeightKg)]),
            ("prednisone, mg a day", [.. pairs.Select(p => (double?)Pairing.Baseline(p.Patient, Pairing.SteroidOf(p.Patient), o)?.Value)]),
        };
        foreach (var name in pairs.SelectMany(p => p.Patient.Covariates.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            columns.Add((name, [.. pairs.Select(p => p.Patient.Covariates.TryGetValue(name, out var v) ? v : (double?)null)]));
        }

        // Only what is known of everyone, and varies: a filled-in value would be a guess.
        var used = columns.Where(c => c.Values.All(v => v is not null) && c.Values.Distinct().Count() > 1).ToList();
        return ([.. used.Select(c => c.Name)], [.. columns.Except(used).Select(c => c.Name)], [.. Enumerable.Range(0, pairs.Count).Select(i => used.Select(c => c.Values[i]!.Value).ToArray())]);
    }

    private static double[]? Fit(bool[] high, double[][] rows)
    {
        try
        {
            if (rows[0].Length == 0)
            {
                return null;
            }

            var fit = Logistic.Of(high, rows);
            return fit.Separated ? null : Balance.OverlapWeights(high, fit.Fitted);
        }
        catch (Exception e) when (e is ArgumentException or SingularMatrixException)
        {
            return null;
        }
    }

    /// <summary>Overlap-weighted mean of high minus low: of the change, and of the share that responded.</summary>
    private static (double Change, double Response) Differences(ReadOnlySpan<int> times, bool[] high, double[] propensity, double[] change, bool[] responded)
    {
        double sumHigh = 0, changeHigh = 0, responseHigh = 0, sumLow = 0, changeLow = 0, responseLow = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (high[i])
            {
                var w = times[i] * (1 - propensity[i]);
                (sumHigh, changeHigh, responseHigh) = (sumHigh + w, changeHigh + (w * change[i]), responseHigh + (responded[i] ? w : 0));
            }
            else
            {
                var w = times[i] * propensity[i];
                (sumLow, changeLow, responseLow) = (sumLow + w, changeLow + (w * change[i]), responseLow + (responded[i] ? w : 0));
            }
        }

        return ((changeHigh / sumHigh) - (changeLow / sumLow), (responseHigh / sumHigh) - (responseLow / sumLow));
    }

    private static List<BalanceRow> BalanceOf(List<string> names, double[][] rows, bool[] high, double[]? weights) =>
    [
        .. names.Select((name, j) =>
        {
            double[] x = [.. rows.Select(r => r[j])];
            return new BalanceRow(name, x.Where((_, i) => !high[i]).Average(), x.Where((_, i) => high[i]).Average(), Balance.StandardisedDifference(x, high), weights is null ? null : Balance.StandardisedDifference(x, high, weights),
                x.All(v => v is 0 or 1) ? (x.Where((v, i) => v == 1 && !high[i]).Count(), x.Where((v, i) => v == 1 && high[i]).Count()) : null);
        }),
    ];

    /// <summary>Kish's effective number of patients.</summary>
    private static double Effective(double[] w) => w.Sum() * w.Sum() / w.Sum(v => v * v);
}
