namespace IgLoop.Pictures;

/// <summary>What a cost-effectiveness plane is drawn from.</summary>
/// <param name="Points">Draws: difference in effect and in cost.</param>
/// <param name="Thresholds">Lines through 0 with this slope.</param>
public sealed record CostPlane(string Title, string EffectLabel, string CostLabel, IReadOnlyList<(double Effect, double Cost)> Points, IReadOnlyList<double> Thresholds);

/// <summary>Cost-effectiveness plane: one point a draw, lines of what an effect may cost.</summary>
public static class CostPlanePlot
{
    private const double W = 640;
    private const double Left = 100;
    private const double Right = 610;
    private const double PlotHeight = 380;
    private const int MostPoints = 2000;
    private static readonly string?[] Dashes = [null, "8 4", "2 4", "10 3 2 3"];

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(CostPlane data, string id = "cost-plane")
    {
        ArgumentNullException.ThrowIfNull(data);
        var points = data.Points.Where(p => double.IsFinite(p.Cost) && double.IsFinite(p.Effect)).ToList();
        var thresholds = data.Thresholds.Distinct().Take(Dashes.Length).ToList();
        var legend = new Legend(20, W - 20).Key("one draw", 8, (svg, x, y) => svg.Circle(x + 4, y, 2.5, Svg.Accent)).Key("mean of the draws", 10, (svg, x, y) => svg.Polygon([(x + 5, y - 7), (x, y), (x + 5, y + 7), (x + 10, y)], Svg.Second, Svg.Ink));
        foreach (var (i, t) in thresholds.Index())
        {
            legend.Key($"{Show.Thousands(t)} a QALY", 24, (svg, x, y) => svg.LineTo(x, y, x + 24, y, Svg.Ink, 1.2, Dashes[i]));
        }

        var top = 20 + legend.Height;
        var bottom = top + PlotHeight;
        var across = Scale.Holding(points.Select(p => p.Effect).Append(0), Left, Right, pad: 0.06, crossZero: true);
        var up = Scale.Holding(points.Select(p => p.Cost).Append(0), bottom, top, pad: 0.06, crossZero: true);
        var mean = points.Count == 0 ? (Effect: 0, Cost: 0) : (Effect: points.Average(p => p.Effect), Cost: points.Average(p => p.Cost));
        var svg = new Svg(W, bottom + 54, data.Title, $"Cost-effectiveness plane of {points.Count} draws; mean difference in effect {Show.Short(mean.Effect)}, in cost {Show.Thousands(mean.Cost)}."
            + string.Concat(thresholds.Select(t => $" Below the line of {Show.Thousands(t)}: {Show.Percent(Below(t))}.")), id);
        legend.Draw(svg, 6);
        svg.Inside(Left, top, Right - Left, PlotHeight, inside =>
        {
            foreach (var (i, t) in thresholds.Index())
            {
                inside.LineTo(Left, Far(t * across.Low), Right, Far(t * across.High), Svg.Ink, 1.2, Dashes[i]);
            }

            // Every nth of very many: the cloud looks the same, the page stays small; shares and means are of all.
            var every = Math.Max(1, points.Count / MostPoints);
            foreach (var (_, p) in points.Index().Where(p => p.Index % every == 0))
            {
                inside.Circle(across.At(p.Effect), up.At(p.Cost), 2, Svg.Accent, opacity: 0.4);
            }
        });
        svg.LineTo(across.At(0), top, across.At(0), bottom, Svg.Quiet).LineTo(Left, up.At(0), Right, up.At(0), Svg.Quiet);
        if (points.Count > 0)
        {
            var (x, y) = (across.At(mean.Effect), up.At(mean.Cost));
            svg.Polygon([(x, y - 8), (x - 6, y), (x, y + 8), (x + 6, y)], Svg.Second, Svg.Ink);
        }
        else
        {
            svg.Text((Left + Right) / 2, top + 40, "No draw to show.", "middle", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, bottom, data.EffectLabel).AxisLeft(up, Left, data.CostLabel, Show.Thousands, labelAt: 82);
        return new(data.Title, svg.ToString(), new(data.Title, ["Quantity", "Value"],
        [
            ["Draws", Show.Count(points.Count)], ["Mean difference in effect", Show.Number(mean.Effect)], ["Mean difference in cost", Show.Thousands(mean.Cost)],
            ["More effect, more cost", Share((e, c) => e > 0 && c > 0)], ["More effect, no more cost", Share((e, c) => e > 0 && c <= 0)], ["No more effect, more cost", Share((e, c) => e <= 0 && c > 0)], ["No more effect, no more cost", Share((e, c) => e <= 0 && c <= 0)],
            .. thresholds.Select(t => (IReadOnlyList<string>)[$"Worth it at {Show.Thousands(t)}", Show.Percent(Below(t))]),
        ]));

        double Far(double cost) => up.At(Math.Clamp(cost, up.Low - (100 * (up.High - up.Low)), up.High + (100 * (up.High - up.Low))));
        double Below(double t) => points.Count == 0 ? 0 : points.Count(p => (t * p.Effect) - p.Cost > 0) / (double)points.Count;
        string Share(Func<double, double, bool> where) => points.Count == 0 ? "" : Show.Percent(points.Count(p => where(p.Effect, p.Cost)) / (double)points.Count);
    }
}

/// <summary>What an acceptability curve is drawn from.</summary>
public sealed record Acceptability(string Title, string ThresholdLabel, IReadOnlyList<(double Threshold, double Probability)> Points);

/// <summary>Cost-effectiveness acceptability curve: the share of draws that are worth their cost, for each threshold.</summary>
public static class AcceptabilityPlot
{
    private const double W = 640;
    private const double Left = 84;
    private const double Right = 610;
    private const double Top = 20;
    private const double Bottom = 320;

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Acceptability data, string id = "acceptability")
    {
        ArgumentNullException.ThrowIfNull(data);
        var points = data.Points.Where(p => double.IsFinite(p.Threshold) && double.IsFinite(p.Probability)).OrderBy(p => p.Threshold).ToList();
        var across = Scale.Holding(points.Select(p => p.Threshold).Append(0), Left, Right, pad: 0.02);
        var up = new Scale(0, 1, Bottom, Top);
        var svg = new Svg(W, Bottom + 54, data.Title, points.Count == 0 ? "Acceptability curve without a point." : $"Acceptability curve from {Show.Percent(points[0].Probability)} at {Show.Thousands(points[0].Threshold)} to {Show.Percent(points[^1].Probability)} at {Show.Thousands(points[^1].Threshold)}.", id);
        foreach (var tick in up.Ticks())
        {
            svg.LineTo(Left, up.At(tick), Right, up.At(tick), "#e1e8eb");
        }

        svg.Polyline([.. points.Select(p => (across.At(p.Threshold), up.AtEnd(p.Probability)))], Svg.Accent, 2.4);
        foreach (var p in points)
        {
            svg.Circle(across.At(p.Threshold), up.AtEnd(p.Probability), 3, Svg.Accent);
        }

        if (points.Count == 0)
        {
            svg.Text((Left + Right) / 2, (Top + Bottom) / 2, "No threshold to show.", "middle", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, Bottom, data.ThresholdLabel, Show.Thousands, 5).AxisLeft(up, Left, "Probability of being worth it", v => Show.Number(v * 100) + " %", labelAt: 62);
        return new(data.Title, svg.ToString(), new(data.Title, [data.ThresholdLabel, "Probability"], [.. points.Select(p => (IReadOnlyList<string>)[Show.Thousands(p.Threshold), Show.Percent(p.Probability)])]));
    }
}
