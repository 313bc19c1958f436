using System.Text;
using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Knowledge;

/// <summary>
/// The criteria as CQL libraries that other engines run: a parameter for each fact, a definition for each criterion.
/// A fact that is worked out by CQL is a definition of its own, and a given value wins.
/// </summary>
public static class CqlExport
{
    private const string Functions = """
        // True when at least k of the list are true, false when fewer than k can still be true, otherwise unknown.
        define function AtLeast(k Integer, list List<Boolean>):
          if Count((list) X where X is true return all 1) >= k then true
          else if Count((list) X where X is true or X is null return all 1) < k then false
          else null

        """;

    /// <summary>One library a condition, and one of the safety rules; by library name.</summary>
    public static IReadOnlyDictionary<string, string> Libraries(KnowledgeBase knowledge)
    {
        var groups = CaseRun.Targets(knowledge)
            .GroupBy(t => t.Value.Place.File.StartsWith("safety/", StringComparison.Ordinal) ? "Safety" : NameOf(t.Value.Place.File), StringComparer.Ordinal);
        return new SortedDictionary<string, string>(groups.ToDictionary(g => g.Key, g => Library(g.Key, [.. g.Select(t => (t.Key, t.Value.Criterion))], knowledge), StringComparer.Ordinal), StringComparer.Ordinal);
    }

    /// <summary>Library name of a condition's file: <c>conditions/chb_anti_ro.yaml</c> → <c>ChbAntiRo</c>.</summary>
    private static string NameOf(string file) =>
        string.Concat(file[(file.LastIndexOf('/') + 1)..].Split('.')[0].Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>One library with the named criteria.</summary>
    public static string Library(string name, IReadOnlyList<(string Name, Criterion Criterion)> criteria, KnowledgeBase knowledge)
    {
        var text = new StringBuilder();
        text.Append("// Exported by IgLoop; knowledge ").Append(knowledge.Hash).Append(".\n");
        text.Append("library ").Append(name).Append(" version '").Append(knowledge.Hash[..12]).Append("'\n\n");
        var steps = knowledge.Derivations.Steps.ToDictionary(s => s.Fact.Id, s => s.Criterion, StringComparer.Ordinal);
        var needed = Needed(criteria.SelectMany(c => c.Criterion.Facts), steps);
        foreach (var fact in needed)
        {
            text.Append("parameter \"").Append(fact.Id).Append(steps.ContainsKey(fact.Id) ? " given" : "").Append("\" ").Append(TypeOf(fact)).Append('\n');
        }

        text.Append("\ncontext Unfiltered\n\n").Append(Functions).Append('\n');
        foreach (var (fact, criterion) in knowledge.Derivations.Steps.Where(s => needed.Contains(s.Fact)))
        {
            text.Append("define \"").Append(fact.Id).Append("\": Coalesce(\"").Append(fact.Id).Append(" given\", ").Append(criterion.Exported(knowledge.Facts)).Append(")\n");
        }

        return text.Append(Definitions(criteria, knowledge)).ToString();
    }

    private static string Definitions(IEnumerable<(string Name, Criterion Criterion)> criteria, KnowledgeBase knowledge) =>
        string.Concat(criteria.Select(c => $"define \"{c.Name}\": {c.Criterion.Exported(knowledge.Facts)}\n"));

    /// <summary>The facts that are named, and those that named ones are worked out from, in the order of the catalogue.</summary>
    private static List<FactDefinition> Needed(IEnumerable<FactDefinition> named, Dictionary<string, Criterion> steps)
    {
        var all = new Dictionary<string, FactDefinition>(StringComparer.Ordinal);
        var open = new Queue<FactDefinition>(named);
        while (open.TryDequeue(out var fact))
        {
            if (all.TryAdd(fact.Id, fact) && steps.TryGetValue(fact.Id, out var criterion))
            {
                foreach (var inner in criterion.Facts)
                {
                    open.Enqueue(inner);
                }
            }
        }

        return [.. all.Values.OrderBy(f => f.Slot)];
    }

    private static string TypeOf(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => "Boolean",
        FactType.Integer => "Integer",
        FactType.Decimal => "Decimal",
        FactType.Quantity => "Quantity",
        FactType.Date => "Date",
        _ => "String",
    };
}
