using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>How each shape of a request is read: by name, in order, in pairs, as a list of what is present, new or ongoing, by zone, as a count.</summary>
internal sealed partial class AnswerSheet
{
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
            Put(item, points ? Answer.OfPoints(item, given, $"{where}[{n}], {item.Id}") : Answer.Read(item, given, $"{where}[{n}], {item.Id}", sex));
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
                Put(item, Answer.Read(item, both?[item.Side == "right" ? 0 : 1], $"{where}[{n}], {item.Id}"));
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
                throw new ScoringException("unknown_item", $"{where}: there is no zone '{zone}' in {instrument.Name}{ScoreInputs.Near(zone, items.Select(i => i.Zone!).Distinct(StringComparer.Ordinal))}", zones!.Path(zone));
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
                    ?? throw new ScoringException("unknown_item", $"{at}: '{name}' is not scored in a zone of {instrument.Name}{ScoreInputs.Near(name, there.Select(i => i.Base))}", at);
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
}
