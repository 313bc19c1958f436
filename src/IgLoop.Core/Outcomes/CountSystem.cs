namespace IgLoop.Core.Outcomes;

/// <summary>
/// Counts of one report and how they add up, to find which of them must not be shown: those from 1 to below the minimum, and as many others as it takes for
/// none of these to follow from what is left (complementary suppression; Cox, J Am Stat Assoc 1980;75:377).
/// </summary>
/// <param name="minimum">Smallest count that may be known; 1: all.</param>
public sealed class CountSystem(int minimum)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<Count> _counts = [];
    private readonly List<(int Count, int Sign)[]> _sums = [];
    private readonly List<int[]> _together = [];

    /// <param name="published">False: it stands nowhere, but whoever can work it out knows it, as those who did not respond.</param>
    /// <param name="keep">Of two that would do, the one with the lower number is hidden.</param>
    /// <param name="small">Whether it must not be known, where its value alone does not tell, as the grams of two patients.</param>
    public CountSystem Add(string name, decimal value, bool published = true, int keep = 10, bool? small = null)
    {
        if (_index.TryAdd(name, _counts.Count))
        {
            var hide = small ?? (minimum > 1 && value > 0 && value < minimum);
            _counts.Add(new(name, value, keep, hide) { Hidden = hide || !published });
        }

        return this;
    }

    public bool Has(string name) => _index.ContainsKey(name);

    public decimal Value(string name) => _counts[_index[name]].Value;

    /// <summary>The total is the sum of its parts, and everybody can see that it is.</summary>
    public CountSystem Sum(string total, params IEnumerable<string> parts)
    {
        _sums.Add([(_index[total], 1), .. parts.Select(p => (_index[p], -1))]);
        return this;
    }

    /// <summary>A part of a whole; what is beside it is not written but can be worked out. Where nothing is beside it the two are one number.</summary>
    public CountSystem Part(string whole, string part, string beside)
    {
        if (Value(whole) == Value(part))
        {
            return Sum(whole, part);
        }

        Add(beside, Value(whole) - Value(part), published: false);
        return Sum(whole, part, beside);
    }

    /// <summary>Counts of one row: one hidden hides all, for what else the row says would tell it.</summary>
    public CountSystem Together(params IEnumerable<string> names)
    {
        _together.Add([.. names.Select(n => _index[n])]);
        return this;
    }

    /// <summary>The names of all that may not be shown.</summary>
    public IReadOnlySet<string> Hidden()
    {
        if (minimum > 1)
        {
            do
            {
                foreach (var row in _together.Where(r => r.Any(c => _counts[c].Hidden)))
                {
                    foreach (var c in row)
                    {
                        _counts[c].Hidden = true;
                    }
                }
            }
            while (HideOneMore());
        }

        return _counts.Where(c => c.Hidden).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Looks for a small count that follows from what is shown, and hides one number that it follows from.</summary>
    private bool HideOneMore()
    {
        foreach (var sums in Components())
        {
            if (Determined(sums) is { } by)
            {
                (Choice(by) ?? throw new InvalidOperationException("A small count follows from numbers that are not shown.")).Hidden = true;
                return true;
            }

            var told = Pinned(sums);
            if (told.Count == 0)
            {
                continue;
            }

            var near = sums.Where(s => s.Any(c => told.Contains(c.Count))).SelectMany(s => s).Select(c => c.Count);
            var next = Choice(near) ?? Choice(sums.SelectMany(s => s).Select(c => c.Count)) ?? throw new InvalidOperationException("A small count follows from numbers that are not shown.");
            next.Hidden = true;
            return true;
        }

        return false;
    }

    private Count? Choice(IEnumerable<int> among) =>
        among.Select(c => _counts[c]).Where(c => !c.Hidden && c.Value != 0).OrderBy(c => c.Keep).ThenBy(c => c.Value).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Sums that hidden counts join; each lot can be looked at by itself.</summary>
    private IEnumerable<List<(int Count, int Sign)[]>> Components()
    {
        var open = _sums.Where(s => s.Any(c => _counts[c.Count].Hidden)).ToList();
        while (open.Count > 0)
        {
            List<(int Count, int Sign)[]> lot = [open[0]];
            open.RemoveAt(0);
            var seen = Unknown(lot[0]).ToHashSet();
            for (var found = true; found;)
            {
                var more = open.Where(s => Unknown(s).Any(seen.Contains)).ToList();
                found = more.Count > 0;
                lot.AddRange(more);
                open.RemoveAll(more.Contains);
                seen.UnionWith(more.SelectMany(Unknown));
            }

            yield return lot;
        }
    }

    private IEnumerable<int> Unknown((int Count, int Sign)[] sum) => sum.Select(c => c.Count).Where(c => _counts[c].Hidden);

    /// <summary>A small count that the sums give exactly is a row of the reduced echelon form with one unknown: the shown counts that it follows from. Null: there is none.</summary>
    private List<int>? Determined(List<(int Count, int Sign)[]> sums)
    {
        const double nothing = 1e-9;
        var columns = sums.SelectMany(Unknown).Distinct().ToList();
        var place = columns.Index().ToDictionary(x => x.Item, x => x.Index);

        // Beside each row stands of which sums it is made.
        var wide = columns.Count + sums.Count;
        var rows = sums.Select((s, i) =>
        {
            var row = new double[wide];
            row[columns.Count + i] = 1;
            foreach (var (c, sign) in s.Where(c => _counts[c.Count].Hidden))
            {
                row[place[c]] += sign;
            }

            return row;
        }).ToList();
        var done = 0;
        for (var c = 0; c < columns.Count && done < rows.Count; c++)
        {
            var best = Enumerable.Range(done, rows.Count - done).MaxBy(r => Math.Abs(rows[r][c]));
            if (Math.Abs(rows[best][c]) < nothing)
            {
                continue;
            }

            (rows[done], rows[best]) = (rows[best], rows[done]);
            var by = rows[done][c];
            rows[done] = [.. rows[done].Select(x => x / by)];
            for (var r = 0; r < rows.Count; r++)
            {
                var times = rows[r][c];
                for (var k = 0; r != done && Math.Abs(times) > nothing && k < wide; k++)
                {
                    rows[r][k] -= times * rows[done][k];
                }
            }

            done++;
        }

        foreach (var row in rows)
        {
            var unknown = Enumerable.Range(0, columns.Count).Where(c => Math.Abs(row[c]) > nothing).Take(2).ToList();
            if (unknown.Count == 1 && _counts[columns[unknown[0]]].Small)
            {
                return [.. sums.SelectMany((s, i) => s.Select(c => (c.Count, Weight: c.Sign * row[columns.Count + i]))).GroupBy(c => c.Count).Where(g => Math.Abs(g.Sum(c => c.Weight)) > nothing).Select(g => g.Key)];
            }
        }

        return null;
    }

    /// <summary>Small counts that can only be what they are because no count is below 0: what the sums leave as room is nothing.</summary>
    private HashSet<int> Pinned(List<(int Count, int Sign)[]> sums)
    {
        var room = sums.SelectMany(s => s).Select(c => c.Count).Distinct().ToDictionary(c => c, c => _counts[c].Hidden ? (Low: 0m, High: decimal.MaxValue / 1000) : (Low: _counts[c].Value, High: _counts[c].Value));
        for (var turn = 0; turn < 20; turn++)
        {
            var changed = false;
            foreach (var sum in sums)
            {
                foreach (var (c, sign) in sum)
                {
                    // sign * count = - (sum of the others), each of which lies in its room.
                    decimal low = 0, high = 0;
                    foreach (var (other, s) in sum.Where(o => o.Count != c))
                    {
                        low -= s > 0 ? room[other].High : -room[other].Low;
                        high -= s > 0 ? room[other].Low : -room[other].High;
                    }

                    var (l, h) = sign > 0 ? (low, high) : (-high, -low);
                    var now = (Low: Math.Max(room[c].Low, l), High: Math.Min(room[c].High, h));
                    changed |= now != room[c];
                    room[c] = now;
                }
            }

            if (!changed)
            {
                break;
            }
        }

        return [.. room.Where(r => _counts[r.Key].Small && _counts[r.Key].Hidden && r.Value.High - r.Value.Low < 0.5m && r.Value.High > 0).Select(r => r.Key)];
    }

    private sealed class Count(string name, decimal value, int keep, bool small)
    {
        public string Name => name;

        public decimal Value => value;

        public int Keep => keep;

        public bool Small => small;

        public bool Hidden { get; set; }
    }
}
