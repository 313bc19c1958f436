using System.Globalization;

namespace IgLoop.Core.Knowledge.Reading;

/// <summary>
/// A value as it was given, whatever brought it: a JSON request, a case file, a web form, a command line. Numbers are decimal; nothing is
/// interpreted yet, and a null stays apart from what was not given at all.
/// </summary>
public abstract record Given
{
    private Given()
    {
    }

    public sealed record Null : Given;

    public sealed record Flag(bool Value) : Given;

    public sealed record Number(decimal Value) : Given;

    public sealed record Text(string Value) : Given;

    public sealed record List(IReadOnlyList<Given> Items) : Given;

    /// <summary>Keys in the order in which they were given.</summary>
    public sealed record Map(IReadOnlyList<KeyValuePair<string, Given>> Pairs) : Given
    {
        public Given? Find(string key)
        {
            foreach (var (k, v) in Pairs)
            {
                if (k == key)
                {
                    return v;
                }
            }

            return null;
        }
    }

    public static Given Nothing { get; } = new Null();

    public static Map Empty { get; } = new([]);

    public static Given Of(decimal? value) => value is { } v ? new Number(Plain(v)) : Nothing;

    public static Given Of(bool? value) => value is { } v ? new Flag(v) : Nothing;

    public static Given Of(string? value) => value is { } v ? new Text(v) : Nothing;

    public static Given Of(IEnumerable<string> values) => new List([.. values.Select(Of)]);

    public static Given Of(IEnumerable<decimal?> values) => new List([.. values.Select(Of)]);

    public static Map Of(params IEnumerable<(string Key, Given Value)> pairs) => new([.. pairs.Select(p => KeyValuePair.Create(p.Key, p.Value))]);

    /// <summary>A plain scalar of YAML or of a command line: true, false, a number, nothing, or a text.</summary>
    public static Given Scalar(string? text, bool quoted = false)
    {
        if (quoted)
        {
            return Of(text);
        }

        return text switch
        {
            null or "" or "~" or "null" or "?" => Nothing,
            "true" or "yes" => Of(true),
            "false" or "no" => Of(false),
            _ when decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => Of(number),
            _ => Of(text),
        };
    }

    /// <summary>The value in one word, for messages.</summary>
    public string Show() => this switch
    {
        Flag f => f.Value ? "true" : "false",
        Number n => n.Value.ToString(CultureInfo.InvariantCulture),
        Text t => $"'{t.Value}'",
        List l => $"[{string.Join(", ", l.Items.Select(i => i.Show()))}]",
        Map m => $"{{{string.Join(", ", m.Pairs.Select(p => $"{p.Key}: {p.Value.Show()}"))}}}",
        _ => "null",
    };

    /// <summary>The same value: order of keys does not matter, 20 equals 20.0.</summary>
    public bool Same(Given other) => (this, other) switch
    {
        (List a, List b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => p.First.Same(p.Second)),
        (Map a, Map b) => a.Pairs.Count == b.Pairs.Count && a.Pairs.All(p => b.Find(p.Key) is { } v && p.Value.Same(v)),
        _ => Equals(other),
    };

    /// <summary>Without trailing zeros: 20.0 becomes 20.</summary>
    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
