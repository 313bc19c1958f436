using System.Globalization;
using IgLoop.Core.Costs;

namespace IgLoop.Core.Tests.Costs;

internal static class Some
{
    public static CostModel Cidp => new() { Increment = new(Price(124_065, "CAD"), 0.177m), Thresholds = [50_000, 100_000] };

    public static CostModel LowAgainstHigh(decimal perGram) => new() { WeightKg = 70, PerGram = Price(perGram), Arms = [new("low", 0.5m), new("high", 2) { Infusions = 5 }] };

    public static CostModel WithResponse => LowAgainstHigh(32.7m) with
    {
        Arms = [new("low", 0.5m) { Patients = 40, Responders = 18 }, new("high", 2) { Infusions = 5, Patients = 40, Responders = 24 }],
        QalyPerResponder = 0.3m,
        Thresholds = [30_000],
    };

    public static Price Price(decimal amount, string currency = "GBP") => new(amount, currency, new(2019, 1, 1), "a contract");

    public static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>A stream of numbers from 0 to below 1 that depends on its seed alone (Park and Miller).</summary>
    public static Func<double> Stream(int seed)
    {
        var state = (long)seed + 1;
        return () =>
        {
            state = state * 48271 % 2147483647;
            return (state - 1) / 2147483646.0 * 0.9999999;
        };
    }
}
