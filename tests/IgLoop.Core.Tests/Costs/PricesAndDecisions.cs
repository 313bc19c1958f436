using System.Runtime.CompilerServices;

namespace IgLoop.Core.Tests.Costs;

public class PricesAndDecisions
{
    [Fact]
    public void no_room_that_decides_and_no_decide_page_knows_the_costs()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")).ToList();
        var users = files.Where(f => File.ReadAllText(f).Contains("Core.Costs", StringComparison.Ordinal)).Select(f => Path.GetRelativePath(Root(), f).Replace('\\', '/')).ToList();

        Assert.NotEmpty(users);
        Assert.All(users, f => Assert.True(f.StartsWith("src/IgLoop.Core/Costs/", StringComparison.Ordinal) || f.StartsWith("src/IgLoop/Features/Costs/", StringComparison.Ordinal), $"{f} uses the costs"));
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "IgLoop.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests must be built from a checkout with IgLoop.slnx.");
        }

        return folder;
    }
}
