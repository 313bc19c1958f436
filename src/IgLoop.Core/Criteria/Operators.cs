namespace IgLoop.Core.Criteria;

/// <summary>The operators and functions of the subset: which types each takes, what it gives.</summary>
internal static partial class Operators
{
    /// <summary>The node of an operator over bound operands.</summary>
    /// <exception cref="CqlException">It is outside the subset, or its operands do not fit.</exception>
    public static Node Bind(CallSyntax c, Node[] a)
    {
        var node = Arithmetics(c, a) ?? Lists(c, a) ?? Texts(c, a) ?? Times(c, a) ?? Conversions(c, a);
        return node ?? throw Refused(c, a);
    }

    /// <summary>Why there is no such operator: it is left out, its operands do not fit, or CQL has none of that name.</summary>
    private static CqlException Refused(CallSyntax c, Node[] a)
    {
        var types = a.Length == 0 ? "nothing" : string.Join(" and ", a.Select(x => x.Type));
        if (c.Written || c.Name == "Indexer")
        {
            return CqlException.Type($"{(c.Name == "Indexer" ? "[ ]" : c.Name)} cannot take {types}.", c.At);
        }

        return a.Any(x => x.Type.Element is not null || x.Type.IsTemporal || x.Type.IsAny || c.Name is "cast" or "is" or "as")
            ? CqlException.Unsupported($"{(c.Name.EndsWith(" of", StringComparison.Ordinal) ? c.Name : c.Name + " of")} {types}", c.At)
            : CqlException.Type($"'{c.Name}' cannot take {types}.", c.At);
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
            case "Exp" when a.Length == 1:
                Need(c, a[0], "number", t => t.IsNumber);
                return Existing(c, "such Decimal", New(c, CqlType.Decimal, a, v => Comparing.Number(v[0]) is { } n ? CqlNumber.FromDouble(Math.Exp((double)n)) : null));
            case "Ln" when a.Length == 1:
                Need(c, a[0], "number", t => t.IsNumber);
                var ln = New(c, CqlType.Decimal, a, v => Comparing.Number(v[0]) is { } n and > 0 ? CqlNumber.FromDouble(Math.Log((double)n)) : null);
                // The conformance tests tell the two apart: infinity is an error, a logarithm that does not exist is null.
                return Settled(a[0]) && Comparing.Number(a[0].Value(new Scope(Nothing, null))) == 0 ? Existing(c, "such Decimal", ln) : ln;
            case "Log" when a.Length == 2:
                Need(c, a[0], "number", t => t.IsNumber);
                return New(c, CqlType.Decimal, a, v => Comparing.Numbers(v[0], v[1]) is var (n, b) && n > 0 && b > 0 ? CqlNumber.FromDouble(Math.Log((double)n) / Math.Log((double)b)) : null);
            case "successor of" or "predecessor of":
                Need(c, a[0], "number, quantity or time", t => t.IsNumber || t.IsTemporal || t == CqlType.Quantity);
                return Existing(c, c.Name[..^3], New(c, a[0].Type, a, v => Arithmetic.Next(v[0], c.Name[0] == 's' ? 1 : -1)));
            case "minimum" or "maximum":
                var bound = Bound(c);
                return New(c, c.Target!, a, _ => bound);
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
            if (a[1] is Constant { Held: CqlQuantity q } && Arithmetic.TimeUnit(q) is null)
            {
                throw new CqlException(new("unit", $"{q.UnitText} is no unit of time that can be added to {Binder.Article(a[0].Type)}.", a[1].Syntax.At.Line, a[1].Syntax.At.Column));
            }

            return Existing(c, "such time", New(c, a[0].Type, a, v => Arithmetic.Add(v[0], v[1], sign)));
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
        if (c.Name is "/" or "div" or "mod" or "Power" && a.All(Settled) && a.Any(x => x.Value(new Scope(Nothing, null)) is CqlUncertainty))
        {
            throw CqlException.Unsupported($"{c.Name} of an uncertain duration", c.At);
        }

        return New(c, type, a, v => c.Name switch
        {
            "*" => Arithmetic.Multiply(v[0], v[1]),
            "/" => Arithmetic.Divide(v[0], v[1]),
            "div" => Arithmetic.Whole(v[0], v[1], remainder: false),
            "mod" => Arithmetic.Whole(v[0], v[1], remainder: true),
            _ => Arithmetic.Power(v[0], v[1]),
        });
    }

    private static object Bound(CallSyntax c)
    {
        var high = c.Name == "maximum";
        return c.Target!.Name switch
        {
            "Integer" => high ? int.MaxValue : int.MinValue,
            "Long" => high ? long.MaxValue : long.MinValue,
            "Decimal" => high ? CqlNumber.MaxDecimal : -CqlNumber.MaxDecimal,
            "Date" => high ? CqlTemporal.Date(9999, 12, 31) : CqlTemporal.Date(1, 1, 1),
            "DateTime" => new CqlTemporal(CqlType.DateTime, high ? [9999, 12, 31, 23, 59, 59, 999] : [1, 1, 1, 0, 0, 0, 0], 0),
            "Time" => new CqlTemporal(CqlType.Time, high ? [23, 59, 59, 999] : [0, 0, 0, 0]),
            "Any" or "Quantity" => throw CqlException.Unsupported($"{c.Name} {c.Target}", c.At),
            _ => throw CqlException.Type($"{c.Target} has no {c.Name}.", c.At),
        };
    }

    private static Call New(CallSyntax c, CqlType type, Node[] parts, Func<object?[], object?> meaning) => new(c, type, parts, (v, _) => meaning(v));

    /// <summary>
    /// For what CQL ends with a run-time error: written with constants it is refused here; where a fact leads to it, the answer is
    /// unknown, so that a decision never stops in the middle.
    /// </summary>
    internal static Call Existing(CallSyntax c, string what, Call call)
    {
        return Refuses(call) ? throw CqlException.Value($"{CqlText.Of(c)}: there is no {what}.", c.At) : call;
    }

    /// <summary>Only constants, none unknown, and yet no result.</summary>
    internal static bool Refuses(Call call)
    {
        var scope = new Scope(Nothing, null);
        return call.Parts.All(Settled) && call.Parts.All(p => p.Value(scope) is not null) && call.Value(scope) is null;
    }

    /// <summary>A value in the type it is used as: an Integer as Decimal, a Date as DateTime.</summary>
    internal static object? Widened(object? value, CqlType type) => (value, type.Name) switch
    {
        (int or long, "Decimal") => Comparing.Number(value),
        (int i, "Long") => (long)i,
        (CqlTemporal t, "DateTime") => t.ToDateTime(),
        (IReadOnlyList<object?> l, "List") when type.Element is { } e => l.Select(x => Widened(x, e)).ToList(),
        (CqlInterval i, "Interval") when type.Element is { } e => new CqlInterval(Widened(i.Low, e), Widened(i.High, e), i.LowClosed, i.HighClosed),
        _ => value,
    };

    private static readonly Facts.FactSet Nothing = new(new Facts.FactCatalogue([]));

    private static bool Settled(Node node) => node is Constant || (node is not (FactNode or FactCompared or FactChosen or FactIsNull or FactsAlike) && node.Syntax is not CallSyntax { Name: "Today" } && node.Parts.All(Settled));

    private static void Need(CallSyntax c, Node operand, string what, Func<CqlType, bool> fits)
    {
        if (!operand.Type.IsAny && !fits(operand.Type))
        {
            throw CqlException.Type($"'{c.Name}' needs a {what}, not {CqlText.Of(operand.Syntax)}, which is {Binder.Article(operand.Type)}.", operand.Syntax.At);
        }
    }
}
