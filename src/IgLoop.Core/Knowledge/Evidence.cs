namespace IgLoop.Core.Knowledge;

/// <summary>A study, as a page and as evidence in a decision.</summary>
public sealed record Study
{
    public required string Id { get; init; }
    public required string Condition { get; init; }
    public string? Subset { get; init; }
    public required string Citation { get; init; }
    public string? Pmid { get; init; }
    public string? Doi { get; init; }
    public required string Design { get; init; }

    /// <summary>Immunoglobulins by the names that the report gives them; empty when it names none.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];
    public int? N { get; init; }
    public required IReadOnlyList<StudyArm> Arms { get; init; }

    /// <summary>Outcomes as read: instrument, when, type, effect and numbers; kept as the file's own tree for display.</summary>
    public required IReadOnlyList<StudyOutcome> Outcomes { get; init; }
    public string? AdverseEvents { get; init; }

    /// <summary>Our reading on the GRADE scale, not the authors'.</summary>
    public required string Certainty { get; init; }
    public string? SourceRead { get; init; }
    public string? Notes { get; init; }
    public required IReadOnlyList<string> UnverifiedFields { get; init; }
    public required Status Status { get; init; }
    public required Place Place { get; init; }
}

public sealed record StudyArm(string Name, int? N, decimal? CourseGPerKg, string Details);

/// <param name="Instrument">What was measured.</param>
/// <param name="Type">For example RR, MD, ordinal_response.</param>
/// <param name="Lines">Everything else of the outcome as "key: value" lines in reading order.</param>
public sealed record StudyOutcome(string Instrument, string Type, IReadOnlyList<string> Lines);

/// <summary>Direction of the evidence for one goal in one dose band.</summary>
public enum Direction
{
    Benefit,
    BenefitTransient,
    Mixed,
    NoImprovement,
    NamedOnly,
    NoData,
    HarmSignal,
}

public enum DoseBand
{
    Low,
    Mid,
    High,
    Unstated,
}

/// <summary>A manifestation of lupus as a goal of treatment, with the evidence by dose band.</summary>
public sealed record Manifestation
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The condition whose criteria apply; null for replacement.</summary>
    public string? Condition { get; init; }
    public required IReadOnlyDictionary<DoseBand, BandEvidence> Bands { get; init; }

    /// <summary>What guidelines say of it, by guideline.</summary>
    public required IReadOnlyDictionary<string, string> Guidelines { get; init; }

    /// <summary>What a subtype (class of nephritis, type of rash) shows.</summary>
    public required IReadOnlyList<string> Subtypes { get; init; }
    public string? Caution { get; init; }
    public string? Conflict { get; init; }
    public string? Note { get; init; }
    public required Place Place { get; init; }
}

public sealed record BandEvidence(Direction Direction, IReadOnlyList<EvidenceItem> Items, string? Note);

/// <param name="Source">Id in sources or studies.</param>
/// <param name="Study">Study id when the study is held.</param>
/// <param name="N">Patients with this manifestation; null when not printed.</param>
/// <param name="Responders">Null when not reported.</param>
/// <param name="CohortN">Size of the whole cohort when N is not printed; never a denominator.</param>
public sealed record EvidenceItem(string Source, string? Study, int? N, int? Responders, int? CohortN, string? Outcome, Status Status);
