using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Scoring;
using Value = IgLoop.Core.Knowledge.Reading.Given;

namespace IgLoop.Features.Scores;

/// <summary>A score as JSON: the names of the contract first, then how it came about.</summary>
public static class ScoreJson
{
    public static JsonObject Of(ScoreResult result)
    {
        var o = new JsonObject { ["instrument"] = result.Instrument };
        if (result.Version is { } version)
        {
            o["version"] = version;
        }

        foreach (var (name, value) in result.Values)
        {
            o[name] = Node(value);
        }

        if (result.Bands.Count > 0)
        {
            o["bands"] = new JsonArray([.. result.Bands.Select(b => (JsonNode)new JsonObject
            {
                ["scheme"] = b.Scheme.Id,
                ["name"] = b.Scheme.Name,
                ["label"] = b.Band?.Label,
                ["source"] = new JsonArray([.. b.Scheme.Provenance.Sources.Select(s => (JsonNode)s)]),
                ["status"] = b.Scheme.Provenance.Status.ToString().ToLowerInvariant(),
            })]);
        }

        o["flags"] = Texts(result.Flags);
        o["missing"] = Texts(result.Missing);
        o["unverified"] = Texts(result.Unverified);
        o["may_decide_review"] = result.MayDecide;
        o["warnings"] = Texts(result.Warnings);
        o["working"] = Texts(result.Working);
        return o;
    }

    public static JsonNode? Node(Value value) => value switch
    {
        Value.Flag f => JsonValue.Create(f.Value),
        Value.Number n => JsonValue.Create(n.Value),
        Value.Text t => JsonValue.Create(t.Value),
        Value.List l => new JsonArray([.. l.Items.Select(Node)]),
        Value.Map m => new JsonObject(m.Pairs.Select(p => KeyValuePair.Create(p.Key, Node(p.Value)))),
        _ => null,
    };

    /// <summary>What was given, as the scores read it; a number beyond decimal is refused.</summary>
    public static Value Given(JsonNode? node) => node switch
    {
        null => Value.Nothing,
        JsonObject o => new Value.Map([.. o.Select(p => KeyValuePair.Create(p.Key, Given(p.Value)))]),
        JsonArray a => new Value.List([.. a.Select(Given)]),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.True => Value.Of(true),
            JsonValueKind.False => Value.Of(false),
            JsonValueKind.String => Value.Of(node.GetValue<string>()),
            JsonValueKind.Number => node.AsValue().TryGetValue<decimal>(out var d) ? Value.Of(d) : throw new ScoringException("out_of_range", $"{node.ToJsonString()} is no number that a score can hold.", node.GetPath()),
            _ => Value.Nothing,
        },
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
