using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Low disease activity (LLDAS) and remission (DORIS 2021) of lupus from the SLEDAI-2K signs of one visit, global assessment in 0..3 and
/// prednisolone in mg a day. Limits, sources and status in <c>instruments/lldas.yaml</c> and <c>doris2021.yaml</c>.
/// </summary>
internal static class LupusStates
{
    public static ScoreResult Lldas(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["lldas"];
        var (score, present, unknown) = Sledai(knowledge, inputs);
        var total = score.Totals.First(t => t.Total.Id == knowledge.Instruments["sledai2k"].Totals[0].Id);
        var most = rule.Number("sledai_at_most");
        var blocking = rule.List("blocking");
        var blocks = present.Where(blocking.Contains).ToList();
        bool? organs = blocks.Count > 0 ? false : unknown.Any(blocking.Contains) ? null : true;
        var (haemolysis, gut) = (inputs.Flag("haemolytic_anaemia"), inputs.Flag("gi_activity"));
        var (pga, steroid) = (Pga(knowledge, inputs), inputs.NumberIn("pred_eq", "mg/d", 0));
        var (pgaMost, steroidMost) = (rule.Number("pga_at_most"), rule.Number("steroid_at_most"));
        bool? few = total.Upper <= most ? true : total.Lower > most ? false : null;
        var fresh = inputs.Flag("new_feature");
        var immunoglobulin = inputs.Flag("on_ivig");
        var over = AboveMaximum(rule, inputs);
        var standard = inputs.Flag("maintenance_ok");
        var maintenance = over.Count > 0 ? false : standard;
        var result = Parts.Result(
            rule,
            "lldas",
            "met",
            [
                new("sledai", Parts.And(few, organs, !haemolysis, !gut), $"SLEDAI-2K {Bounds(total)} of at most {Parts.Show(most)}; {(blocks.Count > 0 ? $"organs that block: {string.Join(", ", blocks)}" : "no organ that blocks")}; haemolytic anaemia {Yes(haemolysis)}, gut {Yes(gut)}"),
                new("no_new_feature", !fresh, $"new feature {Yes(fresh)}"),
                new("pga", pga is { } p ? p <= pgaMost : null, $"{Parts.Show(pga)} of at most {Parts.Show(pgaMost)}"),
                new("steroid", steroid is { } s ? s <= steroidMost : null, $"{Parts.Show(steroid)} of at most {Parts.Show(steroidMost)} mg a day"),
                new("maintenance", maintenance, over.Count > 0 ? $"above the greatest dose: {string.Join(", ", over)}" : $"standard maintenance that is tolerated: {Yes(maintenance)}"),
            ]);
        return immunoglobulin == true && maintenance is null
            ? result with { Warnings = [.. result.Warnings, "No source says whether maintenance immunoglobulin is standard treatment: the fifth criterion stays open until your site decides."] }
            : result;
    }

    /// <summary>Medicines above the dose up to which a source counts them as standard maintenance: <c>azathioprine_mg_d</c>, <c>methotrexate_mg_wk</c> …</summary>
    private static List<string> AboveMaximum(Instrument rule, ScoreInputs inputs)
    {
        var over = new List<string>();
        foreach (var most in rule.Numbers.Values.Where(n => n.Id.StartsWith("max_", StringComparison.Ordinal)))
        {
            var drug = most.Id["max_".Length..];
            if (inputs.NumberIn($"{drug}_{most.Unit!.Replace('/', '_')}", most.Unit, 0, 100000) is { } dose && dose > most.Value)
            {
                over.Add($"{drug.Replace('_', ' ')} {Parts.Show(dose)} of at most {Parts.Show(most.Value)} {most.Unit}");
            }
        }

        return over;
    }

    /// <summary>How many of a cohort meet each criterion and all five; percent to two decimals.</summary>
    public static ScoreResult Cohort(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var n = inputs.Whole("n", 1, int.MaxValue) ?? throw inputs.Missing("n", "the number of patients");
        var values = new List<(string, Given)>();
        var working = new List<string>();
        foreach (var name in new[] { "criterion1", "criterion2", "criterion3", "criterion4", "criterion5", "all_five" })
        {
            var met = inputs.Whole(name, 0, n);
            values.Add(($"pct_{name}", Given.Of(Parts.Percent(met, n))));
            working.Add($"{name.Replace('_', ' ')}: {Parts.Show(met)} of {n} = {Parts.Show(Parts.Percent(met, n))} %");
            if (name != "all_five" && inputs.Whole("all_five", 0, n) > met)
            {
                throw new ScoringException("count", $"all_five is greater than {name}; who meets all five meets each.", "all_five");
            }
        }

        return ScoreResult.Of("lldas_cohort", values) with { Version = knowledge.Instruments["lldas"].Version, Working = working };
    }

    /// <summary>Exactly the limit of the steroid is flagged, because the table of the statement prints less than, the abstract at most.</summary>
    public static ScoreResult Doris(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["doris2021"];
        var (score, _, _) = Sledai(knowledge, inputs);
        var clinical = score.Totals.First(t => t.Total.Result == "clinical");
        var (most, pgaBelow, steroidMost) = (rule.Number("clinical_sledai_at_most"), rule.Number("pga_below"), rule.Number("steroid_at_most"));
        var (pga, steroid, stable) = (Pga(knowledge, inputs), inputs.NumberIn("pred_eq", "mg/d", 0), inputs.Flag("stable"));
        var result = Parts.Result(
            rule,
            "doris2021",
            "met",
            [
                new("clinical_sledai", clinical.Upper <= most ? true : clinical.Lower > most ? false : null, $"{Bounds(clinical)} without serology, at most {Parts.Show(most)}"),
                new("pga", pga is { } p ? p < pgaBelow : null, $"{Parts.Show(pga)}, below {Parts.Show(pgaBelow)} asked for"),
                new("steroid", steroid is { } s ? s <= steroidMost : null, $"{Parts.Show(steroid)} of at most {Parts.Show(steroidMost)} mg a day"),
                new("stable", stable, $"medicines stable: {Yes(stable)}"),
            ]);
        return steroid == steroidMost
            ? result with { Flags = [$"steroid_exactly_{Parts.Show(steroidMost)}"], Warnings = [$"Prednisolone is exactly {Parts.Show(steroidMost)} mg a day: the table of the statement prints less than that, the abstract at most."] }
            : result;
    }

    private static (ScoreResult Score, IReadOnlyList<string> Present, IReadOnlyList<string> Unknown) Sledai(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var sledai = knowledge.Instruments["sledai2k"];
        if (!inputs.Has("present"))
        {
            // Without the list of signs none of them is known: every one stays open.
            var all = sledai.Items.Where(i => !i.IsFlag).Select(i => i.Id).ToList();
            return (Addition.Score(sledai, null, new ScoreInputs(Given.Of(("present", Given.Of(Array.Empty<string>())), ("unknown", Given.Of(all))))), [], all);
        }

        return (Addition.Score(sledai, null, inputs), inputs.Texts("present"), inputs.Texts("unknown"));
    }

    private static decimal? Pga(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var line = knowledge.Instruments["pga"].Totals[0];
        return inputs.Number("pga", line.Low, line.High);
    }

    private static string Bounds(TotalScore t) => t.Value is { } v ? Parts.Show(v) : $"{Parts.Show(t.Lower)} to {Parts.Show(t.Upper)}";

    private static string Yes(bool? value) => value switch { true => "yes", false => "no", null => "unknown" };
}
