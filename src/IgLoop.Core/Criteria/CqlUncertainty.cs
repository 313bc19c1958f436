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

    /// <summary><c>=</c>: false when the ranges are apart, otherwise unknown unless both are one number.</summary>
    public bool? SameAs(CqlUncertainty other) =>
        High < other.Low || other.High < Low ? false : Low == High && other.Low == other.High ? true : null;

    public bool? Inequality(string op, CqlUncertainty other) => op switch
    {
        "<" => High < other.Low ? true : Low >= other.High ? false : null,
        "<=" => High <= other.Low ? true : Low > other.High ? false : null,
        ">" => other.Inequality("<", this),
        _ => other.Inequality("<=", this),
    };

    /// <summary>The range of results of an arithmetic that is monotone in each operand; null when one overflows.</summary>
    public static object? Combine(CqlUncertainty a, CqlUncertainty b, Func<object?, object?, object?> work)
    {
        object?[] corners = [work(a.Low, b.Low), work(a.Low, b.High), work(a.High, b.Low), work(a.High, b.High)];
        return corners.All(c => c is int) ? Of(corners.Min(c => (int)c!), corners.Max(c => (int)c!)) : null;
    }
}
