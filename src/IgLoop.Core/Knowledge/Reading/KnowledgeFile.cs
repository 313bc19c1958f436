namespace IgLoop.Core.Knowledge.Reading;

/// <summary>A file of knowledge, already read.</summary>
/// <param name="Path">Path below <c>knowledge/</c> with forward slashes, for example <c>conditions/cidp.yaml</c>.</param>
public sealed record KnowledgeFile(string Path, string Text)
{
    /// <summary>First folder: conditions, products, safety …</summary>
    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.IndexOf('/', StringComparison.Ordinal)] : "";

    public bool IsCases => Path.EndsWith(".cases.yaml", StringComparison.Ordinal);

    /// <summary>File name without folders and ending; the id of what it holds.</summary>
    public string Stem
    {
        get
        {
            var name = Path[(Path.LastIndexOf('/') + 1)..];
            return name[..name.IndexOf('.', StringComparison.Ordinal)];
        }
    }
}
