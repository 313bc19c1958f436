namespace IgLoop.Core.Statistics;

/// <summary>
/// Hodges-Lehmann estimate of a paired change: the median of the Walsh averages (means of every two differences, each with itself too).
/// The interval holds the shifts that Wilcoxon's signed-rank test does not reject.
/// </summary>
/// <param name="Definition">In words, with what was done with zeros; programs differ here (R 4.2: 4.0 and exactRankTests: 4.5 for the same pairs).</param>
/// <param name="IntervalBy">In words: exact, or normal approximation with tie and continuity correction.</param>
public sealed record HodgesLehmann(double Estimate, double? Low, double? High, double Level, string Definition, string IntervalBy)
{
    /// <summary>False: so few pairs changed that no interval has the level, and the whole range is given, as in R; of one pair it would be a point.</summary>
    public bool LevelReached { get; init; } = true;

    /// <summary>Up to this many different pairs without ties the interval is exact, as in R.</summary>
    private const int ExactBelow = 50;

    /// <param name="differences">One a pair.</param>
    /// <param name="zeros">Dropped: Walsh averages of the pairs that changed; Pratt: of all pairs.</param>
    /// <param name="level">Of the interval, for example 0.95.</param>
    public static HodgesLehmann Of(IReadOnlyList<double> differences, ZeroRule zeros = ZeroRule.Dropped, double level = 0.95)
    {
        var all = SignedRank.Cleaned(differences);
        var changed = all.Where(x => x != 0).ToArray();
        var used = zeros == ZeroRule.Dropped ? changed : all;
        var definition = zeros == ZeroRule.Dropped ? "median of the Walsh averages of the pairs that changed" : "median of the Walsh averages of all pairs, unchanged ones included";
        if (used.Length == 0)
        {
            return new(0, null, null, level, definition, "none: no pair changed");
        }

        var walsh = Walsh(used);
        var tied = changed.Length < all.Length || changed.Select(Math.Abs).Distinct().Count() < changed.Length;
        var (low, high, by) = !tied && changed.Length < ExactBelow ? Exact(walsh, used.Length, level) : Approximate(walsh, used, level);
        return new(Sample.Median(walsh), low, high, level, definition, by) { LevelReached = Math.Pow(2, 1 - used.Length) <= 1 - level + 1e-12 };
    }

    /// <summary>Median of all differences between two groups, and the shifts that the Mann-Whitney test (normal approximation, tie and continuity corrected) does not reject.</summary>
    public static HodgesLehmann Between(IReadOnlyList<double> x, IReadOnlyList<double> y, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var shifts = x.SelectMany(a => y.Select(b => Math.Round(a - b, 10))).Order().ToArray();
        var z = Distributions.NormalQuantile(1 - ((1 - level) / 2));
        double Score(double shift)
        {
            var ranks = Sample.Ranks([.. x.Select(a => Math.Round(a - shift, 10)), .. y.Select(b => Math.Round(b, 10))]);
            return RankTests.Standardised(ranks, x.Count, corrected: true);
        }

        var (low, high) = Crossings(shifts, Score, z);
        return new(Sample.Median(shifts), low, high, level, "median of all differences between a patient of one group and one of the other", "normal approximation with tie and continuity correction");
    }

    private static double[] Walsh(double[] d)
    {
        var walsh = new double[d.Length * (d.Length + 1) / 2];
        var at = 0;
        for (var i = 0; i < d.Length; i++)
        {
            for (var j = i; j < d.Length; j++)
            {
                walsh[at++] = (d[i] + d[j]) / 2;
            }
        }

        Array.Sort(walsh);
        return walsh;
    }

    private static (double? Low, double? High, string By) Exact(double[] walsh, int n, double level)
    {
        var p = new double[walsh.Length + 1];
        p[0] = 1;
        for (int r = 1, reach = 0; r <= n; reach += r, r++)
        {
            for (var s = reach; s >= 0; s--)
            {
                var half = p[s] / 2;
                p[s] = half;
                p[s + r] += half;
            }
        }

        // The smallest rank sum with at least alpha/2 at or below it, as R counts; at 0 no interval of this level exists and the whole range is given.
        var sum = 0.0;
        var k = 0;
        while (sum + p[k] < (1 - level) / 2)
        {
            sum += p[k++];
        }

        k = Math.Max(k, 1);
        return (walsh[k - 1], walsh[^k], "exact");
    }

    private static (double? Low, double? High, string By) Approximate(double[] walsh, double[] d, double level)
    {
        var z = Distributions.NormalQuantile(1 - ((1 - level) / 2));
        var (low, high) = Crossings(walsh, shift => Standardised(d, shift), z);
        return (low, high, "normal approximation with tie and continuity correction");
    }

    private static double Standardised(double[] d, double shift)
    {
        var moved = d.Select(x => Math.Round(x - shift, 10)).Where(x => x != 0).ToArray();
        var ranks = Sample.Ranks([.. moved.Select(Math.Abs)]);
        var off = Enumerable.Range(0, moved.Length).Sum(i => moved[i] > 0 ? ranks[i] : 0) - (ranks.Sum() / 2);
        var sd = Math.Sqrt(ranks.Sum(r => r * r) / 4);
        return sd > 0 ? (off - (Math.Sign(off) * 0.5)) / sd : 0;
    }

    /// <summary>Where a test score that falls in steps as the shift grows passes +z and -z. It is constant between neighbouring points, so the search is over the points.</summary>
    private static (double? Low, double? High) Crossings(double[] sorted, Func<double, double> score, double z)
    {
        var points = sorted.Distinct().ToArray();
        double Between(int k) => k < 0 ? score(points[0] - 1) : k >= points.Length - 1 ? score(points[^1] + 1) : score((points[k] + points[k + 1]) / 2);
        int First(double level)
        {
            // The first k for which the score just above points[k] is below the level.
            int low = -1, high = points.Length - 1;
            while (low < high)
            {
                var middle = (int)Math.Floor((low + high) / 2.0);
                (low, high) = Between(middle) < level ? (low, middle) : (middle + 1, high);
            }

            return low;
        }

        if (Between(-1) < z)
        {
            return (null, null);
        }

        return (points[First(z)], points[First(-z)]);
    }
}
