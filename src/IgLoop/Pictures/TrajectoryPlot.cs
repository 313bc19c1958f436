namespace IgLoop.Pictures;

/// <summary>What a trajectory of a cohort is drawn from.</summary>
/// <param name="TimeLabel">What runs along the bottom, with its unit, for example "Weeks after the first infusion".</param>
/// <param name="ValueLabel">What is measured, with its unit, for example "SLEDAI-2K, points".</param>
/// <param name="Lines">One a patient, faint.</param>
/// <param name="Means">The mean (or median) with its interval, strong; empty: none.</param>
public sealed record Trajectory(string Title, string TimeLabel, string ValueLabel, IReadOnlyList<TrajectoryLine> Lines, IReadOnlyList<TrajectoryMean> Means)
{
    /// <summary>Levels that matter, for example a response threshold; drawn across.</summary>
    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>What the strong line is, for example "Mean with 95 % CI".</summary>
    public string MeanLabel { get; init; } = "Mean with 95 % CI";

    /// <summary>Lowest and highest value of the vertical axis, for example the range of the instrument; found from the data when not given.</summary>
    public (double Low, double High)? Axis { get; init; }
}

/// <summary>Values of one patient over time; they are joined in order of time.</summary>
public sealed record TrajectoryLine(string Id, IReadOnlyList<(double Time, double Value)> Points);

/// <param name="Group">For one line a group, as low and high dose; empty: all.</param>
/// <param name="Count">How many patients it stands on.</param>
public sealed record TrajectoryMean(double Time, double Mean, double? Low, double? High, int? Count = null, string Group = "");

/// <summary>A level across the drawing, and its name.</summary>
public sealed record Threshold(double Value, string Label);

/// <summary>Trajectory of a cohort: every patient as a faint line, the mean with its interval on top.</summary>
public static class TrajectoryPlot
{
    private const double W = 760;
    private const double Left = 76;
    private const double PlotHeight = 334;

    private static readonly (string Colour, string? Dash)[] Styles = [(Svg.Second, null), (Svg.Accent, "7 4"), (Svg.Ink, "2 4"), (Svg.Quiet, "9 3 2 3")];

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Trajectory data, string id = "trajectory")
    {
        ArgumentNullException.ThrowIfNull(data);
        var lines = data.Lines.Select(l => l with { Points = [.. l.Points.Where(p => double.IsFinite(p.Time) && double.IsFinite(p.Value)).OrderBy(p => p.Time)] }).Where(l => l.Points.Count > 0).ToList();
        var means = data.Means.Where(m => double.IsFinite(m.Time) && double.IsFinite(m.Mean)).ToList();
        var groups = means.GroupBy(m => m.Group, StringComparer.Ordinal).Select(g => (Name: g.Key, Points: g.OrderBy(m => m.Time).ToList())).ToList();
        var margin = ThresholdRoom(data.Thresholds);
        var right = W - 14 - margin;
        var legend = LegendOf(data, lines.Count, groups.Select(g => g.Name).ToList());
        var top = 20 + legend.Height;
        var bottom = top + PlotHeight;
        var across = Scale.Holding(lines.SelectMany(l => l.Points.Select(p => p.Time)).Concat(means.Select(m => m.Time)), Left, right, pad: 0.02, crossZero: true);
        var up = data.Axis is { } asked && asked.High > asked.Low
            ? new Scale(asked.Low, asked.High, bottom, top)
            : Scale.Holding(lines.SelectMany(l => l.Points.Select(p => p.Value)).Concat(means.SelectMany(m => new[] { m.Mean, m.Low ?? m.Mean, m.High ?? m.Mean })).Concat(data.Thresholds.Select(t => t.Value)), bottom, top, nice: true);
        var svg = new Svg(W, bottom + 54, data.Title, Describe(data, lines.Count, groups), id);

        foreach (var tick in up.Ticks())
        {
            svg.LineTo(Left, up.At(tick), right, up.At(tick), "#e1e8eb");
        }

        // A little beyond the axes, or a value at the end of one would be half a dot.
        svg.Inside(Left - 3, top - 3, right - Left + 6, bottom - top + 6, inside =>
        {
            foreach (var line in lines)
            {
                var points = line.Points.Select(p => (across.At(p.Time), up.At(p.Value))).ToList();
                inside.Polyline(points, lines.Count == 1 ? Svg.Ink : Svg.Quiet, lines.Count == 1 ? 2 : 1, opacity: lines.Count > 150 ? 0.12 : lines.Count > 30 ? 0.3 : lines.Count > 1 ? 0.5 : 1);
                foreach (var (x, y) in points)
                {
                    inside.Circle(x, y, lines.Count == 1 ? 3.5 : 1.8, lines.Count == 1 ? Svg.Ink : Svg.Quiet, opacity: lines.Count == 1 ? 1 : lines.Count > 150 ? 0.25 : 0.5);
                }
            }
        });
        Thresholds(svg, data.Thresholds, up, Left, right, margin);
        svg.Inside(Left - 6, top - 6, right - Left + 12, bottom - top + 12, inside =>
        {
            for (var g = 0; g < groups.Count; g++)
            {
                Mean(inside, groups[g].Points, across, up, Styles[g % Styles.Length], (g - ((groups.Count - 1) / 2.0)) * 4);
            }
        });
        if (lines.Count + means.Count == 0)
        {
            svg.Text((Left + right) / 2, (top + bottom) / 2, "No value to show.", "middle", fill: Svg.Quiet);
        }

        legend.Draw(svg, 6);
        svg.AxisBelow(across, bottom, data.TimeLabel, about: 8).AxisLeft(up, Left, data.ValueLabel);
        return new(data.Title, svg.ToString(), Table(data));
    }

    /// <summary>Room that the names of the levels take to the right of the drawing.</summary>
    internal static double ThresholdRoom(IReadOnlyList<Threshold> thresholds) => thresholds.Count == 0 ? 0 : Math.Min(170, thresholds.Max(t => Show.Width(t.Label, 12))) + 14;

    /// <summary>Levels across the drawing, each with its name to the right of it; names that would meet are moved apart and joined to their level.</summary>
    /// <param name="names">Names that stand at a level without a line across, as those of bands.</param>
    internal static void Thresholds(Svg svg, IReadOnlyList<Threshold> thresholds, Scale up, double left, double right, double margin, IReadOnlyList<Threshold>? names = null)
    {
        var shown = thresholds.Select(t => (t.Value, t.Label, Line: true)).Concat((names ?? []).Select(t => (t.Value, t.Label, Line: false))).Where(t => up.Holds(t.Value)).OrderByDescending(t => t.Value).ToList();
        var places = shown.Select(t => up.At(t.Value)).ToList();
        for (var i = 1; i < places.Count; i++)
        {
            places[i] = Math.Max(places[i], places[i - 1] + 15);
        }

        // Pushed below the drawing: move the lot up again from the bottom.
        for (var i = places.Count - 1; i >= 0; i--)
        {
            places[i] = Math.Min(places[i], i == places.Count - 1 ? Math.Max(up.From, up.To) : places[i + 1] - 15);
        }

        for (var i = 0; i < shown.Count; i++)
        {
            if (shown[i].Line)
            {
                var y = up.At(shown[i].Value);
                svg.LineTo(left, y, right, y, Svg.Ink, 1.2, "8 5").LineTo(right, y, right + 9, places[i], Svg.Quiet);
            }

            svg.Label(right + 12, places[i] + 4, shown[i].Label, margin - 10, size: 12, fill: shown[i].Line ? Svg.Ink : Svg.Quiet);
        }
    }

    private static void Mean(Svg svg, List<TrajectoryMean> points, Scale across, Scale up, (string Colour, string? Dash) style, double shift)
    {
        svg.Polyline([.. points.Select(p => (across.At(p.Time) + shift, up.At(p.Mean)))], style.Colour, 2.6, style.Dash);
        foreach (var p in points)
        {
            var (x, y) = (across.At(p.Time) + shift, up.At(p.Mean));
            if (p is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high))
            {
                svg.LineTo(x, up.At(low), x, up.At(high), style.Colour, 2);
                svg.LineTo(x - 5, up.At(low), x + 5, up.At(low), style.Colour, 2).LineTo(x - 5, up.At(high), x + 5, up.At(high), style.Colour, 2);
            }

            svg.Rect(x - 4, y - 4, 8, 8, style.Colour, "#ffffff");
        }
    }

    private static Legend LegendOf(Trajectory data, int patients, List<string> groups)
    {
        var legend = new Legend(Left, W - 14);
        if (patients > 0)
        {
            legend.Key(patients == 1 ? "one patient" : $"each of {patients} patients", 24, (svg, x, y) => svg.Polyline([(x, y), (x + 24, y)], patients == 1 ? Svg.Ink : Svg.Quiet, patients == 1 ? 2 : 1, opacity: patients == 1 ? 1 : 0.6));
        }

        for (var g = 0; g < groups.Count; g++)
        {
            var (colour, dash) = Styles[g % Styles.Length];
            legend.Key(groups[g].Length == 0 ? data.MeanLabel : $"{groups[g]} ({Lower(data.MeanLabel)})", 24, (svg, x, y) => svg.Polyline([(x, y), (x + 24, y)], colour, 2.6, dash).Rect(x + 8, y - 4, 8, 8, colour, "#ffffff"));
        }

        return legend;
    }

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];

    private static string Describe(Trajectory data, int patients, List<(string Name, List<TrajectoryMean> Points)> groups) =>
        $"{data.ValueLabel} against {Lower(data.TimeLabel)}, {(patients == 1 ? "one patient" : $"{patients} patients")}."
        + string.Concat(groups.Where(g => g.Points.Count > 0).Select(g => $" {(g.Name.Length == 0 ? data.MeanLabel : g.Name)}: {Show.Short(g.Points[0].Mean)} at {Show.Number(g.Points[0].Time)}, {Show.Short(g.Points[^1].Mean)} at {Show.Number(g.Points[^1].Time)}."));

    private static PictureTable Table(Trajectory data) => new(data.Title, ["Line", data.TimeLabel, data.ValueLabel, "Lower", "Upper", "Patients"],
    [
        .. data.Means.Select(m => (IReadOnlyList<string>)[m.Group.Length == 0 ? data.MeanLabel : m.Group, Show.Number(m.Time), Show.Number(m.Mean), Show.Number(m.Low), Show.Number(m.High), m.Count is { } n ? Show.Count(n) : ""]),
        .. data.Lines.SelectMany(l => l.Points.Select(p => (IReadOnlyList<string>)[l.Id, Show.Number(p.Time), Show.Number(p.Value), "", "", ""])),
        .. data.Thresholds.Select(t => (IReadOnlyList<string>)[$"Threshold: {t.Label}", "", Show.Number(t.Value), "", "", ""]),
    ]);
}
