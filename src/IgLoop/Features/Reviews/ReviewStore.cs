using System.Collections.Concurrent;
using System.Text;
using IgLoop.Core.Literature;
using IgLoop.Records;

namespace IgLoop.Features.Reviews;

/// <summary>What became of an attempt to write: the review afterwards, or one sentence why nothing was stored.</summary>
public sealed record Kept(Review Review, string? Refusal);

/// <summary>The systematic reviews of the record, each folded from its entries.</summary>
public sealed class ReviewStore(Journal journal, TimeProvider clock)
{
    private const string Kind = "review";
    private const int MostTries = 50;

    // What was folded stays true of the entries it was folded from; only later entries are read again. A state whose head is not the stored one is dropped.
    private readonly ConcurrentDictionary<string, Folded> folded = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<(string Id, Review Review)>> All(CancellationToken stop = default)
    {
        var all = new List<(string, Review)>();
        foreach (var head in await journal.Heads(Kind, stop))
        {
            var id = head.Subject[(Kind.Length + 1)..];
            all.Add((id, await Load(id, stop)));
        }

        return all;
    }

    /// <summary>The review; one that does not exist when there is none of that id.</summary>
    public async Task<Review> Load(string id, CancellationToken stop = default) => (await Latest(id, stop)).Review;

    /// <summary>Who did what in a review, with the state of its chain; null when there is no such review. It is read from the entries themselves, so that it also tells of a record that cannot be folded any more.</summary>
    public async Task<History?> History(string id, CancellationToken stop = default)
    {
        var (head, chain) = await journal.Chain(Subject(id), stop);
        return head is null && chain.Count == 0 ? null : Reviews.History.Of(chain, ChainCheck.Of(Subject(id), head, chain));
    }

    /// <summary>Makes a review; its id comes from its title.</summary>
    public async Task<(string Id, Kept Kept)> Create(Created created, string who, CancellationToken stop = default)
    {
        var wish = IdOf(created.Title);
        for (var n = 1; ; n++)
        {
            var id = n == 1 ? wish : $"{wish}-{n}";
            if (!(await Load(id, stop)).Exists)
            {
                return (id, await Keep(id, who, created, stop));
            }
        }
    }

    public Task<Kept> Keep(string id, string who, ReviewEvent e, CancellationToken stop = default) => Keep(id, who, _ => ([e], null), stop);

    /// <summary>
    /// Writes what is decided on the review as it is. When somebody else writes in between, it is decided again on what they left.
    /// </summary>
    public async Task<Kept> Keep(string id, string who, Func<Review, (IReadOnlyList<ReviewEvent> Events, string? Refusal)> decide, CancellationToken stop = default)
    {
        if (NameProblem(who) is { } wrongName)
        {
            return new(Review.None, wrongName);
        }

        for (var turn = 0; turn < MostTries; turn++)
        {
            var now = await Latest(id, stop);
            var (events, refusal) = decide(now.Review);
            var review = now.Review;
            foreach (var e in events)
            {
                refusal ??= review.Refusal(e, who);
                if (refusal is null)
                {
                    review = review.After(e, who);
                }
            }

            if (refusal is not null || events.Count == 0)
            {
                return new(now.Review, refusal);
            }

            var at = clock.GetUtcNow();
            var entries = events.Select(e => new NewEntry(who, at, ReviewJson.KindOf(e), ReviewJson.Body(e))).ToList();
            if (await journal.Append(Subject(id), Kind, now.Seq, entries, at, stop) is { } head)
            {
                folded[id] = new(head.Seq, head.Hash, review);
                return new(review, null);
            }
        }

        return new(await Load(id, stop), "Others kept writing to this review at the same moment; nothing was stored, try again.");
    }

    /// <summary>Why a name cannot stand in the record; null when it can.</summary>
    public static string? NameProblem(string who) => string.IsNullOrWhiteSpace(who) || who.Length > 100 || who.Any(char.IsControl)
        ? "Say who you are: a name of 1 to 100 characters." : null;

    private async Task<Folded> Latest(string id, CancellationToken stop)
    {
        var from = folded.GetValueOrDefault(id, Folded.Nothing);
        var entries = await journal.Read(Subject(id), from.Seq, stop);
        if (entries.Count > 0 && entries[0].Previous != from.Hash)
        {
            from = Folded.Nothing;
            entries = await journal.Read(Subject(id), 0, stop);
        }

        if (entries.Count == 0)
        {
            return from;
        }

        var review = entries.Aggregate(from.Review, (r, e) => r.After(ReviewJson.Read(e.Kind, e.Body), e.Who));
        return folded[id] = new(entries[^1].Seq, entries[^1].Hash, review);
    }

    private static string Subject(string id) => $"{Kind}:{id}";

    private static string IdOf(string title)
    {
        var id = new StringBuilder();
        foreach (var c in title.ToLowerInvariant())
        {
            if (c is >= 'a' and <= 'z' or >= '0' and <= '9')
            {
                id.Append(c);
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }

            if (id.Length == 50)
            {
                break;
            }
        }

        return id.ToString().Trim('-') is { Length: > 0 } text ? text : "review";
    }

    private sealed record Folded(long Seq, string Hash, Review Review)
    {
        public static readonly Folded Nothing = new(0, JournalEntry.NoPrevious, Review.None);
    }
}
