using System.Collections.Immutable;
using System.Globalization;

namespace IgLoop.Core.Literature;

/// <summary>What a line of a review's history is about.</summary>
public enum HistoryTopic
{
    Review,
    Search,
    Duplicates,

    /// <summary>Screening of title and abstract, conflicts and their settlement included.</summary>
    Title,

    /// <summary>Full texts: retrieval, assessment, conflicts and their settlement.</summary>
    FullText,

    /// <summary>Which report belongs to which study.</summary>
    Studies,
    Extraction,
    RiskOfBias,
}

/// <summary>One entry of a review in words.</summary>
/// <param name="Seq">Number of the entry, from 1.</param>
/// <param name="About">Records (r12) and studies (ice-2008) that the entry names.</param>
/// <param name="What">What was done, in one sentence without its subject.</param>
/// <param name="Hidden">True when how somebody judged is left out, because the other of the two has not judged yet.</param>
public sealed record HistoryLine(long Seq, string Who, HistoryTopic Topic, IReadOnlyList<string> About, string What, bool Hidden)
{
    /// <summary>Titles of the records named, as the import gave them; a record is a number to nobody.</summary>
    public IReadOnlyList<(string Record, string Title)> Titles { get; init; } = [];

    public bool Names(string about) => About.Contains(about, StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// Who did what, from the events of a review. A judgement of one of the two reviewers is told only as "judged" until the other has judged the same thing as well
/// (the record at the stage, the extraction of the study, the risk of bias of the study by tool and outcome): it would bias the second. It stays hidden from
/// everybody, since names are only stated. When one of the two takes a judgement back, that of the other is hidden again, as on every other page.
/// </summary>
public sealed class ReviewHistory
{
    /// <summary>More records than this are counted in a sentence, not named.</summary>
    private const int MostNamed = 12;

    private readonly Review review;
    private readonly ImmutableHashSet<(string What, int Reviewer)> made;
    private int added;

    private ReviewHistory(Review review, ImmutableHashSet<(string, int)> made)
    {
        this.review = review;
        this.made = made;
    }

    /// <summary>The lines, and the review that the events make.</summary>
    /// <param name="entries">Entries in order; the event is null when the entry cannot be read or is not to be believed.</param>
    public static (IReadOnlyList<HistoryLine> Lines, Review Review) Of(IReadOnlyList<(long Seq, string Who, ReviewEvent? Event)> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var folded = Review.None;
        var judged = ImmutableHashSet<(string, int)>.Empty;
        foreach (var (_, who, e) in entries)
        {
            if (e is not null)
            {
                folded = folded.After(e, who);
                judged = e is Extracted or BiasJudged && folded.IndexOf(who) is >= 0 and var i ? judged.Add((Subject(e), i)) : judged;
            }
        }

        var history = new ReviewHistory(folded, judged);
        return ([.. entries.Select(x => history.Line(x.Seq, x.Who, x.Event))], folded);
    }

    private static string Subject(ReviewEvent e) => e switch
    {
        Extracted x => x.Study,
        BiasJudged b => $"{b.Study}|{b.Assessment.Tool}|{b.Assessment.Outcome}",
        _ => "",
    };

    private HistoryLine Line(long seq, string who, ReviewEvent? e)
    {
        var (topic, about, what, hidden) = e switch
        {
            null => (HistoryTopic.Review, [], "This entry cannot be read.", false),
            Created c => (HistoryTopic.Review, [], $"began the review “{c.Title}” of {string.Join(" and ", c.Reviewers)}{(c.Third is { } t ? $"; {t} settles conflicts" : "; conflicts are settled by consensus")}.", false),
            Imported i => (HistoryTopic.Search, [], $"imported {i.File} ({i.Format}) of {i.Source}{(i.Register ? ", a register" : i.Other is { } m ? $", {PrismaFlow.NameOf(m).ToLowerInvariant()}" : "")}: {Count(i.Records, "record")}{(i.NotRead.Count > 0 ? $"; {Count(i.NotRead.Count, "remark")} on what was not understood" : "")}.", false),
            RecordsAdded a => Added(a),
            DuplicatesRemoved d => (HistoryTopic.Duplicates, [.. d.Duplicates.SelectMany(p => new[] { p.Record, p.Of }).Distinct()], $"removed {Count(d.Duplicates.Count, "duplicate")}: {Named(d.Duplicates.Select(p => $"{p.Record} of {p.Of}"))}.", false),
            KeptApart k => (HistoryTopic.Duplicates, [k.Record], $"said that {k.Record} is no duplicate.", false),
            Screened s => Judged(s),
            Settled s => (TopicOf(s.Stage), [s.Record], s.Verdict is { } v ? $"settled {s.Record} {(s.ByThird ? "as the third reviewer" : "by consensus")}: {Word(v)}{Because(s.Reason)}." : $"opened the conflict over {s.Record} again.", false),
            Sought s => (HistoryTopic.FullText, [s.Record], s.Retrieved ? $"said that the full text of {s.Record} is here." : $"said that the full text of {s.Record} cannot be had{Because(s.Note)}.", false),
            Grouped g => (HistoryTopic.Studies, [g.Record, g.Study], $"named {g.Record} a report of {g.Study}.", false),
            Extracted x => BothMade(x)
                ? (HistoryTopic.Extraction, [x.Study], $"kept an extraction of {x.Study}: {Count(x.Extraction.Arms.Count, "arm")}, {Count(x.Extraction.Outcomes.Count, "outcome")}, certainty {x.Extraction.Certainty}.", false)
                : (HistoryTopic.Extraction, [x.Study], $"extracted {x.Study}.", true),
            BiasJudged b => BothMade(b)
                ? (HistoryTopic.RiskOfBias, [b.Study], $"judged the risk of bias of {b.Study} by {b.Assessment.Line()}.", false)
                : (HistoryTopic.RiskOfBias, [b.Study], $"judged the risk of bias of {b.Study} by {RiskOfBias.NameOf(b.Assessment.Tool)}.", true),
            _ => (HistoryTopic.Review, [], "did something that this program does not tell.", false),
        };
        return new(seq, who, topic, about, what, hidden) { Titles = e is RecordsAdded ? [] : [.. about.Take(MostNamed).Select(a => review[a]).OfType<ReviewRecord>().Select(r => (r.Id, r.Citation.Title))] };
    }

    private (HistoryTopic, string[], string, bool) Added(RecordsAdded a)
    {
        var first = added + 1;
        added += a.Records.Count;
        return (HistoryTopic.Search, [.. Enumerable.Range(first, a.Records.Count).Select(Id)], a.Records.Count == 1 ? $"added {Id(first)}." : $"added {Id(first)} to {Id(added)}.", false);
    }

    private (HistoryTopic, string[], string, bool) Judged(Screened s)
    {
        var where = s.Stage == Stage.Title ? "at title and abstract" : "at full text";
        return s switch
        {
            { Verdict: null } => (TopicOf(s.Stage), [s.Record], $"took the judgement of {s.Record} {where} back.", false),
            _ when review[s.Record]?.At(s.Stage) is { First: not null, Second: not null } => (TopicOf(s.Stage), [s.Record], $"judged {s.Record} {where}: {Word(s.Verdict.Value)}{Because(s.Reason)}.", false),
            _ => (TopicOf(s.Stage), [s.Record], $"judged {s.Record} {where}.", true),
        };
    }

    private bool BothMade(ReviewEvent e) => made.Contains((Subject(e), 0)) && made.Contains((Subject(e), 1));

    private static HistoryTopic TopicOf(Stage stage) => stage == Stage.Title ? HistoryTopic.Title : HistoryTopic.FullText;

    private static string Word(Verdict v) => v.ToString().ToLowerInvariant();

    private static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : $" ({reason})";

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"r{number}");

    private static string Count(int n, string what) => string.Create(CultureInfo.InvariantCulture, $"{n} {what}{(n == 1 ? "" : "s")}");

    private static string Named(IEnumerable<string> all)
    {
        var list = all.ToList();
        return list.Count <= MostNamed ? string.Join(", ", list) : $"{string.Join(", ", list.Take(MostNamed))} and {list.Count - MostNamed} more";
    }
}
