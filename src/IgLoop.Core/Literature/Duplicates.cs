namespace IgLoop.Core.Literature;

/// <summary>A record that repeats an earlier one.</summary>
/// <param name="Record">The later record.</param>
/// <param name="Of">The record that is kept.</param>
/// <param name="Why">What is the same, and what differs.</param>
/// <param name="Certain">True for the same DOI or PubMed id and nothing against it; false asks for a look.</param>
public sealed record Duplicate(string Record, string Of, string Why, bool Certain);

/// <summary>Finds records that repeat others: by DOI, by PubMed id, and by title, year and first author.</summary>
public static class Duplicates
{
    /// <summary>A title shorter than this says too little to compare records by it ("Editorial", "Reply").</summary>
    private const int ShortestTitle = 20;

    /// <summary>Proposals, in the order of the records; each names the earliest record of its group. Nothing is removed by looking.</summary>
    public static IReadOnlyList<Duplicate> Find(IEnumerable<(string Id, Citation Citation)> records)
    {
        var (byDoi, byPmid, byTitle) = (New(), New(), New());
        var citations = new Dictionary<string, Citation>(StringComparer.Ordinal);
        var found = new List<Duplicate>();
        foreach (var (id, c) in records)
        {
            var title = c.TitleKey() is { Length: >= ShortestTitle } t && c.Year is { } year ? $"{t}|{year}|{c.FirstAuthorKey()}" : null;
            var earlier = Earlier(byDoi, c.Doi) ?? Earlier(byPmid, c.Pmid) ?? Earlier(byTitle, title);
            if (earlier is not null)
            {
                found.Add(Compare(id, c, earlier, citations[earlier]));
            }

            // Later records are compared with the first of the group, by any of the keys the group has shown.
            var root = earlier ?? id;
            citations[id] = c;
            Remember(byDoi, c.Doi, root);
            Remember(byPmid, c.Pmid, root);
            Remember(byTitle, title, root);
        }

        return found;

        static Dictionary<string, string> New() => new(StringComparer.Ordinal);
        static string? Earlier(Dictionary<string, string> map, string? key) => key is null ? null : map.GetValueOrDefault(key);
        static void Remember(Dictionary<string, string> map, string? key, string root)
        {
            if (key is not null)
            {
                map.TryAdd(key, root);
            }
        }
    }

    private static Duplicate Compare(string id, Citation c, string of, Citation kept)
    {
        var same = new List<string>();
        var differs = new List<string>();
        Ids("DOI", c.Doi, kept.Doi);
        Ids("PubMed id", c.Pmid, kept.Pmid);
        var idsAgree = same.Count > 0;
        var title = c.TitleKey() == kept.TitleKey();
        if (title && c.Year == kept.Year && c.FirstAuthorKey() == kept.FirstAuthorKey())
        {
            same.Add("title, year and first author");
        }
        else
        {
            (title ? same : differs).Add("title");
            if (c.Year != kept.Year)
            {
                differs.Add($"year ({c.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"} and {kept.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"})");
            }
        }

        var why = (same.Count > 0 ? $"same {string.Join(", ", same)}" : "same group by another record") + (differs.Count > 0 ? $"; different {string.Join(", ", differs)}" : "");

        // One DOI on two titles happens (a correction, a wrong export), so it asks for a look; so does a title alone, which a congress abstract shares with its paper.
        return new(id, of, why, idsAgree && title && !differs.Exists(d => d is "DOI" or "PubMed id"));

        void Ids(string name, string? a, string? b)
        {
            if (a is not null && b is not null)
            {
                (a == b ? same : differs).Add(name);
            }
        }
    }
}
