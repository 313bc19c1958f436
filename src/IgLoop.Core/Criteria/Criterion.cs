using System.Diagnostics.CodeAnalysis;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Criteria;

/// <summary>A Boolean CQL expression over declared facts, compiled: true, false, or null for unknown.</summary>
public sealed class Criterion
{
    private readonly Node node;

    private Criterion(string text, Node node, IReadOnlyList<FactDefinition> facts)
    {
        Text = text;
        this.node = node;
        Facts = facts;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>What was written, for whoever says it in other words.</summary>
    internal Syntax Syntax => node.Syntax;

    /// <summary>The same in canonical CQL, as it is exported.</summary>
    public string Canonical => CqlText.Of(node.Syntax);

    /// <summary>The same as it is written in an exported library, where facts are quoted identifiers.</summary>
    public string Exported(FactCatalogue catalogue) => CqlText.Exported(node.Syntax, catalogue);

    /// <summary>
    /// True when learning more can only settle it: no part asks whether something is unknown. What such a criterion answers
    /// while facts are missing stays its answer.
    /// </summary>
    public bool IsMonotone => Monotone(node);

    /// <summary>
    /// True when it asks whether a fact is in a list, or counts a list of facts: by CQL an unknown fact is then "not in", or left out,
    /// so that unknown becomes a plain no (or, with <c>AllTrue</c>, a yes).
    /// </summary>
    public bool AsksMembershipOfFact => Asks(node.Syntax);

    /// <summary>The facts it names, each once, in order of appearance.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    /// <summary>The numbers it holds, in the order in which they are written: each needs a source somewhere.</summary>
    public IEnumerable<CriterionNumber> Numbers => CriterionNumbers.Of(node.Syntax);

    /// <summary>Compiles an expression that must be Boolean.</summary>
    /// <returns>False with the error and its position when it is not in the subset, names an unknown fact or compares incompatible units.</returns>
    public static bool TryCompile(string text, FactCatalogue catalogue, [NotNullWhen(true)] out Criterion? criterion, [NotNullWhen(false)] out CqlError? error)
    {
        criterion = null;
        if (!CqlExpression.TryCompile(text, catalogue, out var expression, out error))
        {
            return false;
        }

        if (expression.Node.Type != CqlType.Boolean && !expression.Node.Type.IsAny)
        {
            error = new("type", $"A criterion must be true or false; this is {Binder.Article(expression.Node.Type)}.", 1, 1);
            return false;
        }

        criterion = new Criterion(text, expression.Node, expression.Facts);
        return true;
    }

    private static bool Monotone(Node part) => part switch
    {
        FactNode or FactCompared or FactsAlike or Constant => true,
        FactChosen chosen => !chosen.Member,
        Junction or Negation or AtLeast => part.Parts.All(Monotone),
        _ => false,
    };

    private static bool Asks(Syntax syntax) => syntax switch
    {
        CallSyntax { Name: "in" or "included in" or "properly included in", Arguments: [var item, not IntervalSyntax] } when NamesFact(item) => true,
        CallSyntax { Name: "contains" or "includes" or "properly includes", Arguments: [not IntervalSyntax, var item] } when NamesFact(item) => true,
        CallSyntax { Name: "AllTrue" or "AnyTrue" or "Count" or "exists", Arguments: [var list] } when NamesFact(list) => true,
        CallSyntax c => c.Arguments.Any(Asks),
        ListSyntax l => l.Items.Any(Asks),
        CaseSyntax c => c.Items.Any(i => Asks(i.When) || Asks(i.Then)) || Asks(c.Else),
        _ => false,
    };

    private static bool NamesFact(Syntax syntax) => syntax switch
    {
        NameSyntax => true,
        CallSyntax c => c.Name == "AgeInYears" || c.Arguments.Any(NamesFact),
        ListSyntax l => l.Items.Any(NamesFact),
        IntervalSyntax i => NamesFact(i.Low) || NamesFact(i.High),
        CaseSyntax c => (c.Comparand is { } x && NamesFact(x)) || c.Items.Any(i => NamesFact(i.When) || NamesFact(i.Then)) || NamesFact(c.Else),
        _ => false,
    };

    /// <summary>True, false, or null when what is known does not settle it.</summary>
    public bool? Evaluate(FactSet facts) => node.Test(new Scope(facts, null));

    /// <summary>The same answer with the tree that leads to it.</summary>
    public Explanation Explain(FactSet facts) => node.Explain(new Scope(facts, null));
}

/// <summary>Any CQL expression of the subset.</summary>
public sealed class CqlExpression
{
    private CqlExpression(Node node, IReadOnlyList<FactDefinition> facts)
    {
        Node = node;
        Facts = facts;
    }

    internal Node Node { get; }

    /// <summary>The facts it names.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    /// <summary>The CQL type, for example <c>Integer</c> or <c>List&lt;Quantity&gt;</c>.</summary>
    public string Type => Node.Type.ToString();

    public static bool TryCompile(string text, FactCatalogue catalogue, [NotNullWhen(true)] out CqlExpression? expression, [NotNullWhen(false)] out CqlError? error)
    {
        try
        {
            var binder = new Binder(catalogue);
            var node = binder.Bind(Parser.Read(text));
            expression = new(node, binder.Named);
            error = null;
            return true;
        }
        catch (CqlException e)
        {
            expression = null;
            error = e.Error;
            return false;
        }
    }

    /// <summary>The value.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="today">The day that <c>Today()</c> means; null: unknown.</param>
    public CqlValue Evaluate(FactSet facts, DateOnly? today = null) => new(Node.Value(new Scope(facts, today)), Node.Type);

    /// <summary>Why, for a Boolean expression.</summary>
    public Explanation Explain(FactSet facts, DateOnly? today = null) => Node.Explain(new Scope(facts, today));
}

/// <summary>The value of an expression.</summary>
public sealed class CqlValue
{
    private readonly CqlType type;

    internal CqlValue(object? value, CqlType type)
    {
        Value = value;
        this.type = type;
    }

    internal object? Value { get; }

    public bool IsNull => Value is null;

    /// <summary>The CQL type: of the value where it is narrower than the expression's, as a fraction from <c>Power</c> of whole numbers is.</summary>
    public string Type => Value switch
    {
        decimal when type.IsNumber => "Decimal",
        long when type.IsNumber => "Long",
        _ => type.ToString(),
    };

    /// <summary>The value as a CQL literal; <c>null</c> for unknown.</summary>
    public string Text => CqlText.Literal(Value);

    /// <summary>True, false or null of a Boolean; null for other types.</summary>
    public bool? Boolean => Value as bool?;

    /// <summary>The number of an Integer, Long or Decimal; null for other types.</summary>
    public decimal? Number => Comparing.Number(Value);

    /// <summary>Number and unit of a Quantity; null for other types.</summary>
    public (decimal Value, string Unit)? Quantity => Value is CqlQuantity q ? (q.Value, q.UnitText) : null;

    /// <summary>The text of a String; null for other types.</summary>
    public string? String => Value as string;

    /// <summary>The items of a list; null for other types.</summary>
    public IReadOnlyList<CqlValue>? Items => Value is IReadOnlyList<object?> list ? [.. list.Select(v => new CqlValue(v, type.Element ?? CqlType.Any))] : null;
}

/// <param name="Code"><c>syntax</c>, <c>unsupported</c>, <c>unknown-identifier</c>, <c>type</c>, <c>unit</c> or <c>value</c>.</param>
/// <param name="Message">One sentence that says what is wrong and how to mend it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Construct">For <c>unsupported</c>: the name of the construct, for example <c>query</c>.</param>
public sealed record CqlError(string Code, string Message, int Line, int Column, string? Construct = null);

/// <summary>One node of the answer to "why".</summary>
/// <param name="Text">The part of the expression, in plain words where it is a fact.</param>
/// <param name="Result">True, false or null for unknown.</param>
/// <param name="Kind"><c>and</c>, <c>or</c>, <c>not</c>, … for an inner node; <c>leaf</c> for a comparison or a fact.</param>
/// <param name="Children">Inner nodes' parts; empty for a leaf.</param>
/// <param name="Fact">The fact of a leaf; null for an inner node or a constant.</param>
/// <param name="Value">Its value; null when unknown.</param>
public sealed record Explanation(string Text, bool? Result, string Kind, IReadOnlyList<Explanation> Children, FactDefinition? Fact, FactValue? Value);
