using System.Globalization;
using System.Text;
using IgLoop.Core.Criteria;
using IgLoop.Core.Deciding;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;

namespace IgLoop.Features.Decide;

/// <summary>A decision as text for a terminal: the first four lines answer, the rest explains.</summary>
public static class DecisionText
{
    private const int Width = 118;

    /// <param name="decision">The decision.</param>
    /// <param name="knowledge">For titles of sources.</param>
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
        Dose(t, decision);
        Products(t, decision);
        Infusion(t, decision);
        if (Refused(decision))
        {
            Head(t, "Preparation, watching and review");
            Line(t, "  left out while the treatment is refused; --json holds them");
        }
        else
        {
            Monitoring(t, decision.Monitoring);
            Review(t, decision);
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

    private static void Dose(StringBuilder t, Decision d)
    {
        Head(t, (d.Headline.Outcome == Outcome.Refused && d.Dose is not null ? "Dose, were it given nonetheless" : "Dose") + (d.RegimenFrom is null ? "" : $" ({d.RegimenFrom})"));
        if (d.Dose is not { } dose)
        {
            Wrap(t, "  none", d.WhyNoDose ?? "", 12);
            return;
        }

        foreach (var line in dose.Working)
        {
            Wrap(t, "  ", line, 4);
        }

        foreach (var candidate in dose.Candidates)
        {
            Wrap(t, "  either", $"{candidate.Reading}: {Kg(candidate.DosingKg)} → {G(candidate.UnroundedGrams)} → {G(candidate.RoundedGrams)}", 12);
        }

        if (dose.Days.Count > 0)
        {
            Wrap(t, "  split", $"{string.Join(" + ", dose.Days.Select(G))}{(dose.SplitReasons.Count > 0 ? ": " + string.Join("; ", dose.SplitReasons) : "")}", 12);
        }

        foreach (var warning in dose.Warnings)
        {
            Wrap(t, "  note", warning.Message, 12);
        }

        if (d.ThenRegimen is { } then)
        {
            Wrap(t, "  then", then, 12);
        }

        foreach (var other in d.OtherRegimens)
        {
            Wrap(t, "  other", other, 12);
        }
    }

    private static void Products(StringBuilder t, Decision d)
    {
        if (d.Products.Count == 0)
        {
            return;
        }

        Head(t, "Products");
        foreach (var p in d.Products.Where(p => p.Rank is not null).Take(5))
        {
            var vials = p.Vials is { } v ? $"{string.Join(" + ", v.Vials.Select(x => $"{x.Count} × {x.Grams.ToString("0.##", CultureInfo.InvariantCulture)} g"))}; " : "";
            Wrap(t, $"  {p.Rank}", $"{p.Product.Brand}: {vials}{string.Join("; ", p.Reasons)}", 6);
        }

        var more = d.Products.Count(p => p.Rank is > 5);
        if (more > 0)
        {
            Line(t, $"      … and {more} more that may be used");
        }

        var refused = d.Products.Where(p => p.Rank is null).ToList();
        if (refused.Count > 0)
        {
            Wrap(t, "  refused", string.Join(" · ", refused.Select(p => $"{p.Product.Brand} ({string.Join(", ", p.Refusals.Select(r => r.Rule))})")), 12);
        }
    }

    private static void Infusion(StringBuilder t, Decision d)
    {
        Head(t, "Infusion");
        if (d.Infusion.Count == 0)
        {
            Wrap(t, "  none", d.WhyNoInfusion ?? "", 12);
            return;
        }

        foreach (var (plan, day) in d.Infusion.Select((p, i) => (p, i + 1)))
        {
            if (day > 1 && plan.DayGrams == d.Infusion[day - 2].DayGrams)
            {
                Line(t, $"  day {day}: as day {day - 1}");
                continue;
            }

            Line(t, $"  day {day}: {d.Products.FirstOrDefault(p => p.Product.Id == plan.Product)?.Product.Brand ?? plan.Product}, {G(plan.DayGrams)} in {N(plan.DayVolumeMl)} mL, {Duration(plan.TotalMinutes)}");
            Line(t, "      from min   to min     mL/h       mL    total mL   mL/kg/min");
            foreach (var s in plan.Steps)
            {
                Line(t, string.Create(CultureInfo.InvariantCulture, $"      {s.StartMin,8:0.#} {s.EndMin,8:0.#} {s.RateMlPerH,8:0.#} {s.VolumeMl,8:0.##} {s.CumulativeMl,11:0.##} {s.RateMlPerKgMin,11:0.######}"));
            }

            foreach (var basis in plan.Basis)
            {
                Wrap(t, "     ", basis, 6);
            }
        }
    }

    private static void Monitoring(StringBuilder t, MonitoringPlan m)
    {
        Items("Measure before", m.Before);
        Items("Prepare", m.Preparation);
        Items("Vital signs", m.VitalSigns);
        Items("Afterwards", m.After);
        Items("Vaccines", m.Vaccines);
        Items("If there is a reaction", m.Reactions);

        void Items(string title, IReadOnlyList<MonitoringItem> items)
        {
            if (items.Count == 0)
            {
                return;
            }

            Head(t, title);
            foreach (var i in items)
            {
                Wrap(t, "  ·", $"{i.What}: {i.When}{(i.Why is null ? "" : $" ({i.Why})")}{(i.Provenance.Status == Status.Unverified ? " [unverified]" : "")}", 4);
            }
        }
    }

    private static void Review(StringBuilder t, Decision d)
    {
        var r = d.Review;
        if (r.Instruments.Count + r.When.Count + r.Success.Count + r.StopIf.Count == 0)
        {
            return;
        }

        Head(t, "Did it work?");
        Part("measure", r.Instruments);
        Part("when", r.When);
        Part("success", r.Success);
        Part("stop if", r.StopIf);

        void Part(string label, IReadOnlyList<string> texts)
        {
            if (texts.Count > 0)
            {
                Wrap(t, "  " + label, string.Join("; ", texts), 12);
            }
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

    internal static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    internal static string G(decimal grams) => grams.ToString("0.##", CultureInfo.InvariantCulture) + " g";

    private static string Kg(decimal kg) => kg.ToString("0.##", CultureInfo.InvariantCulture) + " kg";

    private static string N(decimal n) => n.ToString("0.##", CultureInfo.InvariantCulture);

    internal static string Duration(decimal minutes)
    {
        var whole = (int)Math.Round(minutes, MidpointRounding.AwayFromZero);
        return whole < 60 ? $"{whole} min" : $"{whole / 60} h {whole % 60} min";
    }

    private static void Head(StringBuilder t, string title)
    {
        Line(t);
        Line(t, title);
    }

    private static void Line(StringBuilder t, string text = "") => t.Append(text).Append('\n');

    /// <summary>A label, then text wrapped to the width and hanging at <paramref name="indent"/>.</summary>
    private static void Wrap(StringBuilder t, string label, string text, int indent)
    {
        var line = new StringBuilder(label.Length >= indent ? label + " " : label.PadRight(indent));
        var start = true;
        foreach (var word in text.Split(' '))
        {
            if (!start && line.Length + 1 + word.Length > Width)
            {
                Line(t, line.ToString().TrimEnd());
                line.Clear().Append(' ', indent);
                start = true;
            }

            line.Append(start ? "" : " ").Append(word);
            start = false;
        }

        Line(t, line.ToString().TrimEnd());
    }
}
