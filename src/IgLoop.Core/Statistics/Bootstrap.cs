namespace IgLoop.Core.Statistics;

/// <summary>A statistic of a sample; it may reorder the numbers it is given.</summary>
public delegate double StatisticOf(Span<double> sample);

/// <summary>Statistics of a sample in which each patient of the cohort was drawn so many times, 0 included; a statistic that does not exist in it is NaN.</summary>
public delegate void StatisticsOfCounts(ReadOnlySpan<int> times, Span<double> results);

/// <summary>
/// Bootstrap intervals (Efron and Tibshirani 1993, chapters 13 and 14): percentile, and bias-corrected and accelerated (BCa) with the jackknife acceleration.
/// Quantiles are of type 6 of Hyndman and Fan. Digits depend on the seed; the interval within Monte Carlo error does not.
/// </summary>
public sealed record Bootstrap(double Estimate, int Resamples, double Level, Interval Percentile, Interval? Bca, double Bias, double StandardError, double Z0, double Acceleration)
{
    /// <summary>Estimate and its standard error over the resamples times the normal quantile, no bias taken off; null when no resample differed.</summary>
    public Interval? Normal => StandardError > 0 && Distributions.NormalQuantile(1 - ((1 - Level) / 2)) * StandardError is var half ? new(Estimate - half, Estimate + half) : null;

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
    /// <param name="statistics">How many statistics each sample gives; all come from the same samples, so that what is costly is worked out once.</param>
    /// <returns>One a statistic, in their order.</returns>
    public static IReadOnlyList<Bootstrap> OfPatients(int patients, int statistics, StatisticsOfCounts work, int resamples, Chance chance, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentOutOfRangeException.ThrowIfLessThan(patients, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(statistics, 1);
        var times = new int[patients];
        var results = new double[statistics];
        double[][] replicates = [.. Enumerable.Range(0, statistics).Select(_ => new double[resamples])], without = [.. Enumerable.Range(0, statistics).Select(_ => new double[patients])];
        for (var r = 0; r < resamples; r++)
        {
            Array.Clear(times);
            for (var i = 0; i < patients; i++)
            {
                times[chance.Below(patients)]++;
            }

            Keep(replicates, r);
        }

        Array.Fill(times, 1);
        for (var i = 0; i < patients; i++)
        {
            times[i] = 0;
            Keep(without, i);
            times[i] = 1;
        }

        work(times, results);
        return [.. results.Select((estimate, s) => From(estimate, replicates[s], without[s], level))];

        void Keep(double[][] into, int at)
        {
            work(times, results);
            for (var s = 0; s < statistics; s++)
            {
                into[s][at] = results[s];
            }
        }
    }

    /// <summary>Draws patients with replacement, for one statistic of more than one value a patient.</summary>
    public static Bootstrap OfPatients(int patients, Func<ReadOnlySpan<int>, double> statistic, int resamples, Chance chance, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(statistic);
        return OfPatients(patients, 1, (times, results) => results[0] = statistic(times), resamples, chance, level)[0];
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
        double[] known = [.. without.Where(double.IsFinite)];
        var jack = known.Length == 0 ? 0 : known.Average();
        double cubes = known.Sum(v => Math.Pow(jack - v, 3)), squares = known.Sum(v => (jack - v) * (jack - v));
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
