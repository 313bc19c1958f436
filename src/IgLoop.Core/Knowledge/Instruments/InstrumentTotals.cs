using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>Reads totals, bands, limits and changes, and checks that points add up and bands leave no gap.</summary>
internal static class InstrumentTotals
{
    public static IReadOnlyList<ScoreTotal> Read(Loading loading, Block b, IReadOnlyList<InstrumentItem> items, IReadOnlyList<ItemGroup> groups, Provenance inherited)
    {
        var totals = new List<ScoreTotal>();
        foreach (var t in b.Inners("totals"))
        {
            var id = t.Text("id");
            var chosen = Chosen(t, items);
            var range = t.CountRange("range");
            if (range is null)
            {
                t.Problem("range", "is missing; give least and greatest value, such as 0..105.");
            }

            var total = new ScoreTotal(id, t.Text("name"), t.OptionalText("result") ?? id, chosen, range?.Low ?? 0, range?.High ?? 0, t.Count("step") ?? 1, t.OptionalText("request"), totals.Count == 0, InstrumentFiles.Inherit(loading, t, inherited));
            var (low, high) = Sum(items.Where(i => chosen.Contains(i.Id)), groups);
            if (range is { } r && chosen.Count > 0 && (r.Low != low || r.High != high))
            {
                t.Problem("range", $"declares {r.Low}..{r.High}, but its items add up to {low}..{high}.");
            }

            totals.Add(total);
            t.Close();
        }

        return totals;
    }

    /// <summary>Least and greatest sum of items, with the ceilings of their groups.</summary>
    public static (decimal Low, decimal High) Sum(IEnumerable<InstrumentItem> items, IReadOnlyList<ItemGroup> groups)
    {
        decimal low = 0, high = 0;
        foreach (var group in items.Where(i => !i.IsFlag).GroupBy(i => i.Group))
        {
            var cap = groups.FirstOrDefault(g => g.Id == group.Key)?.Cap;
            var most = group.Sum(i => i.Most);
            var least = group.Sum(i => i.Least);
            low += cap is { } c ? Math.Min(c, least) : least;
            high += cap is { } d ? Math.Min(d, most) : most;
        }

        return (low, high);
    }

    public static IReadOnlyList<BandScheme> Schemes(Loading loading, Block b, IReadOnlyList<ScoreTotal> totals) =>
        [.. b.Inners("schemes").Select(s => InstrumentFiles.Closed(s, x =>
        {
            var id = x.Text("id");
            var total = TotalOf(x, totals);
            var bands = x.Inners("bands").Select(r => InstrumentFiles.Closed(r, y =>
            {
                var range = y.CountRange("range") ?? new Range(0, 0);
                return new Band(range.Low, range.High, y.Text("label"), y.Count("value"), y.OptionalText("flag"));
            })).ToList();
            if (total is not null)
            {
                NoGap(x, total, bands);
            }

            return new BandScheme(id, x.Text("name"), total?.Id ?? "", x.OptionalText("result") ?? id, bands, x.OptionalText("note"), loading.Provenance(x));
        }))];

    public static IReadOnlyList<TotalLimit> Limits(Loading loading, Block b, IReadOnlyList<ScoreTotal> totals) =>
        [.. b.Inners("limits").Select(l => InstrumentFiles.Closed(l, x =>
        {
            var limit = new TotalLimit(x.Text("id"), x.Text("name"), TotalOf(x, totals)?.Id ?? "", x.Count("at_most"), x.Count("at_least"), x.OptionalText("note"), loading.Provenance(x, required: false));
            if (limit.AtMost is null == limit.AtLeast is null)
            {
                x.Problem("at_most", "give either at_most or at_least.");
            }

            return limit;
        }))];

    public static IReadOnlyList<ChangeLimit> Changes(Loading loading, Block b, IReadOnlyList<ScoreTotal> totals) =>
        [.. b.Inners("changes").Select(c => InstrumentFiles.Closed(c, x =>
        {
            var direction = x.Text("direction");
            if (direction is not ("rise" or "fall"))
            {
                x.Problem("direction", $"must be rise or fall, not '{direction}'.");
            }

            var change = new ChangeLimit(
                x.Text("id"),
                x.Text("name"),
                x.Has("of") ? TotalOf(x, totals)?.Id : null,
                x.Text("kind"),
                x.Count("points"),
                x.Count("percent"),
                x.OptionalText("unit"),
                direction == "rise",
                x.Flag("strict"),
                x.OptionalFlag("decides") ?? true,
                x.OptionalText("note"),
                loading.Provenance(x, required: false))
            {
                AtDays = x.Integer("at_days"),
                WithinDays = x.Integer("within_days") ?? 0,
            };
            if (change.AtDays is null != (change.WithinDays == 0))
            {
                x.Problem("at_days", "and within_days go together: the day of the visit, and how many days it may lie away.");
            }

            if (change.Points is null && change.Percent is null)
            {
                x.Problem("points", "is missing: give points, percent, or both.");
            }

            return change;
        }))];

    /// <summary>Bands must follow each other from the least to the greatest value of the total, neither overlapping nor leaving a value out.</summary>
    private static void NoGap(Block x, ScoreTotal total, List<Band> bands)
    {
        if (bands.Count == 0)
        {
            x.Problem("bands", "is missing: give every band with its range.");
            return;
        }

        if (bands[0].From != total.Low || bands[^1].To != total.High)
        {
            x.Problem("bands", $"must run from {total.Low} to {total.High}, the range of '{total.Id}'; they run from {bands[0].From} to {bands[^1].To}.");
        }

        foreach (var (before, after) in bands.Zip(bands.Skip(1)))
        {
            if (after.From <= before.To)
            {
                x.Problem("bands", $"'{before.Label}' (to {before.To}) and '{after.Label}' (from {after.From}) overlap.");
            }
            else if (after.From != before.To + total.Step)
            {
                x.Problem("bands", $"leave a gap between '{before.Label}' (to {before.To}) and '{after.Label}' (from {after.From}); values step by {total.Step}.");
            }
        }
    }

    private static ScoreTotal? TotalOf(Block x, IReadOnlyList<ScoreTotal> totals)
    {
        var id = x.OptionalText("of") ?? (totals.Count > 0 ? totals[0].Id : "");
        var total = totals.FirstOrDefault(t => t.Id == id);
        if (total is null)
        {
            var near = Spelling.Nearest(id, totals.Select(t => t.Id), 1);
            x.Problem("of", $"names '{id}', which is no total of this file{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}");
        }

        return total;
    }

    private static IReadOnlyList<string> Chosen(Block t, IReadOnlyList<InstrumentItem> items)
    {
        var groups = t.Texts("groups");
        var only = t.Texts("items");
        var except = t.Texts("except");
        var side = t.OptionalText("side");
        foreach (var (key, names) in new[] { ("items", only), ("except", except) })
        {
            foreach (var name in names.Where(n => !items.Any(i => i.Id == n || i.Base == n)))
            {
                var near = Spelling.Nearest(name, items.Select(i => i.Base), 1);
                t.Problem(key, $"names '{name}', which is no item of this file{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}");
            }
        }

        foreach (var name in groups.Where(g => !items.Any(i => i.Group == g)))
        {
            t.Problem("groups", $"names '{name}', a group without items.");
        }

        return [.. items
            .Where(i => !i.IsFlag
                && (groups.Count == 0 || (i.Group is { } g && groups.Contains(g)))
                && (only.Count == 0 || only.Contains(i.Id) || only.Contains(i.Base))
                && !except.Contains(i.Id) && !except.Contains(i.Base)
                && (side is null || i.Side is null || i.Side == side))
            .Select(i => i.Id)];
    }
}
