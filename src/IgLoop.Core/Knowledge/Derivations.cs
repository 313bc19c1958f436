using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;

namespace IgLoop.Core.Knowledge;

/// <summary>Facts worked out from other facts by CQL, in an order in which each finds what it needs.</summary>
public sealed class Derivations
{
    private readonly IReadOnlyList<(FactDefinition Fact, Criterion Criterion)> steps;

    private static readonly FactValue Yes = FactValue.Of(true, null, "derived");
    private static readonly FactValue No = FactValue.Of(false, null, "derived");

    private Derivations(IReadOnlyList<(FactDefinition, Criterion)> steps) => this.steps = steps;

    public IReadOnlyList<(FactDefinition Fact, Criterion Criterion)> Steps => steps;

    /// <summary>The facts with the derived ones filled in. A value that was given is kept.</summary>
    public FactSet Apply(FactSet facts)
    {
        if (steps.Count == 0)
        {
            return facts;
        }

        var copy = facts.Scratch();
        foreach (var (fact, criterion) in steps)
        {
            if (copy[fact.Slot] is null && criterion.Evaluate(copy) is { } value)
            {
                copy.Put(fact.Slot, value ? Yes : No);
            }
        }

        return copy;
    }

    internal static Derivations Build(Loading loading, IReadOnlyList<DerivedByCql> derived)
    {
        var compiled = new List<(FactDefinition Fact, Criterion Criterion)>();
        foreach (var d in derived)
        {
            if (loading.Cql(d.Block, "derive") is { } criterion && loading.Facts.TryFind(d.Fact, out var fact))
            {
                if (fact.Type != FactType.Boolean)
                {
                    d.Block.Problem("derive", "works for Boolean facts only.");
                }

                compiled.Add((fact, criterion));
            }
        }

        var ordered = new List<(FactDefinition, Criterion)>();
        while (compiled.Count > 0)
        {
            var waiting = compiled.Select(c => c.Fact.Id).ToHashSet(StringComparer.Ordinal);
            var ready = compiled.Where(c => !c.Criterion.Facts.Any(f => waiting.Contains(f.Id))).ToList();
            if (ready.Count == 0)
            {
                derived.First(d => waiting.Contains(d.Fact)).Block.Problem("derive", $"goes round in a circle with {string.Join(", ", waiting)}.");
                break;
            }

            ordered.AddRange(ready);
            compiled.RemoveAll(ready.Contains);
        }

        return new(ordered);
    }
}
