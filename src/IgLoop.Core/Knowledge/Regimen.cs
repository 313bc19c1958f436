using IgLoop.Core.Criteria;

namespace IgLoop.Core.Knowledge;

/// <summary>A closed range; both ends equal for one number.</summary>
public readonly record struct Range(decimal Low, decimal High)
{
    public bool IsOne => Low == High;
    public override string ToString() => IsOne
        ? Low.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture)
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Low:0.###}–{High:0.###}");
}

public enum Phase
{
    Induction,
    Maintenance,
}

/// <summary>How much, over how many days, how often. An absent part was not stated by the source, and nothing may be assumed.</summary>
public sealed record Regimen
{
    public required string Id { get; init; }
    public required Phase Phase { get; init; }

    /// <summary>When this variant is the one; null: always.</summary>
    public Criterion? When { get; init; }
    public string? WhenText { get; init; }

    /// <summary>Grams per kilogram of dosing weight in the whole course.</summary>
    public Range? TotalGPerKg { get; init; }

    /// <summary>Grams per kilogram of each infusion where the course is given as separate infusions.</summary>
    public Range? DoseGPerKg { get; init; }

    /// <summary>Grams per kilogram of each day.</summary>
    public decimal? DailyGPerKg { get; init; }

    /// <summary>Highest grams per kilogram in one day.</summary>
    public decimal? MaxDailyGPerKg { get; init; }

    /// <summary>Consecutive days over which the course is split.</summary>
    public Range? Days { get; init; }

    /// <summary>Separate infusions that make up the course.</summary>
    public Range? Doses { get; init; }

    /// <summary>Weeks from one course to the next.</summary>
    public Range? IntervalWeeks { get; init; }
    public Range? IntervalMonths { get; init; }

    /// <summary><c>relapse_interval</c>, <c>as_needed</c> or <c>titrated</c>.</summary>
    public string? IntervalRule { get; init; }
    public decimal? MaxIntervalMonths { get; init; }
    public int? MaxCourses { get; init; }
    public Range? Courses { get; init; }
    public decimal? StepDownPercentOfInitial { get; init; }
    public decimal? MaxMonths { get; init; }
    public required IReadOnlyList<string> Until { get; init; }
    public required IReadOnlyList<Repeat> Repeats { get; init; }
    public required IReadOnlyList<decimal> GestationalWeeks { get; init; }

    /// <summary>True when the source says "about".</summary>
    public bool Approximate { get; init; }
    public string? Note { get; init; }

    /// <summary>Status of the numbers of this regimen; Unverified locks it.</summary>
    public required Status Status { get; init; }

    /// <summary>Grams per kilogram of the course, worked out from total, days × daily or doses × dose; null when the source gave no number.</summary>
    public Range? CourseGPerKg =>
        TotalGPerKg
        ?? (DailyGPerKg is { } d && Days is { } n ? new Range(d * n.Low, d * n.High) : (Range?)null)
        ?? (DoseGPerKg is { } g ? (Doses is { } k ? new Range(g.Low * k.Low, g.High * k.High) : g) : (Range?)null);
}

/// <summary>A further course: whether allowed, when and how much.</summary>
public sealed record Repeat(bool Allowed, int? MaxExtra, string? When, Range? AfterHours, Range? AfterDays, Range? AfterWeeks, Range? DoseGPerKg, string? Approval, string? Note);

/// <summary>When and by what an authority judges the course.</summary>
public sealed record ReviewRule
{
    public decimal? FirstMonths { get; init; }
    public decimal? ThenMonths { get; init; }
    public string? By { get; init; }
    public required IReadOnlyList<string> Instruments { get; init; }
    public required IReadOnlyList<string> Success { get; init; }

    /// <summary>How many of the listed measures must improve.</summary>
    public int? ImprovedMeasures { get; init; }
    public required IReadOnlyList<string> How { get; init; }

    /// <summary>Ids in <c>instruments/</c> of the measures that the rule names, where the program has them.</summary>
    public IReadOnlyList<string> InstrumentIds { get; init; } = [];

    /// <summary>Changes of which one suffices; empty when the rule states none.</summary>
    public IReadOnlyList<ReviewLimit> BetterIf { get; init; } = [];

    /// <summary>Id of the instrument that counts how many of a list improved; null: none.</summary>
    public string? Bundle { get; init; }

    /// <summary>Id of the instrument whose own limits the rule takes over; null: none.</summary>
    public string? AsInstrument { get; init; }
    public required Status Status { get; init; }
}

/// <summary>A change of an instrument that an authority counts as a response.</summary>
public sealed record ReviewLimit(string Instrument, Instruments.ChangeLimit Limit);
