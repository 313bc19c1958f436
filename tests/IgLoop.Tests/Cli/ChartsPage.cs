using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Cli;

/// <summary>docs/charts.md keeps its word: every example on it is run.</summary>
public partial class ChartsPage
{
    private static readonly DateOnly Day = new(2026, 11, 22);
    private static readonly Decider Decider = DecideCommand.Decider(null, null);
    private static readonly string Page = File.ReadAllText(Path.Combine(Root(), "docs/charts.md"));

    public static TheoryData<string, string> Values => [.. Value().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    public static TheoryData<string, string> Refusals => [.. Refusal().Matches(Page).Select(m => (m.Groups[1].Value, m.Groups[2].Value))];

    [Theory]
    [MemberData(nameof(Values))]
    public void a_line_is_understood_as_written_beside_it(string line, string shown)
    {
        var input = ChartReading.FromYaml(line, Decider.Knowledge.Facts, "chart", Day);

        Assert.Empty(input.Problems);
        var entry = Assert.Single(input.Chart!.Entries);
        Assert.Equal(shown, entry.Value.Show(entry.Fact));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public void what_the_page_calls_refused_is_refused_in_those_words(string line, string says)
    {
        var input = ChartReading.FromYaml(line, Decider.Knowledge.Facts, "chart", Day);

        Assert.Null(input.Chart);
        Assert.Contains(says, Assert.Single(input.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void the_chart_on_the_page_gives_a_decision_of_its_latest_values()
    {
        var input = ChartReading.FromYaml(Chart().Match(Page).Groups[1].Value, Decider.Knowledge.Facts, "chart", Day);
        Assert.Empty(input.Problems);
        var decision = Decider.Decide(input.Chart!, DecideCommand.Request(input.Request.ToDictionary(k => k.Key, k => (string?)k.Value, StringComparer.Ordinal), Day));

        Assert.Equal(14, decision.Chart.Facts["platelets"]!.Number);
        Assert.Equal(34, decision.Chart.Facts["age"]!.Number);
        Assert.Equal(2, decision.Dose!.GPerKg);
    }

    [Fact]
    public void the_ages_that_the_page_tells_are_those_of_the_facts()
    {
        Assert.Equal(14, Days("platelets"));
        Assert.Equal(90, Days("weight"));
        Assert.Equal(90, Days("creatinine"));
        Assert.Null(Days("iga"));
        Assert.Null(Days("abo"));

        static double? Days(string fact) => Decider.Knowledge.Facts.All.Single(f => f.Id == fact).ValidFor?.TotalDays;
    }

    [Fact]
    public void the_page_has_examples_of_both_kinds()
    {
        Assert.True(Values.Count >= 18, $"{Values.Count} values");
        Assert.True(Refusals.Count >= 12, $"{Refusals.Count} refusals");
    }

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Approved.RootOf(here);

    [GeneratedRegex("`([^`]+)` → `([^`]+)`")]
    private static partial Regex Value();

    [GeneratedRegex(@"\| `([^`]+)` \| refused: `([^`]+)`")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"```yaml\n([\s\S]*?)\n```")]
    private static partial Regex Chart();
}
