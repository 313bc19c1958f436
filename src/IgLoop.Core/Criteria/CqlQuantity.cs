using IgLoop.Core.Quantities;

namespace IgLoop.Core.Criteria;

/// <summary>A CQL Quantity: a Decimal with a UCUM unit, or with a calendar unit such as <c>months</c>.</summary>
internal sealed record CqlQuantity(decimal Value, Unit Unit, string? Calendar = null)
{
    public string UnitText => Calendar ?? Unit.Code;

    public static bool TryCreate(decimal value, string unit, bool calendar, out CqlQuantity quantity, out string? problem)
    {
        problem = null;
        if (calendar)
        {
            var word = unit.EndsWith('s') ? unit[..^1] : unit;
            var code = word switch { "year" => "a", "month" => "mo", "week" => "wk", "day" => "d", "hour" => "h", "minute" => "min", "second" => "s", _ => "ms" };
            // A calendar year is not a UCUM 'a'; weeks and shorter are the same in both.
            quantity = new(value, Unit.Parse(code), word is "year" or "month" ? word : null);
            return true;
        }

        var ok = Unit.TryParse(unit, out var parsed, out problem);
        quantity = new(value, ok && unit.Length > 0 ? parsed : Unit.One);
        return ok;
    }

    /// <summary>The other's value in this unit; null when the two cannot be compared.</summary>
    public decimal? InMyUnit(CqlQuantity other)
    {
        if (Calendar is null && other.Calendar is null)
        {
            return Unit.IsComparableTo(other.Unit) ? CqlNumber.Guard(() => other.Unit.Convert(other.Value, Unit)) : null;
        }

        return (Calendar, other.Calendar) switch
        {
            var (a, b) when a == b => other.Value,
            ("year", "month") => other.Value / 12,
            ("month", "year") => other.Value * 12,
            _ => null,
        };
    }

    /// <summary>This value in the other's unit where that is the finer one on the same scale; null to stay in this unit.</summary>
    public decimal? InFinerUnitWith(CqlQuantity other)
    {
        var (one, nothing) = (this with { Value = 1 }, this with { Value = 0 });
        return UnitText != other.UnitText && other.InMyUnit(nothing) == 0 && other.InMyUnit(one) > 1 ? other.InMyUnit(this) : null;
    }

    /// <summary>
    /// Equivalence of durations: for <c>~</c> a calendar year counts as 365 days or as a UCUM year, a calendar month as 30 days or
    /// as a UCUM month.
    /// </summary>
    public bool LastsAsLongAs(CqlQuantity other)
    {
        if (Calendar is null && other.Calendar is null)
        {
            return false;
        }

        if (Calendar is null != other.Calendar is null && Unit.Code == other.Unit.Code)
        {
            return Value == other.Value;
        }

        return Days() is { } mine && other.Days() is { } theirs && mine == theirs;
    }

    private decimal? Days() => Calendar switch
    {
        "year" => CqlNumber.Guard(() => Value * 365),
        "month" => CqlNumber.Guard(() => Value * 30),
        _ => Unit.IsComparableTo(Unit.Parse("d")) && Unit.Code is not ("a" or "mo") ? CqlNumber.Guard(() => Unit.Convert(Value, Unit.Parse("d"))) : null,
    };
}

/// <summary>Limits and rounding of CQL numbers: what overflows is null.</summary>
internal static class CqlNumber
{
    public const decimal MaxDecimal = 99999999999999999999.99999999m;
    public const decimal Step = 0.00000001m;

    /// <summary>A result within the limits with at most 8 decimals; null outside.</summary>
    public static decimal? Fit(decimal value)
    {
        var rounded = Math.Round(value, 8, MidpointRounding.AwayFromZero);
        return Math.Abs(rounded) <= MaxDecimal ? rounded : null;
    }

    public static decimal? Guard(Func<decimal> work)
    {
        try
        {
            return Fit(work());
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    public static decimal? FromDouble(double value) =>
        double.IsFinite(value) && Math.Abs(value) < 1e20 ? Fit((decimal)value) : null;
}
