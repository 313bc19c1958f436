using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>Reads <c>instruments/*.yaml</c>.</summary>
internal static class InstrumentFiles
{
    public static IReadOnlyDictionary<string, Instrument> Read(Loading loading)
    {
        var all = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        var later = new List<(string File, Block Block)>();
        var read = new List<(string Id, Block Block)>();
        foreach (var (file, b) in loading.Open("instruments"))
        {
            if (b.Has("based_on"))
            {
                later.Add((Loading.IdOf(file, b), b));
                continue;
            }

            var id = Loading.IdOf(file, b);
            all[id] = Whole(loading, id, b, null);
            read.Add((id, b));
        }

        foreach (var (id, b) in later)
        {
            var on = loading.Reference(b, "based_on", "instruments");
            if (on is not null && all.TryGetValue(on, out var other))
            {
                all[id] = Whole(loading, id, b, other);
                read.Add((id, b));
            }
            else
            {
                b.Problem("based_on", $"must name an instrument that stands on its own, not '{on}'.");
                b.Close();
            }
        }

        // A calculation may ask for the items of another instrument, so they are read when all are there.
        foreach (var (id, b) in read)
        {
            all[id] = all[id] with { Calculations = CalculationFiles.Read(b, all[id], all.GetValueOrDefault) };
            b.Close();
        }

        Requests(all, loading);
        return all;
    }

    private static Instrument Whole(Loading loading, string id, Block b, Instrument? other)
    {
        var provenance = loading.Provenance(b);
        var licence = LicenceOf(loading, b, other);
        var groups = other is null ? Groups(b) : other.Groups;
        var zones = other is null ? Zones(b) : other.Zones;
        var items = other is null
            ? InstrumentItemFiles.Read(loading, b, groups, zones, provenance)
            : InstrumentItemFiles.Differing(loading, b, other, provenance);
        if (licence.Kind == LicenceKind.Restricted && items.Count > 0)
        {
            b.Problem("items", "may not stand in a file of a restricted instrument; only totals that were worked out on the licensed form are entered.");
        }

        var totals = b.Has("totals") || other is null ? InstrumentTotals.Read(loading, b, items, groups, provenance) : [.. other.Totals.Select(t => t with { Provenance = t.Provenance.Status == Status.Unverified ? t.Provenance : provenance })];
        return new()
        {
            Id = id,
            Name = b.Text("name"),
            Version = b.OptionalText("version"),
            Area = b.OptionalText("area") ?? other?.Area,
            BasedOn = other?.Id,
            Instead = loading.Reference(b, "instead", "instruments"),
            Reporter = b.Name<Reporter>("reporter", other?.Reporter),
            Direction = b.Name<ScoreDirection>("direction", other?.Direction),
            LookBack = LookBackOf(loading, b) ?? other?.LookBack,
            Missing = MissingOf(loading, b) ?? other?.Missing ?? new(Lacking(b, "missing"), provenance),
            Licence = licence,
            Measures = b.OptionalText("measures") ?? other?.Measures ?? Lacking(b, "measures"),
            UsedBy = b.OptionalText("used_by") ?? other?.UsedBy ?? Lacking(b, "used_by"),
            Weakness = b.OptionalText("weakness") ?? other?.Weakness ?? Lacking(b, "weakness"),
            NeverFalls = b.Flag("never_falls"),
            Groups = groups,
            Zones = zones,
            Items = items,
            Totals = totals,
            Inputs = b.Has("inputs") || other is null ? InstrumentInputs.Read(b, items, totals) : other.Inputs,
            Schemes = b.Has("schemes") || other is null ? InstrumentTotals.Schemes(loading, b, totals) : other.Schemes,
            Limits = InstrumentTotals.Limits(loading, b, totals),
            Changes = b.Has("changes") || other is null ? InstrumentTotals.Changes(loading, b, totals) : other.Changes,
            Numbers = Numbers(loading, b, provenance),
            Lists = b.ListsByKey("lists"),
            Rules = Rules(loading, b, provenance),
            Conflicts = Conflicts(loading, b),
            Notes = b.Texts("notes"),
            Provenance = provenance,
            Place = b.Place,
        };
    }

    private static Licence LicenceOf(Loading loading, Block b, Instrument? other)
    {
        if (b.Inner("licence") is not { } l)
        {
            return other?.Licence ?? new(LicenceKind.Restricted, Lacking(b, "licence"), loading.Provenance(b));
        }

        return Closed(l, x => new Licence(x.Name<LicenceKind>("kind"), x.Text("text"), loading.Provenance(x, required: false)));
    }

    private static MissingRule? MissingOf(Loading loading, Block b) =>
        b.Inner("missing") is { } m ? Closed(m, x => new MissingRule(x.Text("rule"), loading.Provenance(x, required: false))) : null;

    private static LookBack? LookBackOf(Loading loading, Block b) => b.Inner("look_back") is { } l
        ? Closed(l, x => new LookBack(x.Integer("days"), [.. x.Texts("accepted").Select(t => int.TryParse(t, out var d) ? d : Wrong(x, "accepted", t))], x.OptionalText("text"), loading.Provenance(x, required: false)))
        : null;

    private static List<ItemGroup> Groups(Block b) => [.. b.Inners("groups").Select(g => Closed(g, x => new ItemGroup(x.Text("id"), x.Text("name"), x.Count("cap"), x.OptionalText("note"))))];

    private static List<Zone> Zones(Block b) => [.. b.Inners("zones").Select(z => Closed(z, x => new Zone(x.Text("id"), x.Text("label"), x.OptionalText("body"))))];

    private static Dictionary<string, RuleNumber> Numbers(Loading loading, Block b, Provenance inherited)
    {
        var all = new Dictionary<string, RuleNumber>(StringComparer.Ordinal);
        if (b.Inner("numbers") is { } list)
        {
            foreach (var id in list.Keys)
            {
                if (list.Inner(id) is { } n)
                {
                    var value = n.Count("value");
                    if (value is null)
                    {
                        n.Problem("value", "is missing; give a plain number and its unit under 'unit'.");
                    }

                    all[id] = new(id, value ?? 0, n.OptionalText("unit"), n.OptionalText("note"), Inherit(loading, n, inherited));
                    n.Close();
                }
            }
        }

        return all;
    }

    private static List<RulePart> Rules(Loading loading, Block b, Provenance inherited) =>
        [.. b.Inners("rules").Select(r => Closed(r, x => new RulePart(x.Text("id"), x.Text("text"), x.OptionalText("group"), x.OptionalText("note"), Inherit(loading, x, inherited))))];

    private static List<InstrumentConflict> Conflicts(Loading loading, Block b) =>
        [.. b.Inners("conflicts").Select(c => Closed(c, x =>
        {
            var sources = x.Texts("source");
            foreach (var s in sources)
            {
                loading.Cited(x, "source", s);
            }

            var sides = x.Texts("sides");
            if (sides.Count < 2)
            {
                x.Problem("sides", "must list at least two readings.");
            }

            return new InstrumentConflict(x.Text("topic"), sides, x.OptionalText("default"), sources);
        }))];

    /// <summary>The block's own source and status, or those of what holds it.</summary>
    public static Provenance Inherit(Loading loading, Block b, Provenance inherited)
    {
        var own = loading.Provenance(b, required: false, inherited.Status);
        return own.Sources.Count == 0 ? own with { Sources = inherited.Sources } : own;
    }

    public static T Closed<T>(Block b, Func<Block, T> read)
    {
        var value = read(b);
        b.Close();
        return value;
    }

    private static string Lacking(Block b, string key)
    {
        b.Problem(key, "is missing.");
        return "";
    }

    private static int Wrong(Block b, string key, string text)
    {
        b.Problem(key, $"must list whole days, not '{text}'.");
        return 0;
    }

    /// <summary>A request may name an instrument, or one total; no name may mean two things.</summary>
    private static void Requests(Dictionary<string, Instrument> all, Loading loading)
    {
        var seen = new HashSet<string>(all.Keys, StringComparer.Ordinal);
        foreach (var instrument in all.Values)
        {
            foreach (var total in instrument.Totals)
            {
                if (total.Request is { } name && !seen.Add(name))
                {
                    loading.Problems.Add(new(instrument.Place, $"totals.{total.Id}.request", $"'{name}' already names another instrument or total."));
                }
            }

            foreach (var calculation in instrument.Calculations.Where(c => c.Id != instrument.Id && !seen.Add(c.Id)))
            {
                loading.Problems.Add(new(instrument.Place, $"calculations.{calculation.Id}", "already names another instrument, total or calculation."));
            }
        }
    }
}
