namespace IgLoop.Core.Criteria;

/// <summary>Arithmetic over CQL numbers, quantities and times; overflow and division by zero are null.</summary>
internal static class Arithmetic
{
    public static object? Add(object? a, object? b, int sign = 1)
    {
        switch (a, b)
        {
            case (null, _) or (_, null):
                return null;
            case (int x, int y):
                return Narrow((long)x + (sign * (long)y));
            case (long or int, long or int):
                return Long(() => checked(System.Convert.ToInt64(a, System.Globalization.CultureInfo.InvariantCulture) + (sign * System.Convert.ToInt64(b, System.Globalization.CultureInfo.InvariantCulture))));
            case (CqlUncertainty, _) or (_, CqlUncertainty):
                return CqlUncertainty.From(a) is { } m1 && CqlUncertainty.From(b) is { } n1 ? CqlUncertainty.Combine(m1, n1, (p, q) => Add(p, q, sign)) : null;
            case (CqlTemporal t, CqlQuantity q):
                return Shift(t, q, sign);
            case (CqlQuantity x, CqlQuantity y):
                // The sum is in the finer of the two units: 0.5 'kg' + 1 'mg' in mg.
                var (p1, p2) = x.InFinerUnitWith(y) is { } finer ? (x with { Value = finer, Unit = y.Unit, Calendar = y.Calendar }, y) : (x, y);
                return p1.InMyUnit(p2) is { } v && CqlNumber.Guard(() => p1.Value + (sign * v)) is { } sum ? p1 with { Value = sum } : null;
            case (string x, string y):
                return x + y;
            default:
                return Comparing.Numbers(a, b) is var (m, n) ? CqlNumber.Guard(() => m + (sign * n)) : null;
        }
    }

    public static object? Multiply(object? a, object? b)
    {
        switch (a, b)
        {
            case (null, _) or (_, null):
                return null;
            case (int x, int y):
                return Narrow((long)x * y);
            case (long or int, long or int):
                return Long(() => checked(System.Convert.ToInt64(a, System.Globalization.CultureInfo.InvariantCulture) * System.Convert.ToInt64(b, System.Globalization.CultureInfo.InvariantCulture)));
            case (CqlUncertainty, _) or (_, CqlUncertainty):
                return CqlUncertainty.From(a) is { } m1 && CqlUncertainty.From(b) is { } n1 ? CqlUncertainty.Combine(m1, n1, Multiply) : null;
            case (CqlQuantity x, CqlQuantity y):
                return CqlNumber.Guard(() => x.Value * y.Value) is { } product ? Derived(product, x, y, '.') : null;
            case (CqlQuantity x, _):
                return Comparing.Number(b) is { } n && CqlNumber.Guard(() => x.Value * n) is { } scaled ? x with { Value = scaled } : null;
            case (_, CqlQuantity):
                return Multiply(b, a);
            default:
                return Comparing.Numbers(a, b) is var (m, k) ? CqlNumber.Guard(() => m * k) : null;
        }
    }

    public static object? Divide(object? a, object? b)
    {
        switch (a, b)
        {
            case (CqlQuantity x, CqlQuantity y):
                if (y.Value == 0)
                {
                    return null;
                }

                return x.InMyUnit(y) is { } same
                    ? CqlNumber.Guard(() => x.Value / same) is { } ratio ? new CqlQuantity(ratio, Quantities.Unit.One) : null
                    : CqlNumber.Guard(() => x.Value / y.Value) is { } quotient ? Derived(quotient, x, y, '/') : null;
            case (CqlQuantity x, _):
                return Comparing.Number(b) is { } n and not 0 && CqlNumber.Guard(() => x.Value / n) is { } part ? x with { Value = part } : null;
            default:
                return Comparing.Numbers(a, b) is var (m, k) && k != 0 ? CqlNumber.Guard(() => m / k) : null;
        }
    }

    public static object? Whole(object? a, object? b, bool remainder)
    {
        switch (a, b)
        {
            case (int x, int y):
                return y == 0 ? null : Narrow(remainder ? (long)x % y : (long)x / y);
            case (long or int, long or int):
                var (l, r) = (System.Convert.ToInt64(a, System.Globalization.CultureInfo.InvariantCulture), System.Convert.ToInt64(b, System.Globalization.CultureInfo.InvariantCulture));
                return r == 0 || (l == long.MinValue && r == -1) ? null : remainder ? l % r : l / r;
            case (CqlQuantity x, CqlQuantity y):
                return x.InMyUnit(y) is { } v and not 0 ? x with { Value = remainder ? x.Value % v : Math.Truncate(x.Value / v) } : null;
            default:
                return Comparing.Numbers(a, b) is var (m, n) && n != 0 ? CqlNumber.Guard(() => remainder ? m % n : Math.Truncate(m / n)) : null;
        }
    }

    public static object? Power(object? a, object? b)
    {
        if (a is int or long && b is int or long && Comparing.Number(b) is >= 0 and < 100)
        {
            var exponent = System.Convert.ToInt32(b, System.Globalization.CultureInfo.InvariantCulture);
            object? result = a is long ? (object)1L : 1;
            for (var i = 0; i < exponent; i++)
            {
                result = Multiply(result, a);
            }

            return result;
        }

        return Comparing.Numbers(a, b) is var (m, n) ? CqlNumber.FromDouble(Math.Pow((double)m, (double)n)) : null;
    }

    public static object? Negate(object? a) => a switch
    {
        int i => i == int.MinValue ? null : -i,
        long l => l == long.MinValue ? null : -l,
        CqlUncertainty u => new CqlUncertainty(-u.High, -u.Low),
        decimal d => -d,
        CqlQuantity q => q with { Value = -q.Value },
        _ => null,
    };

    public static object? Abs(object? a) => a switch
    {
        int i => i == int.MinValue ? null : Math.Abs(i),
        long l => l == long.MinValue ? null : Math.Abs(l),
        decimal d => Math.Abs(d),
        CqlQuantity q => q with { Value = Math.Abs(q.Value) },
        _ => null,
    };

    /// <summary>Ceiling, Floor, Truncate: an Integer, or null when it does not fit.</summary>
    public static object? Integral(object? a, Func<decimal, decimal> rule) =>
        Comparing.Number(a) is { } n && rule(n) is >= int.MinValue and <= int.MaxValue and var whole ? (int)whole : null;

    /// <summary>The traditional rounding of CQL: a half goes away from zero, so 0.5 → 1 and -0.5 → -1.</summary>
    public static object? Round(object? a, object? precision)
    {
        if (Comparing.Number(a) is not { } n)
        {
            return null;
        }

        var digits = precision is int p ? Math.Clamp(p, 0, 8) : 0;
        return CqlNumber.Fit(Math.Round(n, digits, MidpointRounding.AwayFromZero));
    }

    /// <summary>Successor (1) or predecessor (-1): the next value of the type; null at its end.</summary>
    public static object? Next(object? a, int direction) => a switch
    {
        int i => Narrow((long)i + direction),
        long l => direction > 0 ? l == long.MaxValue ? null : l + 1 : l == long.MinValue ? null : l - 1,
        decimal d => Math.Abs(d + (direction * CqlNumber.Step)) <= CqlNumber.MaxDecimal ? d + (direction * CqlNumber.Step) : null,
        CqlQuantity q => q with { Value = q.Value + (direction * CqlNumber.Step) },
        CqlTemporal t => NextMoment(t, direction),
        _ => null,
    };

    private static CqlTemporal? NextMoment(CqlTemporal t, int direction)
    {
        var moved = t.Add(direction, CqlTemporal.Names[t.End - 1]);
        // A time of day does not run into the next day.
        return moved is null || (t.Type == CqlType.Time && CqlTemporal.Compare(moved, t) * direction < 0) ? null : moved;
    }

    private static CqlTemporal? Shift(CqlTemporal t, CqlQuantity q, int sign)
    {
        return TimeUnit(q) is { } unit ? t.Add(sign * q.Value, unit) : null;
    }

    /// <summary>year … millisecond; null when it is no unit of time that has a name in the calendar.</summary>
    public static string? TimeUnit(CqlQuantity q) => q.Calendar ?? q.Unit.Code switch
    {
        "a" => "year",
        "mo" => "month",
        "wk" => "week",
        "d" => "day",
        "h" => "hour",
        "min" => "minute",
        "s" => "second",
        "ms" => "millisecond",
        _ => null,
    };

    private static CqlQuantity? Derived(decimal value, CqlQuantity a, CqlQuantity b, char op)
    {
        var (x, y) = (a.Unit.Code, b.Unit.Code);
        var code = y == "1" ? x : x == "1" && op == '.' ? y : op == '/' && (y.Contains('/', StringComparison.Ordinal) || y.Contains('.', StringComparison.Ordinal)) ? $"{x}/({y})" : op == '.' && x == y && x.All(char.IsLetter) ? $"{x}2" : $"{x}{op}{y}";
        return Quantities.Unit.TryParse(code, out var unit, out _) ? new(value, unit) : null;
    }

    private static object? Narrow(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value : null;

    private static object? Long(Func<long> work)
    {
        try
        {
            return work();
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
