using IgLoop.Core.Facts;

namespace IgLoop.Core.Criteria;

/// <summary>What an expression is evaluated against.</summary>
internal readonly record struct Scope(FactSet Facts, DateOnly? Today);

/// <summary>
/// One compiled part of an expression. <see cref="Test"/> is the fast path of criteria: three-valued, without allocation;
/// <see cref="Value"/> is the general path for any type.
/// </summary>
internal abstract class Node(Syntax syntax, CqlType type)
{
    public Syntax Syntax { get; } = syntax;

    public CqlType Type { get; } = type;

    public abstract object? Value(in Scope scope);

    /// <summary>The value of a Boolean part.</summary>
    public virtual bool? Test(in Scope scope) => Value(scope) as bool?;

    /// <summary>The same with the tree that leads to it.</summary>
    public virtual Explanation Explain(in Scope scope) => new(CqlText.Of(Syntax), Test(scope), "leaf", [], null, null);

    /// <summary>Parts, for walking.</summary>
    public virtual IReadOnlyList<Node> Parts => [];
}

/// <summary>A part whose fast path is the real one.</summary>
internal abstract class BooleanNode(Syntax syntax) : Node(syntax, CqlType.Boolean)
{
    public override object? Value(in Scope scope) => Test(scope);

    public abstract override bool? Test(in Scope scope);
}

internal sealed class Constant(Syntax syntax, CqlType type, object? value) : Node(syntax, type)
{
    public object? Held { get; } = value;

    public override object? Value(in Scope scope) => Held;
}

/// <summary>A fact by its slot, as a CQL value.</summary>
internal sealed class FactNode(Syntax syntax, FactDefinition fact) : Node(syntax, TypeOf(fact))
{
    public FactDefinition Fact { get; } = fact;

    public override object? Value(in Scope scope)
    {
        if (scope.Facts[Fact.Slot] is not { } v)
        {
            return null;
        }

        return Fact.Type switch
        {
            FactType.Boolean => v.Number != 0,
            FactType.Integer => (int)v.Number,
            FactType.Decimal => v.Number,
            FactType.Quantity => new CqlQuantity(v.Number, Fact.Unit!),
            FactType.Date => CqlTemporal.Of(v.AsDate),
            _ => v.Text,
        };
    }

    public override bool? Test(in Scope scope) => scope.Facts[Fact.Slot] is { } v ? v.Number != 0 : null;

    public override Explanation Explain(in Scope scope) => new(Fact.Name, Test(scope), "leaf", [], Fact, scope.Facts[Fact.Slot]);

    private static CqlType TypeOf(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => CqlType.Boolean,
        FactType.Integer => CqlType.Integer,
        FactType.Decimal => CqlType.Decimal,
        FactType.Quantity => CqlType.Quantity,
        FactType.Date => CqlType.Date,
        _ => CqlType.String,
    };
}

/// <summary>A fact's number against a constant in the fact's own unit.</summary>
internal sealed class FactCompared : BooleanNode
{
    private readonly FactDefinition fact;
    private readonly decimal constant;
    private readonly long scaled;
    private readonly int slot;
    private readonly string plain;

    // The answer for less, equal and greater: one comparison and no text on the fast path.
    private readonly bool less;
    private readonly bool equal;
    private readonly bool greater;

    public FactCompared(Syntax syntax, FactDefinition fact, string op, decimal constant, string plain)
        : base(syntax)
    {
        this.plain = plain;
        scaled = FactValue.ScaledOf(constant);
        this.fact = fact;
        this.constant = constant;
        slot = fact.Slot;
        less = op is "<" or "<=" or "!=";
        equal = op is "<=" or ">=" or "=";
        greater = op is ">" or ">=" or "!=";
    }

    public override bool? Test(in Scope scope)
    {
        if (scope.Facts[slot] is not { } v)
        {
            return null;
        }

        var n = v.Scaled;
        if (n != FactValue.Unscaled && scaled != FactValue.Unscaled)
        {
            return n < scaled ? less : n == scaled ? equal : greater;
        }

        var order = v.Number.CompareTo(constant);
        return order < 0 ? less : order == 0 ? equal : greater;
    }

    public override Explanation Explain(in Scope scope) => new(plain, Test(scope), "leaf", [], fact, scope.Facts[slot]);
}

/// <summary>A choice against one or several of its values. By CQL an unknown value is not equal (null), but it is not in a list (false).</summary>
internal sealed class FactChosen(Syntax syntax, FactDefinition fact, string[] among, bool negated, bool member, string plain) : BooleanNode(syntax)
{
    public bool Member { get; } = member;

    public override bool? Test(in Scope scope)
    {
        if (scope.Facts[fact.Slot] is not { } v)
        {
            return Member ? false : null;
        }

        foreach (var text in among)
        {
            if (text == v.Text)
            {
                return !negated;
            }
        }

        return negated;
    }

    public override Explanation Explain(in Scope scope) => new(plain, Test(scope), "leaf", [], fact, scope.Facts[fact.Slot]);
}

/// <summary>Two choices against each other.</summary>
internal sealed class FactsAlike(Syntax syntax, FactDefinition left, FactDefinition right, bool negated, string plain) : BooleanNode(syntax)
{
    public override bool? Test(in Scope scope) =>
        scope.Facts[left.Slot] is { } a && scope.Facts[right.Slot] is { } b ? (a.Text == b.Text) != negated : null;

    public override Explanation Explain(in Scope scope) => new(
        plain, Test(scope), "leaf",
        [new(left.Name, null, "fact", [], left, scope.Facts[left.Slot]), new(right.Name, null, "fact", [], right, scope.Facts[right.Slot])], null, null);
}

/// <summary><c>is null</c> of a fact: known even when the fact is not.</summary>
internal sealed class FactIsNull(Syntax syntax, FactDefinition fact) : BooleanNode(syntax)
{
    private readonly string plain = $"{fact.Name} is not known";

    public override bool? Test(in Scope scope) => scope.Facts[fact.Slot] is null;

    public override Explanation Explain(in Scope scope) => new(plain, Test(scope), "leaf", [], fact, scope.Facts[fact.Slot]);
}

/// <summary>Three-valued and / or over any number of parts.</summary>
internal sealed class Junction(Syntax syntax, bool and, Node[] parts) : BooleanNode(syntax)
{
    public bool And { get; } = and;

    public override IReadOnlyList<Node> Parts => parts;

    public override bool? Test(in Scope scope)
    {
        var unknown = false;
        foreach (var part in parts)
        {
            var t = part.Test(scope);
            if (t is null)
            {
                unknown = true;
            }
            else if (t.Value != And)
            {
                return !And;
            }
        }

        return unknown ? null : And;
    }

    public override Explanation Explain(in Scope scope)
    {
        var children = new Explanation[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            children[i] = parts[i].Explain(scope);
        }

        return new(And ? "all of" : "any of", Test(scope), And ? "and" : "or", children, null, null);
    }
}

internal sealed class Negation(Syntax syntax, Node part) : BooleanNode(syntax)
{
    public override IReadOnlyList<Node> Parts => [part];

    public override bool? Test(in Scope scope) => !part.Test(scope);

    public override Explanation Explain(in Scope scope) => new("not", Test(scope), "not", [part.Explain(scope)], null, null);
}

/// <summary>
/// <c>AtLeast(k, {a, b, c})</c>: true when k are true, false when fewer than k can still become true, otherwise unknown.
/// </summary>
internal sealed class AtLeast(Syntax syntax, int k, Node[] parts) : BooleanNode(syntax)
{
    public override IReadOnlyList<Node> Parts => parts;

    public override bool? Test(in Scope scope)
    {
        int yes = 0, open = 0;
        foreach (var part in parts)
        {
            switch (part.Test(scope))
            {
                case true:
                    yes++;
                    break;
                case null:
                    open++;
                    break;
            }
        }

        return yes >= k ? true : yes + open < k ? false : null;
    }

    public override Explanation Explain(in Scope scope)
    {
        var children = new Explanation[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            children[i] = parts[i].Explain(scope);
        }

        return new($"at least {k} of", Test(scope), "at least", children, null, null);
    }
}

/// <summary>xor, implies, is true, is false: three-valued, by a truth table.</summary>
internal sealed class Truth(Syntax syntax, string op, Node[] parts) : BooleanNode(syntax)
{
    public override IReadOnlyList<Node> Parts => parts;

    public override bool? Test(in Scope scope)
    {
        var a = parts[0].Test(scope);
        switch (op)
        {
            case "is true":
                return a == true;
            case "is false":
                return a == false;
            case "implies":
                if (a == false)
                {
                    return true;
                }

                var then = parts[1].Test(scope);
                return then == true ? true : a is null ? null : then;
            default:
                var b = parts[1].Test(scope);
                return a is null || b is null ? null : a != b;
        }
    }

    public override Explanation Explain(in Scope scope)
    {
        var children = new List<Explanation>();
        foreach (var part in parts)
        {
            children.Add(part.Explain(scope));
        }

        return new(op, Test(scope), op, children, null, null);
    }
}

/// <summary>Any operator or function by its meaning over values.</summary>
internal sealed class Call(Syntax syntax, CqlType type, Node[] parts, Func<object?[], Scope, object?> meaning) : Node(syntax, type)
{
    public override IReadOnlyList<Node> Parts => parts;

    public override object? Value(in Scope scope)
    {
        var values = new object?[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            values[i] = parts[i].Value(scope);
        }

        return meaning(values, scope);
    }

    public override Explanation Explain(in Scope scope)
    {
        var facts = parts.OfType<FactNode>().ToList();
        var one = facts.Count == 1 ? facts[0].Fact : null;
        var inner = new List<Explanation>();
        if (facts.Count != 1)
        {
            foreach (var part in parts)
            {
                if (part is FactNode f)
                {
                    inner.Add(new(f.Fact.Name, null, "fact", [], f.Fact, scope.Facts[f.Fact.Slot]));
                }
                else if (part.Parts.Count > 0)
                {
                    inner.Add(part.Explain(scope));
                }
            }
        }

        return new(CqlText.Plain(Syntax, scope.Facts.Catalogue), Type == CqlType.Boolean ? Test(scope) : null, "leaf", inner, one, one is null ? null : scope.Facts[one.Slot]);
    }
}

/// <summary><c>if</c> and <c>case</c>: only the branch that is taken is evaluated.</summary>
internal sealed class Choose(Syntax syntax, CqlType type, Node? comparand, (Node When, Node Then)[] items, Node otherwise) : Node(syntax, type)
{
    public override IReadOnlyList<Node> Parts => [.. comparand is null ? [] : new[] { comparand }, .. items.SelectMany(i => new[] { i.When, i.Then }), otherwise];

    public override object? Value(in Scope scope)
    {
        var against = comparand?.Value(scope);
        foreach (var (when, then) in items)
        {
            if (comparand is null ? when.Test(scope) == true : Comparing.Equal(against, when.Value(scope)) == true)
            {
                return Operators.Widened(then.Value(scope), Type);
            }
        }

        return Operators.Widened(otherwise.Value(scope), Type);
    }
}
