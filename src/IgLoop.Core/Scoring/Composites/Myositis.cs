using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Response in dermatomyositis and polymyositis: the total improvement score of 2016 (points table and limits I-79, read), the percent of the
/// range of each measure it starts from (ranges of enzymes not read in a source), the earlier definition of IMACS (I-81), and confirmed
/// deterioration as in the trial ProDERM (I-83). All in <c>instruments/tis2016.yaml</c> and <c>myositis_bundle.yaml</c>.
/// </summary>
internal static class Myositis
{
    private static readonly string[] Enzymes = ["ck", "aldolase", "ldh", "ast", "alt"];
    /// <summary>No enzyme lies above it, in whatever unit.</summary>
    private const decimal MostEnzyme = 10_000_000;

    private static readonly string[] Lines = ["md_global", "patient_global", "extramuscular"];

    /// <summary>The score by its file; worsening never lowers it, so what got worse stands beside it.</summary>
    public static ScoreResult Improvement(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["tis2016"];
        var result = Addition.Score(rule, null, inputs);
        var worse = rule.List("core").Where(m => ScoreInputs.NumberOf(inputs.Map.Find($"{m}_pct") ?? (inputs.Map.Find("answers") as Given.Map)?.Find(m), $"{m}_pct", "%") < 0).ToList();
        return result with
        {
            Values = [.. result.Values, ("worsened", Given.Of(worse))],
            Warnings = worse.Count == 0 ? result.Warnings : [.. result.Warnings, $"Worse, which never lowers this score: {string.Join(", ", worse)}."],
        };
    }

    /// <summary>Change in the improving direction as percent of the range of the measure (not of its baseline); worse is negative.</summary>
    public static ScoreResult Percent(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["tis2016"];
        var measure = inputs.NeedWord("measure", [.. Lines, "haq", "mmt", .. Enzymes]);
        var most = inputs.Number("max", 0, 1000);
        var uln = inputs.Number("uln", 0, MostEnzyme);
        decimal range;
        decimal? possible;
        if (measure == "mmt")
        {
            range = most is { } m && m > 0 ? m : throw new ScoringException("max_required", "max is missing; give the greatest possible strength score (80 for one side, 150 for both).", "max");
            possible = range;
        }
        else if (Enzymes.Contains(measure))
        {
            range = uln is { } u && u > 0 ? u * rule.Number($"range_{measure}") : throw new ScoringException("uln_required", $"uln is missing; give the upper limit of normal of {measure} in the unit of its values.", "uln");
            possible = MostEnzyme;
        }
        else
        {
            range = rule.Number(measure == "haq" ? "range_haq" : "range_vas");
            possible = range;
        }

        var before = inputs.Number("baseline", 0, possible);
        var now = inputs.Number("now", 0, possible);
        var better = measure == "mmt" ? now - before : before - now;
        return ScoreResult.Of("tis2016_pct", ("pct", Given.Of(Parts.Percent(better, range))), ("range", Given.Of(range))) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline", before), ("now", now)),
            Unverified = ["percent of the range"],
            Working = [$"{ScoreNames.Part(knowledge.Instruments["tis2016"], "tis2016_pct", measure)}: {Parts.Show(before)} to {Parts.Show(now)} is {Parts.Show(better)} better, of a range of {Parts.Show(range)}: {Parts.Show(Parts.Percent(better, range))} %"],
        };
    }

    /// <summary>Responders of two groups: percent to one decimal, half away from zero, and their difference to two.</summary>
    public static ScoreResult Cohort(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        (decimal Exact, decimal Shown) Group(string name)
        {
            var n = inputs.Whole($"{name}_n", 1, int.MaxValue) ?? throw inputs.Missing($"{name}_n", "the number of patients");
            var r = inputs.Whole($"{name}_resp", 0, n) ?? throw inputs.Missing($"{name}_resp", "the number of responders");
            return (100m * r / n, Math.Round(100m * r / n, 1, MidpointRounding.AwayFromZero));
        }

        var (active, placebo) = (Group("active"), Group("placebo"));
        var difference = Math.Round(active.Exact - placebo.Exact, 2, MidpointRounding.AwayFromZero);
        return ScoreResult.Of("tis_cohort", ("active_pct", Given.Of(active.Shown)), ("placebo_pct", Given.Of(placebo.Shown)), ("difference_pct", Given.Of(difference))) with
        {
            Version = knowledge.Instruments["tis2016"].Version,
            Working = [$"{Parts.Show(active.Shown)} % - {Parts.Show(placebo.Shown)} % = {Parts.Show(difference)} percentage points"],
        };
    }

    /// <summary>Earlier definition: three of six better by 20 %, at most two worse by 25 %, and muscle testing not among these.</summary>
    public static ScoreResult EarlierDefinition(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["tis2016"];
        var given = inputs.Inner("pct") ?? throw inputs.Missing("pct", "percent of improvement by core measure");
        var values = rule.List("core").Select(m => (Measure: m, Percent: given.NumberIn(m, "%", -1000, 1000))).ToList();
        foreach (var name in given.Names.Where(n => !rule.List("core").Contains(n)))
        {
            throw new ScoringException("unknown_item", $"{given.Path(name)} is no core measure{ScoreInputs.Near(name, rule.List("core"))}", given.Path(name));
        }

        var (betterBy, worseBy) = (rule.Number("imacs_better_percent"), rule.Number("imacs_worse_percent"));
        var better = values.Where(v => v.Percent >= betterBy).Select(v => v.Measure).ToList();
        var worse = values.Where(v => v.Percent <= -worseBy).Select(v => v.Measure).ToList();
        var open = values.Count(v => v.Percent is null);
        var (least, most) = (rule.Number("imacs_better_least"), rule.Number("imacs_worse_at_most"));
        bool? enough = better.Count >= least ? true : better.Count + open < least ? false : null;
        bool? few = worse.Count > most ? false : worse.Count + open <= most ? true : null;
        bool? muscle = values.First(v => v.Measure == "mmt").Percent is { } p ? p > -worseBy : null;
        var improved = Parts.And(enough, few, muscle);
        return ScoreResult.Of("imacs_doi", ("improved", Given.Of(improved)), ("n_better", Given.Of((decimal)better.Count)), ("n_worse", Given.Of((decimal)worse.Count)), ("better", Given.Of(better)), ("worse", Given.Of(worse))) with
        {
            Version = "IMACS, before 2016",
            Missing = improved is null ? [.. values.Where(v => v.Percent is null).Select(v => v.Measure)] : [],
            Working =
            [
                $"{better.Count} of six better by {Parts.Show(betterBy)} % or more ({string.Join(", ", better)}), {Parts.Show(least)} asked for",
                $"{worse.Count} worse by {Parts.Show(worseBy)} % or more ({string.Join(", ", worse)}), at most {Parts.Show(most)} and not muscle testing",
            ],
        };
    }

    /// <summary>Deterioration at each visit, confirmed by two visits in a row; a sign to stop or switch, not a rule of response.</summary>
    public static ScoreResult Deterioration(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["myositis_bundle"];
        var verdicts = new List<bool?>();
        var working = new List<string>();
        foreach (var visit in inputs.Inners("visits"))
        {
            var global = visit.Number("md_global_worse_cm", -10, 10) is { } g ? g >= rule.Number("deterioration_md_global_cm") : (bool?)null;
            var strength = visit.Number("mmt8_worse_pct", -1000, 100) is { } m ? m >= rule.Number("deterioration_mmt8_pct") : (bool?)null;
            var outside = visit.Number("extramuscular_worse_cm", -10, 10) is { } e ? e >= rule.Number("deterioration_extramuscular_cm") : (bool?)null;
            var measures = visit.Numbers("csm_worse_pct", -1000, 1000) ?? [null, null, null, null, null];
            if (measures.Count != 5)
            {
                throw new ScoringException("count", $"{visit.Path("csm_worse_pct")} has {measures.Count} values, but there are five measures without enzymes; write null for what is unknown.", visit.Path("csm_worse_pct"));
            }

            var worse = measures.Count(x => x >= rule.Number("deterioration_csm_pct"));
            var least = rule.Number("deterioration_csm_least");
            bool? several = worse >= least ? true : worse + measures.Count(x => x is null) < least ? false : null;
            var verdict = Parts.Or(Parts.And(global, strength), outside, several);
            verdicts.Add(verdict);
            visit.OnlyAsked();
            working.Add($"visit {verdicts.Count}: physician global {Parts.Word(global)} and strength {Parts.Word(strength)}, or outside the muscles {Parts.Word(outside)}, or {worse} of five ({Parts.Show(least)} asked for) - {verdict switch { true => "deteriorated", false => "not deteriorated", null => "unknown" }}");
        }

        if (verdicts.Count == 0)
        {
            throw inputs.Missing("visits", "one visit or more");
        }

        var row = (int)rule.Number("deterioration_visits");
        var confirmed = Parts.Or(Enumerable.Range(0, Math.Max(0, verdicts.Count - row + 1)).Select(n => Parts.And(verdicts.Skip(n).Take(row))));
        return ScoreResult.Of("dm_deterioration", ("deteriorated", new Given.List([.. verdicts.Select(Given.Of)])), ("confirmed", Given.Of(confirmed))) with
        {
            Version = rule.Version,
            Missing = confirmed is null ? ["visits"] : [],
            Working = [.. working, $"confirmed by {row} visits in a row: {confirmed switch { true => "yes", false => "no", null => "unknown" }}"],
        };
    }
}
