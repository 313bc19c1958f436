using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Costs;

/// <summary>docs/costs.md keeps its word: its examples are answered as shown.</summary>
public partial class CostsPageOfDocs
{
    private static readonly DateOnly Day = new(2026, 11, 24);
    private static readonly KnowledgeBase Knowledge = KnowledgeFolder.Load(null);

    [Fact]
    public void every_example_holds_in_its_answer_what_the_page_shows()
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "costs.md"))).Select(m => JsonNode.Parse(m.Groups[1].Value)!).ToList();

        Assert.Equal(6, blocks.Count);
        foreach (var pair in blocks.Chunk(2))
        {
            AssertHolds(pair[1], Answer(pair[0].ToJsonString()), "answer");
        }
    }

    [Theory]
    [InlineData("""{"weight_kg":70,"prices":{"per_gram":-1,"currency":"GBP","date":2019,"source":"x"},"arms":[{"name":"a","g_per_kg":1}]}""", "negative-price", "prices.per_gram")]
    [InlineData("""{"weight_kg":70,"prices":{"per_gram":1,"per_infusion":{"amount":2,"currency":"EUR","date":2019,"source":"x"},"currency":"GBP","date":2019,"source":"x"},"arms":[{"name":"a","g_per_kg":1}]}""", "mixed-currencies", "prices.per_infusion")]
    [InlineData("""{"weight_kg":70,"prices":{"per_gram":1,"currency":"GBP","date":2019,"source":"x"},"arms":[{"name":"a","g_per_kg":1,"patients":9,"responders":0}]}""", "zero-responders", "arms.a.responders")]
    [InlineData("""{"weight_kg":70,"prices":{"per_gram":1,"currency":"GBP","date":2099,"source":"x"},"arms":[{"name":"a","g_per_kg":1}]}""", "bad-date", "prices.per_gram")]
    [InlineData("""{"weight_kg":70,"prices":{"per_gram":1,"currency":"GBP","date":"yesterday","source":"x"},"arms":[{"name":"a","g_per_kg":1}]}""", "bad-date", "prices.per_gram")]
    [InlineData("""{"weight":70}""", "unknown-key", "weight")]
    [InlineData("""{"prices":{"per_gram":1,"currency":"GBP","date":2019,"source":"x"},"arms":[{"name":"a","g_per_kg":1}]}""", "missing", "weight_kg")]
    [InlineData("""{"increment":{"cost":{"amount":1,"currency":"GBP","date":2019,"source":"x"},"qaly":1},"psa":{"draws":10}}""", "missing", "psa.seed")]
    [InlineData("""{"increment":{"cost":{"amount":1,"currency":"GBP","date":2019,"source":"x"},"qaly":1},"psa":{"seed":1,"distributions":{"delta_cost":{"normal":[1]}}}}""", "bad-value", "psa.distributions.delta_cost")]
    [InlineData("""{}""", "missing", "arms")]
    public void a_wrong_line_is_refused_by_code_and_place(string line, string code, string where)
    {
        var error = Answer(line)["error"]!;

        Assert.Equal((code, where), (error["code"]!.GetValue<string>(), error["where"]!.GetValue<string>()));
    }

    [Fact]
    public void a_file_in_yaml_is_answered_as_its_line()
    {
        var yaml = YamlInput.Read("weight_kg: 70\nprices: {per_gram: 32.7, currency: GBP, date: 2019-01-01, source: our contract}\nproduct: privigen\narms:\n- {name: low, g_per_kg: 0.5}\npsa: {seed: 1, draws: 20}\n");
        var answer = CostsCommand.Answer(Knowledge, yaml, Day);

        Assert.Equal(1144.5m, answer["arms"]![0]!["cost_per_course"]!.GetValue<decimal>());
        Assert.Equal(answer.ToJsonString(), CostsCommand.Answer(Knowledge, yaml, Day).ToJsonString());
    }

    [Theory]
    [InlineData("a: [1")]
    [InlineData("- 1")]
    [InlineData("")]
    [InlineData("a: &x [*x]")]
    public void a_file_that_is_no_request_is_refused(string text) => Assert.Throws<BatchException>(() => YamlInput.Read(text));

    /// <summary>All that the page shows is in the answer; numbers to the hundredth.</summary>
    private static void AssertHolds(JsonNode? shown, JsonNode? answer, string where)
    {
        switch (shown)
        {
            case JsonObject o:
                foreach (var (key, value) in o)
                {
                    AssertHolds(value, answer![key], $"{where}.{key}");
                }

                break;
            case JsonArray list:
                Assert.Equal(list.Count, answer!.AsArray().Count);
                foreach (var (i, item) in list.Index())
                {
                    AssertHolds(item, answer[i], $"{where}[{i}]");
                }

                break;
            default:
                Assert.True(JsonNode.DeepEquals(shown, answer), $"{where}: {answer?.ToJsonString()} instead of {shown?.ToJsonString()}");
                break;
        }
    }

    private static JsonObject Answer(string line)
    {
        using var input = new StringReader(line);
        using var output = new StringWriter();
        Batch.Run(input, output, request => CostsCommand.Answer(Knowledge, request, Day));
        return (JsonObject)JsonNode.Parse(output.ToString())!;
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Approved.RootOf(here);

    [GeneratedRegex(@"```json\n(.*?)\n```")]
    private static partial Regex Block();
}
