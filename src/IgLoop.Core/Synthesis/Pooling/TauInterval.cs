namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>Q-profile interval of tau², and of I² (percent) and H² by the same typical variance.</summary>
/// <param name="Empty">Whether even tau² = 0 leaves less spread than chance would: the interval is then the point 0.</param>
public sealed record TauInterval(Interval Tau2, Interval I2, Interval H2, bool Empty)
{
    /// <returns>Null with fewer than two studies or without a tau².</returns>
    public static TauInterval? Of(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var c = analysis.Counted;
        if (c.Count < 2 || !analysis.Options.IsRandom || analysis.Options.Method == Method.GLMM)
        {
            return null;
        }

        var model = LinearModel.Mean([.. c.Select(e => e.Y!.Value)], [.. c.Select(e => e.V!.Value)]);
        var tau2 = Heterogeneity.QProfile(model, analysis.Options.Level);
        var typical = Heterogeneity.TypicalVariance(model);
        return new(tau2, tau2.Map(t => 100 * t / (typical + t)), tau2.Map(t => (t / typical) + 1), tau2.High == 0);
    }
}
