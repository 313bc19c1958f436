namespace IgLoop.Core.Facts;

/// <summary>All that is known of one patient: every value with its time and source, before choosing which is usable.</summary>
public sealed record Chart
{
    /// <summary>The entries in the order in which they were read.</summary>
    public IReadOnlyList<ChartEntry> Entries { get; init; } = [];

    /// <summary>What the source held and IgLoop did not understand; shown, never silently dropped.</summary>
    public IReadOnlyList<NotUnderstood> NotUnderstood { get; init; } = [];

    /// <summary>Active diagnoses with their codes, from which the condition can be recognised.</summary>
    public IReadOnlyList<Diagnosis> Diagnoses { get; init; } = [];

    /// <summary>A neutral label such as the file's name or <c>Patient/123</c>; never a person's name.</summary>
    public string? Label { get; init; }

    /// <summary>Day of death if the source says so.</summary>
    public DateOnly? Died { get; init; }
}

/// <param name="System">icd10 or snomed.</param>
/// <param name="Code">The code.</param>
public sealed record Diagnosis(string System, string Code);

/// <summary>One value of one fact.</summary>
public sealed record ChartEntry(FactDefinition Fact, FactValue Value);

/// <summary>Something in the source that was not used.</summary>
/// <param name="Where">Its place, for example <c>Observation/abc</c> or <c>line 12</c>.</param>
/// <param name="What">What it is, for example the code and its display.</param>
/// <param name="Why">Why it was not used.</param>
public sealed record NotUnderstood(string Where, string What, string Why);

/// <summary>A chart as of a moment: the usable values, the stale ones and what was worked out.</summary>
/// <param name="Facts">Usable values, derived facts included.</param>
/// <param name="Stale">Latest values that are older than their validity: shown, not used.</param>
/// <param name="At">The moment.</param>
public sealed record ChartAt(FactSet Facts, IReadOnlyList<ChartEntry> Stale, IReadOnlyList<NotUnderstood> NotUnderstood, DateOnly At, string? Label, DateOnly? Died);
