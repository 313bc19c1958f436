using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Deciding;
using IgLoop.Features.Decide;
using IgLoop.Fhir;

namespace IgLoop.Tests.Golden;

/// <summary>The answers to charts that span the founding documents, to the letter.</summary>
public partial class DecisionsOfCharts
{
    private static readonly Decider Decider = DecideCommand.Decider(null, null);

    public static TheoryData<string> Charts => [.. Directory.EnumerateFiles(Folder, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Charts))]
    public void the_answer_stays_as_it_was_approved(string chart)
    {
        var text = DecisionText.Of(Decide(chart), Decider.Knowledge, why: true);

        Approved.Text($"{chart}.txt", Hash().Replace(text, "Knowledge …"));
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void the_same_inputs_give_the_same_bytes(string chart) =>
        Assert.Equal(DecisionJson.Of(Decide(chart)).ToJsonString(), DecisionJson.Of(Decide(chart)).ToJsonString());

    [Theory]
    [InlineData("lupus-thrombocytopenia-at-half-a-gram", Outcome.Refused, "SLE-PLATELETS-LOW-DOSE")]
    [InlineData("gbs-second-course", Outcome.Refused, "GBS-SECOND-COURSE")]
    [InlineData("multiple-sclerosis-with-weakness", Outcome.Refused, "MS-WEAKNESS-OR-OPTIC-NEURITIS")]
    [InlineData("heart-block-prevention-at-low-dose", Outcome.Refused, "CHB-LOW-DOSE")]
    [InlineData("iga-deficiency-with-antibodies", Outcome.Refused, "C02")]
    [InlineData("renal-impairment-with-a-sucrose-product", Outcome.Refused, "K02")]
    [InlineData("myasthenic-crisis-in-england", Outcome.NeedsReason, "T02")]
    [InlineData("cidp-first-course", Outcome.Supported, "T01")]
    [InlineData("dermatomyositis-with-previous-clot", Outcome.Supported, "T04")]
    public void the_outcome_rests_on_the_rule_that_the_documents_force(string chart, Outcome outcome, string rule)
    {
        var decision = Decide(chart);

        Assert.Equal(outcome, decision.Headline.Outcome);
        Assert.Contains(decision.Findings, f => f.Rule.Id == rule);
    }

    [Theory]
    [MemberData(nameof(Charts))]
    public void days_add_up_to_the_course_and_steps_to_the_day(string chart)
    {
        var decision = Decide(chart);
        if (decision.Dose is { RoundedGrams: { } grams } dose)
        {
            Assert.Equal(grams, dose.Days.Sum());
        }

        Assert.All(decision.Infusion, day => Assert.Equal(day.DayVolumeMl, day.Steps.Sum(s => s.VolumeMl)));
    }

    private static Decision Decide(string chart)
    {
        var read = RecordReading.ReadFile(Path.Combine(Folder, chart + ".yaml"), Decider.Knowledge.Facts, new DateOnly(2026, 11, 22));
        Assert.Empty(read.Problems);
        var keys = read.Request.ToDictionary(k => k.Key, k => (string?)k.Value, StringComparer.Ordinal);
        return Decider.Decide(Assert.Single(read.Charts), DecideCommand.Request(keys, new DateOnly(2026, 11, 22)));
    }

    private static string Folder => Path.Combine(Root(), "tests", "IgLoop.Tests", "Charts");

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Approved.RootOf(here);

    // The hash changes with every edit of the knowledge; what an edit changes in an answer shows in the rest of the text.
    [GeneratedRegex("Knowledge [0-9a-f]{4}…[0-9a-f]{4}")]
    private static partial Regex Hash();
}
