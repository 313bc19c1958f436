using System.Globalization;
using IgLoop.Core.Outcomes;
using IgLoop.Pictures;

namespace IgLoop.Features.Outcomes;

/// <summary>Low and high dose beside each other as they are, masked by the minimum cell count.</summary>
internal static class OutcomeSides
{
    /// <summary>A dose band with the cut-off that makes it.</summary>
    public static string Named(string band, OutcomeOptions options)
    {
        var cut = options.BandCutGPerKg.ToString("0.##", CultureInfo.InvariantCulture);
        return band == Analysis.Low ? $"{band} (below {cut} g/kg a course)" : band == Analysis.High ? $"{band} ({cut} g/kg a course or more)" : band;
    }

    /// <summary>Null when there is one band only, or too few in one for any count of it to be shown.</summary>
    public static PictureTable? Of(OutcomeReport r, Shown shown)
    {
        if (r.Sides.Count < 2 || shown.Small([.. r.Sides.Select(s => s.Patients)]))
        {
            return null;
        }

        IReadOnlyList<string> Row(string what, Func<Side, string> value) => [what, .. r.Sides.Select(value)];
        return new("Side by side, as they are (not weighted)", ["Figure", .. r.Sides.Select(s => Named(s.Band, r.Options))],
        [
            Row("Included patients", s => shown.Count(s.Patients)),
            Row("Assessable patients", s => shown.Count(s.Score?.Pairs ?? 0)),
            Row($"{CohortReading.Called(r.Instrument)}, median before → after", s => Medians(s.Score, shown)),
            Row("Change (Hodges-Lehmann)", s => Change(s.Score, shown)),
            Row("Responders, of all included", s => r.Responders.ByBand.Where(b => b.Band == s.Band).Select(b => shown.Rate(b.Rate)).FirstOrDefault("none")),
            Row("Median days to relapse", s => r.Relapses.Groups.Where(g => g.Name == s.Band && !shown.Small(g.Curve.Patients, g.Curve.Events)).Select(g => g.Curve.Median is { } m ? Shown.N(m) : "not reached").FirstOrDefault("not shown")),
            Row("Prednisone, mg a day, median before → after", s => Medians(s.Steroid, shown)),
            Row("Change (Hodges-Lehmann)", s => Change(s.Steroid, shown)),
            Row("Adverse events an infusion", s => r.Harms.ByBand.Where(b => b.Band == s.Band && b.Infusions > 0).Select(b => shown.Small(b.Events) ? "not shown" : $"{b.Events}/{b.Infusions} = {Shown.N(b.Events / (double)b.Infusions, "0.###")}").FirstOrDefault("none")),
            Row("Grams a patient", s => Spent(s, b => b.Patients > 0 ? Shown.N(b.Grams / b.Patients, "0.#") : "not known")),
            Row("Grams a responder", s => Spent(s, b => b.Responders > 0 ? Shown.N(b.Grams / b.Responders, "0.#") : "nobody responded")),
            .. r.Spending.Price is { } price ? [Row($"Cost a patient, {price.Currency}", s => Spent(s, b => b.Patients > 0 ? Shown.N(b.Grams * price.PerGram / b.Patients, "0") : "not known")), Row($"Cost a responder, {price.Currency}", s => Spent(s, b => b.Responders > 0 ? Shown.N(b.Grams * price.PerGram / b.Responders, "0") : "nobody responded"))] : Array.Empty<IReadOnlyList<string>>(),
        ]);

        string Spent(Side side, Func<(string Band, decimal Grams, int Patients, int Responders), string> value) =>
            r.Spending.ByBand.Where(b => b.Band == side.Band).Select(b => shown.Small(b.Responders, b.Patients, b.Patients - b.Responders) ? "not shown" : value(b)).FirstOrDefault("not known");
    }

    private static string Medians(PairedScores? s, Shown shown) => s is null ? "not known" : shown.Small(s.Pairs) ? "not shown" : $"{Shown.N(s.MedianBefore)} → {Shown.N(s.MedianAfter)}";

    private static string Change(PairedScores? s, Shown shown) => s is null ? "not known" : shown.Small(s.Pairs) ? "not shown" : $"{Shown.N(s.Shift.Estimate)}{(s.Shift.Low is null ? "" : $" ({Shown.I(s.Shift.Low, s.Shift.High)})")}";
}
