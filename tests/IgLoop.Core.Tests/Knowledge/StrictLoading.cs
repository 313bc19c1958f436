using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Tests.Knowledge;

/// <summary>What the loader refuses, with file, line and key.</summary>
public class StrictLoading
{
    private const string Facts = """
        facts:
          - {id: platelets, name: Platelets, type: quantity, unit: 10*9/L, group: Blood}
          - {id: bleeding, name: Bleeding, type: boolean, group: Blood}
        """;

    private const string Sources = """
        sources:
          guideline: {title: A guideline, status: read}
        """;

    private const string Rule = """
        id: R01
        name: Low platelets
        severity: WARN
        trigger: platelets below 30
        action: look for bleeding
        when: bleeding
        source: guideline
        status: read
        """;

    [Fact]
    public void a_good_folder_loads()
    {
        Assert.True(Load(Rule, out var knowledge, out _));
        Assert.Equal("R01", Assert.Single(knowledge!.Rules).Id);
    }

    [Theory]
    [InlineData("action: look for bleeding", "acton: look for bleeding", 5, "acton", "did you mean 'action'?")]
    [InlineData("severity: WARN", "severity: LOUD", 3, "severity", "must be one of")]
    [InlineData("source: guideline", "source: gudeline", 7, "source", "did you mean 'guideline'?")]
    [InlineData("source: guideline", "note: x", 1, "source", "is missing")]
    [InlineData("status: read", "status: sure", 8, "status", "must be one of read, digest, project, unverified")]
    [InlineData("when: bleeding", "note: x", 1, "when", "is missing")]
    [InlineData("id: R01", "id: R02", 1, "id", "the file is named 'R01'")]
    public void a_mistake_in_a_rule_is_told_with_line_and_key(string good, string bad, int line, string key, string says)
    {
        Assert.False(Load(Rule.Replace(good, bad, StringComparison.Ordinal), out _, out var problems));

        Assert.Contains(problems, p => p.Place == new Place("safety/R01.yaml", line) && p.Key == key && p.Message.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.07 g/L", true)]
    [InlineData("'4'", true)]
    [InlineData("0.07", false)]
    public void a_number_of_a_rule_needs_its_unit_or_quotes_that_say_it_has_none(string value, bool good)
    {
        var loads = Load(Rule + $"\nnumbers:\n  limit: {{value: {value}, source: guideline, status: read}}", out _, out var problems);

        Assert.Equal(good, loads);
        Assert.All(problems, p => Assert.Contains("needs its unit", p.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("platelets < 30 '10*9/L'", "30 10*9/L", true)]
    [InlineData("platelets < 30 '10*9/L'", "30 10*3/uL", true)]
    [InlineData("platelets < 30 '10*9/L'", "20..30 10*9/L", true)]
    [InlineData("platelets < 30 '10*9/L'", "50 10*9/L", false)]
    [InlineData("platelets < 30 '10*9/L'", "30 g/L", false)]
    [InlineData("platelets < 30 '10*9/L'", "'30'", false)]
    [InlineData("platelets > 1.2 * platelets", "120 %", true)]
    [InlineData("AtLeast(2, {bleeding, bleeding})", "'2'", true)]
    [InlineData("AtLeast(2, {bleeding, bleeding})", "'3'", false)]
    public void a_number_in_the_criterion_must_stand_under_numbers(string when, string value, bool good)
    {
        var rule = Rule.Replace("when: bleeding", $"when: \"{when}\"", StringComparison.Ordinal);

        var loads = Load(rule + $"\nnumbers:\n  limit: {{value: {value}, source: guideline, status: read}}", out _, out var problems);

        Assert.Equal(good, loads);
        Assert.All(problems, p => Assert.Contains("which `when` uses", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void a_file_in_a_folder_that_nothing_reads_is_no_knowledge()
    {
        Assert.False(KnowledgeBase.TryLoad([new("facts/all.yaml", Facts), new("sources/all.yaml", Sources), new("safty/R01.yaml", Rule)], out _, out var problems));

        Assert.Contains("did you mean safety/?", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void a_study_that_does_not_exist_is_a_dangling_reference()
    {
        Assert.False(Load(Rule + "\nstudy: nowhere-2020", out _, out var problems));

        Assert.Contains("no evidence/nowhere-2020.yaml", Assert.Single(problems).Message);
    }

    [Fact]
    public void a_number_of_a_rule_without_source_is_refused()
    {
        Assert.False(Load(Rule + "\nnumbers:\n  limit: {value: 30 10*9/L, status: read}", out _, out var problems));

        Assert.Equal("numbers.limit.source", Assert.Single(problems).Key);
    }

    [Fact]
    public void two_facts_may_not_share_a_name()
    {
        Assert.False(Load(Rule, out _, out var problems, Facts + "\n  - {id: bleeding, name: Again, type: boolean, group: Blood}"));

        Assert.Contains("declares already", Assert.Single(problems).Message);
    }

    [Fact]
    public void a_quantity_without_unit_is_refused()
    {
        Assert.False(Load(Rule, out _, out var problems, Facts.Replace(" unit: 10*9/L,", "", StringComparison.Ordinal)));

        Assert.Equal("facts[0].unit", Assert.Single(problems).Key);
    }

    [Fact]
    public void a_file_that_is_not_yaml_is_told_with_its_line()
    {
        Assert.False(Load("id: R01\nname: [", out _, out var problems));

        Assert.Equal("safety/R01.yaml", problems[0].Place.File);
    }

    [Fact]
    public void the_hash_is_of_the_content_and_not_of_the_order_of_files()
    {
        KnowledgeFile a = new("a.yaml", "1"), b = new("b.yaml", "2");

        Assert.Equal(KnowledgeBase.HashOf([a, b]), KnowledgeBase.HashOf([b, a]));
        Assert.NotEqual(KnowledgeBase.HashOf([a, b]), KnowledgeBase.HashOf([a, b with { Text = "3" }]));
        Assert.Equal(KnowledgeBase.HashOf([a with { Text = "1\r\n" }]), KnowledgeBase.HashOf([a with { Text = "1\n" }]));
    }

    private static bool Load(string rule, out KnowledgeBase? knowledge, out IReadOnlyList<KnowledgeProblem> problems, string facts = Facts) =>
        KnowledgeBase.TryLoad([new("facts/some.yaml", facts), new("sources/some.yaml", Sources), new("safety/R01.yaml", rule)], out knowledge, out problems);
}
