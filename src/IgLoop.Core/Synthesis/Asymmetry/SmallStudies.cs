using IgLoop.Core.Statistics;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Core.Synthesis.Asymmetry;

/// <summary>What stands for the size of a study in a test of funnel asymmetry.</summary>
public enum SizePredictor
{
    StandardError,
    Variance,

    /// <summary>1/n</summary>
    InverseN,

    /// <summary>1/√n</summary>
    InverseRootN,
    N,
    RootN,
}

/// <summary>Regression test of funnel asymmetry (Egger and others, BMJ 1997;315:629; Sterne and Egger 2005).</summary>
/// <param name="Stat">z, or t with <paramref name="Df"/> degrees of freedom.</param>
/// <param name="Limit">Effect as the standard error goes to 0; null where the predictor has no such limit.</param>
public sealed record RegressionTest(bool Ordinary, SizePredictor Predictor, double Slope, double? Stat, int? Df, double? P, double? Limit, Interval? LimitCi);

/// <summary>Rank correlation test of funnel asymmetry (Begg and Mazumdar, Biometrics 1994;50:1088).</summary>
public sealed record RankTest(double Tau, double? P, bool Exact);

/// <summary>Tests of whether small studies show other effects than large ones.</summary>
public static class SmallStudies
{
    /// <summary>The test within the model of the analysis.</summary>
    /// <returns>Null when there are fewer than three studies or their sizes are all the same.</returns>
    public static RegressionTest? WithinModel(Analysis analysis, SizePredictor predictor) => Design(analysis, predictor) is { } model
        ? Try(() =>
        {
            var o = analysis.Options;
            var r = InverseVariance.Regress(model, ["limit", "size"], o.IsRandom && o.Method != Method.GLMM ? o : o with { Method = Method.EE, Hksj = Hksj.No });
            return new RegressionTest(Ordinary: false, predictor, r.Coefficients[1].Est, r.Coefficients[1].Stat, r.QmDf2, r.Coefficients[1].P, HasLimit(predictor) ? r.Coefficients[0].Est : null, HasLimit(predictor) ? r.Coefficients[0].Ci : null);
        })
        : null;

    /// <summary>The classical test: regression weighted by 1/variance with a multiplicative dispersion.</summary>
    /// <returns>Null when there are fewer than three studies or their sizes are all the same.</returns>
    public static RegressionTest? Ordinary(Analysis analysis, SizePredictor predictor) => Design(analysis, predictor) is { } model
        ? Try(() =>
        {
            var s = model.At(0);
            var df = model.K - 2;

            // Effects that lie on the line to the last digit leave no dispersion: what is left is rounding.
            var dispersion = s.Rss <= 2.220446049250313e-16 ? 0 : s.Rss / df;
            var (limitSe, slopeSe) = (Math.Sqrt(s.Inverse[0, 0] * dispersion), Math.Sqrt(s.Inverse[1, 1] * dispersion));
            var t = InverseVariance.Statistic(s.Beta[1], slopeSe);
            return new RegressionTest(Ordinary: true, predictor, s.Beta[1], t, df, InverseVariance.PValue(t, df), HasLimit(predictor) ? s.Beta[0] : null, HasLimit(predictor) ? Interval.Around(s.Beta[0], InverseVariance.Half(limitSe, df, analysis.Options.Level)!.Value) : null);
        })
        : null;

    /// <summary>Kendall's tau between standardised effect and variance; exact without ties, normal with ties.</summary>
    /// <returns>Null with fewer than two studies, or when all effects or variances are the same.</returns>
    public static RankTest? Begg(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var c = analysis.Counted;
        var total = c.Sum(e => 1 / e.V!.Value);
        var mean = c.Sum(e => e.Y!.Value / e.V!.Value) / total;
        return c.Count < 2 ? null : Kendall.Test([.. c.Select(e => (e.Y!.Value - mean) / Math.Sqrt(e.V!.Value - (1 / total)))], [.. c.Select(e => e.V!.Value)]);
    }

    private static bool HasLimit(SizePredictor p) => p is not (SizePredictor.N or SizePredictor.RootN);

    private static RegressionTest? Try(Func<RegressionTest> fit)
    {
        try
        {
            return fit();
        }
        catch (SingularMatrixException)
        {
            return null;
        }
    }

    private static LinearModel? Design(Analysis analysis, SizePredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var c = analysis.Counted;
        if (c.Count < 3)
        {
            return null;
        }

        double People(Effect e) => e.Study.People ?? throw new SynthesisException("missing", "The number of people is needed for this predictor; give it for every study or use the standard error.", e.Study.Where);
        double Size(Effect e) => predictor switch
        {
            SizePredictor.StandardError => Math.Sqrt(e.V!.Value),
            SizePredictor.Variance => e.V!.Value,
            SizePredictor.InverseN => 1 / People(e),
            SizePredictor.InverseRootN => 1 / Math.Sqrt(People(e)),
            SizePredictor.N => People(e),
            _ => Math.Sqrt(People(e)),
        };
        return new([.. c.Select(e => e.Y!.Value)], [.. c.Select(e => e.V!.Value)], [.. c.Select(e => new[] { 1, Size(e) })]);
    }
}
