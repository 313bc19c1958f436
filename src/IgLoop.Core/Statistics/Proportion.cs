namespace IgLoop.Core.Statistics;

/// <summary>Two limits of an interval.</summary>
public readonly record struct Interval(double Low, double High)
{
    public bool Holds(double value) => value >= Low && value <= High;
}

/// <summary>Intervals of a proportion and of the difference of two.</summary>
public static class Proportion
{
    /// <summary>Wilson's score interval (Wilson 1927; Newcombe, Stat Med 1998;17:857, methods 3 and 4).</summary>
    /// <param name="corrected">With continuity correction of half a patient.</param>
    public static Interval Wilson(int x, int n, double level = 0.95, bool corrected = false)
    {
        Check(x, n);
        double z = Distributions.NormalQuantile(1 - ((1 - level) / 2)), p = x / (double)n, half = z * z / (2 * n), shift = corrected ? 0.5 / n : 0;
        double Limit(double q, int sign) => (q + half + (sign * z * Math.Sqrt((q * (1 - q) / n) + (half / (2 * n))))) / (1 + (2 * half));
        return new(p - shift <= 0 ? 0 : Limit(p - shift, -1), p + shift >= 1 ? 1 : Limit(p + shift, 1));
    }

    /// <summary>Clopper and Pearson's exact interval (Biometrika 1934;26:404): covers at least at its level, often more.</summary>
    public static Interval ClopperPearson(int x, int n, double level = 0.95)
    {
        Check(x, n);
        var tail = (1 - level) / 2;
        return new(x == 0 ? 0 : Distributions.BetaQuantile(tail, x, n - x + 1), x == n ? 1 : Distributions.BetaQuantile(1 - tail, x + 1, n - x));
    }

    /// <summary>Difference of two independent proportions with Newcombe's hybrid score interval (Stat Med 1998;17:873, method 10).</summary>
    public static (double Difference, Interval Interval) Newcombe(int x1, int n1, int x2, int n2, double level = 0.95)
    {
        var a = Wilson(x1, n1, level);
        var b = Wilson(x2, n2, level);
        double p = x1 / (double)n1, q = x2 / (double)n2;
        return (p - q, new(p - q - Root(p - a.Low, b.High - q), p - q + Root(a.High - p, q - b.Low)));
        static double Root(double u, double v) => Math.Sqrt((u * u) + (v * v));
    }

    private static void Check(int x, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(x, n);
    }
}
