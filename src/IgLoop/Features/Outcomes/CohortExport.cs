using System.Globalization;
using System.Text;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;

namespace IgLoop.Features.Outcomes;

/// <summary>A cohort as one long table that <c>igloop outcomes</c> and <c>igloop import</c> read.</summary>
/// <param name="LeftOut">What is not in it, or is coarser than in the record, and why: one sentence each.</param>
public sealed record CohortExport(string Csv, int Patients, IReadOnlyList<string> LeftOut)
{
    /// <summary>Every research patient is first treated on this day: intervals stay exact and no day of the calendar leaves the house.</summary>
    private static readonly DateOnly DayOne = new(2000, 1, 1);

    /// <summary>From this age on people are few enough to be known by it; 90 is the limit of the US privacy rule (45 CFR 164.514(b)(2)(i)(C)).</summary>
    private const int OldestShown = 90;

    private static readonly System.Buffers.SearchValues<char> NeedQuotes = System.Buffers.SearchValues.Create("\",\r\n;\t");

    private static readonly Dictionary<EntryKind, string> Kinds = new()
    {
        [EntryKind.Patient] = "patient", [EntryKind.Score] = "score", [EntryKind.Manifestation] = "manifestation", [EntryKind.Infusion] = "infusion",
        [EntryKind.Steroid] = "steroid", [EntryKind.AdverseEvent] = "adverse_event", [EntryKind.Relapse] = "relapse", [EntryKind.LastSeen] = "last_seen",
    };

    /// <summary>As the record holds it, codes and dates included: to move it, or to go on with at home.</summary>
    public static CohortExport AsHeld(IReadOnlyList<CohortEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return new(Table(entries), entries.Select(e => e.Patient).Distinct(StringComparer.Ordinal).Count(), []);
    }

    /// <summary>
    /// For research: new numbers for codes, days counted from the first infusion, age in whole years, and nothing that is said of fewer patients than the
    /// minimum cell holds.
    /// </summary>
    /// <param name="codes">Every patient's code, in the order in which they are numbered: by chance, so that the number tells nothing.</param>
    /// <exception cref="BatchException">The cohort is smaller than the minimum cell.</exception>
    public static CohortExport ForResearch(IReadOnlyList<CohortEntry> entries, int minimumCell, IReadOnlyList<string> codes)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(codes);
        if (codes.Count < minimumCell)
        {
            throw new BatchException("too-small", $"The record holds {codes.Count} patients, fewer than the {minimumCell} that an export for research needs at least; set --min-cell lower only if nobody can know them by these data.", "--min-cell");
        }

        var number = codes.Select((c, i) => (c, i)).ToDictionary(x => x.c, x => $"p{(x.i + 1).ToString(CultureInfo.InvariantCulture).PadLeft(codes.Count.ToString(CultureInfo.InvariantCulture).Length, '0')}", StringComparer.Ordinal);
        var start = entries.Where(e => e.On is not null).GroupBy(e => e.Patient, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (g.Where(e => e.Kind == EntryKind.Infusion).Min(e => e.On) ?? g.Min(e => e.On))!.Value, StringComparer.Ordinal);
        var leftOut = new List<string>();
        var few = Few(entries, minimumCell, leftOut);
        var rows = new List<CohortEntry>();
        foreach (var e in entries.Where(e => !few.Contains((e.Kind, e.Name)) || e.Kind == EntryKind.AdverseEvent))
        {
            var first = start.GetValueOrDefault(e.Patient, DayOne);
            var at = e with { Patient = number[e.Patient], On = e.On?.AddDays(DayOne.DayNumber - first.DayNumber), Name = e.Kind == EntryKind.AdverseEvent && few.Contains((e.Kind, e.Name)) ? "other" : e.Name };
            if (e is { Kind: EntryKind.Patient, Name: "birth_date" } && Dates.TryRead(e.Value, out var born))
            {
                var age = Math.Min(OldestShown, first.Year - born.Year - (first < born.AddYears(first.Year - born.Year) ? 1 : 0));
                at = at with { Value = DayOne.AddYears(-age).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
            }

            rows.Add(at);
        }

        leftOut.Add($"Codes are new numbers, days are counted from the first infusion (written as {DayOne:yyyy-MM-dd}), and ages are whole years, {OldestShown} at most.");
        return new(Table(rows), codes.Count, leftOut);
    }

    /// <summary>What is said of too few: a sex, a manifestation or an event that somebody might be known by.</summary>
    private static HashSet<(EntryKind, string)> Few(IReadOnlyList<CohortEntry> entries, int minimumCell, List<string> leftOut)
    {
        var few = new HashSet<(EntryKind, string)>();
        foreach (var group in entries.Where(e => e.Name.Length > 0).GroupBy(e => (e.Kind, e.Name)))
        {
            var said = group.Key.Kind == EntryKind.Manifestation ? group.Where(e => CohortReading.Present(e.Value) == true) : group;
            var patients = said.Select(e => e.Patient).Distinct(StringComparer.Ordinal).Count();
            var small = group.Key is (EntryKind.Patient, "sex") ? group.GroupBy(e => e.Value, StringComparer.OrdinalIgnoreCase).Any(s => s.Count() < minimumCell) : patients > 0 && patients < minimumCell;
            if (small && group.Key.Kind is EntryKind.Patient or EntryKind.Score or EntryKind.Manifestation or EntryKind.AdverseEvent)
            {
                few.Add(group.Key);
            }
        }

        Say(EntryKind.Patient, "left out");
        Say(EntryKind.Score, "left out");
        Say(EntryKind.Manifestation, "left out");
        var events = few.Count(f => f.Item1 == EntryKind.AdverseEvent);
        if (events > 0)
        {
            leftOut.Add($"{events} kind{(events == 1 ? "" : "s")} of adverse event that fewer than {minimumCell} patients had {(events == 1 ? "is" : "are")} called 'other'.");
        }

        return few;

        void Say(EntryKind kind, string what)
        {
            var names = few.Where(f => f.Item1 == kind).Select(f => f.Item2).Order(StringComparer.Ordinal).ToList();
            if (names.Count > 0)
            {
                leftOut.Add($"{string.Join(", ", names)}: {what}, for fewer than {minimumCell} patients share it.");
            }
        }
    }

    private static string Table(IEnumerable<CohortEntry> entries)
    {
        var text = new StringBuilder("patient,date,kind,name,value,unit\n");
        foreach (var e in entries.OrderBy(e => e.Patient, StringComparer.Ordinal).ThenBy(e => e.On ?? DateOnly.MinValue).ThenBy(e => e.Kind).ThenBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.Value, StringComparer.Ordinal))
        {
            text.AppendJoin(',', Cell(e.Patient), e.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Kinds[e.Kind], Cell(e.Name), Cell(e.Value), Cell(e.Unit)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay what they are.</summary>
    private static string Cell(string text)
    {
        var safe = text.Length > 0 && "=+-@".Contains(text[0], StringComparison.Ordinal) && !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(NeedQuotes) ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
    }
}
