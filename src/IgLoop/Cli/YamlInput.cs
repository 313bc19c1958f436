using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Facts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IgLoop.Cli;

/// <summary>A request that a person wrote as YAML (or JSON, which is YAML), in the form that programs send.</summary>
internal static class YamlInput
{
    // Aliases of aliases grow a small file into a huge one; no request nests or holds this much.
    private const int DeepestLevel = 20;
    private const int MostNodes = 100_000;

    /// <exception cref="BatchException">It is not YAML, or not one mapping.</exception>
    public static JsonObject Read(string text)
    {
        try
        {
            var count = 0;
            return (JsonObject)Node(YamlText.Mapping(text) ?? throw new BatchException("not-an-object", "A request holds one 'key: value' a line; this holds none.", "line 1"), 0, ref count)!;
        }
        catch (YamlMistakeException e)
        {
            throw new BatchException("not-yaml", $"This is not YAML that can be read: {e.Message}.", e.Where);
        }
    }

    private static JsonNode? Node(YamlNode node, int level, ref int count)
    {
        if (level > DeepestLevel || ++count > MostNodes)
        {
            throw new BatchException("too-large", $"The request is nested or repeated too much; use at most {DeepestLevel} levels and {MostNodes} values.", $"line {node.Start.Line}");
        }

        switch (node)
        {
            case YamlMappingNode map:
                var o = new JsonObject();
                foreach (var (key, value) in map.Children)
                {
                    o[(key as YamlScalarNode)?.Value ?? throw new BatchException("bad-value", "A key must be a word.", $"line {key.Start.Line}")] = Node(value, level + 1, ref count);
                }

                return o;
            case YamlSequenceNode list:
                var a = new JsonArray();
                foreach (var item in list.Children)
                {
                    a.Add(Node(item, level + 1, ref count));
                }

                return a;
            case YamlScalarNode { Style: ScalarStyle.Plain } scalar:
                return scalar.Value switch
                {
                    null or "" or "~" or "null" => null,
                    "true" => true,
                    "false" => false,
                    var t when decimal.TryParse(t, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var d) => d,
                    var t => t,
                };
            case YamlScalarNode quoted:
                return quoted.Value;
            default:
                throw new BatchException("bad-value", "This kind of YAML is not read here.", $"line {node.Start.Line}");
        }
    }
}
