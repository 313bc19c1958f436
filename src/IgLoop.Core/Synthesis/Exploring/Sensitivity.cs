namespace IgLoop.Core.Synthesis.Exploring;

/// <summary>The analysis without one study.</summary>
public sealed record WithoutOne(Effect Left, Pooled Pooled);

/// <summary>The analysis up to and including one study.</summary>
public sealed record UpToOne(Effect Added, Pooled Pooled);

/// <summary>How far one study bends the result (Viechtbauer and Cheung, Res Synth Methods 2010;1:112).</summary>
/// <param name="StudentResidual">Its distance from what the others predict, in standard errors.</param>
/// <param name="CooksDistance">Squared shift of the estimate without it, in units of its variance.</param>
public sealed record Influence(Effect Study, double StudentResidual, double CooksDistance);

/// <summary>How much the result hangs on single studies.</summary>
public static class Sensitivity
{
    /// <returns>Empty with fewer than two studies.</returns>
    public static IReadOnlyList<WithoutOne> LeaveOneOut(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis.InPool.Count < 2 ? [] : [.. analysis.InPool.Select(left => new WithoutOne(left, Again(analysis, [.. analysis.InPool.Where(e => !ReferenceEquals(e, left))])))];
    }

    /// <summary>Adds the studies one at a time.</summary>
    /// <param name="order">Key by which they are added; ties keep the order given.</param>
    public static IReadOnlyList<UpToOne> Cumulative<T>(Analysis analysis, Func<Effect, T> order)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var ordered = analysis.InPool.OrderBy(order).ToList();
        return [.. ordered.Select((added, i) => new UpToOne(added, Again(analysis, ordered[..(i + 1)])))];
    }

    /// <returns>Empty with fewer than three studies or where the model is not by inverse variance.</returns>
    public static IReadOnlyList<Influence> Influences(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        if (analysis.Counted.Count < 3 || analysis.Options.Method is Method.MH or Method.Peto or Method.GLMM || analysis.Pooled is not { Est: { } est, Se: { } se })
        {
            return [];
        }

        return [.. LeaveOneOut(analysis).Select(w =>
        {
            var shift = est - w.Pooled.Est!.Value;
            var spread = Math.Sqrt(w.Left.V!.Value + (w.Pooled.Tau2 ?? 0) + (w.Pooled.Se!.Value * w.Pooled.Se.Value));
            return new Influence(w.Left, (w.Left.Y!.Value - w.Pooled.Est.Value) / spread, shift * shift / (se * se));
        })];
    }

    private static Pooled Again(Analysis analysis, List<Effect> effects) => Synthesiser.Pool([.. effects.Select(e => e.Study)], effects, analysis.Options);
}
