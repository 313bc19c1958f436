using IgLoop.Core.Criteria;

namespace IgLoop.Core.Knowledge;

/// <summary>What an authority's entry amounts to; the vocabulary of the criteria files.</summary>
public enum Category
{
    FirstLine,
    SecondLine,
    ThirdLineOrLater,
    Emerging,
    Exceptional,
    RecommendedIndication,
    NotCommissioned,
    NotSupported,
    InsufficientEvidence,
    NotMentioned,
    EvidenceOnly,
}

/// <summary>A disease for which immunoglobulin may be asked.</summary>
public sealed record Condition
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required Place Place { get; init; }

    /// <summary>Codes by system (icd10, snomed) by which a chart shows the condition.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Codes { get; init; }

    /// <summary>Which rate tables of product labels fit, most specific first: CIDP, MMN, ITP, DM, PI.</summary>
    public required IReadOnlyList<string> RateScopes { get; init; }

    /// <summary>The goal (manifestation id) assumed when none is asked; null when one must be asked or none exists.</summary>
    public string? DefaultGoal { get; init; }

    public required IReadOnlyList<AuthorityEntry> Entries { get; init; }

    /// <summary>Findings that apply to this condition only; what trials showed.</summary>
    public required IReadOnlyList<SafetyRule> Rules { get; init; }

    /// <summary>Instruments to record before and after, whatever the authority.</summary>
    public required IReadOnlyList<string> Measures { get; init; }

    /// <summary>Those of them that the program scores, ids in <c>knowledge/instruments/</c>.</summary>
    public IReadOnlyList<string> MeasureIds { get; init; } = [];

    /// <summary>Studies of the condition, ids in <c>knowledge/evidence/</c>.</summary>
    public required IReadOnlyList<string> Studies { get; init; }

    /// <summary>Disagreements between sources, shown as they are.</summary>
    public required IReadOnlyList<Conflict> Conflicts { get; init; }

    public string? Note { get; init; }
}

/// <summary>What one edition of one authority says of one use.</summary>
public sealed record AuthorityEntry
{
    /// <summary>Unique in the condition.</summary>
    public required string Id { get; init; }

    /// <summary>Id in <c>knowledge/authorities/</c>.</summary>
    public required string Authority { get; init; }
    public required string Edition { get; init; }
    public string? Scope { get; init; }
    public required Category Category { get; init; }
    public string? CategoryAsStated { get; init; }
    public string? Level { get; init; }
    public string? Approval { get; init; }
    public string? Priority { get; init; }

    /// <summary>When the entry speaks of this request at all (phase, goal, subtype); null: always.</summary>
    public Criterion? Applies { get; init; }

    /// <summary>What must be true; null when the source states none.</summary>
    public Criterion? Qualifying { get; init; }
    public string? QualifyingText { get; init; }
    public required IReadOnlyList<Exclusion> Exclusions { get; init; }

    /// <summary>What the source does not speak of although the entry applies, such as a second course; null: nothing was marked.</summary>
    public Silence? Silent { get; init; }
    public required IReadOnlyList<Regimen> Regimens { get; init; }
    public ReviewRule? Review { get; init; }
    public required IReadOnlyList<string> Stop { get; init; }

    /// <summary>True when its authors withdrew the edition: shown for history, neither a permission nor a refusal.</summary>
    public bool Retired { get; init; }

    /// <summary>Other treatments that the authority names in the same place.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>Ceilings on what is supplied, whatever the patient weighs.</summary>
    public IReadOnlyList<QuantityLimit> QuantityLimits { get; init; } = [];

    /// <summary>What a study-like entry found, in our words.</summary>
    public required IReadOnlyList<string> Findings { get; init; }
    public string? Caution { get; init; }
    public string? Note { get; init; }
    public required Provenance Provenance { get; init; }
    public required Place Place { get; init; }
}

/// <summary>The most that is supplied in a span of time; a payer's ceiling, not a dose.</summary>
/// <param name="Phase">The phase it belongs to.</param>
/// <param name="Grams">Grams in the span.</param>
/// <param name="Days">Length of the span.</param>
/// <param name="Note">How the source counts it, for example in billing units.</param>
public sealed record QuantityLimit(Phase Phase, decimal Grams, decimal Days, string? Note);

/// <summary>A request of which an authority says nothing: neither a permission nor a refusal.</summary>
public sealed record Silence(string Text, Criterion? When);

public sealed record Exclusion(string Text, Criterion? When, Status Status);

/// <summary>A disagreement between sources on one point.</summary>
/// <param name="Topic">What they disagree about.</param>
/// <param name="Sides">What each says, with who says it.</param>
public sealed record Conflict(string Topic, IReadOnlyList<string> Sides, IReadOnlyList<string> Sources);
