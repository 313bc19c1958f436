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

    /// <summary>Why certainty is not graded: no study is held, and a step down for that would be a reason that GRADE does not know. Null when it is graded.</summary>
    public string? NotGraded { get; init; }
    public required Status Status { get; init; }
    public required Place Place { get; init; }
}

/// <param name="Steps">Levels: −2 to 2, 0 when the domain gives no reason.</param>
/// <param name="Reason">Why, also why not.</param>
public sealed record GradeStep(GradeDomain Domain, int Steps, string Reason);

/// <summary>Trials that are alike enough to be pooled, with the numbers to do it. One trial alone is held for the next to join it and is not pooled.</summary>
/// <param name="Measure">RR, OR, RD, MD, SMD or HR.</param>
/// <param name="Method">A method of <c>igloop meta</c>.</param>
/// <param name="ZeroCells">Rule for zero cells; null for the default.</param>
/// <param name="Why">Why these trials are alike, and what must be declared (crossover, counts from percentages).</param>
public sealed record TrialComparison(string Id, string Title, string Arm1, string Arm2, string Measure, string Method, string? ZeroCells, string Why, IReadOnlyList<ComparisonRow> Rows, Place Place)
{
    /// <summary>What others published on the same question, to stand beside our value, alike or not.</summary>
    public IReadOnlyList<PublishedPool> Published { get; init; } = [];

    /// <summary>Why nothing is pooled yet; null with two trials or more.</summary>
    public string? NotPooled => Rows.Count > 1 ? null : "there is one comparable trial, and pooling needs two.";
}

/// <summary>One trial's numbers: counts, means or a printed effect, exactly one of them.</summary>
public sealed record ComparisonRow
{
    /// <summary>Id in evidence/.</summary>
    public required string Study { get; init; }

    /// <summary>People, each counted once: in a crossover trial fewer than the sum of its arms.</summary>
    public required int People { get; init; }
    public TrialCounts? Counts { get; init; }
    public TrialMeans? Means { get; init; }
    public TrialEffect? Effect { get; init; }
    public required Status Status { get; init; }

    /// <summary>For example "crossover, both periods as parallel groups".</summary>
    public string? Note { get; init; }
}

/// <summary>Events and people of two arms.</summary>
public sealed record TrialCounts(int Events1, int N1, int Events2, int N2);

/// <summary>Means, standard deviations and people of two arms, in the points of the instrument; without a standard deviation the trial is shown and not counted.</summary>
public sealed record TrialMeans(decimal Mean1, decimal? Sd1, int N1, decimal Mean2, decimal? Sd2, int N2);

/// <summary>An effect as printed, a ratio or a difference, with its 95 % interval.</summary>
public sealed record TrialEffect(decimal Value, decimal Low, decimal High);

/// <summary>A pooled value that somebody published.</summary>
/// <param name="Value">As printed: a ratio or a difference.</param>
/// <param name="Of">Measure, trials and people behind it.</param>
/// <param name="Beside">How ours relates to it: the same, or why not.</param>
public sealed record PublishedPool(decimal Value, decimal Low, decimal High, string Of, string Source, Status Status, string Beside);
