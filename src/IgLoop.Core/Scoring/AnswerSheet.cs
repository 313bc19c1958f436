using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>Points of several items that were added before they were entered.</summary>
internal sealed record Lump(IReadOnlyList<string> Items, Answer Points, string Name);

/// <summary>
/// The answers of one assessment. An item that nobody answered stays unknown; only where the form says that what is not named is absent
/// (a list of what is present, a map of zones) it counts as absent.
/// </summary>
internal sealed class AnswerSheet
{
    private readonly Instrument instrument;
    private readonly Dictionary<string, InstrumentItem> byId;
    private readonly Dictionary<string, Answer> answers = new(StringComparer.Ordinal);
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private readonly List<Lump> lumps = [];
    private readonly Dictionary<string, Answer> entered = new(StringComparer.Ordinal);
    private readonly HashSet<string> presumed = new(StringComparer.Ordinal);
    private ScoreTotal? chosen;

    private AnswerSheet(Instrument instrument)
    {
        this.instrument = instrument;
        byId = instrument.Items.ToDictionary(i => i.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<Lump> Lumps => lumps;

    /// <summary>Items that were taken as absent because the form asks for what is present only.</summary>
    public int TakenAsAbsent => presumed.Count;

    /// <summary>Reads the words that the instrument's file declares, and <c>answers: {item: value}</c>, where what is not named is unknown.</summary>
    public static AnswerSheet Read(Instrument instrument, ScoreTotal? total, ScoreInputs inputs)
    {
        // Totals under one name are forms of the same score: without a choice the first is meant.
        var alternatives = instrument.Totals.Count > 1 && instrument.Totals.All(t => t.Result == instrument.Totals[0].Result) && !instrument.Inputs.Any(w => w.Shape == InputShape.Choice);
        var sheet = new AnswerSheet(instrument) { chosen = total ?? (alternatives ? instrument.Totals[0] : null) };
        var any = false;
        foreach (var word in instrument.Inputs.OrderBy(w => w.Shape switch { InputShape.Choice => 0, InputShape.Present => 1, InputShape.Unknown => 3, InputShape.Ongoing or InputShape.Recent => 4, _ => 2 }))
        {
            if (word.Shape == InputShape.Choice ? total is null : inputs.Has(word.Name))
            {
                sheet.Take(word, inputs);
                any |= word.Shape != InputShape.Choice;
            }
        }

        // The id of an item may stand by itself, unless a word of the form asks for it in its own way.
        foreach (var item in instrument.Items.Where(i => !instrument.Inputs.Any(w => w.Name == i.Id || (w.Shape == InputShape.Item && w.Items.Contains(i.Id))) && inputs.Map.Find(i.Id) is not null))
        {
            any = true;
            sheet.Put(item, Answer.Read(item, inputs.Value(item.Id), inputs.Path(item.Id), Sex(inputs)));
        }

        inputs.AlsoKnown(instrument.Items.Select(i => i.Id));
        if (inputs.Inner("answers") is { } named)
        {
            any = true;
            sheet.Named(named, inputs);
        }

        if (!any)
        {
            inputs.OnlyAsked();
            throw new ScoringException("missing", $"Nothing was given to score; give {string.Join(" or ", instrument.Inputs.Select(w => w.Name).Append("answers").Distinct(StringComparer.Ordinal).Take(8))}.", "inputs");
        }

        return sheet;
    }

    /// <summary>The totals that the answers speak of: the one that was asked for, or each that has at least one answer.</summary>
    public IReadOnlyList<ScoreTotal> Totals()
    {
        if (chosen is not null)
        {
            return [chosen];
        }

        var spoken = instrument.Totals.Where(t => entered.ContainsKey(t.Id) || t.Items.Any(touched.Contains)).ToList();
        return spoken.Count > 0 ? spoken : [instrument.Totals[0]];
    }

    public Answer Of(InstrumentItem item) => answers.TryGetValue(item.Id, out var a) ? a : Answer.Unknown(item);

    /// <summary>The total itself, where it was entered.</summary>
    public Answer? Entered(ScoreTotal total) => entered.TryGetValue(total.Id, out var a) ? a : null;

    private void Take(InputWord word, ScoreInputs inputs)
    {
        var where = inputs.Path(word.Name);
        var items = word.Items.Select(id => byId[id]).ToList();
        switch (word.Shape)
        {
            case InputShape.Choice:
                var name = inputs.NeedWord(word.Name, [.. word.Totals]);
                chosen ??= instrument.Total(name);
                break;
            case InputShape.Item:
                var item = items.Count == 1 || chosen is null ? items[0] : items.First(i => chosen.Items.Contains(i.Id));
                Put(item, Answer.Read(item, inputs.Value(word.Name), where, Sex(inputs)));
                break;
            case InputShape.List when inputs.Value(word.Name) is Given.Map:
                ById(items, inputs.Inner(word.Name)!, Sex(inputs));
                break;
            case InputShape.List or InputShape.Points:
                InOrder(items.Where(i => chosen is null || chosen.Items.Contains(i.Id)).ToList(), inputs.Value(word.Name), where, word.Shape == InputShape.Points, Sex(inputs));
                break;
            case InputShape.Pairs:
                Pairs(items.Where(i => i.Side is not null).ToList(), inputs.Value(word.Name), where);
                break;
            case InputShape.Present:
                Present(items, inputs.Texts(word.Name), where);
                break;
            case InputShape.Unknown:
                foreach (var id in inputs.Texts(word.Name))
                {
                    Put(Item(items, id, where), null);
                }

                break;
            case InputShape.Ongoing:
                Ongoing(items, inputs.Value(word.Name), where);
                break;
            case InputShape.Recent:
                Recent(items, inputs.Value(word.Name), where);
                break;
            case InputShape.Map:
                ByKey(items, inputs.Inner(word.Name), where, word.RestUnknown, Sex(inputs));
                break;
            case InputShape.Zones:
                ByZone(items, inputs.Inner(word.Name), where);
                break;
            case InputShape.Count or InputShape.Sum:
                Add(word, items, inputs);
                break;
            default:
                var total = instrument.Total(word.Totals[0])!;
                entered[total.Id] = inputs.Number(word.Name, total.Low, total.High) is { } v ? Answer.Of(v) : new(total.Low, total.High);
                break;
        }
    }

    private void Named(ScoreInputs named, ScoreInputs inputs)
    {
        foreach (var id in named.Names.ToList())
        {
            var item = Item(instrument.Items, id, named.Path(id), named.Path(id));
            Put(item, Answer.Read(item, named.Value(id), named.Path(id), Sex(inputs)));
        }
    }

    private void InOrder(List<InstrumentItem> items, Given? value, string where, bool points, string? sex)
    {
        var list = ListOf(value, items.Count, where);
        foreach (var (item, n) in items.Select((item, n) => (item, n)))
        {
            var given = list is null ? null : list[n];
            Put(item, points ? Answer.OfPoints(item, given, $"{where}[{n}] ({item.Id})") : Answer.Read(item, given, $"{where}[{n}] ({item.Id})", sex));
        }
    }

    private void Pairs(List<InstrumentItem> items, Given? value, string where)
    {
        var pairs = items.GroupBy(i => i.Base, StringComparer.Ordinal).ToList();
        var list = ListOf(value, pairs.Count, where);
        foreach (var (pair, n) in pairs.Select((pair, n) => (pair, n)))
        {
            var both = list is null ? null : ListOf(list[n], 2, $"{where}[{n}]");
            foreach (var item in pair)
            {
                Put(item, Answer.Read(item, both?[item.Side == "right" ? 0 : 1], $"{where}[{n}] ({item.Id})"));
            }
        }
    }

    private void Present(List<InstrumentItem> items, IReadOnlyList<string> present, string where)
    {
        foreach (var item in items.Where(i => !answers.ContainsKey(i.Id)))
        {
            Put(item, Answer.Of(0, "absent"));
            presumed.Add(item.Id);
        }

        foreach (var id in present)
        {
            var item = Item(items, id, where);
            Put(item, Answer.Of(item.Weight ?? item.Highest, "present"));
        }
    }

    private void Ongoing(List<InstrumentItem> items, Given? value, string where)
    {
        foreach (var item in Listed(items, value, where))
        {
            Put(item, Answer.Of(item.Weight ?? item.Highest, "present") with { Ongoing = true });
        }
    }

    /// <summary>What is named is new or recurrent; every other sign that is present goes on without change. Null: it is not known which are new.</summary>
    private void Recent(List<InstrumentItem> items, Given? value, string where)
    {
        var fresh = Listed(items, value, where);
        foreach (var item in fresh)
        {
            Put(item, Answer.Of(item.Weight ?? item.Highest, "present"));
        }

        foreach (var item in items.Where(i => i.OnlyNew && !fresh.Contains(i) && answers.TryGetValue(i.Id, out var a) && a.Low > 0).ToList())
        {
            Put(item, value is null or Given.Null ? null : answers[item.Id] with { Ongoing = true });
        }
    }

    /// <summary>Items of a list of ids; true means each that counts only when new and is present.</summary>
    private List<InstrumentItem> Listed(List<InstrumentItem> items, Given? value, string where) => value switch
    {
        null or Given.Null or Given.Flag { Value: false } => [],
        Given.Flag { Value: true } => [.. items.Where(i => i.OnlyNew && answers.TryGetValue(i.Id, out var a) && a.High > 0)],
        Given.List l => [.. l.Items.Select(x => Item(items, x is Given.Text t ? t.Value : throw new ScoringException("bad_value", $"{where} must list ids of items, not {x.Show()}.", where), where))],
        _ => throw new ScoringException("bad_value", $"{where} must be a list of ids of items, or true.", where),
    };

    /// <summary>Answers by id where the form asks for a list; what is not named is unknown.</summary>
    private void ById(List<InstrumentItem> items, ScoreInputs map, string? sex)
    {
        foreach (var id in map.Names.ToList())
        {
            var item = items.Where(i => i.Base == id).ToList() is [var one] ? one : Item(items, id, map.Path(id), map.Path(id));
            Put(item, Answer.Read(item, map.Value(id), map.Path(id), sex));
        }
    }

    private void ByKey(List<InstrumentItem> items, ScoreInputs? map, string where, bool restUnknown, string? sex)
    {
        foreach (var item in items)
        {
            if (!answers.ContainsKey(item.Id))
            {
                Put(item, map is null || restUnknown ? null : Answer.Of(item.Least));
            }
        }

        foreach (var key in map?.Names.ToList() ?? [])
        {
            var at = map!.Path(key);
            var item = Item(items, key, at, at);
            Put(item, Answer.Read(item, map.Value(key), at, sex));
        }
    }

    private void ByZone(List<InstrumentItem> items, ScoreInputs? zones, string where)
    {
        foreach (var item in items)
        {
            Put(item, zones is null ? null : Answer.Of(item.Least));
        }

        foreach (var zone in zones?.Names.ToList() ?? [])
        {
            var there = items.Where(i => i.Zone == zone).ToList();
            if (there.Count == 0)
            {
                throw new ScoringException("unknown_item", $"{where}: there is no zone '{zone}' in {instrument.Id}{ScoreInputs.Near(zone, items.Select(i => i.Zone!).Distinct(StringComparer.Ordinal))}", zones!.Path(zone));
            }

            var map = zones!.Inner(zone);
            foreach (var item in map is null ? there : [])
            {
                Put(item, null);
            }

            foreach (var name in map?.Names.ToList() ?? [])
            {
                var at = map!.Path(name);
                var item = there.FirstOrDefault(i => i.Base == name)
                    ?? throw new ScoringException("unknown_item", $"{at}: '{name}' is not scored in a zone of {instrument.Id}{ScoreInputs.Near(name, there.Select(i => i.Base))}", at);
                Put(item, Answer.Read(item, map.Value(name), at));
            }
        }
    }

    private void Add(InputWord word, List<InstrumentItem> items, ScoreInputs inputs)
    {
        var each = items[0].Highest;
        var most = word.Shape == InputShape.Count ? items.Count : items.Sum(i => i.Highest);
        var value = word.Shape == InputShape.Count ? inputs.Whole(word.Name, 0, items.Count) : inputs.Number(word.Name, 0, most);
        var times = word.Shape == InputShape.Count ? each : 1;
        lumps.Add(new(word.Items, value is { } v ? Answer.Of(v * times) : new(0, most * times), word.Name));
        touched.UnionWith(word.Items);
    }

    private void Put(InstrumentItem item, Answer? answer)
    {
        touched.Add(item.Id);
        presumed.Remove(item.Id);
        answers[item.Id] = answer ?? Answer.Unknown(item);
    }

    /// <summary>By id, by zone, or by the id before zones and sides are written out.</summary>
    private InstrumentItem Item(IReadOnlyList<InstrumentItem> items, string id, string where, string? key = null)
    {
        if (items.FirstOrDefault(i => i.Id == id || i.Zone == id) is { } item)
        {
            return item;
        }

        if (items.FirstOrDefault(i => i.Zone is not null && i.Refusals.ExceptedZone is not null) is { } excepting && instrument.Zones.Any(z => z.Id == id))
        {
            throw new ScoringException(excepting.Refusals.ExceptedZone!, $"{where}: {excepting.Base} is not scored at '{id}' here; it has an item of its own.", where);
        }

        var known = items.Select(i => i.Zone ?? i.Id).Distinct(StringComparer.Ordinal);
        throw new ScoringException("unknown_item", $"{key ?? where}: there is no item '{id}' in {instrument.Id}{ScoreInputs.Near(id, known)}", where);
    }

    /// <summary>For tables by sex; null: unknown.</summary>
    internal static string? Sex(ScoreInputs inputs) => inputs.Word("sex", "female", "male", "F", "M", "f", "m") switch
    {
        "female" or "F" or "f" => "female",
        "male" or "M" or "m" => "male",
        _ => null,
    };

    private static IReadOnlyList<Given>? ListOf(Given? value, int count, string where) => value switch
    {
        null or Given.Null => null,
        Given.List l when l.Items.Count == count => l.Items,
        Given.List l => throw new ScoringException("count", $"{where} has {l.Items.Count} answers, but there are {count} items; write null for what is unknown.", where),
        _ => throw new ScoringException("bad_value", $"{where} must be a list of {count} answers, not {value.Show()}.", where),
    };
}
