namespace IgLoop.Core.Quantities;

/// <summary>Powers of the base quantities: length, time, mass, angle, temperature, charge, amount, and UCUM's arbitrary units. UCUM counts a mole as a number; here it is a base of its own, so that factors stay exact.</summary>
internal readonly record struct Dimension(sbyte Length, sbyte Time, sbyte Mass, sbyte Angle, sbyte Temperature, sbyte Charge, sbyte Amount, sbyte Arbitrary)
{
    public static Dimension operator +(Dimension a, Dimension b) => new(
        (sbyte)(a.Length + b.Length), (sbyte)(a.Time + b.Time), (sbyte)(a.Mass + b.Mass), (sbyte)(a.Angle + b.Angle),
        (sbyte)(a.Temperature + b.Temperature), (sbyte)(a.Charge + b.Charge), (sbyte)(a.Amount + b.Amount), (sbyte)(a.Arbitrary + b.Arbitrary));

    public static Dimension operator *(Dimension a, int power) => new(
        (sbyte)(a.Length * power), (sbyte)(a.Time * power), (sbyte)(a.Mass * power), (sbyte)(a.Angle * power),
        (sbyte)(a.Temperature * power), (sbyte)(a.Charge * power), (sbyte)(a.Amount * power), (sbyte)(a.Arbitrary * power));
}

/// <summary>A unit in base units: value × Numerator / Denominator, after adding Offset.</summary>
internal readonly record struct Measure(Dimension Dimension, decimal Numerator, decimal Denominator, decimal Offset = 0)
{
    public static Measure None { get; } = new(default, 1, 1);

    public static Measure operator *(Measure a, Measure b) => Reduced(a.Dimension + b.Dimension, a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public Measure Power(int power)
    {
        var result = None;
        for (var i = 0; i < Math.Abs(power); i++)
        {
            result *= this;
        }

        return power >= 0 ? result : new(result.Dimension * -1, result.Denominator, result.Numerator);
    }

    private static Measure Reduced(Dimension dimension, decimal numerator, decimal denominator)
    {
        // Cancel powers of ten, so that 10*9/L and 10*3/uL stay small and exact.
        while (numerator % 10 == 0 && denominator % 10 == 0)
        {
            numerator /= 10;
            denominator /= 10;
        }

        return new(dimension, numerator, denominator);
    }
}
