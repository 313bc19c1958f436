using System.Globalization;

namespace IgLoop.Core.Criteria;

/// <summary>Reads one CQL expression by the precedences of the CQL 1.5 grammar.</summary>
internal sealed partial class Parser
{
    private static readonly string[] Precisions = ["year", "month", "week", "day", "hour", "minute", "second", "millisecond"];

    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "define", "library", "using", "include", "codesystem", "valueset", "code", "concept", "parameter", "context",
        "from", "with", "without", "where", "return", "sort", "let", "aggregate", "collapse", "expand", "point",
        "Tuple", "Code", "Concept", "ValueSet", "Vocabulary",
    };

    // Words that end a part of an expression and so are no alias.
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "then", "else", "end", "when", "of", "to", "from", "of", "asc", "desc" };

    // Deeper than this no criterion goes; it keeps a hostile text from exhausting the stack.
    private const int Deepest = 200;
    private const int Longest = 4_000;

    private readonly List<Token> tokens;
    private int position;
    private int depth;

    private Parser(List<Token> tokens) => this.tokens = tokens;

    private Token Now => tokens[position];

    public static Syntax Read(string text)
    {
        var parser = new Parser(Lexer.Read(text));
        if (parser.tokens.Count > Longest)
        {
            throw CqlException.Syntax($"The expression is longer than {Longest} words and signs.", parser.tokens[Longest]);
        }

        if (parser.Now.Kind == TokenKind.End)
        {
            throw CqlException.Syntax("The expression is empty.", parser.Now);
        }

        var syntax = parser.Expression(0);
        if (parser.Now.Kind != TokenKind.End)
        {
            throw parser.Unexpected();
        }

        return syntax;
    }

    // Loosest first: union 0, implies 1, or/xor 2, and 3, in/contains 4, equality 5, timing 6, inequality 7, between 8, prefix not/exists 9, is/as 10.
    private Syntax Expression(int level)
    {
        if (++depth > Deepest)
        {
            throw CqlException.Syntax($"The expression is nested deeper than {Deepest} levels.", Now);
        }

        var left = Prefix();
        while (true)
        {
            var at = Now;
            var next = Infix(level);
            if (next is null)
            {
                depth--;
                return left;
            }

            var (name, tight) = next.Value;
            left = name switch
            {
                "is" or "as" => TypeTest(left, at, name),
                "between" or "properly between" => Between(left, at, name),
                "in" or "contains" => Membership(left, at, name, tight),
                "timing" => Timing(left, at),
                _ => new CallSyntax(at, name, [left, Expression(tight + 1)]),
            };
        }
    }

    private Syntax Prefix()
    {
        var at = Now;
        if (Take("not"))
        {
            return new CallSyntax(at, "not", [Expression(9)]);
        }

        if (Take("exists"))
        {
            return new CallSyntax(at, "exists", [Expression(9)]);
        }

        if (Take("cast"))
        {
            var value = Expression(11);
            Expect("as");
            return new CallSyntax(at, "cast", [value], null, TypeName());
        }

        if (at.Is("difference") || at.Is("duration") || (IsPlural(at) && Peek(1).Is("between")))
        {
            return Span();
        }

        return Sum();
    }

    /// <summary>The operator at hand if it binds at this level or tighter; it is taken.</summary>
    private (string Name, int Level)? Infix(int level, bool take = true)
    {
        var t = Now;
        if (t.Kind is not (TokenKind.Word or TokenKind.Symbol))
        {
            return null;
        }

        (string Name, int Level)? found = t.Text switch
        {
            "|" or "union" => ("union", 0),
            "intersect" => ("intersect", 0),
            "except" => ("except", 0),
            "implies" => ("implies", 1),
            "or" => ("or", 2),
            "xor" => ("xor", 2),
            "and" => ("and", 3),
            "in" => ("in", 4),
            "contains" => ("contains", 4),
            "=" or "!=" or "~" or "!~" => (t.Text, 5),
            "<" or "<=" or ">" or ">=" => (t.Text, 7),
            "between" => ("between", 8),
            "properly" when Peek(1).Is("between") => ("properly between", 8),
            "is" => ("is", 10),
            "as" => ("as", 10),
            _ when StartsTiming() => ("timing", 6),
            _ => null,
        };
        if (found is null || found.Value.Level < level)
        {
            return null;
        }

        if (take && found.Value.Name != "timing")
        {
            position += found.Value.Name == "properly between" ? 2 : 1;
        }

        return found;
    }

    private CallSyntax TypeTest(Syntax left, Token at, string name)
    {
        if (name == "as")
        {
            return new(at, "as", [left], null, TypeName());
        }

        var not = Take("not");
        foreach (var word in (string[])["null", "true", "false"])
        {
            if (Take(word))
            {
                var test = new CallSyntax(at, "is " + word, [left]);
                return not ? new(at, "not", [test]) : test;
            }
        }

        return not ? throw Unexpected() : new(at, "is", [left], null, TypeName());
    }

    private CallSyntax Between(Syntax left, Token at, string name)
    {
        var low = Sum();
        Expect("and");
        var high = Sum();
        var (lower, upper) = name == "between" ? (">=", "<=") : (">", "<");
        return new(at, "and", [new CallSyntax(at, lower, [left, low]), new CallSyntax(at, upper, [left, high])]);
    }

    private CallSyntax Membership(Syntax left, Token at, string name, int tight)
    {
        var precision = PrecisionOf();
        return new(at, name, [left, Expression(tight + 1)], precision);
    }

    private string? PrecisionOf()
    {
        if (Now.Kind == TokenKind.Word && Precisions.Contains(Now.Text) && Peek(1).Is("of"))
        {
            var precision = Now.Text;
            position += 2;
            return precision;
        }

        return null;
    }

    private bool StartsTiming() => Now.Kind == TokenKind.Word && Now.Text switch
    {
        "before" or "after" or "same" or "during" or "includes" or "included" or "overlaps" or "meets" or "starts" or "ends" or "within" => true,
        "on" => Peek(1).Is("or"),
        "properly" => Peek(1).Is("includes") || Peek(1).Is("included") || Peek(1).Is("during"),
        _ => false,
    };

    private CallSyntax Timing(Syntax left, Token at)
    {
        var name = TimingName(at);
        // "same month as" carries its precision already, and "same as month of" is none.
        var precision = at.Text == "same" ? null : PrecisionOf();
        return new(at, name, [left, Expression(7)], precision);
    }

    private string TimingName(Token at)
    {
        var properly = Take("properly") ? "properly " : "";
        var word = Now.Text;
        position++;
        switch (word)
        {
            case "before" or "after":
                return properly.Length > 0 ? throw Unexpected() : OrOn(word);
            case "on":
                Expect("or");
                var direction = Now.Text;
                return Take("before") || Take("after") ? $"on or {direction}" : throw Unexpected();
            case "same":
                return Same();
            case "during":
                return properly + "included in";
            case "includes":
                return properly + "includes";
            case "included":
                Expect("in");
                return properly + "included in";
            case "overlaps" or "meets":
                return Take("before") ? $"{word} before" : Take("after") ? $"{word} after" : word;
            case "starts" or "ends":
                return word;
            default:
                throw CqlException.Unsupported(word, at);
        }
    }

    private string OrOn(string word)
    {
        if (Now.Is("or") && Peek(1).Is("on"))
        {
            position += 2;
            return $"on or {word}";
        }

        return word;
    }

    /// <summary><c>same day as</c>, <c>same or before</c>, <c>same day or after</c>.</summary>
    private string Same()
    {
        var precision = "";
        if (Now.Kind == TokenKind.Word && Precisions.Contains(Now.Text))
        {
            precision = $" {Now.Text}";
            position++;
        }

        if (Take("as"))
        {
            return $"same as{precision}";
        }

        Expect("or");
        return Take("before") ? $"on or before{precision}" : Take("after") ? $"on or after{precision}" : throw Unexpected();
    }

    private CallSyntax Span()
    {
        var at = Now;
        var difference = Take("difference");
        if (difference || Take("duration"))
        {
            Expect("in");
        }

        var unit = Now;
        if (!IsPlural(unit))
        {
            throw CqlException.Syntax("A unit in the plural such as 'days' is expected here.", unit);
        }

        position++;
        var name = difference ? "difference" : "duration";
        if (Take("of"))
        {
            throw CqlException.Unsupported($"{name} of an interval", at);
        }

        Expect("between");
        var from = Sum();
        Expect("and");
        return new(at, name, [from, Sum()], unit.Text[..^1]);
    }

    private static bool IsUnit(string word) => Precisions.Contains(word) || (word.EndsWith('s') && Precisions.Contains(word[..^1]));

    private static bool IsPlural(Token t) => t.Kind == TokenKind.Word && t.Text.EndsWith('s') && Precisions.Contains(t.Text[..^1]);

    private CqlType TypeName()
    {
        var at = Now;
        if (at.Kind is not (TokenKind.Word or TokenKind.QuotedName))
        {
            throw Unexpected();
        }

        position++;
        var name = at.Text;
        if (name == "System" && Take("."))
        {
            at = Now;
            name = at.Text;
            position++;
        }

        if (name is "List" or "Interval")
        {
            Expect("<");
            var element = TypeName();
            Expect(">");
            return name == "List" ? CqlType.List(element) : CqlType.Interval(element);
        }

        return CqlType.Named(name) ?? throw CqlException.Unsupported($"type {name}", at);
    }

    private Token Peek(int ahead) => tokens[Math.Min(position + ahead, tokens.Count - 1)];

    private bool Take(string text)
    {
        if (Now.Is(text))
        {
            position++;
            return true;
        }

        return false;
    }

    private void Expect(string text)
    {
        if (!Take(text))
        {
            throw CqlException.Syntax($"'{text}' is expected before '{Now.Text}'.", Now);
        }
    }

    private CqlException Unexpected() => Now.Kind == TokenKind.Word && Outside.Contains(Now.Text)
        ? CqlException.Unsupported(Now.Text, Now)
        : CqlException.Syntax(Now.Kind == TokenKind.End ? "The expression ends too early." : $"'{Now.Text}' is not expected here.", Now);

    private static decimal ReadDecimal(Token t)
    {
        if (t.Text.Contains('.', StringComparison.Ordinal) && t.Text.Length - t.Text.IndexOf('.', StringComparison.Ordinal) - 1 > 8)
        {
            throw CqlException.Syntax($"{t.Text} has more than the 8 decimals of a CQL Decimal.", t);
        }

        if (!decimal.TryParse(t.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) || value > CqlNumber.MaxDecimal)
        {
            // CQL allows 28 digits before the point and 8 after it; a .NET decimal holds 28 in all.
            throw t.Text.TrimStart('0').Split('.')[0].Length <= 28 ? CqlException.Unsupported("Decimal of more than 28 digits", t) : CqlException.Syntax($"{t.Text} is larger than a CQL Decimal may be.", t);
        }

        return value;
    }
}
