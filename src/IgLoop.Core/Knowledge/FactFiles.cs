using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>facts/*.yaml</c>.</summary>
internal static class FactFiles
{
    /// <summary>The catalogue, and the CQL by which facts are worked out from others (fact id → text with its place).</summary>
    public static (FactCatalogue Catalogue, IReadOnlyList<DerivedByCql> Derived) Read(IReadOnlyList<KnowledgeFile> files, List<KnowledgeProblem> problems)
    {
        var definitions = new List<FactDefinition>();
        var derived = new List<DerivedByCql>();
        var seen = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var file in files.Where(f => f.Folder == "facts" && !f.IsCases).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            if (Block.Open(file, problems) is not { } top)
            {
                continue;
            }

            foreach (var block in top.Inners("facts"))
            {
                var (fact, cql) = Read(block, files);
                var twice = fact.Aliases.Prepend(fact.Id).Where(n => !seen.TryAdd(n, block.Place)).ToList();
                if (twice.Count > 0)
                {
                    block.Problem("id", $"declares '{twice[0]}', which {seen[twice[0]]} declares already.");
                    continue;
                }

                definitions.Add(fact);
                if (cql is not null)
                {
                    derived.Add(new(fact.Id, cql, block));
                }
            }

            top.Close();
        }

        return (new FactCatalogue(definitions), derived);
    }

    private static (FactDefinition Fact, string? Derive) Read(Block b, IReadOnlyList<KnowledgeFile> files)
    {
        var type = b.Name<FactType>("type");
        var unitCode = b.OptionalText("unit");
        Unit? unit = null;
        if (unitCode is not null && !Unit.TryParse(unitCode, out unit, out var why))
        {
            b.Problem("unit", $"is not UCUM: {why}");
            unit = null;
        }

        if (type == FactType.Quantity && unitCode is null)
        {
            b.Problem("unit", "is missing: a quantity needs its canonical UCUM unit.");
        }

        var plausible = b.CountRange("plausible");
        var choices = b.Texts("choices");
        if (b.OptionalText("choices_of") is { } folder)
        {
            choices = [.. files.Where(f => f.Folder == folder && !f.IsCases).Select(f => f.Stem).Order(StringComparer.Ordinal)];
        }

        if (type == FactType.Choice && choices.Count == 0)
        {
            b.Problem("choices", "is missing: a choice needs its values (choices) or the folder that holds them (choices_of).");
        }

        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (b.Inner("words") is { } other)
        {
            foreach (var word in other.Keys)
            {
                words[word] = other.Text(word);
                if (!choices.Contains(words[word]))
                {
                    other.Problem(word, $"stands for '{words[word]}', which is not among the choices.");
                }
            }

            other.Close();
        }

        var derive = b.OptionalText("derive");
        var fact = new FactDefinition
        {
            Id = b.Text("id"),
            Name = b.Text("name"),
            Type = type,
            Scope = b.Name<FactScope>("scope", FactScope.Patient),
            Unit = unit ?? (type == FactType.Quantity ? Unit.One : null),
            UnitFactors = Factors(b),
            PlausibleLow = plausible?.Low,
            PlausibleHigh = plausible?.High,
            Choices = choices,
            Words = words,
            ValidFor = b.Number("valid_for", "d") is { } days ? TimeSpan.FromDays((double)days) : null,
            Derived = b.Flag("derived") || derive is not null,
            Aliases = b.Texts("aliases"),
            Codes = b.ListsByKey("codes"),
            Group = b.Text("group"),
            Question = b.OptionalText("question"),
            Note = b.OptionalText("note"),
        };
        _ = b.Texts("source");
        _ = b.Name<Status>("status", Status.Project);
        b.Close();
        return (fact, derive);
    }

    private static Dictionary<string, decimal> Factors(Block b)
    {
        var factors = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (b.Inner("units") is { } units)
        {
            foreach (var code in units.Keys)
            {
                if (units.Count(code) is { } factor)
                {
                    factors[code] = factor;
                }
            }
        }

        return factors;
    }
}

internal sealed record DerivedByCql(string Fact, string Cql, Block Block);
