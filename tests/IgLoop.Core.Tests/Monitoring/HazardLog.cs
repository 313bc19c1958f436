using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>The hazard log may only name tests and case files that exist.</summary>
public partial class HazardLog
{
    [Fact]
    public void every_hazard_names_a_guard_that_exists()
    {
        var root = Root();
        var sources = Directory.EnumerateFiles(Path.Combine(root, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText).ToList();
        var hazards = File.ReadLines(Path.Combine(root, "CLINICAL-SAFETY.md")).Where(l => Hazard().IsMatch(l)).ToList();
        var wrong = new List<string>();
        foreach (var hazard in hazards)
        {
            var cells = hazard.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var guards = Guard().Matches(cells[^1]).Select(m => m.Groups[1].Value).ToList();
            if (cells.Length != 7 || (guards.Count == 0 && !cells[^1].StartsWith("cases of ", StringComparison.Ordinal)))
            {
                wrong.Add($"hazard {cells[0]} names no test");
            }

            wrong.AddRange(guards.Where(g => !Exists(g, root, sources)).Select(g => $"hazard {cells[0]} names {g}, which does not exist"));
        }

        Assert.NotEmpty(hazards);
        Assert.Empty(wrong);
    }

    private static bool Exists(string guard, string root, List<string> sources)
    {
        if (guard.EndsWith(".yaml", StringComparison.Ordinal))
        {
            return File.Exists(Path.Combine(root, "knowledge", guard));
        }

        var parts = guard.Split('.');
        return sources.Exists(s => Regex.IsMatch(s, $@"\bclass {Regex.Escape(parts[0])}\b") && (parts.Length == 1 || s.Contains($" {parts[1]}(", StringComparison.Ordinal)));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex(@"^\| *\d+ *\|")]
    private static partial Regex Hazard();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Guard();
}
