using System.Globalization;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Criteria;

/// <summary>Expressions and values as CQL text.</summary>
internal static class CqlText
{
    /// <summary>The canonical text of an expression.</summary>
    public static string Of(Syntax syntax) => Write(syntax, n => n);

    /// <summary>The same in plain words: names of facts in place of their ids.</summary>
    public static string Plain(Syntax syntax, FactCatalogue facts) => Write(syntax, n => facts.TryFind(n, out var fact) ? fact.Name : n).Replace("'", "", StringComparison.Ordinal);

    /// <summary>The text for an exported library: facts by their quoted identifier, whatever alias was written.</summary>
    public static string Exported(Syntax syntax, FactCatalogue facts) => Write(syntax, n => facts.TryFind(n, out var fact) ? $"\"{fact.Id}\"" : $"\"{n}\"");

    /// <summary>A value as a CQL literal; <c>null</c> for unknown.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        int i => i.ToString(CultureInfo.InvariantCulture),
        long l => l.ToString(CultureInfo.InvariantCulture) + "L",
        decimal d => Number(d),
        string s => $"'{s.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal).Replace("\f", "\\f", StringComparison.Ordinal)}'",
        CqlQuantity q => q.Calendar is { } c ? $"{Number(q.Value)} {(Math.Abs(q.Value) == 1 ? c : c + "s")}" : $"{Number(q.Value)} '{q.Unit.Code}'",
        CqlTemporal t => t.Literal(),
        CqlUncertainty u => $"Interval[{u.Low}, {u.High}]",
        CqlInterval i => $"Interval{(i.LowClosed ? '[' : '(')}{Literal(i.Low)}, {Literal(i.High)}{(i.HighClosed ? ']' : ')')}",
        IReadOnlyList<object?> list => list.Count == 0 ? "{}" : $"{{{string.Join(", ", list.Select(Literal))}}}",
        _ => throw new InvalidOperationException($"A value of {value.GetType().Name} has no CQL literal."),
    };

    private static string Number(decimal d) => d.ToString("0.0#######", CultureInfo.InvariantCulture);

    private static string Write(Syntax syntax, Func<string, string> name) => syntax switch
    {
        LiteralSyntax l => Literal(l.Value),
        NameSyntax n => name(n.Name),
        ListSyntax l => $"{{{string.Join(", ", l.Items.Select(i => Write(i, name)))}}}",
        IntervalSyntax i => $"Interval{(i.LowClosed ? '[' : '(')}{Write(i.Low, name)}, {Write(i.High, name)}{(i.HighClosed ? ']' : ')')}",
        CaseSyntax { Comparand: null, Items: [var one] } c => $"if {Write(one.When, name)} then {Write(one.Then, name)} else {Write(c.Else, name)}",
        CaseSyntax c => $"case{(c.Comparand is null ? "" : " " + Write(c.Comparand, name))}{string.Concat(c.Items.Select(i => $" when {Write(i.When, name)} then {Write(i.Then, name)}"))} else {Write(c.Else, name)} end",
        CallSyntax c => Call(c, name),
        _ => throw new InvalidOperationException(),
    };

    private static string Call(CallSyntax c, Func<string, string> name)
    {
        string Part(int i) => c.Arguments[i] is CallSyntax { Arguments.Count: 2 } or CallSyntax { Name: "not" } or CaseSyntax && !IsFunction(c.Name)
            ? $"({Write(c.Arguments[i], name)})"
            : Write(c.Arguments[i], name);
        var precision = c.Precision is null ? "" : $"{c.Precision} of ";
        return c.Name switch
        {
            "AgeInYears" => name("age"),
            "not" or "exists" => $"{c.Name} ({Write(c.Arguments[0], name)})",
            "negate" => $"-{Part(0)}",
            "is null" or "is true" or "is false" => $"{Part(0)} {c.Name}",
            "is" or "as" => $"{Part(0)} {c.Name} {c.Target}",
            "cast" => $"cast {Part(0)} as {c.Target}",
            "convert" => $"convert {Part(0)} to {c.Target}",
            "minimum" or "maximum" => $"{c.Name} {c.Target}",
            "duration" => $"{c.Precision}s between {Part(0)} and {Part(1)}",
            "difference" => $"difference in {c.Precision}s between {Part(0)} and {Part(1)}",
            "Indexer" => $"{Part(0)}[{Write(c.Arguments[1], name)}]",
            _ when IsFunction(c.Name) => $"{c.Name}({string.Join(", ", c.Arguments.Select(a => Write(a, name)))})",
            _ when c.Arguments.Count == 2 => $"{Part(0)} {c.Name} {precision}{Part(1)}",
            _ => $"{c.Name} {Part(0)}",
        };
    }

    private static bool IsFunction(string name) => char.IsAsciiLetterUpper(name[0]);
}
