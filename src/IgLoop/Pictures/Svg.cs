using System.Globalization;
using System.Net;
using System.Text;

namespace IgLoop.Pictures;

/// <summary>
/// One SVG drawing. Presentation attributes only, no style attribute and no script, so that it may stand in a page under the strict content policy.
/// Carries a title and a description for readers who hear it.
/// </summary>
public sealed class Svg(double width, double height, string title, string description, string id = "picture")
{
    public const string Ink = "#212b32";
    public const string Quiet = "#4c6272";
    public const string Line = "#aeb7bd";
    public const string Accent = "#005eb8";
    public const string Second = "#b5540a";

    private readonly StringBuilder _body = new();

    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Rough width of a text in the font used, in drawing units: enough to keep columns apart.</summary>
    public static double TextWidth(string text, double size = 13) => (text ?? "").Length * size * 0.56;

    /// <summary>Cuts a text that would not fit, with an ellipsis; the table behind the picture has the whole text.</summary>
    public static string Fit(string text, double room, double size = 13)
    {
        ArgumentNullException.ThrowIfNull(text);
        var letters = (int)(room / (size * 0.56));
        return text.Length <= letters ? text : text[..Math.Max(1, letters - 1)] + "…";
    }

    public Svg LineTo(double x1, double y1, double x2, double y2, string stroke = Ink, double thick = 1, string? dash = null) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{stroke}" stroke-width="{N(thick)}"{Dash(dash)}/>""");

    public Svg Rect(double x, double y, double w, double h, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<rect x="{N(x)}" y="{N(y)}" width="{N(w)}" height="{N(h)}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Circle(double x, double y, double r, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(r)}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Polygon(IEnumerable<(double X, double Y)> points, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<polygon points="{Points(points)}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Polyline(IEnumerable<(double X, double Y)> points, string stroke = Ink, double thick = 1.5, string? dash = null, double opacity = 1) =>
        Add($"""<polyline points="{Points(points)}" fill="none" stroke="{stroke}" stroke-width="{N(thick)}"{Dash(dash)}{Opacity(opacity)}/>""");

    /// <param name="anchor">start, middle or end.</param>
    public Svg Text(double x, double y, string text, string anchor = "start", double size = 13, bool bold = false, string fill = Ink, double turn = 0) =>
        Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" text-anchor="{anchor}" fill="{fill}"{(bold ? " font-weight=\"bold\"" : "")}{(turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"")}>{WebUtility.HtmlEncode(text)}</text>""");

    /// <summary>A horizontal axis at <paramref name="y"/> with ticks, their values and a label below.</summary>
    public Svg AxisBelow(Scale scale, double y, string label, Func<double, string>? show = null, int about = 6)
    {
        ArgumentNullException.ThrowIfNull(scale);
        LineTo(scale.From, y, scale.To, y);
        foreach (var t in scale.Ticks(about))
        {
            LineTo(scale.At(t), y, scale.At(t), y + 5);
            Text(scale.At(t), y + 19, (show ?? Number)(t), "middle", 12);
        }

        return Text((scale.From + scale.To) / 2, y + 38, label, "middle", 13);
    }

    /// <summary>A vertical axis at <paramref name="x"/> with ticks, their values and a turned label.</summary>
    public Svg AxisLeft(Scale scale, double x, string label, Func<double, string>? show = null, int about = 6)
    {
        ArgumentNullException.ThrowIfNull(scale);
        LineTo(x, scale.From, x, scale.To);
        foreach (var t in scale.Ticks(about))
        {
            LineTo(x - 5, scale.At(t), x, scale.At(t));
            Text(x - 8, scale.At(t) + 4, (show ?? Number)(t), "end", 12);
        }

        return Text(x - 48, (scale.From + scale.To) / 2, label, "middle", 13, turn: -90);
    }

    /// <summary>A number as people write it: no exponent, at most four decimals.</summary>
    public static string Number(double v) => Math.Abs(v) >= 0.0001 || v == 0 ? v.ToString("0.####", CultureInfo.InvariantCulture) : v.ToString("0.##E0", CultureInfo.InvariantCulture);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {N(Width)} {N(Height)}" width="{N(Width)}" height="{N(Height)}" font-family="Arial, Helvetica, sans-serif" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{WebUtility.HtmlEncode(title)}</title><desc id="{id}-desc">{WebUtility.HtmlEncode(description)}</desc><rect width="{N(Width)}" height="{N(Height)}" fill="#ffffff"/>{_body}</svg>
        """);

    private Svg Add(string element)
    {
        _body.Append(element);
        return this;
    }

    private static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Opacity(double o) => o >= 1 ? "" : $" opacity=\"{N(o)}\"";

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    private static string N(double v) => double.IsFinite(v) ? v.ToString("0.##", CultureInfo.InvariantCulture) : throw new ArgumentException("A place on the drawing must be a finite number.", nameof(v));
}
