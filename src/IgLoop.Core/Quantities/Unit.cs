namespace IgLoop.Core.Quantities;

/// <summary>A UCUM unit (the subset IgLoop understands), with its dimension and its factor to base units.</summary>
public sealed class Unit : IEquatable<Unit>
{
    internal Unit(string code, Measure measure)
    {
        Code = code;
        Measure = measure;
    }

    /// <summary>The UCUM code as written, for example <c>mg/dL</c>, <c>10*9/L</c>, <c>{score}</c> or <c>1</c>.</summary>
    public string Code { get; }

    internal Measure Measure { get; }

    public static Unit One { get; } = new("1", Measure.None);

    /// <summary>Reads a UCUM code.</summary>
    /// <returns>False, with <paramref name="problem"/> naming the part that is not understood, when the code is unknown.</returns>
    public static bool TryParse(string code, out Unit unit, out string? problem)
    {
        if (UnitReading.TryRead(code, out var measure, out problem))
        {
            unit = new Unit(code, measure);
            return true;
        }

        unit = One;
        return false;
    }

    /// <summary>Reads a UCUM code that is known to be right.</summary>
    /// <exception cref="FormatException">The code is not understood; the message names the part.</exception>
    public static Unit Parse(string code) =>
        TryParse(code, out var unit, out var problem) ? unit : throw new FormatException(problem);

    /// <summary>True when both measure the same kind of thing, so that a value can be converted.</summary>
    public bool IsComparableTo(Unit other) => Measure.Dimension == other.Measure.Dimension;

    /// <summary>Converts a value in this unit into <paramref name="to"/>.</summary>
    /// <exception cref="ArgumentException">The units measure different things.</exception>
    public decimal Convert(decimal value, Unit to)
    {
        if (!IsComparableTo(to))
        {
            throw new ArgumentException($"{Code} cannot be converted to {to.Code}.", nameof(to));
        }

        if (Code == to.Code)
        {
            return value;
        }

        // Multiply before dividing: 1/3 must not be rounded on the way. Offsets exist for Celsius and Fahrenheit only.
        return (((value + Measure.Offset) * (Measure.Numerator * to.Measure.Denominator)) / (Measure.Denominator * to.Measure.Numerator)) - to.Measure.Offset;
    }

    public bool Equals(Unit? other) => other is not null && other.Code == Code;

    public override bool Equals(object? obj) => Equals(obj as Unit);

    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Code;
}
