using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Scoring;

/// <summary>
/// What people call what a request calls by an id: sentences say the name, and the id in brackets only where someone has to type it. Results
/// for programs keep the ids.
/// </summary>
public static class ScoreNames
{
    /// <summary>The full name of an instrument, of one of its totals, of a calculation beside it or of a measure of a bundle.</summary>
    public static string Of(KnowledgeBase knowledge, string id) =>
        knowledge.Instruments.TryGetValue(id, out var instrument) ? instrument.Name
        : Scorers.Find(knowledge, id) is { Total: { } total } found ? $"{found.Instrument.Name}: {total.Name}"
        : CalculationOf(knowledge, id) is { } beside ? $"{beside.Instrument.Name}: {Inside(beside.Calculation.Name)}"
        : Bundle.Of(knowledge, id) is { } listed ? Measure(listed.Bundle, listed.Measure)
        : Owner(knowledge, id) is { } owner ? $"{owner.Name}: {Plain(id.StartsWith(owner.Id + "_", StringComparison.Ordinal) ? id[(owner.Id.Length + 1)..] : id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])}"
        : Sentence(Plain(id));

    /// <summary>The name that a sentence carries: that of the total where there is one, such as SLEDAI-2K or MG-ADL.</summary>
    public static string Short(KnowledgeBase knowledge, string id)
    {
        if (Scorers.Find(knowledge, id) is not { } found)
        {
            return Of(knowledge, id);
        }

        var total = found.Total ?? found.Instrument.Totals.FirstOrDefault(t => t.Primary) ?? found.Instrument.Totals[0];
        return found.Total is null && found.Instrument.Totals.Count > 1 && total.Name.Length > found.Instrument.Name.Length ? found.Instrument.Name : total.Name;
    }

    /// <summary>The instrument to which a request belongs: its own, one of its totals, a calculation beside it, or a part such as <c>qmg_item</c>.</summary>
    public static Instrument? Owner(KnowledgeBase knowledge, string request) =>
        Scorers.Find(knowledge, request)?.Instrument ?? knowledge.Instruments.GetValueOrDefault(request) ?? CalculationOf(knowledge, request)?.Instrument
        ?? knowledge.Instruments.Values.Where(i => request.StartsWith(i.Id + "_", StringComparison.Ordinal)).MaxBy(i => i.Id.Length)
        ?? knowledge.Instruments.Values.FirstOrDefault(i => i.Totals.Any(t => t.Request is { } r && request.StartsWith(r + "_", StringComparison.Ordinal)))
        ?? (request.Split('_')[0] is { Length: > 2 } first ? knowledge.Instruments.Values.FirstOrDefault(i => i.Id.StartsWith(first, StringComparison.Ordinal) && i.BasedOn is null) : null);

    /// <summary>What people call the inputs of a request, where its form asks for them; null for others.</summary>
    public static Func<string, string?> Asked(KnowledgeBase knowledge, string request)
    {
        var owner = Owner(knowledge, request);
        return name => owner is null ? null
            : owner.Calculations.Where(c => c.Request == request).SelectMany(c => c.Asks).FirstOrDefault(a => a.Name == name)?.Words
                ?? (owner.Inputs.FirstOrDefault(w => w.Name == name) is { Shape: InputShape.Item, Items: [var item, ..] } ? owner.Items.First(i => i.Id == item).Label
                    : owner.Inputs.FirstOrDefault(w => w.Name == name) is { Shape: InputShape.Total, Totals: [var total, ..] } ? owner.Total(total)!.Name : null);
    }

    /// <summary>The same with what an input may be: <c>Device: kPa or kg</c>.</summary>
    public static Func<string, string?> Expected(KnowledgeBase knowledge, string request)
    {
        var (owner, words) = (Owner(knowledge, request), Asked(knowledge, request));
        return name => words(name) is not { } said ? null
            : owner!.Calculations.Where(c => c.Request == request).SelectMany(c => c.Asks).FirstOrDefault(a => a.Name == name) switch
            {
                { Kind: AskKind.Choice, Choices.Count: > 0 } choice => $"{said}: {string.Join(" or ", choice.Choices.Select(c => c.Id))}",
                { Kind: AskKind.YesNo } => $"{said}: yes or no",
                { Unit: { } unit } => $"{said}, in {unit}",
                _ => said,
            };
    }

    /// <summary>A measure of a bundle, in the words of its form.</summary>
    public static string Measure(Instrument bundle, string measure) => Entry(bundle, measure) ?? Sentence(Plain(measure));

    /// <summary>A measure with the word that a request takes: <c>Grip strength (grip)</c>.</summary>
    public static string Typed(Instrument bundle, string measure) => WithId(Measure(bundle, measure), measure);

    /// <summary>A name with the word that a request takes, where the two differ.</summary>
    public static string WithId(string name, string id) => string.Equals(name, id, StringComparison.Ordinal) ? name : $"{name} ({id})";

    /// <summary>
    /// Our words for the name of an input, an item, an entry or a part of the rule of an instrument; the id as words where the file has none.
    /// </summary>
    /// <param name="request">The calculation that was asked for; its own words come first.</param>
    public static string Part(Instrument instrument, string request, string id)
    {
        var asks = instrument.Calculations.OrderBy(c => c.Request == request ? 0 : 1).SelectMany(c => c.Asks).ToList();
        return asks.Find(a => a.Name == id)?.Words
            ?? instrument.Items.FirstOrDefault(i => i.Id == id)?.Label
            ?? asks.SelectMany(a => a.Entries).FirstOrDefault(e => e.Id == id)?.Words
            ?? instrument.Total(id)?.Name
            ?? instrument.Totals.FirstOrDefault(t => t.Result == id)?.Name
            ?? instrument.Limits.FirstOrDefault(l => l.Id == id)?.Name
            ?? instrument.Changes.FirstOrDefault(c => c.Id == id)?.Name
            ?? (instrument.Rules.FirstOrDefault(r => r.Id == id) is { } rule ? Sentence(rule.Text) : Sentence(Plain(id)));
    }

    /// <summary>Our words for a named value of a result.</summary>
    public static string Value(Instrument instrument, string request, string name) =>
        instrument.Calculations.OrderBy(c => c.Request == request ? 0 : 1).SelectMany(c => c.Answers).FirstOrDefault(a => a.Id == name)?.Words ?? Part(instrument, request, name);

    /// <summary>An id as words: <c>first_line</c> is "first line".</summary>
    public static string Plain(string id) => id.Replace('_', ' ');

    private static string? Entry(Instrument bundle, string measure) => bundle.Calculations.SelectMany(c => c.Asks).SelectMany(a => a.Entries).FirstOrDefault(e => e.Id == measure)?.Words;

    private static (Instrument Instrument, Calculation Calculation)? CalculationOf(KnowledgeBase knowledge, string request) =>
        knowledge.Instruments.Values.SelectMany(i => i.Calculations.Where(c => c.Request == request).Select(c => ((Instrument, Calculation)?)(i, c))).FirstOrDefault();

    private static string Inside(string name) => name.Length > 1 && char.IsLower(name[1]) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    private static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
