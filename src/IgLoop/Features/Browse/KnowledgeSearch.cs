using IgLoop.Core.Knowledge;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Browse;

/// <summary>One thing of the knowledge as a line of the index.</summary>
/// <param name="Kind">Condition, Goal, Product, Rule, Instrument, Study, Authority or Source.</param>
/// <param name="Text">All words by which it may be found.</param>
public sealed record KnowledgeLine(string Kind, string Id, string Name, string About, string Href, string Text);

/// <summary>Finds things in the knowledge by words.</summary>
public static class KnowledgeSearch
{
    /// <summary>The rules of safety and those of the conditions.</summary>
    public static IEnumerable<SafetyRule> AllRules(KnowledgeBase knowledge) => knowledge.Rules.Concat(knowledge.Conditions.Values.SelectMany(c => c.Rules));

    public static IReadOnlyList<KnowledgeLine> All(KnowledgeBase k) =>
    [
        .. k.Conditions.Values.OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => Line("Condition", "conditions", c.Id, c.Name, Count(c.Entries.Select(e => e.Authority).Distinct().Count(), "authority or source", "authorities and sources"), c.Note, string.Join(' ', c.Codes.Values.SelectMany(v => v)))),
        .. k.Manifestations.Values.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => Line("Goal", "manifestations", m.Id, m.Name, Count(m.Bands.Values.Sum(b => b.Items.Count), "report", "reports"), m.Note)),
        .. k.Products.Values.OrderBy(p => p.Brand, StringComparer.Ordinal).Select(p => Line("Product", "products", p.Id, p.Brand, $"{p.Manufacturer}, {p.Route}, {Words.Number(p.GramsPer100mL, "0.##")} g in 100 mL, sugar: {p.Sugar}", p.Stabiliser)),
        .. AllRules(k).Select(r => Line("Rule", "rules", r.Id, r.Name, $"{Words.Of(r.Severity)} · {r.Id}", r.Trigger, r.Action)),
        .. k.Instruments.Values.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => Line("Instrument", "instruments", i.Id, i.Name, i.Version ?? "", i.Measures, i.Area, i.UsedBy)),
        .. k.Studies.Values.OrderBy(s => s.Citation, StringComparer.Ordinal).Select(s => Line("Study", "studies", s.Id, s.Citation, $"{s.Design}{(s.N is { } n ? $", {n} patients" : "")}", s.Condition, s.Notes, s.Pmid)),
        .. k.Authorities.Values.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => Line("Authority", "authorities", a.Id, a.Name, $"{a.Kind}{(a.Jurisdiction is { } j ? $", {j}" : "")}", a.Note)),
        .. k.Sources.Values.OrderBy(s => s.Id, StringComparer.Ordinal).Select(s => Line("Source", "sources", s.Id, s.Title, Words.Of(s.Status), s.Note, s.Url)),
    ];

    /// <summary>Things that hold every word, those with the words in their name first.</summary>
    public static IReadOnlyList<KnowledgeLine> Find(KnowledgeBase knowledge, string query)
    {
        var words = query.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. All(knowledge)
            .Where(l => words.All(w => l.Text.Contains(w, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(l => words.All(w => l.Name.Contains(w, StringComparison.OrdinalIgnoreCase) || l.Id.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 0 : 1)];
    }

    private static string Count(int n, string one, string many) => $"{n} {(n == 1 ? one : many)}";

    private static KnowledgeLine Line(string kind, string folder, string id, string name, string about, params string?[] more) =>
        new(kind, id, name, about, $"/knowledge/{folder}/{Uri.EscapeDataString(id)}", string.Join(' ', more.Append(id).Append(name).Append(about)));
}
