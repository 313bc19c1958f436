using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>Adverse events over infusions.</summary>
internal static class HarmAnalysis
{
    public static Harms Of(IReadOnlyList<CohortPatient> included, OutcomeOptions o, Chance chance)
    {
        // From the first infusion on: what was there before is not an effect of it.
        var events = included.Select(p => p.Events.Where(e => e.On >= p.FirstInfusion).ToList()).ToArray();
        int[] infusions = [.. included.Select(p => p.Infusions.Count)];
        double Rate(ReadOnlySpan<int> times)
        {
            double e = 0, n = 0;
            for (var i = 0; i < times.Length; i++)
            {
                e += times[i] * events[i].Count;
                n += times[i] * infusions[i];
            }

            return n > 0 ? e / n : double.NaN;
        }

        var all = events.SelectMany(e => e).ToList();
        return new(
            infusions.Sum(),
            all.Count,
            events.Count(e => e.Count > 0),
            included.Count >= 2 && all.Count > 0 ? Bootstrap.OfPatients(included.Count, Rate, o.Resamples, chance, o.Level) : null,
            [.. events.SelectMany((list, i) => list.Select(e => (e, i))).GroupBy(x => x.e.Name, StringComparer.OrdinalIgnoreCase).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new HarmRow(g.Key, g.Count(), g.Select(x => x.i).Distinct().Count(), g.Max(x => x.e.Grade)))],
            [.. new[] { Analysis.Low, Analysis.High, Analysis.Unknown }.Select(b => (b, Enumerable.Range(0, included.Count).Where(i => Analysis.BandOf(included[i], o) == b).ToList())).Where(x => x.Item2.Count > 0)
                .Select(x => (x.b, x.Item2.Sum(i => infusions[i]), x.Item2.Sum(i => events[i].Count)))]);
    }
}

/// <summary>Grams and cost, for each patient who responded.</summary>
internal static class SpendingAnalysis
{
    public static Spending Of(IReadOnlyList<CohortPatient> included, IReadOnlySet<string> responders, OutcomeOptions o, Chance chance)
    {
        var known = included.Where(p => p.TotalGrams is not null).ToList();
        var grams = known.Sum(p => p.TotalGrams!.Value);
        var count = known.Count(p => responders.Contains(p.Id));
        double[] given = [.. known.Select(p => (double)p.TotalGrams!.Value)];
        bool[] responded = [.. known.Select(p => responders.Contains(p.Id))];
        double PerResponder(ReadOnlySpan<int> times)
        {
            double g = 0, r = 0;
            for (var i = 0; i < times.Length; i++)
            {
                g += times[i] * given[i];
                r += responded[i] ? times[i] : 0;
            }

            return r > 0 ? g / r : double.NaN;
        }

        Interval? interval = count >= 5 ? Bootstrap.OfPatients(known.Count, PerResponder, o.Resamples, chance, o.Level).Percentile : null;
        decimal? per = count > 0 ? grams / count : null;
        return new(
            grams,
            known.Count,
            count,
            per,
            interval,
            o.Price,
            o.Price is { } price && known.Count > 0 ? grams * price.PerGram / known.Count : null,
            per * o.Price?.PerGram,
            [.. new[] { Analysis.Low, Analysis.High }.Select(b => (b, known.Where(p => Analysis.BandOf(p, o) == b).ToList())).Where(x => x.Item2.Count > 0)
                .Select(x => (x.b, x.Item2.Sum(p => p.TotalGrams!.Value), x.Item2.Count, x.Item2.Count(p => responders.Contains(p.Id))))]);
    }
}
