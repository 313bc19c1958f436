using IgLoop.Core.Criteria;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;
using IgLoop.Core.Products;

namespace IgLoop.Core.Deciding;

/// <summary>What is asked.</summary>
public sealed record DecisionRequest
{
    /// <summary>Id of a condition; null: only safety and product are judged.</summary>
    public string? Condition { get; init; }

    /// <summary>Id of a manifestation; null: the condition's default.</summary>
    public string? Goal { get; init; }

    /// <summary>Id of a product; null: any.</summary>
    public string? Product { get; init; }

    /// <summary>Authority to put first; null: the site's own.</summary>
    public string? Authority { get; init; }

    /// <summary>Grams per kilogram of the course asked; null: the regimen of the leading authority.</summary>
    public decimal? GPerKg { get; init; }

    /// <summary>Days asked; null: by risk.</summary>
    public int? Days { get; init; }

    /// <summary>Null: as the chart says, otherwise induction.</summary>
    public Phase? Phase { get; init; }

    /// <summary>1 for a first course; null: unknown.</summary>
    public int? CourseNumber { get; init; }

    /// <summary>Id of a weight rule; null: by authority or site.</summary>
    public string? WeightRule { get; init; }

    /// <summary>The day for which is decided.</summary>
    public required DateOnly At { get; init; }
}

/// <summary>What one authority's entry says of this request.</summary>
public enum VerdictKind
{
    Supported,

    /// <summary>Facts are missing that would settle it.</summary>
    SupportedIf,
    NotSupported,
    DoesNotCover,
}

public sealed record Verdict
{
    public required string Authority { get; init; }
    public required string AuthorityName { get; init; }
    public required AuthorityEntry Entry { get; init; }
    public required VerdictKind Kind { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>Facts that would settle it; empty when settled.</summary>
    public required IReadOnlyList<FactDefinition> Missing { get; init; }

    /// <summary>Why, leaf by leaf; null when the entry states no criteria.</summary>
    public Explanation? Qualifying { get; init; }
    public required IReadOnlyList<Explanation> Exclusions { get; init; }

    /// <summary>True when what decides it was not verified: shown, but it leads nothing.</summary>
    public bool Unverified { get; init; }
}

/// <summary>A rule that fired.</summary>
public sealed record Finding
{
    public required SafetyRule Rule { get; init; }

    /// <summary>Lower than the rule's own when an unverified source may not block.</summary>
    public required Severity Severity { get; init; }
    public required Explanation Why { get; init; }

    /// <summary>Product it speaks of; null: all.</summary>
    public string? Product { get; init; }

    /// <summary>Why the severity is lower than the rule's own; null when it is not.</summary>
    public string? Locked { get; init; }
}

/// <summary>A rule that could not be settled.</summary>
public sealed record OpenRule(SafetyRule Rule, IReadOnlyList<FactDefinition> Missing);

public enum Outcome
{
    /// <summary>May be given as planned.</summary>
    Supported,

    /// <summary>May be given if named facts turn out as needed.</summary>
    Conditional,

    /// <summary>Needs a named prescriber's reason.</summary>
    NeedsReason,

    /// <summary>No authority supports it, or none speaks of it.</summary>
    NotSupported,

    /// <summary>Must not be given as asked.</summary>
    Refused,

    /// <summary>No condition was asked and none was found in the chart.</summary>
    NoIndication,
}

public sealed record Headline(Outcome Outcome, string Answer, string Because, string NextStep);

/// <summary>A fact worth finding out, with what it would settle.</summary>
public sealed record MissingFact(FactDefinition Fact, IReadOnlyList<string> Settles, int Weight);

public sealed record EvidenceForGoal(Manifestation Goal, DoseBand Band, BandEvidence Evidence, IReadOnlyDictionary<DoseBand, BandEvidence> OtherBands);

public sealed record LockedNumber(string What, string Why, string HowToUnlock);

/// <summary>By what and when the course is judged.</summary>
/// <param name="InstrumentIds">Those of the instruments that the program scores, ids in <c>knowledge/instruments/</c>.</param>
public sealed record ReviewPlan(IReadOnlyList<string> Instruments, IReadOnlyList<string> InstrumentIds, IReadOnlyList<string> When, IReadOnlyList<string> Success, IReadOnlyList<string> StopIf, IReadOnlyList<string> Sources);

/// <summary>Everything said about one request, in the order in which it is read.</summary>
public sealed record Decision
{
    public required DecisionRequest Request { get; init; }
    public required ChartAt Chart { get; init; }
    public Condition? Condition { get; init; }
    public Manifestation? Goal { get; init; }

    /// <summary>One line that says who and what, without a name.</summary>
    public required string Subject { get; init; }
    public required Headline Headline { get; init; }
    public required IReadOnlyList<Verdict> Verdicts { get; init; }
    public required IReadOnlyList<Finding> Findings { get; init; }
    public required IReadOnlyList<OpenRule> OpenRules { get; init; }

    /// <summary>Null when weight or dose is missing; then <see cref="WhyNoDose"/> says what.</summary>
    public DosePlan? Dose { get; init; }
    public string? WhyNoDose { get; init; }

    /// <summary>Whose regimen is followed; null when the grams were asked for or none fits.</summary>
    public Regimen? Regimen { get; init; }
    public string? RegimenFrom { get; init; }

    /// <summary>How the same authority goes on after this course, in one line; null when a dose was asked or nothing is stated.</summary>
    public string? ThenRegimen { get; init; }

    /// <summary>Other regimens that speak of this request, one line each, with whose they are.</summary>
    public required IReadOnlyList<string> OtherRegimens { get; init; }

    /// <summary>Usable products first, then the refused, each with its reasons.</summary>
    public required IReadOnlyList<RankedProduct> Products { get; init; }

    /// <summary>One plan a day for the chosen product; empty when none can be made, see <see cref="WhyNoInfusion"/>.</summary>
    public required IReadOnlyList<InfusionPlan> Infusion { get; init; }
    public string? WhyNoInfusion { get; init; }
    public required MonitoringPlan Monitoring { get; init; }
    public required ReviewPlan Review { get; init; }
    public required IReadOnlyList<MissingFact> Missing { get; init; }
    public EvidenceForGoal? Evidence { get; init; }
    public required IReadOnlyList<Study> Studies { get; init; }
    public required IReadOnlyList<Conflict> Conflicts { get; init; }
    public required IReadOnlyList<LockedNumber> Locked { get; init; }
    public required string KnowledgeHash { get; init; }
    public required string ProgramVersion { get; init; }
}
