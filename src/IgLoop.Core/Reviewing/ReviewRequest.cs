using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Reviewing;

/// <summary>One assessment: a total, or the bounds of one while answers are unknown.</summary>
/// <param name="Instrument">Id of an instrument, or of one of its totals.</param>
/// <param name="Answers">Single answers, where they were given; kept for rules that look at parts.</param>
public sealed record Assessed(string Instrument, DateTime At, decimal Low, decimal High, string? Unit, ScoreInputs? Answers, bool MayDecide, string Where)
{
    public DateOnly Day => DateOnly.FromDateTime(At);

    public bool IsKnown => Low == High;

    /// <summary>Which total of the instrument it is, where the answers tell.</summary>
    public string? Total { get; init; }

    /// <summary>A timed test that could not be finished: ranked worst, and no number.</summary>
    public bool IsUnable { get; init; }

    public string Shown => IsUnable ? "unable" : IsKnown ? ScoreInputs.Show(Low) : $"{ScoreInputs.Show(Low)} to {ScoreInputs.Show(High)}";
}

/// <summary>A glucocorticoid from a day on, until the next entry of the same drug; or one pulse.</summary>
/// <param name="Mg">Milligrams of prednisone equivalent a day, averaged over an alternate-day rhythm; of a pulse: milligrams given.</param>
/// <param name="Pulse">A pulse into a vein: listed, never part of a daily mean.</param>
public sealed record SteroidDose(DateOnly From, string Drug, decimal Mg, bool Pulse);

/// <summary>A platelet count in 10*9/L.</summary>
public sealed record PlateletCount(DateOnly At, decimal Count);

/// <summary>Why treatment ended before it could be judged, and when.</summary>
public sealed record Withdrawal(string Reason, DateOnly? At);

/// <summary>What is known of one course when the question comes whether it worked. <see cref="ReviewReading"/> makes it.</summary>
public sealed record ReviewRequest
{
    public required DateOnly At { get; init; }
    public string? Patient { get; init; }
    public Condition? Condition { get; init; }
    public string? Authority { get; init; }

    /// <summary><c>induction</c> (a first course under review) or <c>maintenance</c> (continuation); null: not asked, every rule is shown.</summary>
    public string? Phase { get; init; }

    /// <summary>Goal of treatment, an id in <c>knowledge/manifestations/</c>; null: not asked.</summary>
    public string? Goal { get; init; }

    /// <summary>The instrument that decides.</summary>
    public required string Instrument { get; init; }
    public IReadOnlyList<Assessed> Assessments { get; init; } = [];
    public IReadOnlyList<DateOnly> Infusions { get; init; } = [];
    public IReadOnlyList<SteroidDose> Steroids { get; init; } = [];
    public IReadOnlyList<PlateletCount> Platelets { get; init; } = [];
    public bool? Bleeding { get; init; }

    /// <summary>Whether a medicine was given that would itself explain an improvement.</summary>
    public bool? Rescue { get; init; }
    public bool? Flare { get; init; }
    public Withdrawal? Withdrawn { get; init; }
    public IReadOnlyList<string> Improved { get; init; } = [];
    public IReadOnlyList<string> NotImproved { get; init; } = [];

    /// <summary>Composites with their inputs, such as sri4 with BILAG and global assessment.</summary>
    public Given.Map Composites { get; init; } = Given.Empty;
}
