using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;

namespace IgLoop.Features.Synthesis;

/// <summary>What is wanted beside the pooled effect.</summary>
public sealed record MetaExtras
{
    public bool Tau2Ci { get; init; }
    public bool Egger { get; init; }
    public SizePredictor Predictor { get; init; }
    public bool Begg { get; init; }
    public FillEstimator? Fill { get; init; }
    public bool? FillOnTheRight { get; init; }
    public bool LeaveOneOut { get; init; }

    /// <summary>Column by which studies are added; empty for the order given; null for no cumulative analysis.</summary>
    public string? Cumulative { get; init; }
    public bool Influence { get; init; }
    public IReadOnlyList<string> Moderators { get; init; } = [];
    public string? Subgroup { get; init; }
    public bool CommonTau2 { get; init; }
    public bool Studies { get; init; }
    public bool Fisher { get; init; }
    public bool EveryPrediction { get; init; }
}

/// <summary>One analysis that is asked for.</summary>
public sealed record MetaRequest(IReadOnlyList<TrialRow> Rows, SynthesisOptions Options, MetaExtras Extras)
{
    /// <summary>Reads a request line: <c>measure, method, data[], options</c>.</summary>
    public static MetaRequest Read(JsonObject request)
    {
        request.OnlyKeys("id", "title", "measure", "method", "data", "options", "provenance");
        var (options, extras) = MetaOptions.Read(request.Text("measure"), request.Text("method"), request["options"] switch
        {
            null => [],
            JsonObject o => o,
            _ => throw new BatchException("bad-value", "options must be an object.", "options"),
        });
        var data = request["data"] as JsonArray ?? throw new BatchException("missing", "data is missing; give a list with one object a study.", "data");
        var fields = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rows = data.Select((node, i) => Row(node, i + 1, options, extras, fields, names)).ToList();
        if (rows.Count > 0)
        {
            Columns.Need(options.Measure, fields, names);
        }

        return new(rows, options, extras);
    }

    private static TrialRow Row(JsonNode? node, int number, SynthesisOptions options, MetaExtras extras, HashSet<string> fields, HashSet<string> names)
    {
        var o = node as JsonObject ?? throw new BatchException("bad-value", "A study must be an object.", $"data row {number}");
        var reading = new RowReading(number, $"row {number}", options.Measure);
        foreach (var (key, value) in o)
        {
            var field = Columns.FieldOf(key);
            if (key == extras.Subgroup || (field == "subgroup" && extras.Subgroup is null))
            {
                reading.Subgroup = value?.ToString();
            }

            names.Add(key);
            if (value is null)
            {
                Note(field);
                continue;
            }

            reading.Other(key, Plain(value));
            switch (field)
            {
                case "study":
                    reading.Label = value.ToString();
                    break;
                case "ci" when value is JsonArray ends:
                    var (low, high) = Ends(ends, number);
                    reading.Number("ci_low", low);
                    reading.Number("ci_high", high);
                    fields.Add("ci_low");
                    break;
                case "unit":
                    reading.Unit = value.ToString();
                    break;
                case null or "subgroup":
                    break;
                default:
                    reading.Number(field, Double(value, field, number));
                    Note(field);
                    break;
            }
        }

        return reading.Row();

        void Note(string? field)
        {
            foreach (var f in MetaCsv.Means(field, options.Measure, o.Select(p => Columns.FieldOf(p.Key))))
            {
                fields.Add(f);
            }
        }
    }

    private static string Plain(JsonNode value) => value is JsonValue v && v.TryGetValue<double>(out var d) ? d.ToString("R", CultureInfo.InvariantCulture) : value.ToString();

    private static (double Low, double High) Ends(JsonArray ends, int row) => ends is [{ } low, { } high]
        ? (Double(low, "ci", row), Double(high, "ci", row))
        : throw new BatchException("bad-value", "An interval is two numbers, lower end first.", $"row {row}, column ci");

    private static double Double(JsonNode value, string field, int row) => value is JsonValue v && v.GetValueKind() == JsonValueKind.Number && v.TryGetValue<double>(out var d)
        ? d
        : throw new BatchException("not-a-number", $"{field} is '{value}', which is not a number.", $"row {row}, column {field}");
}
