namespace IgLoop.Pictures;

/// <summary>What a swimmer plot is drawn from.</summary>
/// <param name="TimeLabel">Time with its unit and origin, for example "Weeks from the first infusion".</param>
/// <param name="Lanes">One a course, drawn in this order from the top.</param>
public sealed record Swimmer(string Title, string TimeLabel, IReadOnlyList<SwimmerLane> Lanes);

/// <summary>One course.</summary>
/// <param name="Group">For example the dose band; shown by the fill of the bar.</param>
/// <param name="Ongoing">Whether it goes on beyond its end (an arrow).</param>
public sealed record SwimmerLane(string Label, double Start, double End, bool Ongoing = false, string Group = "")
{
    public IReadOnlyList<SwimmerMark> Marks { get; init; } = [];
}

/// <summary>Something that happened during a course.</summary>
/// <param name="Kind">What it was, for example "infusion", "response", "relapse", "reaction", "stopped"; each kind has its own shape.</param>
public sealed record SwimmerMark(double Time, string Kind);

/// <summary>Swimmer plot: a bar a course with what happened on it; kinds differ by shape and not by colour only.</summary>
public static class SwimmerPlot
{
    private const double W = 760;
    private const double Right = 728;
    private static readonly string[] Fills = ["#bcd4ea", "#f6dcc3", "#dfe5e8", "#ffffff"];
    private static readonly Action<Svg, double, double>[] Shapes =
    [
        (svg, x, y) => svg.LineTo(x, y - 5, x, y + 5, Svg.Ink, 1.6),
        (svg, x, y) => svg.Polygon([(x, y - 5.5), (x - 5, y + 4), (x + 5, y + 4)], Svg.Ink, "#ffffff"),
        (svg, x, y) => svg.Polygon([(x, y - 6), (x - 5, y), (x, y + 6), (x + 5, y)], Svg.Second, "#ffffff"),
        (svg, x, y) => svg.Circle(x, y, 4.5, "#ffffff", Svg.Ink),
        (svg, x, y) => svg.LineTo(x - 4.5, y - 4.5, x + 4.5, y + 4.5, Svg.Ink, 2.2).LineTo(x - 4.5, y + 4.5, x + 4.5, y - 4.5, Svg.Ink, 2.2),
        (svg, x, y) => svg.Rect(x - 4, y - 4, 8, 8, "#ffffff", Svg.Second),
        (svg, x, y) => svg.Polygon([(x, y + 5.5), (x - 5, y - 4), (x + 5, y - 4)], "#ffffff", Svg.Ink),
        (svg, x, y) => svg.Circle(x, y, 4.5, Svg.Accent, "#ffffff"),
    ];

    /// <param name="id">Unique in the page.</param>
    /// <exception cref="ArgumentException">More kinds of marks than there are shapes, or a course that ends before it starts.</exception>
    public static Picture Draw(Swimmer data, string id = "swimmer")
    {
        ArgumentNullException.ThrowIfNull(data);
        var kinds = data.Lanes.SelectMany(l => l.Marks.Select(m => m.Kind)).Distinct(StringComparer.Ordinal).ToList();
        if (kinds.Count > Shapes.Length)
        {
            throw new ArgumentException($"A swimmer plot has {Shapes.Length} shapes, and there are {kinds.Count} kinds of marks; put some of them together.", nameof(data));
        }

        if (data.Lanes.FirstOrDefault(l => !(l.End >= l.Start) || !double.IsFinite(l.End - l.Start)) is { } wrong)
        {
            throw new ArgumentException($"The course '{wrong.Label}' from {Show.Number(wrong.Start)} to {Show.Number(wrong.End)} cannot be drawn: it must end when or after it starts.", nameof(data));
        }

        var groups = data.Lanes.Select(l => l.Group).Where(g => g.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var legend = new Legend(20, W - 20);
        foreach (var (i, group) in groups.Index())
        {
            legend.Key(group, 20, (svg, x, y) => svg.Rect(x, y - 5, 20, 10, Fills[i % Fills.Length], Svg.Quiet));
        }

        foreach (var (i, kind) in kinds.Index())
        {
            legend.Key(kind, 12, (svg, x, y) => Shapes[i](svg, x + 6, y));
        }

        if (data.Lanes.Any(l => l.Ongoing))
        {
            legend.Key("goes on", 10, (svg, x, y) => svg.Polygon([(x + 9, y), (x + 1, y - 5), (x + 1, y + 5)], Svg.Ink));
        }

        var left = 35 + Math.Clamp(data.Lanes.Select(l => Show.Width(l.Label, 12)).Append(40).Max(), 40, 200);
        var step = data.Lanes.Count > 30 ? 16 : 22;
        var top = 22 + legend.Height;
        var bottom = top + (Math.Max(1, data.Lanes.Count) * step) + 6;
        var across = Scale.Holding(data.Lanes.SelectMany(l => l.Marks.Select(m => m.Time).Append(l.Start).Append(l.End)).Append(0), left, Right, pad: 0.02);
        var svg = new Svg(W, bottom + 54, data.Title, $"Swimmer plot of {data.Lanes.Count} {(data.Lanes.Count == 1 ? "course" : "courses")} against {data.TimeLabel}; {data.Lanes.Count(l => l.Ongoing)} still going on."
            + string.Concat(kinds.Select(k => $" {k}: {data.Lanes.Sum(l => l.Marks.Count(m => m.Kind == k))}.")), id);
        legend.Draw(svg, 6);
        foreach (var (i, lane) in data.Lanes.Index())
        {
            var y = top + (i * step) + (step / 2.0);
            svg.Label(20, y + 4, lane.Label, left - 34, size: 12);
            svg.Rect(across.At(lane.Start), y - (step * 0.32), across.At(lane.End) - across.At(lane.Start), step * 0.64, lane.Group.Length == 0 ? Fills[0] : Fills[groups.IndexOf(lane.Group) % Fills.Length], Svg.Quiet);
            if (lane.Ongoing)
            {
                var x = across.At(lane.End);
                svg.Polygon([(x + 10, y), (x + 2, y - 5), (x + 2, y + 5)], Svg.Ink);
            }

            foreach (var mark in lane.Marks.Where(m => double.IsFinite(m.Time)))
            {
                Shapes[kinds.IndexOf(mark.Kind)](svg, across.At(mark.Time), y);
            }
        }

        if (data.Lanes.Count == 0)
        {
            svg.Text(left, top + 14, "No course to show.", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, bottom, data.TimeLabel, about: 8);
        return new(data.Title, svg.ToString(), new(data.Title, ["Course", "Group", "Start", "End", "Goes on", "What happened"],
            [.. data.Lanes.Select(l => (IReadOnlyList<string>)[l.Label, l.Group, Show.Number(l.Start), Show.Number(l.End), l.Ongoing ? "yes" : "no", string.Join("; ", l.Marks.OrderBy(m => m.Time).GroupBy(m => m.Kind, StringComparer.Ordinal).Select(k => $"{k.Key} at {string.Join(", ", k.Select(m => Show.Number(m.Time)))}"))])]));
    }
}
