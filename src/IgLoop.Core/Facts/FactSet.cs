namespace IgLoop.Core.Facts;

/// <summary>What is known and usable at one moment: at most one value a fact. A fact without a value is unknown, which is not "no".</summary>
public sealed class FactSet
{
    private readonly FactValue?[] values;

    public FactSet(FactCatalogue catalogue)
    {
        Catalogue = catalogue;
        values = new FactValue?[catalogue.Count];
    }

    private FactSet(FactCatalogue catalogue, FactValue?[] values)
    {
        Catalogue = catalogue;
        this.values = values;
    }

    public FactCatalogue Catalogue { get; }

    public FactValue? this[int slot] => values[slot];

    public FactValue? this[FactDefinition fact] => values[fact.Slot];

    public FactValue? this[string id] => Catalogue.TryFind(id, out var fact) ? values[fact.Slot] : throw new KeyNotFoundException($"There is no fact '{id}'.");

    /// <summary>The values by slot, for evaluators.</summary>
    public ReadOnlySpan<FactValue?> Values => values;

    /// <summary>A copy in which one fact has another value (null: unknown).</summary>
    public FactSet With(FactDefinition fact, FactValue? value)
    {
        var copy = (FactValue?[])values.Clone();
        copy[fact.Slot] = value;
        return new FactSet(Catalogue, copy);
    }

    /// <summary>A copy with several values changed.</summary>
    public FactSet With(IEnumerable<KeyValuePair<FactDefinition, FactValue?>> changes)
    {
        var copy = (FactValue?[])values.Clone();
        foreach (var (fact, value) in changes)
        {
            copy[fact.Slot] = value;
        }

        return new FactSet(Catalogue, copy);
    }

    /// <summary>A copy of its own for trying values with <see cref="Put"/>; never handed on.</summary>
    internal FactSet Scratch() => With([]);

    /// <summary>Sets a value in place; only on a <see cref="Scratch"/> copy.</summary>
    internal void Put(int slot, FactValue? value) => values[slot] = value;
}
