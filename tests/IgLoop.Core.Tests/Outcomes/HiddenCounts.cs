using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Tests.Outcomes;

/// <summary>What the minimum cell hides cannot be worked out: every table that fits the shown numbers is tried, and a small count must have more than one value in them.</summary>
public class HiddenCounts
{
    private const int Minimum = 3;
    private const int Tables = 150;

    [Fact]
    public void no_small_count_of_a_table_with_totals_follows_from_the_numbers_that_are_shown()
    {
        var chance = new Chance(20261129);
        var hidden = 0;
        for (var n = 0; n < Tables; n++)
        {
            // Two rows of three with all their totals: 12 numbers, of which 6 are free.
            int[] cells = [.. Enumerable.Range(0, 6).Select(_ => chance.Below(7))];
            var truth = All(cells);
            var system = new CountSystem(Minimum);
            foreach (var (name, value) in truth)
            {
                system.Add(name, value);
            }

            foreach (var (total, parts) in Sums)
            {
                system.Sum(total, parts);
            }

            var not = system.Hidden();
            var small = truth.Where(t => t.Value is > 0 and < Minimum).Select(t => t.Key).ToList();
            Assert.All(small, s => Assert.Contains(s, not));
            var possible = small.ToDictionary(s => s, _ => new HashSet<int>());
            foreach (var guess in Guesses(cells, truth, not))
            {
                foreach (var s in small)
                {
                    possible[s].Add(guess[s]);
                }
            }

            Assert.All(small, s => Assert.True(possible[s].Count > 1, $"table {n} ({string.Join(' ', cells)}): {s} can only be {truth[s]}; shown are {string.Join(", ", truth.Where(t => !not.Contains(t.Key)).Select(t => $"{t.Key} = {t.Value}"))}"));
            hidden += not.Count;
        }

        Assert.True(hidden > Tables);
    }

    [Fact]
    public void what_has_no_small_count_is_shown_whole() =>
        Assert.Empty(new CountSystem(5).Add("all", 20).Add("one", 8).Add("other", 12).Sum("all", "one", "other").Hidden());

    [Fact]
    public void what_is_beside_a_part_is_protected_though_it_is_written_nowhere() =>
        Assert.Equal(["not responding", "responders"], new CountSystem(5).Add("all", 20, keep: 99).Add("responders", 18).Part("all", "responders", "not responding").Hidden().Order(StringComparer.Ordinal));

    private static (string Total, string[] Parts)[] Sums { get; } =
    [
        ("row 0", ["c0", "c1", "c2"]), ("row 1", ["c3", "c4", "c5"]), ("column 0", ["c0", "c3"]), ("column 1", ["c1", "c4"]), ("column 2", ["c2", "c5"]), ("all", ["row 0", "row 1"]), ("all", ["column 0", "column 1", "column 2"]),
    ];

    private static Dictionary<string, int> All(int[] c)
    {
        var all = c.Index().ToDictionary(x => $"c{x.Index}", x => x.Item);
        foreach (var (total, parts) in Sums)
        {
            all[total] = parts.Sum(p => all[p]);
        }

        return all;
    }

    /// <summary>Every table of counts up to one above the largest that could be needed and that agrees with what is shown.</summary>
    private static IEnumerable<Dictionary<string, int>> Guesses(int[] cells, Dictionary<string, int> truth, IReadOnlySet<string> hidden)
    {
        int[][] choices = [.. cells.Select((v, i) => hidden.Contains($"c{i}") ? Enumerable.Range(0, 9).ToArray() : [v])];
        var shown = truth.Where(t => !hidden.Contains(t.Key)).ToList();
        foreach (var a in choices[0])
        foreach (var b in choices[1])
        foreach (var c in choices[2])
        foreach (var d in choices[3])
        foreach (var e in choices[4])
        foreach (var f in choices[5])
        {
            var guess = All([a, b, c, d, e, f]);
            if (shown.TrueForAll(s => guess[s.Key] == s.Value))
            {
                yield return guess;
            }
        }
    }
}
