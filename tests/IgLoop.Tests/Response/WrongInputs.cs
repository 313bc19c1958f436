using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Response;

/// <summary>What cannot be judged is told with what is wrong, where it stands, and how to mend it.</summary>
public class WrongInputs
{
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Theory]
    [InlineData(""" "assessments":[{"at":"2027-01-01","value":9}] """, "assessments[0].at", "after today (2026-11-24); give the day on which it was made.")]
    [InlineData(""" "assessments":[{"at":"2026-01-01","value":9},{"at":"2026-01-01","value":8}] """, "assessments[1].at", "keep one of the two, or give the hour")]
    [InlineData(""" "assessments":[{"at":"2026-01-01","value":25}] """, "assessments[0].value", "MG-ADL (assessments[0].value) is 25, but must lie between 0 and 24")]
    [InlineData(""" "assessments":[{"at":"2026-01-01","value":"9 points"}] """, "assessments[0].value", "write the number alone")]
    [InlineData(""" "assessments":[{"at":"2026-01-01"}] """, "assessments[0].value", "give the total, or the answers under items")]
    [InlineData(""" "assessments":[{"value":3}] """, "assessments[0].at", "give a day such as 2026-11-24")]
    [InlineData(""" "assessments":[{"at":"2026-01-01","items":{"answers":{"talkng":1}}}] """, "assessments[0].items.answers.talkng", "did you mean 'talking'? Known are talking, chewing")]
    [InlineData(""" "assessments":[{"at":"2026-01-01","items":{"items":[9,0,0,0,0,0,0,0]}}] """, "assessments[0].items.items[0], talking", "Talking (items[0], talking) is 9, but goes from 0 to 3")]
    [InlineData(""" "assesments":[] """, "assesments", "did you mean 'assessments'?")]
    [InlineData(""" "condition":"mysthenia" """, "condition", "did you mean 'myasthenia_gravis'? Known are aps_catastrophic")]
    [InlineData(""" "phase":"induktion" """, "phase", "did you mean 'induction'? It must be one of induction, maintenance.")]
    [InlineData(""" "goal":"thrombopenia" """, "goal", "did you mean 'thrombocytopenia'? Known are")]
    [InlineData(""" "authority":"nhs_englnd" """, "authority", "did you mean 'nhs_england'? Known are")]
    [InlineData(""" "infusions":["2026-12-01"] """, "infusions[0]", "give what was infused, not what is planned")]
    [InlineData(""" "platelets":[{"at":"2026-01-01","count":"14 mg/dL"}] """, "platelets[0].count", "Platelet count (platelets[0].count) is in 'mg/dL', which cannot be converted to '10*9/L'; give the number in 10*9/L")]
    [InlineData(""" "steroids":[{"from":"2026-12-01","drug":"prednisone","mg":10}] """, "steroids[0].from", "First day of the dose (steroids[0].from) is 2026-12-01, after today (2026-11-24); give what was taken, not what is planned.")]
    [InlineData(""" "steroids":[{"from":"2026-01-01","drug":"prednisone"}] """, "steroids[0].mg", "Dose (steroids[0].mg) is missing; give milligrams.")]
    [InlineData(""" "assessments":[{"at":"yesterday","value":9}] """, "assessments[0].at", "Day of the assessment (assessments[0].at) must be a day such as 2026-11-24")]
    [InlineData(""" "assessments":[{"instrument":"rclasi","at":"2026-01-01","value":9}] """, "assessments[0].instrument", "Use 'clasi' (Cutaneous lupus disease area and severity index) instead.")]
    [InlineData(""" "assessments":[{"instrument":"lldas","at":"2026-01-01","value":9}] """, "assessments[0].value", "gives no total; put what it is worked out from under composites.")]
    [InlineData(""" "steroids":[{"from":"2026-01-01","drug":"prednisolon","mg":10}] """, "steroids[0].drug", "did you mean 'prednisolone'?")]
    public void a_mistake_is_told_with_its_place_and_how_to_mend_it(string part, string where, string says)
    {
        var request = (part.Contains("assessments", StringComparison.Ordinal) ? "" : """ "assessments":[], """) + part;
        var e = Assert.Throws<BatchException>(() => Answer($$"""{"instrument":"mg_adl",{{request}}}"""));

        Assert.Equal(where, e.Where);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    /// <summary>The reason of a withdrawal named its choices twice.</summary>
    [Fact]
    public void choices_are_named_once()
    {
        var e = Assert.Throws<BatchException>(() => Answer("""{"instrument":"mg_adl","assessments":[],"withdrawn":{"reason":"pregnant"}}"""));

        Assert.Equal("withdrawn.reason is 'pregnant'; did you mean 'pregnancy'? It must be one of pregnancy, adverse_event, no_effect, lost, other.", e.Message);
    }

    /// <summary>It was taken with any value, and left open.</summary>
    [Fact]
    public void an_instrument_that_is_only_described_judges_nothing()
    {
        var e = Assert.Throws<BatchException>(() => Answer("""{"instrument":"rclasi","assessments":[{"at":"2026-01-01","value":900}]}"""));

        Assert.Equal("not_scored instrument", $"{e.Code} {e.Where}");
        Assert.Contains("Use 'clasi'", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The message named every spelling that is taken: F, M, f, m.</summary>
    [Fact]
    public void sex_is_taken_as_people_write_it_and_the_message_names_two_words()
    {
        string Scored(string sex) => ScoreCommand.Answer(Knowledge.Value, JsonNode.Parse("""{"instrument":"qmg","inputs":{"answers":{"right_grip_kg":40},"sex":" """.TrimEnd() + sex + "\"}}")!.AsObject(), new(2026, 11, 24)).ToJsonString();

        Assert.Equal(Scored("female"), Scored("F"));
        Assert.Equal(Scored("male"), Scored("m"));
        Assert.NotEqual(Scored("f"), Scored("M"));
        var e = Assert.Throws<BatchException>(() => Scored("femal"));
        Assert.Contains("did you mean 'female'? It must be one of female, male.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void what_has_no_name_of_its_own_is_no_measure_of_the_list() => Assert.Contains(
        "3 asked for, of 8 named measures and another validated one",
        Answer("""{"instrument":"cidp_bundle","improved":["onls"]}""")["by_composite"]!.ToJsonString(),
        StringComparison.Ordinal);

    private static JsonObject Answer(string json) => ResponseCommand.Answer(Knowledge.Value, JsonNode.Parse(json)!.AsObject(), new(2026, 11, 24));

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);
}
