using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Response;

/// <summary>Review rules: the arm exception, k of n measures, phase and goal, and forms that must not be mixed.</summary>
public class ReviewRules
{
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Theory]
    [InlineData("onls", 1, 4, 0, 4, false)]
    [InlineData("onls", 0, 4, 1, 3, true)]
    [InlineData("onls", 2, 4, 1, 4, true)]
    [InlineData("onls", 0, 7, 0, 6, true)]
    [InlineData("incat", 1, 4, 0, 4, false)]
    [InlineData("incat", 2, 2, 1, 3, false)]
    public void a_change_of_the_arm_between_0_and_1_alone_is_no_response(string instrument, int arm0, int leg0, int arm1, int leg1, bool response)
    {
        var r = Answer($$$"""{"instrument":"{{{instrument}}}","assessments":[{"at":"2026-01-01","items":{"arm":{{{arm0}}},"leg":{{{leg0}}}}},{"at":"2026-03-01","items":{"arm":{{{arm1}}},"leg":{{{leg1}}}}}]}""");

        Assert.Equal(response, (bool?)r["responder"]);
    }

    [Theory]
    [InlineData(5, 4, null)]
    [InlineData(5, 5, null)]
    [InlineData(5, 3, true)]
    [InlineData(9, 8, true)]
    [InlineData(5, 6, false)]
    [InlineData(0, 0, false)]
    public void totals_decide_only_where_every_pair_of_grades_agrees(int before, int now, bool? response)
    {
        var r = Series("onls", before, now);

        Assert.Equal(response, (bool?)r["responder"]);
        Assert.Equal(response is null, r["by_instrument"]!.ToJsonString().Contains("give the grades of arm and leg", StringComparison.Ordinal));
        Assert.Equal(response is null ? ["the grades of arm and leg of ONLS at both visits, instead of totals alone"] : [], r["missing"]!.AsArray().Select(m => (string)m!));
    }

    [Fact]
    public void a_better_arm_with_a_worse_leg_is_said()
    {
        var r = Answer("""{"instrument":"onls","assessments":[{"at":"2026-01-01","items":{"arm":4,"leg":2}},{"at":"2026-03-01","items":{"arm":2,"leg":3}}]}""");

        Assert.True((bool)r["responder"]!);
        Assert.Contains("grades_disagree", r["by_instrument"]![0]!["flags"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void the_authority_that_asks_for_a_point_of_onls_leaves_the_arm_exception_out_too()
    {
        var r = Answer("""{"condition":"cidp","authority":"australia","instrument":"onls","assessments":[{"at":"2026-01-01","items":{"arm":1,"leg":4}},{"at":"2026-03-01","items":{"arm":0,"leg":4}},{"instrument":"mrc_sum","at":"2026-01-01","value":40},{"instrument":"mrc_sum","at":"2026-03-01","value":40}]}""");

        Assert.False((bool)r["by_authority"]![0]!["met"]!);
    }

    [Fact]
    public void a_bundle_is_filled_from_every_measure_of_the_series()
    {
        var r = Cidp("""{"instrument":"mrc_sum_7","at":"2026-01-01","value":50},{"instrument":"mrc_sum_7","at":"2026-03-01","value":52},{"instrument":"walk_10m","at":"2026-01-01","value":20,"unit":"s"},{"instrument":"walk_10m","at":"2026-03-01","value":14.4,"unit":"s"},{"instrument":"berg","at":"2026-01-01","value":40},{"instrument":"berg","at":"2026-03-01","value":47}""", """["dynamometry"]""", "[]");
        var england = England(r);

        Assert.True((bool)england["met"]!);
        var lines = england["working"]!.AsArray().Select(l => (string)l!).ToList();
        Assert.Contains(lines, l => l.StartsWith("MRC sum score of seven pairs: 2026-01-01 50 to 2026-03-01 52: +2", StringComparison.Ordinal) && l.EndsWith("- improved", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("20 to 2026-03-01 14.4 s: -5.6 (-28 %)", StringComparison.Ordinal) && l.EndsWith("- improved", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("Berg balance scale:", StringComparison.Ordinal) && l.EndsWith("- not improved", StringComparison.Ordinal));
        Assert.Contains(lines, l => l == "Grip strength: improved, says the assessor - improved");
    }

    [Fact]
    public void a_measure_on_which_assessor_and_series_disagree_stays_open()
    {
        const string Grip = """{"instrument":"grip","unit":"kPa","at":"2026-01-01","value":40},{"instrument":"grip","unit":"kPa","at":"2026-03-01","value":44}""";
        var agreed = England(Cidp(Grip, """["onls","berg"]""", """["irods","mrc_7_pairs","incat_sensory_sum","timed_10m_walk","timed_up_and_go","other"]"""));
        var against = England(Cidp(Grip, """["onls","berg","grip"]""", """["irods","mrc_7_pairs","incat_sensory_sum","timed_10m_walk","timed_up_and_go","other"]"""));

        Assert.False((bool)agreed["met"]!);
        Assert.Null(against["met"]);
        Assert.Contains("assessor_and_series_disagree", against["flags"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void a_limit_that_was_printed_for_one_disease_is_not_lent_to_another()
    {
        var r = Answer("""{"condition":"mmn","phase":"induction","instrument":"grip","assessments":[{"instrument":"timed_10m_walk","unit":"s","at":"2026-01-01","value":20},{"instrument":"timed_10m_walk","unit":"s","at":"2026-03-01","value":10}]}""");

        Assert.Contains("printed for another disease, the assessor decides - open", England(r)["working"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void a_bundle_may_be_the_instrument_that_decides() =>
        Assert.True((bool)Answer("""{"instrument":"sps_bundle","improved":["stiffness","tug"]}""")["responder"]!);

    [Fact]
    public void a_rule_for_another_phase_is_left_out_by_name_and_without_a_phase_each_is_labelled()
    {
        const string Series = """ "instrument":"onls","assessments":[{"at":"2026-01-01","items":{"arm":3,"leg":4}},{"at":"2026-03-01","items":{"arm":2,"leg":4}}]}""";
        static List<string> Names(JsonObject r) => [.. r["by_authority"]!.AsArray().Select(v => (string)v!["name"]!)];
        var all = Answer("""{"condition":"cidp",""" + Series);
        var continued = Answer("""{"condition":"cidp","phase":"maintenance",""" + Series);

        Assert.Contains(Names(all), n => n.EndsWith(", for a first course", StringComparison.Ordinal));
        Assert.Contains(Names(all), n => n.EndsWith(", for continuation", StringComparison.Ordinal));
        Assert.Empty(all["left_out"]!.AsArray());
        Assert.DoesNotContain(Names(continued), n => n.Contains("short term", StringComparison.Ordinal) || n.Contains("for continuation", StringComparison.Ordinal));
        Assert.Equal("for a first course", (string)continued["left_out"]![0]!["when"]!);
    }

    [Fact]
    public void a_rule_for_another_goal_is_left_out()
    {
        static IEnumerable<string> By(string goal) => Answer($$"""{"condition":"lupus_haematological","goal":"{{goal}}","instrument":"itp_iwg","platelets":[{"at":"2026-01-01","count":10}]}""")["by_authority"]!.AsArray().Select(v => v!["working"]!.ToJsonString() + v["name"]);

        Assert.NotEqual(By("thrombocytopenia"), By("haemolytic_anaemia"));
        Assert.Equal("unknown_goal", Assert.Throws<BatchException>(() => By("thrombocytopaenia").ToList()).Code);
    }

    [Fact]
    public void one_side_and_both_sides_of_muscle_testing_are_not_compared()
    {
        var e = Assert.Throws<BatchException>(() => Answer("""{"instrument":"mmt8","assessments":[{"at":"2026-01-01","items":{"laterality":"unilateral","scores":[5,5,5,5,5,5,5,5]}},{"at":"2026-03-01","items":{"laterality":"bilateral","neck":5,"pairs":[[5,5],[5,5],[5,5],[5,5],[5,5],[5,5],[5,5]]}}]}"""));

        Assert.Equal("forms_mixed", e.Code);
    }

    [Theory]
    [InlineData("unilateral", 46, true)]
    [InlineData("unilateral", 45, false)]
    public void fifteen_percent_of_muscle_testing_counts_on_one_side_as_well(string laterality, int now, bool response)
    {
        static string Scores(int sum) => string.Join(',', Enumerable.Range(0, 8).Select(n => sum / 8 + (n < sum % 8 ? 1 : 0)));
        var r = Answer($$$"""{"instrument":"mmt8","assessments":[{"at":"2026-01-01","items":{"laterality":"{{{laterality}}}","scores":[{{{Scores(40)}}}]}},{"at":"2026-03-01","items":{"laterality":"{{{laterality}}}","scores":[{{{Scores(now)}}}]}}]}""");

        Assert.Equal(response, (bool)r["responder"]!);
    }

    [Fact]
    public void a_walk_that_could_not_be_finished_is_deterioration_and_no_number()
    {
        var r = Answer("""{"instrument":"tug3","assessments":[{"at":"2026-01-01","value":30,"unit":"s"},{"at":"2026-03-01","value":"unable","unit":"s"}]}""");

        Assert.Null(r["responder"]);
        Assert.Equal("unable", (string)r["end"]!["value"]!);
        Assert.Contains("deterioration", r["by_instrument"]![0]!["flags"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void a_rise_of_the_global_by_exactly_a_tenth_of_its_line_is_raised_as_worsening()
    {
        static string Flags(decimal now) => Answer($$"""{"instrument":"pga","assessments":[{"at":"2026-01-01","value":0.4},{"at":"2026-03-01","value":{{now.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}]}""")["by_instrument"]![0]!["flags"]!.ToJsonString();

        Assert.Contains("worsening", Flags(0.7m), StringComparison.Ordinal);
        Assert.DoesNotContain("worsening", Flags(0.69m), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, true, null)]
    [InlineData(12, false, "limited")]
    public void bounds_of_the_skin_score_give_the_verdict_that_both_share(int extentAndMore, bool response, string? band)
    {
        var r = Answer($$$"""{"instrument":"skin4","assessments":[{"at":"2026-01-01","value":14},{"at":"2026-03-01","items":{"erythema":{{{(extentAndMore == 5 ? 0 : 3)}}},"induration":{{{(extentAndMore == 5 ? 1 : 3)}}},"scaling":null,"extent":{{{(extentAndMore == 5 ? 2 : 6)}}}}}]}""");

        Assert.Equal(response, (bool)r["responder"]!);
        Assert.Equal(band, (string?)r["band"]);
    }

    [Fact]
    public void an_improvement_score_of_myositis_whose_least_is_20_is_a_response()
    {
        var r = Answer("""{"instrument":"tis2016","composites":{"tis2016":{"md_global_pct":20,"mmt_pct":12}}}""");

        Assert.True((bool)r["responder"]!);
    }

    [Theory]
    [InlineData("""{"at":"2026-02-07","value":3},{"at":"2026-06-01","value":1}""", "2026-02-07", true, true)]
    [InlineData("""{"at":"2026-02-07","value":4},{"at":"2026-06-01","value":1}""", "2026-02-07", false, true)]
    [InlineData("""{"at":"2026-02-05","value":4},{"at":"2026-02-09","value":3}""", "2026-02-09", true, true)]
    [InlineData("""{"at":"2026-02-14","value":3}""", "2026-02-14", true, true)]
    [InlineData("""{"at":"2026-02-15","value":3}""", "2026-02-15", true, false)]
    public void the_limit_of_four_weeks_takes_the_visit_nearest_to_four_weeks_and_one_far_away_decides_nothing(string visits, string taken, bool response, bool decides)
    {
        var r = Answer($$"""{"instrument":"gbs_ds","infusions":["2026-01-10","2026-01-11"],"assessments":[{"at":"2026-01-09","value":4},{{visits}}]}""");

        Assert.Equal((taken, response, decides), ((string)r["end"]!["at"]!, (bool)r["responder"]!, (bool)r["may_decide_review"]!));
        Assert.Contains("nearest to day 28 after the first infusion", (string)r["pairing"]!, StringComparison.Ordinal);
        Assert.Equal(!decides, r["warnings"]!.AsArray().Any(w => (string)w!["code"]! == "visit_off_rule"));
    }

    [Theory]
    [InlineData("quantitative_strength")]
    [InlineData("timed_up_and_go")]
    [InlineData("adl")]
    [InlineData("incat_sensory_sum")]
    [InlineData("brit")]
    [InlineData("spasms_per_day")]
    public void a_measure_without_a_limit_in_the_sources_is_never_judged_by_a_guess(string measure)
    {
        var r = Answer($$"""{"instrument":"{{measure}}","assessments":[{"at":"2026-01-10","value":40},{"at":"2026-06-01","value":4}]}""");

        Assert.Null(r["responder"]);
        Assert.Contains("the sources state no limit of improvement for it: the assessor must say whether it improved", r["by_instrument"]![0]!["working"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("what the assessor says of ", (string)r["missing"]![0]!, StringComparison.Ordinal);
    }

    [Fact]
    public void a_platelet_response_that_is_lost_at_the_last_count_is_warned_of()
    {
        var r = Answer("""{"instrument":"itp_iwg","infusions":["2026-03-01"],"bleeding":false,"platelets":[{"at":"2026-02-28","count":12},{"at":"2026-03-05","count":120},{"at":"2026-03-13","count":45},{"at":"2026-03-21","count":20}]}""");

        Assert.Equal("R", (string)r["band"]!);
        Assert.Contains(r["warnings"]!.AsArray(), w => (string)w!["code"]! == "response_lost");
    }

    [Fact]
    public void both_proportions_carry_the_interval_of_wilson()
    {
        var c = Answer("""{"instrument":"mg_adl","cohort":[{"assessments":[{"at":"2026-01-01","value":9},{"at":"2026-03-01","value":9}]},{"assessments":[{"at":"2026-01-01","value":9},{"at":"2026-03-01","value":9}]},{"assessments":[{"at":"2026-01-01","value":9}]}]}""");

        Assert.Equal("[0,56.1]", c["intention_to_treat"]!["ci_pct"]!.ToJsonString());
        Assert.Equal("[0,65.8]", c["assessable"]!["ci_pct"]!.ToJsonString());
    }

    [Theory]
    [InlineData("not_in_bundle", """{"instrument":"cidp_bundle","improved":["onsl"]}""")]
    [InlineData("contradiction", """{"instrument":"cidp_bundle","improved":["onls"],"not_improved":["onls"]}""")]
    [InlineData("bad_value", """{"instrument":"onls","phase":"review"}""")]
    public void what_does_not_fit_is_refused(string code, string request) =>
        Assert.Equal(code, Assert.Throws<BatchException>(() => Answer(request)).Code);

    private static JsonObject England(JsonObject r) => r["by_authority"]!.AsArray().First(v => ((string)v!["by"]!).StartsWith("nhs_england", StringComparison.Ordinal))!.AsObject();

    private static JsonObject Cidp(string assessments, string improved, string notImproved) =>
        Answer($$"""{"condition":"cidp","phase":"induction","instrument":"onls","improved":{{improved}},"not_improved":{{notImproved}},"assessments":[{{assessments}}]}""");

    private static JsonObject Series(string instrument, int before, int now) =>
        Answer($$"""{"instrument":"{{instrument}}","assessments":[{"at":"2026-01-01","value":{{before}}},{"at":"2026-03-01","value":{{now}}}]}""");

    private static JsonObject Answer(string json) => ResponseCommand.Answer(Knowledge.Value, JsonNode.Parse(json)!.AsObject(), new(2026, 11, 24));

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);
}
