using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Import;

/// <summary>What came of an import.</summary>
/// <param name="Refusal">One sentence why nothing was added; null otherwise.</param>
/// <param name="Earlier">The earlier import of the very same file: nothing was added, and nothing is wrong.</param>
public sealed record ImportOutcome(CitationFile File, string? Refusal, Imported? Earlier, int Added, Review Review);

/// <summary>Takes a file of citations into a review.</summary>
public static class Importing
{
    /// <summary>Records in one entry of the journal: a large file becomes several entries, written together.</summary>
    private const int RecordsInEntry = 200;

    /// <param name="name">Name of the file, without folders.</param>
    /// <param name="format">nbib, ris or csv; null: by content.</param>
    /// <param name="source">The database or register that was searched.</param>
    /// <param name="register">True for a trial register.</param>
    /// <param name="other">How it was found when not by a database or register.</param>
    public static async Task<ImportOutcome> Import(ReviewStore store, string id, string who, string name, ReadOnlyMemory<byte> bytes, string? format, string source, bool register, OtherMethod? other = null, CancellationToken stop = default)
    {
        var file = CitationFile.Read(bytes.Span, format);
        if (file.Problem is { } problem)
        {
            return new(file, problem, null, 0, await store.Load(id, stop));
        }

        if (source.Trim().Length is 0 or > 100 || source.Any(char.IsControl))
        {
            return new(file, "Say which database, register or other source this is, in 1 to 100 characters; the flow counts records by it.", null, 0, await store.Load(id, stop));
        }

        Imported? earlier = null;
        var kept = await store.Keep(id, who, review =>
        {
            earlier = review.Imports.FirstOrDefault(i => i.Sha256 == file.Sha256);
            return earlier is not null ? ([], null) : ([
                new Imported(name, file.Sha256, file.Format, source.Trim(), register, file.Citations.Count, file.NotRead, other),
                .. file.Citations.Chunk(RecordsInEntry).Select(part => new RecordsAdded(part)),
            ], null);
        }, stop);
        return new(file, kept.Refusal, earlier, kept.Refusal is null && earlier is null ? file.Citations.Count : 0, kept.Review);
    }
}
