using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;

namespace IgLoop.Records;

/// <summary>
/// The journal: append-only entries per subject, chained by hash. What a program shows is folded from them. Nothing acknowledged is lost,
/// nothing stored is changed; a correction is a new entry.
/// </summary>
public sealed class Journal(Database database)
{
    public Database Database { get; } = database;

    /// <summary>
    /// Writes entries after the <paramref name="expected"/> last one (0: the subject is new). Returns the new head, or null when somebody else wrote
    /// first: nothing is then stored, and the caller reads again and decides anew.
    /// </summary>
    /// <exception cref="ArgumentException">A name or kind is empty, too long or holds a control character, or a body is not JSON.</exception>
    public async Task<Head?> Append(string subject, string subjectKind, long expected, IReadOnlyList<NewEntry> entries, DateTimeOffset now, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        ArgumentNullException.ThrowIfNull(entries);
        Head? after = null;
        if (expected > 0)
        {
            await using var opened = await Database.Open(stop);
            after = await opened.QuerySingleOrDefaultAsync<Head>("select id as subject, kind, head_seq as seq, head_hash as hash from subject where id = @subject and head_seq = @expected", new { subject, expected });
            if (after is null)
            {
                return null;
            }
        }

        return await AppendAll([new(subject, subjectKind, after, entries)], now, null, stop) is [var head] ? head : null;
    }

    /// <summary>
    /// Writes entries of many subjects, all of them or none. Returns the new heads in the order of <paramref name="additions"/>, or null when somebody else
    /// wrote to one of the subjects first: nothing is then stored.
    /// </summary>
    /// <param name="written">Told how many subjects are written so far.</param>
    /// <exception cref="ArgumentException">A name or kind is empty, too long or holds a control character, or a body is not JSON.</exception>
    public async Task<IReadOnlyList<Head>?> AppendAll(IReadOnlyList<Addition> additions, DateTimeOffset now, Action<int>? written = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(additions);
        foreach (var a in additions)
        {
            Check(a.Subject, "subject");
            Check(a.SubjectKind, "subjectKind");
            foreach (var e in a.Entries)
            {
                Check(e.Who, "who");
                Check(e.Kind, "kind");
                using var valid = JsonDocument.Parse(e.Body);
            }
        }

        var recorded = JournalEntry.Instant(now);
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        await using var opened = await Database.Open(stop);
        await using var transaction = await Database.Begin(opened, stop);

        // In the order of their ids, so that two that write at once wait for each other and never both for ever.
        foreach (var a in additions.OrderBy(a => a.Subject, StringComparer.Ordinal))
        {
            var (seq, previous) = a.After is { } after ? (after.Seq, after.Hash) : (0, JournalEntry.NoPrevious);
            var rows = new List<JournalEntry>(a.Entries.Count);
            foreach (var e in a.Entries)
            {
                var trueAt = JournalEntry.Instant(e.TrueAt);
                var hash = JournalEntry.HashOf(a.Subject, ++seq, recorded, trueAt, e.Who, e.Kind, e.Body, previous);
                rows.Add(new(a.Subject, seq, recorded, trueAt, e.Who, e.Kind, e.Body, previous, hash));
                previous = hash;
            }

            var head = new Head(a.Subject, a.SubjectKind, seq, previous);

            // The condition decides between two that append at once: the second finds the head moved, or the subject made, and changes no row.
            var moved = await opened.ExecuteAsync(
                a.After is null
                    ? "insert into subject (id, kind, head_seq, head_hash) values (@Subject, @Kind, @Seq, @Hash) on conflict (id) do nothing"
                    : "update subject set head_seq = @Seq, head_hash = @Hash where id = @Subject and head_seq = @Before and head_hash = @HashBefore",
                new { head.Subject, head.Kind, head.Seq, head.Hash, Before = a.After?.Seq, HashBefore = a.After?.Hash },
                transaction);
            if (moved == 0)
            {
                return null;
            }

            await Database.Insert(opened, transaction, rows, stop);
            heads[a.Subject] = head;
            written?.Invoke(heads.Count);
        }

        await transaction.CommitAsync(stop);
        return [.. additions.Select(a => heads[a.Subject])];
    }

    /// <summary>Entries of a subject after a number, in order; none when there is no such subject.</summary>
    public async Task<IReadOnlyList<JournalEntry>> Read(string subject, long after = 0, CancellationToken stop = default)
    {
        await using var opened = await Database.Open(stop);
        return [.. await opened.QueryAsync<JournalEntry>($"{Columns} where subject = @subject and seq > @after order by seq", new { subject, after })];
    }

    /// <summary>The heads of all subjects of a kind, by id; all kinds when null.</summary>
    public async Task<IReadOnlyList<Head>> Heads(string? kind = null, CancellationToken stop = default)
    {
        await using var opened = await Database.Open(stop);
        return [.. await opened.QueryAsync<Head>(
            """
            select id as subject, kind, head_seq as seq, head_hash as hash
            from subject
            where cast(@kind as text) is null or kind = @kind
            order by id
            """,
            new { kind })];
    }

    /// <summary>A subject's head and entries as they were at one moment: one statement reads both, so that nobody writes in between. The head is null when the subject has none.</summary>
    public async Task<(Head? Head, IReadOnlyList<JournalEntry> Entries)> Chain(string subject, CancellationToken stop = default)
    {
        await using var opened = await Database.Open(stop);
        await using var reader = (DbDataReader)await opened.ExecuteReaderAsync(
            """
            select s.kind, s.head_seq, s.head_hash, e.seq, e.recorded, e.true_at, e.who, e.kind, e.body, e.previous, e.hash
            from (select cast(@subject as text) as id) wanted
            left join subject s on s.id = wanted.id
            left join entry e on e.subject = wanted.id
            order by e.seq
            """,
            new { subject });
        Head? head = null;
        var entries = new List<JournalEntry>();
        while (await reader.ReadAsync(stop))
        {
            head ??= reader.IsDBNull(0) ? null : new(subject, reader.GetString(0), reader.GetInt64(1), reader.GetString(2));
            if (!reader.IsDBNull(3))
            {
                entries.Add(new(subject, reader.GetInt64(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8), reader.GetString(9), reader.GetString(10)));
            }
        }

        return (head, entries);
    }

    /// <summary>Every entry, subject by subject, without holding them all; of subjects of one kind when it is given.</summary>
    public async IAsyncEnumerable<JournalEntry> All(string? kind = null, [EnumeratorCancellation] CancellationToken stop = default)
    {
        await using var opened = await Database.Open(stop);
        await using var reader = (DbDataReader)await opened.ExecuteReaderAsync(
            $"{Columns} where cast(@kind as text) is null or subject in (select id from subject where kind = @kind) order by subject, seq",
            new { kind });
        while (await reader.ReadAsync(stop))
        {
            yield return new(reader.GetString(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5), reader.GetString(6), reader.GetString(7), reader.GetString(8));
        }
    }

    private const string Columns = "select subject, seq, recorded, true_at as TrueAt, who, kind, body, previous, hash from entry";

    private static void Check(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 200 || text.Any(char.IsControl))
        {
            throw new ArgumentException("must have 1 to 200 characters and no control character.", name);
        }
    }
}
