using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>The verdict by the review rule of each authority's entry for the condition; a rule without a limit stays open and says so.</summary>
internal static class AuthorityVerdicts
{
    public static IEnumerable<ReviewVerdict> Of(KnowledgeBase knowledge, ReviewRequest request, IReadOnlyList<ReviewVerdict> others)
    {
        foreach (var entry in request.Condition?.Entries.Where(e => e.Review is not null && (request.Authority is null || e.Authority == request.Authority)) ?? [])
        {
            var review = entry.Review!;
            var name = $"{knowledge.Authorities.GetValueOrDefault(entry.Authority)?.Name ?? entry.Authority}, {entry.Edition}";
            var (met, band, lines) = review.Bundle is { } bundle ? OfBundle(knowledge, request, bundle, others)
                : review.BetterIf.Count > 0 ? OfLimits(request, review)
                : review.AsInstrument is { } own ? OfInstrument(own, others)
                : (null, null, ["states no limit that can be worked out; a person judges"]);
            if (review.Success.Count > 0)
            {
                lines = [$"asks for: {string.Join("; ", review.Success)}", .. lines];
            }

            yield return new(Judge.Authority, entry.Id, name, met, band, review.Status != Status.Unverified, [], lines, entry.Provenance.Sources);
        }
    }

    /// <summary>A measure is improved by its instrument's own limit, or as the assessor says; one that neither tells stays open.</summary>
    private static (bool? Met, string? Band, IReadOnlyList<string> Lines) OfBundle(KnowledgeBase knowledge, ReviewRequest request, string bundle, IReadOnlyList<ReviewVerdict> others)
    {
        var list = knowledge.Instruments[bundle].List("measures");
        var measured = others.Where(v => v.Judge == Judge.Instrument && list.Contains(v.By) && v.Met is not null && v.MayDecide).ToList();
        var better = request.Improved.Concat(measured.Where(v => v.Met == true).Select(v => v.By)).Distinct(StringComparer.Ordinal).ToList();
        var same = request.NotImproved.Concat(measured.Where(v => v.Met == false).Select(v => v.By)).Distinct(StringComparer.Ordinal).Except(better).ToList();
        var score = Bundle.Score(knowledge, bundle, better, [.. list.Except(better).Except(same)], same);
        return (CompositeVerdicts.Bool(score["meets_england_rule"]), null, score.Working);
    }

    private static (bool? Met, string? Band, IReadOnlyList<string> Lines) OfLimits(ReviewRequest request, ReviewRule review)
    {
        var lines = new List<string>();
        var verdicts = new List<bool?>();
        foreach (var limit in review.BetterIf)
        {
            var (before, after) = Reviews.Pair(request, limit.Instrument);
            bool? met = before is null || after is null ? null : ChangeVerdict.Of(limit.Limit, (before.Low, before.High), (after.Low, after.High));
            verdicts.Add(met);
            lines.Add(before is null || after is null
                ? $"{limit.Limit.Name}: open, it was not measured before and after"
                : $"{limit.Limit.Name}: {InstrumentVerdicts.Change(before, after)} - {InstrumentVerdicts.Word(met)}");
        }

        return (Parts.Or(verdicts), null, lines);
    }

    private static (bool? Met, string? Band, IReadOnlyList<string> Lines) OfInstrument(string id, IReadOnlyList<ReviewVerdict> others) =>
        others.FirstOrDefault(v => v.By == id) is { } own
            ? (own.Met, own.Band, own.Working)
            : (null, null, [$"judged by {id}, which was not given"]);
}
