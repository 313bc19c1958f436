using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IgLoop.Core.Tests.House;

/// <summary>The invariants of ARCHITECTURE.md that a test can enforce.</summary>
public partial class Invariants
{
    /// <summary>Each room with the rooms it may use.</summary>
    private static readonly Dictionary<string, string[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Quantities"] = [],
        ["Facts"] = ["Quantities"],
        ["Criteria"] = ["Quantities", "Facts"],
        ["Knowledge"] = ["Quantities", "Facts", "Criteria"],
        ["Dosing"] = ["Quantities", "Facts", "Criteria", "Knowledge"],
        ["Infusing"] = ["Quantities", "Facts", "Criteria", "Knowledge", "Dosing"],
        ["Products"] = ["Quantities", "Facts", "Criteria", "Knowledge", "Dosing", "Infusing"],
        ["Monitoring"] = ["Quantities", "Facts", "Criteria", "Knowledge", "Dosing"],
        ["Scoring"] = ["Quantities", "Facts", "Criteria", "Knowledge"],
        ["Reviewing"] = ["Quantities", "Facts", "Criteria", "Knowledge", "Scoring", "Statistics"],
        ["Deciding"] = ["Quantities", "Facts", "Criteria", "Knowledge", "Dosing", "Products", "Infusing", "Monitoring"],
        ["Statistics"] = [],
        ["Literature"] = ["Knowledge", "Statistics", "Synthesis"],
        ["Synthesis"] = ["Statistics"],
        ["Costs"] = ["Facts", "Dosing", "Statistics"],
        ["Outcomes"] = ["Statistics"],
    };

    [Fact]
    public void rooms_of_the_core_use_each_other_one_way()
    {
        var wrong = new List<string>();
        foreach (var file in SourcesOf("src/IgLoop.Core"))
        {
            var room = Path.GetRelativePath(Path.Combine(Root, "src/IgLoop.Core"), file).Split(Path.DirectorySeparatorChar)[0];
            if (!Rooms.TryGetValue(room, out var allowed))
            {
                wrong.Add($"{file} is in no known room");
                continue;
            }

            foreach (Match use in RoomNames().Matches(File.ReadAllText(file)))
            {
                var other = use.Groups[1].Value;
                if (other != room && Rooms.ContainsKey(other) && !allowed.Contains(other))
                {
                    wrong.Add($"{Path.GetFileName(file)} of {room} uses {other}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void the_core_holds_no_mutable_static_state()
    {
        var mutable = typeof(Core.Knowledge.KnowledgeBase).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<CompilerGeneratedAttribute>() is null && t.DeclaringType?.GetCustomAttribute<CompilerGeneratedAttribute>() is null && !t.Name.StartsWith('<'))
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => !f.IsLiteral && !f.IsInitOnly && f.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
            .Select(f => $"{f.DeclaringType}.{f.Name}");

        Assert.Empty(mutable);
    }

    [Fact]
    public void the_core_depends_on_nothing_but_the_framework_and_yaml()
    {
        var others = typeof(Core.Knowledge.KnowledgeBase).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!)
            .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && n is not ("YamlDotNet" or "MathNet.Numerics" or "netstandard"));

        Assert.Empty(others);
    }

    [Fact]
    public void no_source_names_a_machine_or_leaves_work_undone()
    {
        var wrong = SourcesOf("src").Concat(SourcesOf("tests"))
            .Where(f => !f.EndsWith("Invariants.cs", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Select((line, i) => (f, line, i)))
            .Where(x => Leftovers().IsMatch(x.line))
            .Select(x => $"{Path.GetRelativePath(Root, x.f)}:{x.i + 1}: {x.line.Trim()}");

        Assert.Empty(wrong);
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "IgLoop.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests must be built from a checkout with IgLoop.slnx.");
        }

        return folder;
    }

    private static IEnumerable<string> SourcesOf(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    [GeneratedRegex(@"IgLoop\.Core\.([A-Z]\w+)")]
    private static partial Regex RoomNames();

    [GeneratedRegex(@"NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=\s*""|#if false|(?<![\w.])/(root|home|tmp)/")]
    private static partial Regex Leftovers();
}
