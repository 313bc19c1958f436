using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Puts the request into facts, so that criteria can ask about it. What the chart gives is kept where the request is silent.</summary>
internal sealed class RequestFacts(FactCatalogue catalogue)
{
    private const string Source = "request";

    /// <summary>What the request leaves open is taken from the chart; where both speak the request counts.</summary>
    public static DecisionRequest Complete(DecisionRequest request, FactSet chart) => request with
    {
        Condition = request.Condition ?? chart["condition"]?.Text,
        Goal = request.Goal ?? chart["goal"]?.Text,
        GPerKg = request.GPerKg ?? chart["course_g_per_kg"]?.Number,
        Days = request.Days ?? (int?)chart["course_days"]?.Number,
        Phase = request.Phase ?? (chart["phase"]?.Text == "maintenance" ? Phase.Maintenance : Phase.Induction),
        CourseNumber = request.CourseNumber ?? (int?)chart["course_number"]?.Number,
    };

    public FactSet Fill(FactSet facts, DecisionRequest request, Manifestation? goal, SiteProfile site)
    {
        var filled = facts.Scratch();
        Put(filled, "condition", request.Condition);
        Put(filled, "goal", goal?.Id);
        Put(filled, "phase", request.Phase == Phase.Maintenance ? "maintenance" : "induction");
        Put(filled, "label_jurisdiction", site.Labels);
        Put(filled, "course_number", request.CourseNumber);
        Put(filled, "course_days", request.Days);
        Put(filled, "course_g_per_kg", request.GPerKg);
        return filled;
    }

    public FactSet Dose(FactSet facts, decimal? gPerKg)
    {
        var filled = facts.Scratch();
        Put(filled, "course_g_per_kg", gPerKg);
        return filled;
    }

    /// <summary>The largest day of the plan; what the chart says of the day is kept.</summary>
    public FactSet Day(FactSet facts, DosePlan? dose)
    {
        if (dose is not { Days.Count: > 0, DosingKg: { } kg })
        {
            return facts;
        }

        var filled = facts.Scratch();
        var most = dose.Days.Max();
        PutMissing(filled, "daily_grams", most);
        PutMissing(filled, "daily_g_per_kg", Math.Round(most / kg, 4));
        PutMissing(filled, "course_days", dose.Days.Count);
        return filled;
    }

    private void PutMissing(FactSet facts, string id, decimal value)
    {
        if (catalogue.TryFind(id, out var fact) && facts[fact.Slot] is null)
        {
            facts.Put(fact.Slot, FactValue.Of(value, null, Source));
        }
    }

    private void Put(FactSet facts, string id, decimal? value)
    {
        if (value is { } v && catalogue.TryFind(id, out var fact))
        {
            facts.Put(fact.Slot, FactValue.Of(v, null, Source));
        }
    }

    private void Put(FactSet facts, string id, string? value)
    {
        if (value is not null && catalogue.TryFind(id, out var fact))
        {
            facts.Put(fact.Slot, FactValue.Of(value, null, Source));
        }
    }
}
