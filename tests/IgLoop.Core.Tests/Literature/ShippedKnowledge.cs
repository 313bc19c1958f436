using System.Runtime.CompilerServices;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Tests.Literature;

/// <summary>The knowledge that ships, as files and loaded.</summary>
internal static class ShippedKnowledge
{
    public static List<KnowledgeFile> Files([CallerFilePath] string here = "")
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "knowledge"));
        return [.. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Select(p => new KnowledgeFile(Path.GetRelativePath(folder, p).Replace('\\', '/'), File.ReadAllText(p)))];
    }

    public static KnowledgeBase Load()
    {
        Assert.True(KnowledgeBase.TryLoad(Files(), out var knowledge, out var problems), string.Join('\n', problems));
        return knowledge;
    }
}
