namespace IgLoop.Core.Dosing;

/// <summary>Which vials make up a dose: exact search, least waste first, then fewest vials.</summary>
public static class VialSearch
{
    /// <param name="grams">Grams to give.</param>
    /// <param name="sizes">Grams of the vials that can be had.</param>
    /// <param name="tolerance">Fraction by which the dose may be changed to whole vials, for example 0.1; 0: the dose stands.</param>
    /// <returns>The choice; null when there is no vial.</returns>
    public static VialChoice? Best(decimal grams, IReadOnlyList<decimal> sizes, decimal tolerance = 0)
    {
        var distinct = sizes.Where(s => s > 0).Distinct().OrderByDescending(s => s).ToArray();
        if (distinct.Length == 0 || grams <= 0)
        {
            return null;
        }

        // Tenths of a gram are enough for every vial that is made; the common divisor keeps the table short.
        var tenths = distinct.Select(s => (int)(s * 10)).ToArray();
        var unit = tenths.Aggregate(Divisor);
        var target = grams * 10 / unit;
        var most = (int)Math.Ceiling(target * (1 + tolerance)) + (tenths[0] / unit);
        var (count, last) = Table([.. tenths.Select(t => t / unit)], most);
        var sum = tolerance > 0 ? Nearest(count, target, tolerance) : null;
        sum ??= Enumerable.Range((int)Math.Ceiling(target), most - (int)Math.Ceiling(target) + 1).Cast<int?>().FirstOrDefault(s => count[s!.Value] < int.MaxValue);
        if (sum is not { } chosen)
        {
            return null;
        }

        var vials = new SortedDictionary<decimal, int>(Comparer<decimal>.Create((a, b) => b.CompareTo(a)));
        for (var s = chosen; s > 0; s -= last[s])
        {
            var size = last[s] * unit / 10m;
            vials[size] = vials.GetValueOrDefault(size) + 1;
        }

        var held = chosen * unit / 10m;
        return new([.. vials.Select(v => new VialCount(v.Key, v.Value))], held, Math.Max(held - grams, 0));
    }

    /// <summary>The reachable sum nearest to the target within the tolerance; of two as near the lower, for a dose is not raised without need.</summary>
    private static int? Nearest(int[] count, decimal target, decimal tolerance)
    {
        int? best = null;
        for (var s = (int)Math.Ceiling(target * (1 - tolerance)); s <= target * (1 + tolerance) && s < count.Length; s++)
        {
            if (s > 0 && count[s] < int.MaxValue && (best is null || Math.Abs(s - target) < Math.Abs(best.Value - target)))
            {
                best = s;
            }
        }

        return best;
    }

    /// <summary>For every sum the fewest vials that make it, and the vial added last.</summary>
    private static (int[] Count, int[] Last) Table(int[] sizes, int most)
    {
        var count = new int[most + 1];
        var last = new int[most + 1];
        Array.Fill(count, int.MaxValue);
        count[0] = 0;
        for (var s = 1; s <= most; s++)
        {
            foreach (var size in sizes)
            {
                if (size <= s && count[s - size] < int.MaxValue && count[s - size] + 1 < count[s])
                {
                    count[s] = count[s - size] + 1;
                    last[s] = size;
                }
            }
        }

        return (count, last);
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
