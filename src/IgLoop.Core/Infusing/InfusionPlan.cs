namespace IgLoop.Core.Infusing;

/// <summary>One day's infusion: the steps close on the day's volume.</summary>
public sealed record InfusionPlan
{
    public required string Product { get; init; }

    /// <summary>Kilograms used for the rates: actual body weight.</summary>
    public required decimal WeightKg { get; init; }
    public required decimal DayGrams { get; init; }
    public required decimal DayVolumeMl { get; init; }
    public required IReadOnlyList<InfusionStep> Steps { get; init; }
    public required decimal TotalMinutes { get; init; }

    /// <summary>Ceiling applied, mL/kg/min; null when only the ladder limits.</summary>
    public decimal? CapMlPerKgMin { get; init; }

    /// <summary>Where the ladder comes from and why the cap is what it is, one line each.</summary>
    public required IReadOnlyList<string> Basis { get; init; }
}

/// <param name="Step">From 1.</param>
/// <param name="StartMin">Minutes from the start of the infusion.</param>
/// <param name="RateMlPerKgMin">Rate by actual weight.</param>
public sealed record InfusionStep(int Step, decimal StartMin, decimal EndMin, decimal RateMlPerKgMin, decimal RateMlPerH, decimal VolumeMl, decimal CumulativeMl);
