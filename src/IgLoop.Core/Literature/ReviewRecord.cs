namespace IgLoop.Core.Literature;

/// <summary>What one person judged.</summary>
public sealed record Opinion(Verdict Verdict, string? Reason, string Who);

/// <summary>Where a record stands at a stage.</summary>
public enum Standing
{
    /// <summary>At least one of the two has not judged.</summary>
    Open,

    /// <summary>Both have, and differ.</summary>
    Conflict,
    In,
    Out,
}

/// <summary>The judgements at one stage.</summary>
public sealed record Judgements(Stage Stage, Opinion? First = null, Opinion? Second = null, Opinion? Settlement = null, bool ByThird = false)
{
    public Standing Standing => this switch
    {
        { First: null } or { Second: null } => Standing.Open,
        { Settlement: { } s } => s.Verdict == Verdict.Exclude ? Standing.Out : Standing.In,
        _ when (First.Verdict == Verdict.Exclude) != (Second.Verdict == Verdict.Exclude) => Standing.Conflict,
        _ when First.Verdict != Verdict.Exclude => Standing.In,

        // The flow counts a full text under one reason: two reasons are a conflict too.
        _ => Stage == Stage.FullText && !string.Equals(First.Reason, Second.Reason, StringComparison.OrdinalIgnoreCase) ? Standing.Conflict : Standing.Out,
    };

    /// <summary>Why it is out; null unless it is, and when no reason was asked.</summary>
    public string? Reason => Standing == Standing.Out ? Settlement is { } s ? s.Reason : First!.Reason : null;

    public Opinion? Of(int reviewer) => reviewer == 0 ? First : reviewer == 1 ? Second : null;
}

/// <summary>A record of a review with all that was judged of it.</summary>
public sealed record ReviewRecord
{
    public required string Id { get; init; }

    /// <summary>Number of the import, from 1.</summary>
    public required int Import { get; init; }
    public required Citation Citation { get; init; }
    public string? DuplicateOf { get; init; }
    public string? DuplicateWhy { get; init; }

    /// <summary>True when somebody said that it is no duplicate.</summary>
    public bool KeptApart { get; init; }
    public Judgements Title { get; private init; } = new(Stage.Title);
    public Judgements FullText { get; private init; } = new(Stage.FullText);

    /// <summary>True when the full text could not be had.</summary>
    public bool NotRetrieved { get; init; }
    public string? RetrievalNote { get; init; }

    /// <summary>Id of the study that the report belongs to; its own id until it is grouped.</summary>
    public required string Study { get; init; }

    public Judgements At(Stage stage) => stage == Stage.Title ? Title : FullText;

    /// <summary>Passed title and abstract, and its text was not found to be out of reach.</summary>
    public bool AwaitsFullText => DuplicateOf is null && Title.Standing == Standing.In && !NotRetrieved;

    public bool Included => AwaitsFullText && FullText.Standing == Standing.In;

    internal ReviewRecord Judged(Stage stage, int reviewer, Opinion? opinion) => Set(reviewer switch
    {
        0 => At(stage) with { First = opinion },
        1 => At(stage) with { Second = opinion },
        _ => At(stage),
    });

    internal ReviewRecord SettledAt(Stage stage, Opinion? opinion, bool byThird) => Set(At(stage) with { Settlement = opinion, ByThird = byThird });

    private ReviewRecord Set(Judgements j) => j.Stage == Stage.Title ? this with { Title = j } : this with { FullText = j };
}
