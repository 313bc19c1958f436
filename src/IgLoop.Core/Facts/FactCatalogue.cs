using System.Diagnostics.CodeAnalysis;

namespace IgLoop.Core.Facts;

/// <summary>All declared facts, with the slot of each.</summary>
public sealed class FactCatalogue
{
    private readonly Dictionary<string, FactDefinition> byName = new(StringComparer.Ordinal);

    /// <param name="definitions">The definitions in the order of their slots.</param>
    /// <exception cref="ArgumentException">Two facts share an identifier or alias.</exception>
    public FactCatalogue(IEnumerable<FactDefinition> definitions)
    {
        All = [.. definitions.Select((d, i) => d with { Slot = i })];
        foreach (var fact in All)
        {
            foreach (var name in fact.Aliases.Prepend(fact.Id))
            {
                if (!byName.TryAdd(name, fact))
                {
                    throw new ArgumentException($"The fact name '{name}' is declared twice ({byName[name].Id} and {fact.Id}).", nameof(definitions));
                }
            }
        }
    }

    public IReadOnlyList<FactDefinition> All { get; }

    public int Count => All.Count;

    /// <summary>Finds a fact by identifier or alias.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out FactDefinition? fact) => byName.TryGetValue(name, out fact);

    /// <summary>The identifiers nearest in spelling, best first; for "did you mean".</summary>
    public IReadOnlyList<string> Nearest(string name, int most = 3) => Spelling.Nearest(name, byName.Keys, most);
}
