using System.Runtime.CompilerServices;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Monitoring;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>The safety rules and monitoring knowledge that ship, with conditions and goals reduced to their names.</summary>
internal static class Ward
{
    private static readonly string[] Whole = ["facts", "sources", "monitoring", "safety", "products", "evidence"];

    public static IReadOnlyList<KnowledgeFile> Files { get; } = [.. ReadFiles()];

    public static KnowledgeBase Knowledge { get; } = KnowledgeBase.TryLoad(Files, out var knowledge, out var problems)
        ? knowledge
        : throw new InvalidOperationException(string.Join("\n", problems));

    /// <summary>Facts as a person types them; a bare number is in the fact's own unit.</summary>
    public static FactSet Facts(string typed, DateOnly? at = null)
    {
        var facts = new FactSet(Knowledge.Facts).Scratch();
        foreach (var pair in typed.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = pair.Split(':', StringSplitOptions.TrimEntries);
            Assert.True(Knowledge.Facts.TryFind(parts[0], out var fact), $"There is no fact {parts[0]}.");
            Assert.True(ValueReading.TryRead(fact!, parts[1], fact!.Unit?.Code, out var value, out var problem), problem);
            facts.Put(fact.Slot, value with { At = at });
        }

        return Knowledge.Derivations.Apply(facts);
    }

    /// <summary>Rules that fire, as "C06 BLOCK", in the order of their ids.</summary>
    public static IReadOnlyList<string> Fired(string typed, string? product = null)
    {
        var facts = Facts(typed).With([]);
        if (product is not null)
        {
            ProductFacts.Put(Knowledge.Products[product], facts);
        }

        return [.. Knowledge.Rules.Where(r => (product is not null || !r.OfProduct) && r.When.Evaluate(facts) == true).Select(r => $"{r.Id} {r.Severity.ToString().ToUpperInvariant()}").Order(StringComparer.Ordinal)];
    }

    /// <summary>The plan of a course that begins on 1 December 2026.</summary>
    public static MonitoringPlan Plan(string typed, string rules = "", decimal? gPerKg = 2, int? days = 2, string vaccines = "acip", decimal? everyWeeks = null, bool dated = true, DateOnly? factsAt = null) =>
        MonitoringPlan.For(Knowledge.Monitoring, new MonitoredCourse
        {
            Facts = Facts(typed, factsAt),
            Rules = [.. rules.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => Knowledge.Rules.Single(r => r.Id == id))],
            GPerKg = gPerKg,
            Days = days,
            FirstDay = dated ? new DateOnly(2026, 12, 1) : null,
            At = new DateOnly(2026, 11, 24),
            VaccineRule = vaccines,
            EveryWeeks = everyWeeks,
        });

    private static IEnumerable<KnowledgeFile> ReadFiles([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../knowledge"));
        foreach (var path in Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories))
        {
            var file = new KnowledgeFile(Path.GetRelativePath(root, path).Replace('\\', '/'), "");
            if (Whole.Contains(file.Folder))
            {
                yield return file with { Text = File.ReadAllText(path) };
            }
            else if (file.Folder == "conditions" && !file.IsCases)
            {
                yield return file with { Text = $"id: {file.Stem}\nname: {file.Stem}\nauthorities: []\n" };
            }
        }

        yield return new("manifestations/thrombocytopenia.yaml", "id: thrombocytopenia\nname: Thrombocytopenia\ncondition: lupus_haematological\nbands: {}\n");
    }
}
