using System.Runtime.CompilerServices;

namespace IgLoop.Tests.Golden;

/// <summary>
/// Golden texts: what a person approved once must come out again, to the letter. Set IGLOOP_APPROVE=1 to write the new texts,
/// then read the difference before you commit it.
/// </summary>
public static class Approved
{
    public static void Text(string name, string actual, [CallerFilePath] string caller = "")
    {
        var folder = Path.Combine(RootOf(caller), "tests", "IgLoop.Tests", "Golden", "approved");
        var file = Path.Combine(folder, name);
        var text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("IGLOOP_APPROVE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"There is no approved text {name}. Run the tests with IGLOOP_APPROVE=1, read the new file, and commit it.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    public static string RootOf(string caller)
    {
        var folder = Path.GetDirectoryName(caller)!;
        while (!File.Exists(Path.Combine(folder, "IgLoop.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests must be built from a checkout.");
        }

        return folder;
    }
}
