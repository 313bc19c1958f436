using System.Globalization;

namespace IgLoop.Core.Quantities;

/// <summary>A number with its UCUM unit.</summary>
public readonly record struct Quantity(decimal Value, Unit Unit)
{
    public override string ToString() => $"{Value.ToString("0.############", CultureInfo.InvariantCulture)} '{Unit.Code}'";
}
