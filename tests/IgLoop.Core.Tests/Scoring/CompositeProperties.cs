using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>
/// What holds for every rule that weighs several things, whatever is unknown: a verdict that is given is the verdict of every completion, and
/// where every completion agrees it is given. Values are taken on and beside every limit, with the ends of their range.
/// </summary>
public class CompositeProperties
{
    /// <summary>A rule, its inputs with the values each may have, and how its verdict is read.</summary>
    private sealed record Rule(string Instrument, IReadOnlyList<(string Name, Given[] Values)> Inputs, string Verdict, Func<IReadOnlyDictionary<string, Given>, Given.Map>? Shape = null)
    {
        /// <summary>Values at the far ends, which an unknown input may also have.</summary>
        public IReadOnlyDictionary<string, Given[]> Ends { get; init; } = new Dictionary<string, Given[]>();

        public Given.Map Of(IReadOnlyList<Given> values)
        {
            var named = Inputs.Select((x, n) => (x.Name, Value: values[n])).ToDictionary(x => x.Name, x => x.Value, StringComparer.Ordinal);
            return Shape is null ? new([.. named]) : Shape(named);
        }
    }

    private static readonly Given[] YesOrNo = [Given.Of(true), Given.Of(false)];

    private static readonly Dictionary<string, Rule> Rules = All().Select((r, n) => (r, n)).ToDictionary(x => $"{x.n:00} {x.r.Instrument} {x.r.Verdict}", x => x.r, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Rules.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void knowing_more_never_changes_a_verdict_and_what_every_completion_agrees_on_is_given(string name)
    {
        var rule = Rules[name];
        var picks = Gen.Choose(0, 99).ListOf(rule.Inputs.Count);
        var open = Gen.Choose(0, 9).ListOf(rule.Inputs.Count);
        var sheets = picks.SelectMany(p => open.Select(o => (Picks: p.ToList(), Open: Unknown(o.ToList()))));
        Prop.ForAll(sheets.ToArbitrary(), sheet =>
        {
            var known = rule.Inputs.Select((x, n) => sheet.Open.Contains(n) ? Given.Nothing : x.Values[sheet.Picks[n] % x.Values.Length]).ToList();
            var verdict = Verdict(rule, known);
            var completions = Completions(rule, known, [.. sheet.Open]).Select(c => Verdict(rule, c)).Distinct(StringComparer.Ordinal).ToList();
            Assert.True(completions.Count == 1 ? verdict == completions[0] : verdict is null, $"{rule.Of(known).Show()} gives {verdict ?? "nothing"}, its completions {string.Join(", ", completions.Select(c => c ?? "nothing"))}");
            return true;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void a_flare_that_is_at_least_mild_or_moderate_says_whether_severe_is_excluded()
    {
        var rule = Flare();
        var picks = Gen.Choose(0, 99).ListOf(rule.Inputs.Count);
        var open = Gen.Choose(0, 9).ListOf(rule.Inputs.Count);
        Prop.ForAll(picks.SelectMany(p => open.Select(o => (Picks: p.ToList(), Open: Unknown([.. o.SkipLast(1)])))).ToArbitrary(), sheet =>
        {
            var known = rule.Inputs.Select((x, n) => sheet.Open.Contains(n) ? Given.Nothing : x.Values[sheet.Picks[n] % x.Values.Length]).ToList();
            var result = Scorers.Score(Clinic.Knowledge, "sfi", rule.Of(known));
            var completions = Completions(rule, known, [.. sheet.Open]).Select(c => Scorers.Score(Clinic.Knowledge, "sfi", rule.Of(c))).ToList();
            var grades = completions.Select(Grade).Distinct(StringComparer.Ordinal).ToList();
            var holds = result["category"] switch
            {
                Given.Text { Value: "mild_moderate" } when result.Flags.Contains("severe_not_excluded") => grades.TrueForAll(g => g is "mild_moderate" or "severe"),
                Given.Text { Value: var grade } => grades.TrueForAll(g => g == grade),
                _ => grades.Count > 1 || grades[0].Length == 0,
            };
            Assert.True(holds, $"{rule.Of(known).Show()} gives {Grade(result)}, its completions {string.Join(", ", grades)}");
            return true;
        }).QuickCheckThrowOnFailure();

        static string Grade(ScoreResult r) => r["category"] is Given.Text t ? t.Value : "";
    }

    private static string? Verdict(Rule rule, IReadOnlyList<Given> values) =>
        Scorers.Score(Clinic.Knowledge, rule.Instrument, rule.Of(values))[rule.Verdict] is { } v and not Given.Null ? v.Show() : null;

    /// <summary>At most four unknown at once, so that every completion can be tried.</summary>
    private static List<int> Unknown(IReadOnlyList<int> dice) => [.. Enumerable.Range(0, dice.Count).Where(n => dice[n] < 4).Take(4)];

    private static IEnumerable<IReadOnlyList<Given>> Completions(Rule rule, IReadOnlyList<Given> known, IReadOnlyList<int> open)
    {
        if (open.Count == 0)
        {
            return [known];
        }

        return rule.Inputs[open[0]].Values.Concat(rule.Ends.GetValueOrDefault(rule.Inputs[open[0]].Name) ?? []).SelectMany(v =>
        {
            var next = known.ToList();
            next[open[0]] = v;
            return Completions(rule, next, [.. open.Skip(1)]);
        });
    }

    private static IEnumerable<Rule> All()
    {
        (string, Given[])[] signs = [.. new[] { "arthritis", "rash", "fever", "proteinuria", "low_complement" }.Select(s => (s, YesOrNo))];
        yield return new("lldas", [.. signs, ("haemolytic_anaemia", YesOrNo), ("gi_activity", YesOrNo), ("new_feature", YesOrNo), ("pga", Of(0, 1, 1.1m)), ("pred_eq", Of(0, 7.5m, 7.6m)), ("maintenance_ok", YesOrNo)], "met", Signs);
        yield return new("doris2021", [.. signs, ("pga", Of(0, 0.49m, 0.5m)), ("pred_eq", Of(0, 5, 5.1m)), ("stable", YesOrNo)], "met", Signs);
        yield return new("sri4", [("sledai_baseline", Of(0, 3, 4, 10, 105)), ("sledai_now", Of(0, 6, 7, 105)), ("new_bilag_a", Of(0, 1)), ("new_bilag_b", Of(0, 1, 2)), ("pga_baseline", Of(0, 0.4m, 2.8m, 3)), ("pga_now", Of(0, 0.2m, 0.69m, 0.7m, 3)), ("rescue", YesOrNo)], "responder");
        var grades = "ABCDE".Select(g => Given.Of($"{g}")).ToArray();
        yield return new("bicla", [("renal0", grades), ("renal1", grades), ("skin0", grades), ("skin1", grades), ("joints0", grades), ("joints1", grades), ("sledai_baseline", Of(0, 4, 105)), ("sledai_now", Of(0, 4, 5, 105)), ("pga_baseline", Of(0, 0.4m, 3)), ("pga_now", Of(0, 0.7m, 0.71m, 3)), ("treatment_failure", YesOrNo)], "responder", Bilag);
        yield return new("itp_iwg", [("baseline", Of(5, 15, 16, 60)), ("a", Of(0, 29, 30, 100)), ("b", Of(0, 31, 32, 99, 100)), ("days_apart", Of(0, 1, 6, 7)), ("bleeding", YesOrNo), ("steroid_dependent", YesOrNo)], "category", Counts);
        foreach (var from in new[] { "CR", "R" })
        {
            yield return new("itp_loss", [("baseline", Of(0, 15, 16, 60, 5000)), ("now", Of(0, 29, 30, 31, 99, 100, 5000)), ("bleeding", YesOrNo)], "lost", x => Given.Of([("from", Given.Of(from)), .. x.Select(p => (p.Key, p.Value))]));
        }

        var (arm, leg) = (Of(0, 1, 2, 3, 4, 5), Of(0, 1, 2, 3, 4, 5));
        yield return new("incat_adjusted_change", [("arm_from", arm), ("leg_from", leg), ("arm_to", arm), ("leg_to", leg)], "responder");
        yield return new("incat_adjusted_change", [("arm_from", arm), ("leg_from", leg), ("arm_to", arm), ("leg_to", leg)], "change");
        yield return new("onls_adjusted_change", [("arm_from", arm), ("leg_from", [.. leg, .. Of(6, 7)]), ("arm_to", arm), ("leg_to", [.. leg, .. Of(6, 7)])], "responder");
        foreach (var bundle in new[] { "cidp_bundle", "mmn_bundle", "myositis_bundle", "sps_bundle" })
        {
            yield return new(bundle, [.. Clinic.Knowledge.Instruments[bundle].List("measures").Where(m => m != "other" && (bundle != "sps_bundle" || m != "timed_10m_walk")).Select(m => (m, YesOrNo))], "meets_england_rule", Measures);
        }

        (string, Given[])[] core = [.. new[] { "md_global", "patient_global", "mmt", "haq", "enzyme", "extramuscular" }.Select(m => (m, Of(-30, 5, 19, 20, 41)))];
        foreach (var verdict in new[] { "category", "jdm_category", "at_least_minimal", "at_least_moderate", "at_least_major" })
        {
            yield return new("tis2016", core, verdict, x => Given.Of(x.Select(p => ($"{p.Key}_pct", p.Value))));
        }

        yield return new("imacs_doi", [.. core.Select(c => (c.Item1, Of(-25, -24, 19, 20)))], "improved", x => Given.Of(("pct", new Given.Map([.. x]))));
        yield return new("dm_deterioration", [.. new[] { 1, 2 }.SelectMany(v => new[] { ($"g{v}", Of(-10, 1.9m, 2)), ($"m{v}", Of(-100, 19, 20)), ($"e{v}", Of(-10, 1.9m, 2)), ($"a{v}", Of(-100, 29, 30)), ($"b{v}", Of(0, 30)), ($"c{v}", Of(0, 30)) })], "confirmed", Visits);
        foreach (var endpoint in new[] { "to_le_7_5", "cut_25pct_to_le_7_5", "cut_50pct", "increase_gt_7_5" })
        {
            yield return new("steroid_sparing", [("baseline", Of(0, 7.5m, 7.6m, 9, 10, 20)), ("now", Of(0, 5, 7, 7.5m, 7.6m, 10, 50)), ("flare", YesOrNo)], endpoint);
        }

        yield return new("mgfa_pis", [("symptoms", YesOrNo), ("exam_weakness", [.. new[] { "none", "eye_closure_only", "some" }.Select(w => Given.Of(w))]), ("months_stable", Of(0, 11, 12)), ("therapy", [.. new[] { "none", "immunosuppression", "cholinesterase_low", "cholinesterase_high", "both" }.Select(w => Given.Of(w))])], "status");
        yield return new("gbs_ds_access", [("grade", Of(0, 3, 4, 5)), ("progressing_to_ventilation", YesOrNo), ("megris", Of(0, 2, 3)), ("megos", Of(0, 3, 4))], "meets_england_rule");
        foreach (var (id, most, verdict) in new[] { ("mg_adl_change", 24, "responder"), ("mgc_change", 50, "responder"), ("qmg_change", 39, "responder"), ("clasi_response", 70, "improved"), ("clasi_response", 70, "project_improved"), ("cdasi_change", 100, "meets_4"), ("cdasi_change", 100, "meets_5"), ("pga", 3, "worsened") })
        {
            yield return new(id, [("baseline", Of(0, 1, 2, 3, most)), ("now", Of(0, 1, 2, most))], verdict);
        }

        yield return new("gbs_ds", [("baseline", Of(0, 1, 4, 6)), ("week4", Of(0, 3, 4, 6))], "improved");
        yield return new("tug3", [("baseline_s", [.. Of(1, 10, 100), Given.Of("unable")]), ("now_s", [.. Of(1, 8, 12, 13, 13.1m, 3600), Given.Of("unable")])], "deteriorated_gt30") { Ends = new Dictionary<string, Given[]> { ["baseline_s"] = Of(0.01m) } };
    }

    private static Rule Flare() => new(
        "sfi",
        [("sledai_prev", Of(0, 9, 12, 13)), ("sledai_now", Of(0, 3, 12, 13, 105)), ("pga_prev", Of(0, 1.5m, 2.6m)), ("pga_now", Of(0, 1, 2.5m, 2.6m, 3)), ("prednisone_mg_kg_prev", Of(0, 0.2m, 0.6m)), ("prednisone_mg_kg_now", Of(0, 0.2m, 0.4m, 0.5m, 0.6m)), ("new_immunosuppressant", YesOrNo), ("hospitalised", YesOrNo), ("new_nsaid_or_hcq", YesOrNo), ("sign", [Given.Of("none"), Given.Of("arthritis"), Given.Of("nephritis")])],
        "category",
        x => Given.Of([.. x.Where(p => p.Key != "sign").Select(p => (p.Key, p.Value)), ("new_manifestations", Given.Of(x["sign"] is Given.Text { Value: not "none" } t ? [t.Value] : Array.Empty<string>()))]))
    {
        Ends = new Dictionary<string, Given[]> { ["sledai_prev"] = Of(105), ["pga_prev"] = Of(3), ["prednisone_mg_kg_prev"] = Of(100), ["prednisone_mg_kg_now"] = Of(100) },
    };

    /// <summary>Signs as lists of what is present and what is unknown; the rest is absent.</summary>
    private static Given.Map Signs(IReadOnlyDictionary<string, Given> x)
    {
        var signs = Clinic.Knowledge.Instruments["sledai2k"].Items.Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        return Given.Of([
            ("present", Given.Of(x.Where(p => signs.Contains(p.Key) && p.Value is Given.Flag { Value: true }).Select(p => p.Key))),
            ("unknown", Given.Of(x.Where(p => signs.Contains(p.Key) && p.Value is Given.Null).Select(p => p.Key))),
            .. x.Where(p => !signs.Contains(p.Key)).Select(p => (p.Key, p.Value))]);
    }

    private static Given.Map Bilag(IReadOnlyDictionary<string, Given> x) => Given.Of([
        ("baseline_grades", Given.Of(("renal", x["renal0"]), ("mucocutaneous", x["skin0"]), ("musculoskeletal", x["joints0"]))),
        ("now_grades", Given.Of(("renal", x["renal1"]), ("mucocutaneous", x["skin1"]), ("musculoskeletal", x["joints1"]))),
        .. x.Skip(6).Select(p => (p.Key, p.Value))]);

    private static Given.Map Counts(IReadOnlyDictionary<string, Given> x) =>
        Given.Of([("counts", new Given.List([x["a"], x["b"]])), .. x.Where(p => p.Key is not ("a" or "b")).Select(p => (p.Key, p.Value))]);

    private static Given.Map Measures(IReadOnlyDictionary<string, Given> x) => Given.Of(
        ("improved", Given.Of(x.Where(p => p.Value is Given.Flag { Value: true }).Select(p => p.Key))),
        ("not_assessed", Given.Of(x.Where(p => p.Value is Given.Null).Select(p => p.Key))));

    private static Given.Map Visits(IReadOnlyDictionary<string, Given> x) => Given.Of(("visits", new Given.List([.. new[] { 1, 2 }.Select(v => Given.Of(
        ("md_global_worse_cm", x[$"g{v}"]),
        ("mmt8_worse_pct", x[$"m{v}"]),
        ("extramuscular_worse_cm", x[$"e{v}"]),
        ("csm_worse_pct", new Given.List([x[$"a{v}"], x[$"b{v}"], x[$"c{v}"], Given.Of(0m), Given.Of(0m)]))))])));

    private static Given[] Of(params decimal[] values) => [.. values.Select(v => Given.Of(v))];
}
