using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Scoring;

/// <summary>
/// The inputs of one score, read by name. What is null, and what is absent, is unknown; a value of the wrong kind, out of range or in a unit
/// that does not fit is refused by name; a name that nobody asked for is refused with the nearest one (<see cref="OnlyAsked"/>).
/// </summary>
public sealed class ScoreInputs(Given.Map map, string path = "")
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> alsoKnown = new(StringComparer.Ordinal);

    public Given.Map Map { get; } = map;

    /// <summary>The names that were given, in order.</summary>
    public IEnumerable<string> Names => Map.Pairs.Select(p => p.Key);

    public bool Has(string name) => Ask(name) is not null;

    /// <summary>The value as given; null when absent.</summary>
    public Given? Value(string name) => Ask(name);

    /// <summary>A number without unit; null when unknown.</summary>
    public decimal? Number(string name, decimal? low = null, decimal? high = null)
    {
        var value = NumberOf(Ask(name), Path(name), null);
        return value is { } v ? Within(v, low, high, Path(name)) : null;
    }

    /// <summary>A number in a unit; a bare number is in that unit, a text may carry another that converts into it.</summary>
    public decimal? NumberIn(string name, string unit, decimal? low = null, decimal? high = null)
    {
        var value = NumberOf(Ask(name), Path(name), unit);
        return value is { } v ? Within(v, low, high, Path(name)) : null;
    }

    /// <summary>A value of a total, in its range and on its steps; null when unknown.</summary>
    public decimal? OfTotal(string name, Knowledge.Instruments.ScoreTotal total)
    {
        var value = Number(name, total.Low, total.High);
        return value is { } v && (v - total.Low) % total.Step != 0
            ? throw new ScoringException("not_whole", $"{Path(name)} goes in steps of {Show(total.Step)}, so {Show(v)} is not possible.", Path(name))
            : value;
    }

    /// <summary>A number that must be there.</summary>
    public decimal NeedNumber(string name, decimal? low = null, decimal? high = null) => Number(name, low, high) ?? throw Missing(name, "a number");

    /// <summary>A whole number; null when unknown.</summary>
    public int? Whole(string name, int low, int high)
    {
        if (Number(name, low, high) is not { } v)
        {
            return null;
        }

        return v == Math.Floor(v) ? (int)v : throw new ScoringException("not_whole", $"{Path(name)} must be a whole number, not {Show(v)}.", Path(name));
    }

    /// <summary>Yes or no; null when unknown.</summary>
    public bool? Flag(string name) => Ask(name) switch
    {
        null or Given.Null => null,
        Given.Flag f => f.Value,
        Given.Number { Value: 0 } => false,
        Given.Number { Value: 1 } => true,
        Given.Text { Value: "true" or "yes" } => true,
        Given.Text { Value: "false" or "no" } => false,
        Given.Text { Value: "unknown" } => null,
        var other => throw Kind(Path(name), "true, false or null", other),
    };

    /// <summary>A text; null when unknown.</summary>
    public string? Text(string name) => Ask(name) switch
    {
        null or Given.Null => null,
        Given.Text t => t.Value,
        Given.Number n => Show(n.Value),
        var other => throw Kind(Path(name), "a text", other),
    };

    /// <summary>One of some words; null when unknown.</summary>
    public string? Word(string name, params string[] words)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return words.Contains(text) ? text : throw new ScoringException("bad_value", $"{Path(name)} must be one of {string.Join(", ", words)}, not '{text}'{Near(text, words)}", Path(name));
    }

    public string NeedWord(string name, params string[] words) => Word(name, words) ?? throw Missing(name, $"one of {string.Join(", ", words)}");

    /// <summary>A list of texts; absent is empty.</summary>
    public IReadOnlyList<string> Texts(string name) => Ask(name) switch
    {
        null or Given.Null => [],
        Given.Text t => [t.Value],
        Given.List l => [.. l.Items.Select(i => i is Given.Text t ? t.Value : throw Kind(Path(name), "a list of texts", i))],
        var other => throw Kind(Path(name), "a list of texts", other),
    };

    /// <summary>A list of numbers, null for what is unknown; null when the list itself is unknown.</summary>
    public IReadOnlyList<decimal?>? Numbers(string name, decimal? low = null, decimal? high = null) => Ask(name) switch
    {
        null or Given.Null => null,
        Given.List l => [.. l.Items.Select((x, n) => NumberOf(x, $"{Path(name)}[{n}]", null) is { } v ? Within(v, low, high, $"{Path(name)}[{n}]") : (decimal?)null)],
        var other => throw Kind(Path(name), "a list of numbers", other),
    };

    /// <summary>Values by key; null when absent.</summary>
    public ScoreInputs? Inner(string name) => Ask(name) switch
    {
        null or Given.Null => null,
        Given.Map m => new(m, Path(name)),
        var other => throw Kind(Path(name), "a mapping of names to values", other),
    };

    /// <summary>A list of mappings; absent is empty.</summary>
    public IReadOnlyList<ScoreInputs> Inners(string name) => Ask(name) switch
    {
        null or Given.Null => [],
        Given.List l => [.. l.Items.Select((x, n) => x is Given.Map m ? new ScoreInputs(m, $"{Path(name)}[{n}]") : throw Kind($"{Path(name)}[{n}]", "a mapping of names to values", x))],
        var other => throw Kind(Path(name), "a list of mappings", other),
    };

    /// <summary>Names that a caller reads in its own way.</summary>
    public void Accept(params IEnumerable<string> names) => asked.UnionWith(names);

    /// <summary>Names that would be taken, to be suggested where one is misspelt.</summary>
    public void AlsoKnown(IEnumerable<string> names) => alsoKnown.UnionWith(names);

    /// <summary>Refuses a name that nobody asked for.</summary>
    public void OnlyAsked()
    {
        foreach (var name in Names.Where(n => !asked.Contains(n)))
        {
            var near = Spelling.Nearest(name, asked.Concat(alsoKnown), 1);
            throw new ScoringException("unknown_input", $"There is no input '{Path(name)}' here{Near(name, near.Count > 0 ? near : asked)}", Path(name));
        }
    }

    public string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    public ScoringException Missing(string name, string what) => new("missing", $"{Path(name)} is missing; give {what}.", Path(name));

    /// <summary>"; did you mean 'x'?", or the known words.</summary>
    public static string Near(string word, IEnumerable<string> known)
    {
        var all = known.ToList();
        return Spelling.Nearest(word, all, 1) is [var near] ? $"; did you mean '{near}'?" : all.Count is 0 or > 30 ? "." : $"; known are {string.Join(", ", all)}.";
    }

    /// <summary>A given value as a number in a unit.</summary>
    public static decimal? NumberOf(Given? value, string where, string? unit)
    {
        switch (value)
        {
            case null or Given.Null:
                return null;
            case Given.Number n:
                return n.Value;
            case Given.Text { Value: var text } when Amount.TryParse(text, out var amount) && amount.Low == amount.High:
                return amount.Unit is null ? amount.Low : Converted(amount.Low, amount.Unit, unit, where);
            default:
                throw Kind(where, "a number", value);
        }
    }

    public static decimal Within(decimal value, decimal? low, decimal? high, string where) =>
        (low is not { } l || value >= l) && (high is not { } h || value <= h)
            ? value
            : throw new ScoringException("out_of_range", $"{where} is {Show(value)}, but must lie {Between(low, high)}.", where);

    public static string Show(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static decimal Converted(decimal value, string from, string? to, string where)
    {
        if (to is null)
        {
            throw new ScoringException("unit_mismatch", $"{where} has no unit, but '{from}' was given; write the number alone.", where);
        }

        if (from == to)
        {
            return value;
        }

        return Unit.TryParse(from, out var a, out _) && Unit.TryParse(to, out var b, out _) && a.IsComparableTo(b)
            ? a.Convert(value, b)
            : throw new ScoringException("unit_mismatch", $"{where} is in '{from}', which cannot be converted to '{to}'.", where);
    }

    private static string Between(decimal? low, decimal? high) => (low, high) switch
    {
        ({ } l, { } h) => $"between {Show(l)} and {Show(h)}",
        ({ } l, null) => $"at or above {Show(l)}",
        (_, { } h) => $"at or below {Show(h)}",
        _ => "in its range",
    };

    private static ScoringException Kind(string where, string what, Given given) => new("bad_value", $"{where} must be {what}, not {given.Show()}.", where);

    private Given? Ask(string name)
    {
        asked.Add(name);
        return Map.Find(name);
    }
}
