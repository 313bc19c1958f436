using IgLoop.Core.Criteria;

namespace IgLoop.Core.Knowledge;

public enum Severity
{
    /// <summary>Shown.</summary>
    Info,

    /// <summary>Must be acknowledged.</summary>
    Warn,

    /// <summary>Only with a named prescriber and a written reason.</summary>
    Override,

    /// <summary>The planner refuses.</summary>
    Block,
}

/// <summary>What a rule speaks against. A BLOCK of anything but the treatment leaves the treatment itself possible.</summary>
public enum RuleTarget
{
    /// <summary>Giving immunoglobulin as asked.</summary>
    Treatment,

    /// <summary>One product; see <see cref="SafetyRule.OfProduct"/>.</summary>
    Product,

    /// <summary>A rate above a ceiling; the plan stays below it by <see cref="SafetyRule.Effects"/>.</summary>
    Rate,

    /// <summary>The vaccine, not the immunoglobulin.</summary>
    Vaccine,

    /// <summary>Another drug in the same line.</summary>
    Line,
}

/// <summary>A rule that fires on a chart, a request or a product.</summary>
public sealed record SafetyRule
{
    private readonly string? label;

    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Id and name, as lists show it.</summary>
    public string Label
    {
        get => label ?? $"{Id} {Name}";
        init => label = value;
    }

    public required Severity Severity { get; init; }

    /// <summary>What it speaks against.</summary>
    public RuleTarget Against { get; init; }

    /// <summary>The trigger in plain words.</summary>
    public required string Trigger { get; init; }

    /// <summary>What to do.</summary>
    public required string Action { get; init; }
    public required Criterion When { get; init; }

    /// <summary>True when <see cref="When"/> names a fact of the product, so that the rule is asked of each product.</summary>
    public bool OfProduct { get; init; }

    /// <summary>What the rule does to the plan when it fires.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>The numbers of the rule, each with its own source and status.</summary>
    public IReadOnlyList<NamedNumber> Numbers { get; init; } = [];

    /// <summary>Study that showed it; id in <c>knowledge/evidence/</c>.</summary>
    public string? Study { get; init; }
    public string? Note { get; init; }
    public required Provenance Provenance { get; init; }
    public required Place Place { get; init; }
}

/// <param name="Value">Number or range with its unit, as written.</param>
public sealed record NamedNumber(string Name, string Value, Provenance Provenance);

/// <summary>How a rule changes the plan.</summary>
public enum Effect
{
    /// <summary>Use the product's risk cap, or 3.3 mg/kg/min when it has none.</summary>
    RiskRate,

    /// <summary>Keep the day at or below 35 g.</summary>
    DailyGramsLimit,

    /// <summary>Split over five days.</summary>
    FiveDays,

    /// <summary>Start as for a first infusion; observe one hour.</summary>
    FirstInfusion,

    /// <summary>Two haemoglobin checks after the course.</summary>
    HaemoglobinTwice,

    /// <summary>Round the dose down rather than up.</summary>
    RoundDown,

    /// <summary>Creatinine before and after.</summary>
    CreatinineChecks,

    /// <summary>Rate no higher than 4 mg/kg/min.</summary>
    DermatomyositisRate,
}
