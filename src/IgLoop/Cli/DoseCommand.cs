using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Decide;

namespace IgLoop.Cli;

/// <summary><c>igloop dose</c>: grams by a weight rule, with the working.</summary>
public static class DoseCommand
{
    /// <summary>What a list of worked cases carries beside the request; it changes nothing.</summary>
    private static readonly string[] Annotations = ["out", "value", "expected", "dp", "tolerance", "note", "source", "provenance", "kind", "status"];

    public static Command Create()
    {
        var rule = new Option<string>("--rule") { Description = "Weight rule: international, ontario, australia_nba, igcalculator …", DefaultValueFactory = _ => "international" };
        var sex = new Option<string?>("--sex") { Description = "F or M" };
        var cm = new Option<decimal?>("--cm") { Description = "Height in cm" };
        var kg = new Option<decimal?>("--kg") { Description = "Actual weight in kg" };
        var age = new Option<decimal?>("--age") { Description = "Age in years" };
        var ibw = new Option<decimal?>("--ibw") { Description = "Ideal weight in kg, for rules that take it as given" };
        var dose = new Option<decimal[]>("--g-per-kg") { Description = "Grams per kilogram of the course; may be given more than once", AllowMultipleArgumentsPerToken = true };
        var days = new Option<int?>("--days") { Description = "Days over which the course is split" };
        var pct = new Option<decimal?>("--pct") { Description = "Concentration in g per 100 mL, for the volume of a day" };
        var product = new Option<string?>("--product") { Description = "Product whose vials are chosen" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("dose", "Dosing weight and grams by a named rule, with the working") { rule, sex, cm, kg, age, ibw, dose, days, pct, product, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line));
            }

            var request = new JsonObject { ["rule"] = parsed.GetValue(rule) };
            Put("sex", parsed.GetValue(sex));
            Put("cm", parsed.GetValue(cm));
            Put("kg", parsed.GetValue(kg));
            Put("age", parsed.GetValue(age));
            Put("ibw", parsed.GetValue(ibw));
            Put("days", parsed.GetValue(days));
            Put("pct", parsed.GetValue(pct));
            Put("product", parsed.GetValue(product));
            if (parsed.GetValue(dose) is { Length: > 0 } doses)
            {
                request["g_per_kg"] = new JsonArray([.. doses.Select(d => (JsonNode)d)]);
            }

            var result = CliAnswer.Of(() => Answer(knowledge, request));
            Console.WriteLine(parsed.GetValue(json) ? result.ToJsonString(Batch.Json) : Text(result));
            return 0;

            void Put<T>(string key, T? value)
            {
                if (value is not null)
                {
                    request[key] = JsonValue.Create(value);
                }
            }
        });
        return command;
    }

    /// <summary>The answer to one request line.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request)
    {
        request.OnlyKeys(["id", "rule", "sex", "cm", "kg", "age", "ibw", "g_per_kg", "product", "days", "pct", .. Annotations]);
        var rule = Rule(knowledge, request.Text("rule") ?? throw new BatchException("missing", "rule is missing; name a weight rule.", "rule"));
        var build = new Build(SexOf(request.Text("sex")), request.Number("cm"), request.Number("kg"), request.Number("age"), request.Number("ibw"));
        var vials = request.Text("product") is { } id ? SizesOf(knowledge, id) : null;
        var doses = request.Numbers("g_per_kg");
        var course = new Course(Days(request), Percent(request), vials);
        return BatchException.From(() =>
        {
            foreach (var dose in doses)
            {
                DosePlanner.CheckDose(dose);
            }

            var weights = Weighing.By(rule, build);
            var result = new JsonObject { ["rule"] = rule.Id, ["bmi"] = Round(weights.Bmi), ["ibw_kg"] = Round(weights.IdealKg), ["adjusted_kg"] = Round(weights.AdjustedKg) };
            var readings = weights.Readings.SelectMany(r => Doses(rule, r, doses, course)).ToList();
            if (readings.Count == 1)
            {
                result["dosing_weight_kg"] = Round(weights.Readings[0].Kg);
                result["doses"] = readings[0].Doses;
            }
            else
            {
                result["unresolved"] = true;
                result["candidates"] = new JsonArray([.. readings.Select(r => (JsonNode)new JsonObject { ["reading"] = r.Reading, ["dosing_weight_kg"] = Round(r.Kg), ["doses"] = r.Doses })]);
            }

            var warnings = weights.Warnings.ToList();
            foreach (var dose in readings.SelectMany(r => r.Doses).Select(d => d!.AsObject()))
            {
                if (Rounding.Coarse(dose["unrounded_g"]!.GetValue<decimal>(), dose["rounded_g"]!.GetValue<decimal>()) is { } coarse && !warnings.Contains(coarse))
                {
                    warnings.Add(coarse);
                }
            }

            if (doses.Any(d => d > 2))
            {
                warnings.Add(new("dose-above-2-g-per-kg", "More than 2 g/kg in a course needs a protocol and a recorded reason (rule M04)."));
            }

            result["basis"] = weights.Readings.Count == 1 ? weights.Readings[0].Basis : null;
            result["why"] = string.Join(" | ", weights.Readings.Select(r => r.Why));
            result["warnings"] = new JsonArray([.. warnings.Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["message"] = w.Message })]);
            return result;
        });
    }

    /// <summary>The doses of one reading; two readings when a tie in rounding was not stated.</summary>
    private static IEnumerable<(string Reading, decimal Kg, JsonArray Doses)> Doses(WeightRule rule, WeightReading reading, IReadOnlyList<decimal> doses, Course course)
    {
        var rounded = doses.Select(d => (GPerKg: d, Grams: reading.Kg * d, Rounded: Rounding.Of(rule, reading.Kg * d))).ToList();
        var tie = rounded.Exists(r => r.Rounded.Count > 1);
        for (var way = 0; way < (tie ? 2 : 1); way++)
        {
            var list = new JsonArray([.. rounded.Select(r => (JsonNode)One(rule, r.GPerKg, r.Grams, r.Rounded[Math.Min(way, r.Rounded.Count - 1)], course))]);
            yield return ($"{reading.Basis}: {reading.Why}{(tie ? way == 0 ? "; a tie rounds up" : "; a tie rounds down" : "")}", reading.Kg, list);
        }
    }

    /// <summary>One dose; over several days also what a day carries, with vials by the day, because one that was opened is not kept.</summary>
    private static JsonObject One(WeightRule rule, decimal gPerKg, decimal grams, decimal rounded, Course course)
    {
        var split = course.Days is { } n ? CourseSplit.Even(rounded, n, rule.RoundToGrams) : [rounded];
        var choice = course.Vials is null ? null : VialSearch.Days(split, VialSizes.Of(course.Vials));
        var one = new JsonObject { ["g_per_kg"] = gPerKg, ["unrounded_g"] = Round(grams), ["rounded_g"] = rounded, ["vials"] = choice is null ? null : DecisionJson.Vials(choice) };
        if (course.Days is { } days)
        {
            one["days"] = days;
            one["g_per_day"] = Round(grams / days);
            one["rounded_g_by_day"] = new JsonArray([.. split.Select(g => (JsonNode)g)]);
        }

        if (course.Percent is { } percent)
        {
            one["mL_per_day"] = Round(100 * grams / percent / (course.Days ?? 1));
            one["rounded_mL_by_day"] = new JsonArray([.. split.Select(g => (JsonNode)Round(100 * g / percent)!)]);
        }

        return one;
    }

    private static int? Days(JsonObject request) => request.Whole("days") is not { } days ? null
        : days is >= 1 and <= 30 ? days
        : throw new BatchException("bad-value", $"days is {days}; a course is split over 1 to 30 days.", "days");

    private static decimal? Percent(JsonObject request) => request.Number("pct") is not { } percent ? null
        : percent is >= 1 and <= 25 ? percent
        : throw new BatchException("bad-value", $"pct is {percent}; give the concentration in g per 100 mL, such as 10.", "pct");

    /// <param name="Percent">Concentration in g per 100 mL.</param>
    private sealed record Course(int? Days, decimal? Percent, IReadOnlyList<decimal>? Vials);

    private static WeightRule Rule(KnowledgeBase knowledge, string id)
    {
        if (knowledge.WeightRules.TryGetValue(id, out var rule))
        {
            return rule;
        }

        var near = Spelling.Nearest(id, knowledge.WeightRules.Keys, 1);
        throw new BatchException("unknown-rule", $"There is no weight rule '{id}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; known are {string.Join(", ", knowledge.WeightRules.Keys)}.")}", "rule");
    }

    internal static Product Product(KnowledgeBase knowledge, string id)
    {
        if (knowledge.Products.TryGetValue(id, out var product))
        {
            return product;
        }

        var near = Spelling.Nearest(id, knowledge.Products.Keys, 1);
        throw new BatchException("unknown-product", $"There is no product '{id}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "; 'igloop knowledge list products' shows them.")}", "product");
    }

    private static IReadOnlyList<decimal> SizesOf(KnowledgeBase knowledge, string id) => [.. Product(knowledge, id).Vials.Select(v => v.Grams)];

    private static Sex? SexOf(string? text) => text?.ToUpperInvariant() switch
    {
        null => null,
        "F" or "FEMALE" => Sex.Female,
        "M" or "MALE" => Sex.Male,
        _ => throw new BatchException("bad-value", $"sex must be F or M, not '{text}'.", "sex"),
    };

    private static JsonValue? Round(decimal? value) => value is { } v ? JsonValue.Create(Math.Round(v, 6) / 1.000000000000000000m) : null;

    private static string Text(JsonObject result)
    {
        var lines = new List<string>();
        foreach (var (key, label, unit) in new[] { ("bmi", "BMI", "kg/m²"), ("ibw_kg", "ideal weight", "kg"), ("adjusted_kg", "adjusted weight", "kg"), ("dosing_weight_kg", "dosing weight", "kg") })
        {
            if (result[key] is { } value)
            {
                lines.Add($"{label,-16} {value.GetValue<decimal>().ToString("0.##", CultureInfo.InvariantCulture)} {unit}");
            }
        }

        lines.Add($"{"why",-16} {result["why"]} (rule {result["rule"]})");
        if (result["doses"] is JsonArray doses)
        {
            lines.AddRange(doses.Select(d => $"{"dose",-16} {Dose(d!.AsObject())}"));
        }

        if (result["candidates"] is JsonArray candidates)
        {
            lines.Add("The source leaves two readings open; choose one:");
            foreach (var c in candidates)
            {
                lines.Add($"  {c!["reading"]}: {c["dosing_weight_kg"]!.GetValue<decimal>().ToString("0.##", CultureInfo.InvariantCulture)} kg");
                lines.AddRange(c["doses"]!.AsArray().Select(d => $"    {Dose(d!.AsObject())}"));
            }
        }

        lines.AddRange(result["warnings"]!.AsArray().Select(w => $"{"note",-16} {w!["message"]}"));
        return string.Join('\n', lines);
    }

    private static string Dose(JsonObject d)
    {
        var vials = d["vials"] is JsonObject v ? "   vials " + string.Join(" + ", v.Select(x => $"{x.Value} × {x.Key} g")) : "";
        return $"{d["g_per_kg"]} g/kg = {d["unrounded_g"]!.GetValue<decimal>().ToString("0.##", CultureInfo.InvariantCulture)} g → {d["rounded_g"]} g{Split(d)}{vials}";
    }

    private static string Split(JsonObject d)
    {
        var grams = d["rounded_g_by_day"] is JsonArray g ? $" = {string.Join(" + ", g)} g by the day" : "";
        var volume = d["rounded_mL_by_day"] is JsonArray m ? $", {string.Join(" + ", m)} mL" : "";
        return grams + volume;
    }
}
