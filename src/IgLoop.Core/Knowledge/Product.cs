namespace IgLoop.Core.Knowledge;

/// <summary>An immunoglobulin product.</summary>
public sealed record Product
{
    public required string Id { get; init; }
    public required string Brand { get; init; }
    public required string Manufacturer { get; init; }

    /// <summary>IV or SC.</summary>
    public required string Route { get; init; }

    /// <summary>Grams of immunoglobulin in 100 mL.</summary>
    public required decimal GramsPer100mL { get; init; }
    public required string Form { get; init; }
    public required IReadOnlyList<Vial> Vials { get; init; }

    /// <summary>Micrograms of IgA in 1 mL: highest by label, or mean.</summary>
    public decimal? IgaMax { get; init; }
    public decimal? IgaMean { get; init; }

    /// <summary>On what the class rests, and what was not read.</summary>
    public string? IgaNote { get; init; }

    /// <summary>depleted, low, moderate, high, very_high or unknown.</summary>
    public required string IgaClass { get; init; }
    public required string Stabiliser { get; init; }

    /// <summary>none, sucrose, maltose, sorbitol, glucose or unknown.</summary>
    public required string Sugar { get; init; }

    /// <summary>Milligrams of that sugar in 1 mL; null when none or not read.</summary>
    public decimal? SugarMgPerMl { get; init; }
    public string? SugarNote { get; init; }

    /// <summary>proline, glycine, …; lower case words found in the stabiliser.</summary>
    public required IReadOnlyList<string> Excipients { get; init; }
    public string? Sodium { get; init; }
    public string? Osmolality { get; init; }
    public string? Ph { get; init; }

    /// <summary>Licensed indications by jurisdiction, as printed.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Indications { get; init; }
    public required IReadOnlyDictionary<string, string> LabelDose { get; init; }
    public required IReadOnlyList<RateTable> Rates { get; init; }

    /// <summary>Ceiling with renal or thrombotic risk, mL/kg/min; null when the label gives no number.</summary>
    public decimal? RiskCap { get; init; }

    /// <summary>True when the label says "below" and not "at most".</summary>
    public bool RiskCapStrict { get; init; }
    public string? RiskCapText { get; init; }
    public string? RiskCapNote { get; init; }
    public Status RiskCapStatus { get; init; }
    public string? Reconstitution { get; init; }
    public string? Storage { get; init; }
    public required IReadOnlyList<string> Contraindications { get; init; }
    public required IReadOnlyList<string> ExcipientWarnings { get; init; }
    public IReadOnlyList<string> Ndc { get; init; } = [];
    public string? MarketNote { get; init; }

    /// <summary>How it is given under the skin, "key: value" lines; empty for intravenous products.</summary>
    public IReadOnlyList<string> Subcutaneous { get; init; } = [];

    /// <summary>True when it is no longer made.</summary>
    public bool Historical { get; init; }

    /// <summary>Sources and status of each field.</summary>
    public required IReadOnlyDictionary<string, Provenance> Fields { get; init; }
    public required Place Place { get; init; }
}

/// <param name="Grams">Immunoglobulin in the vial.</param>
/// <param name="Millilitres">Volume of the vial.</param>
/// <param name="Markets">Jurisdictions in which it is sold; empty: all.</param>
public sealed record Vial(decimal Grams, decimal Millilitres, IReadOnlyList<string> Markets);

/// <summary>The rates of one product for one use in one jurisdiction.</summary>
public sealed record RateTable
{
    /// <summary>PI, ITP, CIDP, MMN, DM, all, other …</summary>
    public required string Scope { get; init; }

    /// <summary>US, EU, AU …; several separated by a slash in the source are several here.</summary>
    public required IReadOnlyList<string> Jurisdictions { get; init; }

    /// <summary>mL/kg/min, rising.</summary>
    public required IReadOnlyList<decimal> Ladder { get; init; }
    public required decimal Max { get; init; }

    /// <summary>Minutes of the first step.</summary>
    public required decimal FirstStepMinutes { get; init; }
    public required decimal StepMinutes { get; init; }

    /// <summary>label, manufacturer, trial or convention.</summary>
    public required string LadderBasis { get; init; }
    public string? Requires { get; init; }
    public string? Note { get; init; }
    public required Provenance Provenance { get; init; }
}
