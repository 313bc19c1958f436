using System.Collections.Frozen;
using System.Globalization;

namespace IgLoop.Core.Quantities;

/// <summary>Reads UCUM codes (case sensitive): terms, products, quotients, exponents, annotations.</summary>
internal static class UnitReading
{
    private static readonly FrozenDictionary<string, Measure> Atoms = new Dictionary<string, Measure>(StringComparer.Ordinal)
    {
        ["m"] = new(new(1, 0, 0, 0, 0, 0, 0, 0), 1, 1),
        ["s"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 1, 1),
        ["g"] = new(new(0, 0, 1, 0, 0, 0, 0, 0), 1, 1),
        ["rad"] = new(new(0, 0, 0, 1, 0, 0, 0, 0), 1, 1),
        ["K"] = new(new(0, 0, 0, 0, 1, 0, 0, 0), 1, 1),
        ["C"] = new(new(0, 0, 0, 0, 0, 1, 0, 0), 1, 1),
        ["mol"] = new(new(0, 0, 0, 0, 0, 0, 1, 0), 1, 1),
        ["%"] = new(default, 1, 100),
        ["[ppth]"] = new(default, 1, 1000),
        ["[ppm]"] = new(default, 1, 1000000),
        ["L"] = new(new(3, 0, 0, 0, 0, 0, 0, 0), 1, 1000),
        ["l"] = new(new(3, 0, 0, 0, 0, 0, 0, 0), 1, 1000),
        ["min"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 60, 1),
        ["h"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 3600, 1),
        ["d"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 86400, 1),
        ["wk"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 604800, 1),
        ["mo"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 2629800, 1),
        ["a"] = new(new(0, 1, 0, 0, 0, 0, 0, 0), 31557600, 1),
        ["Cel"] = new(new(0, 0, 0, 0, 1, 0, 0, 0), 1, 1, 273.15m),
        ["[degF]"] = new(new(0, 0, 0, 0, 1, 0, 0, 0), 5, 9, 459.67m),
        ["Hz"] = new(new(0, -1, 0, 0, 0, 0, 0, 0), 1, 1),
        ["N"] = new(new(1, -2, 1, 0, 0, 0, 0, 0), 1000, 1),
        ["Pa"] = new(new(-1, -2, 1, 0, 0, 0, 0, 0), 1000, 1),
        ["bar"] = new(new(-1, -2, 1, 0, 0, 0, 0, 0), 100000000, 1),
        ["m[Hg]"] = new(new(-1, -2, 1, 0, 0, 0, 0, 0), 133322000, 1),
        ["m[H2O]"] = new(new(-1, -2, 1, 0, 0, 0, 0, 0), 9806650, 1),
        ["J"] = new(new(2, -2, 1, 0, 0, 0, 0, 0), 1000, 1),
        ["W"] = new(new(2, -3, 1, 0, 0, 0, 0, 0), 1000, 1),
        ["cal"] = new(new(2, -2, 1, 0, 0, 0, 0, 0), 4184, 1),
        ["deg"] = new(new(0, 0, 0, 1, 0, 0, 0, 0), 3.1415926535897932384626433833m, 180),
        ["eq"] = new(new(0, 0, 0, 0, 0, 0, 1, 0), 1, 1),
        ["osm"] = new(new(0, 0, 0, 0, 0, 0, 1, 0), 1, 1),
        ["kat"] = new(new(0, -1, 0, 0, 0, 0, 1, 0), 1, 1),
        ["U"] = new(new(0, -1, 0, 0, 0, 0, 1, 0), 1, 60000000),
        ["[iU]"] = new(new(0, 0, 0, 0, 0, 0, 0, 1), 1, 1),
        ["[IU]"] = new(new(0, 0, 0, 0, 0, 0, 0, 1), 1, 1),
        ["t"] = new(new(0, 0, 1, 0, 0, 0, 0, 0), 1000000, 1),
        ["[lb_av]"] = new(new(0, 0, 1, 0, 0, 0, 0, 0), 453.59237m, 1),
        ["[oz_av]"] = new(new(0, 0, 1, 0, 0, 0, 0, 0), 28.349523125m, 1),
        ["[stone_av]"] = new(new(0, 0, 1, 0, 0, 0, 0, 0), 6350.29318m, 1),
        ["[in_i]"] = new(new(1, 0, 0, 0, 0, 0, 0, 0), 254, 10000),
        ["[ft_i]"] = new(new(1, 0, 0, 0, 0, 0, 0, 0), 3048, 10000),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Metric = FrozenSet.ToFrozenSet(
        ["m", "s", "g", "rad", "K", "C", "mol", "L", "l", "Hz", "N", "Pa", "bar", "m[Hg]", "m[H2O]", "J", "W", "cal", "eq", "osm", "kat", "U", "[iU]", "[IU]", "t"], StringComparer.Ordinal);

    private static readonly (string Prefix, decimal Numerator, decimal Denominator)[] Prefixes =
    [
        ("da", 10, 1), ("P", 1e15m, 1), ("T", 1e12m, 1), ("G", 1e9m, 1), ("M", 1e6m, 1), ("k", 1000, 1), ("h", 100, 1),
        ("d", 1, 10), ("c", 1, 100), ("m", 1, 1000), ("u", 1, 1000000), ("n", 1, 1000000000), ("p", 1, 1000000000000), ("f", 1, 1000000000000000),
    ];

    public static bool TryRead(string code, out Measure measure, out string? problem)
    {
        measure = Measure.None;
        problem = null;
        if (code.Length == 0)
        {
            return true;
        }

        var position = 0;
        try
        {
            if (!Term(code, ref position, out measure, out problem))
            {
                return false;
            }
        }
        catch (OverflowException)
        {
            problem = $"'{code}' is too large or too small a unit to convert exactly.";
            return false;
        }

        if (position < code.Length)
        {
            problem = $"'{code[position..]}' in the unit '{code}' is not understood.";
            return false;
        }

        return true;
    }

    private static bool Term(string code, ref int position, out Measure measure, out string? problem)
    {
        measure = Measure.None;
        var divide = false;
        if (position < code.Length && code[position] == '/')
        {
            divide = true;
            position++;
        }

        while (true)
        {
            if (!Component(code, ref position, out var part, out problem))
            {
                return false;
            }

            // An offset unit keeps its offset only when it stands alone.
            measure = measure == Measure.None && !divide ? part : measure * (divide ? part.Power(-1) : part);
            if (position >= code.Length || code[position] is not ('.' or '/'))
            {
                return true;
            }

            divide = code[position] == '/';
            position++;
        }
    }

    private static bool Component(string code, ref int position, out Measure measure, out string? problem)
    {
        measure = Measure.None;
        problem = null;
        if (position < code.Length && code[position] == '(')
        {
            position++;
            if (!Term(code, ref position, out measure, out problem))
            {
                return false;
            }

            if (position >= code.Length || code[position] != ')')
            {
                problem = $"A closing parenthesis is missing in the unit '{code}'.";
                return false;
            }

            position++;
            return true;
        }

        if (position < code.Length && code[position] == '{')
        {
            return Annotation(code, ref position, out problem);
        }

        var start = position;
        while (position < code.Length && code[position] is not ('.' or '/' or '(' or ')' or '{'))
        {
            if (code[position] == '[')
            {
                while (position < code.Length && code[position] != ']')
                {
                    position++;
                }
            }

            position++;
        }

        position = Math.Min(position, code.Length);
        var text = code[start..position];
        if (!Simple(text, out measure))
        {
            problem = text.Length == 0 ? $"A unit is missing in '{code}'." : $"'{text}' in the unit '{code}' is not a UCUM unit that is known here.";
            return false;
        }

        return position >= code.Length || code[position] != '{' || Annotation(code, ref position, out problem);
    }

    private static bool Annotation(string code, ref int position, out string? problem)
    {
        var end = code.IndexOf('}', position);
        problem = end < 0 ? $"A closing brace is missing in the unit '{code}'." : null;
        position = end < 0 ? code.Length : end + 1;
        return end >= 0;
    }

    private static bool Simple(string text, out Measure measure)
    {
        measure = Measure.None;
        if (text.Length == 0)
        {
            return false;
        }

        if ((text.StartsWith("10*", StringComparison.Ordinal) || text.StartsWith("10^", StringComparison.Ordinal)) && Exponent(text[3..], out var ten))
        {
            measure = new Measure(default, 10, 1).Power(text.Length == 3 ? 1 : ten);
            return true;
        }

        if (text.All(char.IsAsciiDigit))
        {
            return decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 && (measure = new(default, n, 1)) != default;
        }

        if (Atom(text, out measure))
        {
            return true;
        }

        var end = text.Length;
        while (end > 0 && (char.IsAsciiDigit(text[end - 1]) || text[end - 1] is '-' or '+'))
        {
            end--;
        }

        if (end == text.Length || end == 0 || !Exponent(text[end..], out var power) || power is 0 or > 9 or < -9 || !Atom(text[..end], out var atom))
        {
            return false;
        }

        measure = atom.Power(power);
        return true;
    }

    private static bool Exponent(string text, out int power)
    {
        power = 1;
        return text.Length == 0 || (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out power) && power is >= -24 and <= 24);
    }

    private static bool Atom(string text, out Measure measure)
    {
        if (Atoms.TryGetValue(text, out measure))
        {
            return true;
        }

        foreach (var (prefix, numerator, denominator) in Prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && Metric.Contains(text[prefix.Length..]))
            {
                measure = new Measure(default, numerator, denominator) * Atoms[text[prefix.Length..]];
                return true;
            }
        }

        return false;
    }
}
