namespace IgLoop.Core.Criteria;

/// <summary>Equality, equivalence and order of CQL values; null where CQL says that it cannot be told.</summary>
internal static class Comparing
{
    /// <summary><c>=</c></summary>
    public static bool? Equal(object? a, object? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        switch (a, b)
        {
            case (CqlTemporal x, CqlTemporal y):
                return CqlTemporal.Compare(x, y) is { } c ? c == 0 : null;
            case (CqlQuantity x, CqlQuantity y):
                return x.InMyUnit(y) is { } v ? v == x.Value : null;
            case (CqlUncertainty, _) or (_, CqlUncertainty):
                return CqlUncertainty.Same(a, b);
            case (CqlInterval x, CqlInterval y):
                return Logic.And(Equal(x.Start, y.Start), Equal(x.Finish, y.Finish));
            case (IReadOnlyList<object?> x, IReadOnlyList<object?> y):
                return EqualLists(x, y);
            case (string x, string y):
                return x == y;
            case (bool x, bool y):
                return x == y;
            default:
                // Values of two types that are not converted into each other are not the same.
                return Numbers(a, b) is var (m, n) && m == n;
        }
    }

    /// <summary><c>~</c>: never null; two nulls are equivalent, texts without regard to case.</summary>
    public static bool Equivalent(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (string x, string y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase),
        (CqlTemporal x, CqlTemporal y) => x.End == y.End && CqlTemporal.Compare(x, y) == 0,
        (CqlQuantity x, CqlQuantity y) => x.InMyUnit(y) == x.Value || x.LastsAsLongAs(y),
        (CqlInterval x, CqlInterval y) => Equivalent(x.Start, y.Start) && Equivalent(x.Finish, y.Finish),
        (IReadOnlyList<object?> x, IReadOnlyList<object?> y) => x.Count == y.Count && x.Zip(y).All(p => Equivalent(p.First, p.Second)),
        _ => EquivalentNumbers(a, b),
    };

    /// <summary>Negative, 0 or positive; null when it cannot be told.</summary>
    public static int? Order(object? a, object? b, string? precision = null) => (a, b) switch
    {
        (null, _) or (_, null) => null,
        (CqlTemporal x, CqlTemporal y) => CqlTemporal.Compare(x, y, precision),
        (CqlQuantity x, CqlQuantity y) => x.InMyUnit(y) is { } v ? x.Value.CompareTo(v) : null,
        (string x, string y) => string.CompareOrdinal(x, y),
        _ => Numbers(a, b) is var (m, n) ? m.CompareTo(n) : null,
    };

    /// <param name="precision">For times: compare down to this precision only; null: as far as known.</param>
    public static bool? Inequality(string op, object? a, object? b, string? precision = null) =>
        a is CqlUncertainty || b is CqlUncertainty
            ? CqlUncertainty.Inequality(op, a, b)
            : Order(a, b, precision) switch
            {
                null => null,
                var c => op switch { "<" => c < 0, "<=" => c <= 0, ">" => c > 0, _ => c >= 0 },
            };

    public static (decimal A, decimal B)? Numbers(object? a, object? b) => Number(a) is { } x && Number(b) is { } y ? (x, y) : null;

    /// <summary>A number, or a quantity without unit, as a decimal.</summary>
    public static decimal? Number(object? value) => value switch
    {
        int i => i,
        long l => l,
        decimal d => d,
        _ => null,
    };

    private static bool EquivalentNumbers(object? a, object? b)
    {
        if (a is decimal x && b is decimal y)
        {
            // Decimals are equivalent when they agree in the digits of the less precise one.
            var digits = Math.Min(Scale(x), Scale(y));
            return Math.Round(x, digits, MidpointRounding.AwayFromZero) == Math.Round(y, digits, MidpointRounding.AwayFromZero);
        }

        return Equal(a, b) == true;
    }

    private static int Scale(decimal d) => (d / 1.0000000000000000000000000000m).Scale;

    private static bool? EqualLists(IReadOnlyList<object?> a, IReadOnlyList<object?> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }

        bool? all = true;
        for (var i = 0; i < a.Count; i++)
        {
            var same = a[i] is null && b[i] is null ? true : Equal(a[i], b[i]);
            if (same == false)
            {
                return false;
            }

            all = same is null ? null : all;
        }

        return all;
    }
}

/// <summary>Three-valued logic.</summary>
internal static class Logic
{
    public static bool? And(bool? a, bool? b) => a == false || b == false ? false : a is null || b is null ? null : true;

    public static bool? Or(bool? a, bool? b) => a == true || b == true ? true : a is null || b is null ? null : false;
}

/// <summary>A CQL interval with its bounds as written.</summary>
internal sealed record CqlInterval(object? Low, object? High, bool LowClosed, bool HighClosed)
{
    /// <summary>First point inside; null when unknown.</summary>
    public object? Start => LowClosed ? Low : Arithmetic.Next(Low, 1);

    /// <summary>Last point inside; null when unknown.</summary>
    public object? Finish => HighClosed ? High : Arithmetic.Next(High, -1);

    // A closed bound without value is the end of the type: everything is inside. An open one is unknown.
    private bool FromTheBeginning => Low is null && LowClosed;

    private bool ToTheEnd => High is null && HighClosed;

    public bool? Contains(object? point, string? precision = null)
    {
        if (point is null)
        {
            return null;
        }

        // By precision the first and last points count; without it the bounds as written, which need no neighbour.
        var above = FromTheBeginning ? true : precision is null ? Comparing.Inequality(LowClosed ? ">=" : ">", point, Low) : Comparing.Inequality(">=", point, Start, precision);
        var below = ToTheEnd ? true : precision is null ? Comparing.Inequality(HighClosed ? "<=" : "<", point, High) : Comparing.Inequality("<=", point, Finish, precision);
        return Logic.And(above, below);
    }

    /// <summary>The point lies inside and is neither the first nor the last one.</summary>
    public bool? ContainsInside(object? point, string? precision) => point is null ? null : Logic.And(
        FromTheBeginning ? true : Comparing.Inequality(">", point, Start, precision),
        ToTheEnd ? true : Comparing.Inequality("<", point, Finish, precision));

    public bool? Includes(CqlInterval other, string? precision = null) => Logic.And(
        FromTheBeginning ? true : other.FromTheBeginning ? Start is null ? null : false : Comparing.Inequality("<=", Start, other.Start, precision),
        ToTheEnd ? true : other.ToTheEnd ? Finish is null ? null : false : Comparing.Inequality(">=", Finish, other.Finish, precision));

    /// <summary>It includes the other and reaches further on at least one side.</summary>
    public bool? IncludesProperly(CqlInterval other, string? precision) => Logic.And(Includes(other, precision), Logic.Or(
        FromTheBeginning ? !other.FromTheBeginning : Comparing.Inequality("<", Start, other.Start, precision),
        ToTheEnd ? !other.ToTheEnd : Comparing.Inequality(">", Finish, other.Finish, precision)));

    public bool? Overlaps(CqlInterval other, string? precision = null) => Logic.And(
        FromTheBeginning || other.ToTheEnd ? true : Comparing.Inequality("<=", Start, other.Finish, precision),
        ToTheEnd || other.FromTheBeginning ? true : Comparing.Inequality(">=", Finish, other.Start, precision));
}
