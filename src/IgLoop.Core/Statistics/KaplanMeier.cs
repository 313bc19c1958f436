namespace IgLoop.Core.Statistics;

/// <summary>On which scale the interval of a survival curve is symmetric.</summary>
public enum SurvivalScale
{
    Log,
    LogLog,
    Plain,
}

/// <param name="Low">Null where it does not exist: once nobody is left, and for log-log also while nobody had the event.</param>
public sealed record SurvivalStep(double Time, int AtRisk, int Events, double Survival, double? Low, double? High);

/// <summary>Kaplan and Meier's estimate (JASA 1958;53:457) with Greenwood's variance.</summary>
/// <param name="Steps">One a time with an event.</param>
/// <param name="Median">Null when the curve does not reach one half; where it runs level at exactly one half, the middle of that stretch, as R does.</param>
public sealed record KaplanMeier(int Patients, int Events, IReadOnlyList<SurvivalStep> Steps, double? Median, double? MedianLow, double? MedianHigh, SurvivalScale Scale, double Level)
{
    /// <param name="times">Time to the event or to the end of observation, all in one unit.</param>
    /// <param name="events">True where the event ended the time, false where the patient was last seen without it.</param>
    public static KaplanMeier Of(IReadOnlyList<double> times, IReadOnlyList<bool> events, SurvivalScale scale = SurvivalScale.LogLog, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(events);
        if (times.Count != events.Count || times.Any(t => !double.IsFinite(t) || t < 0))
        {
            throw new ArgumentException("Every patient needs one time of 0 or more and whether the event ended it.", nameof(times));
        }

        var z = Distributions.NormalQuantile(1 - ((1 - level) / 2));
        var steps = new List<SurvivalStep>();
        double s = 1, greenwood = 0;
        foreach (var group in Enumerable.Range(0, times.Count).Where(i => events[i]).GroupBy(i => times[i]).OrderBy(g => g.Key))
        {
            var risk = times.Count(t => t >= group.Key);
            var died = group.Count();
            s = died == risk ? 0 : s * (1 - (died / (double)risk));
            greenwood += died == risk ? double.PositiveInfinity : died / ((double)risk * (risk - died));
            var (low, high) = Limits(s, Math.Sqrt(greenwood), z, scale);
            steps.Add(new(group.Key, risk, died, s, low, high));
        }

        return new(times.Count, events.Count(e => e), steps, Half(steps, x => x.Survival), Half(steps, x => x.Low), Half(steps, x => x.High), scale, level);
    }

    /// <summary>The share without the event at a time.</summary>
    public double At(double time) => Steps.LastOrDefault(x => x.Time <= time)?.Survival ?? 1;

    private static (double? Low, double? High) Limits(double s, double se, double z, SurvivalScale scale)
    {
        if (s <= 0)
        {
            return (null, null);
        }

        switch (scale)
        {
            case SurvivalScale.Log:
                return (s * Math.Exp(-z * se), Math.Min(1, s * Math.Exp(z * se)));
            case SurvivalScale.LogLog:
                var l = Math.Log(-Math.Log(s));
                var half = z * se / Math.Log(s);
                return (Math.Exp(-Math.Exp(l - half)), Math.Exp(-Math.Exp(l + half)));
            default:
                return (Math.Max(0, s - (z * s * se)), Math.Min(1, s + (z * s * se)));
        }
    }

    private static double? Half(List<SurvivalStep> steps, Func<SurvivalStep, double?> curve)
    {
        const double close = 1.5e-8;
        var first = steps.FindIndex(x => curve(x) is { } v && v < 0.5 + close);
        if (first < 0)
        {
            return null;
        }

        var value = curve(steps[first])!.Value;
        var next = steps.FindIndex(first, x => curve(x) is { } v && v < value - close);
        return Math.Abs(value - 0.5) < close && next >= 0 ? (steps[first].Time + steps[next].Time) / 2 : steps[first].Time;
    }
}

/// <summary>The log-rank test of two or more groups.</summary>
public sealed record LogRank(IReadOnlyList<string> Groups, IReadOnlyList<double> Observed, IReadOnlyList<double> Expected, ChiSquaredTest Test)
{
    /// <param name="groups">Name of each patient's group.</param>
    /// <returns>Null when there are fewer than two groups or no event.</returns>
    public static LogRank? Of(IReadOnlyList<double> times, IReadOnlyList<bool> events, IReadOnlyList<string> groups)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(groups);
        var names = groups.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var k = names.Length;
        if (k < 2 || !events.Any(e => e))
        {
            return null;
        }

        var place = groups.Select(g => Array.IndexOf(names, g)).ToArray();
        var observed = new double[k];
        var expected = new double[k];
        var variance = new double[k - 1, k - 1];
        foreach (var time in Enumerable.Range(0, times.Count).Where(i => events[i]).Select(i => times[i]).Distinct())
        {
            var risk = new double[k];
            double died = 0;
            for (var i = 0; i < times.Count; i++)
            {
                risk[place[i]] += times[i] >= time ? 1 : 0;
                if (events[i] && times[i] == time)
                {
                    observed[place[i]]++;
                    died++;
                }
            }

            var n = risk.Sum();
            var common = n > 1 ? died * (n - died) / (n - 1) : 0;
            for (var g = 0; g < k; g++)
            {
                expected[g] += died * risk[g] / n;
                for (var h = 0; g < k - 1 && h < k - 1; h++)
                {
                    variance[g, h] += common * ((g == h ? risk[g] / n : 0) - (risk[g] * risk[h] / (n * n)));
                }
            }
        }

        return new(names, observed, expected, new(Quadratic(observed, expected, variance), k - 1));
    }

    private static double Quadratic(double[] observed, double[] expected, double[,] variance)
    {
        var (inverse, _) = SymmetricMatrix.Invert(variance);
        var sum = 0.0;
        for (var g = 0; g < inverse.GetLength(0); g++)
        {
            for (var h = 0; h < inverse.GetLength(0); h++)
            {
                sum += (observed[g] - expected[g]) * inverse[g, h] * (observed[h] - expected[h]);
            }
        }

        return sum;
    }
}
