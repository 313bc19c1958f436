using IgLoop.Core.Quantities;

namespace IgLoop.Core.Facts;

public enum FactType
{
    Boolean,
    Integer,
    Decimal,
    Quantity,
    Choice,
    Date,
}

/// <summary>What can be known about a patient, a request or a product: declared once in <c>knowledge/facts/</c>.</summary>
public sealed record FactDefinition
{
    /// <summary>The identifier used in criteria, charts and cases: lower case with underscores.</summary>
    public required string Id { get; init; }

    /// <summary>Plain name as shown to a clinician.</summary>
    public required string Name { get; init; }

    public required FactType Type { get; init; }

    /// <summary>Where the value comes from.</summary>
    public required FactScope Scope { get; init; }

    /// <summary>Canonical unit of a <see cref="FactType.Quantity"/>; null for other types.</summary>
    public Unit? Unit { get; init; }

    /// <summary>Factors from other units into <see cref="Unit"/> that UCUM alone does not give (molar mass); key is the UCUM code.</summary>
    public IReadOnlyDictionary<string, decimal> UnitFactors { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Values outside are refused as implausible, in <see cref="Unit"/>; null when any value is taken.</summary>
    public decimal? PlausibleLow { get; init; }

    public decimal? PlausibleHigh { get; init; }

    /// <summary>Allowed values of a <see cref="FactType.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Other words for the values of a <see cref="FactType.Choice"/>, by the word: MMR is measles_mumps_rubella.</summary>
    public IReadOnlyDictionary<string, string> Words { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a value may be used after it was taken; null when it does not age.</summary>
    public TimeSpan? ValidFor { get; init; }

    /// <summary>True when IgLoop works it out from other facts and nobody types it (it may still be given).</summary>
    public bool Derived { get; init; }

    /// <summary>Other spellings accepted in charts.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Codes by system: loinc, snomed, icd10, atc, rxnorm. For a Boolean, an active condition or medication with one of these codes makes it true.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Codes { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Heading under which a form shows it.</summary>
    public required string Group { get; init; }

    /// <summary>What to ask, as a question in plain words; null: the name is used.</summary>
    public string? Question { get; init; }

    public string? Note { get; init; }

    /// <summary>Index of the fact's value in a <see cref="FactSet"/>; given by the catalogue.</summary>
    public int Slot { get; init; } = -1;
}

public enum FactScope
{
    /// <summary>Of the patient.</summary>
    Patient,

    /// <summary>Of what is asked for: condition, goal, grams per kilogram, course number.</summary>
    Request,

    /// <summary>Of the product being considered.</summary>
    Product,
}
