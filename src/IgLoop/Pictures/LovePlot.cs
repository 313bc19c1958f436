namespace IgLoop.Pictures;

/// <summary>What a balance plot is drawn from.</summary>
/// <param name="Covariates">Standardised differences before and after weighting or matching.</param>
public sealed record Love(string Title, IReadOnlyList<LoveCovariate> Covariates)
{
    /// <summary>Difference that is still called balanced; 0.1 is the custom (Austin 2009).</summary>
    public double Threshold { get; init; } = 0.1;

    public string BeforeLabel { get; init; } = "before weighting";

    public string AfterLabel { get; init; } = "after weighting";
}

/// <param name="Before">Standardised difference, with its sign.</param>
/// <param name="After">The same after weighting; null: not known.</param>
public sealed record LoveCovariate(string Label, double? Before, double? After);

/// <summary>Balance (love) plot: standardised differences of each covariate before (hollow) and after (full), between the lines of what is called balanced.</summary>
public static class LovePlot
{
    private const double W = 700;
    private const double Right = 672;

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Love data, string id = "balance")
    {
        ArgumentNullException.ThrowIfNull(data);
        var step = data.Covariates.Count > 40 ? 18 : 24;
        // One more than the longest label, which must not be cut for the last digit of its width.
        var left = 35 + Math.Clamp(data.Covariates.Select(c => Show.Width(c.Label)).Append(60).Max(), 60, 260);
        var legend = new Legend(20, W - 20).Key(data.BeforeLabel, 10, (svg, x, y) => svg.Circle(x + 5, y, 4.5, "#ffffff", Svg.Second));
        if (data.Covariates.Count == 0 || data.Covariates.Any(c => c.After is { } a && double.IsFinite(a)))
        {
            legend.Key(data.AfterLabel, 10, (svg, x, y) => svg.Circle(x + 5, y, 4.5, Svg.Accent, Svg.Accent));
        }

        legend.Key($"balanced: within {Show.Number(data.Threshold)}", 20, (svg, x, y) => svg.LineTo(x, y, x + 20, y, Svg.Quiet, 1, "5 4"));
        var top = 22 + legend.Height;
        var bottom = top + (Math.Max(1, data.Covariates.Count) * step) + 6;
        var values = data.Covariates.SelectMany(c => new[] { c.Before, c.After }).OfType<double>().Where(double.IsFinite).ToList();
        var across = Scale.Holding(values.Append(data.Threshold).Append(-data.Threshold), left, Right, pad: 0.06, crossZero: true);
        var svg = new Svg(W, bottom + 54, data.Title, $"Standardised differences of {data.Covariates.Count} {(data.Covariates.Count == 1 ? "covariate" : "covariates")}. Beyond {Show.Number(data.Threshold)}: {Beyond(c => c.Before)} {data.BeforeLabel}, {Beyond(c => c.After)} {data.AfterLabel}.", id);
        legend.Draw(svg, 6);
        svg.LineTo(across.At(0), top, across.At(0), bottom, Svg.Quiet);
        svg.LineTo(across.At(data.Threshold), top, across.At(data.Threshold), bottom, Svg.Quiet, 1, "5 4").LineTo(across.At(-data.Threshold), top, across.At(-data.Threshold), bottom, Svg.Quiet, 1, "5 4");
        foreach (var (i, c) in data.Covariates.Index())
        {
            var y = top + (i * step) + (step / 2.0);
            svg.Label(20, y + 4.5, c.Label, left - 34).LineTo(left, y, Right, y, "#e1e8eb");
            if (c.Before is { } before && double.IsFinite(before))
            {
                svg.Circle(across.At(before), y, 4.5, "#ffffff", Svg.Second);
            }

            if (c.After is { } after && double.IsFinite(after))
            {
                svg.Circle(across.At(after), y, 4.5, Svg.Accent, Svg.Accent);
            }
        }

        if (data.Covariates.Count == 0)
        {
            svg.Text(left, top + 16, "No covariate to show.", fill: Svg.Quiet);
        }

        svg.AxisBelow(across, bottom, "Standardised difference");
        return new(data.Title, svg.ToString(), new(data.Title, ["Covariate", $"Standardised difference {data.BeforeLabel}", $"Standardised difference {data.AfterLabel}", data.AfterLabel.Length > 0 ? $"Balanced {data.AfterLabel}" : "Balanced"],
            [.. data.Covariates.Select(c => (IReadOnlyList<string>)[c.Label, Show.Number(c.Before), Show.Number(c.After), c.After is { } a && double.IsFinite(a) ? Math.Abs(a) <= data.Threshold ? "yes" : "no" : "unknown"])]));

        int Beyond(Func<LoveCovariate, double?> value) => data.Covariates.Count(c => value(c) is { } v && Math.Abs(v) > data.Threshold);
    }
}
