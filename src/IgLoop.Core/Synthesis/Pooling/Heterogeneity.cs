using IgLoop.Core.Statistics;

namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>
/// Variance between studies. DerSimonian and Laird 1986; Hedges and Olkin 1985; Hunter and Schmidt 1990; Sidik and Jonkman 2005; Paule and Mandel 1982;
/// Viechtbauer, J Educ Behav Stat 2005;30:261 for the likelihood estimators; Viechtbauer, Stat Med 2007;26:37 for the Q-profile interval.
/// </summary>
internal static class Heterogeneity
{
    /// <summary>tau², never below 0; 0 when there are no more studies than coefficients.</summary>
    public static double Tau2(Method method, LinearModel model) => model.K <= model.P ? 0 : Math.Max(0, method switch
    {
        Method.DL => DerSimonianLaird(model),
        Method.HE => HedgesOlkin(model),
        Method.HS => HunterSchmidt(model),
        Method.SJ => SidikJonkman(model),
        Method.PM or Method.EB => PauleMandel(model),
        Method.ML or Method.REML => Likelihood(model, method == Method.REML),
        _ => 0,
    });

    /// <summary>Weighted residual sum of squares at tau²; falls as tau² grows.</summary>
    public static double Q(LinearModel model, double tau2) => model.At(tau2).Rss;

    /// <summary>Interval for tau² by inverting Q; both ends 0 when even tau² = 0 leaves less spread than chance would.</summary>
    public static Interval QProfile(LinearModel model, double level)
    {
        var df = model.K - model.P;
        var alpha = 1 - level;
        return new(Where(Distributions.ChiSquaredQuantile(1 - (alpha / 2), df)), Where(Distributions.ChiSquaredQuantile(alpha / 2, df)));

        double Where(double target) => RootOfQ(model, target);
    }

    /// <summary>The variance that the sampling errors of a typical study would have: (k − p) / trace P. Higgins and Thompson, Stat Med 2002;21:1539.</summary>
    public static double TypicalVariance(LinearModel model) => (model.K - model.P) / model.At(0).TraceP;

    private static double DerSimonianLaird(LinearModel model)
    {
        var s = model.At(0);
        return (s.Rss - (model.K - model.P)) / s.TraceP;
    }

    private static double HedgesOlkin(LinearModel model)
    {
        var s = model.Solve(_ => 1);
        var trace = s.Unexplained(model.V);
        return (s.Rss - trace) / (model.K - model.P);
    }

    private static double HunterSchmidt(LinearModel model)
    {
        var s = model.At(0);
        return (s.Rss - model.K) / s.W.Sum();
    }

    private static double SidikJonkman(LinearModel model)
    {
        var start = Sample.Variance(model.Y) * (model.K - 1) / model.K;
        return start * model.At(start).Rss / (model.K - model.P);
    }

    private static double PauleMandel(LinearModel model) => RootOfQ(model, model.K - model.P);

    private static double RootOfQ(LinearModel model, double target)
    {
        if (Q(model, 0) <= target)
        {
            return 0;
        }

        var high = model.V.Max();
        while (Q(model, high) > target)
        {
            high *= 4;
        }

        return Roots.Bracketed(t => Q(model, t) - target, 0, high);
    }

    /// <summary>
    /// Fisher scoring from the Hedges-Olkin value to the neighbourhood of the maximum, then the root of the score by bisection-safe search: the value does
    /// not depend on a stopping rule. The boundary 0 is taken where the likelihood is higher there.
    /// </summary>
    private static double Likelihood(LinearModel model, bool restricted)
    {
        var smallest = model.V.Min();
        var t = Math.Max(0, HedgesOlkin(model));
        for (var i = 0; i < 200; i++)
        {
            var (score, information) = Score(model, t, restricted);
            var step = score / information;
            if (!double.IsFinite(step))
            {
                // Variances so far apart that the information is rounded away: the search for the root goes on from here.
                break;
            }

            while (t + step < 0)
            {
                step = t > smallest * 1e-9 ? step / 2 : -t;
            }

            t += step;
            if (Math.Abs(step) <= 1e-7 * (t + smallest))
            {
                break;
            }
        }

        t = Polish(model, t, restricted, smallest);
        return t > 0 && LogLikelihood(model, 0, restricted) > LogLikelihood(model, t, restricted) ? 0 : t;
    }

    private static double Polish(LinearModel model, double t, bool restricted, double smallest)
    {
        double ScoreAt(double at) => Score(model, at, restricted).Score;
        var reach = Math.Max(t * 1e-4, smallest * 1e-6);
        for (var i = 0; i < 60; i++, reach *= 4)
        {
            var low = Math.Max(0, t - reach);
            var high = t + reach;
            var atLow = ScoreAt(low);
            if (low == 0 && atLow <= 0 && ScoreAt(high) <= 0)
            {
                return 0;
            }

            if (atLow >= 0 && ScoreAt(high) <= 0)
            {
                return Roots.Bracketed(ScoreAt, low, high);
            }
        }

        return t;
    }

    /// <summary>Half the score, and the expected information on the same footing, so that their ratio is the Fisher scoring step.</summary>
    private static (double Score, double Information) Score(LinearModel model, double tau2, bool restricted)
    {
        var s = model.At(tau2);
        var yPPy = 0.0;
        var w1 = 0.0;
        var w2 = 0.0;
        for (var i = 0; i < model.K; i++)
        {
            yPPy += s.W[i] * s.W[i] * s.Residual[i] * s.Residual[i];
            w1 += s.W[i];
            w2 += s.W[i] * s.W[i];
        }

        return restricted ? (yPPy - s.TraceP, s.TracePP()) : (yPPy - w1, w2);
    }

    private static double LogLikelihood(LinearModel model, double tau2, bool restricted)
    {
        var s = model.At(tau2);
        return -0.5 * (model.V.Sum(v => Math.Log(v + tau2)) + s.Rss + (restricted ? s.LogDeterminant : 0));
    }
}
