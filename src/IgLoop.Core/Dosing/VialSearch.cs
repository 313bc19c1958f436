namespace IgLoop.Core.Dosing;

/// <summary>The vial sizes of a product, largest first, in whole steps of their common divisor.</summary>
public sealed class VialSizes
{
    // Sums up to here are worked out once for all doses; no course in this field is larger.
    private const int PreparedGrams = 400;

    private readonly (int[] Count, int[] Last) table;

    private VialSizes(decimal[] grams, int[] steps, decimal step)
    {
        Grams = grams;
        Steps = steps;
        Step = step;
        table = steps.Length == 0 ? ([], []) : VialSearch.Table(steps, (int)(PreparedGrams / step));
    }

    /// <summary>For every sum up to <paramref name="most"/> steps the fewest vials, and the index of the vial added last.</summary>
    internal (int[] Count, int[] Last) TableUpTo(int most) => most < table.Count.Length ? table : VialSearch.Table(Steps, most);

    internal decimal[] Grams { get; }

    internal int[] Steps { get; }

    /// <summary>Grams of one step.</summary>
    internal decimal Step { get; }

    public static VialSizes Of(IReadOnlyList<decimal> grams)
    {
        var distinct = grams.Where(g => g > 0).Distinct().OrderByDescending(g => g).ToArray();

        // Tenths of a gram are enough for every vial that is made; the common divisor keeps the search short.
        var tenths = distinct.Select(g => (int)(g * 10)).ToArray();
        var unit = tenths.Length == 0 ? 1 : tenths.Aggregate(Divisor);
        return new(distinct, [.. tenths.Select(t => t / unit)], unit / 10m);
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}

/// <summary>Which vials make up a dose: exact search, least waste first, then fewest vials.</summary>
public static class VialSearch
{
    /// <inheritdoc cref="Best(decimal, VialSizes, decimal)"/>
    public static VialChoice? Best(decimal grams, IReadOnlyList<decimal> sizes, decimal tolerance = 0) => Best(grams, VialSizes.Of(sizes), tolerance);

    /// <param name="grams">Grams to give.</param>
    /// <param name="sizes">The vials that can be had.</param>
    /// <param name="tolerance">Fraction by which the dose may be changed to whole vials, for example 0.1; 0: the dose stands.</param>
    /// <returns>The choice; null when there is no vial.</returns>
    public static VialChoice? Best(decimal grams, VialSizes sizes, decimal tolerance = 0)
    {
        if (sizes.Steps.Length == 0 || grams <= 0)
        {
            return null;
        }

        var target = grams / sizes.Step;
        var most = (int)Math.Ceiling(target * (1 + tolerance)) + sizes.Steps[0];
        var (count, last) = sizes.TableUpTo(most);
        if ((tolerance > 0 ? Nearest(count, target, tolerance) : null) is not { } chosen)
        {
            chosen = (int)Math.Ceiling(target);
            while (chosen <= most && count[chosen] == int.MaxValue)
            {
                chosen++;
            }
        }

        return chosen > most ? null : Choice(sizes, last, chosen, grams);
    }

    /// <summary>The vials of a course: each day by itself, for a vial that was opened is not kept for the next day; then all days together.</summary>
    /// <returns>The choice; null when there are no days or no vial.</returns>
    public static VialChoice? Days(IReadOnlyList<decimal> days, VialSizes sizes)
    {
        if (days.Count == 0 || sizes.Steps.Length == 0)
        {
            return null;
        }

        var counts = new int[sizes.Grams.Length];
        decimal held = 0, waste = 0, grams = -1;
        VialChoice? day = null;
        foreach (var next in days)
        {
            // Days of the same grams take the same vials.
            day = next == grams ? day : Best(next, sizes);
            grams = next;
            if (day is null)
            {
                return null;
            }

            foreach (var (size, count) in day.Vials)
            {
                counts[Array.IndexOf(sizes.Grams, size)] += count;
            }

            held += day.Grams;
            waste += day.WasteGrams;
        }

        var vials = new List<VialCount>(counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                vials.Add(new(sizes.Grams[i], counts[i]));
            }
        }

        return new(vials, held, waste);
    }

    private static VialChoice Choice(VialSizes sizes, int[] last, int chosen, decimal grams)
    {
        var counts = new int[sizes.Steps.Length];
        for (var s = chosen; s > 0; s -= sizes.Steps[last[s]])
        {
            counts[last[s]]++;
        }

        var vials = new List<VialCount>(counts.Length);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] > 0)
            {
                vials.Add(new(sizes.Grams[i], counts[i]));
            }
        }

        var held = chosen * sizes.Step;
        return new(vials, held, Math.Max(held - grams, 0));
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

    /// <summary>For every sum the fewest vials that make it, and the index of the vial added last.</summary>
    internal static (int[] Count, int[] Last) Table(int[] steps, int most)
    {
        var count = new int[most + 1];
        var last = new int[most + 1];
        Array.Fill(count, int.MaxValue);
        count[0] = 0;
        for (var s = 1; s <= most; s++)
        {
            for (var i = 0; i < steps.Length; i++)
            {
                var before = s - steps[i];
                if (before >= 0 && count[before] < int.MaxValue && count[before] + 1 < count[s])
                {
                    count[s] = count[before] + 1;
                    last[s] = i;
                }
            }
        }

        return (count, last);
    }
}
