using System.Globalization;
using System.Net;
using System.Text;
using IgLoop.Core.Infusing;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Components;

namespace IgLoop.Features.Decide.Answer;

/// <summary>Infusion rate over time as an SVG step chart, drawn on the server; the table beside it holds the same numbers.</summary>
public static class RatePicture
{
    private const int Width = 600;
    private const int Height = 236;
    private const int Left = 50;
    private const int Right = 16;
    private const int Top = 34;
    private const int Bottom = 50;

    /// <param name="steps">The steps in order, at least one.</param>
    /// <param name="id">Unique in the page.</param>
    /// <param name="title">Names the picture for readers who do not see it.</param>
    public static MarkupString Of(IReadOnlyList<InfusionStep> steps, string id, string title)
    {
        var end = steps[^1].EndMin;
        var top = steps.Max(s => s.RateMlPerH);
        var rateStep = NiceStep(top, 4);
        var ceiling = Math.Ceiling(top / rateStep) * rateStep;
        var line = string.Join(' ', steps.SelectMany((s, i) => new[] { $"{(i == 0 ? "M" : "L")}{X(s.StartMin)} {Y(s.RateMlPerH)}", $"L{X(s.EndMin)} {Y(s.RateMlPerH)}" }));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg class="ig-picture" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="{id}-title {id}-desc"><title id="{id}-title">{Text(title)}</title><desc id="{id}-desc">{Text(Describe(steps))}</desc>""");
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="ig-picture__unit" x="{Left - 42}" y="16">Rate, mL/h</text>""");
        for (var rate = 0m; rate <= ceiling; rate += rateStep)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<line class="ig-picture__grid" x1="{Left}" x2="{Width - Right}" y1="{Y(rate)}" y2="{Y(rate)}"/><text x="{Left - 8}" y="{Y(rate, 5)}" text-anchor="end">{Words.Number(rate)}</text>""");
        }

        var timeStep = TimeStep(end);
        for (var minute = 0m; minute <= end; minute += timeStep)
        {
            svg.Append(CultureInfo.InvariantCulture, $"""<line class="ig-picture__axis" x1="{X(minute)}" x2="{X(minute)}" y1="{Height - Bottom}" y2="{Height - Bottom + 6}"/><text x="{X(minute)}" y="{Height - Bottom + 22}" text-anchor="middle">{(int)minute / 60}:{(int)minute % 60:00}</text>""");
        }

        svg.Append(CultureInfo.InvariantCulture, $"""<path class="ig-picture__area" d="{line} L{X(end)} {Y(0)} L{X(0)} {Y(0)} Z"/><path class="ig-picture__line" d="{line}"/><line class="ig-picture__axis" x1="{Left}" x2="{Width - Right}" y1="{Height - Bottom}" y2="{Height - Bottom}"/><text class="ig-picture__unit" x="{Width - Right}" y="{Height - 8}" text-anchor="end">Time from start, hours : minutes</text></svg>""");
        return new(svg.ToString());

        string X(decimal minute) => (Left + ((Width - Left - Right) * minute / end)).ToString("0.##", CultureInfo.InvariantCulture);
        string Y(decimal rate, decimal shift = 0) => (Height - Bottom - ((Height - Top - Bottom) * rate / ceiling) + shift).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static string Describe(IReadOnlyList<InfusionStep> steps) =>
        string.Join(", then ", steps.Select(s => $"{(s.RateMlPerH == 0 ? "pause" : $"{Words.Number(s.RateMlPerH, "0.##")} mL/h")} until {Words.Duration(s.EndMin)}")) + ".";

    /// <summary>1, 2 or 5 times a power of ten, so that about <paramref name="parts"/> steps reach <paramref name="top"/>.</summary>
    private static decimal NiceStep(decimal top, int parts)
    {
        var raw = top / parts;
        var power = 1m;
        while (power * 10 <= raw)
        {
            power *= 10;
        }

        while (power > raw)
        {
            power /= 10;
        }

        return raw <= power * 1.5m ? power : raw <= power * 3 ? power * 2 : raw <= power * 7 ? power * 5 : power * 10;
    }

    private static decimal TimeStep(decimal minutes) => minutes switch { <= 60 => 15, <= 180 => 30, <= 480 => 60, <= 960 => 120, _ => 240 };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
