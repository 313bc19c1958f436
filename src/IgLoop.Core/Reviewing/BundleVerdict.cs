using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>
/// How many of a list of measures improved. A measure is judged by the limit of its instrument over the series, or as the assessor says; where
/// the two contradict each other, where the limit was not read in a source, or where neither speaks, it stays open.
/// </summary>
internal static class BundleVerdict
{
    public static (bool? Met, IReadOnlyList<string> Flags, IReadOnlyList<string> Lines) Of(KnowledgeBase knowledge, ReviewRequest request, string bundle, IReadOnlyList<ReviewVerdict> others)
    {
        var rule = knowledge.Instruments[bundle];
        var (improved, notImproved) = (Said(rule, request.Improved), Said(rule, request.NotImproved));
        var (better, same, unseen, lines) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        var contradicted = false;
        foreach (var measure in rule.List("measures"))
        {
            var own = others.FirstOrDefault(v => v.Judge == Judge.Instrument && Bundle.Series(rule, measure).Contains(v.By));
            bool? measured = own is { MayDecide: true } && Counts(knowledge, rule, own.By) ? own.Met : null;
            bool? said = improved.Contains(measure) ? true : notImproved.Contains(measure) ? false : null;
            var against = measured is { } m && said is { } s && m != s;
            contradicted |= against;
            bool? verdict = against ? null : measured ?? said;
            (verdict switch { true => better, false => same, null => unseen }).Add(measure);
            if (own is not null || said is not null)
            {
                lines.Add($"{ScoreNames.Measure(rule, measure)}: {string.Join("; ", Ground(knowledge, rule, own, said, against))} - {verdict switch { true => "improved", false => "not improved", null => "open" }}");
            }
        }

        var score = Bundle.Score(knowledge, bundle, better, unseen, same);
        return (CompositeVerdicts.Bool(score["meets_england_rule"]), contradicted ? ["assessor_and_series_disagree"] : [], [.. lines, .. score.Working]);
    }

    private static List<string> Said(Instrument rule, IReadOnlyList<string> names) => [.. names.Select(n => Bundle.Canonical(rule, n))];

    /// <summary>A measure without a file of its own is judged only by the bundle that states its limit: limits are not lent to another disease.</summary>
    private static bool Counts(KnowledgeBase knowledge, Instrument rule, string by) => knowledge.Instruments.ContainsKey(by) || Scorers.Find(knowledge, by) is not null || rule.Changes.Any(c => c.Id == by);

    private static IEnumerable<string> Ground(KnowledgeBase knowledge, Instrument rule, ReviewVerdict? own, bool? said, bool against)
    {
        if (own is not null)
        {
            yield return string.Join(", ", own.Working.Where(w => w.Length > 0).Take(2));
            if (own.Met is not null && !own.MayDecide)
            {
                yield return "a limit that nobody read in its source does not count";
            }
            else if (own.Met is not null && !Counts(knowledge, rule, own.By))
            {
                yield return "the limit was printed for another disease, the assessor decides";
            }
        }

        if (said is { } s)
        {
            yield return s ? "improved, says the assessor" : "not improved, says the assessor";
        }

        if (against)
        {
            yield return "the two contradict each other: look again";
        }
    }
}
