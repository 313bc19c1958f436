namespace IgLoop.Pictures;

/// <summary>What a L'Abbé plot is drawn from.</summary>
/// <param name="Event">What happened, for example "Improved".</param>
public sealed record LAbbe(string Title, string Event, string TreatedLabel, string ControlLabel, IReadOnlyList<LAbbeStudy> Studies)
{
    /// <summary>The rate under treatment that the pooled effect gives for a rate under control, both from 0 to 1; null: no line.</summary>
    public Func<double, double>? Pooled { get; init; }

    public string PooledLabel { get; init; } = "pooled effect";
}

/// <summary>One study: events of patients in each arm.</summary>
public sealed record LAbbeStudy(string Label, double TreatedEvents, double TreatedCount, double ControlEvents, double ControlCount)
{
    public double TreatedRate => TreatedEvents / TreatedCount;

    public double ControlRate => ControlEvents / ControlCount;
}

/// <summary>L'Abbé plot: the rate of events under treatment against that under control, a circle a study with an area in proportion to its patients.</summary>
public static class LAbbePlot
{
    private const double W = 560;
    private const double Left = 84;
    private const double Size = 440;

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(LAbbe data, string id = "labbe")
    {
        ArgumentNullException.ThrowIfNull(data);
        var shown = data.Studies.Where(s => s is { TreatedCount: > 0, ControlCount: > 0 } && double.IsFinite(s.TreatedRate) && double.IsFinite(s.ControlRate)).ToList();
        var largest = shown.Select(s => s.TreatedCount + s.ControlCount).Append(1).Max();
        var legend = new Legend(Left, Left + Size).Key("one study, area by patients", 12, (svg, x, y) => svg.Circle(x + 6, y, 5.5, Svg.Accent, "#ffffff", 0.6)).Key("no difference", 24, (svg, x, y) => svg.LineTo(x, y, x + 24, y, Svg.Quiet));
        if (data.Pooled is not null)
        {
            legend.Key(data.PooledLabel, 24, (svg, x, y) => svg.LineTo(x, y, x + 24, y, Svg.Second, 2, "7 4"));
        }

        var top = 20 + legend.Height;
        var (across, up) = (new Scale(0, 1, Left, Left + Size), new Scale(0, 1, top + Size, top));
        var svg = new Svg(W, top + Size + 54, data.Title, $"L'Abbé plot of {shown.Count} {(shown.Count == 1 ? "study" : "studies")}: {data.Event}, {data.TreatedLabel} against {data.ControlLabel}. {shown.Count(s => s.TreatedRate > s.ControlRate)} above the line of no difference, {shown.Count(s => s.TreatedRate < s.ControlRate)} below it.", id);
        legend.Draw(svg, 6);
        svg.Rect(Left, top, Size, Size, "none", Svg.Line).LineTo(across.At(0), up.At(0), across.At(1), up.At(1), Svg.Quiet);
        if (data.Pooled is { } pooled)
        {
            // A pooled ratio can give a rate above 1, which no group of patients can have: the line ends there.
            svg.Polyline([.. Enumerable.Range(0, 101).Select(i => (C: i / 100.0, T: pooled(i / 100.0))).Where(p => p.T is >= 0 and <= 1).Select(p => (across.At(p.C), up.At(p.T)))], Svg.Second, 2, "7 4");
        }

        foreach (var s in shown.OrderByDescending(s => s.TreatedCount + s.ControlCount))
        {
            svg.Circle(across.AtEnd(s.ControlRate), up.AtEnd(s.TreatedRate), Math.Max(3, 16 * Math.Sqrt((s.TreatedCount + s.ControlCount) / largest)), Svg.Accent, "#ffffff", 0.6);
        }

        if (shown.Count == 0)
        {
            svg.Text(Left + (Size / 2), top + 40, "No study to show.", "middle", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, top + Size, $"{data.Event}, {data.ControlLabel}", v => Show.Number(v * 100) + " %").AxisLeft(up, Left, $"{data.Event}, {data.TreatedLabel}", v => Show.Number(v * 100) + " %", labelAt: 60);
        return new(data.Title, svg.ToString(), new(data.Title, ["Study", $"{data.TreatedLabel}, events", "of", "rate", $"{data.ControlLabel}, events", "of", "rate"],
            [.. data.Studies.Select(s => (IReadOnlyList<string>)[s.Label, Show.Number(s.TreatedEvents), Show.Number(s.TreatedCount), Show.Percent(s.TreatedRate), Show.Number(s.ControlEvents), Show.Number(s.ControlCount), Show.Percent(s.ControlRate)])]));
    }
}
