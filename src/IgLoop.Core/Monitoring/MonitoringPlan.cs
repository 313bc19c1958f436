using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>What to measure and watch, before, during and after.</summary>
public sealed record MonitoringPlan
{
    public required IReadOnlyList<MonitoringItem> Before { get; init; }
    public required IReadOnlyList<MonitoringItem> VitalSigns { get; init; }
    public required IReadOnlyList<MonitoringItem> After { get; init; }
    public required IReadOnlyList<MonitoringItem> Preparation { get; init; }
    public required IReadOnlyList<MonitoringItem> Vaccines { get; init; }

    /// <summary>What to do at each grade of reaction.</summary>
    public required IReadOnlyList<MonitoringItem> Reactions { get; init; }

    /// <summary>Nothing to measure, because nothing is given.</summary>
    public static MonitoringPlan None { get; } = new() { Before = [], VitalSigns = [], After = [], Preparation = [], Vaccines = [], Reactions = [] };

    /// <summary>The plan for one course.</summary>
    /// <param name="knowledge">What <c>monitoring/</c> holds.</param>
    /// <param name="course">Patient, course and the rules that fired.</param>
    public static MonitoringPlan For(MonitoringKnowledge knowledge, MonitoredCourse course) => new MonitoringPlans(knowledge).For(course);
}

/// <summary>Makes plans from one body of knowledge; what is the same for every course is worked out once.</summary>
public sealed class MonitoringPlans(MonitoringKnowledge knowledge)
{
    private readonly IReadOnlyList<MonitoringItem> reactions = Watching.Reactions(knowledge.Reactions);
    private readonly IReadOnlyList<MonitoringItem> thresholds = [.. FollowUp.Thresholds(knowledge)];
    private readonly IReadOnlyList<MonitoringItem> vitalSigns = Watching.VitalSigns(knowledge, asFirst: false);
    private readonly IReadOnlyList<MonitoringItem> vitalSignsOfFirst = Watching.VitalSigns(knowledge, asFirst: true);

    public MonitoringPlan For(MonitoredCourse course) => new()
    {
        Before = Baseline.Of(knowledge, course),
        VitalSigns = course.Fired(Effect.FirstInfusion) ? vitalSignsOfFirst : vitalSigns,
        After = [.. FollowUp.Of(knowledge, course), .. SerologyWindows.Of(knowledge, course), .. Watching.Symptoms(knowledge, course), .. thresholds],
        Preparation = Watching.Preparation(knowledge, course),
        Vaccines = VaccineInterval.Of(knowledge.Vaccines, course),
        Reactions = reactions,
    };
}

/// <summary>The course that is planned.</summary>
public sealed record MonitoredCourse
{
    public required FactSet Facts { get; init; }

    /// <summary>The safety rules that fired.</summary>
    public required IReadOnlyCollection<SafetyRule> Rules { get; init; }

    /// <summary>Grams per kilogram of the whole course; null: not known.</summary>
    public decimal? GPerKg { get; init; }

    /// <summary>Days of the course, one after the other; null counts as one.</summary>
    public int? Days { get; init; }

    /// <summary>Null: the plan is dated as if it began on <see cref="At"/>, and says so.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The day for which is decided.</summary>
    public required DateOnly At { get; init; }

    /// <summary>acip or eu.</summary>
    public required string VaccineRule { get; init; }

    /// <summary>Weeks between courses on maintenance; null: a single course.</summary>
    public decimal? EveryWeeks { get; init; }

    /// <summary>1 for a first course; null: not known.</summary>
    public int? CourseNumber { get; init; }

    internal DateOnly Start => FirstDay ?? At;

    internal DateOnly LastDay => Start.AddDays(Math.Max(1, Days ?? 1) - 1);

    /// <summary>What a date depends on while the first day is not fixed.</summary>
    private string? assumed;

    internal string Assumed => assumed ??= FirstDay is null ? $", if it begins on {Dates.Day(At)}" : "";

    internal bool Fired(string rule) => Rules.Any(r => r.Id == rule);

    internal bool Fired(Effect effect) => Rules.Any(r => r.Effects.Contains(effect));

    /// <summary>True, false or null of a Boolean fact; null too when no such fact is declared.</summary>
    internal bool? Known(string fact) => Facts.Catalogue.TryFind(fact, out var definition) ? Facts[definition]?.AsBoolean : null;
}

/// <param name="What">Test, sign or vaccine.</param>
/// <param name="When">When, in words, with the date where one can be worked out.</param>
/// <param name="Why">Reason; null when plain.</param>
/// <param name="Date">The date when one can be worked out; the first day of a window.</param>
public sealed record MonitoringItem(string What, string When, string? Why, DateOnly? Date, Provenance Provenance)
{
    /// <summary>Last day of a window; null when it is one day or open.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>True when a usable result is known already; <see cref="Date"/> is then its date.</summary>
    public bool Done { get; init; }
}
