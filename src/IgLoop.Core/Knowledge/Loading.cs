using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>What the loaders of the single folders share: the facts by then known, the ids that references may lead to, and the problems.</summary>
public sealed class Loading(FactCatalogue facts, IReadOnlyList<KnowledgeFile> files, List<KnowledgeProblem> problems)
{
    private readonly Dictionary<string, HashSet<string>> ids = files
        .Where(f => !f.IsCases)
        .GroupBy(f => f.Folder, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Select(f => f.Stem).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    private readonly HashSet<string> opened = new(StringComparer.Ordinal) { "facts" };

    public FactCatalogue Facts { get; } = facts;

    public List<KnowledgeProblem> Problems { get; } = problems;

    /// <summary>Ids of the documents that may be cited; filled from sources/ before anything else is read.</summary>
    public HashSet<string> SourceIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The files of one folder that are not cases, opened, in the order of their paths.</summary>
    public IEnumerable<(KnowledgeFile File, Block Block)> Open(string folder)
    {
        opened.Add(folder);
        foreach (var file in files.Where(f => f.Folder == folder && !f.IsCases).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            if (Block.Open(file, Problems) is { } block)
            {
                yield return (file, block);
            }
        }
    }

    /// <summary>A file in a folder that nothing reads would be knowledge without effect; called when all loaders are done.</summary>
    public void NothingLeftOut()
    {
        foreach (var file in files.Where(f => !opened.Contains(f.Folder)))
        {
            var near = Spelling.Nearest(file.Folder, opened, 1);
            Problems.Add(new(new(file.Path, 1), "(file)", $"is in a folder that nothing reads{(near.Count > 0 ? $"; did you mean {near[0]}/?" : $"; known are {string.Join(", ", opened.Order(StringComparer.Ordinal))}.")}"));
        }
    }

    /// <summary>The id of a thing, which must be the name of its file.</summary>
    public static string IdOf(KnowledgeFile file, Block block)
    {
        var id = block.Text("id");
        if (id.Length > 0 && id != file.Stem)
        {
            block.Problem("id", $"is '{id}' but the file is named '{file.Stem}'; one file a thing, named after it.");
        }

        return file.Stem;
    }

    /// <summary>Checks that an id leads to a file of a folder.</summary>
    public string? Reference(Block block, string key, string folder)
    {
        if (block.OptionalText(key) is not { } id)
        {
            return null;
        }

        Exists(block, key, folder, id);
        return id;
    }

    public IReadOnlyList<string> References(Block block, string key, string folder)
    {
        var list = block.Texts(key);
        foreach (var id in list)
        {
            Exists(block, key, folder, id);
        }

        return list;
    }

    /// <summary>Provenance whose sources must exist.</summary>
    public Provenance Provenance(Block block, bool required = true, Status? inherited = null)
    {
        var p = block.Provenance(required, inherited);
        foreach (var source in p.Sources)
        {
            Cited(block, "source", source);
        }

        return p;
    }

    /// <summary>Checks that a source id is a document or a study.</summary>
    public void Cited(Block block, string key, string source)
    {
        if (!SourceIds.Contains(source) && !Ids("evidence").Contains(source))
        {
            block.Problem(key, $"cites '{source}', which is neither in sources/ nor a study in evidence/{DidYouMean(source, SourceIds.Concat(Ids("evidence")))}.");
        }
    }

    /// <summary>A CQL expression; null, with a problem, when it does not compile.</summary>
    public Criterion? Cql(Block block, string key)
    {
        if (block.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (Criterion.TryCompile(text, Facts, out var criterion, out var error))
        {
            if (criterion.AsksMembershipOfFact)
            {
                block.Problem(key, "asks whether a fact is in a list, or counts a list of facts; in CQL an unknown fact is in no list and is not counted, so unknown would count as no. Write x = 'a' or x = 'b', or AtLeast(k, {…}).");
            }

            return criterion;
        }

        block.Problem(key, $"is not usable CQL (column {error!.Column}): {error.Message}");
        return null;
    }

    /// <summary>A problem unless the id names a file of the folder.</summary>
    public void Exists(Block block, string key, string folder, string id)
    {
        if (!Ids(folder).Contains(id))
        {
            block.Problem(key, $"names '{id}', but there is no {folder}/{id}.yaml{DidYouMean(id, Ids(folder))}.");
        }
    }

    private HashSet<string> Ids(string folder) => ids.TryGetValue(folder, out var set) ? set : [];

    private static string DidYouMean(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known, 1) is [var near] ? $"; did you mean '{near}'?" : "";
}
