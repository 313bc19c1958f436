namespace IgLoop.Records;

/// <summary>A place where the journal is not what was written.</summary>
public sealed record ChainProblem(string Subject, long Seq, string What)
{
    public override string ToString() => $"{Subject}, entry {Seq}: {What}";
}

/// <summary>What a check of all chains found.</summary>
public sealed record ChainReport(long Subjects, long Entries, IReadOnlyList<ChainProblem> Problems);

/// <summary>
/// Proves the chains: numbers without gap, each hash right, each entry naming the one before, each head where the chain ends. A cut-off end together with
/// its head leaves no trace inside the database; heads kept outside (<see cref="Lines"/>) show that too.
/// </summary>
public static class ChainCheck
{
    /// <param name="journal">The journal.</param>
    /// <param name="kept">Heads that were written down earlier, outside the database.</param>
    public static async Task<ChainReport> Of(Journal journal, IReadOnlyList<Head>? kept = null, CancellationToken stop = default)
    {
        var problems = new List<ChainProblem>();
        var heads = (await journal.Heads(null, stop)).ToDictionary(h => h.Subject, StringComparer.Ordinal);
        var checkpoints = (kept ?? []).ToLookup(k => (k.Subject, k.Seq));
        var ends = new Dictionary<string, (long Seq, string Hash)>(StringComparer.Ordinal);
        long entries = 0;
        await foreach (var e in journal.All(null, stop))
        {
            entries++;
            problems.AddRange(Of(e, ends.GetValueOrDefault(e.Subject, Nothing)));
            foreach (var k in checkpoints[(e.Subject, e.Seq)].Where(k => k.Hash != e.Hash))
            {
                problems.Add(new(e.Subject, e.Seq, $"is not the entry whose hash was kept outside ({k.Hash})."));
            }

            ends[e.Subject] = (e.Seq, e.Hash);
        }

        foreach (var head in heads.Values.Where(h => ends.GetValueOrDefault(h.Subject, Nothing) != (h.Seq, h.Hash)))
        {
            // Somebody may have written between the reading of the heads and that of the entries: both are read again, at one moment.
            var (now, chain) = await journal.Chain(head.Subject, stop);
            problems.AddRange(OfHead(head.Subject, now, chain));
        }

        problems.AddRange(ends.Where(end => !heads.ContainsKey(end.Key)).Select(end => new ChainProblem(end.Key, end.Value.Seq, NoHead)));
        problems.AddRange((kept ?? []).Where(k => ends.GetValueOrDefault(k.Subject).Seq < k.Seq)
            .Select(k => new ChainProblem(k.Subject, k.Seq, "was kept outside as a head, but the chain ends before it.")));
        return new(heads.Count, entries, problems);
    }

    /// <summary>The same check for the one chain of a subject, as <see cref="Journal.Chain"/> gives it.</summary>
    public static IReadOnlyList<ChainProblem> Of(string subject, Head? head, IReadOnlyList<JournalEntry> chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var problems = new List<ChainProblem>();
        var end = Nothing;
        foreach (var e in chain)
        {
            problems.AddRange(Of(e, end));
            end = (e.Seq, e.Hash);
        }

        return [.. problems, .. OfHead(subject, head, chain)];
    }

    private const string NoHead = "has no head: the subject's row is missing.";

    private static readonly (long Seq, string Hash) Nothing = (0, JournalEntry.NoPrevious);

    private static IEnumerable<ChainProblem> Of(JournalEntry e, (long Seq, string Hash) before)
    {
        if (e.Seq != before.Seq + 1)
        {
            yield return new(e.Subject, e.Seq, $"follows entry {before.Seq}: entries are missing between them.");
        }
        else if (e.Previous != before.Hash)
        {
            yield return new(e.Subject, e.Seq, "does not carry the hash of the entry before it.");
        }

        if (e.ExpectedHash() != e.Hash)
        {
            yield return new(e.Subject, e.Seq, "was changed after it was written: its content does not give its hash.");
        }
    }

    private static IEnumerable<ChainProblem> OfHead(string subject, Head? head, IReadOnlyList<JournalEntry> chain)
    {
        var (seq, hash) = chain.Count == 0 ? Nothing : (chain[^1].Seq, chain[^1].Hash);
        if (head is null)
        {
            if (seq > 0)
            {
                yield return new(subject, seq, NoHead);
            }
        }
        else if (seq != head.Seq || hash != head.Hash)
        {
            yield return new(subject, head.Seq, $"is the head, but the chain ends with entry {seq}.");
        }
    }

    /// <summary>Heads as lines to be kept outside: hash, number, kind, subject.</summary>
    public static IEnumerable<string> Lines(IEnumerable<Head> heads) => heads.Select(h => $"{h.Hash} {h.Seq} {h.Kind} {h.Subject}");

    /// <summary>Reads lines of <see cref="Lines"/>.</summary>
    /// <exception cref="FormatException">A line is not of that form; the message names it.</exception>
    public static IReadOnlyList<Head> Parse(IEnumerable<string> lines) =>
        [.. lines.Select((line, i) => (line, i)).Where(x => x.line.Trim().Length > 0).Select(x => x.line.Split(' ', 4) is [{ Length: 64 } hash, var seq, var kind, var subject] && long.TryParse(seq, out var n)
            ? new Head(subject, kind, n, hash)
            : throw new FormatException($"Line {x.i + 1} is not 'hash number kind subject' as 'igloop audit heads' writes it."))];
}
