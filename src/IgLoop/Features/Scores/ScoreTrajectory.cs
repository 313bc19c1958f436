using System.Globalization;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;
using IgLoop.Features.Shell;
using IgLoop.Pictures;

namespace IgLoop.Features.Scores;

/// <summary>A published limit of change, held against the first and the latest total.</summary>
/// <param name="Reached">Null while the bounds of the totals do not settle it.</param>
public sealed record ChangeReading(ChangeLimit Limit, bool? Reached);

/// <summary>One patient's totals over time, as the form gives them.</summary>
public sealed record ScoreTrajectory
{
    // Serology read sooner may be that of the donors: the tests named in the monitoring plan are shown as falsified for about six weeks.
    private const int DaysOfPassiveAntibody = 42;

    public required IReadOnlyList<(DateOnly At, TotalScore Total)> Points { get; init; }
    public required IReadOnlyList<ChangeReading> Changes { get; init; }
    public required Picture Picture { get; init; }

    /// <summary>The arithmetic between the first and the latest total.</summary>
    public string? Arithmetic { get; init; }

    /// <summary>Null with fewer than two assessments.</summary>
    public static ScoreTrajectory? Of(ScoreSheet sheet)
    {
        var points = sheet.Earlier.Select(e => (e.At, e.Total)).ToList();
        if (sheet is { HasAnswers: true, At: { } at, Result.Totals: [var now, ..] })
        {
            points.Add((at, now));
        }

        points.Sort((a, b) => a.At.CompareTo(b.At));
        if (points.Count < 2)
        {
            return null;
        }

        var total = points[0].Total.Total;
        var limits = sheet.Instrument.Changes.Where(c => (c.Total is null || c.Total == total.Id) && c.Kind.Length > 0 && (c.Points ?? c.Percent) is not null).ToList();
        var (first, last) = (points[0].Total, points[^1].Total);
        return new()
        {
            Points = points,
            Changes = [.. limits.Select(l => new ChangeReading(l, Reached(l, first, last)))],
            Arithmetic = first.Value is { } a && last.Value is { } b
                ? $"{ScoreInputs.Show(a)} on {Words.Date(points[0].At)} to {ScoreInputs.Show(b)} on {Words.Date(points[^1].At)}: {Signed(b - a)}{(a == 0 ? "; no percentage of a start at 0" : $", {Signed(decimal.Round((b - a) * 100 / a, 1, MidpointRounding.AwayFromZero))} %")}"
                : null,
            Picture = Draw(sheet, points, limits),
        };
    }

    /// <summary>Whether the change reaches the limit: points or percent, either of the two suffices; bounds must agree.</summary>
    internal static bool? Reached(ChangeLimit limit, TotalScore first, TotalScore last)
    {
        var corners = new[] { first.Lower, first.Upper }.SelectMany(a => new[] { last.Lower, last.Upper }.Select(b => One(limit, a, b))).Distinct().ToList();
        return corners is [var agreed] ? agreed : null;
    }

    private static bool? One(ChangeLimit limit, decimal from, decimal to)
    {
        var change = limit.Rises ? to - from : from - to;
        var byPoints = limit.Points is { } p ? (limit.Strict ? change > p : change >= p) : (bool?)null;
        var byPercent = limit.Percent is { } share && from != 0 ? (limit.Strict ? change * 100 > share * from : change * 100 >= share * from) : (bool?)null;
        return byPoints == true || byPercent == true ? true : byPoints ?? byPercent;
    }

    private static Picture Draw(ScoreSheet sheet, List<(DateOnly At, TotalScore Total)> points, List<ChangeLimit> limits)
    {
        var total = points[0].Total.Total;
        var serology = sheet.Instrument.Items.Any(i => i.Id is "low_complement" or "dna_binding");
        var thresholds = points[0].Total.Value is { } from
            ? limits.Where(l => l.Decides && l.Unit is null).Select(l => new Threshold((double)Edge(l, from), l.Name)).Where(t => t.Value >= (double)total.Low && t.Value <= (double)total.High).DistinctBy(t => t.Value).ToList()
            : [];
        var scheme = sheet.Instrument.Schemes.FirstOrDefault(s => s.Total == total.Id && s.Bands.All(b => b.Value is null));
        var highest = Math.Max(points.Max(p => p.Total.Upper), thresholds.Count > 0 ? (decimal)thresholds.Max(t => t.Value) : 0);
        return PatientTrajectoryPlot.Draw(new(
            $"{sheet.Instrument.Name}: {total.Name} over time",
            total.Name,
            [.. points.Select(p => new PatientPoint(p.At, (double?)p.Total.Value, p.Total.Value is null ? (double)p.Total.Lower : null, p.Total.Value is null ? (double)p.Total.Upper : null, serology && sheet.Infusions.Any(i => p.At >= i.At && p.At.DayNumber - i.At.DayNumber <= DaysOfPassiveAntibody) ? "within six weeks of an infusion: antibodies given with it can falsify the serology" : ""))])
        {
            Infusions = [.. sheet.Infusions.Select(i => new PatientMark(i.At, i.Grams is { } g ? Words.Grams(g) : "infusion"))],
            Thresholds = thresholds,
            Bands = scheme is null ? [] : [.. scheme.Bands.Where(b => b.From <= highest).Select(b => new ValueBand(b.Label, (double)b.From, (double)Math.Min(b.To, total.High)))],
            Axis = ((double)total.Low, (double)Math.Min(total.High, decimal.Ceiling(highest * 1.2m) + 1)),
        });
    }

    private static decimal Edge(ChangeLimit limit, decimal from)
    {
        var step = Math.Min(limit.Points ?? decimal.MaxValue, limit.Percent is { } p && from > 0 ? from * p / 100 : decimal.MaxValue);
        return step == decimal.MaxValue ? -1 : limit.Rises ? from + step : from - step;
    }

    private static string Signed(decimal value) => value.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture);
}
