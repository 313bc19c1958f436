namespace IgLoop.Core.Costs;

/// <summary>Where a difference in cost and effect lies, new treatment against comparator.</summary>
public enum Plane
{
    /// <summary>More effect at more cost: the ratio says what a QALY costs.</summary>
    CostsMoreHelpsMore,

    /// <summary>At least as much effect at less cost, or more at the same: no ratio is needed.</summary>
    Dominant,

    /// <summary>No more effect at more cost, or less at the same: no ratio is meant.</summary>
    Dominated,

    /// <summary>Less effect at less cost: the ratio says what is saved for each QALY given up.</summary>
    SavesAndHelpsLess,

    /// <summary>No difference in either.</summary>
    Same,
}

/// <summary>Cost-utility of one comparison.</summary>
/// <param name="Icer">Incremental cost per QALY; null where it would mislead (dominant, dominated, no difference in effect).</param>
/// <param name="NetBenefits">Net monetary benefit, threshold × QALYs less cost, for each threshold.</param>
public sealed record CostUtility(decimal DeltaCost, decimal DeltaQaly, Plane Plane, decimal? Icer, IReadOnlyList<(decimal Threshold, decimal Benefit)> NetBenefits)
{
    /// <param name="deltaCost">Cost of the new treatment less that of the comparator.</param>
    /// <param name="deltaQaly">The same in quality-adjusted life years.</param>
    /// <param name="thresholds">What the payer would give for a QALY.</param>
    public static CostUtility Of(decimal deltaCost, decimal deltaQaly, IReadOnlyList<decimal> thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        var plane = (Math.Sign(deltaCost), Math.Sign(deltaQaly)) switch
        {
            (0, 0) => Plane.Same,
            (1, 1) => Plane.CostsMoreHelpsMore,
            (-1, -1) => Plane.SavesAndHelpsLess,
            (<= 0, >= 0) => Plane.Dominant,
            _ => Plane.Dominated,
        };
        return new(deltaCost, deltaQaly, plane, plane is Plane.CostsMoreHelpsMore or Plane.SavesAndHelpsLess ? deltaCost / deltaQaly : null,
            [.. thresholds.Select(t => (t, (t * deltaQaly) - deltaCost))]);
    }
}

/// <summary>One arm against the first.</summary>
/// <param name="DeltaQaly">Null when the QALYs of either are not known.</param>
/// <param name="CostPerExtraResponder">Cost of one more patient who responds; null unless it costs more and more respond.</param>
public sealed record Comparison(string Arm, string Against, decimal DeltaCost, decimal? CostRatio, decimal? DeltaResponse, decimal? CostPerExtraResponder, decimal? DeltaQaly, CostUtility? Utility)
{
    /// <summary>Every arm against the first, or the increment that was given.</summary>
    /// <exception cref="CostException">The model cannot be worked out.</exception>
    public static IReadOnlyList<Comparison> Of(CostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Checked().Increment is { } increment)
        {
            return [new("new treatment", "comparator", increment.Cost.Amount, null, null, null, increment.Qaly, CostUtility.Of(increment.Cost.Amount, increment.Qaly, model.Thresholds))];
        }

        var costs = CourseCosts.Of(model);
        return [.. costs.Skip(1).Select(c => Between(costs[0], c, model))];
    }

    private static Comparison Between(CourseCost first, CourseCost other, CostModel model)
    {
        var cost = other.TotalCost - first.TotalCost;
        var response = other.Arm.ResponseRate - first.Arm.ResponseRate;
        var qaly = other.Qaly - first.Qaly;
        return new(other.Arm.Name, first.Arm.Name, cost, first.TotalCost > 0 ? other.TotalCost / first.TotalCost : null, response,
            cost > 0 && response > 0 ? cost / response : null, qaly, qaly is { } q ? CostUtility.Of(cost, q, model.Thresholds) : null);
    }
}
