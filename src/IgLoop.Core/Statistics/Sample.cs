namespace IgLoop.Core.Statistics;

/// <summary>Descriptions of a sample of numbers.</summary>
public static class Sample
{
    public static double Mean(IReadOnlyList<double> x) => x.Sum() / Need(x, 1).Count;

    /// <summary>Variance with divisor n − 1.</summary>
    /// <exception cref="ArgumentException">Fewer than two values.</exception>
    public static double Variance(IReadOnlyList<double> x)
    {
        var mean = Mean(Need(x, 2));
        return x.Sum(v => (v - mean) * (v - mean)) / (x.Count - 1);
    }

    public static double Median(IReadOnlyList<double> x) => Quantile(x, 0.5);

    /// <summary>Quantile of type 7 of Hyndman and Fan (Am Stat 1996;50:361), the default of R.</summary>
    /// <param name="p">Between 0 and 1.</param>
    public static double Quantile(IReadOnlyList<double> x, double p)
    {
        var sorted = Need(x, 1).Order().ToArray();
        var h = (sorted.Length - 1) * p;
        var low = (int)Math.Floor(h);
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((h - low) * (sorted[high] - sorted[low]));
    }

    /// <summary>Ranks from 1, ties sharing the mean of their ranks.</summary>
    public static double[] Ranks(IReadOnlyList<double> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var order = Enumerable.Range(0, x.Count).OrderBy(i => x[i]).ToArray();
        var ranks = new double[x.Count];
        for (var i = 0; i < order.Length;)
        {
            var j = i;
            while (j + 1 < order.Length && x[order[j + 1]] == x[order[i]])
            {
                j++;
            }

            for (var m = i; m <= j; m++)
            {
                ranks[order[m]] = ((i + j) / 2.0) + 1;
            }

            i = j + 1;
        }

        return ranks;
    }

    private static IReadOnlyList<double> Need(IReadOnlyList<double> x, int count)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Count >= count ? x : throw new ArgumentException($"At least {count} values are needed.", nameof(x));
    }
}
