using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Criteria;
using IgLoop.Core.Deciding;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;
using IgLoop.Core.Products;

namespace IgLoop.Features.Decide;

/// <summary>
/// A decision as one JSON document. The names are a contract: other people's scripts read them, so a name is added, never changed.
/// Units are in the names; dates are ISO 8601; unknown is null.
/// </summary>
public static class DecisionJson
{
    public static JsonObject Of(Decision d) => new()
    {
        ["subject"] = d.Subject,
        ["at"] = Day(d.Request.At),
        ["condition"] = d.Condition?.Id,
        ["goal"] = d.Goal?.Id,
        ["outcome"] = Snake(d.Headline.Outcome.ToString()),
        ["answer"] = d.Headline.Answer,
        ["because"] = d.Headline.Because,
        ["next_step"] = d.Headline.NextStep,
        ["verdicts"] = List(d.Verdicts, Of),
        ["findings"] = List(d.Findings, Of),
        ["open_rules"] = List(d.OpenRules, o => new JsonObject { ["rule"] = o.Rule.Id, ["severity"] = Upper(o.Rule.Severity), ["missing"] = Texts(o.Missing.Select(f => f.Id)) }),
        ["dose"] = d.Dose is null ? null : Of(d.Dose),
        ["why_no_dose"] = d.WhyNoDose,
        ["regimen_from"] = d.RegimenFrom,
        ["then_regimen"] = d.ThenRegimen,
        ["other_regimens"] = Texts(d.OtherRegimens),
        ["products"] = List(d.Products, Of),
        ["infusion"] = List(d.Infusion, Of),
        ["why_no_infusion"] = d.WhyNoInfusion,
        ["monitoring"] = Of(d.Monitoring),
        ["review"] = new JsonObject
        {
            ["instruments"] = Texts(d.Review.Instruments),
            ["instrument_ids"] = Texts(d.Review.InstrumentIds),
            ["when"] = Texts(d.Review.When),
            ["success"] = Texts(d.Review.Success),
            ["stop_if"] = Texts(d.Review.StopIf),
        },
        ["missing"] = List(d.Missing, m => new JsonObject { ["fact"] = m.Fact.Id, ["name"] = m.Fact.Name, ["settles"] = Texts(m.Settles), ["weight"] = m.Weight }),
        ["evidence"] = d.Evidence is { } e
            ? new JsonObject
            {
                ["goal"] = e.Goal.Id,
                ["band"] = Snake(e.Band.ToString()),
                ["here"] = Of(e.Evidence),
                ["other_bands"] = new JsonObject(e.OtherBands.OrderBy(b => b.Key).Select(b => KeyValuePair.Create(Snake(b.Key.ToString()), (JsonNode?)Of(b.Value)))),
            }
            : null,
        ["studies"] = Texts(d.Studies.Select(s => s.Id)),
        ["conflicts"] = List(d.Conflicts, c => new JsonObject { ["topic"] = c.Topic, ["sides"] = Texts(c.Sides), ["sources"] = Texts(c.Sources) }),
        ["locked"] = List(d.Locked, l => new JsonObject { ["what"] = l.What, ["why"] = l.Why, ["how_to_unlock"] = l.HowToUnlock }),
        ["stale"] = List(d.Chart.Stale, s => Value(s.Fact, s.Value)),
        ["facts"] = Facts(d.Chart.Facts),
        ["not_understood"] = List(d.Chart.NotUnderstood, n => new JsonObject { ["where"] = n.Where, ["what"] = n.What, ["why"] = n.Why }),
        ["knowledge"] = d.KnowledgeHash,
        ["program"] = d.ProgramVersion,
    };

    private static JsonObject Of(Verdict v) => new()
    {
        ["authority"] = v.Authority,
        ["name"] = v.AuthorityName,
        ["entry"] = v.Entry.Id,
        ["edition"] = v.Entry.Edition,
        ["verdict"] = Snake(v.Kind.ToString()),
        ["category"] = Snake(v.Entry.Category.ToString()),
        ["reason"] = v.Reason,
        ["missing"] = Texts(v.Missing.Select(f => f.Id)),
        ["status"] = Snake(v.Entry.Provenance.Status.ToString()),
        ["unverified"] = v.Unverified,
        ["sources"] = Texts(v.Entry.Provenance.Sources),
        ["qualifying"] = v.Qualifying is null ? null : Of(v.Qualifying),
        ["exclusions"] = List(v.Exclusions, Of),
    };

    private static JsonObject Of(Finding f) => new()
    {
        ["rule"] = f.Rule.Id,
        ["severity"] = Upper(f.Severity),
        ["name"] = f.Rule.Name,
        ["action"] = f.Rule.Action,
        ["product"] = f.Product,
        ["study"] = f.Rule.Study,
        ["status"] = Snake(f.Rule.Provenance.Status.ToString()),
        ["sources"] = Texts(f.Rule.Provenance.Sources),
        ["locked"] = f.Locked,
        ["why"] = Of(f.Why),
    };

    /// <summary>An explanation: every leaf with its fact, value, time and source.</summary>
    public static JsonObject Of(Explanation e)
    {
        var node = new JsonObject { ["text"] = e.Text, ["result"] = e.Result, ["kind"] = e.Kind };
        if (e.Fact is { } fact)
        {
            node["fact"] = fact.Id;
            node["value"] = e.Value is null ? null : Bare(fact, e.Value);
            node["at"] = e.Value?.At is { } at ? Day(at) : null;
            node["source"] = e.Value?.Source;
        }

        if (e.Children.Count > 0)
        {
            node["children"] = List(e.Children, Of);
        }

        return node;
    }

    private static JsonObject Of(DosePlan p) => new()
    {
        ["rule"] = p.Rule,
        ["basis"] = p.Basis,
        ["actual_kg"] = p.ActualKg,
        ["bmi"] = p.Bmi,
        ["ibw_kg"] = p.IdealKg,
        ["adjusted_kg"] = p.AdjustedKg,
        ["dosing_weight_kg"] = p.DosingKg,
        ["g_per_kg"] = p.GPerKg,
        ["unrounded_g"] = p.UnroundedGrams,
        ["rounded_g"] = p.RoundedGrams,
        ["deviation_percent"] = p.DeviationPercent,
        ["days_g"] = new JsonArray([.. p.Days.Select(g => (JsonNode)g)]),
        ["split_reasons"] = Texts(p.SplitReasons),
        ["working"] = Texts(p.Working),
        ["candidates"] = List(p.Candidates, c => new JsonObject { ["reading"] = c.Reading, ["dosing_weight_kg"] = c.DosingKg, ["unrounded_g"] = c.UnroundedGrams, ["rounded_g"] = c.RoundedGrams }),
        ["warnings"] = List(p.Warnings, w => new JsonObject { ["code"] = w.Code, ["message"] = w.Message }),
    };

    private static JsonObject Of(RankedProduct p) => new()
    {
        ["product"] = p.Product.Id,
        ["brand"] = p.Product.Brand,
        ["rank"] = p.Rank,
        ["reasons"] = Texts(p.Reasons),
        ["refusals"] = List(p.Refusals, r => new JsonObject { ["rule"] = r.Rule, ["reason"] = r.Reason }),
        ["rates"] = p.Rates is { } r ? new JsonObject { ["scope"] = r.Scope, ["jurisdictions"] = Texts(r.Jurisdictions), ["max_mL_kg_min"] = r.Max, ["basis"] = r.LadderBasis, ["status"] = Snake(r.Provenance.Status.ToString()) } : null,
        ["vials"] = p.Vials is { } v ? Vials(v) : null,
    };

    /// <summary>Vials as <c>{"40": 3, "20": 1}</c>.</summary>
    public static JsonObject Vials(VialChoice choice) =>
        new(choice.Vials.Select(v => KeyValuePair.Create(v.Grams.ToString("0.##", CultureInfo.InvariantCulture), (JsonNode?)v.Count)));

    public static JsonObject Of(InfusionPlan p) => new()
    {
        ["product"] = p.Product,
        ["weight_kg"] = p.WeightKg,
        ["day_dose_g"] = p.DayGrams,
        ["day_volume_mL"] = p.DayVolumeMl,
        ["cap_mL_kg_min"] = p.CapMlPerKgMin,
        ["total_min"] = p.TotalMinutes,
        ["steps"] = List(p.Steps, s => new JsonObject
        {
            ["step"] = s.Step,
            ["start_min"] = s.StartMin,
            ["end_min"] = s.EndMin,
            ["rate_mL_kg_min"] = s.RateMlPerKgMin,
            ["rate_mL_h"] = s.RateMlPerH,
            ["volume_mL"] = s.VolumeMl,
            ["cumulative_mL"] = s.CumulativeMl,
        }),
        ["basis"] = Texts(p.Basis),
    };

    private static JsonObject Of(MonitoringPlan m) => new()
    {
        ["before"] = List(m.Before, Of),
        ["preparation"] = List(m.Preparation, Of),
        ["vital_signs"] = List(m.VitalSigns, Of),
        ["after"] = List(m.After, Of),
        ["vaccines"] = List(m.Vaccines, Of),
        ["reactions"] = List(m.Reactions, Of),
    };

    private static JsonObject Of(MonitoringItem i) => new()
    {
        ["what"] = i.What,
        ["when"] = i.When,
        ["why"] = i.Why,
        ["date"] = i.Date is { } date ? Day(date) : null,
        ["until"] = i.Until is { } until ? Day(until) : null,
        ["done"] = i.Done,
        ["status"] = Snake(i.Provenance.Status.ToString()),
    };

    private static JsonObject Of(BandEvidence b) => new()
    {
        ["direction"] = Snake(b.Direction.ToString()),
        ["note"] = b.Note,
        ["items"] = List(b.Items, i => new JsonObject
        {
            ["source"] = i.Source,
            ["study"] = i.Study,
            ["n"] = i.N,
            ["responders"] = i.Responders,
            ["cohort_n"] = i.CohortN,
            ["outcome"] = i.Outcome,
            ["status"] = Snake(i.Status.ToString()),
        }),
    };

    private static JsonObject Facts(FactSet facts)
    {
        var all = new JsonObject();
        foreach (var fact in facts.Catalogue.All)
        {
            if (facts[fact.Slot] is { } value && fact.Scope == FactScope.Patient)
            {
                all[fact.Id] = Value(fact, value);
            }
        }

        return all;
    }

    private static JsonObject Value(FactDefinition fact, FactValue value) => new()
    {
        ["fact"] = fact.Id,
        ["value"] = Bare(fact, value),
        ["unit"] = fact.Unit?.Code,
        ["at"] = value.At is { } at ? Day(at) : null,
        ["source"] = value.Source,
    };

    private static JsonNode? Bare(FactDefinition fact, FactValue value) => fact.Type switch
    {
        FactType.Boolean => value.AsBoolean,
        FactType.Choice => value.Text,
        FactType.Date => Day(value.AsDate),
        _ => value.Number,
    };

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonObject> of) => new([.. items.Select(i => (JsonNode)of(i))]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(x => (JsonNode?)x)]);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Upper(Severity severity) => severity.ToString().ToUpperInvariant();

    private static string Snake(string pascal) =>
        string.Concat(pascal.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
