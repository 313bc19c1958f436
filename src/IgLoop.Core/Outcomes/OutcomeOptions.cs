using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>Choices of the analysis; every one is printed in the methods paragraph.</summary>
public sealed record OutcomeOptions
{
    /// <summary>The score that is followed; null: sledai if recorded, else the one most recorded.</summary>
    public string? Instrument { get; init; }

    /// <summary>Baseline is the last value at most this many days before the first infusion, its day included.</summary>
    public int BaselineWithinDays { get; init; } = 90;

    /// <summary>After is the value nearest to this many days after the first infusion (the earlier of two as near) …</summary>
    public int AfterDays { get; init; } = 180;

    /// <summary>… and no further from it than this.</summary>
    public int AfterWithinDays { get; init; } = 90;

    /// <summary>A responder's score fell by at least this many points.</summary>
    public decimal ResponsePoints { get; init; } = 4;

    /// <summary>When given, a responder's score fell by at least this share of the baseline instead, from 0 to 1.</summary>
    public decimal? ResponseShare { get; init; }

    /// <summary>A rise of the score after the last infusion by this many points is a relapse when none is recorded.</summary>
    public decimal RelapsePoints { get; init; } = 4;

    /// <summary>Low dose is below this many g/kg a course, high dose at or above.</summary>
    public decimal BandCutGPerKg { get; init; } = 1;

    public ZeroRule Zeros { get; init; } = ZeroRule.Dropped;

    public double Level { get; init; } = 0.95;

    public int Resamples { get; init; } = 2000;

    /// <summary>Price of a gram, from the user.</summary>
    public Price? Price { get; init; }

    /// <summary>Smallest count shown in exported tables; 1: all.</summary>
    public int MinimumCell { get; init; } = 1;
}

/// <param name="PerGram">In the currency.</param>
/// <param name="Source">Where the price is from and of when, as the user says it.</param>
public sealed record Price(decimal PerGram, string Currency, string Source);
