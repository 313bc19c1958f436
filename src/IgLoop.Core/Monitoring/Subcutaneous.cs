using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>Weekly immunoglobulin under the skin.</summary>
/// <param name="Grams">Each week.</param>
/// <param name="Millilitres">Each week.</param>
public sealed record WeeklySubcutaneous(decimal Grams, decimal Millilitres)
{
    /// <summary>Changes an infusion every few weeks into a weekly dose: factor × grams / weeks.</summary>
    /// <param name="factor">Of the product, use and jurisdiction.</param>
    /// <param name="grams">Of one infusion; more than 0.</param>
    /// <param name="everyWeeks">Weeks between infusions; more than 0.</param>
    /// <param name="gramsPer100Ml">Concentration of the subcutaneous product; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not more than 0.</exception>
    public static WeeklySubcutaneous From(SubcutaneousFactor factor, decimal grams, decimal everyWeeks, decimal gramsPer100Ml)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(grams);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(everyWeeks);
        return Of(factor.Factor * grams / everyWeeks, gramsPer100Ml);
    }

    /// <summary>A weekly dose by weight, as licensed for CIDP.</summary>
    /// <param name="weightKg">More than 0.</param>
    /// <param name="gPerKg">More than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not more than 0.</exception>
    public static WeeklySubcutaneous ByWeight(decimal weightKg, decimal gPerKg, decimal gramsPer100Ml)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weightKg);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gPerKg);
        return Of(weightKg * gPerKg, gramsPer100Ml);
    }

    private static WeeklySubcutaneous Of(decimal grams, decimal gramsPer100Ml)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gramsPer100Ml);
        return new(grams, grams / (gramsPer100Ml / 100));
    }
}

/// <summary>Sugar that comes with a dose.</summary>
public static class SugarWithDose
{
    /// <summary>Grams of sugar in a dose: millilitres of the dose × mg of sugar in 1 mL.</summary>
    /// <param name="grams">Immunoglobulin; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dose is negative.</exception>
    public static decimal Grams(SugarLoad product, decimal grams)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(grams);
        return grams / product.GramsPer100Ml * 100 * product.MgPerMl / 1000;
    }
}
