using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>Verdicts by rules that weigh several things: those whose inputs were given, platelets, and steroid-sparing.</summary>
internal static class CompositeVerdicts
{
    private static readonly string[] VerdictNames = ["responder", "met", "improved", "meets_england_rule", "at_least_minimal"];

    public static IEnumerable<ReviewVerdict> Of(KnowledgeBase knowledge, ReviewRequest request, Assessed? baseline, Assessed? end, IReadOnlyList<ReviewVerdict> others)
    {
        foreach (var (id, inputs) in request.Composites.Pairs)
        {
            var given = inputs as Given.Map ?? throw new ScoringException("bad_value", $"composites.{id} ({ScoreNames.Of(knowledge, id)}) must be a mapping of names to values.", $"composites.{id}");
            var score = Scorers.Score(knowledge, id, Filled(id, given, request, baseline, end));
            var met = VerdictNames.Select(n => score[n]).FirstOrDefault(v => v is not null);
            var band = (score["category"] ?? score["band"] ?? score["status"]) as Given.Text;
            var source = knowledge.Instruments.GetValueOrDefault(id);
            var owner = ScoreNames.Owner(knowledge, id);
            yield return new(Judge.Composite, id, ScoreNames.Of(knowledge, id), Bool(met), band?.Value, score.MayDecide, score.Flags, [.. score.Working, .. score.Warnings], (source ?? owner)?.Provenance.Sources ?? [])
            {
                Open = owner is null ? [] : [.. score.Missing.Select(m => ScoreNames.Part(owner, id, m))],
            };
        }

        if (knowledge.Instruments.TryGetValue(request.Instrument, out var asked) && Bundle.IsOf(asked) && request.Composites.Find(asked.Id) is null)
        {
            var (met, flags, lines) = BundleVerdict.Of(knowledge, request, asked.Id, others);
            yield return new(Judge.Composite, asked.Id, asked.Name, met, null, true, flags, lines, asked.Provenance.Sources);
        }

        if (request.Platelets.Count > 0)
        {
            yield return Platelets(knowledge, request);
        }

        if (request.Steroids.Count > 0)
        {
            yield return Sparing(knowledge, request, baseline, end);
        }
    }

    public static bool? Bool(Given? value) => (value as Given.Flag)?.Value;

    /// <summary>What the series already tells need not be typed twice.</summary>
    private static Given.Map Filled(string id, Given.Map given, ReviewRequest request, Assessed? baseline, Assessed? end)
    {
        if (id is not ("sri4" or "bicla") || request.Instrument is not ("sledai2k" or "selena_sledai" or "sledai_original"))
        {
            return given;
        }

        (string Name, Given Value)[] known =
        [
            ("sledai_baseline", Given.Of(baseline is { IsKnown: true } ? baseline.Low : (decimal?)null)),
            ("sledai_now", Given.Of(end is { IsKnown: true } ? end.Low : (decimal?)null)),
            .. id == "sri4" ? new (string, Given)[] { ("rescue", Given.Of(request.Rescue)) } : [],
        ];
        return new([.. given.Pairs, .. known.Where(k => given.Find(k.Name) is null).Select(k => KeyValuePair.Create(k.Name, k.Value))]);
    }

    /// <summary>
    /// Best confirmed response over all pairs of counts after the first infusion, beside peak, first response and whether it was lost: the
    /// effect of immunoglobulin is early and short.
    /// </summary>
    private static ReviewVerdict Platelets(KnowledgeBase knowledge, ReviewRequest request)
    {
        var rule = knowledge.Instruments["itp_iwg"];
        var first = request.Infusions.Count > 0 ? request.Infusions[0] : request.Platelets[0].At;
        var before = request.Platelets.LastOrDefault(p => p.At <= first);
        var after = request.Platelets.Where(p => p.At > first).ToList();
        ScoreResult? best = null;
        for (var a = 0; a < after.Count; a++)
        {
            for (var b = a + 1; b < after.Count; b++)
            {
                var score = Scorers.Score(knowledge, "itp_iwg", Given.Of(
                    ("baseline", Given.Of(before?.Count)),
                    ("counts", Given.Of(new decimal?[] { after[a].Count, after[b].Count })),
                    ("days_apart", Given.Of((decimal)(after[b].At.DayNumber - after[a].At.DayNumber))),
                    ("bleeding", Given.Of(request.Bleeding))));
                best = best is null || Rank(score) > Rank(best) ? score : best;
            }
        }

        var flags = new List<string>(best?.Flags ?? []);
        var lines = new List<string> { $"baseline {(before is null ? "unknown" : $"{ScoreInputs.Show(before.Count)} on {before.At:yyyy-MM-dd}")}; after: {(after.Count == 0 ? "no count" : string.Join(", ", after.Select(p => $"{ScoreInputs.Show(p.Count)} on day {p.At.DayNumber - first.DayNumber}")))}" };
        lines.AddRange(best?.Working ?? [after.Count < 2 ? "two counts after the first infusion are needed" : ""]);
        if (after.Count > 0)
        {
            var peak = after.MaxBy(p => p.Count)!;
            var reached = before is null ? null : after.Find(p => p.Count >= rule.Number("response_least") && p.Count >= rule.Number("response_fold") * before.Count);
            lines.Add($"peak {ScoreInputs.Show(peak.Count)} on day {peak.At.DayNumber - first.DayNumber}; {(reached is null ? "no single count reached a response" : $"a response was first seen on day {reached.At.DayNumber - first.DayNumber}")}");
            if (Category(best) is "CR" or "R")
            {
                var lost = Bool(Scorers.Score(knowledge, "itp_loss", Given.Of(("from", Given.Of(Category(best))), ("baseline", Given.Of(before?.Count)), ("now", Given.Of(after[^1].Count)), ("bleeding", Given.Of(request.Bleeding))))["lost"]);
                flags.AddRange(lost == true ? ["lost"] : Array.Empty<string>());
                lines.Add($"at the last count the response is {lost switch { true => "lost", false => "held", null => "unknown" }}");
            }
        }

        bool? met = Category(best) switch { "CR" or "R" => true, "NR" => false, _ => null };
        return new(Judge.Composite, "itp_iwg", rule.Name, met, Category(best), true, flags, lines, rule.Provenance.Sources);
    }

    private static string? Category(ScoreResult? result) => (result?["category"] as Given.Text)?.Value;

    private static int Rank(ScoreResult result) => Category(result) switch { "CR" => 3, "R" => 2, "NR" => 1, _ => 0 };

    /// <summary>Mean of the 28 days before each visit, pulses apart; met by a low dose, reached from above it.</summary>
    private static ReviewVerdict Sparing(KnowledgeBase knowledge, ReviewRequest request, Assessed? baseline, Assessed? end)
    {
        var rule = knowledge.Instruments["steroid_sparing"];
        var window = (int)rule.Number("window_days");
        var start = request.Infusions.Count > 0 ? request.Infusions[0] : baseline?.Day ?? request.Steroids[0].From.AddDays(window);
        var now = end?.Day ?? request.At;
        var (before, after) = (SteroidMean.Of(request.Steroids, start, window), SteroidMean.Of(request.Steroids, now, window));
        var score = Steroids.Sparing(rule, before, after, request.Flare);
        var pulses = request.Steroids.Where(s => s.Pulse).Select(s => $"{s.From:yyyy-MM-dd} {SteroidMean.Show(s.Mg)} mg").ToList();
        return new(
            Judge.Composite,
            "steroid_sparing",
            rule.Name,
            Bool(score["to_le_7_5"]),
            null,
            true,
            Bool(score["increase_gt_7_5"]) == true ? ["increase_gt_7_5"] : [],
            [
                $"mean of the {window} days before {start:yyyy-MM-dd} {SteroidMean.Show(before)}, before {now:yyyy-MM-dd} {SteroidMean.Show(after)} mg a day of prednisone equivalent",
                .. rule.Rules.Select(r => $"{r.Text}: {InstrumentVerdicts.Word(Bool(score[r.Id]))}{(r.Provenance.Status == Status.Unverified ? ", unverified" : "")}"),
                .. pulses.Count > 0 ? (string[])[$"pulses, kept apart: {string.Join(", ", pulses)} of prednisone equivalent"] : [],
            ],
            rule.Provenance.Sources);
    }
}
