using System.Globalization;

namespace IgLoop.Core.Facts;

/// <summary>One known value. A number is in the canonical unit of its fact.</summary>
/// <param name="Number">Value of an Integer, Decimal or Quantity; 1 or 0 for a Boolean; day number for a Date; otherwise 0.</param>
/// <param name="Text">Value of a Choice; null for other types.</param>
/// <param name="At">When it was true or measured; null when the source did not say.</param>
/// <param name="Source">Where it came from, for example <c>Observation/123</c>, <c>chart.yaml:12</c> or <c>entered</c>.</param>
public sealed record FactValue(decimal Number, string? Text, DateOnly? At, string Source)
{
    /// <summary>Marks a number that does not fit eight decimals in 64 bits.</summary>
    internal const long Unscaled = long.MinValue;

    private const decimal Scale = 100_000_000m;

    // Not settable, so that no copy can have a number that its scaled form does not follow.
    public decimal Number { get; } = Number;

    /// <summary>The number times 10^8 where that is whole and fits: criteria compare it faster than a decimal, and as exactly.</summary>
    internal long Scaled { get; } = ScaledOf(Number);

    public static FactValue Of(bool value, DateOnly? at = null, string source = "entered") => new(value ? 1 : 0, null, at, source);

    public static FactValue Of(decimal value, DateOnly? at = null, string source = "entered") => new(value, null, at, source);

    public static FactValue Of(string value, DateOnly? at = null, string source = "entered") => new(0, value, at, source);

    public static FactValue Of(DateOnly value, DateOnly? at = null, string source = "entered") => new(value.DayNumber, null, at, source);

    public bool AsBoolean => Number != 0;

    public DateOnly AsDate => DateOnly.FromDayNumber((int)Number);

    /// <summary>The value as a person writes it, with the unit of <paramref name="fact"/>.</summary>
    public string Show(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => AsBoolean ? "yes" : "no",
        FactType.Choice => Text ?? "",
        FactType.Date => AsDate.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        FactType.Quantity => $"{Number.ToString(Math.Abs(Number) >= 10 ? "0.#" : "0.####", CultureInfo.InvariantCulture)} {fact.Unit!.Code}",
        _ => Number.ToString("0.####", CultureInfo.InvariantCulture),
    };

    internal static long ScaledOf(decimal number)
    {
        if (Math.Abs(number) > 90_000_000_000m)
        {
            return Unscaled;
        }

        var scaled = number * Scale;
        return scaled == Math.Truncate(scaled) ? (long)scaled : Unscaled;
    }
}
