using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;
using Intervals = IgLoop.Core.Statistics.Proportion;

namespace IgLoop.Core.Reviewing;

/// <summary>
/// Judges a course. Paired choice: the baseline is the last assessment on or before the day of the first infusion, the end the last one after
/// it, or the one nearest to the day that the limit asks for; without infusions the first and the last of the series. Nothing is carried forward and nothing unknown counts as no.
/// </summary>
public static class Reviews
{
    private static readonly string[] SledaiFamily = ["sledai2k", "sledai_original", "selena_sledai"];
    private static readonly string[] WithSerology = ["sri4", "lldas", "bicla", "sfi"];

    /// <summary>The judgement of one course.</summary>
    /// <exception cref="ScoringException">A composite's inputs cannot be scored.</exception>
    public static Review Of(KnowledgeBase knowledge, ReviewRequest request)
    {
        var asked = Dated(knowledge, request.Instrument);
        var (baseline, end) = Pair(request, request.Instrument, asked);
        var off = DaysOff(request, asked, baseline, end);
        var verdicts = new List<ReviewVerdict>();
        foreach (var id in request.Assessments.Select(a => a.Instrument).Distinct(StringComparer.Ordinal).OrderBy(i => i == request.Instrument ? 0 : 1))
        {
            var (before, after) = Pair(request, id, Dated(knowledge, id));
            verdicts.Add(Said(knowledge, request, InstrumentVerdicts.Of(knowledge, id, before, after)));
        }

        verdicts.AddRange(CompositeVerdicts.Of(knowledge, request, baseline, end, [.. verdicts]));
        var (authorities, leftOut) = AuthorityVerdicts.Of(knowledge, request, [.. verdicts]);
        verdicts.AddRange(authorities);
        var deciding = verdicts.Find(v => v.By == request.Instrument && v.Judge != Judge.Authority);
        var stopped = request.Withdrawn is { Reason: not "no_effect" };
        var failed = request.Withdrawn is { Reason: "no_effect" } || request.Rescue == true;
        bool? responder = stopped ? null : failed ? false : deciding?.Met;
        return new()
        {
            Request = request,
            Pairing = Pairing(request, asked, baseline, end),
            Baseline = baseline,
            End = end,
            Responder = responder,
            Band = stopped ? null : deciding?.Band,
            MayDecide = responder is not null && (failed || (deciding!.MayDecide && !(off > asked?.WithinDays))),
            Assessable = responder is not null,
            Why = stopped ? $"treatment ended before it could be judged ({ScoreNames.Plain(request.Withdrawn!.Reason)})"
                : request.Withdrawn is not null ? "treatment was stopped because it had no effect"
                : request.Rescue == true ? "a rescue medicine was given, which would explain an improvement: counted as no response (our convention)"
                : deciding is null ? $"nothing was measured by {ScoreNames.Short(knowledge, request.Instrument)}"
                : Why(deciding),
            Verdicts = verdicts,
            LeftOut = leftOut,
            Warnings = [.. Warnings(knowledge, request, baseline, end, verdicts), .. off > asked?.WithinDays ? (ReviewWarning[])[new("visit_off_rule", $"{asked.Name}: asked for {asked.AtDays} days after the start, but the nearest visit ({end!.Day:yyyy-MM-dd}) lies {off} days away from that: the verdict speaks of another time and decides nothing by itself.", end.Day)] : []],
            Missing = responder is not null || stopped ? [] : Missing(knowledge, request, deciding, baseline, end),
        };
    }

    /// <summary>Where no limit fits, the assessor's word is the verdict, and the working says so.</summary>
    private static ReviewVerdict Said(KnowledgeBase knowledge, ReviewRequest request, ReviewVerdict verdict)
    {
        bool Names(IReadOnlyList<string> list) => list.Any(n => n == verdict.By || (Bundle.Of(knowledge, n) is { } listed && Bundle.Series(listed.Bundle, listed.Measure).Contains(verdict.By)));
        bool? said = !verdict.AsksAssessor ? null : Names(request.Improved) ? true : Names(request.NotImproved) ? false : null;
        return said is null ? verdict : verdict with { Met = said, Working = [.. verdict.Working, $"{(said == true ? "improved" : "not improved")}, says the assessor: decides"] };
    }

    /// <summary>The lines that made the verdict: of a rule with several conditions those that failed, or those that are open.</summary>
    private static string Why(ReviewVerdict verdict)
    {
        var ending = verdict.Judge != Judge.Composite ? null : verdict.Met switch { false => "- not met", null => "- unknown", _ => null };
        var made = ending is null ? [] : verdict.Working.Where(w => w.EndsWith(ending, StringComparison.Ordinal)).ToList();
        return made.Count > 0 ? string.Join("; ", made) : verdict.Working.Count > 0 ? verdict.Working[0] : verdict.Name;
    }

    /// <summary>
    /// A cohort with both denominators. Intention to treat: everyone enrolled, whoever could not be judged counts as no response. Assessable:
    /// those with a verdict.
    /// </summary>
    public static CohortReview Cohort(KnowledgeBase knowledge, IReadOnlyList<ReviewRequest> requests)
    {
        var reviews = requests.Select(r => Of(knowledge, r)).ToList();
        var responders = reviews.Count(r => r.Responder == true);
        return new(
            reviews,
            Share("intention to treat", "everyone enrolled; who could not be judged counts as no response", responders, reviews.Count),
            Share("assessable", "those with a verdict", responders, reviews.Count(r => r.Assessable)),
            [.. reviews.Where(r => r.Assessable && r.Band is not null).GroupBy(r => r.Band!).Select(g => (g.Key, g.Count()))],
            [.. reviews.Where(r => !r.Assessable).GroupBy(r => r.Request.Withdrawn?.Reason ?? "no_verdict").Select(g => (g.Key, g.Count()))]);
    }

    /// <summary>Baseline and end of a series. Where the limit asks for a day, the end is the visit nearest to it, of two equally near the later; else the last.</summary>
    internal static (Assessed? Baseline, Assessed? End) Pair(ReviewRequest request, string instrument, ChangeLimit? limit = null)
    {
        var series = request.Assessments.Where(a => a.Instrument == instrument).ToList();
        var baseline = request.Infusions.Count == 0 ? series.FirstOrDefault() : series.FindLast(a => a.Day <= request.Infusions[0]);
        var after = request.Infusions.Count == 0 ? series.Skip(1).ToList() : series.FindAll(a => a.Day > request.Infusions[0]);
        return (baseline, limit?.AtDays is { } days && Start(request, baseline) is { } start
            ? after.OrderBy(a => Math.Abs(a.Day.DayNumber - start.DayNumber - days)).ThenByDescending(a => a.At).FirstOrDefault()
            : after.LastOrDefault());
    }

    /// <summary>The limit by which an instrument judges, where it asks for a day; null where it asks for none.</summary>
    private static ChangeLimit? Dated(KnowledgeBase knowledge, string instrument) =>
        (Scorers.Find(knowledge, instrument)?.Instrument ?? knowledge.Instruments.GetValueOrDefault(instrument))?.Changes.FirstOrDefault(c => c is { Kind: "improvement", Decides: true, AtDays: not null });

    /// <summary>The day from which a limit counts: the first infusion, else the baseline.</summary>
    private static DateOnly? Start(ReviewRequest request, Assessed? baseline) => request.Infusions.Count > 0 ? request.Infusions[0] : baseline?.Day;

    /// <summary>How far the end lies from the day that the limit asks for; null where it asks for none.</summary>
    private static int? DaysOff(ReviewRequest request, ChangeLimit? limit, Assessed? baseline, Assessed? end) =>
        limit?.AtDays is { } days && end is not null && Start(request, baseline) is { } start ? Math.Abs(end.Day.DayNumber - start.DayNumber - days) : null;

    private static string Pairing(ReviewRequest request, ChangeLimit? limit, Assessed? baseline, Assessed? end)
    {
        var from = request.Infusions.Count > 0 ? "baseline is the last assessment on or before the day of the first infusion" : "no infusion was given: baseline is the first assessment of the series";
        var counted = request.Infusions.Count > 0 ? "the first infusion" : "the baseline";
        return limit?.AtDays is not { } days ? $"{from}, end the last{(request.Infusions.Count > 0 ? " one after it" : "")}"
            : $"{from}, end the visit nearest to day {days} after {counted}, because the limit asks for that day{(end is not null && Start(request, baseline) is { } start ? $": {end.Day:yyyy-MM-dd}, day {end.Day.DayNumber - start.DayNumber}" : "")}";
    }

    /// <summary>Wilson's interval holds at 0 and at all of few patients, where the usual one has no width.</summary>
    private static Proportion Share(string name, string meaning, int responders, int of)
    {
        if (of == 0)
        {
            return new(name, meaning, responders, of, null, null, null);
        }

        static decimal Percent(double share) => Math.Round((decimal)(100 * share), 1, MidpointRounding.AwayFromZero);
        var interval = Intervals.Wilson(responders, of);
        return new(name, meaning, responders, of, Math.Round(100m * responders / of, 1, MidpointRounding.AwayFromZero), Percent(interval.Low), Percent(interval.High));
    }

    private static IReadOnlyList<string> Missing(KnowledgeBase knowledge, ReviewRequest request, ReviewVerdict? deciding, Assessed? baseline, Assessed? end)
    {
        var (id, name) = (request.Instrument, ScoreNames.Short(knowledge, request.Instrument));
        return deciding is null ? [IsSeries(knowledge, id) ? $"assessments of {name}" : $"what {name} is worked out from, under composites"]
            : deciding.Judge == Judge.Composite ? [.. deciding.Open.Count > 0 ? deciding.Open : [$"what is open in the lines of {name} below"]]
            : baseline is null ? [$"an assessment of {name} before the first infusion"]
            : end is null ? [$"an assessment of {name} after the first infusion"]
            : !baseline.IsKnown || !end.IsKnown ? [$"the unknown answers of {name}"]
            : AdjustedChange.IsOf(id) && (baseline.Answers is null || end.Answers is null) ? [$"the grades of arm and leg of {name} at both visits, instead of totals alone"]
            : deciding.AsksAssessor ? [$"what the assessor says of {ScoreNames.WithId(name, id)}, under improved or not improved: {(baseline is { Low: 0, IsUnable: false } ? "it was 0 at the start, so no percentage of it exists" : "the sources state no limit of improvement that fits it")}"]
            : [];
    }

    private static bool IsSeries(KnowledgeBase knowledge, string id) => Scorers.Find(knowledge, id) is not null || Bundle.Of(knowledge, id) is not null;

    private static List<ReviewWarning> Warnings(KnowledgeBase knowledge, ReviewRequest request, Assessed? baseline, Assessed? end, List<ReviewVerdict> verdicts)
    {
        var warnings = new List<ReviewWarning>();
        var window = (int)knowledge.Instruments["sledai2k"].Number("serology_days_after_infusion");
        int? Since(DateOnly day) => request.Infusions.Where(i => i < day).Select(i => (int?)(day.DayNumber - i.DayNumber)).Min();
        var serological = request.Assessments.Where(a => SledaiFamily.Contains(a.Instrument)).ToList();
        foreach (var a in serological.Where(a => Since(a.Day) <= window))
        {
            warnings.Add(new("passive_antibody", $"{ScoreNames.Short(knowledge, a.Instrument)} of {a.Day:yyyy-MM-dd} was read {Since(a.Day)} days after an infusion: passively given antibody corrupts anti-dsDNA for {window} days; score it without serology, or repeat it later.", a.Day));
        }

        var visit = end?.Day ?? request.At;
        if (serological.Count == 0 && verdicts.Exists(v => WithSerology.Contains(v.By)) && Since(visit) <= window)
        {
            warnings.Add(new("passive_antibody", $"The visit of {visit:yyyy-MM-dd} lies {Since(visit)} days after an infusion: passively given antibody corrupts serology for {window} days."));
        }

        if (baseline is { IsKnown: true, Low: 0 })
        {
            warnings.Add(new("baseline_zero", $"{ScoreNames.Short(knowledge, request.Instrument)} was 0 at the start: no percentage of it exists."));
        }

        warnings.AddRange(verdicts.Where(v => !v.MayDecide && v.Met is not null).Select(v => new ReviewWarning("unverified", $"{v.Name}: a limit or rule took part that nobody read in its source; it decides no review by itself.")));
        warnings.AddRange(verdicts.Where(v => v.By == "itp_iwg" && v.Flags.Contains("lost")).Select(_ => new ReviewWarning("response_lost", "The platelet response was reached and is lost at the last count: a short effect is not an effect that holds.")));
        if (request.Rescue == true)
        {
            warnings.Add(new("rescue", "A rescue medicine was given; an improvement cannot be put down to immunoglobulin."));
        }

        if (request.Withdrawn is { Reason: "adverse_event" or "pregnancy" } && verdicts.Exists(v => v.Met is not null))
        {
            warnings.Add(new("withdrawn", $"Stopped for {ScoreNames.Plain(request.Withdrawn.Reason)}: verdicts below show what was measured, but the course is not counted as judged."));
        }

        return warnings;
    }
}
