using System.Globalization;
using System.Text;
using IgLoop.Core.Criteria;
using IgLoop.Core.Deciding;
using IgLoop.Core.Knowledge;
using static IgLoop.Features.Decide.TextLines;

namespace IgLoop.Features.Decide;

/// <summary>A decision as text for a terminal: the first four lines answer, the rest explains.</summary>
public static class DecisionText
{
    /// <param name="decision">The decision.</param>
    /// <param name="knowledge">For titles of sources and names of instruments.</param>
    /// <param name="why">True to print the explanations leaf by leaf.</param>
    public static string Of(Decision decision, KnowledgeBase knowledge, bool why = false)
    {
        var t = new StringBuilder();
        Line(t, decision.Subject);
        Line(t);
        Wrap(t, decision.Headline.Answer.ToUpperInvariant() + ".  ", decision.Headline.Because, 20);
        Wrap(t, "NEXT STEP", decision.Headline.NextStep, 20);
        Verdicts(t, decision, why);
        Before(t, decision, why);
        TreatmentText.Dose(t, decision);
        TreatmentText.Products(t, decision);
        TreatmentText.Infusion(t, decision);
        if (Refused(decision))
        {
            Head(t, "Preparation, watching and review");
            Line(t, "  left out while the treatment is refused; --json holds them");
        }
        else
        {
            TreatmentText.Monitoring(t, decision.Monitoring);
            TreatmentText.Review(t, decision, knowledge);
        }

        Missing(t, decision);
        Evidence(t, decision, knowledge);
        Rest(t, decision);
        return t.ToString();
    }

    /// <summary>A BLOCK of the treatment itself stands, whatever the dose and the product.</summary>
    private static bool Refused(Decision d) => d.Headline.Outcome == Outcome.Refused
        && d.Findings.Any(f => f is { Severity: Severity.Block, Product: null, Rule.Against: RuleTarget.Treatment } && !f.Rule.When.Facts.Any(x => x.Id == "course_g_per_kg"));

    private static void Verdicts(StringBuilder t, Decision d, bool why)
    {
        if (d.Verdicts.Count == 0)
        {
            return;
        }

        Head(t, "What each authority says");
        foreach (var v in d.Verdicts)
        {
            var who = $"{v.AuthorityName}, {v.Entry.Edition}";
            Wrap(t, "  " + Words(v.Kind), $"{who}: {v.Reason}{Marks(v)}", 18);
            if (v.Missing.Count > 0)
            {
                Wrap(t, "", "unknown: " + string.Join(", ", v.Missing.Select(f => GoalWords.Inside(f.Name))), 20);
            }

            if (v.Entry.CategoryAsStated is { } stated && v.Kind != VerdictKind.Supported)
            {
                Wrap(t, "", stated, 20);
            }

            if (why && v.Qualifying is { } q)
            {
                Tree(t, q, 20);
            }
        }
    }

    private static string Marks(Verdict v)
    {
        var marks = new List<string>();
        if (v.Entry.Provenance.Status is Status.Digest)
        {
            marks.Add("read in a digest");
        }

        if (v.Unverified)
        {
            marks.Add("unverified: it leads nothing");
        }

        if (v.Entry.Level is { } level)
        {
            marks.Add($"level {level}");
        }

        return marks.Count == 0 ? "" : $" [{string.Join("; ", marks)}]";
    }

    private static void Before(StringBuilder t, Decision d, bool why)
    {
        Head(t, "Before anything is given");
        if (d.Findings.Count == 0)
        {
            Line(t, "  No rule fired on what is known.");
        }

        foreach (var f in d.Findings)
        {
            var product = f.Product is null ? "" : $" ({f.Product})";
            Wrap(t, "  " + f.Severity.ToString().ToUpperInvariant(), $"{f.Rule.Name}{product}{(f.Rule.Against is RuleTarget.Rate or RuleTarget.Vaccine or RuleTarget.Line ? $" (of the {f.Rule.Against.ToString().ToLowerInvariant()}, not of the treatment)" : "")}: {f.Rule.Action}   {f.Rule.Id}{(f.Rule.Study is null ? "" : $" · {f.Rule.Study}")}", 12);
            if (f.Locked is { } locked)
            {
                Wrap(t, "", locked, 12);
            }

            if (why)
            {
                Tree(t, f.Why, 12);
            }
        }

        if (d.Chart.Stale.Count > 0)
        {
            Wrap(t, "  STALE", $"shown, not used: {string.Join("; ", d.Chart.Stale.Select(s => $"{s.Fact.Name} {s.Value.Show(s.Fact)}{(s.Value.At is { } at ? $" of {Date(at)}" : "")}"))}", 12);
        }
    }

    private static void Missing(StringBuilder t, Decision d)
    {
        if (d.Missing.Count == 0)
        {
            return;
        }

        Head(t, "What is missing, most decisive first");
        foreach (var (m, i) in d.Missing.Take(8).Select((m, i) => (m, i + 1)))
        {
            Wrap(t, $"  {i}", $"{m.Fact.Question ?? m.Fact.Name} ({m.Fact.Id}): settles {string.Join(", ", m.Settles.Take(3))}{(m.Settles.Count > 3 ? $" and {m.Settles.Count - 3} more" : "")}", 5);
        }

        if (d.Missing.Count > 8)
        {
            Line(t, $"     … and {d.Missing.Count - 8} more");
        }
    }

    private static void Evidence(StringBuilder t, Decision d, KnowledgeBase knowledge)
    {
        if (d.Evidence is { } e)
        {
            Head(t, $"Evidence for {GoalWords.Inside(e.Goal.Name)}");
            Band(e.Band, e.Evidence, here: true);
            foreach (var (band, evidence) in e.OtherBands.Where(b => b.Value.Direction != Direction.NoData))
            {
                Band(band, evidence, here: false);
            }
        }

        if (d.Studies.Count > 0)
        {
            if (d.Evidence is null)
            {
                Head(t, "Evidence");
            }

            Line(t, $"  Studies of the condition: {d.Studies.Count} ({string.Join(", ", d.Studies.Take(8).Select(s => s.Id))}{(d.Studies.Count > 8 ? ", …" : "")})");
        }

        void Band(DoseBand band, BandEvidence evidence, bool here)
        {
            Wrap(t, here ? "  ▸" : "   ", $"at {GoalWords.Band(band)}{(here ? " (this dose)" : "")}: {GoalWords.Direction(evidence.Direction)}{(evidence.Note is null ? "" : $" ({evidence.Note})")}", 4);
            foreach (var item in evidence.Items)
            {
                Wrap(t, "     ", GoalWords.Item(item, knowledge), 6);
            }
        }
    }

    private static void Rest(StringBuilder t, Decision d)
    {
        if (d.Conflicts.Count > 0)
        {
            Head(t, "Where sources disagree");
            foreach (var c in d.Conflicts)
            {
                Wrap(t, "  ·", $"{c.Topic}: {string.Join(" | ", c.Sides)}", 4);
            }
        }

        if (d.Locked.Count > 0)
        {
            Head(t, "Locked numbers");
            // Rates of many products are locked for the same reason; one line says it.
            foreach (var alike in d.Locked.GroupBy(l => (l.Why, Rates: l.What.StartsWith("rates of ", StringComparison.Ordinal))))
            {
                Wrap(t, "  ·", alike.Key.Rates
                    ? $"{string.Join("; ", alike.Select(l => l.What))}: {alike.Key.Why}; {string.Join("; ", alike.Select(l => l.HowToUnlock.Replace(" in the site file", "", StringComparison.Ordinal)))} in the site file"
                    : string.Join("; ", alike.Select(l => $"{l.What}: {l.Why}; {l.HowToUnlock}")), 4);
            }
        }

        if (d.Chart.NotUnderstood.Count > 0)
        {
            Head(t, "In the record, not used");
            foreach (var n in d.Chart.NotUnderstood.Take(12))
            {
                Wrap(t, "  ·", $"{n.Where}: {n.What}: {n.Why}", 4);
            }

            if (d.Chart.NotUnderstood.Count > 12)
            {
                Line(t, $"    … and {d.Chart.NotUnderstood.Count - 12} more (--json lists all)");
            }
        }

        Line(t);
        Line(t, $"Knowledge {d.KnowledgeHash[..4]}…{d.KnowledgeHash[^4..]} · IgLoop {d.ProgramVersion} · decision support: check it against the label and your own judgement");
    }

    /// <summary>An explanation as an indented tree.</summary>
    public static string Tree(Explanation e)
    {
        var t = new StringBuilder();
        Tree(t, e, 0);
        return t.ToString();
    }

    private static void Tree(StringBuilder t, Explanation e, int indent)
    {
        var mark = e.Result switch { true => "✓", false => "✗", null => "?" };
        var value = e.Fact is { } fact ? e.Value is { } v ? $"   [{v.Show(fact)}{(v.At is { } at ? $" on {Date(at)}" : "")}, {v.Source}]" : "   [unknown]" : "";
        Line(t, $"{new string(' ', indent)}{mark} {e.Text}{value}");
        foreach (var child in e.Children)
        {
            Tree(t, child, indent + 2);
        }
    }

    private static string Words(VerdictKind kind) => kind switch
    {
        VerdictKind.Supported => "supported",
        VerdictKind.SupportedIf => "supported if …",
        VerdictKind.NotSupported => "not supported",
        _ => "does not cover",
    };
}
