using System.Globalization;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Criteria;

/// <summary>Terms: arithmetic, literals, functions, <c>if</c> and <c>case</c>.</summary>
internal sealed partial class Parser
{
    private Syntax Sum()
    {
        var left = Product();
        while (Now.Kind == TokenKind.Symbol && Now.Text is "+" or "-" or "&")
        {
            var at = Now;
            position++;
            left = new CallSyntax(at, at.Text, [left, Product()]);
        }

        return left;
    }

    private Syntax Product()
    {
        var left = PowerOf();
        while (Now.Kind is TokenKind.Symbol or TokenKind.Word && Now.Text is "*" or "/" or "div" or "mod")
        {
            var at = Now;
            position++;
            left = new CallSyntax(at, at.Text, [left, PowerOf()]);
        }

        return left;
    }

    private Syntax PowerOf()
    {
        var left = Unary();
        while (Now.Is("^"))
        {
            var at = Now;
            position++;
            left = new CallSyntax(at, "Power", [left, Unary()]);
        }

        return left;
    }

    private Syntax Unary()
    {
        var at = Now;
        if (at.Kind == TokenKind.Symbol && at.Text is "-" or "+")
        {
            position++;
            // The smallest Integer has no positive counterpart, so the sign is read with it.
            if (at.Text == "-" && Now.Kind == TokenKind.Number && Peek(1).Kind != TokenKind.Text && Now.Text is "2147483648" or "9223372036854775808L")
            {
                var smallest = Now.Text.EndsWith('L') ? (object)long.MinValue : int.MinValue;
                position++;
                return new LiteralSyntax(at, smallest, smallest is long ? CqlType.Long : CqlType.Integer);
            }

            var operand = Unary();
            return at.Text == "-" ? new CallSyntax(at, "negate", [operand]) : operand;
        }

        return at.Kind != TokenKind.Word ? Postfix() : at.Text switch
        {
            "start" or "end" or "width" or "successor" or "predecessor" when Peek(1).Is("of") => Prefixed($"{at.Text} of", 2),
            "singleton" when Peek(1).Is("from") => Prefixed("singleton from", 2),
            "distinct" or "flatten" => Prefixed(at.Text, 1),
            "minimum" or "maximum" => Bound(at),
            "convert" => Convert(at),
            "date" or "time" or "timezoneoffset" or "year" or "month" or "week" or "day" or "hour" or "minute" or "second" or "millisecond" when Peek(1).Is("from") => Prefixed($"{at.Text} from", 2),
            "if" => If(at),
            "case" => Case(at),
            _ => Postfix(),
        };
    }

    private CallSyntax Prefixed(string name, int words)
    {
        var at = Now;
        position += words;
        return new(at, name, [Unary()]);
    }

    private CallSyntax Bound(Token at)
    {
        position++;
        return new(at, at.Text, [], null, TypeName());
    }

    private CallSyntax Convert(Token at)
    {
        position++;
        var value = Expression(11);
        Expect("to");
        return Now.Kind == TokenKind.Text ? throw CqlException.Unsupported("convert to a unit", Now) : new(at, "convert", [value], null, TypeName());
    }

    private CaseSyntax If(Token at)
    {
        position++;
        var condition = Expression(0);
        Expect("then");
        var yes = Expression(0);
        Expect("else");
        return new(at, null, [(condition, yes)], Expression(0));
    }

    private CaseSyntax Case(Token at)
    {
        position++;
        var comparand = Now.Is("when") ? null : Expression(0);
        var items = new List<(Syntax, Syntax)>();
        while (Take("when"))
        {
            var when = Expression(0);
            Expect("then");
            items.Add((when, Expression(0)));
        }

        Expect("else");
        var otherwise = Expression(0);
        Expect("end");
        return items.Count == 0 ? throw CqlException.Syntax("A case needs at least one 'when'.", at) : new(at, comparand, items, otherwise);
    }

    private Syntax Postfix()
    {
        var parenthesised = Now.Is("(") || Now.Is("{") || Now.Is("[");
        var term = Primary();
        if (StartsQuery(parenthesised))
        {
            throw CqlException.Unsupported("query", Now);
        }

        while (true)
        {
            var at = Now;
            if (Take("["))
            {
                var index = Expression(0);
                Expect("]");
                term = new CallSyntax(at, "Indexer", [term, index]);
            }
            else if (at.Is(".") && Peek(1).Kind is TokenKind.Word or TokenKind.QuotedName)
            {
                throw CqlException.Unsupported($"property or method .{Peek(1).Text}", at);
            }
            else
            {
                return term;
            }
        }
    }

    /// <summary>An alias and a clause follow; after parentheses the alias alone is a query too, after a name it is a slip of the pen.</summary>
    private bool StartsQuery(bool parenthesised)
    {
        if (Now.Kind is not (TokenKind.Word or TokenKind.QuotedName))
        {
            return false;
        }

        var next = Peek(1);
        return next.Kind == TokenKind.Word && next.Text is "where" or "return" or "sort" or "let" or "with" or "without" or "aggregate"
            || (parenthesised && Infix(0, take: false) is null && !Reserved.Contains(Now.Text) && (next.Kind == TokenKind.End || next.Is(")")));
    }

    private Syntax Primary()
    {
        var at = Now;
        position++;
        switch (at.Kind)
        {
            case TokenKind.Number:
                return Number(at);
            case TokenKind.Text:
                return new LiteralSyntax(at, at.Text, CqlType.String);
            case TokenKind.Temporal:
                var temporal = CqlTemporal.Read(at.Text) ?? throw CqlException.Syntax($"{at.Text} is not a date or time that exists.", at);
                return new LiteralSyntax(at, temporal, temporal.Type);
            case TokenKind.QuotedName:
                return Now.Is("(") ? throw CqlException.Unsupported($"function {at.Text}", at) : new NameSyntax(at, at.Text);
            case TokenKind.Symbol when at.Text == "(":
                var inner = Expression(0);
                Expect(")");
                return inner;
            case TokenKind.Symbol when at.Text == "{":
                return new ListSyntax(at, Items("}"));
            case TokenKind.Symbol when at.Text == "[":
                throw CqlException.Unsupported("retrieve", at);
            case TokenKind.Word:
                return Word(at);
            default:
                position--;
                throw Unexpected();
        }
    }

    private Syntax Word(Token at)
    {
        switch (at.Text)
        {
            case "null":
                return new LiteralSyntax(at, null, CqlType.Any);
            case "true" or "false":
                return new LiteralSyntax(at, at.Text == "true", CqlType.Boolean);
            case "Interval" when Now.Is("[") || Now.Is("("):
                return Interval(at);
            case "List" when Now.Is("<"):
                position--;
                _ = TypeName();
                Expect("{");
                return new ListSyntax(at, Items("}"));
        }

        if (Outside.Contains(at.Text))
        {
            throw CqlException.Unsupported(at.Text, at);
        }

        if (Take("("))
        {
            return new CallSyntax(at, at.Text switch { "IsNull" => "is null", "IsTrue" => "is true", "IsFalse" => "is false", "Exists" => "exists", "Flatten" => "flatten", var name => name }, Items(")"), Written: true);
        }

        return new NameSyntax(at, at.Text);
    }

    private List<Syntax> Items(string end)
    {
        var items = new List<Syntax>();
        if (Take(end))
        {
            return items;
        }

        do
        {
            if (Now.Kind == TokenKind.Word && Peek(1).Is(":"))
            {
                throw CqlException.Unsupported("tuple", Now);
            }

            items.Add(Expression(0));
        }
        while (Take(","));
        Expect(end);
        return items;
    }

    private IntervalSyntax Interval(Token at)
    {
        var lowClosed = Now.Is("[");
        position++;
        var low = Expression(0);
        Expect(",");
        var high = Expression(0);
        var highClosed = Now.Is("]");
        return highClosed || Now.Is(")") ? Close() : throw Unexpected();

        IntervalSyntax Close()
        {
            position++;
            return new(at, low, high, lowClosed, highClosed);
        }
    }

    private LiteralSyntax Number(Token at)
    {
        if (at.Text.EndsWith('L'))
        {
            return long.TryParse(at.Text[..^1], CultureInfo.InvariantCulture, out var l)
                ? new(at, l, CqlType.Long)
                : throw CqlException.Syntax($"{at.Text} is larger than a CQL Long may be.", at);
        }

        if (Now.Kind == TokenKind.Text || (Now.Kind == TokenKind.Word && IsUnit(Now.Text)))
        {
            var unit = Now;
            position++;
            return Now.Is(":") ? throw CqlException.Unsupported("ratio", at) : new(at, QuantityOf(ReadDecimal(at), unit), CqlType.Quantity);
        }

        if (Now.Is(":"))
        {
            throw CqlException.Unsupported("ratio", at);
        }

        if (at.Text.Contains('.', StringComparison.Ordinal))
        {
            return new(at, ReadDecimal(at), CqlType.Decimal);
        }

        return int.TryParse(at.Text, CultureInfo.InvariantCulture, out var i)
            ? new(at, i, CqlType.Integer)
            : throw CqlException.Syntax($"{at.Text} is larger than a CQL Integer may be.", at);
    }

    private static CqlQuantity QuantityOf(decimal value, Token unit) =>
        CqlQuantity.TryCreate(value, unit.Text, unit.Kind == TokenKind.Word, out var quantity, out var problem)
            ? quantity
            : throw new CqlException(new("unit", problem!, unit.Line, unit.Column));
}
