using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Features.Decide;

/// <summary>One part of the form.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Hint">One line below it; null: none.</param>
/// <param name="Facts">Its facts by group, in the order of the files.</param>
public sealed record FormPart(string Title, string? Hint, IReadOnlyList<IGrouping<string, FactDefinition>> Facts);

/// <summary>The facts of the form: the patient's basics, what the criteria ask, what the safety rules ask, and all others.</summary>
public sealed record FormParts(IReadOnlyList<FactDefinition> Basics, FormPart Criteria, FormPart Safety, FormPart Others);

/// <summary>Which facts the form asks for, those that can change the answer first.</summary>
public static class FormFacts
{
    // What the core works out by arithmetic is asked through what it is worked out from.
    private static readonly Dictionary<string, string[]> WorkedOutFrom = new(StringComparer.Ordinal)
    {
        ["egfr"] = ["creatinine"],
        ["prednisone_dose"] = ["prednisolone_dose", "methylprednisolone_dose", "hydrocortisone_dose", "dexamethasone_dose"],
        ["weeks_since_last_ig"] = ["last_ig_date"],
    };

    // Every dose and every rule of age needs these, whatever the condition.
    private static readonly string[] Basics = ["birth_date", "age", "sex", "weight", "height"];

    public static FormParts For(KnowledgeBase knowledge, Condition? condition)
    {
        var basics = Basics.Where(id => knowledge.Facts.TryFind(id, out _)).Select(id => knowledge.Facts.TryFind(id, out var f) ? f : null!).ToList();

        // A date of birth is asked, an age only when there is no such fact.
        if (basics.Any(f => f.Id == "birth_date"))
        {
            basics.RemoveAll(f => f.Id == "age");
        }

        var taken = basics.Select(f => f.Slot).ToHashSet();
        var criteria = Take(knowledge, condition?.Entries.SelectMany(Criteria).Concat(condition.Rules.Select(r => r.When)) ?? [], taken);
        var safety = Take(knowledge, knowledge.Rules.Select(r => r.When), taken);
        var rest = knowledge.Facts.All.Where(f => f.Scope == FactScope.Patient && taken.Add(f.Slot)).ToList();
        return new(
            basics,
            new("What decides", condition is null ? "Choose a condition to see what its criteria ask." : $"What the criteria for {condition.Name} ask.", Grouped(criteria)),
            new("Safety", "Risks that change the dose, the rate, the product or whether to give it.", Grouped(safety)),
            new("Everything else", null, Grouped(rest)));
    }

    private static IEnumerable<Criterion?> Criteria(AuthorityEntry entry) =>
        entry.Exclusions.Select(e => e.When).Prepend(entry.Qualifying).Prepend(entry.Applies).Concat(entry.Regimens.Select(r => r.When));

    private static List<FactDefinition> Take(KnowledgeBase knowledge, IEnumerable<Criterion?> criteria, HashSet<int> taken)
    {
        var facts = new List<FactDefinition>();
        foreach (var fact in criteria.Where(c => c is not null).SelectMany(c => c!.Facts))
        {
            Add(fact, 0);
        }

        return facts;

        // A fact that is worked out is asked through what it is worked out from.
        void Add(FactDefinition fact, int depth)
        {
            if (fact.Scope != FactScope.Patient)
            {
                return;
            }

            var step = knowledge.Derivations.Steps.FirstOrDefault(s => s.Fact.Id == fact.Id);
            if (step.Criterion is { } derived && depth < 8)
            {
                foreach (var input in derived.Facts)
                {
                    Add(input, depth + 1);
                }
            }
            else if (WorkedOutFrom.TryGetValue(fact.Id, out var inputs))
            {
                foreach (var id in inputs)
                {
                    if (knowledge.Facts.TryFind(id, out var input))
                    {
                        Add(input, depth + 1);
                    }
                }
            }
            else if (!fact.Derived && taken.Add(fact.Slot))
            {
                facts.Add(fact);
            }
        }
    }

    private static IReadOnlyList<IGrouping<string, FactDefinition>> Grouped(IEnumerable<FactDefinition> facts) => [.. facts.GroupBy(f => f.Group)];
}
