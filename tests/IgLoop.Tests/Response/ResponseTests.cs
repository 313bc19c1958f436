using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Features.Response;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Response;

/// <summary>Did it work: examples of docs/response.md, both denominators, limits hit exactly, and what is refused.</summary>
public partial class ResponseTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Fact]
    public void the_cutaneous_trial_is_7_of_12_and_7_of_10()
    {
        var c = Answer(Example("cutaneous-trial.yaml"));

        Assert.Equal((7, 12), ((int)c["intention_to_treat"]!["responders"]!, (int)c["intention_to_treat"]!["of"]!));
        Assert.Equal((7, 10), ((int)c["assessable"]!["responders"]!, (int)c["assessable"]!["of"]!));
        Assert.Equal("5 2 3", $"{c["bands"]!["complete_or_near_complete"]} {c["bands"]!["partial_helpful"]} {c["bands"]!["limited"]}");
        Assert.Equal("1 1", $"{c["not_assessable"]!["pregnancy"]} {c["not_assessable"]!["adverse_event"]}");
    }

    [Fact]
    public void each_authority_judges_by_its_own_rule_and_an_unverified_one_decides_nothing()
    {
        var r = Answer(Example("myasthenia.yaml"));

        Assert.True((bool)r["responder"]!);
        var australia = r["by_authority"]!.AsArray().Single(v => (string)v!["by"]! == "australia")!;
        Assert.True((bool)australia["met"]!);
        Assert.False((bool)australia["may_decide_review"]!);
        Assert.Contains(r["warnings"]!.AsArray(), w => (string)w!["code"]! == "unverified");
    }

    [Fact]
    public void steroid_sparing_is_a_mean_of_28_days_with_pulses_apart()
    {
        var r = Answer(Example("steroid.yaml"));

        Assert.True((bool)r["responder"]!);
        Assert.Contains("2026-06-01 20, before 2026-11-24 5 mg", (string)r["by_composite"]![0]!["working"]![0]!, StringComparison.Ordinal);
        Assert.Contains("pulses, kept apart: 2026-05-20 1250 mg", r["by_composite"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void exactly_on_the_limit_counts_and_a_baseline_of_zero_is_open()
    {
        Assert.True((bool)Answer("""{"instrument":"clasi","assessments":[{"at":"2026-01-01","value":15},{"at":"2026-03-01","value":12}]}""")["responder"]!);
        var zero = Answer("""{"instrument":"clasi","assessments":[{"at":"2026-01-01","value":0},{"at":"2026-03-01","value":0}]}""");
        Assert.Null(zero["responder"]);
        Assert.Contains(zero["warnings"]!.AsArray(), w => (string)w!["code"]! == "baseline_zero");
    }

    [Fact]
    public void sri4_takes_sledai_from_the_series_and_0_4_to_0_7_is_a_rise_of_0_3()
    {
        var r = Answer("""{"instrument":"sri4","rescue":false,"infusions":["2026-01-02"],"composites":{"sri4":{"sledai_baseline":10,"sledai_now":4,"new_bilag_a":0,"new_bilag_b":0,"pga_baseline":0.4,"pga_now":0.7,"rescue":false}}}""");

        Assert.False((bool)r["responder"]!);
        var filled = Answer("""{"instrument":"sledai2k","rescue":false,"infusions":["2026-01-02"],"assessments":[{"at":"2026-01-01","value":10},{"at":"2026-05-01","value":4}],"composites":{"sri4":{"new_bilag_a":0,"new_bilag_b":0,"pga_baseline":1,"pga_now":1}}}""");
        Assert.True((bool)filled["by_composite"]![0]!["met"]!);
    }

    [Fact]
    public void sledai_within_six_weeks_of_an_infusion_is_warned_of()
    {
        static bool Warned(string day) => Answer($$"""{"instrument":"sledai2k","infusions":["2026-01-01"],"assessments":[{"at":"2025-12-30","value":10},{"at":"{{day}}","value":4}]}""")["warnings"]!.AsArray().Any(w => (string)w!["code"]! == "passive_antibody");

        Assert.True(Warned("2026-02-12"));
        Assert.False(Warned("2026-02-13"));
    }

    [Fact]
    public void platelets_must_double_and_the_peak_is_shown()
    {
        var r = Answer("""{"instrument":"itp_iwg","bleeding":false,"infusions":["2026-01-01"],"platelets":[{"at":"2026-01-01","count":12},{"at":"2026-01-04","count":90},{"at":"2026-01-12","count":45},{"at":"2026-02-01","count":14}]}""");

        Assert.True((bool)r["responder"]!);
        Assert.Equal("R", (string)r["band"]!);
        Assert.Contains("peak 90 on day 3", r["by_composite"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("lost", r["by_composite"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void an_unknown_answer_leaves_the_verdict_open_unless_both_bounds_agree()
    {
        static JsonNode? Verdict(string now) => Answer($$"""{"instrument":"mg_adl","assessments":[{"at":"2026-01-01","value":9},{"at":"2026-03-01","items":{"items":{{now}} } }]}""")["responder"];

        Assert.True((bool)Verdict("[0,0,0,0,0,0,0,null]")!);
        Assert.Null(Verdict("[1,1,1,1,1,1,0,null]"));
    }

    [Theory]
    [InlineData("after_today", """{"instrument":"clasi","assessments":[{"at":"2027-01-01","value":15}]}""")]
    [InlineData("duplicate_time", """{"instrument":"clasi","assessments":[{"at":"2026-01-01","value":15},{"at":"2026-01-01","value":12}]}""")]
    [InlineData("out_of_range", """{"instrument":"clasi","assessments":[{"at":"2026-01-01","value":71}]}""")]
    [InlineData("unknown_instrument", """{"instrument":"clasy","assessments":[]}""")]
    [InlineData("unit_mismatch", """{"instrument":"grip","assessments":[{"at":"2026-01-01","value":40,"unit":"kPa"},{"at":"2026-02-01","value":20,"unit":"kg"}]}""")]
    [InlineData("unknown_drug", """{"instrument":"steroid_sparing","steroids":[{"from":"2026-01-01","drug":"budesonide","mg":9}]}""")]
    public void what_cannot_be_judged_is_refused(string code, string request)
    {
        var e = Assert.Throws<BatchException>(() => Answer(request));

        Assert.Equal(code, e.Code);
    }

    [Theory]
    [InlineData("myasthenia.yaml")]
    [InlineData("cutaneous-trial.yaml")]
    [InlineData("steroid.yaml")]
    public void text_of_the_example_is_as_approved(string name)
    {
        var given = Map(Example(name));
        var text = given.Find("cohort") is Given.List list
            ? ReviewText.Of(IgLoop.Core.Reviewing.Reviews.Cohort(Knowledge.Value, [.. list.Items.Select(x => ReviewReading.Read(Knowledge.Value, new([.. ((Given.Map)x).Pairs, .. given.Pairs.Where(p => p.Key != "cohort")]), Today))]))
            : ReviewText.Of(Knowledge.Value, IgLoop.Core.Reviewing.Reviews.Of(Knowledge.Value, ReviewReading.Read(Knowledge.Value, given, Today)));

        Approved.Text($"response-{Path.GetFileNameWithoutExtension(name)}.txt", text);
    }

    private static JsonObject Answer(string json) => json.TrimStart().StartsWith('{')
        ? ResponseCommand.Answer(Knowledge.Value, JsonNode.Parse(json)!.AsObject(), Today)
        : ResponseCommand.Answer(Knowledge.Value, (JsonObject)IgLoop.Features.Scores.ScoreJson.Node(Map(json))!, Today);

    private static Given.Map Map(string yaml)
    {
        var top = Block.Open(new("example.yaml", yaml), [])!;
        return new([.. top.Keys.Select(k => KeyValuePair.Create(k, top.Value(k)!))]);
    }

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);

    /// <summary>An example of docs/response.md, by the name above it.</summary>
    private static string Example(string name) => Examples().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "response.md"))).Single(m => m.Groups["name"].Value == name).Groups["body"].Value;

    [GeneratedRegex("<!-- example: (?<name>\\S+) -->\n```yaml\n(?<body>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Examples();
}
