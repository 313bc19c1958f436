namespace IgLoop.Core.Criteria;

/// <summary>What was written, before names and types are known.</summary>
internal abstract record Syntax(Token At);

internal sealed record LiteralSyntax(Token At, object? Value, CqlType Type) : Syntax(At);

internal sealed record NameSyntax(Token At, string Name) : Syntax(At);

/// <summary>An operator or function with its operands: <c>and</c>, <c>&lt;</c>, <c>Coalesce</c>, <c>is null</c> …</summary>
/// <param name="Precision">year, month … where the operator was qualified with one.</param>
/// <param name="Target">The type of <c>is</c>, <c>as</c> and <c>convert</c>.</param>
/// <param name="Written">True when it was written as a function, name and parentheses.</param>
internal sealed record CallSyntax(Token At, string Name, IReadOnlyList<Syntax> Arguments, string? Precision = null, CqlType? Target = null, bool Written = false) : Syntax(At);

internal sealed record ListSyntax(Token At, IReadOnlyList<Syntax> Items) : Syntax(At);

internal sealed record IntervalSyntax(Token At, Syntax Low, Syntax High, bool LowClosed, bool HighClosed) : Syntax(At);

internal sealed record CaseSyntax(Token At, Syntax? Comparand, IReadOnlyList<(Syntax When, Syntax Then)> Items, Syntax Else) : Syntax(At);

/// <summary>A CQL type. <see cref="Any"/> is the type of null and fits everywhere.</summary>
internal sealed record CqlType(string Name, CqlType? Element = null)
{
    public static readonly CqlType Any = new("Any");
    public static readonly CqlType Boolean = new("Boolean");
    public static readonly CqlType Integer = new("Integer");
    public static readonly CqlType Long = new("Long");
    public static readonly CqlType Decimal = new("Decimal");
    public static readonly CqlType String = new("String");
    public static readonly CqlType Quantity = new("Quantity");
    public static readonly CqlType Date = new("Date");
    public static readonly CqlType DateTime = new("DateTime");
    public static readonly CqlType Time = new("Time");

    public static CqlType List(CqlType element) => new("List", element);

    public static CqlType Interval(CqlType element) => new("Interval", element);

    public bool IsAny => Name == "Any";

    public bool IsNumber => Name is "Integer" or "Long" or "Decimal";

    public bool IsTemporal => Name is "Date" or "DateTime" or "Time";

    public static CqlType? Named(string name) => name switch
    {
        "Any" => Any,
        "Boolean" => Boolean,
        "Integer" => Integer,
        "Long" => Long,
        "Decimal" => Decimal,
        "String" => String,
        "Quantity" => Quantity,
        "Date" => Date,
        "DateTime" => DateTime,
        "Time" => Time,
        _ => null,
    };

    public override string ToString() => Element is null ? Name : $"{Name}<{Element}>";
}
