namespace IgLoop.Core.Literature;

public enum StudyDesign
{
    RandomisedParallel,
    RandomisedCrossover,
    Cohort,
    BeforeAfter,
    CaseSeries,
    CaseReport,
}

/// <summary>What the printed n counts.</summary>
public enum CountingUnit
{
    Patients,
    Courses,
}

/// <summary>How a crossover trial is used.</summary>
public enum CrossoverUse
{
    NotStated,
    FirstPeriod,
    Paired,

    /// <summary>As if the periods were two groups: conservative, and to be declared.</summary>
    AsParallel,
}

public enum EffectMeasure
{
    /// <summary>Risk ratio.</summary>
    RR,

    /// <summary>Odds ratio.</summary>
    OR,

    /// <summary>Risk difference in percentage points.</summary>
    RD,

    /// <summary>Mean difference in the instrument's own points.</summary>
    MD,

    /// <summary>Hazard ratio.</summary>
    HR,
}

/// <param name="N">In <see cref="Extraction.Unit"/>.</param>
/// <param name="CourseGPerKg">Grams per kilogram of a course.</param>
public sealed record ExtractedArm(string Name, int? N, decimal? CourseGPerKg, string? Regimen);

/// <summary>What an arm shows in an outcome: events of n, or mean and SD of n.</summary>
/// <param name="Percent">As printed beside the count, to check it.</param>
/// <param name="Derived">The count was rebuilt from a percentage and is not printed.</param>
public sealed record ArmResult(string Arm, int? Events, int? N, decimal? Mean, decimal? Sd, decimal? Percent, bool Derived);

/// <summary>An effect with its interval as printed.</summary>
/// <param name="Level">Confidence level in percent.</param>
public sealed record PrintedEffect(EffectMeasure Measure, decimal Value, decimal? Low, decimal? High, decimal Level = 95);

/// <summary>A count of a printed breakdown.</summary>
public sealed record Category(string Name, int N);

/// <summary>Which pooled outcome of the condition's evidence profile the numbers of an outcome belong to.</summary>
/// <param name="Comparison">Id of a comparison of the profile; a new id adds one.</param>
/// <param name="Arm1">Arm that stands first there: the immunoglobulin.</param>
/// <param name="Arm2">Arm that it is compared with.</param>
/// <param name="Title">For a new comparison: what is compared, in a line.</param>
/// <param name="Measure">For a new comparison: RR, OR, RD, MD or HR.</param>
/// <param name="Why">For a new comparison: why trials like this one are alike.</param>
public sealed record ProfileEntry(string Comparison, string Arm1, string Arm2, string? Title = null, EffectMeasure? Measure = null, string? Why = null);

/// <param name="Page">Page or table of the source.</param>
/// <param name="Categories">A breakdown as printed, for example full, partial and no response.</param>
/// <param name="CategoriesOf">The total that is printed beside the breakdown.</param>
public sealed record ExtractedOutcome(
    string Instrument,
    string? When,
    IReadOnlyList<ArmResult> Results,
    PrintedEffect? Effect = null,
    IReadOnlyList<Category>? Categories = null,
    int? CategoriesOf = null,
    string? Page = null,
    ProfileEntry? Pool = null);

/// <summary>The extraction form of one study.</summary>
public sealed record Extraction
{
    /// <summary>Id of a condition of the knowledge.</summary>
    public required string Condition { get; init; }

    /// <summary>Which patients of it.</summary>
    public string? Population { get; init; }
    public required string Citation { get; init; }
    public string? Pmid { get; init; }
    public string? Doi { get; init; }
    public required StudyDesign Design { get; init; }

    /// <summary>Blinding, control and whatever else the design needs to be understood.</summary>
    public string? DesignNote { get; init; }

    /// <summary>People in the study.</summary>
    public int? Patients { get; init; }
    public CountingUnit Unit { get; init; }
    public CrossoverUse Crossover { get; init; }
    public required IReadOnlyList<ExtractedArm> Arms { get; init; }
    public required IReadOnlyList<ExtractedOutcome> Outcomes { get; init; }
    public string? AdverseEvents { get; init; }

    /// <summary>Our reading on the GRADE scale.</summary>
    public required string Certainty { get; init; }

    /// <summary>What was read: full text, abstract, registry entry …</summary>
    public required string SourceRead { get; init; }
    public string? Notes { get; init; }

    /// <summary>What is wrong (stops) and what has to be known before the numbers are used (does not).</summary>
    public IReadOnlyList<ExtractionFlag> Check() => ExtractionCheck.Of(this);
}

/// <param name="Where">Which part of the form.</param>
/// <param name="Stops">True when the form cannot be kept so; false when it is kept with the remark.</param>
public sealed record ExtractionFlag(string Where, string Message, bool Stops)
{
    public override string ToString() => $"{Where}: {Message}";
}
