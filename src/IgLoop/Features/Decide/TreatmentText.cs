using System.Globalization;
using System.Text;
using IgLoop.Core.Deciding;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;
using static IgLoop.Features.Decide.TextLines;

namespace IgLoop.Features.Decide;

/// <summary>The part of a decision's text that says how to treat, watch and review.</summary>
internal static class TreatmentText
{
    public static void Dose(StringBuilder t, Decision d)
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

    public static void Products(StringBuilder t, Decision d)
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

    public static void Infusion(StringBuilder t, Decision d)
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

    public static void Monitoring(StringBuilder t, MonitoringPlan m)
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

    public static void Review(StringBuilder t, Decision d, KnowledgeBase knowledge)
    {
        var r = d.Review;
        if (r.Instruments.Count + r.When.Count + r.Success.Count + r.StopIf.Count == 0)
        {
            return;
        }

        Head(t, "Did it work?");
        Part("measure", r.Instruments);
        Part("score", [.. r.InstrumentIds.Select(id => $"{knowledge.Instruments[id].Name} (igloop score {id})")]);
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
}
