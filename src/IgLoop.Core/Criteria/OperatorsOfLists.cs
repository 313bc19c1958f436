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
            case "CountTrue" when a.Length == 1 && IsList(a[0]):
                return New(c, CqlType.Integer, a, v => List(v[0]) is { } l && !l.Contains(null) ? l.Count(x => x is true) : null);
            case "in" when a.Length == 2 && (IsList(a[1]) || IsInterval(a[1]) || a[1].Type.IsAny):
                return New(c, CqlType.Boolean, a, v => Within(v[0], v[1]));
            case "contains" when a.Length == 2 && (IsList(a[0]) || IsInterval(a[0]) || a[0].Type.IsAny):
                return New(c, CqlType.Boolean, a, v => Within(v[1], v[0]));
            case "exists" when IsList(a[0]) || a[0].Type.IsAny:
                return New(c, CqlType.Boolean, a, v => List(v[0]) is { } l && l.Any(x => x is not null));
            case "includes" or "included in" or "properly includes" or "properly included in" when a.Length == 2:
                return Inclusion(c, a);
            case "overlaps" when IsInterval(a[0]) && IsInterval(a[1]):
                return New(c, CqlType.Boolean, a, v => v[0] is CqlInterval x && v[1] is CqlInterval y ? x.Overlaps(y) : null);
            case "start of" or "end of" when IsInterval(a[0]):
                return New(c, a[0].Type.Element!, a, v => v[0] is CqlInterval i ? c.Name[0] == 's' ? i.Start : i.Finish : null);
            case "width of" when IsInterval(a[0]) && a[0].Type.Element!.IsNumber:
                return New(c, a[0].Type.Element!, a, v => v[0] is CqlInterval i ? Arithmetic.Add(i.Finish, i.Start, -1) : null);
            case "union" or "intersect" or "except" when IsList(a[0]) && IsList(a[1]):
                return New(c, Binder.Common(a[0].Type, a[1].Type) ?? throw CqlException.Type("Both lists must be of one type.", c.At), a, v => Sets(c.Name, List(v[0]), List(v[1])));
            case "distinct" when IsList(a[0]):
                return New(c, a[0].Type, a, v => List(v[0]) is { } l ? Distinct(l) : null);
            case "flatten" when IsList(a[0]):
                return New(c, a[0].Type.Element is { Name: "List" } e ? e : a[0].Type, a, v => List(v[0])?.SelectMany(x => x is IReadOnlyList<object?> inner ? inner : [x]).ToList());
            case "singleton from" when IsList(a[0]):
                return New(c, a[0].Type.Element!, a, v => List(v[0]) is [var one] ? one : null);
            case "Indexer" when a.Length == 2 && IsList(a[0]):
                return New(c, a[0].Type.Element!, a, v => List(v[0]) is { } l && v[1] is int i && i >= 0 && i < l.Count ? l[i] : null);
            case "IndexOf" when a.Length == 2 && IsList(a[0]):
                return New(c, CqlType.Integer, a, v => List(v[0]) is { } l && v[1] is not null ? Index(l, v[1]) : null);
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
            "Min" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? l.Aggregate((x, y) => Comparing.Order(y, x) < 0 ? y : x) : null),
            "Max" => New(c, element, a, v => Known(v[0]) is { Count: > 0 } l ? l.Aggregate((x, y) => Comparing.Order(y, x) > 0 ? y : x) : null),
            "Avg" => New(c, element == CqlType.Quantity ? element : CqlType.Decimal, a, v => Known(v[0]) is { Count: > 0 } l ? Arithmetic.Divide(l.Aggregate((x, y) => Arithmetic.Add(x, y)), (decimal)l.Count) : null),
            "Median" => New(c, element == CqlType.Quantity ? element : CqlType.Decimal, a, v => Median(Known(v[0]))),
            "AllTrue" => New(c, CqlType.Boolean, a, v => Known(v[0]).All(x => x is true)),
            "AnyTrue" => New(c, CqlType.Boolean, a, v => Known(v[0]).Any(x => x is true)),
            _ => null,
        };
    }

    private static Call BindCoalesce(CallSyntax c, Node[] a)
    {
        if (a.Length == 1)
        {
            Need(c, a[0], "list", t => t.Name == "List");
            return New(c, a[0].Type.Element ?? CqlType.Any, a, v => List(v[0])?.FirstOrDefault(x => x is not null));
        }

        var type = a.Select(x => x.Type).Aggregate(CqlType.Any, (x, y) => Binder.Common(x, y) ?? throw CqlException.Type($"Coalesce needs values of one type, not {x} and {y}.", c.At));
        return New(c, type, a, v => Array.Find(v, x => x is not null));
    }

    private static Call Inclusion(CallSyntax c, Node[] a)
    {
        var turned = c.Name.EndsWith("included in", StringComparison.Ordinal);
        var properly = c.Name.StartsWith("properly", StringComparison.Ordinal);
        return New(c, CqlType.Boolean, a, v =>
        {
            var (outer, inner) = turned ? (v[1], v[0]) : (v[0], v[1]);
            bool? result = (outer, inner) switch
            {
                (CqlInterval x, CqlInterval y) => x.Includes(y),
                (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => y.All(i => Index(x, i) >= 0),
                (_, null) or (null, _) => null,
                _ => Within(inner, outer),
            };
            return properly && result == true ? !Comparing.Equal(outer, inner) ?? true : result;
        });
    }

    private static bool? Within(object? point, object? whole) => whole switch
    {
        CqlInterval i => i.Contains(point),
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

    private static bool IsList(Node n) => n.Type.Name == "List";

    private static bool IsInterval(Node n) => n.Type.Name == "Interval";

    private static IReadOnlyList<object?>? List(object? value) => value as IReadOnlyList<object?>;

    private static List<object?> Known(object? value) => [.. (List(value) ?? []).Where(x => x is not null)];
}
