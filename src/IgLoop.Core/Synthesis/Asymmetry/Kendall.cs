using IgLoop.Core.Statistics;

namespace IgLoop.Core.Synthesis.Asymmetry;

/// <summary>Kendall's rank correlation: tau-b with its two-sided p.</summary>
internal static class Kendall
{
    public static RankTest? Test(double[] x, double[] y)
    {
        var n = x.Length;
        double s = 0;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                s += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
            }
        }

        var tiesX = Ties(x);
        var tiesY = Ties(y);
        var pairs = n * (n - 1) / 2.0;
        var scale = Math.Sqrt((pairs - tiesX.Sum(t => t * (t - 1) / 2)) * (pairs - tiesY.Sum(t => t * (t - 1) / 2)));
        if (!(scale > 0))
        {
            return null;
        }

        return tiesX.Length + tiesY.Length == 0
            ? new(s / scale, Exact((int)Math.Round((s / pairs + 1) * pairs / 2), n), Exact: true)
            : new(s / scale, Normal(s, n, tiesX, tiesY), Exact: false);
    }

    /// <summary>Twice the smaller tail of the number of concordant pairs, at most 1.</summary>
    private static double Exact(int concordant, int n)
    {
        var probability = Distribution(n);
        var below = probability.Take(concordant + 1).Sum();
        var above = probability.Skip(concordant).Sum();
        return Math.Min(1, 2 * Math.Min(below, above));
    }

    /// <summary>P(number of concordant pairs = i) over all orders of n, built up one object at a time.</summary>
    private static double[] Distribution(int n)
    {
        var p = new double[] { 1 };
        for (var m = 2; m <= n; m++)
        {
            var next = new double[p.Length + m - 1];
            for (var i = 0; i < p.Length; i++)
            {
                for (var j = 0; j < m; j++)
                {
                    next[i + j] += p[i] / m;
                }
            }

            p = next;
        }

        return p;
    }

    private static double? Normal(double s, int n, double[] tx, double[] ty)
    {
        double F(double[] t, Func<double, double> f) => t.Sum(f);
        var v0 = n * (n - 1.0) * ((2 * n) + 5);
        var variance = ((v0 - F(tx, t => t * (t - 1) * ((2 * t) + 5)) - F(ty, t => t * (t - 1) * ((2 * t) + 5))) / 18)
            + (F(tx, t => t * (t - 1)) * F(ty, t => t * (t - 1)) / (2.0 * n * (n - 1)))
            + (n > 2 ? F(tx, t => t * (t - 1) * (t - 2)) * F(ty, t => t * (t - 1) * (t - 2)) / (9.0 * n * (n - 1) * (n - 2)) : 0);
        return variance > 0 ? Distributions.NormalTwoSided(s / Math.Sqrt(variance)) : null;
    }

    private static double[] Ties(double[] x) => [.. x.GroupBy(v => v).Select(g => (double)g.Count()).Where(c => c > 1)];
}
