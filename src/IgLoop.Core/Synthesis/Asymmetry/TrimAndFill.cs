using IgLoop.Core.Statistics;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Core.Synthesis.Asymmetry;

/// <summary>Which estimator of the number of missing studies. Duval and Tweedie, Biometrics 2000;56:455.</summary>
public enum FillEstimator
{
    L0,
    R0,
}

/// <summary>Trim and fill.</summary>
/// <param name="Missing">Studies filled in.</param>
/// <param name="MissingSe">Standard error of that number before rounding.</param>
/// <param name="OnTheRight">Whether they are missing at high effects.</param>
/// <param name="P">R0 only: probability of so many by chance when none is missing.</param>
/// <param name="Filled">Effects and variances filled in.</param>
/// <param name="Pooled">The model refitted with them.</param>
public sealed record Filling(FillEstimator Estimator, int Missing, double MissingSe, bool OnTheRight, double? P, IReadOnlyList<(double Y, double V)> Filled, Pooled Pooled);

public static class TrimAndFill
{
    /// <param name="onTheRight">Side on which studies are missing; null to let the slope of effect on standard error decide.</param>
    /// <returns>Null with fewer than two studies, and where the number of missing studies does not settle.</returns>
    public static Filling? Of(Analysis analysis, FillEstimator estimator, bool? onTheRight)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var o = analysis.Options;
        o = o.IsRandom && o.Method != Method.GLMM ? o : o with { Method = Method.EE, Hksj = Hksj.No };
        var y = analysis.Counted.Select(e => e.Y!.Value).ToArray();
        var v = analysis.Counted.Select(e => e.V!.Value).ToArray();
        var k = y.Length;
        if (k < 2)
        {
            return null;
        }

        var right = onTheRight ?? SlopeIsNegative(y, v, o);
        var order = Enumerable.Range(0, k).OrderBy(i => right ? -y[i] : y[i]).ToArray();
        var ys = order.Select(i => right ? -y[i] : y[i]).ToArray();
        var vs = order.Select(i => v[i]).ToArray();
        if (Iterate(ys, vs, estimator, o) is not var (missing, se, centre))
        {
            return null;
        }

        var filled = Enumerable.Range(k - missing, missing).Select(i => ((right ? -1 : 1) * (centre - (ys[i] - centre)), vs[i])).ToList();
        var pooled = InverseVariance.Pool([.. y, .. filled.Select(f => f.Item1)], [.. v, .. filled.Select(f => f.Item2)], o);
        return new(estimator, missing, se, right, estimator == FillEstimator.R0 ? ByChance(missing) : null, filled, pooled);
    }

    private static bool SlopeIsNegative(double[] y, double[] v, SynthesisOptions o)
    {
        try
        {
            var model = new LinearModel(y, v, [.. v.Select(x => new[] { 1, Math.Sqrt(x) })]);
            return model.At(o.IsRandom ? Heterogeneity.Tau2(o.Method, model) : 0).Beta[1] < 0;
        }
        catch (SingularMatrixException)
        {
            return false;
        }
    }

    private static (int Missing, double Se, double Centre)? Iterate(double[] y, double[] v, FillEstimator estimator, SynthesisOptions o)
    {
        var k = y.Length;
        int missing = 0, before = -1;
        double se = 0, centre = 0;
        for (var round = 0; missing != before; round++)
        {
            if (round >= 100)
            {
                return null;
            }

            before = missing;
            var kept = LinearModel.Mean(y[..(k - missing)], v[..(k - missing)]);
            centre = kept.At(o.IsRandom ? Heterogeneity.Tau2(o.Method, kept) : 0).Beta[0];
            var (estimate, error) = Estimate(y, centre, estimator);
            missing = Math.Max(0, (int)Math.Round(estimate, MidpointRounding.ToEven));
            if (missing >= k)
            {
                return null;
            }

            se = error;
        }

        return (missing, se, centre);
    }

    private static (double Missing, double Se) Estimate(double[] y, double centre, FillEstimator estimator)
    {
        var k = y.Length;
        var rank = new int[k];

        // An effect that equals the centre lies on neither side; rounding of the centre must not put it on one.
        var rounding = 1e-13 * y.Max(Math.Abs);
        var away = y.Select(v => Math.Abs(v - centre) <= rounding ? 0 : v - centre).ToArray();
        var byDistance = Enumerable.Range(0, k).OrderBy(i => Math.Abs(away[i])).ToArray();
        for (var i = 0; i < k; i++)
        {
            rank[byDistance[i]] = i + 1;
        }

        if (estimator == FillEstimator.R0)
        {
            // Nothing on the left happens only when every effect is the same: then no run of studies stands out on the right.
            var furthestLeft = Enumerable.Range(0, k).Where(i => away[i] < 0).Select(i => rank[i]).DefaultIfEmpty(k - 1).Max();
            double r0 = k - furthestLeft - 1;
            return (r0, Math.Sqrt((2 * Math.Max(0, r0)) + 2));
        }

        var sum = Enumerable.Range(0, k).Where(i => away[i] > 0).Sum(i => (double)rank[i]);
        double n = k;
        var l0 = ((4 * sum) - (n * (n + 1))) / ((2 * n) - 1);
        var variance = ((n * (n + 1) * ((2 * n) + 1)) + (10 * l0 * l0 * l0) + (27 * l0 * l0) + (17 * l0) - (18 * n * l0 * l0) - (18 * n * l0) + (6 * n * n * l0)) / 24;
        return (l0, 4 * Math.Sqrt(Math.Max(0, variance)) / ((2 * n) - 1));
    }

    /// <summary>P(R0 ≥ missing): a run of at least so many on one side, each a toss of a coin.</summary>
    private static double ByChance(int missing)
    {
        var below = 0.0;
        for (var m = -1; m < missing; m++)
        {
            below += Math.Pow(0.5, m + 2);
        }

        return 1 - below;
    }
}
