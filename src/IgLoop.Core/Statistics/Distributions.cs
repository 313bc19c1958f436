using MathNet.Numerics;

namespace IgLoop.Core.Statistics;

/// <summary>
/// Tails and quantiles of the normal, t, chi-squared and F distributions. Upper tails are computed directly and never as one minus a lower tail,
/// so that a p-value of 1e-30 keeps its digits. Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2 to 26.7.
/// </summary>
public static class Distributions
{
    /// <summary>P(Z ≤ x) of the standard normal.</summary>
    public static double NormalCdf(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    /// <summary>P(|Z| ≥ |x|) of the standard normal.</summary>
    public static double NormalTwoSided(double x) => SpecialFunctions.Erfc(Math.Abs(x) / Math.Sqrt(2));

    /// <summary>The x with P(Z ≤ x) = p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not strictly between 0 and 1.</exception>
    public static double NormalQuantile(double p)
    {
        Inside(p);
        var x = -Math.Sqrt(2) * SpecialFunctions.ErfcInv(2 * p);
        for (var i = 0; i < 2; i++)
        {
            // One Halley step sharpens the rational approximation to machine precision.
            var e = (NormalCdf(x) - p) * Math.Sqrt(2 * Math.PI) * Math.Exp(x * x / 2);
            x -= e / (1 + (x * e / 2));
        }

        return x;
    }

    /// <summary>P(|T| ≥ |t|) of Student's t with <paramref name="df"/> degrees of freedom.</summary>
    public static double StudentTwoSided(double t, double df) => t == 0 ? 1 : double.IsInfinity(t) ? 0 : SpecialFunctions.BetaRegularized(df / 2, 0.5, df / (df + (t * t)));

    /// <summary>P(T ≤ t) of Student's t.</summary>
    public static double StudentCdf(double t, double df) => t >= 0 ? 1 - (StudentTwoSided(t, df) / 2) : StudentTwoSided(t, df) / 2;

    /// <summary>The t with P(T ≤ t) = p.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not strictly between 0 and 1, or df is not positive.</exception>
    public static double StudentQuantile(double p, double df)
    {
        Inside(p);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(df);
        if (p == 0.5)
        {
            return 0;
        }

        var tail = 2 * Math.Min(p, 1 - p);
        var high = Math.Max(1, Math.Abs(NormalQuantile(p)));
        while (StudentTwoSided(high, df) > tail)
        {
            high *= 2;
        }

        var t = Roots.Bracketed(x => StudentTwoSided(x, df) - tail, 0, high);
        return p > 0.5 ? t : -t;
    }

    /// <summary>P(X ≥ x) of the chi-squared distribution.</summary>
    public static double ChiSquaredUpper(double x, double df) => x <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(df / 2, x / 2);

    /// <summary>The x with P(X ≤ x) = p of the chi-squared distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not strictly between 0 and 1, or df is not positive.</exception>
    public static double ChiSquaredQuantile(double p, double df)
    {
        Inside(p);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(df);
        var high = Math.Max(1, df);
        while (ChiSquaredUpper(high, df) > 1 - p)
        {
            high *= 2;
        }

        return p < 0.5
            ? Roots.Bracketed(x => SpecialFunctions.GammaLowerRegularized(df / 2, x / 2) - p, 0, high)
            : Roots.Bracketed(x => ChiSquaredUpper(x, df) - (1 - p), 0, high);
    }

    /// <summary>P(X ≥ x) of the F distribution.</summary>
    public static double FisherUpper(double x, double df1, double df2) => x <= 0 ? 1 : SpecialFunctions.BetaRegularized(df2 / 2, df1 / 2, df2 / (df2 + (df1 * x)));

    /// <summary>The x with P(X ≤ x) = p of the beta distribution.</summary>
    /// <exception cref="ArgumentOutOfRangeException">p is not strictly between 0 and 1.</exception>
    public static double BetaQuantile(double p, double a, double b)
    {
        Inside(p);
        return Roots.Bracketed(x => SpecialFunctions.BetaRegularized(a, b, x) - p, 0, 1);
    }

    private static void Inside(double p)
    {
        if (!(p > 0 && p < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability strictly between 0 and 1 is needed.");
        }
    }
}
