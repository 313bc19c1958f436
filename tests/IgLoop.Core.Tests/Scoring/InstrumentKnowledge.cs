using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>The instruments that ship, and what the loader refuses in a file.</summary>
public class InstrumentKnowledge
{
    private const string Good = """
        id: small
        name: A small score
        reporter: clinician
        direction: higher_worse
        missing: {rule: all are needed, status: project}
        licence: {kind: free, text: ours, status: project}
        measures: x
        used_by: x
        weakness: x
        groups: [{id: g, name: G}]
        items:
          - {id: a, label: A, group: g, weight: 2}
          - {id: b, label: B, group: g, levels: {0: none, 1: some}, level_points: [0, 3]}
          - {id: c, label: C, group: g, table: {possible: 0..10, rows: {0: 1, 5: 0}}}
        totals: [{id: total, name: Total, range: 0..6}]
        inputs: [{name: present, as: present, of: a}]
        schemes: [{id: s, name: S, bands: [{range: 0..2, label: low}, {range: 3..6, label: high}], source: guideline, status: read}]
        source: guideline
        status: read
        """;

    [Fact]
    public void every_case_beside_the_instruments_holds() => Assert.Empty(ScoreCases.Of(Clinic.Knowledge));

    [Fact]
    public void the_instruments_are_complete()
    {
        Assert.Equal(41, Clinic.Knowledge.Instruments.Count);
        Assert.All(Clinic.Knowledge.Instruments.Values, i =>
        {
            Assert.NotEmpty(i.Measures);
            Assert.NotEmpty(i.UsedBy);
            Assert.NotEmpty(i.Weakness);
            Assert.NotEmpty(i.Provenance.Sources);
        });
    }

    /// <summary>Raising one of these to read needs a source that was read.</summary>
    [Fact]
    public void what_nobody_read_is_known_and_decides_no_review()
    {
        var items = Clinic.WithItems.SelectMany(i => i.Items.Where(x => x.Provenance.Status == Status.Unverified).Select(x => $"{i.Id}.{x.Base}")).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "cdasi.poikiloderma", "clasi.nonscarring_alopecia", "clasi.scarring", "qmg.left_grip_kg", "qmg.speech_count_to_50",
                "selena_sledai.cranial_nerve", "selena_sledai.cva", "selena_sledai.pericarditis", "selena_sledai.pleurisy", "selena_sledai.proteinuria", "selena_sledai.visual_disturbance",
            ],
            items);
        Assert.False(Clinic.Score("qmg", "points: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]").MayDecide);
        Assert.True(Clinic.Score("sledai2k", "present: []").MayDecide);
    }

    [Fact]
    public void restricted_instruments_hold_no_items() =>
        Assert.All(Clinic.Knowledge.Instruments.Values.Where(i => i.Licence.Kind == LicenceKind.Restricted), i => Assert.Empty(i.Items));

    [Fact]
    public void a_good_file_loads() => Assert.Empty(Problems(Good));

    [Theory]
    [InlineData("range: 0..6}", "range: 0..7}", "totals[0].range", "declares 0..7, but its items add up to 0..6")]
    [InlineData("{range: 3..6, label: high}", "{range: 4..6, label: high}", "schemes[0].bands", "leave a gap between 'low' (to 2) and 'high' (from 4)")]
    [InlineData("{range: 3..6, label: high}", "{range: 2..6, label: high}", "schemes[0].bands", "'low' (to 2) and 'high' (from 2) overlap")]
    [InlineData("{range: 3..6, label: high}", "{range: 3..5, label: high}", "schemes[0].bands", "must run from 0 to 6")]
    [InlineData("weight: 2", "weigth: 2", "items[0].weigth", "did you mean 'weight'?")]
    [InlineData("weight: 2", "weight: 2, points: 0..2", "items[0].weight", "in exactly one way")]
    [InlineData("level_points: [0, 3]", "level_points: [0, 3, 4]", "items[1].levels", "must have as many")]
    [InlineData("level_points: [0, 3]", "level_points: [3, 0]", "items[1].levels", "may not fall")]
    [InlineData("rows: {0: 1, 5: 0}", "rows: {1: 1, 5: 0}", "items[2].table.rows", "must begin at 0")]
    [InlineData("rows: {0: 1, 5: 0}", "rows_male: {0: 1, 5: 0}", "items[2].table.rows", "rows_female and rows_male")]
    [InlineData("label: C, group: g", "label: C, group: h", "items[2].group", "names 'h'")]
    [InlineData("id: b, label: B", "id: a, label: B", "items[1].id", "declared twice")]
    [InlineData("of: a}", "of: z}", "inputs[0].of", "no item, group or total")]
    [InlineData("source: guideline, status: read}]", "source: gudeline, status: read}]", "schemes[0].source", "did you mean 'guideline'?")]
    [InlineData("{range: 3..6, label: high}], source: guideline, status: read}", "{range: 3..6, label: high}], status: read}", "schemes[0].source", "is missing")]
    [InlineData("kind: free", "kind: restricted", "items", "may not stand in a file of a restricted instrument")]
    [InlineData("weakness: x", "note: x", "weakness", "is missing")]
    public void a_mistake_in_a_file_is_told_with_line_and_key(string good, string bad, string key, string says)
    {
        var problems = Problems(Good.Replace(good, bad, StringComparison.Ordinal));

        Assert.Contains(problems, p => p.Key == key && p.Message.Contains(says, StringComparison.Ordinal) && p.Place.File == "instruments/small.yaml" && p.Place.Line > 0);
    }

    [Fact]
    public void a_wrong_expectation_in_a_case_is_told()
    {
        const string cases = """
            cases:
              - {name: wrong sum, inputs: {present: [a]}, expect: {lower: 9}, kind: hand}
            """;
        Assert.True(KnowledgeBase.TryLoad([.. Files(Good), new("instruments/small.cases.yaml", cases)], out var knowledge, out _));

        var problem = Assert.Single(ScoreCases.Of(knowledge));
        Assert.Contains("expects lower 9 of small, but it is 2", problem.Message, StringComparison.Ordinal);
        Assert.Equal(new Place("instruments/small.cases.yaml", 2), problem.Place);
    }

    private static IReadOnlyList<KnowledgeProblem> Problems(string instrument)
    {
        KnowledgeBase.TryLoad(Files(instrument), out _, out var problems);
        return problems;
    }

    private static KnowledgeFile[] Files(string instrument) =>
        [new("facts/f.yaml", "facts:\n  - {id: x, name: X, type: boolean, group: G}\n"), new("sources/s.yaml", "sources:\n  guideline: {title: A guideline, status: read}\n"), new("instruments/small.yaml", instrument)];
}
