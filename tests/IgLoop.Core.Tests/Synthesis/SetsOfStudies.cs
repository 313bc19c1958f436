using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;
using IgLoop.Core.Synthesis.Exploring;

namespace IgLoop.Core.Tests.Synthesis;

/// <summary>Conventions and mistakes between studies, each on the smallest set that shows it.</summary>
public class SetsOfStudies
{
    [Fact]
    public void a_study_with_a_zero_cell_is_in_the_mantel_haenszel_estimate_and_says_so()
    {
        var analysis = Of([Table("A", 0, 10, 3, 12), Table("B", 4, 20, 6, 22), Table("C", 0, 15, 0, 14)], Measure.OR, o => o with { Method = Method.MH, ZeroCells = ZeroCells.None });

        Assert.Equal(2, analysis.Pooled.K);
        Assert.Equal([1], analysis.Pooled.OnlyInPool.Keys);
        Assert.Contains("its counts are in the pooled estimate", analysis.Effects[0].NotCounted, StringComparison.Ordinal);
        Assert.Equal("no events in either arm", analysis.Effects[2].NotCounted);
        Assert.Contains(analysis.Notes, n => n.StartsWith("A (row 1) has no effect that can be weighed", StringComparison.Ordinal));
    }

    [Fact]
    public void leaving_one_out_by_mantel_haenszel_leaves_out_its_counts_too()
    {
        var rows = new[] { Table("A", 0, 10, 3, 12), Table("B", 4, 20, 6, 22), Table("C", 5, 18, 9, 17) };
        var left = Sensitivity.LeaveOneOut(Of(rows, Measure.RR, o => o with { Method = Method.MH, ZeroCells = ZeroCells.None }));

        Assert.Equal(["A", "B", "C"], left.Select(l => l.Left.Study.Label));
        Assert.Equal(Of([rows[0], rows[2]], Measure.RR, o => o with { Method = Method.MH, ZeroCells = ZeroCells.None }).Pooled.Est, left[1].Pooled.Est);
    }

    [Fact]
    public void i2_of_random_effects_comes_from_tau2_or_from_Q_as_asked()
    {
        TrialRow[] rows = [Ready("A", 0.1, 0.05), Ready("B", 0.9, 0.04), Ready("C", -0.2, 0.2), Ready("D", 0.5, 0.01)];
        var byTau2 = Of(rows, Measure.GEN, o => o).Pooled;
        var byQ = Of(rows, Measure.GEN, o => o with { I2 = HeterogeneityFrom.Q }).Pooled;

        Assert.Equal(100 * (byQ.Q!.Value - 3) / byQ.Q.Value, byQ.I2!.Value, 10);
        Assert.Equal(byQ.Q.Value / 3, byQ.H2!.Value, 10);
        Assert.NotEqual(byQ.I2.Value, byTau2.I2!.Value, 3);
        Assert.Equal((byTau2.Est, byTau2.Tau2), (byQ.Est, byQ.Tau2));
        Assert.Equal("i2", Assert.Throws<SynthesisException>(() => Of(rows, Measure.GEN, o => o with { Method = Method.EE, I2 = HeterogeneityFrom.Tau2 })).Where);
    }

    [Fact]
    public void a_double_arcsine_goes_back_by_the_number_of_people_asked_for_and_a_study_by_its_own()
    {
        TrialRow[] rows = [Share("A", 3, 9), Share("B", 40, 200), Share("C", 7, 7)];
        double Pooled(DoubleArcsineN n)
        {
            var a = Of(rows, Measure.PFT, o => o with { Method = Method.DL, DoubleArcsine = n });
            return BackTransform.Of(a)!(a.Pooled.Est!.Value);
        }

        var each = Enum.GetValues<DoubleArcsineN>().Select(Pooled).ToList();
        var analysis = Of(rows, Measure.PFT, o => o);

        Assert.Equal(4, each.Distinct().Count());
        Assert.All(analysis.Counted, e => Assert.Equal(e.Study.X!.Value / e.Study.N!.Value, BackTransform.Of(analysis, e)!(e.Y!.Value), 9));
    }

    /// <summary>dat.woods2010 of metadat; values of rma.glmm in metafor 3.8-1.</summary>
    [Fact]
    public void the_logistic_normal_model_finds_a_rare_event_in_many_people()
    {
        var pooled = Of([Share("A", 1, 229), Share("B", 1, 227), Share("C", 4, 374), Share("D", 3, 372), Share("E", 2, 358), Share("F", 7, 361), Share("G", 1, 554), Share("H", 2, 270)], Measure.PLO, o => o with { Method = Method.GLMM }).Pooled;

        Assert.Equal(-4.92377991162286, pooled.Est!.Value, 4);
        Assert.Equal(0.276855876308781, pooled.Se!.Value, 4);
        Assert.Equal(0.13711461895667, pooled.Tau2!.Value, 4);
    }

    [Fact]
    public void a_study_entered_twice_is_refused_and_one_name_with_other_numbers_is_doubted()
    {
        var twice = Assert.Throws<SynthesisException>(() => Of([Table("A", 1, 9, 2, 9), Table("B", 1, 9, 2, 9), Table("a", 1, 9, 2, 9)], Measure.RR, o => o));
        var doubted = Of([Table("A", 1, 9, 2, 9), Table("A", 2, 9, 2, 9)], Measure.RR, o => o);

        Assert.Equal("duplicate-study", twice.Code);
        Assert.Equal("row 3 (a)", twice.Where);
        Assert.Contains(doubted.Notes, n => n.StartsWith("A stands in rows 1 and 2", StringComparison.Ordinal));
    }

    [Fact]
    public void mean_differences_in_two_units_are_refused_and_standardised_ones_are_not()
    {
        TrialRow[] rows = [Means("A", 10, 2, 30) with { Unit = "g/L" }, Means("B", 11, 2, 30) with { Unit = "mg/dL" }];
        var refused = Assert.Throws<SynthesisException>(() => Of(rows, Measure.MD, o => o));

        Assert.Equal(("mixed-units", "row 2 (B), column unit"), (refused.Code, refused.Where));
        Assert.NotNull(Of(rows, Measure.SMD, o => o).Pooled.Est);
    }

    [Fact]
    public void standard_deviations_of_another_size_are_doubted()
    {
        var analysis = Of([Means("A", 10, 2, 30), Means("B", 11, 2.2, 30), Means("C", 9, 0.05, 30)], Measure.MD, o => o);

        Assert.Contains(analysis.Notes, n => n.StartsWith("C (row 3) has standard deviations around 0.05", StringComparison.Ordinal));
    }

    [Fact]
    public void an_effect_at_the_centre_lies_on_neither_side_of_it()
    {
        var analysis = Of([Ready("A", -1, 0.2), Ready("B", -0.5, 0.1), Ready("C", 0, 0.05), Ready("D", 0.5, 0.1), Ready("E", 1, 0.2)], Measure.GEN, o => o with { Method = Method.ML });

        Assert.All(new bool?[] { null, true, false }, side => Assert.Equal(0, TrimAndFill.Of(analysis, FillEstimator.L0, side)!.Missing));
    }

    [Theory]
    [InlineData(1e200, 1)]
    [InlineData(0.5, 1e-60)]
    public void numbers_beyond_what_can_be_worked_with_are_refused_by_row_and_column(double y, double v)
    {
        var refused = Assert.Throws<SynthesisException>(() => Of([Ready("A", y, v), Ready("B", 1, 1)], Measure.GEN, o => o));

        Assert.StartsWith("row 1 (A), column ", refused.Where, StringComparison.Ordinal);
    }

    private static Analysis Of(IReadOnlyList<TrialRow> rows, Measure measure, Func<SynthesisOptions, SynthesisOptions> with) =>
        Synthesiser.Of([.. rows.Select((r, i) => r with { Row = i + 1 })], with(new() { Measure = measure }));

    private static TrialRow Table(string label, int a, int n1, int c, int n2) => new() { Label = label, Row = 1, A = a, N1 = n1, C = c, N2 = n2 };

    private static TrialRow Ready(string label, double y, double v) => new() { Label = label, Row = 1, Yi = y, Vi = v };

    private static TrialRow Share(string label, int x, int n) => new() { Label = label, Row = 1, X = x, N = n };

    private static TrialRow Means(string label, double mean, double sd, int n) => new() { Label = label, Row = 1, Mean1 = mean, Sd1 = sd, N1 = n, Mean2 = mean - 1, Sd2 = sd, N2 = n };
}
