using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>Reads <c>calculations</c> of an instrument's file: what a rule in code takes, as data, so that form, reading and page follow from it.</summary>
internal static class CalculationFiles
{
    /// <summary>Reads what is declared; entries of other instruments are looked up through <paramref name="find"/>, which is complete by then.</summary>
    public static IReadOnlyList<Calculation> Read(Block b, Instrument own, Func<string, Instrument?> find) =>
        [.. b.Inners("calculations").Select(c => InstrumentFiles.Closed(c, x =>
        {
            var id = x.Text("id");
            var answers = x.TextsByKey("answers").Select(a => new AskEntry(a.Key, a.Value)).ToList();
            if (answers.Count == 0)
            {
                x.Problem("answers", "is missing; give the names of the values that come out, the verdict first, with words.");
            }

            return new Calculation(id, x.OptionalText("request") ?? id, x.Text("name"), x.OptionalText("about"), [.. x.Inners("asks").Select(a => InstrumentFiles.Closed(a, y => One(y, own, find)))], answers);
        }))];

    private static Ask One(Block a, Instrument own, Func<string, Instrument?> find)
    {
        var kind = a.Name<AskKind>("as");
        var name = a.Text("name");
        var range = a.CountRange("range");
        var like = a.OptionalText("like");
        if (like is not null)
        {
            range = (Named(a, "like", like, find) ?? own) is { Totals: [var total, ..] } ? new Range(total.Low, total.High) : range;
        }

        return new()
        {
            Name = name,
            Words = a.Text("words"),
            Kind = kind,
            Hint = a.OptionalText("hint"),
            Like = like,
            Unit = a.OptionalText("unit"),
            Low = range?.Low ?? a.Count("least"),
            High = range?.High,
            Whole = a.Flag("whole"),
            Codes = a.Texts("codes"),
            Choices = Choices(a, kind, own),
            Entries = Entries(a, kind, own, find),
            Rest = a.OptionalText("rest"),
            Least = a.Integer("rows_least") ?? 1,
            Most = a.Integer("rows") ?? 1,
            Columns = kind switch
            {
                AskKind.Each => [Inner(a, own, find, name)],
                AskKind.Rows => [.. a.Inners("columns").Select(c => InstrumentFiles.Closed(c, x => One(x, own, find)))],
                _ => [],
            },
        };
    }

    /// <summary>The one way in which each entry is answered, written under <c>each</c>.</summary>
    private static Ask Inner(Block a, Instrument own, Func<string, Instrument?> find, string name)
    {
        if (a.Inner("each") is { } each)
        {
            return InstrumentFiles.Closed(each, x => One(x, own, find));
        }

        a.Problem("each", "is missing; say how each entry is answered.");
        return new() { Name = name, Words = name, Kind = AskKind.Text };
    }

    private static IReadOnlyList<AskEntry> Choices(Block a, AskKind kind, Instrument own)
    {
        if (a.OptionalText("levels") is { } item)
        {
            if (own.Items.FirstOrDefault(i => i.Id == item) is { Levels.Count: > 0 } found)
            {
                return [.. found.Levels.Select(l => new AskEntry(Show(l.Value), $"{Show(l.Value)} {l.Label}".TrimEnd()))];
            }

            a.Problem("levels", $"names '{item}', which is no item with levels of this file.");
        }

        var choices = a.TextsByKey(kind == AskKind.Sort ? "into" : "choices").Select(c => new AskEntry(c.Key, c.Value)).ToList();
        if (choices.Count == 0 && kind is AskKind.Choice or AskKind.Sort)
        {
            a.Problem(kind == AskKind.Sort ? "into" : "choices", "is missing; give each possible value with its words.");
        }

        return choices;
    }

    /// <summary>The entries: items of an instrument (<c>of</c>), members of lists of this file (<c>lists</c>), or written out (<c>entries</c>).</summary>
    private static IReadOnlyList<AskEntry> Entries(Block a, AskKind kind, Instrument own, Func<string, Instrument?> find)
    {
        var words = a.TextsByKey("entries");
        var entries = new List<AskEntry>();
        if (a.OptionalText("of") is { } of && Named(a, "of", of, find) is { } other)
        {
            entries.AddRange(other.Items.Where(i => !i.IsFlag).Select(i => new AskEntry(i.Id, i.Label)));
        }

        foreach (var list in a.Texts("lists"))
        {
            if (own.Lists.TryGetValue(list, out var members))
            {
                entries.AddRange(members.Select(m => new AskEntry(m, words.GetValueOrDefault(m) ?? Plain(m))));
            }
            else
            {
                a.Problem("lists", $"names '{list}', which is no list of this file.");
            }
        }

        if (entries.Count == 0)
        {
            entries.AddRange(words.Select(w => new AskEntry(w.Key, w.Value)));
        }

        if (entries.Count == 0 && kind is AskKind.Sort or AskKind.Each)
        {
            a.Problem("of", "is missing; say what is asked one by one: of an instrument, lists of this file, or entries.");
        }

        return entries;
    }

    private static Instrument? Named(Block a, string key, string id, Func<string, Instrument?> find)
    {
        var found = find(id);
        if (found is null)
        {
            a.Problem(key, $"names '{id}', which is no instrument.");
        }

        return found;
    }

    private static string Plain(string id) => id.Replace('_', ' ') is var text && text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : id;

    private static string Show(decimal value) => value.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
