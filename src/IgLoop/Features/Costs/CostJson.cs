using System.Text.Json.Nodes;
using IgLoop.Core.Costs;
using IgLoop.Features.Decide;

namespace IgLoop.Features.Costs;

/// <summary>The answer about costs as JSON. Money is rounded to hundredths, shares and QALYs to six decimals; nothing is rounded before.</summary>
public static class CostJson
{
    public static JsonObject Of(CostAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new JsonObject
        {
            ["currency"] = answer.Model.Currency,
            ["prices"] = new JsonArray([.. answer.Model.Prices.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["amount"] = p.Price.Amount, ["currency"] = p.Price.Currency, ["date"] = p.Price.Date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ["source"] = p.Price.Source })]),
            ["arms"] = new JsonArray([.. answer.Arms.Select(a => (JsonNode)Arm(a))]),
            ["comparisons"] = new JsonArray([.. answer.Comparisons.Select(c => (JsonNode)Compared(c))]),
            ["one_way"] = new JsonObject
            {
                ["measure"] = answer.OneWay.Measure,
                ["base"] = Money(answer.OneWay.Base),
                ["bars"] = new JsonArray([.. answer.OneWay.Bars.Select(b => (JsonNode)new JsonObject { ["parameter"] = b.Parameter, ["low"] = Share(b.Low), ["high"] = Share(b.High), ["at_low"] = Money(b.AtLow), ["at_high"] = Money(b.AtHigh), ["range"] = Name(b.Range) })]),
            },
            ["psa"] = answer.Psa is { } psa ? Psa(psa, answer.Seed) : null,
        };
    }

    /// <summary>Snake case, as everywhere in the answers.</summary>
    internal static string Name(Enum value) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonObject Arm(CourseCost a) => new()
    {
        ["name"] = a.Arm.Name,
        ["g_per_kg"] = a.Arm.GPerKg,
        ["grams_per_course"] = Share(a.GramsPerCourse),
        ["infusions"] = a.Arm.Infusions,
        ["courses"] = a.Arm.Courses,
        ["grams_of_infusions"] = new JsonArray([.. a.GramsOfInfusions.Select(g => (JsonNode?)Share(g))]),
        ["vials_per_course"] = a.Vials is { } v ? DecisionJson.Vials(v) : null,
        ["paid_g_per_course"] = Share(a.PaidGramsPerCourse),
        ["waste_g_per_course"] = Share(a.WasteGramsPerCourse),
        ["drug_cost"] = Money(a.DrugCost),
        ["waste_cost"] = Money(a.WasteCost),
        ["infusion_cost"] = Money(a.InfusionCost),
        ["cost_per_course"] = Money(a.PerCourse),
        ["total_cost"] = Money(a.TotalCost),
        ["response"] = Share(a.Arm.ResponseRate),
        ["cost_per_responder"] = Money(a.CostPerResponder),
        ["qaly"] = Share(a.Qaly),
        ["billing_units"] = a.BillingUnits,
        ["discarded_units"] = a.DiscardedUnits,
    };

    private static JsonObject Compared(Comparison c) => new()
    {
        ["arm"] = c.Arm,
        ["against"] = c.Against,
        ["delta_cost"] = Money(c.DeltaCost),
        ["cost_ratio"] = Share(c.CostRatio),
        ["delta_response"] = Share(c.DeltaResponse),
        ["cost_per_extra_responder"] = Money(c.CostPerExtraResponder),
        ["delta_qaly"] = Share(c.DeltaQaly),
        ["plane"] = c.Utility is { } u ? Name(u.Plane) : null,
        ["icer"] = Money(c.Utility?.Icer),
        ["nmb"] = new JsonArray([.. (c.Utility?.NetBenefits ?? []).Select(n => (JsonNode)new JsonObject { ["threshold"] = n.Threshold, ["benefit"] = Money(n.Benefit) })]),
    };

    private static JsonObject Psa(Probabilistic psa, long? seed) => new()
    {
        ["draws"] = psa.Draws,
        ["seed"] = seed,
        ["cost"] = Of(psa.Cost, 2),
        ["qaly"] = psa.Qaly is { } q ? Of(q, 6) : null,
        ["planes"] = new JsonObject([.. psa.Planes.OrderBy(p => p.Key).Select(p => KeyValuePair.Create(Name(p.Key), (JsonNode?)p.Value))]),
        ["acceptability"] = new JsonArray([.. psa.Acceptability.Select(a => (JsonNode)new JsonObject { ["threshold"] = a.Threshold, ["probability"] = a.Probability })]),
        ["parameters"] = new JsonArray([.. psa.Parameters.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["distribution"] = p.Distribution.ToString(), ["origin"] = Name(p.Origin), ["clamped"] = p.Clamped })]),
    };

    private static JsonObject Of(Spread s, int digits) => new() { ["mean"] = Math.Round(s.Mean, digits), ["low"] = Math.Round(s.Low, digits), ["high"] = Math.Round(s.High, digits) };

    private static JsonValue? Money(decimal? value) => value is { } v ? JsonValue.Create(Plain(Math.Round(v, 2, MidpointRounding.AwayFromZero))) : null;

    private static JsonValue? Share(decimal? value) => value is { } v ? JsonValue.Create(Plain(Math.Round(v, 6, MidpointRounding.AwayFromZero))) : null;

    /// <summary>Without zeros at the end.</summary>
    private static decimal Plain(decimal value) => value / 1.000000000000000000000000000m;
}
