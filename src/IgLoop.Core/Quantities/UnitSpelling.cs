using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace IgLoop.Core.Quantities;

/// <summary>How people and laboratories spell units, brought to UCUM. Only spellings that can mean one thing.</summary>
internal static partial class UnitSpelling
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["pounds"] = "[lb_av]", ["oz"] = "[oz_av]", ["st"] = "[stone_av]", ["in"] = "[in_i]", ["inch"] = "[in_i]", ["inches"] = "[in_i]", ["ft"] = "[ft_i]",
        ["kilo"] = "kg", ["kgs"] = "kg", ["°C"] = "Cel", ["℃"] = "Cel", ["degC"] = "Cel", ["°F"] = "[degF]", ["degF"] = "[degF]", ["F"] = "[degF]",
        ["mmHg"] = "mm[Hg]", ["percent"] = "%", ["mm/hr"] = "mm/h", ["mL/min/1.73m2"] = "mL/min/{1.73_m2}", ["mL/min/1.73 m2"] = "mL/min/{1.73_m2}", ["mL/min/1.73m^2"] = "mL/min/{1.73_m2}", ["mL/min/1.73m²"] = "mL/min/{1.73_m2}",
        ["IU/L"] = "U/L", ["kg/m²"] = "kg/m2", ["sec"] = "s", ["secs"] = "s", ["second"] = "s", ["seconds"] = "s",
        ["g/kg/day"] = "g/kg/d", ["mg/day"] = "mg/d", ["day"] = "d", ["days"] = "d", ["week"] = "wk", ["weeks"] = "wk", ["month"] = "mo", ["months"] = "mo", ["year"] = "a", ["years"] = "a", ["hour"] = "h", ["hours"] = "h",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Words for how many cells, before the slash of a count. M is not among them: it is a thousand to some and a million to others. Nor is a ten
    /// whose exponent was lost (109/L), which reads as another number.
    /// </summary>
    private static readonly FrozenDictionary<string, string> Counts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["K"] = "10*3", ["thou"] = "10*3", ["thousand"] = "10*3", ["thousands"] = "10*3", ["Tsd"] = "10*3", ["Tsd."] = "10*3",
        ["lakh"] = "10*5", ["lakhs"] = "10*5", ["lac"] = "10*5", ["lacs"] = "10*5",
        ["G"] = "10*9", ["giga"] = "10*9", ["Gpt"] = "10*9",
        [""] = "", ["cells"] = "", ["cell"] = "", ["plt"] = "", ["platelets"] = "",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> Volumes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["L"] = "L", ["litre"] = "L", ["liter"] = "L", ["mL"] = "mL", ["uL"] = "uL", ["mcL"] = "uL", ["microL"] = "uL", ["microlitre"] = "uL", ["microliter"] = "uL",
        ["mm3"] = "uL", ["mm^3"] = "uL", ["cmm"] = "uL", ["cumm"] = "uL", ["cu mm"] = "uL", ["cu.mm"] = "uL", ["nL"] = "nL",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static string ToUcum(string unit)
    {
        var u = unit.Trim().Replace('µ', 'u').Replace('μ', 'u')
            .Replace("×", "x", StringComparison.Ordinal).Replace("⁹", "^9", StringComparison.Ordinal).Replace("³", "^3", StringComparison.Ordinal).Replace("⁶", "^6", StringComparison.Ordinal);
        if (Count(u) is { } count)
        {
            return count;
        }

        u = u.Replace("mcg", "ug", StringComparison.Ordinal);
        if (u.StartsWith("x10", StringComparison.OrdinalIgnoreCase) || u.StartsWith("x 10", StringComparison.OrdinalIgnoreCase))
        {
            u = u[1..].Trim();
        }

        return Known.TryGetValue(u, out var ucum) ? ucum : u;
    }

    /// <summary>A count of cells in a volume: <c>x10E9/L</c>, <c>G/l</c>, <c>K/mcL</c>, <c>/nL</c>, <c>lakh/cumm</c>; null for other units.</summary>
    private static string? Count(string unit)
    {
        if (CountInVolume().Match(unit) is not { Success: true } m || !Volumes.TryGetValue(m.Groups["volume"].Value, out var volume))
        {
            return null;
        }

        // A small g is grams.
        var power = m.Groups["power"];
        var word = m.Groups["word"].Value.Trim();
        return power.Success ? (word.Length > 0 && (!Counts.TryGetValue(word, out var none) || none.Length > 0) ? null : $"10*{power.Value}/{volume}")
            : word != "g" && Counts.TryGetValue(word, out var many) ? $"{many}/{volume}"
            : null;
    }

    [GeneratedRegex(@"^(?:[x*]\s*)?(?:10\s*(?:\^|\*\*|\*|E)\s*\+?0?(?<power>\d{1,2})\s*)?(?<word>[A-Za-z]*\.?)\s*(?:/|per)\s*(?<volume>[A-Za-z][A-Za-z0-9. ^]*?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CountInVolume();
}
