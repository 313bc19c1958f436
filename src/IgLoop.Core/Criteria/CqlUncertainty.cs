namespace IgLoop.Core.Criteria;

/// <summary>
/// A whole number known only to lie from <paramref name="Low"/> to <paramref name="High"/>: what CQL gives for a duration
/// between dates that are not known precisely. Comparing it is settled as soon as every number in the range agrees.
/// </summary>
internal sealed record CqlUncertainty(int Low, int High)
{
    /// <summary>The range, or the number itself when it is only one.</summary>
    public static object Of(int low, int high) => low == high ? low : new CqlUncertainty(low, high);

    public static CqlUncertainty? From(object? value) => value switch
    {
        CqlUncertainty u => u,
        int i => new(i, i),
        _ => null,
    };

    /// <summary><c>=</c> of two numbers or ranges: false when they are apart, otherwise unknown unless both are one number.</summary>
    public static bool? Same(object? a, object? b) => (Range(a), Range(b)) switch
    {
        ({ } x, { } y) => x.High < y.Low || y.High < x.Low ? false : x.Low == x.High && y.Low == y.High ? true : null,
        _ => null,
    };

    public static bool? Inequality(string op, object? a, object? b) => (op, Range(a), Range(b)) switch
    {
        (">" or ">=", _, _) => Inequality(op == ">" ? "<" : "<=", b, a),
        ("<", { } x, { } y) => x.High < y.Low ? true : x.Low >= y.High ? false : null,
        (_, { } x, { } y) => x.High <= y.Low ? true : x.Low > y.High ? false : null,
        _ => null,
    };

    private static (decimal Low, decimal High)? Range(object? value) =>
        value is CqlUncertainty u ? (u.Low, u.High) : Comparing.Number(value) is { } n ? (n, n) : null;

    /// <summary>The range of results of an arithmetic that is monotone in each operand; null when one overflows.</summary>
    public static object? Combine(CqlUncertainty a, CqlUncertainty b, Func<object?, object?, object?> work)
    {
        object?[] corners = [work(a.Low, b.Low), work(a.Low, b.High), work(a.High, b.Low), work(a.High, b.High)];
        return corners.All(c => c is int) ? Of(corners.Min(c => (int)c!), corners.Max(c => (int)c!)) : null;
    }
}
