using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Costs;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Costs;

/// <summary>A request about costs, as a file, a line or the form sends it, and everything that is worked out for it.</summary>
/// <param name="Seed">Of the probabilistic analysis; null with it.</param>
public sealed record CostAnswer(CostModel Model, IReadOnlyList<CourseCost> Arms, IReadOnlyList<Comparison> Comparisons, OneWay OneWay, Probabilistic? Psa, long? Seed)
{
    /// <exception cref="BatchException">The request is wrong.</exception>
    /// <param name="today">Prices dated after it are refused.</param>
    public static CostAnswer To(JsonObject request, KnowledgeBase knowledge, DateOnly today)
    {
        try
        {
            var model = new CostRequest(knowledge, today).Model(request).Checked();
            var ranges = CostRequest.Ranges(request["one_way"]);
            var psa = CostRequest.Psa(request["psa"]);
            return new(model, CourseCosts.Of(model), Comparison.Of(model), OneWay.Of(model, ranges),
                psa is null ? null : Probabilistic.Of(model, psa.Distributions, psa.Draws, new Chance((ulong)psa.Seed).Uniform), psa?.Seed);
        }
        catch (CostException e)
        {
            throw new BatchException(e.Code, e.Message, e.Where);
        }
    }
}

/// <summary>Reads the keys of a request about costs, each with an error that names it.</summary>
internal sealed class CostRequest(KnowledgeBase knowledge, DateOnly today)
{
    public sealed record PsaRequest(int Draws, long Seed, IReadOnlyDictionary<string, Distribution> Distributions);

    private static readonly string[] PriceKeys = ["amount", "currency", "date", "source"];

    public CostModel Model(JsonObject request)
    {
        request.OnlyKeys("id", "weight_kg", "prices", "vials_g", "product", "arms", "qaly_per_responder", "increment", "thresholds", "one_way", "psa", "note");
        var prices = Inner(request, "prices");
        prices?.OnlyKeys("per_gram", "per_infusion", "currency", "date", "source");
        if (request["vials_g"] is not null && request["product"] is not null)
        {
            throw new BatchException("bad-value", "vials_g and product are both given; give one of them.", "product");
        }

        var arms = request["arms"] is not { } list ? [] : list as JsonArray ?? throw new BatchException("bad-value", "arms must be a list.", "arms");
        var increment = Inner(request, "increment");
        increment?.OnlyKeys("cost", "qaly");
        return new CostModel
        {
            WeightKg = request.Number("weight_kg") ?? (arms.Count > 0 && arms.OfType<JsonObject>().Any(a => a["g_per_kg"] is JsonValue v && v.TryGetValue<decimal>(out var g) && g > 0) ? throw new BatchException("missing", "weight_kg is missing; give a number.", "weight_kg") : 0),
            PerGram = Price(prices?["per_gram"], prices, "prices.per_gram"),
            PerInfusion = Price(prices?["per_infusion"], prices, "prices.per_infusion"),
            VialGrams = request.Text("product") is { } product ? [.. DoseCommand.Product(knowledge, product).Vials.Select(v => v.Grams)] : request.Numbers("vials_g"),
            Arms = [.. arms.Select((a, i) => Arm(a as JsonObject ?? throw new BatchException("bad-value", "An arm must be an object with name and g_per_kg.", $"arms[{i}]"), prices, i))],
            QalyPerResponder = request.Number("qaly_per_responder"),
            Increment = increment is null ? null : new(Price(increment["cost"], prices, "increment.cost", signed: true) ?? throw new BatchException("missing", "increment.cost is missing; give amount, currency, date and source.", "increment.cost"), increment.NeedNumber("qaly")),
            Thresholds = request.Numbers("thresholds"),
        };
    }

    private TreatmentArm Arm(JsonObject arm, JsonObject? prices, int i)
    {
        arm.OnlyKeys("name", "g_per_kg", "infusions", "courses", "other_cost", "patients", "responders", "response", "qaly");
        var name = arm.Text("name") ?? throw new BatchException("missing", "name is missing; name the arm, such as 'low dose'.", $"arms[{i}].name");
        return new(name, arm.NeedNumber("g_per_kg"))
        {
            Infusions = arm.Whole("infusions") ?? 1,
            Courses = arm.Number("courses") ?? 1,
            OtherCost = Price(arm["other_cost"], prices, $"arms.{name}.other_cost"),
            Patients = arm.Whole("patients"),
            Responders = arm.Whole("responders"),
            Response = arm.Number("response"),
            Qaly = arm.Number("qaly"),
        };
    }

    /// <summary>A price: an object with its own currency, date and source, or a bare amount that shares those of <c>prices</c>.</summary>
    private Price? Price(JsonNode? node, JsonObject? shared, string where, bool signed = false)
    {
        if (node is null)
        {
            return null;
        }

        var own = node as JsonObject;
        own?.OnlyKeys(PriceKeys);
        var amount = own is not null ? own.Number("amount") : node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue<decimal>(out var d) ? d : throw new BatchException("bad-value", $"{where} must be a number, or amount, currency, date and source.", where);
        var (currency, date, source) = (own?.Text("currency") ?? shared?.Text("currency"), Date(own?["date"] ?? shared?["date"], where), own?.Text("source") ?? shared?.Text("source"));
        return signed ? Core.Costs.Price.Signed(amount, currency, date, source, where, today) : Core.Costs.Price.Of(amount, currency, date, source, where, today);
    }

    private static DateOnly? Date(JsonNode? node, string where)
    {
        // A bare year is a number in YAML and JSON.
        var text = node is JsonValue v && v.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : node is JsonValue s && s.TryGetValue<string>(out var t) ? t : null;
        if (text is null || string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        foreach (var format in new[] { "yyyy-MM-dd", "yyyy-MM", "yyyy" })
        {
            if (DateOnly.TryParseExact(text.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return day;
            }
        }

        throw new BatchException("bad-date", $"The date of {where} is '{text}'; write year-month-day, such as 2026-04-01, or the year.", where);
    }

    public static Dictionary<string, (decimal Low, decimal High)> Ranges(JsonNode? node) => node switch
    {
        null => [],
        JsonObject o => o.ToDictionary(p => p.Key, p => o.Numbers(p.Key) is [var low, var high] ? (low, high) : throw new BatchException("bad-value", $"The range of {p.Key} must be two numbers, the lower first.", $"one_way.{p.Key}")),
        _ => throw new BatchException("bad-value", "one_way must name parameters with two numbers each.", "one_way"),
    };

    public static PsaRequest? Psa(JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var psa = node as JsonObject ?? throw new BatchException("bad-value", "psa must hold draws, seed and, if you like, distributions.", "psa");
        psa.OnlyKeys("draws", "seed", "distributions");
        var seed = psa.Whole("seed") ?? throw new BatchException("missing", "psa.seed is missing; give a whole number, so that the draws can be repeated.", "psa.seed");
        return new(psa.Whole("draws") ?? 1000, seed >= 0 ? seed : throw new BatchException("bad-value", "psa.seed must be 0 or more.", "psa.seed"),
            Inner(psa, "distributions") is not { } o ? new Dictionary<string, Distribution>() : o.ToDictionary(p => p.Key, p => Distribution(p.Value, $"psa.distributions.{p.Key}")));
    }

    /// <summary><c>{gamma: [32.7, 6]}</c>: the kind with its numbers, named in docs/costs.md.</summary>
    private static Distribution Distribution(JsonNode? node, string where)
    {
        if (node is not JsonObject { Count: 1 } o)
        {
            throw new BatchException("bad-value", $"{where} must be one distribution with its numbers, such as gamma: [32.7, 6].", where);
        }

        var kind = o.First().Key;
        var numbers = o.Numbers(kind).Select(n => (double)n).ToList();
        var wanted = kind switch { "fixed" => 1, "triangular" => 3, _ => 2 };
        if (Core.Costs.Distribution.Kinds.Contains(kind) && numbers.Count != wanted)
        {
            throw new BatchException("bad-value", $"{where}: {kind} takes {wanted} {(wanted == 1 ? "number" : "numbers")}, not {numbers.Count}.", where);
        }

        return kind == "triangular" ? new(kind, numbers[0], numbers[2], numbers[1]) : new(kind, numbers.FirstOrDefault(), numbers.ElementAtOrDefault(1));
    }

    private static JsonObject? Inner(JsonObject o, string key) => o[key] is not { } node ? null : node as JsonObject ?? throw new BatchException("bad-value", $"{key} must be an object with keys.", key);
}
