using IgLoop.Core.Dosing;

namespace IgLoop.Core.Infusing;

/// <summary>Rates that a label or convention gives.</summary>
/// <param name="Ladder">mL/kg/min, rising.</param>
/// <param name="FirstStepMinutes">Minutes of the first step.</param>
/// <param name="StepMinutes">Minutes of the others; the last runs to the end.</param>
/// <param name="Cap">Ceiling for this patient, mL/kg/min; null: the ladder's own.</param>
/// <param name="CapStrict">True when the rate must stay below the cap, not at it.</param>
public sealed record Ladder(IReadOnlyList<decimal> Rates, decimal FirstStepMinutes, decimal StepMinutes, decimal? Cap = null, bool CapStrict = false);

/// <summary>Plans one day's infusion. Rates are by actual body weight.</summary>
public static class InfusionPlanner
{
    /// <summary>The plan; its steps close on the day's volume.</summary>
    /// <exception cref="DosingException">A value is missing or cannot be right.</exception>
    public static InfusionPlan For(string product, decimal weightKg, decimal dayGrams, decimal gramsPer100mL, Ladder ladder, IReadOnlyList<string>? basis = null)
    {
        Check(weightKg, dayGrams, gramsPer100mL, ladder);
        var volume = dayGrams / gramsPer100mL * 100;
        var raw = Raw(Rungs(ladder), ladder, weightKg, volume);
        return new InfusionPlan
        {
            Product = product,
            WeightKg = weightKg,
            DayGrams = dayGrams,
            DayVolumeMl = Math.Round(volume, 2),
            Steps = Shown(raw, weightKg),
            TotalMinutes = Math.Round(raw[^1].End, 1),
            CapMlPerKgMin = ladder.Cap,
            Basis = basis ?? [],
        };
    }

    /// <summary>The rates that may be used: a strict cap keeps the rungs below it, another cap ends the ladder at the cap itself.</summary>
    public static IReadOnlyList<decimal> Rungs(Ladder ladder)
    {
        if (ladder.Cap is not { } cap || (!ladder.CapStrict && ladder.Rates[^1] <= cap))
        {
            return ladder.Rates;
        }

        var below = ladder.Rates.Where(r => r < cap).ToList();
        if (ladder.CapStrict)
        {
            return below.Count > 0 ? below : throw new DosingException("cap-below-ladder", $"Every rate of the ladder is at or above the cap of {cap} mL/kg/min; a lower starting rate is needed.", "cap_mL_kg_min");
        }

        return [.. below, cap];
    }

    internal static List<(decimal Start, decimal End, decimal Rate, decimal Volume)> Raw(IReadOnlyList<decimal> rungs, Ladder ladder, decimal kg, decimal volume)
    {
        var steps = new List<(decimal, decimal, decimal, decimal)>();
        decimal at = 0, given = 0;
        for (var i = 0; i < rungs.Count; i++)
        {
            var perMinute = rungs[i] * kg;
            var minutes = i == 0 ? ladder.FirstStepMinutes : ladder.StepMinutes;
            var left = volume - given;
            if (i == rungs.Count - 1 || perMinute * minutes >= left)
            {
                steps.Add((at, at + (left / perMinute), rungs[i], left));
                break;
            }

            steps.Add((at, at + minutes, rungs[i], perMinute * minutes));
            at += minutes;
            given += perMinute * minutes;
        }

        return steps;
    }

    private static List<InfusionStep> Shown(List<(decimal Start, decimal End, decimal Rate, decimal Volume)> raw, decimal kg)
    {
        var steps = new List<InfusionStep>(raw.Count);
        decimal cumulative = 0, shown = 0;
        foreach (var (start, end, rate, part) in raw)
        {
            cumulative += part;
            // Each step shows the difference of the rounded totals, so that what is printed adds up to what is printed.
            var total = Math.Round(cumulative, 2);
            steps.Add(new(steps.Count + 1, Math.Round(start, 1), Math.Round(end, 1), rate, Math.Round(rate * kg * 60, 2), total - shown, total));
            shown = total;
        }

        return steps;
    }

    private static void Check(decimal kg, decimal grams, decimal concentration, Ladder ladder)
    {
        Positive(kg, "weight_kg", "the weight in kg", 500);
        Positive(grams, "day_dose_g", "the grams of the day", 1000);
        Positive(concentration, "conc_g_per_100mL", "the concentration in g/100 mL", 20);
        if (ladder.Rates.Count == 0)
        {
            throw new DosingException("no-rates", "There are no rates for this product; an infusion cannot be planned without a ladder from its label.", "ladder_mL_kg_min");
        }

        if (ladder.Rates[0] <= 0 || ladder.Rates.Zip(ladder.Rates.Skip(1)).Any(p => p.Second <= p.First))
        {
            throw new DosingException("bad-value", "The ladder must hold rates above 0 that rise from step to step, in mL/kg/min.", "ladder_mL_kg_min");
        }

        if (ladder.Rates[^1] > 0.5m)
        {
            throw new DosingException("bad-value", $"A rate of {ladder.Rates[^1]} mL/kg/min is above any label; rates are in mL/kg/min, not mL/kg/h.", "ladder_mL_kg_min");
        }

        Positive(ladder.FirstStepMinutes, "first_step_min", "the minutes of the first step", 600);
        Positive(ladder.StepMinutes, "step_min", "the minutes of a step", 600);
        if (ladder.Cap is { } cap)
        {
            Positive(cap, "cap_mL_kg_min", "the cap in mL/kg/min", 1);
        }
    }

    private static void Positive(decimal value, string where, string what, decimal most)
    {
        if (value <= 0 || value > most)
        {
            throw new DosingException("bad-value", $"{value} cannot be {what}; it must be above 0 and at most {most}.", where);
        }
    }
}
