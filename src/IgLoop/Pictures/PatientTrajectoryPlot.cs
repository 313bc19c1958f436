namespace IgLoop.Pictures;

/// <summary>What the trajectory of one patient is drawn from.</summary>
/// <param name="ValueLabel">What is measured, with its unit.</param>
/// <param name="Points">One an assessment.</param>
public sealed record PatientTrajectory(string Title, string ValueLabel, IReadOnlyList<PatientPoint> Points)
{
    /// <summary>Infusions, marked beneath the values.</summary>
    public IReadOnlyList<PatientMark> Infusions { get; init; } = [];

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>Bands of the scheme that names the values, as no, mild, moderate activity.</summary>
    public IReadOnlyList<ValueBand> Bands { get; init; } = [];

    /// <summary>Range of the instrument; found from the data when not given.</summary>
    public (double Low, double High)? Axis { get; init; }
}

/// <summary>A value on a day.</summary>
/// <param name="Value">Null when items are missing: then the bounds show what it may be.</param>
/// <param name="Low">Lowest possible value where items are missing.</param>
/// <param name="High">Highest possible value where items are missing.</param>
/// <param name="Note">A warning, for example "within six weeks of an infusion".</param>
public sealed record PatientPoint(DateOnly Date, double? Value, double? Low = null, double? High = null, string Note = "");

/// <param name="Label">For example "35 g".</param>
public sealed record PatientMark(DateOnly Date, string Label);

/// <param name="Low">Where the band begins.</param>
/// <param name="High">Where it ends.</param>
public sealed record ValueBand(string Label, double Low, double High);

/// <summary>One patient's values over time with thresholds, bands and infusions; a value of which only bounds are known is a bar, never a point.</summary>
public static class PatientTrajectoryPlot
{
    private const double W = 760;
    private const double Left = 76;
    private const double PlotHeight = 290;
    private const double InfusionRoom = 26;

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(PatientTrajectory data, string id = "patient-trajectory")
    {
        ArgumentNullException.ThrowIfNull(data);
        var points = data.Points.OrderBy(p => p.Date).ToList();
        var margin = TrajectoryPlot.ThresholdRoom([.. data.Thresholds, .. data.Bands.Select(b => new Threshold(b.Low, b.Label))]);
        var right = W - 14 - margin;
        var legend = LegendOf(data);
        var top = 20 + legend.Height;
        var bottom = top + PlotHeight;
        var across = Scale.Holding(points.Select(p => (double)p.Date.DayNumber).Concat(data.Infusions.Select(i => (double)i.Date.DayNumber)), Left, right, pad: 0.03);
        if (across.High - across.Low < 2)
        {
            across = across with { Low = across.Low - 7, High = across.High + 7 };
        }
        else if (points.Count + data.Infusions.Count == 1 || points.Select(p => p.Date).Concat(data.Infusions.Select(i => i.Date)).Distinct().Count() == 1)
        {
            var day = points.Select(p => p.Date).Concat(data.Infusions.Select(i => i.Date)).First().DayNumber;
            across = across with { Low = day - 14, High = day + 14 };
        }

        var up = data.Axis is { } asked && asked.High > asked.Low
            ? new Scale(asked.Low, asked.High, bottom, top)
            : Scale.Holding(points.SelectMany(p => new[] { p.Value, p.Low, p.High }).OfType<double>().Concat(data.Thresholds.Select(t => t.Value)), bottom, top, nice: true);
        var timeBottom = bottom + (data.Infusions.Count > 0 ? InfusionRoom : 0);
        var svg = new Svg(W, timeBottom + 54, data.Title, Describe(data, points), id);
        legend.Draw(svg, 6);
        Bands(svg, data.Bands, up, right);
        foreach (var tick in up.Ticks())
        {
            svg.LineTo(Left, up.At(tick), right, up.At(tick), "#e1e8eb");
        }

        // Names of bands stand beside the middle of their bands, in one column with those of the thresholds.
        var names = data.Bands.Where(b => Math.Min(b.High, up.High) > Math.Max(b.Low, up.Low)).Select(b => new Threshold((Math.Max(b.Low, up.Low) + Math.Min(b.High, up.High)) / 2, b.Label));
        TrajectoryPlot.Thresholds(svg, data.Thresholds, up, Left, right, margin, [.. names]);
        Values(svg, points, across, up);
        if (points.Count == 0)
        {
            svg.Text((Left + right) / 2, (top + bottom) / 2, "No assessment to show.", "middle", fill: Svg.Quiet);
        }

        if (data.Infusions.Count > 0)
        {
            Infusions(svg, data.Infusions, across, up, bottom);
        }

        Days(svg, across, timeBottom, points.Count + data.Infusions.Count > 0);
        svg.AxisLeft(up, Left, data.ValueLabel);
        return new(data.Title, svg.ToString(), Table(data, points));
    }

    private static void Bands(Svg svg, IReadOnlyList<ValueBand> bands, Scale up, double right)
    {
        foreach (var (i, band) in bands.Index())
        {
            var (low, high) = (up.AtEnd(Math.Max(band.Low, up.Low)), up.AtEnd(Math.Min(band.High, up.High)));
            if (low > high)
            {
                svg.Rect(Left, high, right - Left, low - high, i % 2 == 0 ? "#f3f6f7" : "#ffffff");
            }
        }
    }

    private static void Values(Svg svg, List<PatientPoint> points, Scale across, Scale up)
    {
        // Across a value that is not known the line is dashed: nobody measured that way.
        var known = points.Index().Where(p => p.Item.Value is { } v && double.IsFinite(v)).Select(p => (p.Index, At: (across.At(p.Item.Date.DayNumber), up.AtEnd(p.Item.Value!.Value)))).ToList();
        foreach (var (from, to) in known.Zip(known.Skip(1)))
        {
            svg.Polyline([from.At, to.At], Svg.Accent, to.Index - from.Index > 1 ? 1.6 : 2.4, to.Index - from.Index > 1 ? "5 4" : null);
        }

        var radius = points.Count > 40 ? 2.5 : 5;
        foreach (var p in points)
        {
            var x = across.At(p.Date.DayNumber);
            if (p.Value is { } value && double.IsFinite(value))
            {
                svg.Circle(x, up.AtEnd(value), radius, p.Note.Length > 0 ? "#ffffff" : Svg.Accent, Svg.Accent);
            }
            else if (p is { Low: { } low, High: { } high } && double.IsFinite(low) && double.IsFinite(high))
            {
                svg.Rect(x - (radius * 0.8), up.AtEnd(high), radius * 1.6, up.AtEnd(low) - up.AtEnd(high), "#ffffff", Svg.Second);
            }
        }
    }

    private static void Infusions(Svg svg, IReadOnlyList<PatientMark> infusions, Scale across, Scale up, double bottom)
    {
        svg.Text(Left - 8, bottom + 17, "Infusions", "end", 12);
        var free = double.NegativeInfinity;
        var run = 0;
        var apart = (across.To - across.From) / infusions.Count;
        var inOrder = infusions.OrderBy(i => i.Date).ToList();
        foreach (var (n, infusion) in inOrder.Index())
        {
            var x = across.At(infusion.Date.DayNumber);
            if (apart < 11)
            {
                // Too many for shapes and amounts: a tick each, the amounts are in the table.
                svg.LineTo(x, bottom + 4, x, bottom + 14, Svg.Second, 1.2);
                continue;
            }

            svg.LineTo(x, Math.Min(up.From, up.To), x, bottom + 8, Svg.Second, 0.7, "2 4");
            svg.Polygon([(x, bottom + 4), (x - 4.5, bottom + 13), (x + 4.5, bottom + 13)], Svg.Second);

            // Days of one course stand so close that their amounts would lie on the next mark: the last of them says all.
            if (n + 1 < inOrder.Count && across.At(inOrder[n + 1].Date.DayNumber) - x < 11 + Show.Width(infusion.Label, 11))
            {
                run++;
                continue;
            }

            var label = run == 0 ? infusion.Label : inOrder.Skip(n - run).Take(run + 1).All(i => i.Label == infusion.Label) ? $"{run + 1} × {infusion.Label}" : $"{run + 1} infusions";
            run = 0;
            var wide = Show.Width(label, 11);
            if (x + 7 > free && x + 7 + wide < W - 4)
            {
                svg.Text(x + 7, bottom + 16, label, size: 11);
                free = x + 7 + wide + 12;
            }
            else
            {
                free = Math.Max(free, x + 12);
            }
        }
    }

    /// <summary>An axis of days: ticks at the first of months, or at weeks when it is short.</summary>
    private static void Days(Svg svg, Scale across, double y, bool any)
    {
        svg.LineTo(across.From, y, across.To, y);
        var (first, last) = (DateOnly.FromDayNumber((int)Math.Max(0, Math.Ceiling(across.Low))), DateOnly.FromDayNumber((int)Math.Min(DateOnly.MaxValue.DayNumber, Math.Floor(across.High))));
        var free = double.NegativeInfinity;
        foreach (var day in any ? Ticks(first, last) : [])
        {
            var x = across.At(day.DayNumber);
            svg.LineTo(x, y, x, y + 5);
            var text = Show.Date(day);
            if (x - (Show.Width(text, 12) / 2) > free)
            {
                svg.Text(x, y + 19, text, "middle", 12);
                free = x + (Show.Width(text, 12) / 2) + 8;
            }
        }

        svg.Text((across.From + across.To) / 2, y + 38, "Date", "middle");
    }

    internal static IEnumerable<DateOnly> Ticks(DateOnly first, DateOnly last)
    {
        var days = last.DayNumber - first.DayNumber;
        if (days <= 70)
        {
            for (var day = first.DayNumber; day <= last.DayNumber; day += Math.Max(1, (days / 6 / 7 * 7) is 0 ? (days + 5) / 6 : days / 6 / 7 * 7))
            {
                yield return DateOnly.FromDayNumber(day);
            }

            yield break;
        }

        var raw = days / 30.4 / 6;
        var months = new[] { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000 }.First(m => m >= raw);
        var year = first.Year;
        for (var count = 0L; ; count += months)
        {
            var (y, m) = (year + (int)(count / 12), (int)(count % 12) + 1);
            if (y > 9999 || new DateOnly(y, m, 1) > last)
            {
                yield break;
            }

            if (new DateOnly(y, m, 1) >= first)
            {
                yield return new DateOnly(y, m, 1);
            }
        }
    }

    private static Legend LegendOf(PatientTrajectory data)
    {
        var legend = new Legend(Left, W - 14).Key("value", 10, (svg, x, y) => svg.Circle(x + 5, y, 5, Svg.Accent, Svg.Accent));
        if (data.Points.Any(p => p.Value is not null && p.Note.Length > 0))
        {
            legend.Key("value with a warning (see the table)", 10, (svg, x, y) => svg.Circle(x + 5, y, 5, "#ffffff", Svg.Accent));
        }

        if (data.Points.Any(p => p is { Value: null, Low: not null }))
        {
            legend.Key("items missing: between these bounds", 8, (svg, x, y) => svg.Rect(x, y - 7, 8, 14, "#ffffff", Svg.Second));
        }

        return legend;
    }

    private static string Describe(PatientTrajectory data, List<PatientPoint> points)
    {
        var known = points.Where(p => p.Value is not null).ToList();
        return $"{data.ValueLabel}: {points.Count} {(points.Count == 1 ? "assessment" : "assessments")}, {data.Infusions.Count} {(data.Infusions.Count == 1 ? "infusion" : "infusions")}."
            + (known.Count > 0 ? $" {Show.Number(known[0].Value)} on {Show.Date(known[0].Date)}" + (known.Count > 1 ? $", {Show.Number(known[^1].Value)} on {Show.Date(known[^1].Date)}." : ".") : "");
    }

    private static PictureTable Table(PatientTrajectory data, List<PatientPoint> points) => new(data.Title, ["Date", data.ValueLabel, "Lowest possible", "Highest possible", "Infusion", "Note"],
    [
        .. points.Select(p => (p.Date, Row: (IReadOnlyList<string>)[Show.Date(p.Date), p.Value is null && p.Low is null ? "unknown" : Show.Number(p.Value), Show.Number(p.Low), Show.Number(p.High), "", p.Note]))
            .Concat(data.Infusions.Select(i => (i.Date, Row: (IReadOnlyList<string>)[Show.Date(i.Date), "", "", "", i.Label.Length == 0 ? "given" : i.Label, ""])))
            .OrderBy(r => r.Date).Select(r => r.Row),
        .. data.Thresholds.Select(t => (IReadOnlyList<string>)[$"Threshold: {t.Label}", Show.Number(t.Value), "", "", "", ""]),
        .. data.Bands.Select(b => (IReadOnlyList<string>)[$"Band: {b.Label}", "", Show.Number(b.Low), Show.Number(b.High), "", ""]),
    ]);
}
