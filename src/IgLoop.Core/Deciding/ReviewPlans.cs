using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>By what and when the course is judged, and what stops it: from the authorities that speak of the request.</summary>
internal static class ReviewPlans
{
    public static ReviewPlan Of(Condition? condition, IReadOnlyList<Verdict> verdicts)
    {
        var instruments = new List<string>(condition?.Measures ?? []);
        var when = new List<string>();
        var success = new List<string>();
        var how = new List<string>();
        var stop = new List<string>();
        var sources = new List<string>();
        foreach (var verdict in verdicts)
        {
            var who = verdict.AuthorityName;
            foreach (var s in verdict.Entry.Stop)
            {
                stop.Add($"{s} ({who})");
            }

            if (verdict.Entry.Review is not { } review)
            {
                continue;
            }

            var mark = review.Status == Status.Unverified ? ", unverified" : "";
            foreach (var instrument in review.Instruments)
            {
                if (!instruments.Contains(instrument, StringComparer.OrdinalIgnoreCase))
                {
                    instruments.Add(instrument);
                }
            }

            if (review.FirstMonths is { } first)
            {
                when.Add($"first within {Months(first)}{By(review)} ({who}{mark})");
            }

            if (review.ThenMonths is { } then)
            {
                when.Add($"then every {Months(then)}{By(review)} ({who}{mark})");
            }

            success.AddRange(review.Success.Select(s => $"{s} ({who}{mark})"));
            if (review.ImprovedMeasures is { } k)
            {
                success.Add($"at least {k} of the listed measures better ({who}{mark})");
            }

            how.AddRange(review.How.Select(h => $"{h} ({who}{mark})"));
            sources.AddRange(verdict.Entry.Provenance.Sources.Where(s => !sources.Contains(s)));
        }

        var ids = (condition?.MeasureIds ?? []).Concat(verdicts.SelectMany(v => v.Entry.Review?.InstrumentIds ?? [])).Distinct(StringComparer.Ordinal);
        return new(instruments, [.. ids], [.. when, .. how], success, stop, sources);
    }

    private static string By(ReviewRule review) => review.By is null ? "" : $" by a {review.By}";

    private static string Months(decimal months) => months == 12 ? "year" : string.Create(CultureInfo.InvariantCulture, $"{months:0.#} months");
}
