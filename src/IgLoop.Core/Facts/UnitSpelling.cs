using System.Collections.Frozen;

namespace IgLoop.Core.Facts;

/// <summary>How people and laboratories spell units, brought to UCUM. Only spellings that can mean one thing.</summary>
internal static class UnitSpelling
{
    private static readonly FrozenDictionary<string, string> Known = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["pounds"] = "[lb_av]", ["oz"] = "[oz_av]", ["st"] = "[stone_av]", ["in"] = "[in_i]", ["inch"] = "[in_i]", ["inches"] = "[in_i]", ["ft"] = "[ft_i]",
        ["kilo"] = "kg", ["kgs"] = "kg", ["°C"] = "Cel", ["℃"] = "Cel", ["degC"] = "Cel", ["°F"] = "[degF]", ["degF"] = "[degF]", ["F"] = "[degF]",
        ["mmHg"] = "mm[Hg]", ["percent"] = "%", ["mm/hr"] = "mm/h", ["mL/min/1.73m2"] = "mL/min/{1.73_m2}", ["mL/min/1.73 m2"] = "mL/min/{1.73_m2}", ["mL/min/1.73m²"] = "mL/min/{1.73_m2}",
        ["K/uL"] = "10*3/uL", ["k/uL"] = "10*3/uL", ["G/L"] = "10*9/L", ["Gpt/L"] = "10*9/L", ["/mm3"] = "/mm3", ["cells/uL"] = "/uL", ["cells/mm3"] = "/mm3", ["IU/L"] = "U/L", ["kg/m²"] = "kg/m2",
        ["g/kg/day"] = "g/kg/d", ["mg/day"] = "mg/d", ["day"] = "d", ["days"] = "d", ["week"] = "wk", ["weeks"] = "wk", ["month"] = "mo", ["months"] = "mo", ["year"] = "a", ["years"] = "a", ["hour"] = "h", ["hours"] = "h",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string ToUcum(string unit)
    {
        var u = unit.Trim().Replace('µ', 'u').Replace('μ', 'u').Replace("mcg", "ug", StringComparison.Ordinal)
            .Replace("×", "x", StringComparison.Ordinal).Replace("⁹", "^9", StringComparison.Ordinal).Replace("³", "^3", StringComparison.Ordinal).Replace("⁶", "^6", StringComparison.Ordinal);
        if (u.StartsWith("x10", StringComparison.OrdinalIgnoreCase) || u.StartsWith("x 10", StringComparison.OrdinalIgnoreCase))
        {
            u = u[1..].Trim();
        }

        return Known.TryGetValue(u, out var ucum) ? ucum : u;
    }
}
