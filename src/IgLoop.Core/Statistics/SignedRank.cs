namespace IgLoop.Core.Statistics;

/// <summary>What is done with pairs that did not change.</summary>
public enum ZeroRule
{
    /// <summary>Left out before ranking (Wilcoxon 1945; what R's wilcox.test does).</summary>
    Dropped,

    /// <summary>Ranked with the others, their ranks then left out (Pratt, JASA 1959;54:655).</summary>
    Pratt,
}

/// <summary>Wilcoxon's signed-rank test of paired differences.</summary>
/// <param name="Pairs">All pairs.</param>
/// <param name="Zeros">Pairs without change.</param>
/// <param name="Tied">True when two of the changes have the same size.</param>
/// <param name="V">Sum of the ranks of positive differences; ties share the mean of their ranks.</param>
/// <param name="Z">Standardised without continuity correction, variance corrected for ties; 0 when every pair is unchanged.</param>
/// <param name="PExact">Two-sided, from the distribution of all signs given the ranks (also with ties), by convolution; null where that would take seconds, with well over a thousand pairs near the middle, and the normal approximation is as good.</param>
/// <param name="PNormal">Two-sided, normal approximation.</param>
/// <param name="PNormalCorrected">Two-sided, normal approximation with continuity correction.</param>
/// <param name="RankBiserial">Matched-pairs rank-biserial correlation, from -1 to 1: positive when positive differences weigh more.</param>
public sealed record SignedRank(int Pairs, int Zeros, bool Tied, ZeroRule Rule, double V, double Z, double? PExact, double PNormal, double PNormalCorrected, double RankBiserial)
{
    private const double MostSteps = 2e9;

    /// <param name="differences">One a pair, for example before minus after.</param>
    /// <exception cref="ArgumentException">No pair, or a difference that is not a number.</exception>
    public static SignedRank Of(IReadOnlyList<double> differences, ZeroRule rule = ZeroRule.Dropped)
    {
        var d = Cleaned(differences);
        var ranked = rule == ZeroRule.Dropped ? [.. d.Where(v => v != 0)] : d;
        var ranks = Sample.Ranks([.. ranked.Select(Math.Abs)]);
        var kept = Enumerable.Range(0, ranked.Length).Where(i => ranked[i] != 0).ToArray();
        var v = kept.Where(i => ranked[i] > 0).Sum(i => ranks[i]);
        var total = kept.Sum(i => ranks[i]);
        var sd = Math.Sqrt(kept.Sum(i => ranks[i] * ranks[i]) / 4);
        var off = v - (total / 2);
        var z = sd > 0 ? off / sd : 0;
        var corrected = sd > 0 ? (off - (Math.Sign(off) * 0.5)) / sd : 0;
        var sizes = kept.Select(i => Math.Abs(ranked[i])).ToArray();
        return new(
            d.Length,
            d.Count(x => x == 0),
            sizes.Distinct().Count() < sizes.Length,
            rule,
            v,
            z,
            Exact([.. kept.Select(i => ranks[i])], v),
            Distributions.NormalTwoSided(z),
            Distributions.NormalTwoSided(corrected),
            total > 0 ? ((2 * v) - total) / total : 0);
    }

    /// <summary>
    /// Differences rounded to 12 significant digits of the largest, so that 1.3 from 3.4 - 2.1 and 1.3 from 1.5 - 0.2 are the tie that they are on paper.
    /// </summary>
    internal static double[] Cleaned(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        if (differences.Count == 0 || differences.Any(x => !double.IsFinite(x)))
        {
            throw new ArgumentException("At least one pair is needed, and every difference must be a number.", nameof(differences));
        }

        var largest = differences.Max(Math.Abs);
        if (largest == 0)
        {
            return new double[differences.Count];
        }

        var digits = Math.Clamp(11 - (int)Math.Floor(Math.Log10(largest)), 0, 15);
        return [.. differences.Select(x => Math.Round(x, digits, MidpointRounding.AwayFromZero))];
    }

    /// <summary>Two-sided p of a sum of ranks when every sign is a fair coin: the distribution is built rank by rank, on doubled ranks so that means of ties are whole, and no further than the sum seen.</summary>
    private static double? Exact(double[] ranks, double v)
    {
        var weights = ranks.Select(r => (int)Math.Round(2 * r)).ToArray();
        long total = weights.Sum(w => (long)w), seen = (long)Math.Round(2 * v), tail = Math.Min(seen, total - seen);
        if ((double)weights.Length * tail > MostSteps)
        {
            return null;
        }

        var p = new double[tail + 1];
        p[0] = 1;
        var reach = 0L;
        foreach (var w in weights)
        {
            for (var s = Math.Min(reach, tail); s >= 0; s--)
            {
                var half = p[s] / 2;
                p[s] = half;
                if (s + w <= tail)
                {
                    p[s + w] += half;
                }
            }

            reach += w;
        }

        return Math.Min(1, 2 * p.Sum());
    }
}
