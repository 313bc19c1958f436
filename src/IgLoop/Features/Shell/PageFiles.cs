using System.Security.Cryptography;

namespace IgLoop.Features.Shell;

/// <summary>Addresses of the style sheets and the script, each with a mark of its content so that a browser may keep it for a year.</summary>
public sealed class PageFiles
{
    private readonly Dictionary<string, string> marks;

    /// <param name="webRoot">The folder <c>wwwroot</c>.</param>
    /// <exception cref="FileNotFoundException">A file of the pages is missing.</exception>
    public PageFiles(string webRoot) => marks = new[] { "lib/nhsuk-frontend.css", "igloop.css", "pictures.css", "print.css", "igloop.js", "screen.js", "icon.svg" }
        .ToDictionary(name => name, name => Mark(Path.Combine(webRoot, name)));

    public string this[string name] => $"/{name}?v={marks[name]}";

    private static string Mark(string path) => File.Exists(path)
        ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))[..10]
        : throw new FileNotFoundException($"The file {path} of the web pages is missing; run 'npm ci' and 'npm run assets', then build again.", path);
}
