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
        Check(subject, nameof(subject));
        Check(subjectKind, nameof(subjectKind));
        foreach (var e in entries)
        {
            Check(e.Who, "who");
            Check(e.Kind, "kind");
            using var valid = JsonDocument.Parse(e.Body);
        }

        await using var opened = await Database.Open(stop);
        await using var transaction = await Database.Begin(opened, stop);
        if (expected == 0)
        {
            await opened.ExecuteAsync(
                "insert into subject (id, kind, head_seq, head_hash) values (@subject, @subjectKind, 0, @NoPrevious) on conflict (id) do nothing",
                new { subject, subjectKind, JournalEntry.NoPrevious },
                transaction);
        }

        var previous = await opened.QuerySingleOrDefaultAsync<string>("select head_hash from subject where id = @subject and head_seq = @expected", new { subject, expected }, transaction);
        if (previous is null)
        {
            return null;
        }

        var first = previous;
        var rows = new List<JournalEntry>(entries.Count);
        foreach (var e in entries)
        {
            var (seq, recorded, trueAt) = (expected + rows.Count + 1, JournalEntry.Instant(now), JournalEntry.Instant(e.TrueAt));
            var hash = JournalEntry.HashOf(subject, seq, recorded, trueAt, e.Who, e.Kind, e.Body, previous);
            rows.Add(new(subject, seq, recorded, trueAt, e.Who, e.Kind, e.Body, previous, hash));
            previous = hash;
        }

        var head = new Head(subject, subjectKind, expected + rows.Count, previous);

        // The condition decides between two that append at once: the second finds the head moved and changes no row.
        var moved = await opened.ExecuteAsync(
            "update subject set head_seq = @Seq, head_hash = @Hash where id = @subject and head_seq = @expected and head_hash = @first",
            new { head.Seq, head.Hash, subject, expected, first },
            transaction);
        if (moved == 0)
        {
            return null;
        }

        await opened.ExecuteAsync(
            """
            insert into entry (subject, seq, recorded, true_at, who, kind, body, previous, hash)
            values (@Subject, @Seq, @Recorded, @TrueAt, @Who, @Kind, @Body, @Previous, @Hash)
            """,
            rows,
            transaction);
        await transaction.CommitAsync(stop);
        return head;
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

    /// <summary>Every entry, subject by subject, without holding them all.</summary>
    public async IAsyncEnumerable<JournalEntry> All([EnumeratorCancellation] CancellationToken stop = default)
    {
        await using var opened = await Database.Open(stop);
        await using var reader = (DbDataReader)await opened.ExecuteReaderAsync($"{Columns} order by subject, seq");
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
