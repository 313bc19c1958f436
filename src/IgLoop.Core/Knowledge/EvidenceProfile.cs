namespace IgLoop.Core.Knowledge;

/// <summary>Certainty of a body of evidence by GRADE.</summary>
public enum Certainty
{
    VeryLow,
    Low,
    Moderate,
    High,
}

/// <summary>What a body of evidence says of immunoglobulin.</summary>
public enum EvidenceFinding
{
    Benefit,
    NoBenefit,
    Harm,
    Unclear,
}

/// <summary>The five reasons to lower certainty and the three to raise it.</summary>
public enum GradeDomain
{
    RiskOfBias,
    Inconsistency,
    Indirectness,
    Imprecision,
    PublicationBias,
    LargeEffect,
    DoseResponse,
    Confounding,
}

/// <summary>The body of evidence of one condition: certainty with the reason for each step, and what can be pooled.</summary>
public sealed record EvidenceProfile
{
    /// <summary>Id of the condition.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked of the evidence, for example "immunoglobulin against placebo, disability within weeks".</summary>
    public required string Question { get; init; }
    public required string Position { get; init; }
    public required EvidenceFinding Finding { get; init; }

    /// <summary>High for randomised trials, low for anything else, before any step.</summary>
    public required Certainty Start { get; init; }
    public required Certainty Certainty { get; init; }

    /// <summary>All eight domains in order; a step below 0 lowers, above 0 raises.</summary>
    public required IReadOnlyList<GradeStep> Steps { get; init; }
    public required IReadOnlyList<TrialComparison> Comparisons { get; init; }

    /// <summary>Why there is nothing, or nothing more, to pool; null when all is pooled.</summary>
    public string? NotPooled { get; init; }
    public required Status Status { get; init; }
    public required Place Place { get; init; }
}

/// <param name="Steps">Levels: −2 to 2, 0 when the domain gives no reason.</param>
/// <param name="Reason">Why, also why not.</param>
public sealed record GradeStep(GradeDomain Domain, int Steps, string Reason);

/// <summary>Trials that are alike enough to be pooled, with the numbers to do it.</summary>
/// <param name="Measure">RR, OR, RD or MD.</param>
/// <param name="Method">A method of <c>igloop meta</c>.</param>
/// <param name="ZeroCells">Rule for zero cells; null for the default.</param>
/// <param name="Why">Why these trials are alike, and what must be declared (crossover, counts from percentages).</param>
public sealed record TrialComparison(string Id, string Title, string Arm1, string Arm2, string Measure, string Method, string? ZeroCells, string Why, IReadOnlyList<ComparisonRow> Rows, Place Place);

/// <summary>One trial's counts.</summary>
/// <param name="Study">Id in evidence/.</param>
/// <param name="Note">For example "crossover, both periods as parallel groups".</param>
public sealed record ComparisonRow(string Study, int Events1, int People1, int Events2, int People2, Status Status, string? Note);
