using IgLoop.Core.Facts;
using IgLoop.Core.Quantities;

namespace IgLoop.Features.Decide;

/// <summary>Units offered for a fact: its own first, then those it names, then the usual other spelling of the same measure.</summary>
internal static class FactUnits
{
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["kg"] = ["[lb_av]"],
        ["cm"] = ["m", "[in_i]"],
        ["g/L"] = ["g/dL", "mg/dL"],
        ["g/dL"] = ["g/L"],
        ["mg/dL"] = ["g/L"],
        ["10*9/L"] = ["10*3/uL"],
        ["Cel"] = ["[degF]"],
        ["mmol/L"] = ["umol/L"],
        ["mg/L"] = ["mg/dL"],
    };

    public static IReadOnlyList<string> Of(FactDefinition fact) => fact.Unit is not { } unit
        ? []
        : [.. fact.UnitFactors.Keys
            .Concat(Usual.GetValueOrDefault(unit.Code, []).Where(u => Unit.TryParse(u, out var other, out _) && other.IsComparableTo(unit)))
            .Prepend(unit.Code)
            .Distinct(StringComparer.Ordinal)];
}
