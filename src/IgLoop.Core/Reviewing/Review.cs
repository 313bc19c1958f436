namespace IgLoop.Core.Reviewing;

/// <summary>Who judges in a verdict.</summary>
public enum Judge
{
    /// <summary>The limits that the instrument's file declares.</summary>
    Instrument,

    /// <summary>A rule that weighs several things.</summary>
    Composite,

    /// <summary>The review rule of an authority.</summary>
    Authority,
}

/// <summary>One judgement on one course.</summary>
/// <param name="By">Id of the instrument, composite or entry of an authority.</param>
/// <param name="Met">Null: what is known does not decide it.</param>
/// <param name="Band">What the scheme calls it, such as <c>partial_helpful</c>.</param>
/// <param name="MayDecide">False when a limit took part that nobody read in its source: shown, but it decides no review by itself.</param>
/// <param name="Working">The arithmetic, line by line.</param>
public sealed record ReviewVerdict(Judge Judge, string By, string Name, bool? Met, string? Band, bool MayDecide, IReadOnlyList<string> Flags, IReadOnlyList<string> Working, IReadOnlyList<string> Sources)
{
    /// <summary>What would settle it while it is open, in words; empty where the working says it.</summary>
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>Whether no limit fits what was measured, so that only the assessor can say whether it improved.</summary>
    public bool AsksAssessor { get; init; }
}

/// <summary>What must be known beside a verdict.</summary>
/// <param name="Day">The assessment that it speaks of; null: the whole course.</param>
public sealed record ReviewWarning(string Code, string Text, DateOnly? Day = null);

/// <summary>The answer to "did it work": every judge apart, and what follows for the denominators.</summary>
public sealed record Review
{
    public required ReviewRequest Request { get; init; }

    /// <summary>The rule by which baseline and end were chosen.</summary>
    public required string Pairing { get; init; }
    public Assessed? Baseline { get; init; }
    public Assessed? End { get; init; }

    /// <summary>The verdict that counts: of the deciding instrument; null while open, or when treatment ended before it could be judged.</summary>
    public required bool? Responder { get; init; }
    public string? Band { get; init; }

    /// <summary>False: the verdict is open or rests on something unverified, so a person decides.</summary>
    public required bool MayDecide { get; init; }

    /// <summary>Whether the patient belongs to the assessable denominator; everyone belongs to that of intention to treat.</summary>
    public required bool Assessable { get; init; }
    public required string Why { get; init; }
    public IReadOnlyList<ReviewVerdict> Verdicts { get; init; } = [];

    /// <summary>Review rules of authorities that speak of another phase or goal than the one asked.</summary>
    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];
    public IReadOnlyList<ReviewWarning> Warnings { get; init; } = [];

    /// <summary>What would settle an open verdict.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>A review rule that speaks of another request.</summary>
/// <param name="When">When it would hold, in words.</param>
public sealed record LeftOut(string Entry, string Name, string When);

/// <summary>Responders over a named denominator, with Wilson's 95 % interval.</summary>
/// <param name="Percent">To one decimal, half away from zero; null for an empty denominator, as are the limits.</param>
/// <param name="Low">Lower limit of the interval in percent, to one decimal.</param>
/// <param name="High">Upper limit of the interval in percent, to one decimal.</param>
public sealed record Proportion(string Denominator, string Meaning, int Responders, int Of, decimal? Percent, decimal? Low, decimal? High);

/// <summary>Many courses by one rule.</summary>
public sealed record CohortReview(IReadOnlyList<Review> Reviews, Proportion IntentionToTreat, Proportion Assessable, IReadOnlyList<(string Band, int Count)> Bands, IReadOnlyList<(string Reason, int Count)> NotAssessable);
