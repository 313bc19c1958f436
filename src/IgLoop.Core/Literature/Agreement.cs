using IgLoop.Core.Statistics;

namespace IgLoop.Core.Literature;

/// <summary>Agreement of two reviewers.</summary>
/// <param name="N">Records that both judged.</param>
/// <param name="Agreed">Records judged alike.</param>
/// <param name="Observed">Share judged alike.</param>
/// <param name="Expected">Share that would be alike by chance, from the margins.</param>
/// <param name="Kappa">Cohen's kappa; null when it does not exist.</param>
/// <param name="StandardError">Large-sample standard error of Fleiss, Cohen and Everitt (1969).</param>
/// <param name="Low">Lower bound, not below -1.</param>
/// <param name="High">Upper bound, not above 1.</param>
/// <param name="WhyNone">Why there is no kappa.</param>
public sealed record Agreement(int N, int Agreed, double Observed, double Expected, double? Kappa, double? StandardError, double? Low, double? High, string? WhyNone)
{
    /// <summary>Cohen's kappa of a square table of counts: rows the first reviewer, columns the second, the same categories in the same order.</summary>
    /// <param name="table">Counts.</param>
    /// <param name="level">Confidence level, between 0 and 1.</param>
    /// <exception cref="ArgumentException">The table is not square or holds a negative count.</exception>
    /// <remarks>Cohen J. A coefficient of agreement for nominal scales. 1960. Standard error: Fleiss JL, Cohen J, Everitt BS. Large sample standard errors of kappa and weighted kappa. 1969.</remarks>
    public static Agreement Of(IReadOnlyList<IReadOnlyList<int>> table, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        var k = table.Count;
        if (table.Any(r => r.Count != k || r.Any(x => x < 0)))
        {
            throw new ArgumentException("The table must be square and hold no negative count.", nameof(table));
        }

        var n = table.Sum(r => r.Sum());
        var agreed = Enumerable.Range(0, k).Sum(i => table[i][i]);
        if (n == 0)
        {
            return new(0, 0, double.NaN, double.NaN, null, null, null, null, "No record has been judged by both.");
        }

        var rows = table.Select(r => r.Sum() / (double)n).ToArray();
        var columns = Enumerable.Range(0, k).Select(j => table.Sum(r => r[j]) / (double)n).ToArray();
        var observed = agreed / (double)n;
        var expected = Enumerable.Range(0, k).Sum(i => rows[i] * columns[i]);
        if (1 - expected < 1e-12)
        {
            return new(n, agreed, observed, expected, null, null, null, null, "Both put every record into one and the same group: chance alone would agree as often, and kappa is not defined.");
        }

        var kappa = (observed - expected) / (1 - expected);
        var sum = 0d;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                var term = (i == j ? 1 : 0) - ((columns[i] + rows[j]) * (1 - kappa));
                sum += table[i][j] / (double)n * term * term;
            }
        }

        var offset = kappa - (expected * (1 - kappa));
        var error = Math.Sqrt(Math.Max(0, sum - (offset * offset)) / n) / (1 - expected);
        var z = Distributions.NormalQuantile((1 + level) / 2);
        return new(n, agreed, observed, expected, kappa, error, Math.Max(-1, kappa - (z * error)), Math.Min(1, kappa + (z * error)), null);
    }

    /// <summary>Landis and Koch (1977): a word that is often printed beside kappa; the bounds are a convention.</summary>
    public string Word => Kappa switch
    {
        null => "",
        < 0 => "poor",
        <= 0.20 => "slight",
        <= 0.40 => "fair",
        <= 0.60 => "moderate",
        <= 0.80 => "substantial",
        _ => "almost perfect",
    };
}
