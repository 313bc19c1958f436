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
    private const int MostListed = 30;
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> alsoKnown = new(StringComparer.Ordinal);

    public Given.Map Map { get; } = map;

    /// <summary>The names that were given, in order.</summary>
    public IEnumerable<string> Names => Map.Pairs.Select(p => p.Key);

    public bool Has(string name) => Ask(name) is not null;

    /// <summary>The value as given; null when absent.</summary>
    public Given? Value(string name) => Ask(name);

    /// <summary>A number without unit; null when unknown.</summary>
    /// <param name="words">What people call it; null: its words of <see cref="Words"/>.</param>
    public decimal? Number(string name, decimal? low = null, decimal? high = null, string? words = null)
    {
        var named = Named(name, words);
        var value = NumberOf(Ask(name), Path(name), null, named);
        return value is { } v ? Within(v, low, high, Path(name), named) : null;
    }

    /// <summary>A number in a unit; a bare number is in that unit, a text may carry another that converts into it.</summary>
    public decimal? NumberIn(string name, string unit, decimal? low = null, decimal? high = null)
    {
        var value = NumberOf(Ask(name), Path(name), unit, Named(name, null));
        return value is { } v ? Within(v, low, high, Path(name), Named(name, null), unit) : null;
    }

    /// <summary>A value of a total, in its range and on its steps; null when unknown.</summary>
    public decimal? OfTotal(string name, Knowledge.Instruments.ScoreTotal total)
    {
        var value = Number(name, total.Low, total.High, Words?.Invoke(name) ?? total.Name);
        return value is { } v && (v - total.Low) % total.Step != 0
            ? throw new ScoringException("not_whole", $"{Named(name, null)} goes in steps of {Show(total.Step)}, so {Show(v)} is not possible.", Path(name))
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

        return v == Math.Floor(v) ? (int)v : throw new ScoringException("not_whole", $"{Named(name, null)} must be a whole number, not {Show(v)}.", Path(name));
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
        var other => throw Kind(Path(name), "true, false or null", other, Named(name, null)),
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

        return words.Contains(text) ? text : throw new ScoringException("bad_value", $"{Named(name, null)} is '{text}'{OneOf(text, words)}", Path(name));
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
    /// <param name="words">What people call the values of each.</param>
    public IReadOnlyList<ScoreInputs> Inners(string name, Func<string, string?>? words = null) => Ask(name) switch
    {
        null or Given.Null => [],
        Given.List l => [.. l.Items.Select((x, n) => x is Given.Map m ? new ScoreInputs(m, $"{Path(name)}[{n}]") { Words = words } : throw Kind($"{Path(name)}[{n}]", "a mapping of names to values", x))],
        var other => throw Kind(Path(name), "a list of mappings", other),
    };

    /// <summary>Whether a name was neither asked for nor is known to the form.</summary>
    public bool IsStrange(string name) => !asked.Contains(name) && Words?.Invoke(name) is null;

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
            throw new ScoringException("unknown_input", $"There is no input '{Path(name)}' here{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "")}{Known(near.Count > 0)}", Path(name));
        }
    }

    public string Path(string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>What people call an input; null: nothing is known of it but its name.</summary>
    public Func<string, string?>? Words { get; init; }

    /// <summary>The same with what it may be, for a list of what is taken.</summary>
    public Func<string, string?>? Expected { get; init; }

    public ScoringException Missing(string name, string what) => new("missing", $"{Named(name, null)} is missing; give {what}.", Path(name));

    /// <summary>"; did you mean 'x'?" and, where they are few, the known words.</summary>
    public static string Near(string word, IEnumerable<string> known)
    {
        var all = known.Distinct(StringComparer.Ordinal).ToList();
        var list = all.Count is 0 or > MostListed ? null : $"known are {string.Join(", ", all)}.";
        return Suggestion(word, all) is { Length: > 0 } near ? $"{near}?{(list is null || all.Count == 1 ? "" : $" K{list[1..]}")}" : list is null ? "." : $"; {list}";
    }

    /// <summary>"; did you mean 'x'? It must be one of …", for a choice that was misspelt.</summary>
    public static string OneOf(string word, IReadOnlyList<string> choices) =>
        $"{(Suggestion(word, choices) is { Length: > 0 } near ? $"{near}? It" : "; it")} must be one of {string.Join(", ", choices)}.";

    /// <summary>"; did you mean 'x'", to go on with what is possible; empty where nothing is near.</summary>
    public static string Suggestion(string word, IEnumerable<string> known) => Spelling.Nearest(word, known, 1) is [var near] ? $"; did you mean '{near}'" : "";

    /// <summary>Whether a text is a number, or a number with something behind it that may be its unit.</summary>
    public static bool IsAmount(string text) => Split(text) is not null;

    /// <summary>The unit as it was written behind a number; null: none.</summary>
    public static string? UnitOf(string text) => Split(text)?.Unit;

    /// <summary>A given value as a number in a unit.</summary>
    /// <param name="name">What people call it, for the message; null: its place.</param>
    public static decimal? NumberOf(Given? value, string where, string? unit, string? name = null) => value switch
    {
        null or Given.Null => null,
        Given.Number n => n.Value,
        Given.Text { Value: var text } when text.Contains(',', StringComparison.Ordinal) && char.IsAsciiDigit(text[0]) => throw new ScoringException("bad_value", $"{name ?? where}: '{text}' is ambiguous, since a comma may mean thousands or decimals; write the decimal with a point.", where),
        Given.Text { Value: var text } when Split(text) is { } amount => amount.Unit is null ? amount.Number : Converted(amount.Number, amount.Unit, unit, where, name ?? where),
        _ => throw Kind(where, unit is null ? "a number" : $"a number in {unit}", value, name),
    };

    public static decimal Within(decimal value, decimal? low, decimal? high, string where, string? name = null, string? unit = null) =>
        (low is not { } l || value >= l) && (high is not { } h || value <= h)
            ? value
            : throw new ScoringException("out_of_range", $"{name ?? where} is {Show(value)}, but must lie {Between(low, high)}{(unit is null ? "" : $" {unit}")}.", where);

    public static string Show(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static decimal Converted(decimal value, string from, string? to, string where, string name)
    {
        if (to is null)
        {
            throw new ScoringException("unit_mismatch", $"{name} has no unit, but '{from}' was given; write the number alone.", where);
        }

        if (from == to)
        {
            return value;
        }

        if (!Unit.TryParse(UnitSpelling.ToUcum(from), out var a, out _) || !Unit.TryParse(to, out var b, out _))
        {
            throw new ScoringException("unit_mismatch", $"{name} is in '{from}', which is no unit that is known here and cannot be converted to '{to}'; give the number in {to}.", where);
        }

        return a.IsComparableTo(b) ? a.Convert(value, b) : throw new ScoringException("unit_mismatch", $"{name} is in '{from}', which cannot be converted to '{to}'; give the number in {to}.", where);
    }

    /// <summary>A number and what stands behind it, with or without a space between: <c>20mmHg</c>, <c>14 x10^9/L</c>.</summary>
    private static (decimal Number, string? Unit)? Split(string text)
    {
        var t = text.Trim();
        var end = 0;
        while (end < t.Length && (char.IsAsciiDigit(t[end]) || t[end] == '.' || (end == 0 && t[end] is '+' or '-')))
        {
            end++;
        }

        var unit = t[end..].Trim();
        return decimal.TryParse(t[..end], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? (number, unit.Length == 0 ? null : unit) : null;
    }

    private static string Between(decimal? low, decimal? high) => (low, high) switch
    {
        ({ } l, { } h) => $"between {Show(l)} and {Show(h)}",
        ({ } l, null) => $"at or above {Show(l)}",
        (_, { } h) => $"at or below {Show(h)}",
        _ => "in its range",
    };

    private static ScoringException Kind(string where, string what, Given given, string? name = null) => new("bad_value", $"{name ?? where} must be {what}, not {given.Show()}.", where);

    /// <summary>What people call an input, with its place in brackets; the place alone where it has no words.</summary>
    public string Named(string name, string? words = null) => (words ?? Words?.Invoke(name)) is { } said ? ScoreNames.WithId(said, Path(name)) : Path(name);

    /// <summary>What is taken, each with what people call it; behind a suggestion only where they are few.</summary>
    private string Known(bool suggested)
    {
        var names = asked.Where(n => n is not ("id" or "note" or "expected")).ToList();
        return names.Count == 0 || names.Count > (suggested ? 12 : MostListed) ? (suggested ? "" : ".")
            : $"{(suggested ? " Known" : "; known")} are {string.Join(", ", names.Select(n => (Expected ?? Words)?.Invoke(n) is { } words ? $"{n} ({words})" : n))}.";
    }

    private Given? Ask(string name)
    {
        asked.Add(name);
        return Map.Find(name);
    }
}
