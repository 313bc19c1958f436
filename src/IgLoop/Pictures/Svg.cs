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
    private readonly string _id = new([.. id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
    private int _clips;

    public double Width { get; } = width;

    public double Height { get; } = height;

    public Svg LineTo(double x1, double y1, double x2, double y2, string stroke = Ink, double thick = 1, string? dash = null) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{stroke}" stroke-width="{N(thick)}"{Dash(dash)}/>""");

    public Svg Rect(double x, double y, double w, double h, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<rect x="{N(x)}" y="{N(y)}" width="{N(Math.Max(0, w))}" height="{N(Math.Max(0, h))}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Circle(double x, double y, double r, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(r)}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Polygon(IEnumerable<(double X, double Y)> points, string fill = Accent, string? stroke = null, double opacity = 1) =>
        Add($"""<polygon points="{Points(points)}" fill="{fill}"{(stroke is null ? "" : $" stroke=\"{stroke}\"")}{Opacity(opacity)}/>""");

    public Svg Polyline(IReadOnlyCollection<(double X, double Y)> points, string stroke = Ink, double thick = 1.5, string? dash = null, double opacity = 1) =>
        points.Count > 0 ? Add($"""<polyline points="{Points(points)}" fill="none" stroke="{stroke}" stroke-width="{N(thick)}"{Dash(dash)}{Opacity(opacity)}/>""") : this;

    /// <param name="anchor">start, middle or end.</param>
    public Svg Text(double x, double y, string text, string anchor = "start", double size = 13, bool bold = false, string fill = Ink, double turn = 0) =>
        Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" text-anchor="{anchor}" fill="{fill}"{(bold ? " font-weight=\"bold\"" : "")}{(turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"")}>{Encode(text)}</text>""");

    /// <summary>A text cut to its room; the whole of it is told on pointing at it, and stands in the table.</summary>
    public Svg Label(double x, double y, string text, double room, string anchor = "start", double size = 13, bool bold = false, string fill = Ink)
    {
        var shown = Show.Fit(text, room, size, bold);
        return Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" text-anchor="{anchor}" fill="{fill}"{(bold ? " font-weight=\"bold\"" : "")}>{(shown == text ? "" : $"<title>{Encode(text)}</title>")}{Encode(shown)}</text>""");
    }

    /// <summary>What is added inside is cut off at the edges of the rectangle.</summary>
    public Svg Inside(double x, double y, double w, double h, Action<Svg> draw)
    {
        ArgumentNullException.ThrowIfNull(draw);
        var clip = $"{_id}-clip{_clips++}";
        Add($"""<clipPath id="{clip}"><rect x="{N(x)}" y="{N(y)}" width="{N(w)}" height="{N(h)}"/></clipPath><g clip-path="url(#{clip})">""");
        draw(this);
        return Add("</g>");
    }

    /// <summary>A horizontal axis at <paramref name="y"/> with ticks, their values and a label below.</summary>
    public Svg AxisBelow(Scale scale, double y, string label, Func<double, string>? show = null, int about = 6)
    {
        ArgumentNullException.ThrowIfNull(scale);
        LineTo(scale.From, y, scale.To, y);
        foreach (var t in scale.Ticks(about))
        {
            LineTo(scale.At(t), y, scale.At(t), y + 5);
            Text(scale.At(t), y + 19, (show ?? Show.Number)(t), "middle", 12);
        }

        return Text((scale.From + scale.To) / 2, y + 38, label, "middle", 13);
    }

    /// <summary>A vertical axis at <paramref name="x"/> with ticks, their values and a turned label.</summary>
    /// <param name="labelAt">Distance of the label from the axis.</param>
    public Svg AxisLeft(Scale scale, double x, string label, Func<double, string>? show = null, int about = 6, double labelAt = 48)
    {
        ArgumentNullException.ThrowIfNull(scale);
        LineTo(x, scale.From, x, scale.To);
        foreach (var t in scale.Ticks(about))
        {
            LineTo(x - 5, scale.At(t), x, scale.At(t));
            Text(x - 8, scale.At(t) + 4, (show ?? Show.Number)(t), "end", 12);
        }

        return Text(x - labelAt, (scale.From + scale.To) / 2, label, "middle", 13, turn: -90);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {N(Width)} {N(Height)}" width="{N(Width)}" height="{N(Height)}" font-family="Arial, Helvetica, sans-serif" aria-labelledby="{_id}-title {_id}-desc"><title id="{_id}-title">{Encode(title)}</title><desc id="{_id}-desc">{Encode(description)}</desc><rect width="{N(Width)}" height="{N(Height)}" fill="#ffffff"/>{_body}</svg>
        """);

    private Svg Add(string element)
    {
        _body.Append(element);
        return this;
    }

    /// <summary>Control characters would make the file unreadable as XML, half a surrogate pair as text.</summary>
    private static string Encode(string text) => WebUtility.HtmlEncode(string.Concat(text.EnumerateRunes().Where(r => r.Value is >= 32 and not 0xFFFE and not 0xFFFF && r.Value is < 127 or > 159).Select(r => r.ToString())));

    private static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    private static string Opacity(double o) => o >= 1 ? "" : $" opacity=\"{N(o)}\"";

    private static string Points(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));

    private static string N(double v) => double.IsFinite(v) ? v.ToString("0.##", CultureInfo.InvariantCulture) : throw new ArgumentException("A place on the drawing must be a finite number.", nameof(v));
}
