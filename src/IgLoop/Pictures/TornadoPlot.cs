namespace IgLoop.Pictures;

/// <summary>What a tornado picture is drawn from.</summary>
/// <param name="Measure">What runs along the bottom, with its unit.</param>
/// <param name="Base">The result with everything as given.</param>
/// <param name="Bars">In the order they are shown, widest first.</param>
public sealed record Tornado(string Title, string Measure, double Base, IReadOnlyList<TornadoRow> Bars);

/// <param name="LowText">Value of the parameter at the low end, as it is written.</param>
/// <param name="AtLow">Result there.</param>
public sealed record TornadoRow(string Parameter, string LowText, string HighText, double AtLow, double AtHigh, string Origin = "");

/// <summary>Tornado picture: for each parameter the result from the low (hollow) to the high end (full) of its range, the widest on top.</summary>
public static class TornadoPlot
{
    private const double W = 760;
    private const double Right = 730;

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Tornado data, string id = "tornado")
    {
        ArgumentNullException.ThrowIfNull(data);
        var labels = data.Bars.Select(b => $"{b.Parameter}: {b.LowText} to {b.HighText}").ToList();
        var left = 34 + Math.Clamp(labels.Select(l => Show.Width(l, 12)).Append(60).Max(), 60, 270);
        var legend = new Legend(20, W - 20).Key("at the low value", 20, (svg, x, y) => svg.Rect(x, y - 6, 20, 12, "#ffffff", Svg.Accent)).Key("at the high value", 20, (svg, x, y) => svg.Rect(x, y - 6, 20, 12, Svg.Accent, Svg.Accent))
            .Key("as given", 10, (svg, x, y) => svg.LineTo(x + 5, y - 8, x + 5, y + 8, Svg.Ink, 1.4));
        var top = 22 + legend.Height;
        var bottom = top + (Math.Max(1, data.Bars.Count) * 24) + 6;
        var across = Scale.Holding(data.Bars.SelectMany(b => new[] { b.AtLow, b.AtHigh }).Append(data.Base), left, Right, pad: 0.06, crossZero: true);
        var svg = new Svg(W, bottom + 54, data.Title, $"Tornado picture of {data.Measure}: {Show.Thousands(data.Base)} as given." + string.Concat(data.Bars.Take(3).Select(b => $" {b.Parameter}: {Show.Thousands(b.AtLow)} to {Show.Thousands(b.AtHigh)}.")), id);
        legend.Draw(svg, 6);
        foreach (var (i, bar) in data.Bars.Index())
        {
            var y = top + (i * 24) + 12;
            svg.Label(20, y + 4, labels[i], left - 34, size: 12);
            // Where both ends lie on one side, the shorter stands before the longer.
            foreach (var (at, fill) in new[] { (bar.AtLow, Fill: "#ffffff"), (bar.AtHigh, Fill: Svg.Accent) }.OrderByDescending(x => Math.Abs(x.Item1 - data.Base)))
            {
                Side(at, fill);
            }

            void Side(double at, string fill)
            {
                var (a, b) = (across.At(Math.Min(data.Base, at)), across.At(Math.Max(data.Base, at)));
                svg.Rect(a, y - 8, b - a, 16, fill, Svg.Accent);
            }
        }

        svg.LineTo(across.At(data.Base), top - 2, across.At(data.Base), bottom, Svg.Ink, 1.4);
        if (data.Bars.Count == 0)
        {
            svg.Text(left, top + 16, "No parameter to change.", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, bottom, data.Measure, Show.Thousands, 5);
        return new(data.Title, svg.ToString(), new(data.Title, ["Parameter", "Low value", "High value", "Result at low", "Result at high", "Range"],
            [.. data.Bars.Select(b => (IReadOnlyList<string>)[b.Parameter, b.LowText, b.HighText, Show.Thousands(b.AtLow), Show.Thousands(b.AtHigh), b.Origin]), ["As given", "", "", Show.Thousands(data.Base), "", ""]]));
    }
}
