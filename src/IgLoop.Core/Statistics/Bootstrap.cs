namespace IgLoop.Core.Statistics;

/// <summary>A statistic of a sample; it may reorder the numbers it is given.</summary>
public delegate double StatisticOf(Span<double> sample);

/// <summary>A statistic of the patients at the given places of the cohort, a patient appearing as often as drawn.</summary>
public delegate double StatisticOfDrawn(ReadOnlySpan<int> drawn);

/// <summary>
/// Bootstrap intervals (Efron and Tibshirani 1993, chapters 13 and 14): percentile, and bias-corrected and accelerated (BCa) with the jackknife acceleration.
/// Quantiles are of type 6 of Hyndman and Fan. Digits depend on the seed; the interval within Monte Carlo error does not.
/// </summary>
public sealed record Bootstrap(double Estimate, int Resamples, double Level, Interval Percentile, Interval? Bca, double Bias, double StandardError, double Z0, double Acceleration)
{
    /// <summary>Draws values with replacement.</summary>
    public static Bootstrap Of(IReadOnlyList<double> values, StatisticOf statistic, int resamples, Chance chance, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 2);
        var x = values.ToArray();
        var drawn = new double[x.Length];
        var replicates = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = x[chance.Below(x.Length)];
            }

            replicates[r] = statistic(drawn);
        }

        var without = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            double[] rest = [.. x[..i], .. x[(i + 1)..]];
            without[i] = statistic(rest);
        }

        x.CopyTo(drawn, 0);
        return From(statistic(drawn), replicates, without, level);
    }

    /// <summary>Draws patients with replacement, for statistics of more than one value a patient.</summary>
    public static Bootstrap OfPatients(int patients, StatisticOfDrawn statistic, int resamples, Chance chance, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentOutOfRangeException.ThrowIfLessThan(patients, 2);
        var drawn = new int[patients];
        var replicates = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < patients; i++)
            {
                drawn[i] = chance.Below(patients);
            }

            replicates[r] = statistic(drawn);
        }

        var all = Enumerable.Range(0, patients).ToArray();
        var without = all.Select(i => statistic(all.Where(j => j != i).ToArray())).ToArray();
        return From(statistic(all), replicates, without, level);
    }

    /// <summary>From replicates that are already there.</summary>
    /// <param name="without">The statistic with each patient left out in turn.</param>
    public static Bootstrap From(double estimate, IReadOnlyList<double> replicates, IReadOnlyList<double> without, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(replicates);
        ArgumentNullException.ThrowIfNull(without);
        var sorted = replicates.Where(double.IsFinite).ToArray();
        if (sorted.Length < 2)
        {
            throw new ArgumentException("The statistic was a number in fewer than two resamples.", nameof(replicates));
        }

        Array.Sort(sorted);
        double tail = (1 - level) / 2, mean = sorted.Average();
        var below = (sorted.Count(v => v < estimate) + (sorted.Count(v => v == estimate) / 2.0)) / sorted.Length;
        var se = Math.Sqrt(sorted.Sum(v => (v - mean) * (v - mean)) / (sorted.Length - 1));
        var percentile = new Interval(Type6(sorted, tail), Type6(sorted, 1 - tail));
        var jack = without.Average();
        double cubes = without.Sum(v => Math.Pow(jack - v, 3)), squares = without.Sum(v => (jack - v) * (jack - v));
        var a = squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;

        // Every replicate on one side of the estimate: the bias correction would be infinite and the percentile interval is all there is.
        if (below is <= 0 or >= 1)
        {
            return new(estimate, sorted.Length, level, percentile, null, mean - estimate, se, double.NaN, a);
        }

        var z0 = Distributions.NormalQuantile(below);
        double At(double p)
        {
            var z = z0 + Distributions.NormalQuantile(p);
            return Type6(sorted, Distributions.NormalCdf(z0 + (z / (1 - (a * z)))));
        }

        return new(estimate, sorted.Length, level, percentile, new(At(tail), At(1 - tail)), mean - estimate, se, z0, a);
    }

    private static double Type6(double[] sorted, double p)
    {
        var h = Math.Clamp(((sorted.Length + 1) * p) - 1, 0, sorted.Length - 1);
        var low = (int)Math.Floor(h);
        return sorted[low] + ((h - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }
}
