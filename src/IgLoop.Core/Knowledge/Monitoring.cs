using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Knowledge;

/// <summary>What <c>monitoring/</c> holds: what to measure, watch and prepare, what to do about reactions, vaccines and missed doses.</summary>
public sealed record MonitoringKnowledge
{
    public IReadOnlyList<BaselineTest> Baseline { get; init; } = [];
    public IReadOnlyList<FollowUpTest> FollowUp { get; init; } = [];
    public IReadOnlyList<ResultThreshold> Thresholds { get; init; } = [];
    public IReadOnlyList<VitalSignTime> VitalSigns { get; init; } = [];
    public IReadOnlyList<PreparationStep> Preparation { get; init; } = [];
    public ReactionKnowledge? Reactions { get; init; }
    public VaccineKnowledge? Vaccines { get; init; }
    public IReadOnlyList<SerologyWindow> Serology { get; init; } = [];
    public IReadOnlyList<SplitGuidance> Splits { get; init; } = [];
    public MissedDoseKnowledge? MissedDose { get; init; }
    public SubcutaneousKnowledge? Subcutaneous { get; init; }
    public IReadOnlyList<SugarLoad> SugarLoads { get; init; } = [];
    public IReadOnlyList<SourcedText> AdverseEventFigures { get; init; } = [];
    public IReadOnlyList<AdverseEvent> AdverseEvents { get; init; } = [];
    public HaemovigilanceKnowledge? Haemovigilance { get; init; }
}

/// <summary>A statement with its source.</summary>
public sealed record SourcedText(string Text, Provenance Provenance);

/// <summary>A test before treatment.</summary>
/// <param name="WithinDays">How old a result may be on the first day; null: it does not age.</param>
/// <param name="DoneBy">Facts that settle it when all are known.</param>
/// <param name="FirstCourse">Asked before a first course only.</param>
/// <param name="Only">Left out when false; shown with <paramref name="OnlyText"/> while not settled.</param>
public sealed record BaselineTest(string Test, string When, string? Why, decimal? WithinDays, IReadOnlyList<FactDefinition> DoneBy, bool FirstCourse, Criterion? Only, string? OnlyText, Provenance Provenance);

/// <summary>A test during or after treatment.</summary>
/// <param name="AfterEffect">Only when a rule with this effect fired; null: whatever fired.</param>
/// <param name="AfterRule">Only when this rule fired; null: whatever fired.</param>
/// <param name="UnlessEffect">Not when a rule with this effect fired.</param>
/// <param name="Checks">When after the last dose.</param>
public sealed record FollowUpTest(string Test, string When, string? Why, Effect? AfterEffect, string? AfterRule, Effect? UnlessEffect, IReadOnlyList<CheckWindow> Checks, IReadOnlyList<NamedPolicy> Policies, Provenance Provenance);

/// <param name="FromHours">Hours after the last dose.</param>
public sealed record CheckWindow(decimal FromHours, decimal UntilHours, string Text);

/// <summary>One of several ways in which sites do it.</summary>
public sealed record NamedPolicy(string Name, string Text, Provenance Provenance);

/// <summary>What a result calls for.</summary>
public sealed record ResultThreshold(string Finding, string Action, Provenance Provenance);

/// <param name="AtFirstInfusion">Instead of <paramref name="At"/> at a first infusion, a change of product or a long gap.</param>
public sealed record VitalSignTime(string At, string? AtFirstInfusion, string Take, Provenance Provenance);

/// <summary>Hydration or premedication.</summary>
/// <param name="Rules">Shown only when one of these fired; empty: always.</param>
/// <param name="NotRules">Left out when one of these fired.</param>
public sealed record PreparationStep(string Text, string? When, IReadOnlyList<string> Rules, IReadOnlyList<string> NotRules, Provenance Provenance);

public sealed record ReactionKnowledge(SourcedText Onset, IReadOnlyList<string> StopAtOnce, Provenance StopProvenance, int RestartsAtMost, IReadOnlyList<ReactionGrade> Grades);

/// <param name="RestartFraction">Part of the rate at which it began; null: no restart.</param>
/// <param name="CeilingFraction">Highest rate for the rest of the session, as a part of that rate.</param>
/// <param name="PauseMinutes">Minutes without symptoms before the restart.</param>
public sealed record ReactionGrade(int Grade, string Name, string Ctcae, IReadOnlyList<string> Signs, string Action, decimal? RestartFraction, decimal? CeilingFraction, decimal? PauseMinutes, Provenance Provenance);

/// <summary>How long live measles- or varicella-containing vaccines wait.</summary>
public sealed record VaccineKnowledge
{
    public required IReadOnlyList<string> Affected { get; init; }

    /// <summary>Rising; the first step whose dose is not exceeded counts, the last has none.</summary>
    public required IReadOnlyList<VaccineStep> Acip { get; init; }
    public required IReadOnlyList<PublishedInterval> Published { get; init; }
    public required string AcipNote { get; init; }
    public required int EuMonths { get; init; }
    public required int EuMeaslesMonths { get; init; }
    public required string EuNote { get; init; }
    public required Provenance EuProvenance { get; init; }

    /// <summary>Dosed this often or oftener, the interval never ends.</summary>
    public required decimal MaintenanceAtMostWeeks { get; init; }
    public required IReadOnlyList<SourcedText> NotAffected { get; init; }
    public required string Conflict { get; init; }
}

/// <param name="UpToMgPerKg">Highest dose of one course; null: any.</param>
public sealed record VaccineStep(decimal? UpToMgPerKg, int Months, Provenance Provenance);

public sealed record PublishedInterval(string Use, string Dose, int Months, Provenance Provenance);

/// <param name="EvidenceDays">What a source showed; null: none gives a number.</param>
/// <param name="WindowDays">How long results are marked.</param>
public sealed record SerologyWindow(IReadOnlyList<string> Tests, decimal? EvidenceDays, decimal WindowDays, string Why, string? Instead, Provenance Provenance);

/// <summary>Over how many days a course of about this size is given.</summary>
/// <param name="Days">By default.</param>
/// <param name="TwoDaysWithout">Rules none of which may have fired for two days.</param>
public sealed record SplitGuidance(decimal TotalGPerKg, int Days, IReadOnlyList<int> Allowed, string? TwoDaysWhen, IReadOnlyList<string> TwoDaysWithout, decimal? MaxDayGPerKg, decimal? MaxDayGramsHighThrombosis, Provenance Provenance);

public enum ScheduleAnchor
{
    /// <summary>The next dose is counted from the day on which the missed one was given.</summary>
    Reset,

    /// <summary>The old calendar stays.</summary>
    Original,
}

public sealed record MissedDoseKnowledge
{
    public required IReadOnlyList<SourcedText> Published { get; init; }
    public required ScheduleAnchor Anchor { get; init; }

    /// <summary>Moved by no more than this, a visit is on time.</summary>
    public required decimal WindowDays { get; init; }

    /// <summary>With <see cref="ScheduleAnchor.Original"/> the next gap is at least this part of the interval.</summary>
    public required decimal MinGapFraction { get; init; }

    /// <summary>More than this since the last infusion: as a first infusion.</summary>
    public required decimal LongGapWeeks { get; init; }
    public required decimal FinishCourseWithinDays { get; init; }
    public required Provenance Provenance { get; init; }
}

public sealed record SubcutaneousKnowledge(decimal StartsAfterDays, IReadOnlyList<SubcutaneousFactor> Factors, IReadOnlyList<WeeklyDose> WeeklyDoses, string Practice);

/// <param name="Factor">Weekly grams under the skin for one gram a week into the vein.</param>
public sealed record SubcutaneousFactor(string Product, string Use, string? Jurisdiction, decimal Factor, string? Note, Provenance Provenance);

/// <summary>A licensed weekly dose under the skin, g/kg.</summary>
public sealed record WeeklyDose(string Product, string Use, decimal LowGPerKg, decimal HighGPerKg, Provenance Provenance);

/// <param name="MgPerMl">Sugar in 1 mL of the product.</param>
public sealed record SugarLoad(string Product, string Sugar, decimal MgPerMl, decimal GramsPer100Ml, Provenance Provenance);

/// <param name="Incidence">Figures as printed, each with its denominator; never averaged.</param>
/// <param name="WatchHours">How long after an infusion it may begin.</param>
/// <param name="TellPatient">How the patient would notice it; null: not among the warnings.</param>
public sealed record AdverseEvent(string Id, string Term, string BodySystem, string Timing, string Onset, string Incidence, bool Serious, decimal? WatchHours, string? TellPatient, string? Note, Provenance Provenance);

public sealed record HaemovigilanceKnowledge(IReadOnlyList<ReportingScheme> Schemes, string Severity, IReadOnlyList<string> Imputability, IReadOnlyList<string> States, IReadOnlyList<SourcedText> Duties, IReadOnlyList<string> LotRecord, IReadOnlyList<string> LotRecordOptional);

public sealed record ReportingScheme(string Name, string? Covers, string? NotCovers, IReadOnlyList<string> Severity, IReadOnlyList<string> CaseDefinition, IReadOnlyList<string> Imputability, IReadOnlyList<string> Categories, string? Notify, Provenance Provenance);
