using IgLoop.Core.Knowledge;
using IgLoop.Core.Products;

namespace IgLoop.Core.Deciding;

/// <summary>The answer in three lines: what, because of what, and what to do next.</summary>
internal static class Headlines
{
    public static Headline Of(DecisionRequest request, ChartState chart, Condition? condition, IReadOnlyList<Verdict> verdicts, IReadOnlyList<Finding> findings, IReadOnlyList<MissingFact> missing, EvidenceForGoal? evidence, string? leading, IReadOnlyList<Condition> recognised, IReadOnlyList<RankedProduct> ranked)
    {
        var next = NextStep(findings, missing);
        if (chart.Died is { } died && died <= request.At)
        {
            return new(Outcome.Refused, "No decision", died == DateOnly.MinValue ? "The record says that the patient has died." : $"The record says that the patient died on {Words.Date(died)}.", "Check that this is the right record.");
        }

        if (findings.FirstOrDefault(Refuses) is { } block)
        {
            return Refused(block, evidence, findings, missing, verdicts.Any(v => v.Kind == VerdictKind.SupportedIf) ? next : null, ranked);
        }

        if (ranked.FirstOrDefault(p => p.Product.Id == request.Product && p.Rank is null) is { } unusable)
        {
            return new(
                Outcome.Refused,
                "Not this product",
                $"{unusable.Product.Brand}: {string.Join("; ", unusable.Refusals.Select(r => $"{r.Reason.TrimEnd('.')} ({r.Rule})"))}.",
                OtherProduct(ranked));
        }

        if (condition is null)
        {
            return new(
                Outcome.NoIndication,
                recognised.Count > 1 ? "Several conditions" : "No indication found",
                recognised.Count > 1
                    ? $"The record holds {Words.And([.. recognised.Select(c => c.Name)])}; one must be asked. Until then only safety and products are judged."
                    : "No condition was asked, and no diagnosis in the record is one of those for which immunoglobulin is judged here. Only safety and products are shown; no dose follows from that.",
                "Name the condition for which it is meant (--condition, or the first field of the form).");
        }

        return ByVerdicts(verdicts, findings, evidence, leading, next, NextStep(findings, missing, settled: true));
    }

    /// <summary>A BLOCK of a rate, a vaccine or a shared line leaves the treatment itself possible.</summary>
    private static bool Refuses(Finding finding) => finding is { Severity: Severity.Block, Rule.Against: RuleTarget.Treatment or RuleTarget.Product };

    private static Headline Refused(Finding block, EvidenceForGoal? evidence, IReadOnlyList<Finding> findings, IReadOnlyList<MissingFact> missing, string? settlesVerdict, IReadOnlyList<RankedProduct> ranked)
    {
        var ofDose = block.Rule.When.Facts.Any(f => f.Id == "course_g_per_kg");
        var others = findings.Count(Refuses) - 1;
        var because = $"{block.Rule.Name}: {block.Rule.Action.TrimEnd('.')} ({block.Rule.Id}).";
        if (others > 0)
        {
            because += $" {others} more rule{(others == 1 ? "" : "s")} block{(others == 1 ? "s" : "")}, see below.";
        }

        if (ofDose && evidence is not null)
        {
            foreach (var (band, e) in evidence.OtherBands.Where(b => b.Key is DoseBand.Mid or DoseBand.High or DoseBand.Unstated && b.Value.Direction is Direction.Benefit or Direction.BenefitTransient))
            {
                because += $" At {GoalWords.Band(band)} {GoalWords.Direction(e.Direction)} (uncontrolled reports).";
            }
        }

        if (ofDose)
        {
            return new(Outcome.Refused, "Not at this dose", because, settlesVerdict ?? (evidence?.OtherBands.Values.Any(e => e.Direction is Direction.Benefit or Direction.BenefitTransient) == true
                ? "Ask again at a dose at which a response is reported, or choose another treatment."
                : "Choose another treatment; at other doses nothing beyond case reports or naming was found."));
        }

        if (block.Product is not null)
        {
            return new(Outcome.Refused, "Not this product", because, OtherProduct(ranked));
        }

        // Verdicts do not matter while the treatment itself is refused: only what the rule turns on does.
        var turnsOn = missing.FirstOrDefault(m => block.Rule.When.Facts.Contains(m.Fact));
        return new(Outcome.Refused, "Do not give as asked", because, turnsOn is null
            ? "Choose another treatment; nothing that is missing would lift this."
            : $"Find out: {(turnsOn.Fact.Question ?? turnsOn.Fact.Name).TrimEnd('?', '.')}. The rule turns on it. Otherwise choose another treatment.");
    }

    private static string OtherProduct(IReadOnlyList<RankedProduct> ranked) => ranked.FirstOrDefault(p => p.Rank == 1) is { } first
        ? $"Choose another product; {first.Product.Brand} comes first in the ranking below."
        : "Choose another product; the ranking below says what stands against each.";

    private static Headline ByVerdicts(IReadOnlyList<Verdict> verdicts, IReadOnlyList<Finding> findings, EvidenceForGoal? evidence, string? leading, string next, string settled)
    {
        var counted = verdicts.Where(v => !v.Unverified).ToList();
        var led = counted.Where(v => v.Authority == leading).ToList();
        var deciding = led.Exists(v => v.Kind != VerdictKind.DoesNotCover) ? led : counted;
        var supports = deciding.Where(v => v.Kind == VerdictKind.Supported).ToList();
        var maybe = deciding.Where(v => v.Kind == VerdictKind.SupportedIf).ToList();
        var refuses = counted.Where(v => v.Kind == VerdictKind.NotSupported).ToList();
        var against = refuses.Count > 0 ? $" Not supported by {Names(refuses)}." : "";
        var seen = evidence is null ? "" : $" Evidence at {GoalWords.Band(evidence.Band)}: {GoalWords.Direction(evidence.Evidence.Direction)}{Elsewhere(evidence)}.";
        var needsReason = findings.FirstOrDefault(f => f.Severity == Severity.Override);
        if (supports.Count > 0)
        {
            return needsReason is null
                ? new(Outcome.Supported, "Supported", $"Supported by {Names(supports)}.{Also(maybe)}{against}{seen}", settled)
                : new(Outcome.NeedsReason, "Only with a named prescriber's reason", $"Supported by {Names(supports)}, but {Words.Inside(needsReason.Rule.Name)} ({needsReason.Rule.Id}) needs a recorded reason.{against}{seen}", settled);
        }

        if (maybe.Count > 0)
        {
            return new(Outcome.Conditional, "Depends on what is missing", $"{Names(maybe)} would support it if the facts below are as required.{(needsReason is null ? "" : $" {needsReason.Rule.Id} needs a recorded reason.")}{against}{seen}", next);
        }

        return new(Outcome.NotSupported, "Not supported", $"{(refuses.Count == 0 ? "No authority that was read speaks for it." : against.Trim())}{seen}", refuses.Exists(v => v.Entry.Category == Category.NotCommissioned)
            ? "If it is wanted nonetheless, ask for individual funding; the evidence below is what such a request can rest on."
            : "Choose another treatment, or name the authority that decides where you are (--authority).");
    }

    /// <summary>Where nothing was found at this dose, what was found at a dose that was not stated.</summary>
    private static string Elsewhere(EvidenceForGoal evidence) => evidence.Evidence.Direction == Direction.NoData
        && evidence.OtherBands.FirstOrDefault(b => b.Key == DoseBand.Unstated && b.Value.Direction != Direction.NoData) is { Value: { } unstated }
        ? $"; at {GoalWords.Band(DoseBand.Unstated)} {GoalWords.Direction(unstated.Direction)}" : "";

    private static string Also(List<Verdict> maybe) => maybe.Count == 0 ? "" : $" {Names(maybe)} under conditions.";

    /// <summary>What settles most; once the answer stands, what must be done before the first dose.</summary>
    private static string NextStep(IReadOnlyList<Finding> findings, IReadOnlyList<MissingFact> missing, bool settled = false)
    {
        // From this weight on a fact is needed for the dose itself; see MissingFacts.
        const int neededForDose = 200;
        if (missing.Count > 0 && (missing[0].Weight >= neededForDose || !settled))
        {
            var m = missing[0];
            return $"Find out: {(m.Fact.Question ?? m.Fact.Name).TrimEnd('?', '.')}. It settles {m.Settles[0]}{(m.Settles.Count > 1 ? $" and {m.Settles.Count - 1} more" : "")}.";
        }

        var gravest = findings.FirstOrDefault(f => f.Severity is Severity.Override or Severity.Block) ?? findings.FirstOrDefault(f => f.Severity == Severity.Warn);
        return gravest is null
            ? "Take the baseline measures below, then plan the first infusion."
            : $"{char.ToUpperInvariant(gravest.Rule.Action[0])}{gravest.Rule.Action[1..].TrimEnd('.')} ({gravest.Rule.Id}).";
    }

    private static string Names(IEnumerable<Verdict> verdicts)
    {
        var names = verdicts.Select(v => v.AuthorityName).Distinct(StringComparer.Ordinal).ToList();
        return names.Count <= 4 ? Words.And(names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
    }
}

/// <summary>What the headline needs to know of the chart.</summary>
internal readonly record struct ChartState(DateOnly? Died);
