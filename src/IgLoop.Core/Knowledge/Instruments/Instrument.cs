namespace IgLoop.Core.Knowledge.Instruments;

public enum Reporter
{
    Clinician,
    Patient,
    Laboratory,

    /// <summary>Worked out from other instruments and facts.</summary>
    Calculated,
}

public enum ScoreDirection
{
    HigherWorse,
    HigherBetter,

    /// <summary>A verdict, not a scale.</summary>
    None,
}

public enum LicenceKind
{
    /// <summary>May be computed from single answers.</summary>
    Free,

    /// <summary>May be computed for care; the rights holder asks to be asked. Neutral item names, no wording of the form.</summary>
    Permission,

    /// <summary>Only totals worked out on the licensed form are entered; the file holds no items.</summary>
    Restricted,
}

/// <summary>What the rights holder allows, and what the program therefore holds.</summary>
public sealed record Licence(LicenceKind Kind, string Text, Provenance Provenance);

/// <summary>The time the answers speak of. Scores with different look-back are not compared.</summary>
/// <param name="Days">Default in days; null where it is a text only.</param>
/// <param name="AcceptedDays">Other look-backs in use; stored with the score.</param>
public sealed record LookBack(int? Days, IReadOnlyList<int> AcceptedDays, string? Text, Provenance Provenance);

/// <summary>What becomes of a total when an answer is missing.</summary>
public sealed record MissingRule(string Text, Provenance Provenance);

/// <summary>A part of an instrument whose points are added, maybe up to a ceiling.</summary>
/// <param name="Cap">Most points the group gives, whatever its items add up to; null: no ceiling.</param>
public sealed record ItemGroup(string Id, string Name, decimal? Cap, string? Note);

/// <summary>A body zone that is scored on its own.</summary>
/// <param name="Body">Where it lies on a body picture: <c>head</c>, <c>trunk_front</c>, <c>trunk_back</c>, <c>arms</c>, <c>hands</c>, <c>legs</c>, <c>feet</c>.</param>
public sealed record Zone(string Id, string Label, string? Body);

/// <summary>A sum of points with its declared range.</summary>
/// <param name="Result">Name of the value in a result.</param>
/// <param name="Items">The items that are added; empty where only the total itself is entered.</param>
/// <param name="Low">Least possible value.</param>
/// <param name="High">Greatest possible value.</param>
/// <param name="Step">Smallest difference between two values.</param>
/// <param name="Request">Instrument id of a request that asks for this total alone; null: none.</param>
/// <param name="Primary">Given when a request names no other.</param>
public sealed record ScoreTotal(string Id, string Name, string Result, IReadOnlyList<string> Items, decimal Low, decimal High, decimal Step, string? Request, bool Primary, Provenance Provenance);

/// <summary>One row of a scheme of bands: from and to belong to it.</summary>
/// <param name="Value">A number that the scheme gives, such as a risk from 0 to 1.</param>
/// <param name="Flag">A code that is raised with it, such as <c>boundary_undefined</c>.</param>
public sealed record Band(decimal From, decimal To, string Label, decimal? Value, string? Flag);

/// <summary>A named scheme that gives bands of a total words. Schemes of one instrument may disagree; none is ours.</summary>
/// <param name="Result">Name of the value in a result.</param>
public sealed record BandScheme(string Id, string Name, string Total, string Result, IReadOnlyList<Band> Bands, string? Note, Provenance Provenance);

/// <summary>A yes or no read from one total: at most, or at least, a limit.</summary>
public sealed record TotalLimit(string Id, string Name, string Total, decimal? AtMost, decimal? AtLeast, string? Note, Provenance Provenance);

/// <summary>A change between two assessments that counts.</summary>
/// <param name="Total">Which total.</param>
/// <param name="Kind"><c>improvement</c>, <c>worsening</c>, <c>flare</c> …</param>
/// <param name="Points">Least change in points; positive, in the direction that <paramref name="Rises"/> says.</param>
/// <param name="Percent">Least change in percent of the baseline; either of the two suffices where both are given.</param>
/// <param name="Rises">True: the total rises by it; false: it falls.</param>
/// <param name="Strict">More than the limit, not equal to it.</param>
/// <param name="Decides">False for limits that are shown beside the deciding one.</param>
public sealed record ChangeLimit(string Id, string Name, string? Total, string Kind, decimal? Points, decimal? Percent, string? Unit, bool Rises, bool Strict, bool Decides, string? Note, Provenance Provenance)
{
    /// <summary>Days from the start of treatment at which the change is asked for; null: at the last visit.</summary>
    public int? AtDays { get; init; }

    /// <summary>How many days a visit may lie away from that day and still stand for it.</summary>
    public int WithinDays { get; init; }
}

/// <summary>A named number of an instrument's rule.</summary>
public sealed record RuleNumber(string Id, decimal Value, string? Unit, string? Note, Provenance Provenance);

/// <summary>One part of a rule that is not a sum, in our words.</summary>
public sealed record RulePart(string Id, string Text, string? Group, string? Note, Provenance Provenance);

/// <summary>Where sources disagree: both are shown.</summary>
public sealed record InstrumentConflict(string Topic, IReadOnlyList<string> Sides, string? Default, IReadOnlyList<string> Sources);

/// <summary>An instrument of <c>knowledge/instruments/</c>.</summary>
public sealed record Instrument
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string? Version { get; init; }

    /// <summary>The disease or organ under which a reader looks for it; null: several.</summary>
    public string? Area { get; init; }

    /// <summary>The instrument of which this is another version; their scores are not mixed.</summary>
    public string? BasedOn { get; init; }

    /// <summary>The instrument to use in place of one that is described but not scored; null: none is named.</summary>
    public string? Instead { get; init; }
    public required Reporter Reporter { get; init; }
    public required ScoreDirection Direction { get; init; }
    public LookBack? LookBack { get; init; }
    public required MissingRule Missing { get; init; }
    public required Licence Licence { get; init; }

    /// <summary>What it measures, who may use it, where it is weak: one text each.</summary>
    public required string Measures { get; init; }
    public required string UsedBy { get; init; }
    public required string Weakness { get; init; }

    /// <summary>Damage cannot be undone: a total below an earlier one is a mistake at one of the two visits.</summary>
    public bool NeverFalls { get; init; }
    public IReadOnlyList<ItemGroup> Groups { get; init; } = [];
    public IReadOnlyList<Zone> Zones { get; init; } = [];

    /// <summary>Every item that is scored, in order; zones and sides written out.</summary>
    public IReadOnlyList<InstrumentItem> Items { get; init; } = [];
    public IReadOnlyList<ScoreTotal> Totals { get; init; } = [];
    public IReadOnlyList<InputWord> Inputs { get; init; } = [];
    public IReadOnlyList<BandScheme> Schemes { get; init; } = [];
    public IReadOnlyList<TotalLimit> Limits { get; init; } = [];
    public IReadOnlyList<ChangeLimit> Changes { get; init; } = [];
    public IReadOnlyDictionary<string, RuleNumber> Numbers { get; init; } = new Dictionary<string, RuleNumber>();
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists { get; init; } = new Dictionary<string, IReadOnlyList<string>>();
    public IReadOnlyList<RulePart> Rules { get; init; } = [];
    public IReadOnlyList<InstrumentConflict> Conflicts { get; init; } = [];

    /// <summary>What is worked out beside, or instead of, a sum of items; each has a form of its own.</summary>
    public IReadOnlyList<Calculation> Calculations { get; init; } = [];
    public IReadOnlyList<string> Notes { get; init; } = [];
    public required Provenance Provenance { get; init; }
    public required Place Place { get; init; }

    /// <summary>A named number of the rule; the loader and the cases make sure that it is there.</summary>
    public decimal Number(string id) => Numbers.TryGetValue(id, out var n)
        ? n.Value
        : throw new KeyNotFoundException($"knowledge/instruments/{Id}.yaml holds no number '{id}'.");

    /// <summary>A named list of the rule.</summary>
    public IReadOnlyList<string> List(string id) => Lists.TryGetValue(id, out var list)
        ? list
        : throw new KeyNotFoundException($"knowledge/instruments/{Id}.yaml holds no list '{id}'.");

    public ScoreTotal? Total(string id) => Totals.FirstOrDefault(t => t.Id == id);
}
