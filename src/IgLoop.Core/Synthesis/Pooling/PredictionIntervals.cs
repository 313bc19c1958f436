namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>Where the effect of a further study like these would lie.</summary>
internal static class PredictionIntervals
{
    /// <summary>By the convention asked for; null when that needs more studies.</summary>
    public static Interval? Of(double est, double se, double tau2, int k, SynthesisOptions o) => o.Prediction switch
    {
        Prediction.None => null,
        Prediction.Normal => With(est, se, tau2, InverseVariance.Critical(null, o.Level)),
        Prediction.StudentKMinus1 => With(est, se, tau2, InverseVariance.Critical(k - 1, o.Level)),
        Prediction.StudentKMinus2 => With(est, se, tau2, InverseVariance.Critical(k - 2, o.Level)),
        _ => With(est, se, tau2, InverseVariance.Critical(o.Hksj == Hksj.No ? null : k - 1, o.Level)),
    };

    private static Interval? With(double est, double se, double tau2, double? critical) => critical is { } c ? Interval.Around(est, c * Math.Sqrt((se * se) + tau2)) : null;
}
