using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>Points of several items that were added before they were entered.</summary>
internal sealed record Lump(IReadOnlyList<string> Items, Answer Points, string Name);

/// <summary>
/// The answers of one assessment. An item that nobody answered stays unknown; only where the form says that what is not named is absent
/// (a list of what is present, a map of zones) it counts as absent.
/// </summary>
internal sealed partial class AnswerSheet
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
                entered[total.Id] = inputs.Number(word.Name, total.Low, total.High, total.Name) is { } v ? Answer.Of(v) : new(total.Low, total.High);
                break;
        }
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
        throw new ScoringException("unknown_item", $"{key ?? where}: there is no item '{id}' in {instrument.Name}{ScoreInputs.Near(id, known)}", where);
    }

    /// <summary>For tables by sex; null: unknown.</summary>
    internal static string? Sex(ScoreInputs inputs) => inputs.Text("sex")?.ToUpperInvariant() switch
    {
        null => null,
        "F" => "female",
        "M" => "male",
        _ => inputs.Word("sex", "female", "male"),
    };

    private static IReadOnlyList<Given>? ListOf(Given? value, int count, string where) => value switch
    {
        null or Given.Null => null,
        Given.List l when l.Items.Count == count => l.Items,
        Given.List l => throw new ScoringException("count", $"{where} has {l.Items.Count} answers, but there are {count} items; write null for what is unknown.", where),
        _ => throw new ScoringException("bad_value", $"{where} must be a list of {count} answers, not {value.Show()}.", where),
    };
}
