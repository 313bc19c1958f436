using IgLoop.Core.Statistics;

namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>Equal-effects and random-effects models by inverse variance, with or without moderators.</summary>
internal static class InverseVariance
{
    public static Pooled Pool(double[] y, double[] v, SynthesisOptions o)
    {
        var model = LinearModel.Mean(y, v);
        var k = y.Length;
        // One study has no spread to scale by: its own interval is by the normal quantile, whatever test is asked for.
        o = k == 1 ? o with { Hksj = Hksj.No } : o;
        var fit = Fit(model, o);
        var q = Quotient(model, fit.Tau2, o);
        var se = Math.Sqrt(fit.Covariance[0, 0]);
        var half = Half(se, fit.Df, o.Level);
        var total = fit.Solution.W.Sum();
        return new Pooled
        {
            K = k,
            Est = fit.Solution.Beta[0],
            Se = se,
            Ci = half is { } h ? Interval.Around(fit.Solution.Beta[0], h) : null,
            Stat = Statistic(fit.Solution.Beta[0], se),
            Df = fit.Df,
            P = se == 0 && fit.Solution.Beta[0] != 0 ? 0 : PValue(Statistic(fit.Solution.Beta[0], se), fit.Df),
            Q = k > 1 ? q.Q : null,
            QDf = k > 1 ? k - 1 : null,
            Qp = k > 1 ? q.P : null,
            I2 = k > 1 ? q.I2 : null,
            H2 = k > 1 ? q.H2 : null,
            Tau2 = o.IsRandom && k > 1 ? fit.Tau2 : null,
            Pi = o.IsRandom && k > 1 ? PredictionIntervals.Of(fit.Solution.Beta[0], se, fit.Tau2, k, o) : null,
            WeightsPercent = [.. fit.Solution.W.Select(w => 100 * w / total)],
        };
    }

    /// <param name="names">A name a column of the design, the intercept first.</param>
    public static Regression Regress(LinearModel model, IReadOnlyList<string> names, SynthesisOptions o)
    {
        var fit = Fit(model, o);
        var q = Quotient(model, fit.Tau2, o);
        var coefficients = names.Select((name, j) =>
        {
            var se = Math.Sqrt(fit.Covariance[j, j]);
            var stat = Statistic(fit.Solution.Beta[j], se);
            return new Coefficient(name, fit.Solution.Beta[j], se, stat ?? double.NaN, PValue(stat, fit.Df), Half(se, fit.Df, o.Level) is { } h ? Interval.Around(fit.Solution.Beta[j], h) : null);
        }).ToList();
        var m = model.P - 1;
        double? qm = null, qmP = null;
        if (m > 0)
        {
            // Without any residual spread Hartung-Knapp leaves no variance to test against.
            var qmValue = fit.Covariance[0, 0] > 0 ? Wald(fit) : (double?)null;
            qm = fit.Df is null ? qmValue : qmValue / m;
            qmP = qm is null ? null : fit.Df is { } df ? df > 0 ? Distributions.FisherUpper(qm.Value, m, df) : null : Distributions.ChiSquaredUpper(qm.Value, m);
        }

        double? r2 = null;
        if (o.IsRandom)
        {
            var without = Heterogeneity.Tau2(o.Method, LinearModel.Mean(model.Y, model.V));
            r2 = without == 0 ? 0 : Math.Max(0, 100 * (without - fit.Tau2) / without);
        }

        return new(model.K, coefficients, o.IsRandom ? fit.Tau2 : null, q.Q, model.K - model.P, q.P, qm, m, fit.Df, qmP, r2, q.I2, q.H2);
    }

    public static double? Statistic(double est, double se) => se > 0 ? est / se : null;

    public static double? PValue(double? stat, int? df) => stat is not { } s ? null : df switch
    {
        null => Distributions.NormalTwoSided(s),
        > 0 => Distributions.StudentTwoSided(s, df.Value),
        _ => null,
    };

    public static double? Half(double se, int? df, double level) => Critical(df, level) * se;

    public static double? Critical(int? df, double level) => df switch
    {
        null => Distributions.NormalQuantile(0.5 + (level / 2)),
        > 0 => Distributions.StudentQuantile(0.5 + (level / 2), df.Value),
        _ => null,
    };

    /// <summary>Solution, covariance of the coefficients and degrees of freedom (null for the normal).</summary>
    private static Fitted Fit(LinearModel model, SynthesisOptions o)
    {
        var tau2 = o.IsRandom ? Heterogeneity.Tau2(o.Method, model) : 0;
        var s = model.At(tau2);
        if (o.Hksj == Hksj.No)
        {
            return new(s, s.Inverse, tau2, null);
        }

        // Hartung and Knapp, Stat Med 2001;20:3875: the variance of the coefficients is scaled by the mean weighted square of the residuals.
        var df = model.K - model.P;
        var factor = df > 0 ? s.Rss / df : 1;
        factor = s.Rss <= 2.220446049250313e-16 ? 0 : factor;
        factor = o.Hksj == Hksj.WithLowerBound ? Math.Max(1, factor) : df > 0 ? factor : 1;
        var covariance = new double[model.P, model.P];
        for (var i = 0; i < model.P; i++)
        {
            for (var j = 0; j < model.P; j++)
            {
                covariance[i, j] = s.Inverse[i, j] * factor;
            }
        }

        return new(s, covariance, tau2, df);
    }

    private static (double Q, double P, double I2, double H2) Quotient(LinearModel model, double tau2, SynthesisOptions o)
    {
        var df = model.K - model.P;
        if (df <= 0)
        {
            return (0, 1, 0, 1);
        }

        var q = model.At(0).Rss;
        var p = Distributions.ChiSquaredUpper(q, df);
        if (!o.I2FromTau2)
        {
            return (q, p, q > 0 ? Math.Max(0, 100 * (q - df) / q) : 0, q / df);
        }

        var typical = Heterogeneity.TypicalVariance(model);
        return (q, p, 100 * tau2 / (typical + tau2), (tau2 / typical) + 1);
    }

    /// <summary>b' C⁻¹ b over all coefficients but the first.</summary>
    private static double Wald(Fitted fit)
    {
        var m = fit.Solution.Beta.Length - 1;
        var part = new double[m, m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                part[i, j] = fit.Covariance[i + 1, j + 1];
            }
        }

        var (inverse, _) = SymmetricMatrix.Invert(part);
        var q = 0.0;
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < m; j++)
            {
                q += fit.Solution.Beta[i + 1] * inverse[i, j] * fit.Solution.Beta[j + 1];
            }
        }

        return q;
    }

    private sealed record Fitted(Solution Solution, double[,] Covariance, double Tau2, int? Df);
}
