using IgLoop.Core.Dosing;

namespace IgLoop.Core.Costs;

/// <summary>What one arm costs. Money is in the currency of the prices and not rounded.</summary>
/// <param name="GramsPerCourse">Grams that the patient gets in a course; not rounded to vials.</param>
/// <param name="GramsOfInfusions">Grams of each infusion of a course: in whole smallest vials as evenly as they go, or equal when no sizes were given.</param>
/// <param name="Vials">Vials of a course, for each infusion least waste first, then fewest; null when no sizes were given.</param>
/// <param name="PaidGramsPerCourse">Grams that are paid: those of the vials, or those given.</param>
/// <param name="WasteGramsPerCourse">Left in vials and thrown away.</param>
/// <param name="PerCourse">Product and administrations of one course.</param>
/// <param name="TotalCost">All courses and all other cost.</param>
/// <param name="CostPerResponder"><paramref name="TotalCost"/> divided by the share that responds; null when that is not known.</param>
/// <param name="Qaly">Null when not known.</param>
/// <param name="BillingUnits">Units of <see cref="CourseCosts.BillingUnitMg"/> of one course as vials are opened.</param>
/// <param name="DiscardedUnits">Of these the units thrown away (modifier JW of the US).</param>
public sealed record CourseCost(TreatmentArm Arm, decimal GramsPerCourse, IReadOnlyList<decimal> GramsOfInfusions, VialChoice? Vials, decimal PaidGramsPerCourse, decimal WasteGramsPerCourse,
    decimal DrugCost, decimal WasteCost, decimal InfusionCost, decimal PerCourse, decimal TotalCost, decimal? CostPerResponder, decimal? Qaly, int BillingUnits, int DiscardedUnits);

/// <summary>Cost of a course, of a responder, and of what is thrown away.</summary>
public static class CourseCosts
{
    /// <summary>HCPCS codes of immunoglobulin count in units of 500 mg (US; see knowledge/costs/billing.yaml).</summary>
    public const int BillingUnitMg = 500;

    /// <summary>The cost of every arm, in their order.</summary>
    /// <exception cref="CostException">The model cannot be worked out.</exception>
    public static IReadOnlyList<CourseCost> Of(CostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var sizes = model.VialGrams.Count > 0 ? VialSizes.Of(model.VialGrams) : null;
        return [.. model.Checked().Arms.Select(a => Of(model, a, sizes))];
    }

    /// <summary>Billing units of an amount, begun units counted whole.</summary>
    /// <param name="grams">Not below 0.</param>
    public static int UnitsOf(decimal grams) => (int)Math.Ceiling(grams * 1000 / BillingUnitMg);

    /// <param name="sizes">Prepared once, for thousands of draws ask for the same.</param>
    internal static CourseCost Of(CostModel model, TreatmentArm arm, VialSizes? sizes)
    {
        var grams = model.WeightKg * arm.GPerKg;
        IReadOnlyList<decimal> days = sizes is null || grams == 0 ? [.. Enumerable.Repeat(grams / arm.Infusions, arm.Infusions)] : CourseSplit.Even(grams, arm.Infusions, model.VialGrams.Min());
        var opened = sizes is null ? [] : days.Select(d => VialSearch.Best(d, sizes)).OfType<VialChoice>().ToList();
        var vials = opened.Count == 0 ? null : new VialChoice([.. opened.SelectMany(o => o.Vials).GroupBy(v => v.Grams).OrderByDescending(g => g.Key).Select(g => new VialCount(g.Key, g.Sum(v => v.Count)))], opened.Sum(o => o.Grams), opened.Sum(o => o.WasteGrams));
        var paid = vials?.Grams ?? grams;
        var waste = vials?.WasteGrams ?? 0;
        var price = model.PerGram?.Amount ?? 0;
        var infusions = arm.GPerKg > 0 ? arm.Infusions * (model.PerInfusion?.Amount ?? 0) : 0;
        var course = (paid * price) + infusions;
        var total = (course * arm.Courses) + (arm.OtherCost?.Amount ?? 0);
        var rate = arm.ResponseRate;
        var units = vials is null ? days.Sum(UnitsOf) : opened.Sum(o => UnitsOf(o.Grams));
        return new(arm, grams, days, vials, paid, waste, paid * price, waste * price, infusions, course, total,
            rate > 0 ? total / rate : null, arm.Qaly ?? (rate is { } r && model.QalyPerResponder is { } q ? r * q : null), units, units - days.Sum(UnitsOf));
    }
}
