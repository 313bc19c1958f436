using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Response;

/// <summary>Where the sources state no limit that fits, the next step asks for the assessor's word: given, it decides. Elsewhere it changes nothing.</summary>
public class AssessorsWord
{
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Theory]
    [InlineData("pga", "1", "0.5", "improved", true)]
    [InlineData("pga", "1", "0.5", "not_improved", false)]
    [InlineData("sps_dsi", "6", "4", "improved", true)]
    [InlineData("clasi", "0", "3", "not_improved", false)]
    public void it_settles_what_no_limit_settles(string instrument, string before, string after, string word, bool responder)
    {
        var open = Course(instrument, before, after, "");
        Assert.Null(open["responder"]);
        Assert.Contains($"({instrument}), under improved or not improved", (string)open["missing"]![0]!, StringComparison.Ordinal);

        var said = Course(instrument, before, after, $$""","{{word}}":["{{instrument}}"]""");
        Assert.Equal(responder, (bool)said["responder"]!);
        Assert.Empty(said["missing"]!.AsArray());
        Assert.EndsWith("says the assessor: decides", (string)said["by_instrument"]![0]!["working"]!.AsArray()[^1]!, StringComparison.Ordinal);
    }

    [Fact]
    public void it_does_not_overrule_a_limit()
    {
        var r = Course("mg_adl", "9", "8", ""","improved":["mg_adl"]""");

        Assert.False((bool)r["responder"]!);
    }

    [Fact]
    public void what_was_not_measured_here_is_no_subject_of_it() =>
        Assert.Equal("not_in_bundle", Assert.Throws<BatchException>(() => Course("mg_adl", "9", "8", ""","improved":["pga"]""")).Code);

    /// <summary>The reason named the first condition, though it was met and another failed.</summary>
    [Theory]
    [InlineData("0.4", "pga: 0.7 - 0.4 = 0.3, below 0.3 asked for - not met")]
    [InlineData("null", "pga: 0.7 - ? = ?, below 0.3 asked for - unknown")]
    public void the_reason_of_a_rule_with_several_conditions_is_the_one_that_made_the_verdict(string before, string why)
    {
        var r = Answer($$"""{"instrument":"sri4","composites":{"sri4":{"pga_baseline":{{before}},"pga_now":0.7,"sledai_baseline":8,"sledai_now":4,"new_bilag_a":0,"new_bilag_b":0,"rescue":false} } }""");

        Assert.Equal(why, (string)r["why"]!);
    }

    [Fact]
    public void a_list_of_measures_of_which_nothing_is_known_is_not_a_list_that_failed() => Assert.Equal(
        "missing",
        Assert.Throws<BatchException>(() => ScoreCommand.Answer(Knowledge.Value, JsonNode.Parse("""{"instrument":"cidp_bundle","inputs":{}}""")!.AsObject(), new(2026, 11, 24))).Code);

    private static JsonObject Course(string instrument, string before, string after, string more) => Answer(
        $$"""{"instrument":"{{instrument}}","assessments":[{"at":"2026-01-01","value":{{before}}},{"at":"2026-06-01","value":{{after}}}],"infusions":["2026-02-01"]{{more}}}""");

    private static JsonObject Answer(string json) => ResponseCommand.Answer(Knowledge.Value, JsonNode.Parse(json)!.AsObject(), new(2026, 11, 24));

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);
}
