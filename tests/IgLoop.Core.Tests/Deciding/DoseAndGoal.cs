using System.Runtime.CompilerServices;
using System.Text.Json;
using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Tests.Deciding;

/// <summary>A lupus decision hangs on dose and manifestation together, wherever the two were written, with the knowledge that ships.</summary>
public class DoseAndGoal
{
    private static readonly KnowledgeBase Knowledge = Load();
    private static readonly Decider Decider = new(Knowledge, SiteProfile.International, "test");

    [Theory]
    [InlineData("lupus_haematological")]
    [InlineData("sle_general")]
    [InlineData(null)]
    public void half_a_gram_per_kilogram_for_platelets_is_blocked_under_any_lupus_condition(string? condition) =>
        Assert.Contains("SLE-PLATELETS-LOW-DOSE BLOCK", Findings(new() { Condition = condition, Goal = "thrombocytopenia", GPerKg = 0.5m, At = Day }));

    [Fact]
    public void two_grams_per_kilogram_for_platelets_are_not_blocked() =>
        Assert.DoesNotContain("SLE-PLATELETS-LOW-DOSE BLOCK", Findings(new() { Condition = "sle_general", Goal = "thrombocytopenia", GPerKg = 2, At = Day }));

    [Fact]
    public void a_goal_of_lupus_brings_no_rule_into_another_disease() =>
        Assert.DoesNotContain("SLE-PLATELETS-LOW-DOSE BLOCK", Findings(new() { Condition = "itp", Goal = "thrombocytopenia", GPerKg = 0.4m, At = Day }));

    [Fact]
    public void a_dose_in_the_chart_is_the_dose_asked_and_no_regimen_replaces_it()
    {
        var decision = Decide("""{"weight":"70 kg","height":"165 cm","sex":"female","age":34,"goal":"thrombocytopenia","course_g_per_kg":"0.5 g/kg"}""", new() { Condition = "lupus_haematological", At = Day });

        Assert.Equal(0.5m, decision.Dose!.GPerKg);
        Assert.Contains(decision.Findings, f => f.Rule.Id == "SLE-PLATELETS-LOW-DOSE");
        Assert.Equal(Outcome.Refused, decision.Headline.Outcome);
    }

    [Fact]
    public void the_phase_of_the_chart_counts_where_the_request_is_silent_and_the_request_where_it_speaks()
    {
        const string Chart = """{"phase":"maintenance","skin_cleared":true}""";

        Assert.Contains(Decide(Chart, new() { Condition = "lupus_cutaneous", At = Day }).Findings, f => f.Rule.Id == "CLE-CLEARED");
        Assert.DoesNotContain(Decide(Chart, new() { Condition = "lupus_cutaneous", Phase = Phase.Induction, At = Day }).Findings, f => f.Rule.Id == "CLE-CLEARED");
    }

    [Fact]
    public void the_dose_of_the_trial_does_not_prevent_heart_block_and_the_english_infusion_is_planned_alone()
    {
        const string Chart = """{"weight":"70 kg","height":"165 cm","sex":"female","age":34,"pregnant":true,"previous_child_heart_block":true,"anti_ro_or_la_positive":true,"hydroxychloroquine_unsuitable_or_failed":true}""";

        Assert.Contains(Decide(Chart, new() { Condition = "chb_anti_ro", GPerKg = 0.4m, At = Day }).Findings, f => f is { Rule.Id: "CHB-LOW-DOSE", Severity: Severity.Block });
        var english = Decide(Chart, new() { Condition = "chb_anti_ro", Authority = "nhs_england", At = Day });
        Assert.Equal(1m, english.Dose!.GPerKg);
        Assert.DoesNotContain(english.Findings, f => f.Rule.Id == "CHB-LOW-DOSE");
    }

    private static DateOnly Day => new(2026, 11, 24);

    private static IEnumerable<string> Findings(DecisionRequest request) => Decide("{}", request).Findings.Select(f => $"{f.Rule.Id} {f.Severity.ToString().ToUpperInvariant()}");

    private static Decision Decide(string chart, DecisionRequest request)
    {
        using var document = JsonDocument.Parse(chart);
        var read = ChartReading.FromJson(document.RootElement, Knowledge.Facts, "chart", Day);
        Assert.Empty(read.Problems);
        return Decider.Decide(read.Chart!, request);
    }

    private static KnowledgeBase Load([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../knowledge"));
        var files = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Select(p => new KnowledgeFile(Path.GetRelativePath(root, p).Replace('\\', '/'), File.ReadAllText(p)));
        Assert.True(KnowledgeBase.TryLoad([.. files], out var knowledge, out var problems), string.Join("\n", problems.Take(5)));
        return knowledge;
    }
}
