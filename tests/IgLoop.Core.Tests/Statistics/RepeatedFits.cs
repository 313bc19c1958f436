using IgLoop.Core.Statistics;

namespace IgLoop.Core.Tests.Statistics;

/// <summary>The fast fit of many samples gives what the plain one gives of the same rows written out.</summary>
public class RepeatedFits
{
    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(3, 400)]
    public void a_sample_told_by_counts_is_fitted_as_its_rows_would_be(ulong seed, int patients)
    {
        var (outcome, rows) = Cohort(new Chance(seed), patients);
        var again = new RepeatedLogistic(outcome, rows, Logistic.Of(outcome, rows));
        var chance = new Chance(seed + 100);
        var fitted = new double[patients];
        for (var sample = 0; sample < 20; sample++)
        {
            int[] times = new int[patients], drawn = [.. Enumerable.Range(0, patients).Select(_ => chance.Below(patients))];
            foreach (var i in drawn)
            {
                times[i]++;
            }

            var plain = Logistic.Of([.. drawn.Select(i => outcome[i])], [.. drawn.Select(i => rows[i])]);

            Assert.Equal(!plain.Separated, again.Fit(times, fitted));
            Assert.All(drawn.Select((i, at) => (i, at)), d => Assert.Equal(plain.Fitted[d.at], fitted[d.i], plain.Separated ? 1 : 1e-8));
        }
    }

    [Fact]
    public void a_sample_of_one_group_or_one_patient_has_no_fit()
    {
        var (outcome, rows) = Cohort(new Chance(5), 40);
        var again = new RepeatedLogistic(outcome, rows, Logistic.Of(outcome, rows));
        var fitted = new double[40];

        Assert.False(again.Fit([.. outcome.Select(o => o ? 1 : 0)], fitted));
        Assert.False(again.Fit([40, .. new int[39]], fitted));
    }

    [Fact]
    public void statistics_of_the_same_samples_are_those_of_each_alone()
    {
        double[] x = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
        double Mean(ReadOnlySpan<int> times)
        {
            double sum = 0;
            for (var i = 0; i < x.Length; i++)
            {
                sum += times[i] * x[i];
            }

            return sum / x.Length;
        }

        var both = Bootstrap.OfPatients(
            x.Length,
            2,
            (times, results) =>
            {
                results[0] = Mean(times);
                results[1] = -2 * results[0];
            },
            500,
            new Chance(9));

        Assert.Equal(Bootstrap.OfPatients(x.Length, Mean, 500, new Chance(9)), both[0]);
        Assert.Equal(-2 * both[0].Percentile.High, both[1].Percentile.Low, 1e-12);
    }

    private static (bool[] Outcome, double[][] Rows) Cohort(Chance chance, int patients)
    {
        double[][] rows = [.. Enumerable.Range(0, patients).Select(_ => new[] { 15 + (4 * chance.Normal()), 40 + (12 * chance.Normal()), chance.Happens(0.8) ? 1.0 : 0 })];
        return ([.. rows.Select(r => chance.Happens(1 / (1 + Math.Exp(-0.25 * (r[0] - 15)))))], rows);
    }
}
