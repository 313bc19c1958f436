using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>Reads the words of the batch contract: the key of each input and the items that it answers.</summary>
internal static class InstrumentInputs
{
    public static IReadOnlyList<InputWord> Read(Block b, IReadOnlyList<InstrumentItem> items, IReadOnlyList<ScoreTotal> totals)
    {
        var words = new List<InputWord>();
        foreach (var i in b.Inners("inputs"))
        {
            var of = i.Texts("of");
            var side = i.OptionalText("side");
            var shape = i.Name<InputShape>("as");
            var rest = i.OptionalText("rest");
            if (rest is not (null or "absent" or "unknown"))
            {
                i.Problem("rest", $"must be absent or unknown, not '{rest}'.");
            }

            foreach (var name in of.Where(n => !Names(n, items).Any() && !totals.Any(t => t.Id == n)))
            {
                var near = Spelling.Nearest(name, items.Select(x => x.Base), 1);
                i.Problem("of", $"names '{name}', which is no item, group or total of this file{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}");
            }

            var answered = of.Count == 0 || of.All(n => totals.Any(t => t.Id == n)) ? items.Where(x => !x.IsFlag) : of.SelectMany(n => Names(n, items));
            var named = i.Texts("name");
            if (named.Count == 0)
            {
                i.Problem("name", "is missing; the key that a request uses, or a list of keys that mean the same.");
            }

            foreach (var name in named)
            {
                words.Add(new(
                    name,
                    shape,
                    [.. answered.Where(x => side is null || x.Side is null || x.Side == side).Select(x => x.Id).Distinct(StringComparer.Ordinal)],
                    [.. of.Where(n => totals.Any(t => t.Id == n))],
                    rest == "unknown"));
            }

            i.Close();
        }

        return words;
    }

    private static IEnumerable<InstrumentItem> Names(string name, IReadOnlyList<InstrumentItem> items) => items.Where(x => x.Id == name || x.Base == name || x.Group == name);
}
