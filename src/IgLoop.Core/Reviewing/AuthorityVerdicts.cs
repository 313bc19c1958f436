using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>
/// The verdict by the review rule of each authority's entry for the condition. Entries that speak of another phase or goal than the one asked
/// are left out by name; without a phase or goal all are shown, each labelled with when it holds. A rule without a limit stays open and says so.
/// </summary>
internal static class AuthorityVerdicts
{
    public static (IReadOnlyList<ReviewVerdict> Verdicts, IReadOnlyList<LeftOut> LeftOut) Of(KnowledgeBase knowledge, ReviewRequest request, IReadOnlyList<ReviewVerdict> others)
    {
        var verdicts = new List<ReviewVerdict>();
        var leftOut = new List<LeftOut>();
        var asked = Asked(knowledge, request);
        foreach (var entry in request.Condition?.Entries.Where(e => e.Review is not null && (request.Authority is null || e.Authority == request.Authority)) ?? [])
        {
            var name = $"{knowledge.Authorities.GetValueOrDefault(entry.Authority)?.Name ?? entry.Authority}, {entry.Edition}";
            var applies = entry.Applies?.Evaluate(asked);
            if (applies == false)
            {
                leftOut.Add(new(entry.Id, name, RuleWords.When(knowledge, entry.Applies!)));
                continue;
            }

            verdicts.Add(One(knowledge, request, entry, entry.Applies is { } when && applies is null ? $"{name}, {RuleWords.When(knowledge, when)}" : name, others));
        }

        return (verdicts, leftOut);
    }

    private static ReviewVerdict One(KnowledgeBase knowledge, ReviewRequest request, AuthorityEntry entry, string name, IReadOnlyList<ReviewVerdict> others)
    {
        var review = entry.Review!;
        var (met, band, flags, lines) = review.Bundle is { } bundle ? OfBundle(knowledge, request, bundle, others)
            : review.BetterIf.Count > 0 ? OfLimits(knowledge, request, review)
            : review.AsInstrument is { } own ? OfInstrument(knowledge, own, others)
            : (null, null, [], ["states no limit that can be worked out; a person judges"]);
        return new(
            Judge.Authority,
            entry.Id,
            name,
            met,
            band,
            review.Status != Status.Unverified,
            flags,
            [.. review.Success.Count > 0 ? [$"asks for: {string.Join("; ", review.Success)}"] : Array.Empty<string>(), .. Timing(review) is { } timing ? [timing] : Array.Empty<string>(), .. lines],
            entry.Provenance.Sources);
    }

    /// <summary>Phase and goal as facts; what is not asked is unknown.</summary>
    private static FactSet Asked(KnowledgeBase knowledge, ReviewRequest request)
    {
        var facts = new FactSet(knowledge.Facts).Scratch();
        foreach (var (id, value) in new[] { ("phase", request.Phase), ("goal", request.Goal) })
        {
            if (value is not null && knowledge.Facts.TryFind(id, out var fact))
            {
                facts.Put(fact.Slot, FactValue.Of(value, null, "request"));
            }
        }

        return facts;
    }

    /// <summary>When the authority looks at the course: the first review, and those of continuation.</summary>
    private static string? Timing(ReviewRule review)
    {
        string Months(decimal m) => $"{m.ToString("0.#", CultureInfo.InvariantCulture)} months";
        var parts = new[]
        {
            review.FirstMonths is { } first ? $"first after {Months(first)}" : null,
            review.ThenMonths is { } then ? $"to continue every {Months(then)}" : null,
            review.By is { } who ? $"by {who}" : null,
            review.How.Count > 0 ? string.Join(", ", review.How) : null,
        }.OfType<string>().ToList();
        return parts.Count == 0 ? null : $"review: {string.Join("; ", parts)}";
    }

    private static (bool? Met, string? Band, IReadOnlyList<string> Flags, IReadOnlyList<string> Lines) OfBundle(KnowledgeBase knowledge, ReviewRequest request, string bundle, IReadOnlyList<ReviewVerdict> others)
    {
        var (met, flags, lines) = BundleVerdict.Of(knowledge, request, bundle, others);
        return (met, null, flags, lines);
    }

    /// <summary>Limits of which one suffices. Of INCAT and ONLS the adjusted change counts, as their own limit has it.</summary>
    private static (bool? Met, string? Band, IReadOnlyList<string> Flags, IReadOnlyList<string> Lines) OfLimits(KnowledgeBase knowledge, ReviewRequest request, ReviewRule review)
    {
        var lines = new List<string>();
        var verdicts = new List<bool?>();
        foreach (var (instrument, limit) in review.BetterIf)
        {
            var (before, after) = Reviews.Pair(request, instrument);
            if (before is null || after is null)
            {
                verdicts.Add(null);
                lines.Add($"{limit.Name}: open, it was not measured before and after");
                continue;
            }

            var adjusted = AdjustedChange.IsOf(instrument) && !limit.Rises ? InstrumentVerdicts.Adjusted(knowledge.Instruments[instrument], limit, before, after) : null;
            var met = adjusted is null ? ChangeVerdict.Of(limit, (before.Low, before.High), (after.Low, after.High)) : CompositeVerdicts.Bool(adjusted["responder"]);
            verdicts.Add(met);
            lines.Add($"{limit.Name}: {InstrumentVerdicts.Change(before, after)}{(adjusted is null ? "" : ", a change of the arm between 0 and 1 left out")} - {InstrumentVerdicts.Word(met)}");
        }

        return (Parts.Or(verdicts), null, [], lines);
    }

    private static (bool? Met, string? Band, IReadOnlyList<string> Flags, IReadOnlyList<string> Lines) OfInstrument(KnowledgeBase knowledge, string id, IReadOnlyList<ReviewVerdict> others) =>
        others.FirstOrDefault(v => v.By == id) is { } own
            ? (own.Met, own.Band, own.Flags, own.Working)
            : (null, null, [], [$"judged by {ScoreNames.Short(knowledge, id)}, which was not given"]);
}
