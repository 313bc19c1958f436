using System.Net;
using System.Text;
using IgLoop.Pictures;

namespace IgLoop.Features.Outcomes;

/// <summary>The report as one HTML file that needs nothing else: it can be mailed, printed and kept.</summary>
public static class OutcomesHtml
{
    public static string Of(IReadOnlyList<OutcomeSection> sections, string version)
    {
        var html = new StringBuilder();
        html.Append($$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Outcomes of a cohort · IgLoop</title>
            <style>
            body { margin: 0 auto; padding: 1rem; max-width: 66rem; color: #1d2a30; font-family: system-ui, Arial, sans-serif; line-height: 1.5; }
            h2 { margin: 2rem 0 .5rem; border-top: 1px solid #d3dbdf; padding-top: 1rem; }
            #limits { border-left: 4px solid #7a4b00; padding-left: 1rem; }
            {{Picture.Css}}
            @page { size: A4; margin: 12mm 13mm; }
            @media print {
              body { padding: 0; max-width: none; font-size: 8.5pt; line-height: 1.3; }
              h1 { font-size: 14pt; margin: 0; }
              h2 { font-size: 11pt; margin: 7pt 0 2pt; padding-top: 3pt; break-after: avoid; }
              p { margin: 2pt 0; }
            }
            </style></head><body><main><h1>Immunoglobulin: outcomes of a cohort</h1><p>Made with IgLoop {{WebUtility.HtmlEncode(version)}}.</p>

            """);
        foreach (var s in sections)
        {
            html.Append($"<section id=\"{s.Id}\"><h2>{WebUtility.HtmlEncode(s.Title)}</h2>\n{Body(s)}</section>\n");
        }

        return html.Append("</main></body></html>\n").ToString();
    }

    /// <summary>What is under the heading of a part.</summary>
    public static string Body(OutcomeSection section)
    {
        var html = new StringBuilder();
        foreach (var line in section.Lines)
        {
            html.Append($"<p>{WebUtility.HtmlEncode(line)}</p>\n");
        }

        foreach (var table in section.Tables)
        {
            html.Append(table.ToHtml()).Append('\n');
        }

        foreach (var picture in section.Pictures)
        {
            html.Append(picture.ToHtml(titled: true)).Append('\n');
        }

        return html.ToString();
    }
}

/// <summary>The report for a terminal.</summary>
public static class OutcomesText
{
    public static string Of(IReadOnlyList<OutcomeSection> sections)
    {
        var text = new StringBuilder();
        foreach (var s in sections)
        {
            text.Append(s.Title.ToUpperInvariant()).Append('\n');
            foreach (var line in s.Lines)
            {
                text.Append("  ").Append(line).Append('\n');
            }

            foreach (var table in s.Tables)
            {
                text.Append('\n').Append("  ").Append(table.Caption).Append('\n');
                var widths = table.Headers.Select((h, c) => table.Rows.Select(r => r[c].Length).Append(h.Length).Max()).ToList();
                foreach (var row in table.Rows.Prepend(table.Headers))
                {
                    text.Append("  ").Append(string.Join("  ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd()).Append('\n');
                }
            }

            text.Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }
}
