using System.Globalization;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Criteria;

/// <summary>A number that stands in a criterion.</summary>
/// <param name="Unit">UCUM code; null for a plain number, which is in the unit of the fact beside it.</param>
public readonly record struct CriterionNumber(decimal Value, string? Unit)
{
    /// <summary>True when an amount says the same: in a unit that converts, or, for a plain number, as written or as a percentage of it.</summary>
    public bool Says(decimal value, string? unit)
    {
        if (Unit is null)
        {
            return value == Value || (unit == "%" && value == Value * 100);
        }

        return unit is not null
            && Quantities.Unit.TryParse(Unit, out var mine, out _)
            && Quantities.Unit.TryParse(unit, out var other, out _)
            && mine.IsComparableTo(other)
            && other.Convert(value, mine) == Value;
    }

    public override string ToString() => $"{Value.ToString("0.##########", CultureInfo.InvariantCulture)}{(Unit is null ? "" : $" {Unit}")}";
}

/// <summary>Collects the numbers of an expression, in the order in which they are written.</summary>
internal static class CriterionNumbers
{
    public static IEnumerable<CriterionNumber> Of(Syntax syntax) => syntax switch
    {
        LiteralSyntax { Value: CqlQuantity q } => [new(q.Value, q.Unit.Code)],
        LiteralSyntax { Value: var value } when Comparing.Number(value) is { } number => [new(number, null)],
        CallSyntax c => c.Arguments.SelectMany(Of),
        ListSyntax l => l.Items.SelectMany(Of),
        IntervalSyntax i => [.. Of(i.Low), .. Of(i.High)],
        CaseSyntax c => [.. c.Comparand is { } x ? Of(x) : [], .. c.Items.SelectMany(i => Of(i.When).Concat(Of(i.Then))), .. Of(c.Else)],
        _ => [],
    };
}
