using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Costs;

namespace IgLoop.Cli;

/// <summary><c>igloop costs</c>: what courses cost, at prices that the user brings.</summary>
public static class CostsCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "A request in YAML or JSON (docs/costs.md); or use the options below", Arity = ArgumentArity.ZeroOrOne };
        var weight = new Option<decimal?>("--weight") { Description = "Weight in kg that grams are worked out from" };
        var dose = new Option<decimal[]>("--g-per-kg") { Description = "Grams per kilogram of a course; the first is what the others are compared with", AllowMultipleArgumentsPerToken = true };
        var infusions = new Option<int[]>("--infusions") { Description = "Infusions of a course, one for each --g-per-kg (default 1)", AllowMultipleArgumentsPerToken = true };
        var price = new Option<decimal?>("--price") { Description = "Price of a gram" };
        var visit = new Option<decimal?>("--per-infusion") { Description = "Cost of one administration" };
        var currency = new Option<string?>("--currency") { Description = "Currency of the prices, such as GBP" };
        var date = new Option<string?>("--date") { Description = "Day at which the prices held: 2026-04-01, or the year" };
        var source = new Option<string?>("--source") { Description = "Where the prices are from" };
        var vials = new Option<decimal[]>("--vials") { Description = "Grams of the vials that can be had", AllowMultipleArgumentsPerToken = true };
        var product = new Option<string?>("--product") { Description = "Product whose vials are used" };
        var deltaCost = new Option<decimal?>("--delta-cost") { Description = "A difference in cost that was worked out elsewhere" };
        var deltaQaly = new Option<decimal?>("--delta-qaly") { Description = "The difference in QALYs that belongs to it" };
        var threshold = new Option<decimal[]>("--threshold") { Description = "What a QALY may cost", AllowMultipleArgumentsPerToken = true };
        var draws = new Option<int?>("--draws") { Description = "Draws of the probabilistic analysis (needs --seed)" };
        var seed = new Option<int?>("--seed") { Description = "Seed of the probabilistic analysis" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("costs", "Cost of a course and of a responder, vial waste, low against high dose, cost-utility with sensitivity, at your own dated prices")
        { file, weight, dose, infusions, price, visit, currency, date, source, vials, product, deltaCost, deltaQaly, threshold, draws, seed, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line, today));
            }

            var answer = CliAnswer.Of(() => CostAnswer.To(parsed.GetValue(file) is { } path ? YamlInput.Read(Text(path)) : Typed(), knowledge, today));
            Console.WriteLine(parsed.GetValue(json) ? CostJson.Of(answer).ToJsonString(Batch.Json) : CostText.Of(answer));
            return 0;

            JsonObject Typed()
            {
                var request = new JsonObject { ["prices"] = new JsonObject() };
                Put(request, "weight_kg", parsed.GetValue(weight));
                Put(request, "product", parsed.GetValue(product));
                Put(request["prices"]!.AsObject(), "per_gram", parsed.GetValue(price));
                Put(request["prices"]!.AsObject(), "per_infusion", parsed.GetValue(visit));
                Put(request["prices"]!.AsObject(), "currency", parsed.GetValue(currency));
                Put(request["prices"]!.AsObject(), "date", parsed.GetValue(date));
                Put(request["prices"]!.AsObject(), "source", parsed.GetValue(source));
                PutAll(request, "vials_g", parsed.GetValue(vials));
                PutAll(request, "thresholds", parsed.GetValue(threshold));
                if (parsed.GetValue(dose) is { Length: > 0 } doses)
                {
                    request["arms"] = Arms(doses, parsed.GetValue(infusions) ?? []);
                }

                if (parsed.GetValue(deltaCost) is not null || parsed.GetValue(deltaQaly) is not null)
                {
                    request["increment"] = new JsonObject();
                    Put(request["increment"]!.AsObject(), "cost", parsed.GetValue(deltaCost));
                    Put(request["increment"]!.AsObject(), "qaly", parsed.GetValue(deltaQaly));
                }

                if (parsed.GetValue(draws) is not null || parsed.GetValue(seed) is not null)
                {
                    request["psa"] = new JsonObject();
                    Put(request["psa"]!.AsObject(), "draws", parsed.GetValue(draws));
                    Put(request["psa"]!.AsObject(), "seed", parsed.GetValue(seed));
                }

                return request;
            }
        });
        return command;
    }

    /// <summary>The answer to one request line.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request, DateOnly today) => CostJson.Of(CostAnswer.To(request, knowledge, today));

    private static JsonArray Arms(decimal[] doses, int[] infusions)
    {
        if (infusions.Length > 0 && infusions.Length != doses.Length)
        {
            throw new BatchException("bad-value", $"--infusions has {infusions.Length} values and --g-per-kg {doses.Length}; give one for each dose.", "--infusions");
        }

        return [.. doses.Select((d, i) => (JsonNode)new JsonObject
        {
            ["name"] = doses.Length == 2 && doses[0] < doses[1] ? i == 0 ? "low" : "high" : $"{CostText.Number(d)} g/kg{(doses.Take(i).Contains(d) ? $" ({i + 1})" : "")}",
            ["g_per_kg"] = d,
            ["infusions"] = infusions.Length > 0 ? infusions[i] : 1,
        })];
    }

    private static string Text(string path) => File.Exists(path)
        ? new FileInfo(path).Length <= Features.WebApplicationSetup.MaxRequestBytes ? File.ReadAllText(path) : throw new CliException($"The file {path} is too large for a request.")
        : throw new CliException($"There is no file {path}; name a request in YAML (docs/costs.md), or use options such as --weight.");

    private static void Put<T>(JsonObject o, string key, T? value)
    {
        if (value is not null)
        {
            o[key] = JsonValue.Create(value);
        }
    }

    private static void PutAll(JsonObject o, string key, decimal[]? values)
    {
        if (values is { Length: > 0 })
        {
            o[key] = new JsonArray([.. values.Select(v => (JsonNode)v)]);
        }
    }
}
