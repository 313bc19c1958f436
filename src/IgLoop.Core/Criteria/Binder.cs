using IgLoop.Core.Facts;

namespace IgLoop.Core.Criteria;

/// <summary>Gives names their facts and operators their types; what does not fit is an error with its place.</summary>
internal sealed class Binder(FactCatalogue facts)
{
    private readonly List<FactDefinition> named = [];

    /// <summary>The facts named, each once, in order of appearance.</summary>
    public IReadOnlyList<FactDefinition> Named => named;

    // Each part is bound once, however often its type is asked.
    private readonly Dictionary<Syntax, Node> bound = new(ReferenceEqualityComparer.Instance);

    public Node Bind(Syntax syntax)
    {
        if (!bound.TryGetValue(syntax, out var node))
        {
            bound[syntax] = node = BindNew(syntax);
        }

        return node;
    }

    private Node BindNew(Syntax syntax) => syntax switch
    {
        LiteralSyntax l => new Constant(l, l.Type, l.Value),
        NameSyntax n => Fact(n),
        ListSyntax l => BindList(l),
        IntervalSyntax i => BindInterval(i),
        CaseSyntax c => BindCase(c),
        CallSyntax c => BindCall(c),
        _ => throw new InvalidOperationException(),
    };

    private FactNode Fact(NameSyntax name)
    {
        if (!facts.TryFind(name.Name, out var fact))
        {
            var near = facts.Nearest(name.Name, 1);
            throw new CqlException(new("unknown-identifier", $"There is no fact '{name.Name}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}", name.At.Line, name.At.Column));
        }

        if (!named.Contains(fact))
        {
            named.Add(fact);
        }

        return new FactNode(name, fact);
    }

    private Node BindCall(CallSyntax c)
    {
        if (c.Written)
        {
            Signatures.Check(c, c.At.Text, s => Bind(s).Type);
        }

        switch (c.Name)
        {
            case "and" or "or":
                var parts = new List<Node>();
                Flatten(c, c.Name, parts);
                return new Junction(c, c.Name == "and", [.. parts]);
            case "not":
                return new Negation(c, Boolean(c.Arguments[0]));
            case "xor" or "implies":
                return new Truth(c, c.Name, [Boolean(c.Arguments[0]), Boolean(c.Arguments[1])]);
            case "is true" or "is false":
                return new Truth(c, c.Name, [Boolean(c.Arguments[0])]);
            case "is null":
                var tested = Bind(c.Arguments[0]);
                return tested is FactNode f ? new FactIsNull(c, f.Fact) : new Call(c, CqlType.Boolean, [tested], (v, _) => v[0] is null);
            case "AtLeast":
                return BindAtLeast(c);
            case "=" or "!=" or "~" or "!~" or "<" or "<=" or ">" or ">=":
                return BindComparison(c);
            case "in" when Bind(c.Arguments[0]) is FactNode { Fact.Type: FactType.Choice } choice && c.Arguments[1] is ListSyntax list && list.Items.Count > 0 && list.Items.All(i => i is LiteralSyntax { Value: string }):
                return Chosen(c, choice.Fact, [.. list.Items.Select(i => (string)((LiteralSyntax)i).Value!)], negated: false, member: true);
            case "AgeInYears" when c.Arguments.Count == 0:
                return Fact(new NameSyntax(c.At, "age"));
            default:
                return Operators.Bind(c, [.. c.Arguments.Select(Bind)]);
        }
    }

    private void Flatten(CallSyntax c, string op, List<Node> parts)
    {
        foreach (var argument in c.Arguments)
        {
            if (argument is CallSyntax inner && inner.Name == op)
            {
                Flatten(inner, op, parts);
            }
            else
            {
                parts.Add(Boolean(argument));
            }
        }
    }

    private Node Boolean(Syntax syntax)
    {
        var node = Bind(syntax);
        return node.Type == CqlType.Boolean || node.Type.IsAny ? node : throw CqlException.Type($"A Boolean is needed here, not {CqlText.Of(syntax)}, which is {Article(node.Type)}.", syntax.At);
    }

    private AtLeast BindAtLeast(CallSyntax c)
    {
        if (c.Arguments is not [LiteralSyntax { Value: int k }, ListSyntax list])
        {
            throw CqlException.Type("AtLeast takes a whole number and a list: AtLeast(2, {a, b, c}).", c.At);
        }

        return new(c, k, [.. list.Items.Select(Boolean)]);
    }

    private Node BindComparison(CallSyntax c)
    {
        var left = Bind(c.Arguments[0]);
        var right = Bind(c.Arguments[1]);
        if (left is FactNode { Fact: var f } && right is Constant constant)
        {
            return FactAgainst(c, c.Name, f, left, constant);
        }

        if (right is FactNode { Fact: var g } && left is Constant turned)
        {
            return FactAgainst(c, c.Name switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", var same => same }, g, right, turned);
        }

        if (left is FactNode { Fact: { Type: FactType.Choice } one } && right is FactNode { Fact: { Type: FactType.Choice } other } && c.Name is "=" or "!=")
        {
            return new FactsAlike(c, one, other, c.Name == "!=", CqlText.Plain(c, facts));
        }

        if (left is FactNode { Fact: { Type: FactType.Quantity } x } && right is FactNode { Fact: { Type: FactType.Quantity } y } && !x.Unit!.IsComparableTo(y.Unit!))
        {
            throw new CqlException(new("unit", $"{x.Id} is in {x.Unit.Code} and {y.Id} in {y.Unit!.Code}: they cannot be compared.", c.At.Line, c.At.Column));
        }

        return Operators.Compare(c, c.Name, left, right);
    }

    /// <summary>A fact against a constant: units and choices are checked now, and the comparison becomes one of plain numbers.</summary>
    private Node FactAgainst(CallSyntax c, string op, FactDefinition fact, Node factNode, Constant constant)
    {
        switch (fact.Type)
        {
            case FactType.Quantity when constant.Held is CqlQuantity q && op is not ("~" or "!~"):
                if (q.Calendar is not null || !q.Unit.IsComparableTo(fact.Unit!))
                {
                    throw new CqlException(new("unit", $"{fact.Id} is in {fact.Unit!.Code}, which cannot be compared with {q.UnitText}.", c.At.Line, c.At.Column));
                }

                return new FactCompared(c, fact, op, q.Unit.Convert(q.Value, fact.Unit!), CqlText.Plain(c, facts));
            case FactType.Quantity when constant.Held is int or long or decimal:
                throw new CqlException(new("unit", $"{fact.Id} has a unit: write the number with one, such as {CqlText.Literal(constant.Held)} '{fact.Unit!.Code}'.", c.At.Line, c.At.Column));
            case FactType.Integer or FactType.Decimal when op is not ("~" or "!~") && Comparing.Number(constant.Held) is { } n:
                return new FactCompared(c, fact, op, n, CqlText.Plain(c, facts));
            case FactType.Choice when constant.Held is string text && op is "=" or "!=":
                return Chosen(c, fact, [(string)constant.Held!], op == "!=");
            default:
                return Operators.Compare(c, op, factNode, constant);
        }
    }

    private FactChosen Chosen(CallSyntax c, FactDefinition fact, IReadOnlyList<string> among, bool negated, bool member = false)
    {
        var strange = among.FirstOrDefault(a => fact.Choices.Count > 0 && !fact.Choices.Contains(a));
        if (strange is not null)
        {
            var near = Spelling.Nearest(strange, fact.Choices, 1);
            throw CqlException.Type($"'{strange}' is not a value of {fact.Id}{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; it is one of {string.Join(", ", fact.Choices.Take(12))}.")}", c.At);
        }

        return new(c, fact, [.. among], negated, member, CqlText.Plain(c, facts));
    }

    private Call BindList(ListSyntax list)
    {
        var items = list.Items.Select(Bind).ToArray();
        var type = items.Select(i => i.Type).Aggregate(CqlType.Any, (a, b) => Common(a, b) ?? throw CqlException.Type($"The items of a list must be of one type, not {a} and {b}.", list.At));
        return new(list, CqlType.List(type), items, (v, _) => new List<object?>(v.Select(x => Operators.Widened(x, type))));
    }

    private Call BindInterval(IntervalSyntax i)
    {
        var (low, high) = (Bind(i.Low), Bind(i.High));
        var type = Common(low.Type, high.Type);
        if (type is { IsAny: true })
        {
            throw CqlException.Unsupported("interval without bounds", i.At);
        }

        if (type is null || type == CqlType.Boolean || type == CqlType.String || type.Element is not null)
        {
            throw CqlException.Type($"An interval needs two bounds of one ordered type, not {low.Type} and {high.Type}.", i.At);
        }

        var node = new Call(i, CqlType.Interval(type), [low, high], (v, _) =>
        {
            var interval = new CqlInterval(Operators.Widened(v[0], type), Operators.Widened(v[1], type), i.LowClosed, i.HighClosed);
            return Comparing.Inequality(">", interval.Start, interval.Finish) == true ? null : interval;
        });
        return Operators.Refuses(node) ? throw CqlException.Value($"{CqlText.Of(i)} ends before it begins.", i.At) : node;
    }

    private Choose BindCase(CaseSyntax c)
    {
        var comparand = c.Comparand is null ? null : Bind(c.Comparand);
        var items = c.Items.Select(i => (When: comparand is null ? Boolean(i.When) : Bind(i.When), Then: Bind(i.Then))).ToArray();
        var otherwise = Bind(c.Else);
        var type = items.Select(i => i.Then.Type).Append(otherwise.Type).Aggregate(CqlType.Any, (a, b) => Common(a, b) ?? throw CqlException.Type($"All branches must be of one type, not {a} and {b}.", c.At));
        return new(c, type, comparand, items, otherwise);
    }

    /// <summary>The type that holds both; null when there is none.</summary>
    internal static CqlType? Common(CqlType a, CqlType b)
    {
        if (a == b || b.IsAny)
        {
            return a;
        }

        if (a.IsAny)
        {
            return b;
        }

        if (a.IsNumber && b.IsNumber)
        {
            return a == CqlType.Decimal || b == CqlType.Decimal ? CqlType.Decimal : CqlType.Long;
        }

        if (a.Name == b.Name && a.Element is not null && Common(a.Element, b.Element!) is { } element)
        {
            return new CqlType(a.Name, element);
        }

        return a.Name is "Date" or "DateTime" && b.Name is "Date" or "DateTime" ? CqlType.DateTime : null;
    }

    internal static string Article(CqlType type) => $"{(type.Name[0] is 'A' or 'I' ? "an" : "a")} {type}";
}
