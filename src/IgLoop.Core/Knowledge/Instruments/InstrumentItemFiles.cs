using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>Reads the items of an instrument and writes zones and sides out.</summary>
internal static class InstrumentItemFiles
{
    private static readonly string[] Sides = ["right", "left"];

    public static IReadOnlyList<InstrumentItem> Read(Loading loading, Block b, IReadOnlyList<ItemGroup> groups, IReadOnlyList<Zone> zones, Provenance inherited)
    {
        var items = new List<InstrumentItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var i in b.Inners("items"))
        {
            var item = One(loading, i, groups, inherited);
            foreach (var written in WrittenOut(i, item, zones))
            {
                if (!seen.Add(written.Id))
                {
                    i.Problem("id", $"'{written.Id}' is declared twice.");
                }

                items.Add(written);
            }

            i.Close();
        }

        foreach (var item in items.Where(x => x.DoubledBy is not null && !items.Exists(f => f.IsFlag && f.Id == x.DoubledBy)))
        {
            b.Problem("items", $"'{item.Id}' is doubled by '{item.DoubledBy}', which is no item with flag: true.");
        }

        return items;
    }

    /// <summary>The items of another version: the same weights, with the rules that differ.</summary>
    public static IReadOnlyList<InstrumentItem> Differing(Loading loading, Block b, Instrument other, Provenance inherited)
    {
        var changed = new Dictionary<string, (string? Rule, bool OnlyNew, Provenance Provenance)>(StringComparer.Ordinal);
        if (b.Inner("differs") is { } list)
        {
            foreach (var id in list.Keys)
            {
                if (!other.Items.Any(i => i.Id == id))
                {
                    var near = Spelling.Nearest(id, other.Items.Select(i => i.Id), 1);
                    list.Problem(id, $"is no item of {other.Id}{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}");
                }

                if (list.Inner(id) is { } d)
                {
                    changed[id] = (d.OptionalText("rule"), d.Flag("only_new"), InstrumentFiles.Inherit(loading, d, inherited));
                    d.Close();
                }
            }
        }

        return [.. other.Items.Select(i => changed.TryGetValue(i.Id, out var c) ? i with { Rule = c.Rule ?? i.Rule, OnlyNew = c.OnlyNew, Provenance = c.Provenance } : i)];
    }

    private static InstrumentItem One(Loading loading, Block i, IReadOnlyList<ItemGroup> groups, Provenance inherited)
    {
        var id = i.Text("id");
        var group = i.OptionalText("group");
        if (group is not null && !groups.Any(g => g.Id == group))
        {
            i.Problem("group", $"names '{group}', which is not among the groups of this file.");
        }

        var item = new InstrumentItem
        {
            Id = id,
            Base = id,
            Label = i.Text("label"),
            Rule = i.OptionalText("rule"),
            Group = group,
            Weight = i.Count("weight"),
            Levels = Levels(i),
            Table = Table(i),
            Points = i.CountRange("points"),
            IsFlag = i.Flag("flag"),
            DoubledBy = i.OptionalText("doubled_by"),
            OnlyNew = i.Flag("only_new"),
            Refusals = i.Inner("refused_as") is { } r
                ? InstrumentFiles.Closed(r, x => new ItemRefusals(x.OptionalText("not_a_level"), x.OptionalText("above"), x.OptionalText("excepted_zone")))
                : ItemRefusals.Usual,
            Provenance = InstrumentFiles.Inherit(loading, i, inherited),
        };
        var ways = (item.Weight is null ? 0 : 1) + (item.Levels.Count > 0 ? 1 : 0) + (item.Table is null ? 0 : 1) + (item.Points is null ? 0 : 1) + (item.IsFlag ? 1 : 0);
        if (ways != 1)
        {
            i.Problem("weight", $"'{id}' must say how it is scored in exactly one way: weight, levels, table, points, or flag: true.");
        }

        return item;
    }

    private static IEnumerable<InstrumentItem> WrittenOut(Block i, InstrumentItem item, IReadOnlyList<Zone> zones)
    {
        var per = i.OptionalText("per");
        var except = i.Texts("except_zones");
        foreach (var zone in except.Where(e => !zones.Any(z => z.Id == e)))
        {
            i.Problem("except_zones", $"names '{zone}', which is not among the zones of this file.");
        }

        switch (per)
        {
            case null:
                return [item];
            case "zone":
                return zones.Where(z => !except.Contains(z.Id)).Select(z => item with { Id = $"{item.Id}_{z.Id}", Label = $"{item.Label}: {z.Label}", Zone = z.Id });
            case "side":
                return Sides.Select(s => item with { Id = $"{item.Id}_{s}", Label = $"{item.Label}, {s}", Side = s });
            default:
                i.Problem("per", $"must be zone or side, not '{per}'.");
                return [item];
        }
    }

    private static List<Level> Levels(Block i)
    {
        var labels = i.TextsByKey("levels");
        var points = i.Texts("level_points");
        var codes = i.Texts("level_codes");
        if ((points.Count > 0 && points.Count != labels.Count) || (codes.Count > 0 && codes.Count != labels.Count))
        {
            i.Problem("levels", $"has {labels.Count} levels; level_points and level_codes, where given, must have as many.");
            return [];
        }

        var levels = new List<Level>();
        foreach (var ((value, label), n) in labels.Select((p, n) => (p, n)))
        {
            if (!Read(value, out var v))
            {
                i.Problem("levels", $"must map numbers to labels; '{value}' is no number.");
                return [];
            }

            var p = v;
            if (points.Count > 0 && !Read(points[n], out p))
            {
                i.Problem("level_points", $"must list numbers, not '{points[n]}'.");
            }

            levels.Add(new(v, codes.Count > 0 ? codes[n] : null, p, label));
        }

        if (levels.Zip(levels.Skip(1)).Any(x => x.Second.Value <= x.First.Value || x.Second.Points < x.First.Points))
        {
            i.Problem("levels", "must rise in value, and their points may not fall.");
        }

        return levels;
    }

    private static MeasuredTable? Table(Block i)
    {
        if (i.Inner("table") is not { } t)
        {
            return null;
        }

        var possible = t.CountRange("possible") ?? new Range(0, 0);
        var open = t.Flag("above");
        var rows = new Dictionary<string, IReadOnlyList<PointRow>>(StringComparer.Ordinal);
        foreach (var (key, sex) in new[] { ("rows", ""), ("rows_female", "female"), ("rows_male", "male") })
        {
            if (t.Inner(key) is not { } r)
            {
                continue;
            }

            var list = new List<PointRow>();
            foreach (var limit in r.Keys)
            {
                if (!Read(limit, out var from) || r.Count(limit) is not { } points)
                {
                    r.Problem(limit, "must map the limit of a row, a number, to its points.");
                    continue;
                }

                list.Add(new(from, open && list.Count > 0, points));
            }

            if (list.Count == 0 || list[0].Limit != possible.Low)
            {
                t.Problem(key, $"must begin at {possible.Low}, the least possible value.");
            }

            if (list.Zip(list.Skip(1)).Any(p => p.Second.Limit <= p.First.Limit))
            {
                t.Problem(key, "must rise: each limit above the one before.");
            }

            rows[sex] = list;
        }

        if (rows.Count == 0 || rows.Values.Any(r => r.Count == 0) || (rows.Count == 1) != rows.ContainsKey(""))
        {
            t.Problem("rows", "give either rows, or rows_female and rows_male.");
            rows = new(StringComparer.Ordinal) { [""] = [new(possible.Low, false, 0)] };
        }

        var codes = t.Inner("codes") is { } c ? c.Keys.ToDictionary(k => k, k => c.Count(k) ?? 0, StringComparer.Ordinal) : [];
        var table = new MeasuredTable(t.OptionalText("unit"), possible, t.Flag("whole"), codes, rows);
        t.Close();
        return table;
    }

    private static bool Read(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
