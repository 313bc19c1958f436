using IgLoop.Core.Statistics;

namespace IgLoop.Core.Literature;

/// <summary>An effect worked out again from the numbers of two arms, with the intervals that papers commonly print.</summary>
internal sealed record Rederived(double Value, IReadOnlyList<(string Method, double Low, double High)> Intervals)
{
    /// <summary>Null when the arms do not hold the numbers, or a zero cell leaves no interval.</summary>
    public static Rederived? Of(PrintedEffect effect, ArmResult a, ArmResult b)
    {
        var z = Distributions.NormalQuantile((1 + ((double)effect.Level / 100)) / 2);
        return (effect.Measure, a, b) switch
        {
            (EffectMeasure.MD, { Mean: { } m1, Sd: { } s1, N: > 1 and { } n1 }, { Mean: { } m2, Sd: { } s2, N: > 1 and { } n2 }) =>
                MeanDifference((double)m1, (double)s1, n1, (double)m2, (double)s2, n2, z, (double)effect.Level / 100),
            (EffectMeasure.RD, { Events: { } e1, N: > 0 and { } n1 }, { Events: { } e2, N: > 0 and { } n2 }) => RiskDifference(e1, n1, e2, n2, z),
            (EffectMeasure.RR, { Events: > 0 and { } e1, N: > 0 and { } n1 }, { Events: > 0 and { } e2, N: > 0 and { } n2 }) =>
                Ratio(Math.Log(e1 / (double)n1 / (e2 / (double)n2)), Math.Sqrt((1d / e1) - (1d / n1) + (1d / e2) - (1d / n2)), z),
            (EffectMeasure.OR, { Events: > 0 and { } e1, N: { } n1 }, { Events: > 0 and { } e2, N: { } n2 }) when n1 > e1 && n2 > e2 =>
                Ratio(Math.Log(e1 / (double)(n1 - e1) / (e2 / (double)(n2 - e2))), Math.Sqrt((1d / e1) + (1d / (n1 - e1)) + (1d / e2) + (1d / (n2 - e2))), z),
            _ => null,
        };
    }

    private static Rederived Ratio(double log, double error, double z) => new(Math.Exp(log), [("Wald on the log scale", Math.Exp(log - (z * error)), Math.Exp(log + (z * error)))]);

    /// <summary>In percentage points. Newcombe RG. Interval estimation for the difference between independent proportions. 1998, method 10.</summary>
    private static Rederived RiskDifference(int e1, int n1, int e2, int n2, double z)
    {
        var (p1, p2) = (e1 / (double)n1, e2 / (double)n2);
        var d = p1 - p2;
        var wald = z * Math.Sqrt((p1 * (1 - p1) / n1) + (p2 * (1 - p2) / n2));
        var (l1, u1) = Wilson(p1, n1, z);
        var (l2, u2) = Wilson(p2, n2, z);
        var low = d - Math.Sqrt(((p1 - l1) * (p1 - l1)) + ((u2 - p2) * (u2 - p2)));
        var high = d + Math.Sqrt(((u1 - p1) * (u1 - p1)) + ((p2 - l2) * (p2 - l2)));
        return new(100 * d, [("Wald", 100 * (d - wald), 100 * (d + wald)), ("Newcombe", 100 * low, 100 * high)]);
    }

    private static Rederived MeanDifference(double m1, double s1, int n1, double m2, double s2, int n2, double z, double level)
    {
        var (v1, v2) = (s1 * s1 / n1, s2 * s2 / n2);
        var d = m1 - m2;
        var error = Math.Sqrt(v1 + v2);
        var pooled = Math.Sqrt((((n1 - 1) * s1 * s1) + ((n2 - 1) * s2 * s2)) / (n1 + n2 - 2) * ((1d / n1) + (1d / n2)));
        var t = Distributions.StudentQuantile((1 + level) / 2, n1 + n2 - 2);
        return new(d, [("normal", d - (z * error), d + (z * error)), ("pooled t", d - (t * pooled), d + (t * pooled))]);
    }

    private static (double Low, double High) Wilson(double p, int n, double z)
    {
        var centre = p + (z * z / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4d * n * n)));
        var scale = 1 + (z * z / n);
        return ((centre - half) / scale, (centre + half) / scale);
    }
}
