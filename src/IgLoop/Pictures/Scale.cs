namespace IgLoop.Pictures;

/// <summary>Maps a value to a place on the drawing, linear or logarithmic, with round tick values.</summary>
/// <param name="Low">Value at <paramref name="From"/>; above 0 when logarithmic.</param>
/// <param name="High">Value at <paramref name="To"/>; above <paramref name="Low"/>.</param>
public sealed record Scale(double Low, double High, double From, double To, bool Log = false)
{
    /// <summary>A scale that holds every finite value given, also when there is none or they are all the same.</summary>
    /// <param name="values">Values to hold; those that cannot stand on the axis (not finite, or not above 0 on a logarithmic one) are left out.</param>
    /// <param name="pad">Part of the range left free at each end.</param>
    /// <param name="crossZero">Whether the free room may reach over 0, as on an axis of time.</param>
    /// <param name="nice">Whether the ends move out to round values.</param>
    public static Scale Holding(IEnumerable<double> values, double from, double to, bool log = false, double pad = 0.04, bool nice = false, bool crossZero = false)
    {
        var stand = values.Where(v => double.IsFinite(v) && Math.Abs(v) < 1e300 && (!log || v > 1e-300)).Select(v => log ? Math.Log(v) : v).ToList();
        var (low, high) = stand.Count == 0 ? (0, 1) : (stand.Min(), stand.Max());
        var least = log ? 0.05 : Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9;
        if (high - low <= least)
        {
            var half = log ? 0.7 : low == 0 ? 1 : Math.Abs(low) * 0.5;
            (low, high) = (low - half, high + half);
        }

        var room = (high - low) * pad;

        // Free room is no reason to show values on the other side of 0, where a score or a weight cannot be.
        (low, high) = (!log && !crossZero && low >= 0 ? Math.Max(0, low - room) : low - room, !log && !crossZero && high <= 0 ? Math.Min(0, high + room) : high + room);
        if (nice && !log)
        {
            var step = Step(low, high, 6);
            (low, high) = (Math.Floor((low / step) + 1e-9) * step, Math.Ceiling((high / step) - 1e-9) * step);
        }

        return log ? new Scale(Math.Exp(low), Math.Exp(high), from, to, true) : new Scale(low, high, from, to);
    }

    public double At(double value) => From + ((T(value) - T(Low)) / (T(High) - T(Low)) * (To - From));

    /// <summary>The place of a value, or of the nearer end when the axis does not reach it.</summary>
    public double AtEnd(double value) => At(Clamp(value));

    public bool Holds(double value) => value >= Low && value <= High;

    public double Clamp(double value) => Math.Min(Math.Max(value, Low), High);

    /// <summary>Round values inside the scale, about <paramref name="about"/> of them.</summary>
    public IReadOnlyList<double> Ticks(int about = 6) => Log && High / Low > 2.2 ? LogTicks(about) : LinearTicks(about);

    private double T(double v) => Log ? Math.Log(v) : v;

    private static double Step(double low, double high, int about)
    {
        var raw = (high - low) / Math.Max(1, about - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return new[] { 1, 2, 2.5, 5, 10, 20 }.Select(m => m * power).First(s => s >= raw * 0.999);
    }

    private List<double> LinearTicks(int about)
    {
        var step = Step(Low, High, about);
        var decimals = (int)Math.Clamp(3 - Math.Floor(Math.Log10(step)), 0, 15);
        var ticks = new List<double>();
        for (var i = Math.Ceiling((Low / step) - 1e-9); i * step <= High + (step * 1e-9) && ticks.Count <= about * 3; i++)
        {
            var tick = Math.Round(i * step, decimals);
            ticks.Add(tick == 0 && step < 1e-12 ? i * step : tick);
        }

        return ticks;
    }

    private List<double> LogTicks(int about)
    {
        foreach (var marks in new double[][] { [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1] })
        {
            var ticks = new List<double>();
            for (var e = Math.Floor(Math.Log10(Low)); e <= Math.Ceiling(Math.Log10(High)); e++)
            {
                ticks.AddRange(marks.Select(m => m * Math.Pow(10, e)).Where(v => v >= Low * 0.999999 && v <= High * 1.000001));
            }

            if (ticks.Count <= about + 1)
            {
                return ticks.Count >= 2 ? ticks : [Low, High];
            }

            if (marks.Length == 1)
            {
                var every = (int)Math.Ceiling(ticks.Count / (double)about);
                return [.. ticks.Where((_, i) => i % every == 0)];
            }
        }

        return [Low, High];
    }
}
