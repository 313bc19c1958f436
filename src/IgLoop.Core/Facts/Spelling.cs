namespace IgLoop.Core.Facts;

/// <summary>"Did you mean": the known words nearest to a misspelt one.</summary>
public static class Spelling
{
    /// <summary>The nearest words by edit distance, best first, none further than about a third of the word.</summary>
    public static IReadOnlyList<string> Nearest(string word, IEnumerable<string> known, int most = 3)
    {
        var limit = Math.Max(2, word.Length / 3);
        return [.. known
            .Select(k => (Word: k, Distance: Distance(word.ToLowerInvariant(), k.ToLowerInvariant()), Part: PartDistance(word.ToLowerInvariant(), k.ToLowerInvariant())))
            .Select(x => x with { Distance = Math.Min(x.Distance, x.Part) })
            .Where(x => x.Distance <= limit)
            .OrderBy(x => x.Distance).ThenBy(x => x.Word, StringComparer.Ordinal)
            .Take(most)
            .Select(x => x.Word)];
    }

    /// <summary>
    /// Distance to the words with which a longer name begins: 'nhs' is nhs_england, and nearer to it than to 'ash'; 'mysthenia' is
    /// myasthenia_gravis. Only short words must be right.
    /// </summary>
    private static int PartDistance(string word, string known)
    {
        var best = int.MaxValue;
        for (var end = known.IndexOf('_', StringComparison.Ordinal); end > 0; end = known.IndexOf('_', end + 1))
        {
            var distance = Distance(word, known[..end]);
            best = word.Length >= 3 && (distance == 0 || (word.Length >= 6 && distance <= word.Length / 4)) ? Math.Min(best, distance) : best;
        }

        return best;
    }

    /// <summary>Levenshtein distance with a swap of neighbours counted as one.</summary>
    public static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            d[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            d[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
