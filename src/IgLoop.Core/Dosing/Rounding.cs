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

    /// <summary>The most that rounding may change a dose without a word, a fraction (rule M06).</summary>
    public const decimal Unremarked = 0.1m;

    /// <summary>A warning where rounding changes a dose by more than <see cref="Unremarked"/>: 2.4 g for an infant become 5 g.</summary>
    public static DoseWarning? Coarse(decimal grams, decimal rounded) => grams > 0 && Math.Abs(rounded - grams) > grams * Unremarked
        ? new("rounding-over-10-percent", $"Rounding {Weighing.Show(grams)} g to {Weighing.Show(rounded)} g changes the dose by {Weighing.Show(Math.Abs(rounded - grams) / grams * 100)} %, more than 10 % (rule M06); give part of a vial.")
        : null;
}
