using System.Globalization;

namespace IgLoop.Core.Outcomes;

/// <summary>What a statement of the record is about: of one patient there is at most one that holds, and a later one corrects it.</summary>
/// <param name="Nth">1, or 2, 3 … for infusions and events that happened more than once on a day.</param>
public readonly record struct Topic(EntryKind Kind, string Name, DateOnly? On, int Nth);

/// <summary>What a file changes in the record of one patient.</summary>
/// <param name="Before">What the record says; null: nothing yet.</param>
/// <param name="Now">What the file says; null: it no longer says it, and the statement is withdrawn.</param>
public sealed record Change(Topic Topic, CohortEntry? Before, CohortEntry? Now);

/// <summary>Compares what was read with what the record holds, so that the same file twice changes nothing and a changed cell becomes a correction.</summary>
public static class Ledger
{
    /// <summary>Each entry of one patient with what it is about. The order of rows does not matter: two infusions of one day are numbered by their dose.</summary>
    public static IReadOnlyDictionary<Topic, CohortEntry> Of(IEnumerable<CohortEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var held = new Dictionary<Topic, CohortEntry>();
        foreach (var group in entries.GroupBy(e => Once(e)))
        {
            var n = 0;
            IEnumerable<CohortEntry> inOrder = group.Key.Kind == EntryKind.LastSeen ? group.OrderByDescending(e => e.On).Take(1) : group.OrderBy(e => Number(e.Value) ?? 0).ThenBy(e => e.Value, StringComparer.Ordinal).ThenBy(e => e.Unit, StringComparer.Ordinal);
            foreach (var e in inOrder)
            {
                held[group.Key with { Nth = ++n }] = e;
            }
        }

        return held;
    }

    /// <param name="complete">True: the files are all there is of this patient, and what they do not say is withdrawn.</param>
    public static IReadOnlyList<Change> Changes(IReadOnlyDictionary<Topic, CohortEntry> record, IReadOnlyDictionary<Topic, CohortEntry> read, bool complete)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(read);
        var changes = read.Where(r => !record.TryGetValue(r.Key, out var held) || !Same(held, r.Value)).Select(r => new Change(r.Key, record.GetValueOrDefault(r.Key), r.Value)).ToList();
        if (complete)
        {
            changes.AddRange(record.Where(h => !read.ContainsKey(h.Key)).Select(h => new Change(h.Key, h.Value, null)));
        }

        return changes;
    }

    /// <summary>What holds after the changes.</summary>
    public static IReadOnlyDictionary<Topic, CohortEntry> After(IReadOnlyDictionary<Topic, CohortEntry> record, IReadOnlyList<Change> changes)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(changes);
        var held = new Dictionary<Topic, CohortEntry>(record);
        foreach (var c in changes)
        {
            if (c.Now is null)
            {
                held.Remove(c.Topic);
            }
            else
            {
                held[c.Topic] = c.Now;
            }
        }

        return held;
    }

    private static Topic Once(CohortEntry e) => e.Kind switch
    {
        EntryKind.Patient => new(e.Kind, e.Name, null, 1),
        EntryKind.LastSeen => new(e.Kind, "", null, 1),
        EntryKind.Infusion or EntryKind.Relapse => new(e.Kind, "", e.On, 1),
        _ => new(e.Kind, e.Name, e.On, 1),
    };

    /// <summary>12 and 12.0 say the same, and so do a weight without unit and one in kg.</summary>
    private static bool Same(CohortEntry a, CohortEntry b) =>
        a.On == b.On && a.Name == b.Name && UnitOf(a) == UnitOf(b) && (a.Value == b.Value || (Number(a.Value) is { } x && Number(b.Value) is { } y && x == y));

    private static string UnitOf(CohortEntry e) => (e.Kind, e.Name, e.Unit) switch
    {
        (EntryKind.Patient, "weight", "") => "kg",
        (EntryKind.Steroid, _, "" or "mg" or "mg/d") => "mg/day",
        _ => e.Unit,
    };

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var v) ? v : null;
}
