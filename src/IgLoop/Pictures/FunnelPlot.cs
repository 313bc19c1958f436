using IgLoop.Core.Statistics;

namespace IgLoop.Pictures;

/// <summary>What a funnel plot is drawn from.</summary>
/// <param name="Measure">Name of the effect, for example "Risk ratio".</param>
/// <param name="Studies">Effects and standard errors on the scale of analysis: the logarithm for ratios.</param>
/// <param name="Centre">The pooled effect on the scale of analysis; null: no line and no pseudo-confidence region.</param>
/// <param name="Log">Whether effects are logarithms; the axis then shows the ratios.</param>
public sealed record Funnel(string Title, string Measure, IReadOnlyList<FunnelStudy> Studies, double? Centre, bool Log = false)
{
    /// <summary>Studies that trim and fill imputes; drawn hollow.</summary>
    public IReadOnlyList<FunnelStudy> Filled { get; init; } = [];

    /// <summary>The effect, on the scale of analysis, at which the contours of significance have their top; 0 is no effect.</summary>
    public double Reference { get; init; }

    /// <summary>Whether the regions of two-sided p at 0.1, 0.05 and 0.01 are shaded.</summary>
    public bool Contours { get; init; } = true;
}

/// <summary>One study of a funnel plot.</summary>
/// <param name="StandardError">Above 0.</param>
public sealed record FunnelStudy(string Label, double Effect, double StandardError);

/// <summary>Funnel plot: effect across, standard error downwards, with shaded regions of significance and, if asked, imputed studies.</summary>
public static class FunnelPlot
{
    private const double W = 680;
    private const double H = 500;
    private const double Left = 84;
    private const double Right = 660;
    private const double Top = 60;
    private const double Bottom = 440;

    // Two-sided p and the standard normal value it stands for (R: qnorm(1 - p / 2)).
    private static readonly (double P, double Z, string Fill)[] Regions = [(0.01, 2.5758293035489004, "#dfe5e8"), (0.05, 1.959963984540054, "#c3ccd1"), (0.1, 1.6448536269514722, "#ffffff")];

    /// <param name="id">Unique in the page.</param>
    public static Picture Draw(Funnel data, string id = "funnel")
    {
        ArgumentNullException.ThrowIfNull(data);
        var all = data.Studies.Concat(data.Filled).Where(Stands).ToList();
        var (across, down) = Scales(data);
        var described = $"Funnel plot of {data.Studies.Count} {(data.Studies.Count == 1 ? "study" : "studies")}{(data.Filled.Count > 0 ? $" and {data.Filled.Count} imputed" : "")}: effect against standard error, precise studies on top."
            + (data.Centre is { } c ? $" Pooled effect {Show.Short(Shown(data, c))}." : "");
        var svg = new Svg(W, H, data.Title, described, id);
        svg.Inside(Left, Top, Right - Left, Bottom - Top, inside => Regional(inside, data, across, down));
        svg.Rect(Left, Top, Right - Left, Bottom - Top, "none", Svg.Line);
        foreach (var s in data.Studies.Where(Stands))
        {
            svg.Circle(across.At(s.Effect), down.At(s.StandardError), 4.5, Svg.Accent, "#ffffff");
        }

        foreach (var s in data.Filled.Where(Stands))
        {
            svg.Circle(across.At(s.Effect), down.At(s.StandardError), 4.5, "#ffffff", Svg.Second);
        }

        if (all.Count == 0)
        {
            svg.Text((Left + Right) / 2, (Top + Bottom) / 2, "No study to show.", "middle", fill: Svg.Quiet);
        }

        LegendOf(data).Draw(svg, 8);
        var ratios = new Scale(data.Log ? Math.Exp(across.Low) : across.Low, data.Log ? Math.Exp(across.High) : across.High, Left, Right, data.Log);
        svg.AxisBelow(ratios, Bottom, data.Measure + (data.Log ? " (logarithmic axis)" : ""));
        svg.AxisLeft(down, Left, "Standard error", labelAt: 58);
        return new(data.Title, svg.ToString(), Table(data));
    }

    /// <summary>Both axes; the second has its zero on top.</summary>
    internal static (Scale Across, Scale Down) Scales(Funnel data)
    {
        var all = data.Studies.Concat(data.Filled).Where(Stands).ToList();
        var deepest = all.Select(s => s.StandardError).Append(0).Max();
        deepest = deepest <= 0 ? 1 : deepest * 1.06;
        var half = data.Centre is { } c && double.IsFinite(c) ? new[] { c - (1.96 * deepest), c + (1.96 * deepest) } : [];
        var values = all.Select(s => s.Effect).Concat(half).Append(data.Reference);
        if (data.Log)
        {
            // exp() of more than this is not a number that an axis can show.
            values = values.Select(v => Math.Clamp(v, -650, 650));
        }

        return (Scale.Holding(values, Left, Right, pad: 0.05), new Scale(0, deepest, Top, Bottom));
    }

    private static bool Stands(FunnelStudy s) => double.IsFinite(s.Effect) && Math.Abs(s.Effect) < 650 && double.IsFinite(s.StandardError) && s.StandardError > 0;

    private static double Shown(Funnel data, double effect) => data.Log ? Math.Exp(effect) : effect;

    private static void Regional(Svg svg, Funnel data, Scale across, Scale down)
    {
        (double X, double Y)[] Wedge(double at, double z) => [(across.At(at), Top), (across.At(at - (z * down.High)), Bottom), (across.At(at + (z * down.High)), Bottom)];
        if (data.Contours)
        {
            svg.Rect(Left, Top, Right - Left, Bottom - Top, "#f3f6f7");
            foreach (var (_, z, fill) in Regions)
            {
                svg.Polygon(Wedge(data.Reference, z), fill, "#8ba0a8");
            }
        }

        if (data.Centre is { } centre && double.IsFinite(centre))
        {
            var wedge = Wedge(centre, Regions[1].Z);
            svg.Polyline([wedge[1], wedge[0], wedge[2]], Svg.Second, 1.5, "6 4");
            svg.LineTo(across.At(centre), Top, across.At(centre), Bottom, Svg.Second, 1.5);
        }

        svg.LineTo(across.At(data.Reference), Top, across.At(data.Reference), Bottom, Svg.Quiet, 1, "2 3");
    }

    private static Legend LegendOf(Funnel data)
    {
        var legend = new Legend(Left, Right);
        if (data.Contours)
        {
            foreach (var (fill, text) in new[] { ("#ffffff", "p > 0.1"), ("#c3ccd1", "0.1 to 0.05"), ("#dfe5e8", "0.05 to 0.01"), ("#f3f6f7", "< 0.01") })
            {
                legend.Key(text, 13, (svg, x, y) => svg.Rect(x, y - 6, 13, 13, fill, Svg.Quiet));
            }
        }

        if (data.Filled.Count > 0)
        {
            legend.Key("imputed", 10, (svg, x, y) => svg.Circle(x + 5, y, 4.5, "#ffffff", Svg.Second));
        }

        return data.Centre is null ? legend
            : legend.Key("where 95 % of studies would lie were there only chance about the pooled effect", 24, (svg, x, y) => svg.LineTo(x, y, x + 24, y, Svg.Second, 1.5, "6 4"));
    }

    private static PictureTable Table(Funnel data) => new(data.Title, ["Study", data.Log ? $"{data.Measure}, logarithm" : data.Measure, "Standard error", "Two-sided p against the reference", "Kind"],
        [.. data.Studies.Select(s => Line(s, data.Reference, "study")), .. data.Filled.Select(s => Line(s, data.Reference, "imputed")),
         .. data.Centre is { } c ? new IReadOnlyList<string>[] { ["Pooled effect", Show.Number(c), "", "", "summary"] } : []]);

    private static IReadOnlyList<string> Line(FunnelStudy s, double reference, string kind) =>
        [s.Label, Show.Number(s.Effect), Show.Number(s.StandardError), Stands(s) ? Show.Number(Distributions.NormalTwoSided((s.Effect - reference) / s.StandardError)) : "", kind];
}
