namespace IgLoop.Core.Statistics;

/// <summary>McNemar's test of a sign that is present or absent before and after.</summary>
/// <param name="B">Pairs that changed one way (for example absent before, present after).</param>
/// <param name="C">Pairs that changed the other way (for example present before, absent after).</param>
/// <param name="PExact">Binomial, two-sided: twice the smaller tail.</param>
/// <param name="PMid">Mid-p; for b = c 1 - f/2 with f the point probability (Fagerland, BMC Med Res Methodol 2013;13:91).</param>
/// <param name="ChiSquared">Asymptotic, without correction.</param>
/// <param name="OddsRatio">Conditional paired odds ratio c/b; infinite when b = 0, null when nobody changed.</param>
/// <param name="Low">Exact (Clopper-Pearson) limit of the odds ratio.</param>
/// <param name="WilsonLow">Limit by Wilson's interval, less conservative.</param>
public sealed record McNemar(int B, int C, double PExact, double PMid, double ChiSquared, double PAsymptotic, double ChiSquaredCorrected, double PCorrected, double? OddsRatio, double Low, double High, double WilsonLow, double WilsonHigh)
{
    /// <exception cref="ArgumentOutOfRangeException">A count below 0.</exception>
    public static McNemar Of(int b, int c, double level = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(b);
        ArgumentOutOfRangeException.ThrowIfNegative(c);
        var n = b + c;
        if (n == 0)
        {
            return new(0, 0, 1, 1, 0, 1, 0, 1, null, 0, double.PositiveInfinity, 0, double.PositiveInfinity);
        }

        var point = Binomial.Density(Math.Min(b, c), n, 0.5);
        var mid = b == c ? 1 - (point / 2) : (2 * Binomial.Cdf(Math.Min(b, c), n, 0.5)) - point;
        double off = Math.Abs(b - c), corrected = Math.Max(0, off - 1);
        var exact = Proportion.ClopperPearson(c, n, level);
        var wilson = Proportion.Wilson(c, n, level);
        return new(b, c, Binomial.SignTest(b, n), mid, off * off / n, Distributions.ChiSquaredUpper(off * off / n, 1), corrected * corrected / n, Distributions.ChiSquaredUpper(corrected * corrected / n, 1),
            b == 0 ? double.PositiveInfinity : c / (double)b, Odds(exact.Low), Odds(exact.High), Odds(wilson.Low), Odds(wilson.High));
    }

    private static double Odds(double p) => p >= 1 ? double.PositiveInfinity : p / (1 - p);
}
