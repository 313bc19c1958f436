using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Records;

namespace IgLoop.Features.Outcomes;

/// <summary>What an import did, in numbers: patients of the files, and entries that were written.</summary>
public sealed record Imported(int Patients, int Unchanged, int New, int Corrected, int Withdrawn)
{
    public int Written => New + Corrected + Withdrawn;
}

/// <summary>
/// The cohort in the record: each patient a chain of entries, one a statement. A patient is known by the code of the files and by nothing else; who that
/// is stays outside, because an entry cannot be erased.
/// </summary>
public sealed class CohortStore(Journal journal, TimeProvider clock)
{
    private const string Kind = "patient";
    private const string Prefix = "patient:";
    private const string Family = "cohort.";
    private const int MostTries = 5;

    private static readonly Dictionary<EntryKind, string> Names = new()
    {
        [EntryKind.Patient] = "about", [EntryKind.Score] = "score", [EntryKind.Manifestation] = "manifestation", [EntryKind.Infusion] = "infusion",
        [EntryKind.Steroid] = "steroid", [EntryKind.AdverseEvent] = "adverse_event", [EntryKind.Relapse] = "relapse", [EntryKind.LastSeen] = "last_seen",
    };

    /// <summary>How many patients the record holds.</summary>
    public async Task<int> Patients(CancellationToken stop = default) => (await journal.Heads(Kind, stop)).Count;

    /// <summary>
    /// Writes what the files say and the record does not yet. All of it or nothing: files with a problem, or a record that would have one afterwards, leave
    /// everything as it was.
    /// </summary>
    /// <param name="by">Who imports; kept with each entry.</param>
    /// <param name="complete">True: the files are all there is of their patients; what they no longer say is withdrawn.</param>
    /// <returns>What was done, or every problem with its row and column.</returns>
    public async Task<(Imported? Done, IReadOnlyList<CohortProblem> Problems)> Import(IReadOnlyList<CohortEntry> entries, string by, bool complete, Action<string, double>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var (_, problems) = CohortReading.Of(entries, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
        problems = [.. problems, .. Codes(entries)];
        if (problems.Count > 0)
        {
            return (null, problems);
        }

        var read = entries.GroupBy(e => e.Patient, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Ledger.Of(g), StringComparer.Ordinal);
        for (var turn = 0; turn < MostTries; turn++)
        {
            progress?.Invoke("comparing with the record", 0.1);
            var held = new Dictionary<string, Held>(StringComparer.Ordinal);
            await foreach (var one in Held(null, null, stop))
            {
                if (read.ContainsKey(one.Patient))
                {
                    held[one.Patient] = one;
                }
            }

            var additions = new List<Addition>();
            var after = new List<CohortEntry>();
            int unchanged = 0, fresh = 0, corrected = 0, withdrawn = 0;
            var now = clock.GetUtcNow();
            foreach (var (patient, said) in read)
            {
                var record = held.GetValueOrDefault(patient);
                var before = record?.Says ?? new Dictionary<Topic, CohortEntry>();
                var changes = Ledger.Changes(before, said, complete);
                unchanged += said.Count - changes.Count(c => c.Now is not null);
                fresh += changes.Count(c => c.Before is null);
                corrected += changes.Count(c => c.Before is not null && c.Now is not null);
                withdrawn += changes.Count(c => c.Now is null);
                after.AddRange(Whole(patient, Ledger.After(before, changes)));
                if (changes.Count > 0)
                {
                    additions.Add(new(Prefix + patient, Kind, record?.Head, [.. changes.Select(c => Written(c, record, by, now))]));
                }
            }

            (_, problems) = CohortReading.Of(after);
            if (problems.Count > 0)
            {
                return (null, problems);
            }

            if (additions.Count == 0 || await journal.AppendAll(additions, now, n => progress?.Invoke("writing", 0.2 + (0.8 * n / additions.Count)), stop) is not null)
            {
                progress?.Invoke("done", 1);
                return (new(read.Count, unchanged, fresh, corrected, withdrawn), []);
            }
        }

        return (null, [new("Others kept writing to these patients at the same moment; nothing was stored, try again.", default)]);
    }

    /// <summary>Everything that holds, patient by patient.</summary>
    /// <param name="at">What was true up to this day; null: all.</param>
    /// <param name="knownAt">What the record held at the end of this day (UTC); null: all.</param>
    public async Task<IReadOnlyList<CohortEntry>> Entries(DateOnly? at = null, DateOnly? knownAt = null, CancellationToken stop = default)
    {
        var entries = new List<CohortEntry>();
        await foreach (var one in Held(at, knownAt, stop))
        {
            entries.AddRange(Whole(one.Patient, one.Says));
        }

        return entries;
    }

    /// <summary>The record is its own list of patients, whether or not a file listed them.</summary>
    private static IEnumerable<CohortEntry> Whole(string patient, IReadOnlyDictionary<Topic, CohortEntry> says) =>
        says.ContainsKey(new(EntryKind.Patient, CohortReading.Listed, null, 1)) || says.Count == 0 ? says.Values
        : says.Values.Prepend(new(patient, null, EntryKind.Patient, CohortReading.Listed, "", "", new("the record, patient " + patient, 0, "")));

    private async IAsyncEnumerable<Held> Held(DateOnly? at, DateOnly? knownAt, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        // Instants are stored so that their texts sort as they do.
        var end = knownAt is { } day ? JournalEntry.Instant(new(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)) : null;
        Held? one = null;
        await foreach (var e in journal.All(Kind, stop))
        {
            var patient = e.Subject[Prefix.Length..];
            if (one is not null && one.Patient != patient)
            {
                yield return one;
                one = null;
            }

            one ??= new(patient, [], []);
            one.Head = new(e.Subject, Kind, e.Seq, e.Hash);
            if (e.Kind.StartsWith(Family, StringComparison.Ordinal) && (end is null || string.CompareOrdinal(e.Recorded, end) < 0))
            {
                var (about, entry) = Told(e, patient);
                one.Seq[about] = e.Seq;
                if (entry is null)
                {
                    one.Says.Remove(about);
                }
                else if (!(entry.On > at))
                {
                    one.Says[about] = entry;
                }
            }
        }

        if (one is not null)
        {
            yield return one;
        }
    }

    private static NewEntry Written(Change change, Held? record, string by, DateTimeOffset now)
    {
        var (about, entry) = (change.Topic, change.Now);
        var body = new JsonObject { ["name"] = entry?.Name ?? about.Name, ["on"] = Day(entry is null ? about.On : entry.On), ["nth"] = about.Nth };
        if (entry is null)
        {
            body["of"] = Names[about.Kind];
        }
        else
        {
            (body["value"], body["unit"], body["file"], body["row"], body["column"]) = (entry.Value, entry.Unit, entry.Where.File, entry.Where.Row, entry.Where.Column);
        }

        if (change.Before is not null)
        {
            body["corrects"] = record!.Seq[about];
        }

        // What is said of the patient as such has no day of its own: it is true from when it is told.
        var on = entry is null ? about.On : entry.On;
        return new(by, on is { } d ? new(d, TimeOnly.MinValue, TimeSpan.Zero) : now, Family + (entry is null ? "withdrawn" : Names[about.Kind]), body.ToJsonString(Batch.Json));
    }

    private static (Topic Topic, CohortEntry? Entry) Told(JournalEntry e, string patient)
    {
        using var json = JsonDocument.Parse(e.Body);
        var body = json.RootElement;
        var name = Text("name");
        DateOnly? on = Text("on") is { Length: > 0 } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
        var withdrawn = e.Kind == Family + "withdrawn";
        var word = withdrawn ? Text("of") : e.Kind[Family.Length..];
        var kind = Names.First(n => n.Value == word).Key;
        var about = new Topic(kind, kind is EntryKind.Infusion or EntryKind.Relapse or EntryKind.LastSeen ? "" : name, kind is EntryKind.Patient or EntryKind.LastSeen ? null : on, body.GetProperty("nth").GetInt32());
        return (about, withdrawn ? null : new(patient, on, kind, name, Text("value"), Text("unit"), new("the record, patient " + patient, (int)e.Seq, Text("column"))));

        string Text(string key) => body.TryGetProperty(key, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString()! : "";
    }

    private static string? Day(DateOnly? on) => on?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Codes that an entry cannot carry: too long, or what looks like a name or an address rather than a code.</summary>
    private static IEnumerable<CohortProblem> Codes(IReadOnlyList<CohortEntry> entries) => entries.DistinctBy(e => e.Patient, StringComparer.Ordinal).Select(e => (e, Wrong:
        e.Patient.Length > 100 || e.Patient.Any(char.IsControl) ? $"A patient's code has at most 100 characters and no control character; this one has {e.Patient.Length}."
        : LooksLikeAName(e.Patient) ? "The patient's code looks like a name or an address. What the record holds cannot be erased: give each patient a study code, and keep the list of names elsewhere."
        : null)).Where(x => x.Wrong is not null).Select(x => new CohortProblem(x.Wrong!, x.e.Where with { Column = "patient" }));

    private static bool LooksLikeAName(string code) =>
        code.Contains('@', StringComparison.Ordinal) || code.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Count(w => w.Length > 1 && w.All(char.IsLetter)) > 1;
}

/// <summary>What the record holds of one patient.</summary>
internal sealed record Held(string Patient, Dictionary<Topic, CohortEntry> Says, Dictionary<Topic, long> Seq)
{
    public Head? Head { get; set; }
}
