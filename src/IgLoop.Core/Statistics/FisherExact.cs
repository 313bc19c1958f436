using MathNet.Numerics;

namespace IgLoop.Core.Statistics;

/// <summary>Fisher's exact test of a two by two table, with the conditional odds ratio.</summary>
/// <param name="P">Two-sided: the tables no more likely than the one seen.</param>
/// <param name="OddsRatio">Conditional maximum likelihood estimate; 0 or infinite on the edge of what the margins allow; null when they allow one table only.</param>
public sealed record FisherExact(double P, double PGreater, double PLess, double? OddsRatio, double Low, double High)
{
    /// <summary>Rows a b and c d.</summary>
    public static FisherExact Of(int a, int b, int c, int d, double level = 0.95)
    {
        foreach (var count in new[] { a, b, c, d })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        }

        int first = a + c, second = b + d, row = a + b;
        int low = Math.Max(0, row - second), high = Math.Min(row, first);
        if (low == high)
        {
            return new(1, 1, 1, null, 0, double.PositiveInfinity);
        }

        var log = Enumerable.Range(low, high - low + 1).Select(x => SpecialFunctions.BinomialLn(first, x) + SpecialFunctions.BinomialLn(second, row - x)).ToArray();
        var central = Weights(log, low, 1);
        var tail = (1 - level) / 2;
        return new(
            TwoSided(central, a - low),
            Upper(log, low, a, 1),
            Lower(log, low, a, 1),
            a == low ? 0 : a == high ? double.PositiveInfinity : Solve(t => Mean(log, low, t) - a),
            a == low ? 0 : Solve(t => Upper(log, low, a, t) - tail),
            a == high ? double.PositiveInfinity : Solve(t => tail - Lower(log, low, a, t)));
    }

    /// <summary>The two-sided p alone, for rows a b and c d, without the odds ratio and its interval.</summary>
    public static double TwoSidedP(int a, int b, int c, int d)
    {
        foreach (var count in new[] { a, b, c, d })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        }

        int first = a + c, second = b + d, row = a + b;
        int low = Math.Max(0, row - second), high = Math.Min(row, first);
        var central = Weights([.. Enumerable.Range(low, high - low + 1).Select(x => SpecialFunctions.BinomialLn(first, x) + SpecialFunctions.BinomialLn(second, row - x))], low, 1);
        return TwoSided(central, a - low);
    }

    private static double TwoSided(double[] central, int seen) => Math.Min(1, central.Where(p => p <= central[seen] * (1 + 1e-7)).Sum());

    /// <summary>The odds ratio at which a function that grows with it is 0, looked for on the log scale.</summary>
    private static double Solve(Func<double, double> f)
    {
        double low = -1, high = 1;
        while (f(Math.Exp(low)) > 0 && low > -700)
        {
            low *= 2;
        }

        while (f(Math.Exp(high)) < 0 && high < 700)
        {
            high *= 2;
        }

        return Math.Exp(Roots.Bracketed(t => f(Math.Exp(t)), low, high));
    }

    private static double[] Weights(double[] log, int low, double odds)
    {
        var l = Math.Log(odds);
        var w = log.Select((v, i) => v + ((low + i) * l)).ToArray();
        var top = w.Max();
        var e = w.Select(v => Math.Exp(v - top)).ToArray();
        var sum = e.Sum();
        return [.. e.Select(v => v / sum)];
    }

    private static double Mean(double[] log, int low, double odds) => Weights(log, low, odds).Select((p, i) => p * (low + i)).Sum();

    private static double Upper(double[] log, int low, int a, double odds) => Math.Min(1, Weights(log, low, odds).Skip(a - low).Sum());

    private static double Lower(double[] log, int low, int a, double odds) => Math.Min(1, Weights(log, low, odds).Take(a - low + 1).Sum());
}
