using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Quantities;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IgLoop.Core.Knowledge.Reading;

/// <summary>
/// One mapping of a knowledge file, read strictly: every key is asked for by name, a key that nobody asked for is a problem,
/// and every problem carries file, line and key. Reading goes on after a problem so that one check shows them all.
/// </summary>
public sealed class Block
{
    private readonly YamlMappingNode node;
    private readonly List<KnowledgeProblem> problems;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    private Block(string file, string path, YamlMappingNode node, List<KnowledgeProblem> problems)
    {
        File = file;
        Path = path;
        this.node = node;
        this.problems = problems;
    }

    public string File { get; }

    /// <summary>Dotted path of the mapping in its file; empty at the top.</summary>
    public string Path { get; }

    public Place Place => new(File, (int)node.Start.Line);

    /// <summary>The keys in the order of the file.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(k => k.Value ?? "");

    /// <summary>Opens a file whose top is a mapping; null, with a problem, when it is not YAML or not a mapping.</summary>
    public static Block? Open(KnowledgeFile file, List<KnowledgeProblem> problems)
    {
        try
        {
            if (YamlText.Mapping(file.Text) is { } top)
            {
                return new Block(file.Path, "", top, problems);
            }

            problems.Add(new(new(file.Path, 1), "(file)", "must hold one mapping of keys to values."));
        }
        catch (YamlMistakeException e)
        {
            problems.Add(new(new(file.Path, e.Line), "(file)", $"is not YAML, column {e.Column}: {e.Message}."));
        }

        return null;
    }

    public void Problem(string key, string message) => problems.Add(new(PlaceOf(key), PathOf(key), message));

    public Place PlaceOf(string key) => Find(key) is { } n ? new(File, (int)n.Start.Line) : Place;

    public bool Has(string key) => Find(key) is not null;

    /// <summary>A text that must be there.</summary>
    public string Text(string key)
    {
        if (OptionalText(key) is { Length: > 0 } text)
        {
            return text;
        }

        Problem(key, "is missing.");
        return "";
    }

    public string? OptionalText(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: var v, Style: var style }:
                return style == ScalarStyle.Plain && v is "" or "~" or "null" ? null : v;
            default:
                Problem(key, "must be one text, not a list or a mapping.");
                return null;
        }
    }

    /// <summary>A list of texts; one text counts as a list of one; absent is empty.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Ask(key))
        {
            case null:
                return [];
            case YamlScalarNode { Value: { Length: > 0 } v }:
                return [v];
            case YamlSequenceNode list:
                return [.. list.Children.Select((c, i) =>
                {
                    if (c is YamlScalarNode { Value: { } v })
                    {
                        return v;
                    }

                    problems.Add(new(new(File, (int)c.Start.Line), $"{PathOf(key)}[{i}]", "must be a text."));
                    return "";
                })];
            default:
                Problem(key, "must be a text or a list of texts.");
                return [];
        }
    }

    public bool Flag(string key)
    {
        switch (OptionalText(key))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            case var other:
                Problem(key, $"must be true or false, not '{other}'.");
                return false;
        }
    }

    public bool? OptionalFlag(string key) => Has(key) ? Flag(key) : null;

    public int? Integer(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        Problem(key, $"must be a whole number, not '{text}'.");
        return null;
    }

    /// <summary>A number with its unit, in <paramref name="unit"/>; a bare number is a problem.</summary>
    public decimal? Number(string key, string unit) => Range(key, unit) is { } r ? One(key, r) : null;

    /// <summary>A number without unit: a count or a factor.</summary>
    public decimal? Count(string key) => CountRange(key) is { } r ? One(key, r) : null;

    /// <summary>A range or one number with its unit: <c>1..2 g/kg</c>; converted into <paramref name="unit"/>.</summary>
    public Range? Range(string key, string unit)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        if (!Amount.TryParse(text, out var amount) || amount.Unit is null)
        {
            Problem(key, $"must be a number with its unit ({unit}), such as '2 {unit}', not '{text}'.");
            return null;
        }

        var to = Unit.Parse(unit);
        if (!Unit.TryParse(amount.Unit, out var from, out var why))
        {
            Problem(key, $"has a unit that is not UCUM: {why}");
            return null;
        }

        if (!from.IsComparableTo(to))
        {
            Problem(key, $"is in '{amount.Unit}', which cannot be converted to '{unit}'.");
            return null;
        }

        if (amount.Low < 0)
        {
            Problem(key, $"cannot be negative ('{text}').");
            return null;
        }

        return new(from.Convert(amount.Low, to), from.Convert(amount.High, to));
    }

    /// <summary>True when the scalar of a key is written in quotes: a number without unit that is meant to have none.</summary>
    public bool Quoted(string key) => Ask(key) is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.SingleQuoted or YamlDotNet.Core.ScalarStyle.DoubleQuoted };

    /// <summary>A range or one number without unit: <c>2..5</c>.</summary>
    public Range? CountRange(string key)
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        if (!Amount.TryParse(text, out var amount) || amount.Unit is not null)
        {
            Problem(key, $"must be a count or a range of counts without unit, such as '5' or '2..5', not '{text}'.");
            return null;
        }

        return new(amount.Low, amount.High);
    }

    /// <summary>A list of numbers with one unit: <c>[0.005, 0.01] </c> with the unit given by the key's sibling or in each text.</summary>
    public IReadOnlyList<decimal> Numbers(string key, string unit) =>
        [.. Texts(key).Select(t =>
        {
            if (Amount.TryParse(t, out var a) && a.Low == a.High && (a.Unit == unit || (a.Unit is null && unit.Length == 0)))
            {
                return a.Low;
            }

            Problem(key, $"must list numbers in {(unit.Length == 0 ? "plain form" : unit)}, not '{t}'.");
            return 0m;
        })];

    /// <summary>One of the names of an enumeration, written with underscores.</summary>
    public T Name<T>(string key, T? fallback = null)
        where T : struct, Enum
    {
        if (OptionalText(key) is not { } text)
        {
            if (fallback is null)
            {
                Problem(key, $"is missing; one of {string.Join(", ", Names<T>.All.Keys)}.");
            }

            return fallback ?? default;
        }

        if (Names<T>.All.TryGetValue(text, out var value))
        {
            return value;
        }

        Problem(key, $"must be one of {string.Join(", ", Names<T>.All.Keys)}, not '{text}'.");
        return default;
    }

    public Block? Inner(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case YamlMappingNode m:
                return new(File, PathOf(key), m, problems);
            default:
                Problem(key, "must be a mapping of keys to values.");
                return null;
        }
    }

    /// <summary>A list of mappings; absent is empty.</summary>
    public IReadOnlyList<Block> Inners(string key)
    {
        switch (Ask(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                var blocks = new List<Block>();
                foreach (var (child, i) in list.Children.Select((c, i) => (c, i)))
                {
                    if (child is YamlMappingNode m)
                    {
                        blocks.Add(new(File, $"{PathOf(key)}[{i}]", m, problems));
                    }
                    else
                    {
                        problems.Add(new(new(File, (int)child.Start.Line), $"{PathOf(key)}[{i}]", "must be a mapping of keys to values."));
                    }
                }

                return blocks;
            default:
                Problem(key, "must be a list of mappings.");
                return [];
        }
    }

    /// <summary>Inner mapping of free keys to texts.</summary>
    public IReadOnlyDictionary<string, string> TextsByKey(string key) =>
        Inner(key) is { } b ? b.Keys.ToDictionary(k => k, b.Text, StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Inner mapping of free keys to lists of texts.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> ListsByKey(string key) =>
        Inner(key) is { } b ? b.Keys.ToDictionary(k => k, b.Texts, StringComparer.Ordinal) : [];

    /// <summary>A value of any shape, as it was written; for worked cases. A key that is not there is null.</summary>
    public Given? Value(string key) => Ask(key) is { } n ? GivenOf(n) : null;

    /// <summary>Marks a key as used and gives its value as "key: value" lines, whatever its shape; for trees that are only displayed.</summary>
    public IReadOnlyList<string> Lines(string key) => Ask(key) is { } n ? [.. Flatten(n, "")] : [];

    /// <summary><c>source</c>, <c>status</c> and <c>field_status</c> of this mapping.</summary>
    public Provenance Provenance(bool sourceRequired = true, Status? inherited = null)
    {
        var sources = Texts("source");
        if (sources.Count == 0 && sourceRequired)
        {
            Problem("source", "is missing: say where this comes from.");
        }

        var status = Name("status", inherited);
        var fields = Inner("field_status") is { } f ? f.Keys.ToDictionary(k => k, k => f.Name<Status>(k), StringComparer.Ordinal) : [];
        return new(sources, status, fields);
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var key in Keys.Where(k => !asked.Contains(k)))
        {
            var near = Spelling.Nearest(key, asked, 1);
            Problem(key, near.Count > 0 ? $"is not a key here; did you mean '{near[0]}'?" : $"is not a key here; known are {string.Join(", ", asked.Order(StringComparer.Ordinal))}.");
        }
    }

    private static Given GivenOf(YamlNode node) => node switch
    {
        YamlScalarNode s => Given.Scalar(s.Value, s.Style != ScalarStyle.Plain),
        YamlSequenceNode q => new Given.List([.. q.Children.Select(GivenOf)]),
        YamlMappingNode m => new Given.Map([.. m.Children.Select(p => KeyValuePair.Create(((YamlScalarNode)p.Key).Value ?? "", GivenOf(p.Value)))]),
        _ => Given.Nothing,
    };

    private static IEnumerable<string> Flatten(YamlNode node, string path) => node switch
    {
        YamlScalarNode s => [path.Length == 0 ? s.Value ?? "" : $"{path}: {s.Value}"],
        YamlSequenceNode q when q.Children.All(c => c is YamlScalarNode) =>
            [(path.Length == 0 ? "" : path + ": ") + string.Join(", ", q.Children.Cast<YamlScalarNode>().Select(c => c.Value))],
        YamlSequenceNode q => q.Children.SelectMany((c, i) => Flatten(c, $"{path} {i + 1}".Trim())),
        YamlMappingNode m => m.Children.SelectMany(p => Flatten(p.Value, $"{path} {((YamlScalarNode)p.Key).Value}".Trim())),
        _ => [],
    };

    private decimal One(string key, Range range)
    {
        if (!range.IsOne)
        {
            Problem(key, "must be one number, not a range.");
        }

        return range.Low;
    }

    private YamlNode? Ask(string key)
    {
        asked.Add(key);
        return Find(key);
    }

    private YamlNode? Find(string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var n) ? n : null;

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<string, T> All = Enum.GetValues<T>().ToDictionary(v => Snake(v.ToString()), v => v, StringComparer.OrdinalIgnoreCase);
    }

    private static string Snake(string pascal) =>
        string.Concat(pascal.Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
