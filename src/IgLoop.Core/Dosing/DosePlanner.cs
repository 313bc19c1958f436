using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Dosing;

/// <summary>The dose of a course with its working.</summary>
public static class DosePlanner
{
    /// <summary>A course above this is beyond any regimen that was read (2 g/kg; MG crisis 2 g/kg) by a wide margin, and is refused as a slip.</summary>
    public const decimal BeyondAnyRegimen = 5m;

    /// <summary>The plan.</summary>
    /// <param name="rule">Weight rule.</param>
    /// <param name="build">Height, weight, sex, age.</param>
    /// <param name="gPerKg">Grams per kilogram of the course.</param>
    /// <param name="split">What bears on the split.</param>
    /// <param name="roundDown">True when a risk asks to round down rather than up.</param>
    /// <param name="formulaAboveActualConfirmed">True when the site confirmed that a formula may exceed the scales.</param>
    /// <exception cref="DosingException">A value is missing or cannot be right.</exception>
    public static DosePlan For(WeightRule rule, Build build, decimal gPerKg, SplitFacts split, bool roundDown = false, bool formulaAboveActualConfirmed = false)
    {
        CheckDose(gPerKg);
        var weights = Weighing.By(rule, build);
        var actual = build.Kg ?? throw new DosingException("missing", "The weight is missing; give the actual weight in kg.", "weight");
        var working = new List<string>();
        var warnings = new List<DoseWarning>(weights.Warnings);
        var readings = weights.Readings.Select(r => Guarded(r, actual, formulaAboveActualConfirmed)).ToList();
        var candidates = readings.SelectMany(r => Rounding.Of(rule, r.Kg * gPerKg).Select(g => new DoseCandidate($"{r.Basis}: {r.Why}", r.Kg, r.Kg * gPerKg, g))).ToList();
        if (candidates.Count > 1 && candidates.All(c => c.DosingKg == candidates[0].DosingKg))
        {
            working.Add($"The rule does not say how {Show(candidates[0].UnroundedGrams)} g is rounded: both are shown, the lower is planned.");
            candidates = [candidates[^1]];
        }

        var first = readings[0];
        if (candidates.Count > 1)
        {
            return new DosePlan
            {
                Rule = rule.Id, Basis = "open", Working = [$"The rule {rule.Id} leaves two readings open; choose one: no dose is planned."], Bmi = weights.Bmi, IdealKg = weights.IdealKg, AdjustedKg = weights.AdjustedKg,
                ActualKg = actual, GPerKg = gPerKg, Days = [], SplitReasons = [], Candidates = candidates, Warnings = warnings,
            };
        }

        var grams = candidates[0].UnroundedGrams;
        var rounded = roundDown && rule.RoundMode == "nearest" ? Math.Max(Math.Floor(grams / rule.RoundToGrams) * rule.RoundToGrams, rule.RoundToGrams) : candidates[0].RoundedGrams;
        if (Rounding.Coarse(grams, rounded) is { } coarse)
        {
            warnings.Add(coarse);
        }

        var deviation = grams == 0 ? 0 : (rounded - grams) / grams * 100;
        working.Add($"{first.Basis} weight: {first.Why} (rule {rule.Id}{(rule.Provenance.Status == Status.Unverified ? ", unverified" : "")})");
        working.Add($"{Show(first.Kg)} kg × {Show(gPerKg)} g/kg = {Show(grams)} g → {Show(rounded)} g ({(deviation >= 0 ? "+" : "−")}{Show(Math.Abs(deviation))} %{(roundDown && rounded < grams ? ", down because of risk" : "")})");
        var (days, reasons) = CourseSplit.Of(rounded, gPerKg, first.Kg, rule.RoundToGrams, split);
        return new DosePlan
        {
            Rule = rule.Id,
            Basis = first.Basis,
            Working = working,
            Bmi = weights.Bmi,
            IdealKg = weights.IdealKg,
            AdjustedKg = weights.AdjustedKg,
            ActualKg = actual,
            DosingKg = first.Kg,
            GPerKg = gPerKg,
            UnroundedGrams = grams,
            RoundedGrams = rounded,
            DeviationPercent = Math.Round(deviation, 2),
            Days = days,
            SplitReasons = reasons,
            Candidates = [],
            Warnings = warnings,
        };
    }

    /// <summary>Refuses a dose that no regimen comes near.</summary>
    public static void CheckDose(decimal gPerKg)
    {
        if (gPerKg <= 0)
        {
            throw new DosingException("bad-value", $"A dose of {Show(gPerKg)} g/kg cannot be right; give grams for each kilogram above 0.", "g_per_kg");
        }

        if (gPerKg > BeyondAnyRegimen)
        {
            throw new DosingException("dose-above-any-regimen", $"{Show(gPerKg)} g/kg is above any regimen (courses are 0.4 to 2 g/kg); check whether grams or mg/kg were meant.", "g_per_kg");
        }
    }

    /// <summary>Never above the scales without a site confirmation: a project guard.</summary>
    private static WeightReading Guarded(WeightReading reading, decimal actual, bool confirmed) =>
        confirmed || reading.Kg <= actual ? reading : new("actual", actual, $"{reading.Why}, but never above actual weight without a site confirmation");

    private static string Show(decimal d) => d.ToString("0.##", CultureInfo.InvariantCulture);
}
