namespace IgLoop.Core.Dosing;

/// <summary>A dose with its working: rule, inputs, weights, grams before and after rounding.</summary>
public sealed record DosePlan
{
    /// <summary>Id of the weight rule.</summary>
    public required string Rule { get; init; }

    /// <summary>actual, ideal or adjusted.</summary>
    public required string Basis { get; init; }

    /// <summary>The reasoning in steps, one line each, with numbers.</summary>
    public required IReadOnlyList<string> Working { get; init; }
    public decimal? Bmi { get; init; }
    public decimal? IdealKg { get; init; }
    public decimal? AdjustedKg { get; init; }
    public required decimal ActualKg { get; init; }

    /// <summary>Null when the rule's source leaves two readings open: then see <see cref="Candidates"/>.</summary>
    public decimal? DosingKg { get; init; }
    public required decimal GPerKg { get; init; }
    public decimal? UnroundedGrams { get; init; }
    public decimal? RoundedGrams { get; init; }

    /// <summary>(rounded − unrounded) / unrounded in percent.</summary>
    public decimal? DeviationPercent { get; init; }

    /// <summary>Grams of each day; they add up to <see cref="RoundedGrams"/>.</summary>
    public required IReadOnlyList<decimal> Days { get; init; }

    /// <summary>Why the course is split like that.</summary>
    public required IReadOnlyList<string> SplitReasons { get; init; }

    /// <summary>The two readings when the source leaves them open.</summary>
    public required IReadOnlyList<DoseCandidate> Candidates { get; init; }
    public required IReadOnlyList<DoseWarning> Warnings { get; init; }
}

public sealed record DoseCandidate(string Reading, decimal DosingKg, decimal UnroundedGrams, decimal RoundedGrams);

/// <param name="Code">For example <c>dosing-weight-above-actual</c>.</param>
public sealed record DoseWarning(string Code, string Message);

/// <summary>Which vials make up a dose.</summary>
/// <param name="Vials">Grams of the vial and how many, largest first.</param>
/// <param name="Grams">What they hold together.</param>
/// <param name="WasteGrams">What is left over when the dose is less than the vials.</param>
public sealed record VialChoice(IReadOnlyList<VialCount> Vials, decimal Grams, decimal WasteGrams);

public sealed record VialCount(decimal Grams, int Count);
