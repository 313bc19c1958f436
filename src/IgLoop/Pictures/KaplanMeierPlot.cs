namespace IgLoop.Pictures;

/// <summary>What a Kaplan-Meier plot is drawn from.</summary>
/// <param name="TimeLabel">Time with its unit and origin, for example "Weeks after the last infusion".</param>
/// <param name="ValueLabel">What the curve is the share of, for example "Without relapse".</param>
public sealed record KaplanMeier(string Title, string TimeLabel, string ValueLabel, IReadOnlyList<KaplanMeierGroup> Groups)
{
    /// <summary>A line beneath, for example the log-rank test.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One curve.</summary>
/// <param name="Steps">Share still free of the event just after each time of an event, in order, with its interval; the curve begins at 1.</param>
/// <param name="Times">Every patient's time and whether it ended with the event (else censored); numbers at risk and ticks come from these.</param>
public sealed record KaplanMeierGroup(string Name, IReadOnlyList<KaplanMeierStep> Steps, IReadOnlyList<(double Time, bool Event)> Times)
{
    /// <summary>In place of <paramref name="Times"/>, where single patients may not be told: what happened between two steps, and who is left after.</summary>
    public IReadOnlyList<KaplanMeierBlock> Blocks { get; init; } = [];

    /// <summary>How many are still watched just before a time.</summary>
    public int AtRisk(double time) => Times.Count(t => t.Time >= time);
}

/// <param name="Time">Where it ends.</param>
/// <param name="Left">Still watched without event after it.</param>
public sealed record KaplanMeierBlock(double Time, int Events, int Censored, int Left);

/// <param name="Survival">From 0 to 1.</param>
public sealed record KaplanMeierStep(double Time, double Survival, double? Low = null, double? High = null);

/// <summary>Kaplan-Meier curves with intervals (of one or two curves; of more they would cover each other and stand in the table only), ticks where patients are censored, and the numbers at risk beneath the axis.</summary>
public static class KaplanMeierPlot
{
    private const double W = 720;
    private const double Right = 700;
    private const double PlotHeight = 306;

    private static readonly (string Colour, string? Dash)[] Styles = [(Svg.Accent, null), (Svg.Second, "8 4"), (Svg.Ink, "2 3"), (Svg.Quiet, "10 3 2 3")];

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(KaplanMeier data, string id = "kaplan-meier")
    {
        ArgumentNullException.ThrowIfNull(data);
        var left = Math.Max(84, Math.Min(200, data.Groups.Select(g => Show.Width(g.Name, 12) + 40).Append(0).Max()));
        var longest = data.Groups.SelectMany(g => g.Times.Select(t => t.Time).Concat(g.Steps.Select(s => s.Time))).Where(t => double.IsFinite(t) && t > 0 && t < 1e300).Append(0).Max();
        var across = new Scale(0, longest <= 0 ? 1 : longest * 1.02, left, Right);
        var legend = LegendOf(data, left);
        var top = 20 + legend.Height;
        var bottom = top + PlotHeight;
        var up = new Scale(0, 1, bottom, top);
        var tableTop = bottom + 66;
        var notesAt = tableTop + 26 + (data.Groups.Count * 18);
        var notes = data.Notes.SelectMany(n => ForestPlot.Wrap(n, W - 40)).ToList();
        var svg = new Svg(W, notesAt + (notes.Count * 17), data.Title, Describe(data), id);

        foreach (var tick in up.Ticks())
        {
            svg.LineTo(left, up.At(tick), Right, up.At(tick), "#e1e8eb");
        }

        for (var g = 0; g < data.Groups.Count; g++)
        {
            Curve(svg, data.Groups[g], across, up, Styles[g % Styles.Length], data.Groups.Count <= 2);
        }

        legend.Draw(svg, 6);
        svg.AxisBelow(across, bottom, data.TimeLabel, about: 8).AxisLeft(up, left, data.ValueLabel, v => Show.Number(v * 100) + " %");
        svg.Text(20, tableTop, data.Groups.Any(g => g.Blocks.Count > 0) ? "At risk after the steps" : "At risk", size: 12, bold: true);
        for (var g = 0; g < data.Groups.Count; g++)
        {
            var y = tableTop + 18 + (g * 18);
            svg.Label(20, y, data.Groups[g].Name.Length == 0 ? "All" : data.Groups[g].Name, left - 40, size: 12, fill: Styles[g % Styles.Length].Colour);
            foreach (var (time, count) in Risk(data.Groups[g], across))
            {
                svg.Text(across.At(time), y, Show.Count(count), "middle", 12);
            }
        }

        if (data.Groups.Sum(g => g.Times.Count + g.Blocks.Count) == 0)
        {
            svg.Text((left + Right) / 2, (top + bottom) / 2, "No patient to show.", "middle", fill: Svg.Quiet);
        }

        for (var n = 0; n < notes.Count; n++)
        {
            svg.Text(20, notesAt + (n * 17), notes[n], size: 12, fill: Svg.Quiet);
        }

        return new(data.Title, svg.ToString(), Table(data));
    }

    /// <summary>Numbers beneath the axis: at its ticks, or after the steps of a curve told in blocks as far as they find room.</summary>
    private static IEnumerable<(double Time, int Count)> Risk(KaplanMeierGroup group, Scale across)
    {
        if (group.Blocks.Count == 0)
        {
            foreach (var tick in across.Ticks(8))
            {
                yield return (tick, group.AtRisk(tick));
            }

            yield break;
        }

        var free = double.NegativeInfinity;
        foreach (var block in group.Blocks.Prepend(new(0, 0, 0, group.Blocks[0].Events + group.Blocks[0].Censored + group.Blocks[0].Left)))
        {
            if (across.At(block.Time) > free)
            {
                free = across.At(block.Time) + 30;
                yield return (block.Time, block.Left);
            }
        }
    }

    /// <summary>The share still free of the event at a time: a step function that begins at 1.</summary>
    private static double At(KaplanMeierGroup group, double time) => group.Steps.LastOrDefault(s => s.Time <= time)?.Survival ?? 1;

    private static void Curve(Svg svg, KaplanMeierGroup group, Scale across, Scale up, (string Colour, string? Dash) style, bool bands)
    {
        var end = group.Times.Select(t => t.Time).Concat(group.Steps.Select(s => s.Time)).Where(double.IsFinite).Append(0).Max();
        if (group.Times.Count + group.Steps.Count == 0)
        {
            return;
        }

        List<(double X, double Y)> Stair(Func<KaplanMeierStep, double?> value)
        {
            var points = new List<(double, double)> { (across.At(0), up.At(1)) };
            var level = 1.0;
            foreach (var step in group.Steps.Where(s => double.IsFinite(s.Time)))
            {
                var next = value(step) is { } v && double.IsFinite(v) ? v : level;
                points.Add((across.At(step.Time), up.At(level)));
                points.Add((across.At(step.Time), up.AtEnd(next)));
                level = next;
            }

            points.Add((across.At(end), up.AtEnd(level)));
            return points;
        }

        if (bands && group.Steps.Any(s => s is { Low: not null, High: not null }))
        {
            svg.Polygon([.. Stair(s => s.High), .. Stair(s => s.Low).AsEnumerable().Reverse()], style.Colour, opacity: 0.13);
        }

        svg.Polyline(Stair(s => s.Survival), style.Colour, 2.4, style.Dash);
        foreach (var (time, _) in group.Times.Where(t => !t.Event && double.IsFinite(t.Time)))
        {
            var (x, y) = (across.At(time), up.AtEnd(At(group, time)));
            svg.LineTo(x, y - 5, x, y + 5, style.Colour, 1.4);
        }
    }

    private static Legend LegendOf(KaplanMeier data, double left)
    {
        var legend = new Legend(left, Right);
        for (var g = 0; g < data.Groups.Count && data.Groups.Count > 1; g++)
        {
            var (colour, dash) = Styles[g % Styles.Length];
            legend.Key(data.Groups[g].Name, 28, (svg, x, y) => svg.Polyline([(x, y), (x + 28, y)], colour, 2.4, dash));
        }

        return data.Groups.Any(g => g.Times.Any(t => !t.Event)) ? legend.Key("censored", 4, (svg, x, y) => svg.LineTo(x + 2, y - 5, x + 2, y + 5, Svg.Ink, 1.4)) : legend;
    }

    private static string Describe(KaplanMeier data) => $"Kaplan-Meier curves: {data.ValueLabel} against {data.TimeLabel}."
        + string.Concat(data.Groups.Select(g => $" {(g.Name.Length == 0 ? "All" : g.Name)}: {(g.Blocks.Count > 0 ? $"{g.Blocks.Sum(b => b.Events)} events told" : $"{g.Times.Count} patients, {g.Times.Count(t => t.Event)} events")}{(g.Steps.Count > 0 ? $", {Show.Percent(g.Steps[^1].Survival)} at the last event" : "")}."));

    /// <summary>Four decimals: no cohort of this world is known to a ten-thousandth.</summary>
    private static string Share(double? value) => Show.Number(value is { } v ? Math.Round(v, 4) : null);

    private static PictureTable Table(KaplanMeier data) => data.Groups.Any(g => g.Blocks.Count > 0)
        ? new(data.Title, ["Group", "Up to", "Events since the row before", "Censored since", "At risk after", data.ValueLabel, "Lower", "Upper"],
            [.. data.Groups.SelectMany(g => g.Blocks.Zip(g.Steps, (b, s) => (IReadOnlyList<string>)[g.Name.Length == 0 ? "All" : g.Name, Show.Number(b.Time), Show.Count(b.Events), Show.Count(b.Censored), Show.Count(b.Left), Share(s.Survival), Share(s.Low), Share(s.High)]))])
        : new(data.Title, ["Group", "Time", "At risk", "Events", "Censored", data.ValueLabel, "Lower", "Upper"],
        [.. data.Groups.SelectMany(g => g.Steps.Select(s => s.Time).Concat(g.Times.Select(t => t.Time)).Distinct().Order().Select(time =>
        {
            var step = g.Steps.LastOrDefault(s => s.Time <= time);
            return (IReadOnlyList<string>)[g.Name.Length == 0 ? "All" : g.Name, Show.Number(time), Show.Count(g.AtRisk(time)), Show.Count(g.Times.Count(t => t.Event && t.Time == time)), Show.Count(g.Times.Count(t => !t.Event && t.Time == time)),
                Share(step?.Survival ?? 1), Share(step?.Low), Share(step?.High)];
        }))]);
}
