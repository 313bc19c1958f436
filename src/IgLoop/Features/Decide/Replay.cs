using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Features.Decide;

/// <summary>The request line with which <c>igloop decide --ndjson</c> gives the same decision again.</summary>
public static class Replay
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(DecisionRequest request, Chart chart)
    {
        var facts = new JsonObject();
        foreach (var (fact, value) in chart.Entries)
        {
            facts[fact.Id] = Value(fact, value);
        }

        var line = new JsonObject { ["id"] = "1" };
        Add("condition", request.Condition);
        Add("goal", request.Goal);
        Add("product", request.Product);
        Add("authority", request.Authority);
        Add("g_per_kg", request.GPerKg);
        Add("days", request.Days);
        Add("phase", request.Phase == Phase.Maintenance ? "maintenance" : "induction");
        Add("course_number", request.CourseNumber);
        Add("weight_rule", request.WeightRule);
        Add("at", Iso(request.At));
        line["chart"] = facts;
        return line;

        void Add(string key, JsonNode? value)
        {
            if (value is not null)
            {
                line[key] = value;
            }
        }
    }

    /// <summary>The same, laid out for reading; as one line it is what the command line takes.</summary>
    public static string Text(DecisionRequest request, Chart chart) => Of(request, chart).ToJsonString(Readable);

    private static JsonNode Value(FactDefinition fact, FactValue value)
    {
        JsonNode plain = fact.Type switch
        {
            FactType.Boolean => value.AsBoolean,
            FactType.Choice => value.Text ?? "",
            FactType.Date => Iso(value.AsDate),
            _ => value.Number,
        };
        if (value.At is null)
        {
            return plain;
        }

        var dated = new JsonObject { ["value"] = plain };
        if (fact.Unit is { } unit)
        {
            dated["unit"] = unit.Code;
        }

        dated["on"] = Iso(value.At.Value);
        return dated;
    }

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
