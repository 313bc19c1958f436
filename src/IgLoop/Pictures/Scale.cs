namespace IgLoop.Pictures;

/// <summary>Maps a value to a place on the drawing, linear or logarithmic, with round tick values.</summary>
public sealed record Scale(double Low, double High, double From, double To, bool Log = false)
{
    public double At(double value) => From + ((T(value) - T(Low)) / (T(High) - T(Low)) * (To - From));

    public bool Holds(double value) => value >= Low && value <= High;

    public double Clamp(double value) => Math.Min(Math.Max(value, Low), High);

    /// <summary>Round values inside the scale, about <paramref name="about"/> of them.</summary>
    public IReadOnlyList<double> Ticks(int about = 6) => Log ? LogTicks(about) : LinearTicks(about);

    private double T(double v) => Log ? Math.Log(v) : v;

    private List<double> LinearTicks(int about)
    {
        var raw = (High - Low) / Math.Max(1, about - 1);
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.Select(m => m * power).First(s => s >= raw * 0.999);
        var ticks = new List<double>();
        for (var i = Math.Ceiling((Low / step) - 1e-9); i * step <= High + (step * 1e-9); i++)
        {
            ticks.Add(Math.Round(i * step, 12));
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
