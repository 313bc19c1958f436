using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Tests.Deciding;

/// <summary>Which regimen is followed when one authority has several: half a dose in crisis must never come from a missing fact.</summary>
public class VariantsOfARegimen
{
    private const string Facts = """
        facts:
          - {id: crisis, name: Crisis, type: boolean, group: Weakness}
        """;

    private const string Condition = """
        id: weakness
        name: Weakness
        authorities:
          - id: policy
            authority: policy
            edition: '2021'
            category: second_line
            regimens:
              - {id: exacerbation, phase: induction, when: not crisis, when_text: no crisis, total: 1 g/kg}
              - {id: crisis, phase: induction, when: crisis, when_text: crisis, total: 2 g/kg}
            source: document
            status: read
          - id: guideline
            authority: guideline
            edition: '2020'
            category: recommended_indication
            regimens:
              - {id: induction, phase: induction, total: 1.5 g/kg}
            source: document
            status: read
        """;

    [Fact]
    public void a_known_crisis_takes_the_dose_of_a_crisis() => Assert.Equal(2m, Choose("policy", crisis: true).Regimen!.CourseGPerKg!.Value.Low);

    [Fact]
    public void a_known_absence_of_crisis_takes_the_lower_dose() => Assert.Equal(1m, Choose("policy", crisis: false).Regimen!.CourseGPerKg!.Value.Low);

    [Fact]
    public void an_unknown_crisis_gives_no_dose_of_the_leading_authority_and_names_what_is_missing()
    {
        var (regimen, _, locked) = Choose("policy", crisis: null);

        Assert.Null(regimen);
        var open = Assert.Single(locked);
        Assert.Contains("1 g/kg if no crisis; 2 g/kg if crisis", open.What, StringComparison.Ordinal);
        Assert.Equal("find out: Crisis", open.HowToUnlock);
    }

    [Fact]
    public void with_no_leading_authority_an_unsettled_one_is_passed_over()
    {
        var (regimen, from, locked) = Choose(null, crisis: null);

        Assert.Equal(1.5m, regimen!.CourseGPerKg!.Value.Low);
        Assert.Equal("guideline", from!.Authority);
        Assert.Single(locked);
    }

    private static (Regimen? Regimen, Verdict? From, IReadOnlyList<LockedNumber> Locked) Choose(string? leading, bool? crisis)
    {
        KnowledgeFile[] files =
        [
            new("facts/weakness.yaml", Facts),
            new("sources/documents.yaml", "sources: {document: {title: A document, status: read}}"),
            new("authorities/policy.yaml", "{id: policy, name: Policy, kind: policy}"),
            new("authorities/guideline.yaml", "{id: guideline, name: Guideline, kind: guideline}"),
            new("conditions/weakness.yaml", Condition),
        ];
        Assert.True(KnowledgeBase.TryLoad(files, out var knowledge, out var problems), string.Join("\n", problems));
        var facts = new FactSet(knowledge.Facts);
        if (crisis is { } known && knowledge.Facts.TryFind("crisis", out var fact))
        {
            facts = facts.With(fact, FactValue.Of(known));
        }

        var condition = knowledge.Conditions["weakness"];
        return Regimens.Choose(condition, Verdicts.Of(condition, facts, new DecisionRequest { At = new DateOnly(2026, 11, 22) }, leading, knowledge), facts, Phase.Induction, leading, SiteProfile.International);
    }
}
