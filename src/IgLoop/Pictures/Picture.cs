using System.Net;
using System.Text;

namespace IgLoop.Pictures;

/// <summary>A drawing together with the numbers behind it, for a page, a printed report or a file of its own.</summary>
/// <param name="Title">What the picture shows, in a line.</param>
/// <param name="Svg">The drawing: a whole <c>svg</c> element with title and description, without script or inline style.</param>
/// <param name="Table">Every number of the drawing, also those too small or too far out to be seen in it.</param>
public sealed record Picture(string Title, string Svg, PictureTable Table)
{
    /// <summary>The rules of <c>wwwroot/pictures.css</c>, which a self-contained report carries within it.</summary>
    public static string Css { get; } = Read("pictures.css");

    /// <summary>The drawing with its table folded beneath it, as HTML for a page or a report.</summary>
    /// <param name="open">Whether the table is shown without being asked for.</param>
    /// <param name="titled">Whether the title stands above the drawing, where several drawings share a heading.</param>
    public string ToHtml(bool open = false, bool titled = false) =>
        $"""<figure class="ig-chart">{(titled ? $"<figcaption>{WebUtility.HtmlEncode(Title)}</figcaption>" : "")}<div class="ig-chart__drawing" role="group" tabindex="0" aria-label="{WebUtility.HtmlEncode($"Picture: {Title}")}">{Svg}</div><details class="ig-chart__numbers"{(open ? " open" : "")}><summary>The numbers behind the picture</summary>{Table.ToHtml()}</details></figure>""";

    private static string Read(string resource)
    {
        using var stream = typeof(Picture).Assembly.GetManifestResourceStream(resource)!;
        return new StreamReader(stream).ReadToEnd();
    }
}

/// <summary>The numbers behind a picture.</summary>
/// <param name="Caption">Names the table.</param>
/// <param name="Headers">One a column; the first column names the row.</param>
/// <param name="Rows">As many texts in each as there are headers; an empty text where there is no value.</param>
public sealed record PictureTable(string Caption, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>More rows than this are printed small, and in columns side by side where they are narrow, or they would fill page after page.</summary>
    private const int LongFrom = 30;

    /// <summary>Letters of the longest row, with one between two columns, that fit a third and a half of a sheet at the size of long tables.</summary>
    private const int ThirdTo = 42;
    private const int HalfTo = 66;

    /// <summary>… and that fit a sheet at the size of short tables.</summary>
    private const int SheetTo = 80;

    /// <summary>The table as HTML, in a region of its own that scrolls sideways and can be reached by keyboard.</summary>
    public string ToHtml()
    {
        var right = Headers.Select((_, column) => column > 0 && Rows.Any(r => r[column].Length > 0) && Rows.All(r => r[column].Length == 0 || IsNumber(r[column]))).ToList();
        var html = new StringBuilder();
        html.Append($"""<div class="ig-chart__table{PrintedAs()}" role="group" tabindex="0" aria-label="{Text($"Table: {Caption}")}"><table><caption>{Text(Caption)}</caption><thead><tr>""");
        for (var c = 0; c < Headers.Count; c++)
        {
            html.Append($"""<th scope="col"{(right[c] ? " class=\"ig-num\"" : "")}>{Text(Headers[c])}</th>""");
        }

        html.Append("</tr></thead><tbody>");
        foreach (var row in Rows)
        {
            html.Append($"""<tr><th scope="row">{Text(row[0])}</th>""");
            for (var c = 1; c < row.Count; c++)
            {
                html.Append($"""<td{(right[c] ? " class=\"ig-num\"" : "")}>{Text(row[c])}</td>""");
            }

            html.Append("</tr>");
        }

        if (Rows.Count == 0)
        {
            html.Append($"""<tr><td colspan="{Headers.Count}">No data.</td></tr>""");
        }

        return html.Append("</tbody></table></div>").ToString();
    }

    private string PrintedAs() => Rows.Count > LongFrom
        ? $" ig-chart__table--long{(Letters() switch { <= ThirdTo => " ig-chart__table--thirds", <= HalfTo => " ig-chart__table--halves", _ => "" })}"
        : Letters() > SheetTo ? " ig-chart__table--wide" : "";

    /// <summary>How wide the table is when only its header may be broken, between words.</summary>
    private int Letters() => Headers.Select((h, c) => 1 + Rows.Select(r => r[c].Length).Concat(h.Split(' ').Select(w => w.Length)).Max()).Sum();

    private static bool IsNumber(string text) => text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text.Length > 1 && text[0] is '-' or '−' && char.IsAsciiDigit(text[1])));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
