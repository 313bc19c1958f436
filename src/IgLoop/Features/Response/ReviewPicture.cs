using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;
using IgLoop.Features.Shell;
using IgLoop.Pictures;

namespace IgLoop.Features.Response;

/// <summary>The assessments of a review over time, with infusions, bands and the limits that judge. It draws; what is met is the review's to say.</summary>
internal static class ReviewPicture
{
    /// <summary>One instrument's series; null with fewer than two assessments.</summary>
    /// <param name="grams">Of infusions, by day, where known.</param>
    public static Picture? Of(KnowledgeBase knowledge, Review review, string id, IReadOnlyDictionary<DateOnly, decimal>? grams = null)
    {
        var series = review.Request.Assessments.Where(a => a.Instrument == id && !a.IsUnable).ToList();
        if (series.Count < 2)
        {
            return null;
        }

        var found = Scorers.Find(knowledge, id);
        var instrument = found?.Instrument ?? knowledge.Instruments.GetValueOrDefault(id);
        var total = instrument is null ? null : found?.Total ?? instrument.Total(series[0].Total ?? "") ?? instrument.Totals.FirstOrDefault(t => t.Primary) ?? (instrument.Totals is [var first, ..] ? first : null);
        var baseline = id == review.Request.Instrument ? review.Baseline : null;
        var limits = instrument is null || baseline is not { IsKnown: true } ? [] : instrument.Changes.Where(c => c.Decides && (c.Total is null || c.Total == total?.Id) && (c.Unit is null || c.Unit == baseline.Unit)).ToList();
        var (low, high) = ((double?)total?.Low ?? 0, (double?)total?.High ?? double.MaxValue);
        var thresholds = limits.Select(l => new Threshold((double)Edge(l, baseline!.Low), l.Name)).Where(t => t.Value >= low && t.Value <= high).DistinctBy(t => t.Value).ToList();
        var highest = Math.Max((double)series.Max(a => a.High), thresholds.Count > 0 ? thresholds.Max(t => t.Value) : 0);
        var scheme = instrument?.Schemes.FirstOrDefault(s => s.Total == total?.Id && s.Bands.All(b => b.Value is null));
        var name = total is null ? Words.Sentence(Words.Plain(id)) : total.Name;
        return PatientTrajectoryPlot.Draw(
            new($"{instrument?.Name ?? name}: {name} over time", series[0].Unit is { } unit ? $"{name}, {unit}" : name, [.. series.Select(a => Point(review, a))])
            {
                Infusions = Marks(review, grams),
                Thresholds = thresholds,
                Bands = scheme is null ? [] : [.. scheme.Bands.Where(b => (double)b.From <= highest).Select(b => new ValueBand(b.Label, (double)b.From, Math.Min((double)b.To, high)))],
                Axis = (low, Math.Min(high, Math.Ceiling(highest * 1.2) + 1)),
            },
            $"trajectory-{id}");
    }

    /// <summary>Platelets with the limits of the working group; null with fewer than two counts.</summary>
    public static Picture? Platelets(KnowledgeBase knowledge, Review review, IReadOnlyDictionary<DateOnly, decimal>? grams = null)
    {
        var counts = review.Request.Platelets;
        var rule = knowledge.Instruments["itp_iwg"];
        return counts.Count < 2 ? null : PatientTrajectoryPlot.Draw(
            new("Platelets over time", "Platelets, 10⁹/L", [.. counts.Select(p => new PatientPoint(p.At, (double)p.Count))])
            {
                Infusions = Marks(review, grams),
                Thresholds = [new((double)rule.Number("response_least"), "response, with twice the baseline"), new((double)rule.Number("complete_least"), "complete response")],
                Axis = (0, Math.Max(120, (double)counts.Max(p => p.Count) * 1.2)),
            },
            "trajectory-platelets");
    }

    private static List<PatientMark> Marks(Review review, IReadOnlyDictionary<DateOnly, decimal>? grams) =>
        [.. review.Request.Infusions.Distinct().Select(d => new PatientMark(d, grams is not null && grams.TryGetValue(d, out var g) ? Words.Grams(g) : "infusion"))];

    private static PatientPoint Point(Review review, Assessed a)
    {
        var note = review.Warnings.Any(w => w.Code == "passive_antibody" && w.Day == a.Day) ? "within six weeks of an infusion: antibodies given with it can falsify the serology" : "";
        return new(a.Day, a.IsKnown ? (double)a.Low : null, a.IsKnown ? null : (double)a.Low, a.IsKnown ? null : (double)a.High, note);
    }

    /// <summary>The value at which a limit is reached from a baseline; where points or percent suffice, the nearer of the two.</summary>
    private static decimal Edge(ChangeLimit limit, decimal from)
    {
        var step = Math.Min(limit.Points ?? decimal.MaxValue, limit.Percent is { } p && from > 0 ? from * p / 100 : decimal.MaxValue);
        return step == decimal.MaxValue ? -1 : limit.Rises ? from + step : from - step;
    }
}
