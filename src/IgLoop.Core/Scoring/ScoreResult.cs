using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>A total with its bounds: without unknown answers all three are the same.</summary>
/// <param name="Value">Null while an answer is unknown that could change it.</param>
/// <param name="Lower">What it is at least, whatever the unknown answers turn out to be.</param>
/// <param name="Upper">What it is at most.</param>
public sealed record TotalScore(ScoreTotal Total, decimal? Value, decimal Lower, decimal Upper)
{
    /// <summary>False when the total, or points that are added in it, stand in no source that was read. An unverified band or limit beside it leaves it untouched.</summary>
    public bool MayDecide { get; init; } = true;
}

/// <summary>What a scheme calls the total; null while its bounds lie in different bands.</summary>
public sealed record BandVerdict(BandScheme Scheme, Band? Band);

/// <summary>A yes or no read from the total; null while its bounds disagree.</summary>
public sealed record LimitVerdict(TotalLimit Limit, bool? Holds);

/// <summary>The answer of an instrument or a composite.</summary>
public sealed record ScoreResult
{
    /// <summary>As requested: an instrument, one of its totals, or a calculation beside it.</summary>
    public required string Instrument { get; init; }
    public string? Version { get; init; }
    public IReadOnlyList<TotalScore> Totals { get; init; } = [];
    public IReadOnlyList<BandVerdict> Bands { get; init; } = [];
    public IReadOnlyList<LimitVerdict> Limits { get; init; } = [];

    /// <summary>Named values in the words of the contract, in order; null is unknown.</summary>
    public IReadOnlyList<(string Name, Given Value)> Values { get; init; } = [];

    /// <summary>Codes such as <c>boundary_undefined</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The arithmetic, line by line.</summary>
    public IReadOnlyList<string> Working { get; init; } = [];

    /// <summary>Names of inputs that are unknown and could change the answer.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Tables, bands and limits that took part and that nobody read in their source.</summary>
    public IReadOnlyList<string> Unverified { get; init; } = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>False when something unverified took part: then it is shown, but decides no review alone.</summary>
    public bool MayDecide => Unverified.Count == 0;

    public Given? this[string name] => Values.FirstOrDefault(v => v.Name == name).Value;

    /// <summary>A result of named values only.</summary>
    public static ScoreResult Of(string instrument, params IEnumerable<(string Name, Given Value)> values) => new() { Instrument = instrument, Values = [.. values] };
}
