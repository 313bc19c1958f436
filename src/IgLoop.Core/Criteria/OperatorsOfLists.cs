namespace IgLoop.Core.Criteria;

/// <summary>Lists, intervals, aggregates, Coalesce.</summary>
internal static partial class Operators
{
    private static Call? Lists(CallSyntax c, Node[] a)
    {
        switch (c.Name)
        {
            case "Coalesce" when a.Length >= 1:
                return BindCoalesce(c, a);
            case "in" when a.Length == 2 && (IsList(a[1]) || IsInterval(a[1]) || a[1].Type.IsAny):
                Comparable(c, a[0].Type, a[1].Type.Element ?? CqlType.Any);
                return New(c, CqlType.Boolean, a, v => Within(v[0], v[1], c.Precision));
            case "contains" when a.Length == 2 && (IsList(a[0]) || IsInterval(a[0]) || a[0].Type.IsAny):
                Comparable(c, a[0].Type.Element ?? CqlType.Any, a[1].Type);
                return New(c, CqlType.Boolean, a, v => Within(v[1], v[0], c.Precision));
            case "exists" when IsList(a[0]) || a[0].Type.IsAny:
                return New(c, CqlType.Boolean, a, v => List(v[0]) is { } l && l.Any(x => x is not null));
            case "includes" or "included in" or "properly includes" or "properly included in" when a.Length == 2:
                return Inclusion(c, a);
            case "overlaps" when IsInterval(a[0]) && IsInterval(a[1]):
                Comparable(c, PointOf(a[0]), PointOf(a[1]));
                return New(c, CqlType.Boolean, a, v => v[0] is CqlInterval x && v[1] is CqlInterval y ? x.Overlaps(y, c.Precision) : null);
            case "start of" or "end of" when IsInterval(a[0]):
                return New(c, a[0].Type.Element!, a, v => v[0] is CqlInterval i ? c.Name[0] == 's' ? i.Start : i.Finish : null);
            case "width of" when IsInterval(a[0]) && a[0].Type.Element!.IsNumber:
                return New(c, a[0].Type.Element!, a, v => v[0] is CqlInterval i ? Arithmetic.Add(i.Finish, i.Start, -1) : null);
            case "union" or "intersect" or "except" when (IsList(a[0]) || a[0].Type.IsAny) && (IsList(a[1]) || a[1].Type.IsAny) && !(a[0].Type.IsAny && a[1].Type.IsAny):
                return New(c, Binder.Common(a[0].Type, a[1].Type) ?? throw CqlException.Type("Both lists must be of one type.", c.At), a, v => Sets(c.Name, List(v[0]), List(v[1])));
            case "distinct" when IsList(a[0]):
                return New(c, a[0].Type, a, v => List(v[0]) is { } l ? Distinct(l) : null);
            case "flatten" when IsList(a[0]):
                return New(c, a[0].Type.Element is { Name: "List" } e ? e : a[0].Type, a, v => List(v[0])?.SelectMany(x => x is IReadOnlyList<object?> inner ? inner : [x]).ToList());
            case "singleton from" when IsList(a[0]):
                var single = New(c, a[0].Type.Element!, a, v => List(v[0]) is [var one] ? one : null);
                return Refuses(single) && a[0].Syntax is ListSyntax { Items.Count: > 1 } ? throw CqlException.Value($"{CqlText.Of(c)}: there is more than one item.", c.At) : single;
            case "Indexer" when a.Length == 2 && IsList(a[0]):
                return New(c, a[0].Type.Element!, a, v => List(v[0]) is { } l && v[1] is int i && i >= 0 && i < l.Count ? l[i] : null);
            case "IndexOf" when a.Length == 2 && (IsList(a[0]) || a[0].Type.IsAny):
                return New(c, CqlType.Integer, a, v => List(v[0]) is { } l && v[1] is not null ? Index(l, v[1]) : null);
            case "Skip" or "Take" when a.Length == 2 && (IsList(a[0]) || a[0].Type.IsAny) && (a[1].Type == CqlType.Integer || a[1].Type.IsAny):
                return New(c, a[0].Type, a, v => List(v[0]) is not { } l ? null : c.Name == "Take" ? l.Take(v[1] is int n ? n : 0).ToList() : v[1] is int m ? l.Skip(m).ToList() : null);
            case "Tail" when a.Length == 1 && (IsList(a[0]) || a[0].Type.IsAny):
                return New(c, a[0].Type, a, v => List(v[0])?.Skip(1).ToList());
            case "First" or "Last" when a.Length == 1 && IsList(a[0]):
                return New(c, a[0].Type.Element!, a, v => List(v[0]) is { Count: > 0 } l ? c.Name == "First" ? l[0] : l[^1] : null);
            case "Length" when a.Length == 1 && IsList(a[0]):
                return New(c, CqlType.Integer, a, v => List(v[0])?.Count ?? 0);
            default:
                return Aggregates(c, a);
        }
    }

    private static Call? Aggregates(CallSyntax c, Node[] a)
    {
        if (a.Length != 1 || !(IsList(a[0]) || a[0].Type.IsAny))
        {
            return null;
        }

        var element = a[0].Type.Element ?? CqlType.Any;
        return c.Name switch
        {
            "Count" => New(c, CqlType.Integer, a, v => Known(v[0]).Count),
            "Sum" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? l.Aggregate((x, y) => Arithmetic.Add(x, y)) : null),
            "Product" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? l.Aggregate(Arithmetic.Multiply) : null),
            "Min" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? Outermost(l, -1) : null),
            "Max" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? Outermost(l, 1) : null),
            "Avg" => New(c, element == CqlType.Quantity ? element : CqlType.Decimal, a, v => Known(v[0]) is { Count: > 0 } l ? Arithmetic.Divide(l.Aggregate((x, y) => Arithmetic.Add(x, y)), (decimal)l.Count) : null),
            "Median" => New(c, element == CqlType.Quantity ? element : CqlType.Decimal, a, v => Median(Known(v[0]))),
            "AllTrue" => New(c, CqlType.Boolean, a, v => Known(v[0]).All(x => x is true)),
            "AnyTrue" => New(c, CqlType.Boolean, a, v => Known(v[0]).Any(x => x is true)),
            _ => null,
        };
    }

    /// <summary>The least (-1) or greatest (1) item; null when two of them cannot be compared.</summary>
    private static object? Outermost(IReadOnlyList<object?> known, int direction)
    {
        var best = known[0];
        foreach (var item in known.Skip(1))
        {
            if (Comparing.Order(item, best) is not { } order)
            {
                return null;
            }

            best = order * direction > 0 ? item : best;
        }

        return best;
    }

    private static Call BindCoalesce(CallSyntax c, Node[] a)
    {
        if (a.Length == 1)
        {
            if (!IsList(a[0]))
            {
                return New(c, a[0].Type, a, v => v[0]);
            }

            return New(c, a[0].Type.Element ?? CqlType.Any, a, v => List(v[0])?.FirstOrDefault(x => x is not null));
        }

        var type = a.Select(x => x.Type).Aggregate(CqlType.Any, (x, y) => Binder.Common(x, y) ?? throw CqlException.Type($"Coalesce needs values of one type, not {x} and {y}.", c.At));
        return New(c, type, a, v => Widened(Array.Find(v, x => x is not null), type));
    }

    private static Call Inclusion(CallSyntax c, Node[] a)
    {
        var turned = c.Name.EndsWith("included in", StringComparison.Ordinal);
        var properly = c.Name.StartsWith("properly", StringComparison.Ordinal);
        var (whole, part) = turned ? (a[1], a[0]) : (a[0], a[1]);
        if (!(IsList(whole) || IsInterval(whole) || whole.Type.IsAny))
        {
            throw CqlException.Type($"'{c.Name}' needs a list or an interval, not {Binder.Article(whole.Type)}.", c.At);
        }

        Comparable(c, whole.Type.Element ?? CqlType.Any, part.Type.Name == whole.Type.Name ? part.Type.Element! : part.Type);
        return New(c, CqlType.Boolean, a, v =>
        {
            var (outer, inner) = turned ? (v[1], v[0]) : (v[0], v[1]);
            return (outer, inner) switch
            {
                (CqlInterval x, CqlInterval y) => properly ? x.IncludesProperly(y, c.Precision) : x.Includes(y, c.Precision),
                (CqlInterval x, _) when properly => x.ContainsInside(inner, c.Precision),
                (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => y.All(i => Index(x, i) >= 0) && (!properly || x.Count > y.Count),
                (IReadOnlyList<object?> x, _) when properly && !IsList(turned ? a[0] : a[1]) => AmongOthers(inner, x),
                (null, _) when properly && !IsList(turned ? a[0] : a[1]) && !IsInterval(turned ? a[0] : a[1]) => false,
                (_, null) or (null, _) => null,
                _ => Within(inner, outer, c.Precision),
            };
        });
    }

    /// <summary>The item is in the list, and something else is too.</summary>
    private static bool? AmongOthers(object? item, IReadOnlyList<object?> list)
    {
        bool? found = false, others = false;
        foreach (var x in list)
        {
            bool? same = x is null && item is null ? true : item is null ? false : Comparing.Equal(x, item);
            found = Logic.Or(found, x is null && item is not null ? false : same);
            others = Logic.Or(others, !same);
        }

        return Logic.And(found, others);
    }

    private static bool? Within(object? point, object? whole, string? precision) => whole switch
    {
        CqlInterval i => i.Contains(point, precision),
        IReadOnlyList<object?> l => point is null ? l.Contains(null) : Index(l, point) >= 0,
        // Nothing is in a list or interval that is null.
        _ => false,
    };

    private static int Index(IReadOnlyList<object?> list, object? value)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (value is null ? list[i] is null : Comparing.Equal(list[i], value) == true)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<object?>? Sets(string op, IReadOnlyList<object?>? a, IReadOnlyList<object?>? b) => op switch
    {
        "union" => Distinct([.. a ?? [], .. b ?? []]),
        "intersect" => a is null || b is null ? null : Distinct([.. a.Where(x => Index(b, x) >= 0)]),
        _ => a is null ? null : Distinct([.. a.Where(x => b is null || Index(b, x) < 0)]),
    };

    private static List<object?> Distinct(IReadOnlyList<object?> list)
    {
        var kept = new List<object?>();
        foreach (var item in list)
        {
            if (Index(kept, item) < 0)
            {
                kept.Add(item);
            }
        }

        return kept;
    }

    private static object? Median(List<object?> known)
    {
        if (known.Count == 0)
        {
            return null;
        }

        known.Sort((x, y) => Comparing.Order(x, y) ?? 0);
        var middle = known.Count / 2;
        return known.Count % 2 == 1 ? known[middle] is int or long ? (decimal)Comparing.Number(known[middle])! : known[middle] : Arithmetic.Divide(Arithmetic.Add(known[middle - 1], known[middle]), 2m);
    }

    private static void Comparable(CallSyntax c, CqlType a, CqlType b)
    {
        if (Binder.Common(a, b) is null)
        {
            throw CqlException.Type($"'{c.Name}' cannot compare {Binder.Article(a)} with {Binder.Article(b)}.", c.At);
        }
    }

    /// <summary>The type of a point of an interval; of anything else its own.</summary>
    private static CqlType PointOf(Node n) => IsInterval(n) ? n.Type.Element! : n.Type;

    private static bool IsList(Node n) => n.Type.Name == "List";

    private static bool IsInterval(Node n) => n.Type.Name == "Interval";

    private static IReadOnlyList<object?>? List(object? value) => value as IReadOnlyList<object?>;

    private static List<object?> Known(object? value) => [.. (List(value) ?? []).Where(x => x is not null)];
}
