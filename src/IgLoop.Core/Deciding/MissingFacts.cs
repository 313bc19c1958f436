using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Which unknown facts are worth finding out, most decisive first.</summary>
internal sealed class MissingFacts(FactCatalogue catalogue)
{
    // Weights are our own: what settles a verdict of the leading authority counts most, then other verdicts, then rules by gravity.
    private const int LeadingVerdict = 48;
    private const int OtherVerdict = 20;
    private const int Dose = 200;

    private const int ManyOpen = 8;

    private readonly FactValue[][] ends = [.. catalogue.All.Select(Ends)];

    public IReadOnlyList<MissingFact> Of(IReadOnlyList<Verdict> verdicts, IReadOnlyList<OpenRule> open, FactSet facts, string? leading, IReadOnlyList<FactDefinition> neededForDose)
    {
        var scratch = facts.Scratch();
        var settles = new List<string>?[ends.Length];
        var weights = new int[ends.Length];
        var found = new List<FactDefinition>();
        foreach (var fact in neededForDose)
        {
            Add(fact, "the dose", Dose);
        }

        foreach (var verdict in verdicts)
        {
            if (verdict.Kind != VerdictKind.SupportedIf)
            {
                continue;
            }

            var weight = verdict.Authority == leading ? LeadingVerdict : OtherVerdict;
            var label = $"{verdict.AuthorityName} ({verdict.Entry.Edition})";
            foreach (var fact in verdict.Missing)
            {
                var settled = 0;
                foreach (var value in ends[fact.Slot])
                {
                    scratch.Put(fact.Slot, value);
                    settled += Settled(verdict.Entry, scratch) ? 1 : 0;
                }

                scratch.Put(fact.Slot, null);
                Add(fact, label, settled switch { 2 => weight * 2, 1 => weight, _ => weight / 4 });
            }
        }

        foreach (var rule in open)
        {
            var label = rule.Rule.Label;
            var weight = rule.Rule.Severity switch { Severity.Block => 6, Severity.Override => 4, Severity.Warn => 2, _ => 1 };
            foreach (var fact in rule.Missing)
            {
                // Where many facts are open one answer can settle at most one way; trying them all would cost more than it tells.
                var settled = rule.Missing.Count > ManyOpen ? 1 : 0;
                if (settled > 0)
                {
                    Add(fact, label, weight);
                    continue;
                }

                foreach (var value in ends[fact.Slot])
                {
                    scratch.Put(fact.Slot, value);
                    settled += rule.Rule.When.Evaluate(scratch) is null ? 0 : 1;
                }

                scratch.Put(fact.Slot, null);
                Add(fact, label, settled == 0 ? 1 : weight * settled);
            }
        }

        found.Sort((a, b) => weights[a.Slot] != weights[b.Slot] ? weights[b.Slot].CompareTo(weights[a.Slot]) : a.Slot.CompareTo(b.Slot));
        var ranked = new MissingFact[found.Count];
        for (var i = 0; i < ranked.Length; i++)
        {
            ranked[i] = new(found[i], settles[found[i].Slot]!, weights[found[i].Slot]);
        }

        return ranked;

        void Add(FactDefinition fact, string what, int weight)
        {
            if (settles[fact.Slot] is not { } list)
            {
                settles[fact.Slot] = list = new List<string>(2);
                found.Add(fact);
            }

            list.Add(what);
            weights[fact.Slot] += weight;
        }
    }

    private static FactValue[] Ends(FactDefinition fact) => fact.Type switch
    {
        FactType.Boolean => [Yes, No],
        FactType.Choice => fact.Choices.Count == 0 ? [] : [FactValue.Of(fact.Choices[0]), FactValue.Of(fact.Choices[^1])],
        FactType.Date => [],
        _ => [FactValue.Of(fact.PlausibleLow ?? 0), FactValue.Of(fact.PlausibleHigh ?? 1_000_000)],
    };

    private static bool Settled(AuthorityEntry entry, FactSet facts)
    {
        if (entry.Qualifying?.Evaluate(facts) == false)
        {
            return true;
        }

        var excluded = false;
        foreach (var exclusion in entry.Exclusions)
        {
            switch (exclusion.When?.Evaluate(facts) ?? (exclusion.When is null ? false : null))
            {
                case true:
                    return true;
                case null:
                    excluded = true;
                    break;
            }
        }

        return !excluded && (entry.Qualifying is null || entry.Qualifying.Evaluate(facts) is not null) && (entry.Applies is null || entry.Applies.Evaluate(facts) is not null);
    }

    private static readonly FactValue Yes = FactValue.Of(true);
    private static readonly FactValue No = FactValue.Of(false);
}
