namespace IgLoop.Core.Literature;

/// <summary>Something that happened in a review. A review is what its events, in order, make of it; a correction is a later event.</summary>
public abstract record ReviewEvent;

/// <param name="Title">Title of the review.</param>
/// <param name="Question">What it asks.</param>
/// <param name="Reviewers">The two who judge independently.</param>
/// <param name="Third">Who settles conflicts; null: the two settle them by consensus.</param>
public sealed record Created(string Title, string Question, IReadOnlyList<string> Reviewers, string? Third) : ReviewEvent;

/// <param name="File">Name of the file.</param>
/// <param name="Sha256">Of its bytes: the same file twice adds nothing.</param>
/// <param name="Format">nbib, RIS or CSV.</param>
/// <param name="Source">Database or register that was searched, for the flow.</param>
/// <param name="Register">True for a trial register.</param>
/// <param name="Other">How it was found when not by a database or register; null otherwise.</param>
public sealed record Imported(string File, string Sha256, string Format, string Source, bool Register, int Records, IReadOnlyList<NotRead> NotRead, OtherMethod? Other = null) : ReviewEvent;

/// <summary>The second column of the PRISMA 2020 flow.</summary>
public enum OtherMethod
{
    Website,
    Organisation,
    CitationSearching,
    Other,
}

/// <summary>Records of the import before; a large file comes in several parts.</summary>
public sealed record RecordsAdded(IReadOnlyList<Citation> Records) : ReviewEvent;

public sealed record DuplicatesRemoved(IReadOnlyList<Duplicate> Duplicates) : ReviewEvent;

/// <summary>The record is not a duplicate after all: it returns, and is not proposed again.</summary>
public sealed record KeptApart(string Record) : ReviewEvent;

/// <param name="Verdict">Null takes an earlier judgement back.</param>
/// <param name="Reason">Required to exclude a full text.</param>
public sealed record Screened(string Record, Stage Stage, Verdict? Verdict, string? Reason) : ReviewEvent;

/// <param name="Verdict">Null opens the conflict again.</param>
/// <param name="ByThird">True when the third reviewer settled it, false for consensus.</param>
public sealed record Settled(string Record, Stage Stage, Verdict? Verdict, string? Reason, bool ByThird) : ReviewEvent;

/// <summary>Whether the full text could be had.</summary>
public sealed record Sought(string Record, bool Retrieved, string? Note) : ReviewEvent;

/// <summary>The report belongs to a study; several reports may.</summary>
public sealed record Grouped(string Record, string Study) : ReviewEvent;

public sealed record Extracted(string Study, Extraction Extraction) : ReviewEvent;

public sealed record BiasJudged(string Study, RiskOfBias Assessment) : ReviewEvent;

public enum Stage
{
    /// <summary>Title and abstract.</summary>
    Title,

    /// <summary>Full text.</summary>
    FullText,
}

public enum Verdict
{
    Include,
    Exclude,

    /// <summary>Cannot be told from title and abstract; goes on to the full text.</summary>
    Maybe,
}
