namespace IgLoop.Core.Statistics;

/// <summary>The Mann-Whitney (Wilcoxon rank-sum) test of two groups.</summary>
/// <param name="W">Pairs in which the first group is larger, ties counting half (R's W).</param>
/// <param name="PExact">Two-sided over all splits of the ranks, also with ties; null above 200 patients or 5 million steps of work.</param>
public sealed record MannWhitney(int First, int Second, double W, double Z, double? PExact, double? PExactGreater, double PNormal, double PNormalCorrected)
{
    public static MannWhitney Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count == 0 || y.Count == 0)
        {
            throw new ArgumentException("Each group needs at least one value.", nameof(x));
        }

        var ranks = Sample.Ranks([.. x, .. y]);
        var sum = ranks.Take(x.Count).Sum();
        var z = RankTests.Standardised(ranks, x.Count, corrected: false);
        var (two, greater) = RankTests.ExactSplit(ranks, x.Count, sum);
        return new(x.Count, y.Count, sum - (x.Count * (x.Count + 1) / 2.0), z, two, greater, Distributions.NormalTwoSided(z), Distributions.NormalTwoSided(RankTests.Standardised(ranks, x.Count, corrected: true)));
    }
}

/// <summary>A chi-squared test with its degrees of freedom.</summary>
public sealed record ChiSquaredTest(double ChiSquared, int Df)
{
    public double P => Df > 0 ? Distributions.ChiSquaredUpper(ChiSquared, Df) : 1;
}

/// <summary>Rank tests of several times.</summary>
public static class RankTests
{
    /// <summary>Friedman: do times differ within patients, corrected for ties; patients with every time only.</summary>
    /// <param name="rows">One a patient, the same number of values in each.</param>
    public static ChiSquaredTest Friedman(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows[0].Count < 2 || rows.Any(r => r.Count != rows[0].Count))
        {
            throw new ArgumentException("Every patient needs a value at each of the same two or more times.", nameof(rows));
        }

        var k = rows[0].Count;
        var sums = new double[k];
        var ties = 0.0;
        foreach (var row in rows)
        {
            var ranks = Sample.Ranks(row);
            ties += Ties(ranks);
            for (var j = 0; j < k; j++)
            {
                sums[j] += ranks[j];
            }
        }

        double n = rows.Count;
        var mean = n * (k + 1) / 2.0;
        var scale = (n * k * (k + 1)) - (ties / (k - 1));
        return new(scale > 0 ? 12 * sums.Sum(s => (s - mean) * (s - mean)) / scale : 0, k - 1);
    }

    /// <summary>The sum of t³ - t over tied groups.</summary>
    internal static double Ties(double[] ranks) => ranks.GroupBy(r => r).Sum(g => ((double)g.Count() * g.Count() * g.Count()) - g.Count());

    /// <summary>Score of the rank sum of the first <paramref name="n"/>, variance corrected for ties.</summary>
    internal static double Standardised(double[] ranks, int n, bool corrected)
    {
        double m = ranks.Length - n, all = ranks.Length;
        var off = ranks.Take(n).Sum() - (n * (all + 1) / 2);
        var variance = n * m / 12 * (all + 1 - (all > 1 ? Ties(ranks) / (all * (all - 1)) : 0));
        return variance > 0 ? (off - (corrected ? Math.Sign(off) * 0.5 : 0)) / Math.Sqrt(variance) : 0;
    }

    /// <summary>The share of all ways to choose n of the ranks whose sum is at least as far from its mean as the one seen, and at least as large.</summary>
    internal static (double? TwoSided, double? Greater) ExactSplit(double[] ranks, int n, double seen)
    {
        var weights = ranks.Select(r => (int)Math.Round(2 * r)).ToArray();
        var total = weights.Sum();
        if (ranks.Length > 200 || (double)ranks.Length * n * total > 5e8)
        {
            return (null, null);
        }

        // ways[k][s]: share of the choices of k ranks with doubled sum s, scaled as we go so that it stays a probability.
        var ways = new double[n + 1, total + 1];
        ways[0, 0] = 1;
        var done = 0;
        foreach (var w in weights)
        {
            done++;
            for (var k = Math.Min(done, n); k >= 1; k--)
            {
                for (var s = total; s >= w; s--)
                {
                    ways[k, s] += ways[k - 1, s - w];
                }
            }
        }

        double all = 0, far = 0, greater = 0, mean = n * (ranks.Length + 1.0);
        var mark = Math.Round(2 * seen);
        for (var s = 0; s <= total; s++)
        {
            var p = ways[n, s];
            all += p;
            far += Math.Abs(s - mean) >= Math.Abs(mark - mean) - 1e-9 ? p : 0;
            greater += s >= mark ? p : 0;
        }

        return double.IsFinite(all) ? (far / all, greater / all) : (null, null);
    }
}
