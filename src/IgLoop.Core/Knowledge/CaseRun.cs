using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Knowledge;

/// <summary>Runs the clinicians' cases, and asks that every criterion and rule has one of each kind.</summary>
public static class CaseRun
{
    private static readonly Dictionary<string, string> RequestFacts = new(StringComparer.Ordinal)
    {
        ["product"] = "product_id", ["g_per_kg"] = "course_g_per_kg", ["days"] = "course_days", ["phase"] = "phase", ["course_number"] = "course_number", ["goal"] = "goal", ["condition"] = "condition",
    };

    /// <summary>What fails: wrong answers, unknown targets, missing kinds. Empty when all is well.</summary>
    public static IReadOnlyList<KnowledgeProblem> Of(KnowledgeBase knowledge)
    {
        var problems = new List<KnowledgeProblem>();
        var targets = Targets(knowledge);
        var seen = new Dictionary<string, HashSet<CaseKind>>(StringComparer.Ordinal);
        foreach (var c in knowledge.Cases)
        {
            if (!targets.TryGetValue(c.Target, out var target))
            {
                var near = Spelling.Nearest(c.Target, targets.Keys, 1);
                problems.Add(new(c.Place, "cases", $"'{c.Name}' tests '{c.Target}', which does not exist{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}"));
                continue;
            }

            if (!seen.TryGetValue(c.Target, out var kinds))
            {
                seen[c.Target] = kinds = [];
            }

            kinds.Add(c.Kind);
            Check(knowledge, c, target.Criterion, problems);
        }

        foreach (var (name, target) in targets)
        {
            var lacking = Enum.GetValues<CaseKind>().Where(k => !seen.TryGetValue(name, out var kinds) || !kinds.Contains(k)).ToList();
            if (lacking.Count > 0)
            {
                problems.Add(new(target.Place, "cases", $"'{name}' lacks a case of kind {string.Join(", ", lacking.Select(k => k.ToString().ToLowerInvariant()))}."));
            }
        }

        return problems;
    }

    /// <summary>Every criterion by the name that cases use.</summary>
    public static IReadOnlyDictionary<string, (Criterion Criterion, Place Place)> Targets(KnowledgeBase knowledge)
    {
        var all = new Dictionary<string, (Criterion, Place)>(StringComparer.Ordinal);
        foreach (var rule in knowledge.Rules.Concat(knowledge.Conditions.Values.SelectMany(c => c.Rules)))
        {
            all[rule.Id] = (rule.When, rule.Place);
        }

        foreach (var (condition, entry) in knowledge.Conditions.Values.SelectMany(c => c.Entries.Select(e => (c, e))))
        {
            var name = $"{condition.Id}/{entry.Id}";
            Add($"{name}.applies", entry.Applies);
            Add($"{name}.qualifying", entry.Qualifying);
            foreach (var (exclusion, i) in entry.Exclusions.Select((x, i) => (x, i + 1)))
            {
                Add($"{name}.exclusion:{i}", exclusion.When);
            }

            Add($"{name}.silent", entry.Silent?.When);
            foreach (var regimen in entry.Regimens)
            {
                Add($"{name}.{regimen.Id}", regimen.When);
            }

            void Add(string key, Criterion? criterion)
            {
                if (criterion is not null)
                {
                    all[key] = (criterion, entry.Place);
                }
            }
        }

        return all;
    }

    private static void Check(KnowledgeBase knowledge, KnowledgeCase c, Criterion criterion, List<KnowledgeProblem> problems)
    {
        var facts = new FactSet(knowledge.Facts).Scratch();
        foreach (var (name, text) in c.Request.Select(r => (RequestFacts.GetValueOrDefault(r.Key, r.Key), r.Value)).Concat(c.Chart.Select(f => (f.Key, f.Value))))
        {
            if (!knowledge.Facts.TryFind(name, out var fact))
            {
                var near = knowledge.Facts.Nearest(name, 1);
                problems.Add(new(c.Place, "chart", $"'{c.Name}' gives '{name}', which is no fact{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}"));
                return;
            }

            var bare = fact.Scope != FactScope.Patient || name != fact.Id ? fact.Unit?.Code : null;
            if (!ValueReading.TryRead(fact, text, bare, out var value, out var problem))
            {
                problems.Add(new(c.Place, "chart", $"'{c.Name}': {problem}"));
                return;
            }

            facts.Put(fact.Slot, value);
        }

        if (facts["product_id"]?.Text is { } id && knowledge.Products.TryGetValue(id, out var product))
        {
            ProductFacts.Put(product, facts);
        }

        var answer = criterion.Evaluate(knowledge.Derivations.Apply(facts));
        if (answer != c.Expect)
        {
            problems.Add(new(c.Place, "expect", $"'{c.Name}' expects {Word(c.Expect)} of {c.Target}, but it is {Word(answer)}."));
        }
    }

    private static string Word(bool? answer) => answer switch { true => "true", false => "false", null => "unknown" };
}
