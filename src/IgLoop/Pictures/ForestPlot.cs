namespace IgLoop.Pictures;

/// <summary>Forest plot: boxes whose area is the weight, intervals (an arrow where one leaves the axis), diamonds whose ends are the interval, prediction intervals behind them.</summary>
public static class ForestPlot
{
    private const double PlotWidth = 330;
    private const double Gap = 14;
    private const double Margin = 12;

    private enum Kind { Heading, Study, Summary }

    private sealed record Row(Kind Kind, string Label, ForestStudy? Study = null, ForestSummary? Summary = null, bool Overall = false);

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Forest data, string id = "forest")
    {
        ArgumentNullException.ThrowIfNull(data);
        return new Picture(data.Title, Drawing(data, id).ToString(), Table(data));
    }

    /// <summary>The axis: it holds every estimate, every diamond and prediction interval and the reference; an interval far wider than those leaves it and gets an arrow.</summary>
    public static (double Low, double High) AxisOf(Forest data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Axis is { } asked)
        {
            return asked.High > asked.Low && (!data.Log || asked.Low > 0) && double.IsFinite(asked.High - asked.Low)
                ? asked
                : throw new ArgumentException($"The axis from {Show.Number(asked.Low)} to {Show.Number(asked.High)} cannot be drawn: the second value must be above the first{(data.Log ? ", and both above 0" : "")}.", nameof(data));
        }

        double To(double v) => data.Log ? Math.Log(v) : v;
        bool Stands(double v) => double.IsFinite(v) && Math.Abs(v) < 1e300 && (!data.Log || v > 1e-300);
        var summaries = data.Summaries.Concat(data.Groups.Select(g => g.Summary).OfType<ForestSummary>()).ToList();
        var core = data.Studies.Select(s => s.Estimate ?? double.NaN)
            .Concat(summaries.SelectMany(s => new[] { s.Estimate, s.Low, s.High, s.PredictionLow ?? double.NaN, s.PredictionHigh ?? double.NaN }))
            .Append(ReferenceOf(data)).Where(Stands).Select(To).ToList();
        var (low, high) = (core.Min(), core.Max());
        var limits = data.Studies.SelectMany(s => new[] { s.Low ?? double.NaN, s.High ?? double.NaN }).Where(Stands).Select(To).ToList();

        // Half of the studies' own widths of interval, at their median, is room enough for most of them; a few wild ones would squeeze the rest to a line.
        var widths = data.Studies.Where(s => s is { Low: { } l, High: { } h } && Stands(l) && Stands(h)).Select(s => To(s.High!.Value) - To(s.Low!.Value)).Order().ToList();
        var room = Math.Max(high - low, widths.Count == 0 ? 0 : widths[widths.Count / 2]);
        low = Math.Max(low - (room * 0.75), limits.Append(low).Min());
        high = Math.Min(high + (room * 0.75), limits.Append(high).Max());
        var scale = Scale.Holding([data.Log ? Math.Exp(low) : low, data.Log ? Math.Exp(high) : high], 0, 1, data.Log, 0.04);
        return (scale.Low, scale.High);
    }

    private static double ReferenceOf(Forest data) => data.Reference ?? (data.Log ? 1 : 0);

    private static List<Row> Rows(Forest data)
    {
        var rows = new List<Row>();
        var groups = data.Groups.Select(g => g.Name).Concat(data.Studies.Select(s => s.Group).OfType<string>()).Distinct().ToList();
        rows.AddRange(data.Studies.Where(s => s.Group is null).Select(s => new Row(Kind.Study, s.Label, s)));
        foreach (var name in groups)
        {
            rows.Add(new(Kind.Heading, name));
            rows.AddRange(data.Studies.Where(s => s.Group == name).Select(s => new Row(Kind.Study, s.Label, s)));
            rows.AddRange(data.Groups.Where(g => g.Name == name && g.Summary is not null).Select(g => new Row(Kind.Summary, g.Summary!.Label, Summary: g.Summary)));
        }

        rows.AddRange(data.Summaries.Select(s => new Row(Kind.Summary, s.Label, Summary: s, Overall: true)));
        return rows;
    }

    private static Svg Drawing(Forest data, string id)
    {
        var rows = Rows(data);
        var format = data.Format ?? Show.Short;
        var (low, high) = AxisOf(data);
        var step = rows.Count > 40 ? 19 : 24;
        var results = rows.Select(r => Result(r, format)).ToList();
        var labelWidth = Math.Clamp(rows.Select(r => Show.Width(r.Label, bold: r.Kind != Kind.Study)).Append(80).Max(), 80, 260);
        var columns = data.Columns.Select((header, c) => Math.Min(150, data.Studies.Select(s => Show.Width(CellOf(s, c))).Append(Show.Width(header, bold: true)).Max())).ToList();
        var resultHeader = $"{data.Measure} [{Show.Number(data.Level * 100)} % CI]";
        var resultWidth = Math.Min(230, results.Select(t => Show.Width(t)).Append(Math.Min(180, Show.Width(resultHeader, bold: true))).Max());
        var weightWidth = data.Studies.Any(s => s.WeightPercent is not null) ? 62 : 0;
        var plotLeft = Margin + labelWidth + columns.Sum(w => w + Gap) + Gap + 8;
        var scale = new Scale(low, high, plotLeft, plotLeft + PlotWidth, data.Log);
        var resultLeft = scale.To + Gap + 8;
        var width = resultLeft + resultWidth + (weightWidth == 0 ? 0 : Gap + weightWidth) + Margin;
        const double top = 34;
        var bottom = top + (Math.Max(1, rows.Count) * step) + 8;
        var favours = data.FavoursLow.Length + data.FavoursHigh.Length > 0;
        var notesAt = bottom + (favours ? 80 : 60);
        var reasons = data.Studies.Where(s => s is { Estimate: not null, NotCounted: not null }).Select(s => $"Shown, not counted: {s.Label} ({s.NotCounted}).");
        var notes = data.Notes.Concat(reasons).SelectMany(n => Wrap(n, width - (2 * Margin))).ToList();
        var svg = new Svg(width, notesAt + (notes.Count * 17), data.Title, Describe(data), id);

        svg.Text(Margin, 20, "Study", bold: true);
        var at = Margin + labelWidth + Gap;
        for (var c = 0; c < columns.Count; c++)
        {
            svg.Label(at + columns[c], 20, data.Columns[c], columns[c], "end", bold: true);
            at += columns[c] + Gap;
        }

        svg.Label(resultLeft, 20, resultHeader, resultWidth, bold: true);
        if (weightWidth > 0)
        {
            svg.Text(width - Margin, 20, "Weight", "end", bold: true);
        }

        svg.LineTo(Margin, 28, width - Margin, 28, Svg.Line);
        Lines(svg, data, scale, top, bottom);
        var heaviest = data.Studies.Where(s => s.NotCounted is null).Select(s => s.WeightPercent ?? 0).Where(double.IsFinite).Append(0).Max();
        for (var i = 0; i < rows.Count; i++)
        {
            var (row, y) = (rows[i], top + (i * step) + (step / 2.0));
            var quiet = row.Study?.NotCounted is null ? Svg.Ink : Svg.Quiet;
            svg.Label(Margin, y + 4.5, row.Label, labelWidth, bold: row.Kind != Kind.Study, fill: quiet);
            at = Margin + labelWidth + Gap;
            for (var c = 0; c < columns.Count; c++)
            {
                if (row.Study is not null)
                {
                    svg.Label(at + columns[c], y + 4.5, CellOf(row.Study, c), columns[c], "end", fill: quiet);
                }

                at += columns[c] + Gap;
            }

            svg.Label(resultLeft, y + 4.5, results[i], resultWidth, bold: row.Kind == Kind.Summary, fill: quiet);
            if (row.Study is { WeightPercent: { } weight, NotCounted: null } && double.IsFinite(weight))
            {
                svg.Text(width - Margin, y + 4.5, $"{weight.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} %", "end");
            }

            if (row.Summary is { } summary)
            {
                Diamond(svg, summary, scale, y, step, row.Overall);
            }
            else if (row.Study is { } study)
            {
                Study(svg, study, scale, y, step, heaviest);
            }
        }

        if (rows.Count == 0)
        {
            svg.Text(Margin, top + 16, "No study to show.", fill: Svg.Quiet);
        }

        svg.AxisBelow(scale, bottom, data.Measure, about: 6);
        if (favours)
        {
            var reference = scale.AtEnd(ReferenceOf(data));
            svg.Text(reference - 10, bottom + 56, data.FavoursLow.Length == 0 ? "" : "← " + data.FavoursLow, "end", 12);
            svg.Text(reference + 10, bottom + 56, data.FavoursHigh.Length == 0 ? "" : data.FavoursHigh + " →", "start", 12);
        }

        for (var n = 0; n < notes.Count; n++)
        {
            svg.Text(Margin, notesAt + (n * 17), notes[n], size: 12, fill: Svg.Quiet);
        }

        return svg;
    }

    private static void Lines(Svg svg, Forest data, Scale scale, double top, double bottom)
    {
        if (scale.Holds(ReferenceOf(data)))
        {
            svg.LineTo(scale.At(ReferenceOf(data)), top - 4, scale.At(ReferenceOf(data)), bottom, Svg.Quiet);
        }

        if (data.Summaries is [var first, ..] && scale.Holds(first.Estimate))
        {
            svg.LineTo(scale.At(first.Estimate), top - 4, scale.At(first.Estimate), bottom, Svg.Accent, 1, "3 4");
        }
    }

    private static void Study(Svg svg, ForestStudy study, Scale scale, double y, double step, double heaviest)
    {
        if (study.Estimate is not { } estimate || double.IsNaN(estimate))
        {
            var why = Show.Fit(study.NotCounted ?? "no estimate", PlotWidth - 8, 12);
            svg.Rect(((scale.From + scale.To) / 2) - (Show.Width(why, 12) / 2) - 3, y - 8, Show.Width(why, 12) + 6, 16, "#ffffff");
            svg.Label((scale.From + scale.To) / 2, y + 4.5, study.NotCounted ?? "no estimate", PlotWidth - 8, "middle", 12, fill: Svg.Quiet);
            return;
        }

        var counted = study.NotCounted is null;
        var ink = counted ? Svg.Ink : Svg.Quiet;
        if (study is { Low: { } low, High: { } high } && !double.IsNaN(low) && !double.IsNaN(high))
        {
            var (x1, x2) = (scale.AtEnd(low), scale.AtEnd(high));
            svg.LineTo(x1, y, x2, y, ink, 1.4, counted ? null : "4 3");
            Arrows(svg, scale, y, low, high, ink);
        }

        if (!scale.Holds(estimate))
        {
            // Beyond an axis that the reader chose: a mark at its end, the number beside it.
            var (edge, inward) = estimate < scale.Low ? (scale.From - 1, 10) : (scale.To + 1, -10);
            svg.Polygon([(edge, y), (edge + inward, y - 5), (edge + inward, y + 5)], "#ffffff", ink);
            return;
        }

        var side = BoxSide(study.WeightPercent, heaviest, step);
        svg.Rect(scale.At(estimate) - (side / 2), y - (side / 2), side, side, counted && study.WeightPercent is not null ? Svg.Accent : "#ffffff", ink);
    }

    /// <summary>An arrow head at each end of the axis that an interval goes beyond.</summary>
    private static void Arrows(Svg svg, Scale scale, double y, double low, double high, string ink)
    {
        if (low < scale.Low)
        {
            svg.Polygon([(scale.From - 1, y), (scale.From + 7, y - 4), (scale.From + 7, y + 4)], ink);
        }

        if (high > scale.High)
        {
            svg.Polygon([(scale.To + 1, y), (scale.To - 7, y - 4), (scale.To - 7, y + 4)], ink);
        }
    }

    /// <summary>Side of the box: its area is in proportion to the weight, down to a size that can still be seen.</summary>
    internal static double BoxSide(double? weightPercent, double heaviest, double step) =>
        weightPercent is { } w && double.IsFinite(w) && heaviest > 0 ? Math.Max(3.5, (step - 8) * Math.Sqrt(Math.Clamp(w / heaviest, 0, 1))) : 7;

    private static void Diamond(Svg svg, ForestSummary summary, Scale scale, double y, double step, bool overall)
    {
        var half = (step / 2.0) - 4;
        if (summary is { PredictionLow: { } low, PredictionHigh: { } high } && !double.IsNaN(low) && !double.IsNaN(high))
        {
            var (x1, x2) = (scale.AtEnd(low), scale.AtEnd(high));
            svg.Rect(x1, y - 2.5, x2 - x1, 5, "#ffffff", Svg.Ink);
            foreach (var end in new[] { low, high }.Where(scale.Holds))
            {
                svg.LineTo(scale.At(end), y - half, scale.At(end), y + half, Svg.Ink);
            }

            Arrows(svg, scale, y, low, high, Svg.Ink);
        }

        if (double.IsFinite(summary.Estimate) && !double.IsNaN(summary.Low) && !double.IsNaN(summary.High))
        {
            var middle = scale.AtEnd(summary.Estimate);
            svg.Polygon([(scale.AtEnd(summary.Low), y), (middle, y - half), (scale.AtEnd(summary.High), y), (middle, y + half)], overall ? Svg.Second : "#f2c9a5", Svg.Ink);
        }
    }

    private static string Result(Row row, Func<double, string> format) => row switch
    {
        { Summary: { } s } => Interval(s.Estimate, s.Low, s.High, format),
        { Study: { Estimate: { } e } s } when !double.IsNaN(e) => s is { Low: { } l, High: { } h } ? Interval(e, l, h, format) : format(e),
        { Study: not null } => "not estimable",
        _ => "",
    };

    private static string Interval(double estimate, double low, double high, Func<double, string> format) => $"{format(estimate)} [{format(low)}, {format(high)}]";

    private static string CellOf(ForestStudy study, int column) => column < study.Cells.Count ? study.Cells[column] : "";

    private static string Describe(Forest data)
    {
        var counted = data.Studies.Count(s => s.NotCounted is null);
        var format = data.Format ?? Show.Short;
        return $"Forest plot of {data.Measure.ToLowerInvariant()}, {counted} {(counted == 1 ? "study" : "studies")} counted"
            + (counted < data.Studies.Count ? $", {data.Studies.Count - counted} shown but not counted" : "") + "."
            + string.Concat(data.Summaries.Select(s => $" {s.Label}: {Interval(s.Estimate, s.Low, s.High, format)}"
                + (s is { PredictionLow: { } l, PredictionHigh: { } h } ? $", prediction interval {format(l)} to {format(h)}." : ".")));
    }

    internal static IEnumerable<string> Wrap(string text, double room, double size = 12)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && Show.Width($"{line} {word}", size) > room)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        if (line.Length > 0)
        {
            yield return Show.Fit(line, room, size);
        }
    }

    private static PictureTable Table(Forest data)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var row in Rows(data).Where(r => r.Kind != Kind.Heading))
        {
            var cells = data.Columns.Select((_, c) => row.Study is null ? "" : CellOf(row.Study, c));
            rows.Add(row.Summary is { } s
                ? [row.Label, .. cells, Show.Number(s.Estimate), Show.Number(s.Low), Show.Number(s.High), "", s is { PredictionLow: { } l, PredictionHigh: { } h } ? $"summary; prediction interval {Show.Number(l)} to {Show.Number(h)}" : "summary"]
                : [row.Label, .. cells, Show.Number(row.Study!.Estimate), Show.Number(row.Study.Low), Show.Number(row.Study.High), Show.Number(row.Study.WeightPercent),
                    (row.Study.Group is { } g ? $"{g}: " : "") + (row.Study.NotCounted is { } why ? $"not counted, {why}" : "counted")]);
        }

        return new(data.Title, ["Study", .. data.Columns, data.Measure, $"Lower {Show.Number(data.Level * 100)} %", $"Upper {Show.Number(data.Level * 100)} %", "Weight, %", "In the summary"], rows);
    }
}
