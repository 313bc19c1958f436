namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>One ordered answer of an item.</summary>
/// <param name="Value">The number that is entered for it.</param>
/// <param name="Code">A word that may be entered instead.</param>
public sealed record Level(decimal Value, string? Code, decimal Points, string? Label);

/// <summary>One row of a table from a measured value to points: the row holds from its limit on, up to the limit of the next.</summary>
/// <param name="Limit">Least value of the row.</param>
/// <param name="Open">True: the limit itself still belongs to the row before.</param>
public readonly record struct PointRow(decimal Limit, bool Open, decimal Points)
{
    public bool Holds(decimal value) => Open ? value > Limit : value >= Limit;
}

/// <summary>A measured value that a table turns into points.</summary>
/// <param name="Unit">UCUM unit of the value; null for counts and percentages without unit.</param>
/// <param name="Possible">Values outside are refused.</param>
/// <param name="Whole">Only whole numbers are accepted.</param>
/// <param name="Codes">Words that may be entered instead, with the value they stand for.</param>
/// <param name="Rows">Rows by sex (<c>female</c>, <c>male</c>), or under an empty key for everyone; limits rise.</param>
public sealed record MeasuredTable(string? Unit, Range Possible, bool Whole, IReadOnlyDictionary<string, decimal> Codes, IReadOnlyDictionary<string, IReadOnlyList<PointRow>> Rows)
{
    public bool BySex => !Rows.ContainsKey("");
}

/// <summary>Codes of refusals that differ from the usual ones.</summary>
/// <param name="NotALevel">A value that is no level (usual: <c>out_of_range</c>).</param>
/// <param name="Above">A value above the item's maximum (usual: <c>out_of_range</c>).</param>
/// <param name="ExceptedZone">A zone where the item is not scored (usual: <c>unknown_item</c>).</param>
public sealed record ItemRefusals(string? NotALevel, string? Above, string? ExceptedZone)
{
    public static ItemRefusals Usual { get; } = new(null, null, null);
}

/// <summary>One item that is answered. Exactly one of <see cref="Weight"/>, <see cref="Levels"/>, <see cref="Table"/>, <see cref="Points"/> is set, or <see cref="IsFlag"/>.</summary>
public sealed record InstrumentItem
{
    /// <summary>Unique in the instrument; <c>base_zone</c> or <c>base_side</c> where it is asked per zone or side.</summary>
    public required string Id { get; init; }

    /// <summary>The id before zones and sides are written out.</summary>
    public required string Base { get; init; }

    /// <summary>In our own words, never the wording of a form.</summary>
    public required string Label { get; init; }

    /// <summary>When it counts.</summary>
    public string? Rule { get; init; }
    public string? Group { get; init; }
    public string? Zone { get; init; }

    /// <summary><c>right</c> or <c>left</c>.</summary>
    public string? Side { get; init; }

    /// <summary>Points when present; absent gives 0.</summary>
    public decimal? Weight { get; init; }
    public IReadOnlyList<Level> Levels { get; init; } = [];
    public MeasuredTable? Table { get; init; }

    /// <summary>Whole points in a range, without words for the steps.</summary>
    public Range? Points { get; init; }

    /// <summary>Answered yes or no, gives no points itself but doubles others.</summary>
    public bool IsFlag { get; init; }

    /// <summary>The flag that doubles this item's points.</summary>
    public string? DoubledBy { get; init; }

    /// <summary>In this version it counts only when new or recurrent.</summary>
    public bool OnlyNew { get; init; }
    public ItemRefusals Refusals { get; init; } = ItemRefusals.Usual;
    public required Provenance Provenance { get; init; }

    /// <summary>Most points it can give, doubled where it may be.</summary>
    public decimal Most => Highest * (DoubledBy is null ? 1 : 2);

    /// <summary>Most points before doubling.</summary>
    public decimal Highest => Weight ?? Points?.High ?? (Table is { } t ? t.Rows.Values.Max(r => r.Max(x => x.Points)) : Levels.Select(l => l.Points).DefaultIfEmpty(0).Max());

    /// <summary>Least points it can give.</summary>
    public decimal Least => Weight is not null ? 0 : Points?.Low ?? (Table is { } t ? t.Rows.Values.Min(r => r.Min(x => x.Points)) : Levels.Select(l => l.Points).DefaultIfEmpty(0).Min());
}

public enum InputShape
{
    /// <summary>One answer of one item.</summary>
    Item,

    /// <summary>Answers in the order of the items.</summary>
    List,

    /// <summary>Points, not answers, in the order of the items.</summary>
    Points,

    /// <summary>Ids of items that are present; the rest was looked for and is absent.</summary>
    Present,

    /// <summary>Ids of items that could not be judged.</summary>
    Unknown,

    /// <summary>Ids of items that are present but neither new nor recurrent, or true for all of them.</summary>
    Ongoing,

    /// <summary>Ids of items that are new or recurrent, or false for none; the others that are present go on without change.</summary>
    Recent,

    /// <summary>Answers by item id or zone; what is not named is absent, unless the word says unknown.</summary>
    Map,

    /// <summary>Answers by zone, and in each by item; what is not named is absent.</summary>
    Zones,

    /// <summary>Answers of the axial item are given on their own; these are [right, left] for each of the others.</summary>
    Pairs,

    /// <summary>In how many zones the item is present.</summary>
    Count,

    /// <summary>The points of a group, added elsewhere.</summary>
    Sum,

    /// <summary>The total itself.</summary>
    Total,

    /// <summary>Which total is meant.</summary>
    Choice,
}

/// <summary>A word of the batch contract: the key of an input and what it answers.</summary>
/// <param name="Items">The items it answers, in order.</param>
/// <param name="Totals">For <see cref="InputShape.Total"/> and <see cref="InputShape.Choice"/>: the ids of the totals.</param>
/// <param name="RestUnknown">For <see cref="InputShape.Map"/>: what is not named is unknown, not absent.</param>
public sealed record InputWord(string Name, InputShape Shape, IReadOnlyList<string> Items, IReadOnlyList<string> Totals, bool RestUnknown);
