using System.Text;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Cli;

/// <summary>The folder with the knowledge: the one that ships beside the program, or one that is named.</summary>
public static class KnowledgeFolder
{
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "knowledge");

    /// <summary>Reads all YAML files below a folder.</summary>
    /// <exception cref="CliException">The folder is missing or empty, or a file is not UTF-8.</exception>
    public static IReadOnlyList<KnowledgeFile> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CliException($"There is no knowledge folder at {folder}; name one with --knowledge.");
        }

        var utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
        var files = new List<KnowledgeFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            try
            {
                files.Add(new(Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText(path, utf8)));
            }
            catch (DecoderFallbackException)
            {
                throw new CliException($"{path} is not valid UTF-8; save it as UTF-8.");
            }
        }

        if (Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() is { } other)
        {
            throw new CliException($"{other} would not be read: knowledge files end in .yaml; rename it.");
        }

        return files.Count > 0 ? files : throw new CliException($"{folder} holds no .yaml file; name the knowledge folder with --knowledge.");
    }

    /// <summary>Loads the knowledge of a folder.</summary>
    /// <exception cref="CliException">The knowledge has problems; the message holds the first and how many there are.</exception>
    public static KnowledgeBase Load(string? folder)
    {
        var files = Read(folder ?? Shipped);
        return KnowledgeBase.TryLoad(files, out var knowledge, out var problems)
            ? knowledge
            : throw new CliException($"The knowledge cannot be used: {problems[0]}{(problems.Count > 1 ? $" ({problems.Count - 1} more: igloop knowledge check shows all)" : "")}");
    }
}

/// <summary>Wrong input on the command line: one sentence on standard error, exit code 2.</summary>
public sealed class CliException(string message) : Exception(message);
