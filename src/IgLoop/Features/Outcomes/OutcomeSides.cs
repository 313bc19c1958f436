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
        if (r.Sides.Count < 2 || r.Sides.Any(s => s.Patients < shown.MinimumCell))
        {
            return null;
        }

        IReadOnlyList<string> Row(string what, Func<Side, string> value) => [what, .. r.Sides.Select(value)];
        return new("Side by side, as they are (not weighted)", ["Figure", .. r.Sides.Select(s => Named(s.Band, r.Options))],
        [
            Row("Included patients", s => shown.Count($"band.{s.Band}", s.Patients)),
            Row("Assessable patients", s => shown.Count($"assessable.{s.Band}", s.Score?.Pairs ?? 0)),
            Row($"{CohortReading.Called(r.Instrument)}, median before → after", s => Medians(s.Score, shown)),
            Row("Change (Hodges-Lehmann)", s => Change(s.Score, shown)),
            Row("Responders, of all included", s => r.Responders.ByBand.Where(b => b.Band == s.Band).Select(b => shown.Rate(b.Rate, $"responders.{b.Band}", $"band.{b.Band}")).FirstOrDefault("none")),
            Row("Median days to relapse", s => OutcomeCurves.Groups(r, shown).Where(g => g.Name == s.Band).Select(g => g.Curve.Median is { } m ? Shown.N(m) : "not reached").FirstOrDefault(Shown.Not)),
            Row("Prednisone, mg a day, median before → after", s => Medians(s.Steroid, shown)),
            Row("Change (Hodges-Lehmann)", s => Change(s.Steroid, shown)),
            Row("Adverse events an infusion", s => r.Harms.ByBand.Where(b => b.Band == s.Band && b.Infusions > 0).Select(b => shown.Hides($"events.{b.Band}", $"infusions.{b.Band}") ? Shown.Not : $"{b.Events}/{b.Infusions} = {Shown.N(b.Events / (double)b.Infusions, "0.###")}").FirstOrDefault("none")),
            Row("Grams a patient", s => Spent(s, "patients", b => b.Patients > 0 ? Shown.N(b.Grams / b.Patients, "0.#") : "not known")),
            Row("Grams a responder", s => Spent(s, "responders", b => b.Responders > 0 ? Shown.N(b.Grams / b.Responders, "0.#") : "nobody responded")),
            .. r.Spending.Price is { } price ? [Row($"Cost a patient, {price.Currency}", s => Spent(s, "patients", b => b.Patients > 0 ? Shown.N(b.Grams * price.PerGram / b.Patients, "0") : "not known")), Row($"Cost a responder, {price.Currency}", s => Spent(s, "responders", b => b.Responders > 0 ? Shown.N(b.Grams * price.PerGram / b.Responders, "0") : "nobody responded"))] : Array.Empty<IReadOnlyList<string>>(),
        ]);

        string Spent(Side side, string over, Func<(string Band, decimal Grams, int Patients, int Responders), string> value) =>
            r.Spending.ByBand.Where(b => b.Band == side.Band).Select(b => shown.Hides($"grams.{b.Band}", $"grams.{over}.{b.Band}") ? Shown.Not : value(b)).FirstOrDefault("not known");
    }

    /// <summary>Whether a band has too few assessable patients for anything of it to be said.</summary>
    public static bool TooFew(OutcomeReport r) => new[] { r.Comparison.Low, r.Comparison.High }.Any(n => n > 0 && n < r.Options.MinimumCell);

    /// <summary>A difference of two shares tells both counts to whoever knows the denominators.</summary>
    public static bool HidesResponse(Shown shown) => new[] { Analysis.Low, Analysis.High }.Any(b => shown.Hides($"responders.{b}", $"assessable.{b}"));

    /// <summary>The mean of what is so or not so is a share.</summary>
    public static bool HidesCovariate(BalanceRow b, Shown shown) => b.Yes is not null && new[] { Analysis.Low, Analysis.High }.Any(band => shown.Hides($"yes.{b.Covariate}.{band}"));

    private static string Medians(PairedScores? s, Shown shown) => s is null ? "not known" : s.Pairs < shown.MinimumCell ? Shown.Not : $"{Shown.N(s.MedianBefore)} → {Shown.N(s.MedianAfter)}";

    private static string Change(PairedScores? s, Shown shown) => s is null ? "not known" : s.Pairs < shown.MinimumCell ? Shown.Not : $"{Shown.N(s.Shift.Estimate)}{(s.Shift.Low is null || (!s.Shift.LevelReached && shown.MinimumCell <= 1) ? "" : $" ({Shown.I(s.Shift.Low, s.Shift.High)})")}";
}
