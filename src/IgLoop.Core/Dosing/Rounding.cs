using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Dosing;

/// <summary>Rounds grams by a rule's own convention.</summary>
public static class Rounding
{
    // Limits of the program that was read (igcalculations): whole grams below 14.9 g, from 5 g and 2 g vials.
    private const decimal SmallDose = 14.9m;

    /// <summary>The rounded grams; two values when the rule does not say what happens to a tie.</summary>
    public static IReadOnlyList<decimal> Of(WeightRule rule, decimal grams)
    {
        var unit = rule.RoundToGrams;
        var down = Math.Floor(grams / unit) * unit;
        switch (rule.RoundMode)
        {
            case "down":
                return [Math.Max(down, unit)];
            case "igcalculator" when grams < SmallDose:
                // One and three grams cannot be made from 5 g and 2 g vials.
                var whole = Math.Truncate(grams);
                return [whole is 1 or 3 ? whole + 1 : whole];
            case "igcalculator":
                return [Math.Max(down, unit)];
            default:
                var rest = grams - down;
                if (rest * 2 == unit && rule.RoundMode == "nearest_tie_open")
                {
                    return [down + unit, down];
                }

                var nearest = rest * 2 >= unit ? down + unit : down;
                return [nearest == 0 ? unit : nearest];
        }
    }
}
