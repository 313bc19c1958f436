using System.Text.Json.Nodes;
using IgLoop.Core.Literature;
using IgLoop.Records;

namespace IgLoop.Features.Reviews;

/// <summary>One entry of a review: when, in words, and what the check of the chain says of it.</summary>
/// <param name="Recorded">When it was written, UTC.</param>
/// <param name="Hash">Null where the judgement is hidden: a judgement has so few possible forms that its hash would give it away.</param>
/// <param name="Problem">What <c>igloop audit verify</c> says of it; null when it is whole.</param>
public sealed record HistoryEntry(DateTimeOffset? Recorded, HistoryLine Line, string? Hash, string? Problem)
{
    public JsonObject Json() => new()
    {
        ["entry"] = Line.Seq,
        ["recorded"] = Recorded is { } at ? JournalEntry.Instant(at) : null,
        ["who"] = Line.Who,
        ["topic"] = History.KeyOf(Line.Topic),
        ["what"] = Line.What,
        ["about"] = new JsonArray([.. Line.About.Select(a => (JsonNode)a)]),
        ["titles"] = new JsonObject(Line.Titles.Select(t => KeyValuePair.Create(t.Record, (JsonNode?)t.Title))),
        ["hidden"] = Line.Hidden,
        ["hash"] = Hash,
        ["whole"] = Problem is null,
        ["problem"] = Problem,
    };
}

/// <summary>The history of a review.</summary>
/// <param name="Review">The review as the entries that can be believed make it.</param>
/// <param name="Problems">Everything that the check of the chain found, also what belongs to no entry.</param>
public sealed record History(IReadOnlyList<HistoryEntry> Entries, Review Review, IReadOnlyList<ChainProblem> Problems)
{
    private static readonly (HistoryTopic Topic, string Key, string Name)[] All =
    [
        (HistoryTopic.Review, "review", "The review itself"), (HistoryTopic.Search, "search", "Searches and imports"), (HistoryTopic.Duplicates, "duplicates", "Duplicates"),
        (HistoryTopic.Title, "title", "Title and abstract"), (HistoryTopic.FullText, "full_text", "Full text"), (HistoryTopic.Studies, "studies", "Studies and reports"),
        (HistoryTopic.Extraction, "extraction", "Extraction"), (HistoryTopic.RiskOfBias, "bias", "Risk of bias"),
    ];

    public static IEnumerable<(string Key, string Name)> Topics => All.Select(t => (t.Key, t.Name));

    public bool Whole => Problems.Count == 0;

    /// <summary>Everybody who wrote, in the order of their first entry.</summary>
    public IReadOnlyList<string> People => [.. Entries.Select(e => e.Line.Who).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static string KeyOf(HistoryTopic topic) => All.First(t => t.Topic == topic).Key;

    public static string NameOf(HistoryTopic topic) => All.First(t => t.Topic == topic).Name;

    /// <summary>The state of the chain in a sentence.</summary>
    public string State => Whole
        ? $"{Entries.Count} {(Entries.Count == 1 ? "entry" : "entries")}: the chain is whole, each carries the hash of the one before it."
        : $"{Problems.Count} {(Problems.Count == 1 ? "problem" : "problems")} in {Entries.Count} {(Entries.Count == 1 ? "entry" : "entries")}. Do not go on with this review; compare its record with a backup.";

    /// <summary>What was changed after it was written is not believed: it takes no part in the review, and what it says now is not shown.</summary>
    public static History Of(IReadOnlyList<JournalEntry> chain, IReadOnlyList<ChainProblem> problems)
    {
        var (lines, review) = ReviewHistory.Of([.. chain.Select(e => (e.Seq, e.Who, e.ExpectedHash() == e.Hash ? EventOf(e) : null))]);
        var bySeq = problems.ToLookup(p => p.Seq);
        return new([.. chain.Zip(lines, (e, line) => new HistoryEntry(At(e), line, line.Hidden ? null : e.Hash, bySeq[e.Seq].Select(p => p.What).DefaultIfEmpty().Aggregate((a, b) => $"{a} {b}")))], review, problems);
    }

    /// <summary>Entries of somebody, on a topic, about a record or study; what is null or empty asks nothing.</summary>
    public IReadOnlyList<HistoryEntry> Of(string? who, string? topic, string? about) =>
        [.. Entries.Where(e => (string.IsNullOrEmpty(who) || string.Equals(e.Line.Who, who, StringComparison.OrdinalIgnoreCase))
            && (string.IsNullOrEmpty(topic) || KeyOf(e.Line.Topic) == topic)
            && (string.IsNullOrEmpty(about) || e.Line.Names(about)))];

    public JsonObject Json(string id, IReadOnlyList<HistoryEntry> shown) => new()
    {
        ["review"] = id,
        ["title"] = Review.Title,
        ["whole"] = Whole,
        ["entries_in_all"] = Entries.Count,
        ["problems"] = new JsonArray([.. Problems.Select(p => (JsonNode)new JsonObject { ["entry"] = p.Seq, ["message"] = p.What })]),
        ["entries"] = new JsonArray([.. shown.Select(e => (JsonNode)e.Json())]),
    };

    /// <summary>An entry of a kind that only a newer program knows is told as one that cannot be read.</summary>
    private static ReviewEvent? EventOf(JournalEntry e)
    {
        try
        {
            return ReviewJson.Read(e.Kind, e.Body);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static DateTimeOffset? At(JournalEntry e) => DateTimeOffset.TryParse(e.Recorded, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
