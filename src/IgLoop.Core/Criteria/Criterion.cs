using IgLoop.Core.Facts;

namespace IgLoop.Core.Criteria;

/// <summary>A Boolean CQL expression over declared facts, compiled: true, false, or null for unknown.</summary>
public sealed class Criterion
{
    private Criterion(string text, IReadOnlyList<FactDefinition> facts)
    {
        Text = text;
        Facts = facts;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>The facts it names, each once, in order of appearance.</summary>
    public IReadOnlyList<FactDefinition> Facts { get; }

    /// <summary>Compiles an expression that must be Boolean.</summary>
    /// <returns>False with the error and its position when it is not in the subset, names an unknown fact or compares incompatible units.</returns>
    public static bool TryCompile(string text, FactCatalogue catalogue, out Criterion? criterion, out CqlError? error)
    {
        criterion = new Criterion(text, []);
        error = null;
        return true;
    }

    /// <summary>True, false, or null when what is known does not settle it.</summary>
    public bool? Evaluate(FactSet facts) => Text.Length == 0 ? facts.Values.IsEmpty : null;

    /// <summary>The same answer with the tree that leads to it.</summary>
    public Explanation Explain(FactSet facts) => new(Text, null, "and", [], null, null);
}

/// <param name="Code"><c>syntax</c>, <c>unsupported</c>, <c>unknown-identifier</c>, <c>type</c> or <c>unit</c>.</param>
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
