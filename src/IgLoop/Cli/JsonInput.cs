using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Facts;

namespace IgLoop.Cli;

/// <summary>Reads the keys of a batch request, with an error that names the key.</summary>
internal static class JsonInput
{
    public static decimal? Number(this JsonObject o, string key)
    {
        if (o[key] is not { } node)
        {
            return null;
        }

        return node is JsonValue v && v.GetValueKind() == JsonValueKind.Number && TryDecimal(v, out var d)
            ? d
            : throw new BatchException("bad-value", $"{key} must be a number.", key);
    }

    /// <summary>A number read from text is a decimal; one that the command line put together may be a whole number.</summary>
    private static bool TryDecimal(JsonValue v, out decimal d)
    {
        if (v.TryGetValue(out d))
        {
            return true;
        }

        var whole = v.TryGetValue<int>(out var i);
        d = i;
        return whole;
    }

    public static decimal NeedNumber(this JsonObject o, string key) => o.Number(key) ?? throw new BatchException("missing", $"{key} is missing; give a number.", key);

    public static int? Whole(this JsonObject o, string key) => o.Number(key) is { } d
        ? d == Math.Floor(d) && Math.Abs(d) < int.MaxValue ? (int)d : throw new BatchException("bad-value", $"{key} must be a whole number.", key)
        : null;

    public static string? Text(this JsonObject o, string key) => o[key] is { } node
        ? node is JsonValue v && v.TryGetValue<string>(out var s) ? s : throw new BatchException("bad-value", $"{key} must be a text.", key)
        : null;

    public static bool Flag(this JsonObject o, string key) => o[key] is { } node
        && (node is JsonValue v && v.TryGetValue<bool>(out var b) ? b : throw new BatchException("bad-value", $"{key} must be true or false.", key));

    /// <summary>A number or a list of numbers.</summary>
    public static IReadOnlyList<decimal> Numbers(this JsonObject o, string key) => o[key] switch
    {
        null => [],
        JsonArray list => [.. list.Select(n => n is JsonValue v && v.TryGetValue<decimal>(out var d) ? d : throw new BatchException("bad-value", $"{key} must hold numbers only.", key))],
        _ => [o.NeedNumber(key)],
    };

    /// <summary>Refuses keys that are not known, with the nearest one.</summary>
    public static void OnlyKeys(this JsonObject o, params string[] known)
    {
        foreach (var (key, _) in o)
        {
            if (!known.Contains(key))
            {
                var near = Spelling.Nearest(key, known, 1);
                throw new BatchException("unknown-key", $"There is no '{key}' here{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; known are {string.Join(", ", known)}.")}", key);
            }
        }
    }
}
