namespace IgLoop.Core.Statistics;

/// <summary>Student's t test of paired differences.</summary>
/// <param name="CohenDz">Mean over standard deviation of the differences.</param>
/// <param name="HedgesGz">The same without small-sample bias (exact factor by the gamma function).</param>
public sealed record PairedT(double T, int Df, double P, double Mean, double Low, double High, double CohenDz, double HedgesGz)
{
    /// <exception cref="ArgumentException">Fewer than two pairs, or all differences alike.</exception>
    public static PairedT Of(IReadOnlyList<double> differences, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(differences);
        var mean = Sample.Mean(differences);
        var sd = Math.Sqrt(Sample.Variance(differences));
        if (sd == 0)
        {
            throw new ArgumentException("All differences are alike: there is no spread to test against.", nameof(differences));
        }

        var df = differences.Count - 1;
        var se = sd / Math.Sqrt(differences.Count);
        var half = Distributions.StudentQuantile(1 - ((1 - level) / 2), df) * se;
        var j = Math.Exp(MathNet.Numerics.SpecialFunctions.GammaLn(df / 2.0) - MathNet.Numerics.SpecialFunctions.GammaLn((df - 1) / 2.0)) / Math.Sqrt(df / 2.0);
        return new(mean / se, df, Distributions.StudentTwoSided(mean / se, df), mean, mean - half, mean + half, mean / sd, df > 1 ? j * mean / sd : mean / sd);
    }
}

/// <summary>Tests and intervals that stand on the binomial distribution.</summary>
public static class Binomial
{
    /// <summary>P(X = x).</summary>
    public static double Density(int x, int n, double p) => x < 0 || x > n ? 0
        : p <= 0 ? (x == 0 ? 1 : 0)
        : p >= 1 ? (x == n ? 1 : 0)
        : Math.Exp(MathNet.Numerics.SpecialFunctions.BinomialLn(n, x) + (x * Math.Log(p)) + ((n - x) * Math.Log(1 - p)));

    /// <summary>P(X ≤ x).</summary>
    public static double Cdf(int x, int n, double p) => x < 0 ? 0 : x >= n ? 1 : p <= 0 ? 1 : p >= 1 ? 0 : MathNet.Numerics.SpecialFunctions.BetaRegularized(n - x, x + 1, 1 - p);

    /// <summary>Two-sided p of x successes in n against one half: the sign test when x are the pairs that rose and n those that changed.</summary>
    public static double SignTest(int x, int n) => n == 0 ? 1 : Math.Min(1, 2 * Cdf(Math.Min(x, n - x), n, 0.5));
}
