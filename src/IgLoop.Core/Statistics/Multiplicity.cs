namespace IgLoop.Core.Statistics;

/// <summary>P-values adjusted for having looked many times; each answer is in the order of the question.</summary>
public static class Multiplicity
{
    /// <summary>Holm (Scand J Stat 1979;6:65): holds the chance of any false finding.</summary>
    public static double[] Holm(IReadOnlyList<double> p) => Down(p, (rank, m) => m - rank);

    /// <summary>Benjamini and Hochberg (J R Stat Soc B 1995;57:289): holds the expected share of false findings.</summary>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p) => Up(p, (rank, m) => m / (rank + 1.0));

    /// <summary>Hochberg (Biometrika 1988;75:800): as Holm, for independent or positively dependent tests.</summary>
    public static double[] Hochberg(IReadOnlyList<double> p) => Up(p, (rank, m) => m - rank);

    private static double[] Down(IReadOnlyList<double> p, Func<int, int, double> factor)
    {
        var (order, adjusted) = Start(p);
        var highest = 0.0;
        for (var i = 0; i < order.Length; i++)
        {
            adjusted[order[i]] = highest = Math.Max(highest, Math.Min(1, factor(i, order.Length) * p[order[i]]));
        }

        return adjusted;
    }

    private static double[] Up(IReadOnlyList<double> p, Func<int, int, double> factor)
    {
        var (order, adjusted) = Start(p);
        var lowest = 1.0;
        for (var i = order.Length - 1; i >= 0; i--)
        {
            adjusted[order[i]] = lowest = Math.Min(lowest, factor(i, order.Length) * p[order[i]]);
        }

        return adjusted;
    }

    private static (int[] Order, double[] Adjusted) Start(IReadOnlyList<double> p)
    {
        ArgumentNullException.ThrowIfNull(p);
        return p.Any(v => !(v >= 0 && v <= 1))
            ? throw new ArgumentException("A p-value lies between 0 and 1.", nameof(p))
            : ([.. Enumerable.Range(0, p.Count).OrderBy(i => p[i])], new double[p.Count]);
    }
}
