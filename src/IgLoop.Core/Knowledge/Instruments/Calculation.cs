namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>How an input of a calculation is asked. Open is a possible answer of each, and is unknown, never no and never zero.</summary>
public enum AskKind
{
    YesNo,
    Number,

    /// <summary>One of some words.</summary>
    Choice,
    Text,

    /// <summary>A list of numbers, in order.</summary>
    Numbers,

    /// <summary>Entries that are each put into one of some lists of the request.</summary>
    Sort,

    /// <summary>One value for each of some entries.</summary>
    Each,

    /// <summary>A list of visits or the like, with the same columns.</summary>
    Rows,
}

/// <summary>One of the entries that are sorted or answered one by one.</summary>
public sealed record AskEntry(string Id, string Words);

/// <summary>One input of a calculation, as its file declares it: the key of the request, our words for it, and what it may be.</summary>
public sealed record Ask
{
    /// <summary>Key of the request; of a sort only the name of its fields.</summary>
    public required string Name { get; init; }
    public required string Words { get; init; }
    public required AskKind Kind { get; init; }
    public string? Hint { get; init; }

    /// <summary>The instrument whose total it is; null: of none.</summary>
    public string? Like { get; init; }

    /// <summary>UCUM unit of a number.</summary>
    public string? Unit { get; init; }

    /// <summary>Least and greatest possible number, both possible; null: no limit on that side.</summary>
    public decimal? Low { get; init; }
    public decimal? High { get; init; }
    public bool Whole { get; init; }

    /// <summary>Words that may stand for a number, such as unable.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Value and words of a choice; of a sort: the list of the request and its words, where <c>none</c> is no list.</summary>
    public IReadOnlyList<AskEntry> Choices { get; init; } = [];

    /// <summary>What is sorted, or answered one by one.</summary>
    public IReadOnlyList<AskEntry> Entries { get; init; } = [];

    /// <summary>Of a sort: the list of the request that takes what is open; null: the rule takes what is not named as not assessed.</summary>
    public string? Rest { get; init; }

    /// <summary>Least count of numbers or rows: where nothing is filled in, that many are sent as unknown.</summary>
    public int Least { get; init; } = 1;

    /// <summary>How many numbers or rows the form offers.</summary>
    public int Most { get; init; } = 1;

    /// <summary>Columns of rows; the one way in which each entry is answered.</summary>
    public IReadOnlyList<Ask> Columns { get; init; } = [];
}

/// <summary>A verdict or number that is worked out of several inputs, with its form.</summary>
/// <param name="Id">The address of the form.</param>
/// <param name="Request">What is asked of the scores: usually the same id.</param>
/// <param name="Answers">Names of values of the result with our words, the verdict first.</param>
public sealed record Calculation(string Id, string Request, string Name, string? About, IReadOnlyList<Ask> Asks, IReadOnlyList<AskEntry> Answers);
