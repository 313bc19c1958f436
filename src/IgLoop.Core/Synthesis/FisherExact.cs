using MathNet.Numerics;

namespace IgLoop.Core.Synthesis;

/// <summary>Fisher's exact test of a two-by-two table.</summary>
public static class FisherExact
{
    /// <summary>Two-sided p: the sum over all tables with the same margins that are no more likely than this one.</summary>
    public static double P(int a, int n1, int c, int n2)
    {
        var events = a + c;
        var low = Math.Max(0, events - n2);
        var high = Math.Min(events, n1);
        double Log(int x) => SpecialFunctions.BinomialLn(n1, x) + SpecialFunctions.BinomialLn(n2, events - x) - SpecialFunctions.BinomialLn(n1 + n2, events);
        // Tables equally likely differ in the last digits only; the same tolerance as in R.
        var limit = Log(a) + 1e-7;
        return Math.Min(1, Enumerable.Range(low, high - low + 1).Select(Log).Where(l => l <= limit).Sum(Math.Exp));
    }
}
