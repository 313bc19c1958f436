using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Decide;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Cli;

/// <summary>docs/cql.md keeps its word: every example on it is run.</summary>
public partial class CqlPage
{
    private static readonly DateOnly Day = new(2026, 11, 24);
    private static readonly KnowledgeBase Knowledge = KnowledgeFolder.Load(null);
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs/cql.md"));

    public static TheoryData<string, string> Values => [.. Value().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    public static TheoryData<string, string> Refusals => [.. Refusal().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [Theory]
    [MemberData(nameof(Values))]
    public void an_example_has_the_value_that_is_written_beside_it(string expression, string literal) =>
        Assert.Equal(literal, Answer(new JsonObject { ["expression"] = expression })["text"]!.GetValue<string>());

    [Theory]
    [MemberData(nameof(Refusals))]
    public void what_the_page_calls_refused_is_refused_by_that_name(string expression, string construct)
    {
        var error = Answer(new JsonObject { ["expression"] = expression })["error"]!;
        Assert.Equal(("unsupported", construct), (error["code"]!.GetValue<string>(), error["construct"]!.GetValue<string>()));
    }

    [Fact]
    public void the_worked_examples_are_answered_as_shown()
    {
        var blocks = Block().Matches(Page).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(6, blocks.Count);
        foreach (var pair in blocks.Chunk(2))
        {
            var answer = Answer((JsonObject)JsonNode.Parse(pair[0])!);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair[1]), answer), answer.ToJsonString(Batch.Json));
        }
    }

    [Fact]
    public void the_page_has_an_example_of_nearly_everything_in_its_table()
    {
        Assert.True(Values.Count >= 50, $"{Values.Count} examples");
        Assert.True(Refusals.Count >= 12, $"{Refusals.Count} refusals");
    }

    private static JsonObject Answer(JsonObject request)
    {
        using var input = new StringReader(request.ToJsonString());
        using var output = new StringWriter();
        Batch.Run(input, output, line => CqlCommand.Answer(Knowledge, line, Day));
        return (JsonObject)JsonNode.Parse(output.ToString())!;
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Approved.RootOf(here);

    [GeneratedRegex("`([^`]+)` → `([^`]+)`")]
    private static partial Regex Value();

    [GeneratedRegex("`([^`]+)` refused as `([^`]+)`")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"```json\n(.*?)\n```")]
    private static partial Regex Block();
}
