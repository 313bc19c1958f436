namespace IgLoop.Core.Criteria;

/// <summary>The operators and functions of the subset: which types each takes, what it gives.</summary>
internal static partial class Operators
{
    /// <summary>The node of an operator over bound operands.</summary>
    /// <exception cref="CqlException">It is outside the subset, or its operands do not fit.</exception>
    public static Node Bind(CallSyntax c, Node[] a)
    {
        var node = Arithmetics(c, a) ?? Lists(c, a) ?? Texts(c, a) ?? Times(c, a) ?? Conversions(c, a);
        return node ?? throw CqlException.Unsupported(char.IsAsciiLetterUpper(c.Name[0]) ? $"function {c.Name}" : $"{c.Name} of {string.Join(" and ", a.Select(x => x.Type))}", c.At);
    }

    public static Node Compare(CallSyntax c, string op, Node a, Node b)
    {
        var same = Binder.Common(a.Type, b.Type);
        if (op is "=" or "!=" or "~" or "!~")
        {
            if (same is null)
            {
                throw CqlException.Type($"{Binder.Article(a.Type)} and {Binder.Article(b.Type)} cannot be compared.", c.At);
            }

            return op switch
            {
                "=" => New(c, CqlType.Boolean, [a, b], v => Comparing.Equal(v[0], v[1])),
                "!=" => New(c, CqlType.Boolean, [a, b], v => !Comparing.Equal(v[0], v[1])),
                "~" => New(c, CqlType.Boolean, [a, b], v => Comparing.Equivalent(v[0], v[1])),
                _ => New(c, CqlType.Boolean, [a, b], v => !Comparing.Equivalent(v[0], v[1])),
            };
        }

        return same is null || same == CqlType.Boolean || same.Element is not null
            ? throw CqlException.Type($"'{op}' needs two values of one ordered type, not {a.Type} and {b.Type}.", c.At)
            : New(c, CqlType.Boolean, [a, b], v => Comparing.Inequality(op, v[0], v[1]));
    }

    private static Call? Arithmetics(CallSyntax c, Node[] a)
    {
        switch (c.Name)
        {
            case "+" or "-" when a.Length == 2:
                return Sum(c, a);
            case "*" or "/" or "div" or "mod" or "Power" when a.Length == 2:
                return Product(c, a);
            case "negate" or "Abs" when a.Length == 1:
                Need(c, a[0], "number or quantity", t => t.IsNumber || t == CqlType.Quantity);
                return New(c, a[0].Type, a, v => c.Name == "Abs" ? Arithmetic.Abs(v[0]) : Arithmetic.Negate(v[0]));
            case "Ceiling" or "Floor" or "Truncate" when a.Length == 1:
                Need(c, a[0], "number", t => t.IsNumber);
                return New(c, CqlType.Integer, a, v => Arithmetic.Integral(v[0], c.Name switch { "Ceiling" => decimal.Ceiling, "Floor" => decimal.Floor, _ => decimal.Truncate }));
            case "Round" when a.Length is 1 or 2:
                Need(c, a[0], "number", t => t.IsNumber);
                return New(c, CqlType.Decimal, a, v => Arithmetic.Round(v[0], v.Length > 1 ? v[1] : null));
            case "Ln" or "Exp" when a.Length == 1:
                Need(c, a[0], "number", t => t.IsNumber);
                return New(c, CqlType.Decimal, a, v => Comparing.Number(v[0]) is { } n ? c.Name == "Exp" ? CqlNumber.FromDouble(Math.Exp((double)n)) : n > 0 ? CqlNumber.FromDouble(Math.Log((double)n)) : null : null);
            case "Log" when a.Length == 2:
                Need(c, a[0], "number", t => t.IsNumber);
                return New(c, CqlType.Decimal, a, v => Comparing.Numbers(v[0], v[1]) is var (n, b) && n > 0 && b > 0 ? CqlNumber.FromDouble(Math.Log((double)n) / Math.Log((double)b)) : null);
            case "successor of" or "predecessor of":
                return New(c, a[0].Type, a, v => Arithmetic.Next(v[0], c.Name[0] == 's' ? 1 : -1));
            case "minimum" or "maximum":
                return New(c, c.Target!, a, _ => Bound(c));
            default:
                return null;
        }
    }

    private static Call Sum(CallSyntax c, Node[] a)
    {
        var sign = c.Name == "+" ? 1 : -1;
        if (a[0].Type.IsTemporal)
        {
            Need(c, a[1], "quantity of time", t => t == CqlType.Quantity);
            return New(c, a[0].Type, a, v => Arithmetic.Add(v[0], v[1], sign));
        }

        var type = Binder.Common(a[0].Type, a[1].Type);
        if (type is null || (type == CqlType.String && sign < 0) || type == CqlType.Boolean || type.Element is not null || type.IsTemporal)
        {
            throw CqlException.Type($"'{c.Name}' cannot take {a[0].Type} and {a[1].Type}.", c.At);
        }

        return New(c, type, a, v => Arithmetic.Add(v[0], v[1], sign));
    }

    private static Call Product(CallSyntax c, Node[] a)
    {
        foreach (var operand in a)
        {
            Need(c, operand, "number or quantity", t => t.IsNumber || t == CqlType.Quantity);
        }

        var quantity = a.Any(x => x.Type == CqlType.Quantity);
        var type = quantity ? CqlType.Quantity : c.Name == "/" ? CqlType.Decimal : Binder.Common(a[0].Type, a[1].Type)!;
        return New(c, type, a, v => c.Name switch
        {
            "*" => Arithmetic.Multiply(v[0], v[1]),
            "/" => Arithmetic.Divide(v[0], v[1]),
            "div" => Arithmetic.Whole(v[0], v[1], remainder: false),
            "mod" => Arithmetic.Whole(v[0], v[1], remainder: true),
            _ => Arithmetic.Power(v[0], v[1]),
        });
    }

    private static object? Bound(CallSyntax c)
    {
        var high = c.Name == "maximum";
        return c.Target!.Name switch
        {
            "Integer" => high ? int.MaxValue : int.MinValue,
            "Long" => high ? long.MaxValue : long.MinValue,
            "Decimal" => high ? CqlNumber.MaxDecimal : -CqlNumber.MaxDecimal,
            "Date" => high ? CqlTemporal.Date(9999, 12, 31) : CqlTemporal.Date(1, 1, 1),
            "DateTime" => new CqlTemporal(CqlType.DateTime, high ? [9999, 12, 31, 23, 59, 59, 999] : [1, 1, 1, 0, 0, 0, 0]),
            "Time" => new CqlTemporal(CqlType.Time, high ? [23, 59, 59, 999] : [0, 0, 0, 0]),
            _ => throw CqlException.Unsupported($"{c.Name} {c.Target}", c.At),
        };
    }

    private static Call New(CallSyntax c, CqlType type, Node[] parts, Func<object?[], object?> meaning) => new(c, type, parts, (v, _) => meaning(v));

    private static void Need(CallSyntax c, Node operand, string what, Func<CqlType, bool> fits)
    {
        if (!operand.Type.IsAny && !fits(operand.Type))
        {
            throw CqlException.Type($"'{c.Name}' needs a {what}, not {CqlText.Of(operand.Syntax)}, which is {Binder.Article(operand.Type)}.", operand.Syntax.At);
        }
    }
}
