using System.Runtime.CompilerServices;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>The instruments that ship, and answers to them as a person types them.</summary>
internal static class Clinic
{
    public static KnowledgeBase Knowledge { get; } = KnowledgeBase.TryLoad([.. Files()], out var knowledge, out var problems)
        ? knowledge
        : throw new InvalidOperationException(string.Join("\n", problems));

    /// <summary>Every instrument whose single answers are held.</summary>
    public static IEnumerable<Instrument> WithItems => Knowledge.Instruments.Values.Where(i => i.Items.Count > 0).OrderBy(i => i.Id, StringComparer.Ordinal);

    /// <summary>Scores inputs written as YAML: <c>present: [arthritis], unknown: [fever]</c>.</summary>
    public static ScoreResult Score(string instrument, string inputs) => Scorers.Score(Knowledge, instrument, Inputs(inputs));

    public static ScoringException Refusal(string instrument, string inputs) => Assert.Throws<ScoringException>(() => Score(instrument, inputs));

    public static Given.Map Inputs(string yaml)
    {
        var problems = new List<KnowledgeProblem>();
        var block = Block.Open(new("inputs.yaml", $"inputs: {{{yaml}}}"), problems);
        Assert.Empty(problems);
        return (Given.Map)block!.Value("inputs")!;
    }

    private static IEnumerable<KnowledgeFile> Files([CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../knowledge"));
        return Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories)
            .Select(path => new KnowledgeFile(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(f => f.Folder is "sources" or "instruments");
    }
}
