using IgLoop.Core.Knowledge;
using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

public class BiasAndKnowledge
{
    [Theory]
    [InlineData(BiasTool.Rob2, BiasLevel.Low, "Low", "Low Low Low Low Low")]
    [InlineData(BiasTool.Rob2, BiasLevel.SomeConcerns, "one", "Low SomeConcerns Low Low Low")]
    [InlineData(BiasTool.Rob2, BiasLevel.High, "high", "Low SomeConcerns High Low Low")]
    [InlineData(BiasTool.Rob2Crossover, BiasLevel.High, "carry-over", "Low High Low Low Low Low")]
    [InlineData(BiasTool.RobinsI, BiasLevel.Low, "low", "Low Low Low Low Low Low Low")]
    [InlineData(BiasTool.RobinsI, BiasLevel.Moderate, "moderate", "Low Moderate Low Low Low Low Low")]
    [InlineData(BiasTool.RobinsI, BiasLevel.Serious, "serious", "Moderate Serious NoInformation Low Low Low Low")]
    [InlineData(BiasTool.RobinsI, BiasLevel.Critical, "critical", "Serious Critical Low Low Low Low Low")]
    [InlineData(BiasTool.RobinsI, BiasLevel.NoInformation, "unknown", "Low Moderate NoInformation Low Low Low Low")]
    public void the_overall_judgement_follows_the_rule_of_the_tool(BiasTool tool, BiasLevel overall, string why, string levels)
    {
        var bias = Bias(tool, levels);
        Assert.True(bias.Problem() is null, why);
        Assert.Equal(overall, bias.Overall);
    }

    [Fact]
    public void some_concerns_in_several_domains_are_high_only_when_a_person_says_so_with_a_reason()
    {
        var bias = Bias(BiasTool.Rob2, "SomeConcerns SomeConcerns Low Low Low");
        Assert.Equal(BiasLevel.SomeConcerns, bias.Overall);
        Assert.Contains("reason", (bias with { RaisedToHigh = true }).Problem(), StringComparison.Ordinal);
        Assert.Equal(BiasLevel.High, (bias with { RaisedToHigh = true, RaisedReason = "they add up" }).Overall);
        Assert.Contains("two domains", (Bias(BiasTool.Rob2, "SomeConcerns Low Low Low Low") with { RaisedToHigh = true, RaisedReason = "x" }).Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void a_missing_domain_a_foreign_word_and_a_missing_reason_are_named()
    {
        var bias = Bias(BiasTool.Rob2, "Low Low Low Low Low");
        Assert.Contains("D5 (Selection of the reported result)", (bias with { Domains = [.. bias.Domains.Take(4)] }).Problem(), StringComparison.Ordinal);
        Assert.Equal("Domains D2 (Deviations from the intended interventions), D4 (Measurement of the outcome) of RoB 2 need one judgement each.", (bias with { Domains = [bias.Domains[0], bias.Domains[2], bias.Domains[4]] }).Problem());
        Assert.Equal("Domains D1 (Randomisation process), D3 (Missing outcome data) need a reason each.", (bias with { Domains = [.. bias.Domains.Select(d => d.Domain is "D1" or "D3" ? d with { Reason = " " } : d)] }).Problem());
        Assert.Contains("does not know 'serious'", (bias with { Domains = [bias.Domains[0] with { Level = BiasLevel.Serious }, .. bias.Domains.Skip(1)] }).Problem(), StringComparison.Ordinal);
        Assert.Contains("needs a reason", (bias with { Domains = [bias.Domains[0] with { Reason = "" }, .. bias.Domains.Skip(1)] }).Problem(), StringComparison.Ordinal);
    }

    [Fact]
    public void an_exported_study_loads_with_the_knowledge_and_shows_what_changed()
    {
        var files = ShippedKnowledge.Files();
        Assert.True(KnowledgeBase.TryLoad(files, out var now, out _));
        var x = Some.Extraction() with { Citation = "O'Neil: a 'quoted' title, {braces} & # marks", Pmid = "1", Notes = "colon: and - dash" };

        var change = EvidenceChange.Of(files, now, "new-trial-2026", x, [Bias(BiasTool.Rob2, "Low SomeConcerns Low Low Low")], ["Second report."], out var problems);

        Assert.Empty(problems);
        Assert.NotNull(change);
        Assert.Equal(change.Before.Studies.Count + 1, change.After.Studies.Count);
        Assert.Equal(change.Before.Patients + 117, change.After.Patients);
        Assert.False(change.Replaces);
        Assert.NotEqual(now.Hash, change.Knowledge.Hash);
        var study = change.Knowledge.Studies["new-trial-2026"];
        Assert.Equal(x.Citation, study.Citation);
        Assert.Equal("CIDP", study.Condition);
        Assert.Equal((59, 1m), (study.Arms[0].N!.Value, study.Arms[0].CourseGPerKg!.Value));
        Assert.Contains("arms IGIV-C events: 32", study.Outcomes[0].Lines);
        Assert.Contains("RoB 2: some concerns; D2 some concerns", study.Notes, StringComparison.Ordinal);
        Assert.Contains("Second report", study.Notes, StringComparison.Ordinal);
        Assert.Equal(["evidence/new-trial-2026.yaml", "conditions/cidp.yaml"], change.Files.Select(f => f.Path));
        var (old, changed) = (files.Single(f => f.Path == "conditions/cidp.yaml").Text, change.Files[1].Text);
        Assert.Equal(old, changed.Replace(", new-trial-2026", "", StringComparison.Ordinal));
    }

    [Fact]
    public void every_condition_takes_a_new_study()
    {
        var files = ShippedKnowledge.Files();
        Assert.True(KnowledgeBase.TryLoad(files, out var now, out _));
        foreach (var condition in now.Conditions.Keys.Where(c => c is "itp" or "lupus_nephritis" or "stiff_person"))
        {
            var change = EvidenceChange.Of(files, now, "new-trial-2026", Some.Extraction() with { Condition = condition }, [], [], out var problems);
            Assert.True(change is not null, string.Join('\n', problems));
            Assert.Contains("new-trial-2026", change.After.Studies.Select(s => s.Id));
        }
    }

    [Fact]
    public void courses_rebuilt_counts_and_checks_stand_in_the_exported_file()
    {
        var x = Some.Extraction() with { Unit = CountingUnit.Courses, Patients = 60 };
        x = x with { Outcomes = [x.Outcomes[0] with { Results = [x.Outcomes[0].Results[0] with { Derived = true }, x.Outcomes[0].Results[1]] }] };
        var yaml = StudyFile.Yaml("a", x, "CIDP", [], []);
        Assert.Contains("unit: 'courses'", yaml, StringComparison.Ordinal);
        Assert.Contains("'IGIV-C': {events: 32, n: 59, derived_counts: true}", yaml, StringComparison.Ordinal);
        Assert.Contains("unit-of-analysis error", yaml, StringComparison.Ordinal);
    }

    private static RiskOfBias Bias(BiasTool tool, string levels) => new(tool, null, [.. RiskOfBias.DomainsOf(tool).Zip(levels.Split(' '), (d, l) => new DomainJudgement(d.Id, Enum.Parse<BiasLevel>(l), "because"))]);
}
