using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>What to measure and watch, before, during and after.</summary>
public sealed record MonitoringPlan
{
    public required IReadOnlyList<MonitoringItem> Before { get; init; }
    public required IReadOnlyList<MonitoringItem> VitalSigns { get; init; }
    public required IReadOnlyList<MonitoringItem> After { get; init; }
    public required IReadOnlyList<MonitoringItem> Preparation { get; init; }
    public required IReadOnlyList<MonitoringItem> Vaccines { get; init; }

    /// <summary>What to do at each grade of reaction.</summary>
    public required IReadOnlyList<MonitoringItem> Reactions { get; init; }
}

/// <param name="What">Test, sign or vaccine.</param>
/// <param name="When">When, in words, with the date where one can be worked out.</param>
/// <param name="Why">Reason; null when plain.</param>
/// <param name="Date">The date when one can be worked out.</param>
public sealed record MonitoringItem(string What, string When, string? Why, DateOnly? Date, Provenance Provenance);
