using System.Net;
using System.Text;
using IgLoop.Core.Synthesis;
using IgLoop.Pictures;

namespace IgLoop.Features.Synthesis;

/// <summary>The report as one HTML file that needs nothing else: pictures, numbers and the methods paragraph.</summary>
internal static class MetaHtml
{
    public static string Of(MetaAnswer a, string title)
    {
        var body = new StringBuilder();
        body.Append($"<h1>{T(title)}</h1><dl>");
        foreach (var line in MetaText.Summary(a))
        {
            body.Append($"<dt>{T(line[..13].Trim())}</dt><dd>{T(line[13..])}</dd>");
        }

        body.Append("</dl><h2>Forest plot</h2>").Append(MetaPictures.Forest(a, title).ToHtml(open: true));
        // A funnel needs something to be compared with.
        if (a.Analysis.Counted.Count > 1)
        {
            body.Append("<h2>Funnel plot</h2>").Append(MetaPictures.Funnel(a, title).ToHtml());
        }

        if (MetaPictures.HasTables(a.Analysis))
        {
            body.Append("<h2>L'Abbé plot</h2>").Append(MetaPictures.LAbbe(a, title).ToHtml());
        }

        Tests(a, body);
        Table(body, "Without each study", "Without", a, a.LeaveOneOut.Select(w => (w.Left.Study.Label, w.Pooled)));
        Table(body, "Studies added one at a time", "Up to and with", a, a.Cumulative.Select(u => (u.Added.Study.Label, u.Pooled)));
        if (a.Notes.Count > 0)
        {
            body.Append("<h2>To be read with it</h2><ul>").AppendJoin("", a.Notes.Select(n => $"<li>{T(n)}</li>")).Append("</ul>");
        }

        body.Append($"<h2>Methods</h2><p>{T(MetaText.Methods(a))}</p>");
        return $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{T(title)}}</title>
            <style>
            body { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; max-width: 62rem; margin: 0 auto; padding: 1rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { font-weight: 600; } dd { margin: 0; }
            @media (max-width: 30rem) { dl { display: block; } }
            {{Picture.Css}}
            @media print {
              body { font-size: 10pt; max-width: none; padding: 0; }
              h2 { break-after: avoid; }
              figure { margin: 0; }
              table { font-size: 8pt; }
              .ig-chart__drawing { break-inside: avoid; break-before: avoid; }
              .ig-chart__drawing svg { max-height: 22cm; }
            }
            </style></head><body><main>{{body}}</main></body></html>
            """;
    }

    private static void Tests(MetaAnswer a, StringBuilder body)
    {
        var lines = MetaText.Tests(a).Where(l => l.Length > 0).ToList();
        if (lines.Count > 0)
        {
            body.Append("<h2>Subgroups, moderators and small-study effects</h2><ul>").AppendJoin("", lines.Select(l => $"<li>{T(l)}</li>")).Append("</ul>");
        }
    }

    private static void Table(StringBuilder body, string heading, string first, MetaAnswer a, IEnumerable<(string Label, Pooled Pooled)> rows)
    {
        var list = rows.Select(r => (IReadOnlyList<string>)[r.Label, MetaText.Shown(a.Analysis, r.Pooled), r.Pooled.I2 is { } i ? MetaText.Number(Math.Round(i, 1)) : "", r.Pooled.Tau2 is { } t ? MetaText.Significant(t) : ""]).ToList();
        if (list.Count > 0)
        {
            body.Append($"<h2>{T(heading)}</h2>").Append(new PictureTable(heading, [first, "Estimate (interval)", "I² %", "tau²"], list).ToHtml());
        }
    }

    private static string T(string text) => WebUtility.HtmlEncode(text);
}
