using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;

namespace IgLoop.Cli;

/// <summary><c>igloop infusion</c>: the rate plan of one day, and the plan after a reaction.</summary>
public static class InfusionCommand
{
    public static Command Create()
    {
        var product = new Option<string?>("--product") { Description = "Product, for its label rates" };
        var indication = new Option<string?>("--indication") { Description = "Use as the label names it: PI, ITP, CIDP, MMN, DM" };
        var jurisdiction = new Option<string>("--jurisdiction") { Description = "Whose label: US, EU or AU", DefaultValueFactory = _ => "US" };
        var kg = new Option<decimal?>("--kg") { Description = "Actual weight in kg" };
        var grams = new Option<decimal?>("--grams") { Description = "Grams of this day" };
        var cap = new Option<decimal?>("--cap") { Description = "Ceiling in mL/kg/min" };
        var strict = new Option<bool>("--below-cap") { Description = "Stay below the ceiling, not at it" };
        var reaction = new Option<decimal?>("--reaction-min") { Description = "Minute of a reaction: re-plan the rest" };
        var grade = new Option<int?>("--grade") { Description = "Grade of the reaction, 1 to 5" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("infusion", "Rate steps with times and volumes for one day; re-plan after a reaction") { product, indication, jurisdiction, kg, grams, cap, strict, reaction, grade, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line));
            }

            var inputs = new JsonObject { ["product"] = parsed.GetValue(product), ["indication"] = parsed.GetValue(indication), ["jurisdiction"] = parsed.GetValue(jurisdiction), ["cap_strict"] = parsed.GetValue(strict) };
            Put("weight_kg", parsed.GetValue(kg));
            Put("day_dose_g", parsed.GetValue(grams));
            Put("cap_mL_kg_min", parsed.GetValue(cap));
            Put("reaction_min", parsed.GetValue(reaction));
            if (parsed.GetValue(grade) is { } g)
            {
                inputs["grade"] = g;
            }

            var result = CliAnswer.Of(() => Answer(knowledge, new JsonObject { ["inputs"] = inputs }));
            Console.WriteLine(parsed.GetValue(json) ? result.ToJsonString(Batch.Json) : Text(result));
            return 0;

            void Put(string key, decimal? value)
            {
                if (value is { } v)
                {
                    inputs[key] = v;
                }
            }
        });
        return command;
    }

    /// <summary>The answer to one request line.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request)
    {
        request.OnlyKeys("id", "inputs", "title", "reaction_min", "grade");
        var inputs = request["inputs"] as JsonObject ?? throw new BatchException("missing", "inputs is missing; give an object with weight_kg, day_dose_g and the ladder or a product.", "inputs");
        inputs.OnlyKeys("product", "indication", "jurisdiction", "weight_kg", "day_dose_g", "conc_g_per_100mL", "ladder_mL_kg_min", "first_step_min", "step_min", "cap_mL_kg_min", "cap_strict", "reaction_min", "grade", "vector");
        var (ladder, concentration, basis) = Rates(knowledge, inputs);
        return BatchException.From(() =>
        {
            var plan = InfusionPlanner.For(inputs.Text("product") ?? "", inputs.NeedNumber("weight_kg"), inputs.NeedNumber("day_dose_g"), concentration, ladder, basis);
            var reaction = inputs.Number("reaction_min") ?? request.Number("reaction_min");
            var grade = inputs.Whole("grade") ?? request.Whole("grade");
            if (reaction is null && grade is null)
            {
                return new JsonObject
                {
                    ["day_volume_mL"] = plan.DayVolumeMl,
                    ["steps"] = new JsonArray([.. plan.Steps.Select(s => (JsonNode)Step(s, numbered: true))]),
                    ["total_min"] = plan.TotalMinutes,
                    ["basis"] = new JsonArray([.. basis.Select(b => (JsonNode)b)]),
                };
            }

            if (reaction is null || grade is null)
            {
                throw new BatchException("missing", "A reaction needs both reaction_min and grade.", reaction is null ? "reaction_min" : "grade");
            }

            var after = ReactionPlanner.After(plan, ladder, reaction.Value, grade.Value);
            return new JsonObject
            {
                ["day_volume_mL"] = plan.DayVolumeMl,
                ["segments"] = new JsonArray([.. after.Segments.Select(s => (JsonNode)Step(s, numbered: false))]),
                ["total_min"] = after.TotalMinutes,
                ["given_mL"] = after.GivenMl,
                ["remaining_mL"] = after.RemainingMl,
                ["session"] = after.Ended ? "ended" : "continues",
                ["ceiling_mL_kg_min"] = after.Ceiling,
            };
        });
    }

    private static (Ladder Ladder, decimal Concentration, IReadOnlyList<string> Basis) Rates(KnowledgeBase knowledge, JsonObject inputs)
    {
        var cap = inputs.Number("cap_mL_kg_min");
        // A ladder that is given but empty is a product without rates: the label's would not be what was asked.
        if (inputs["ladder_mL_kg_min"] is not null && inputs.Numbers("ladder_mL_kg_min") is var rates)
        {
            return (new Ladder(rates, inputs.NeedNumber("first_step_min"), inputs.NeedNumber("step_min"), cap, inputs.Flag("cap_strict")), inputs.NeedNumber("conc_g_per_100mL"), ["ladder as given"]);
        }

        var product = DoseCommand.Product(knowledge, inputs.Text("product") ?? throw new BatchException("missing", "Name a product, or give the ladder.", "product"));
        var choice = RateChoice.For(product, inputs.Text("indication") is { } scope ? [scope] : [], inputs.Text("jurisdiction") ?? "US", SiteProfile.International);
        if (choice.Table is not { } table)
        {
            throw new BatchException(choice.Code, choice.Why, "product");
        }

        return (new Ladder(table.Ladder, table.FirstStepMinutes, table.StepMinutes, cap, inputs.Flag("cap_strict")), product.GramsPer100mL, [choice.Why]);
    }

    private static JsonObject Step(InfusionStep s, bool numbered)
    {
        var step = new JsonObject();
        if (numbered)
        {
            step["step"] = s.Step;
        }

        step["start_min"] = s.StartMin;
        step["end_min"] = s.EndMin;
        step["rate_mL_kg_min"] = s.RateMlPerKgMin;
        step["rate_mL_h"] = s.RateMlPerH;
        step["volume_mL"] = s.VolumeMl;
        step["cumulative_mL"] = s.CumulativeMl;
        return step;
    }

    private static string Text(JsonObject result)
    {
        var lines = new List<string> { $"volume of the day  {result["day_volume_mL"]} mL", "from min   to min     mL/h       mL    total mL   mL/kg/min" };
        foreach (var s in (result["steps"] ?? result["segments"])!.AsArray())
        {
            decimal N(string key) => s![key]!.GetValue<decimal>();
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{N("start_min"),8:0.#} {N("end_min"),8:0.#} {N("rate_mL_h"),8:0.#} {N("volume_mL"),8:0.##} {N("cumulative_mL"),11:0.##} {N("rate_mL_kg_min"),11:0.######}"));
        }

        lines.Add($"total              {result["total_min"]} min");
        if (result["session"]?.GetValue<string>() == "ended")
        {
            lines.Add($"The session has ended: {result["given_mL"]} mL given, {result["remaining_mL"]} mL not given.");
        }

        if (result["basis"] is JsonArray basis)
        {
            lines.AddRange(basis.Select(b => b!.ToString()));
        }

        return string.Join('\n', lines);
    }
}
