using System.Globalization;
using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Core.Outcomes;

namespace IgLoop.Features.Outcomes;

/// <summary>Reads cohort files: one long table, or the tables of a folder; the header tells which. docs/outcomes.md describes the columns.</summary>
public static class CohortFiles
{
    private static readonly Dictionary<string, EntryKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["patient"] = EntryKind.Patient, ["score"] = EntryKind.Score, ["manifestation"] = EntryKind.Manifestation, ["infusion"] = EntryKind.Infusion,
        ["steroid"] = EntryKind.Steroid, ["adverse_event"] = EntryKind.AdverseEvent, ["relapse"] = EntryKind.Relapse, ["last_seen"] = EntryKind.LastSeen,
    };

    private const string NoDose = "The dose is missing; write it with its unit, or delete the row if nothing was given.";

    private static readonly string[] VisitColumns = ["prednisone_mg_day", .. CohortReading.Ranges.Keys];
    private static readonly string[] PatientColumns = ["birth_date", "sex", "weight_kg"];
    private static readonly string[] AboutPatients = ["birth_date", "sex", "weight"];
    private static readonly string[] WeightUnits = ["lb", "lbs", "pounds", "st", "stone", "g"];

    /// <exception cref="BatchException">A column is missing, or a cell cannot be read: says the row and the column.</exception>
    public static IReadOnlyList<CohortEntry> Entries(Csv csv)
    {
        if (WideTable.Is(csv.Header))
        {
            return WideTable.Entries(csv);
        }

        var has = csv.Header.ToHashSet(StringComparer.Ordinal);
        var (table, needs) = TableOf(csv, has);
        if (needs.FirstOrDefault(n => !has.Contains(n)) is { } missing)
        {
            throw Missing(csv, missing, needs);
        }

        if (table == "infusions" && WideTable.Unread(csv.Header).ToList() is { Count: > 0 } unread)
        {
            throw new BatchException("unknown-column", $"{csv.Name} is a table of infusions, and {string.Join(", ", unread.Select(u => $"'{u}'"))} would not be read; leave {(unread.Count == 1 ? "it" : "them")} out, or call the column of the dose ivig_g, ivig_g_kg or ivig_mg_kg if the rows hold scores as well.", $"{csv.Name}, row 1, column {unread[0]}");
        }

        Slips(csv, table);
        return [.. csv.Rows.SelectMany(r => Row(new Line(csv, r.Row, r.Cells), table))];
    }

    /// <summary>A column that is not there, with the header that looks like it: never one that is needed and there.</summary>
    internal static BatchException Missing(Csv csv, string column, params string[] needs)
    {
        var open = csv.Header.Where(h => h.Length > 0 && !needs.Contains(h)).ToList();
        var near = open.FirstOrDefault(h => h.Split('_', ' ').Contains(column)) ?? (Spelling.Nearest(column, open, 1) is [var alike] ? alike : null)
            ?? open.FirstOrDefault(h => h.Contains(column, StringComparison.Ordinal) || (h.Length > 2 && column.Contains(h, StringComparison.Ordinal)));
        return new("missing-column", $"{csv.Name} has no column '{column}'{(near is null ? "." : $"; is it '{near}'?")} Its columns are {string.Join(", ", csv.Header)}.", $"{csv.Name}, row 1");
    }

    /// <summary>Which table a file is, by its header; where the telling column is missing or misspelt, by its other columns or its name.</summary>
    private static (string Table, string[] Needs) TableOf(Csv csv, HashSet<string> has)
    {
        bool Called(params string[] words) => words.Any(w => csv.Name.Contains(w, StringComparison.OrdinalIgnoreCase));
        return has.Contains("kind") || (has.Contains("name") && has.Contains("value")) ? ("long", ["patient", "date", "kind", "name", "value"])
            : has.Contains("dose") || (has.Contains("unit") && has.Contains("date")) ? ("infusions", ["patient", "date", "dose", "unit"])
            : has.Contains("event") ? ("adverse_events", ["patient", "date", "event"])
            : has.Contains("what") ? ("follow_up", ["patient", "date", "what"])
            : has.Contains("birth_date") || has.Contains("sex") || has.Contains("weight_kg") ? ("patients", ["patient"])
            : Called("manifest") ? ("manifestations", ["patient", "date"])
            : Called("infusion") ? ("infusions", ["patient", "date", "dose", "unit"])
            : Called("adverse") ? ("adverse_events", ["patient", "date", "event"])
            : Called("follow") ? ("follow_up", ["patient", "date", "what"])
            : Called("patient") && !has.Contains("date") ? ("patients", ["patient"])
            : ("visits", ["patient", "date"]);
    }

    /// <summary>A column that is nearly called like a known one would be taken for another score or number, without its range and without a word.</summary>
    private static void Slips(Csv csv, string table)
    {
        foreach (var column in csv.Header.Where(h => table is "visits" or "patients" && h.Length > 0))
        {
            NoSlip(csv, column, table);
        }
    }

    /// <exception cref="BatchException">The column is nearly called like a known one.</exception>
    internal static void NoSlip(Csv csv, string column, string table)
    {
        if (SlipOf(column, table == "visits" ? VisitColumns : PatientColumns) is { } near)
        {
            throw new BatchException("unknown-column", $"{csv.Name} has a column '{column}'; is it '{near}'? If it is something else, give it a name that cannot be taken for a slip of the pen.", $"{csv.Name}, row 1, column {column}");
        }

        if (table == "visits")
        {
            WideTable.NoOtherSteroid(csv, column);
            WideTable.NoOtherDose(csv, column);
        }
    }

    private static string? SlipOf(string name, IEnumerable<string> known) => known.Contains(name, StringComparer.Ordinal) || name.StartsWith("height", StringComparison.Ordinal) ? null
        : known.FirstOrDefault(k => !name.StartsWith(k, StringComparison.Ordinal) && (name.StartsWith("weight_", StringComparison.Ordinal) ? k == "weight_kg" && WeightUnits.Contains(name[7..]) : Spelling.Distance(name, k) <= (k.Length > 5 ? 2 : 1)));

    private static IEnumerable<CohortEntry> Row(Line line, string table)
    {
        if (line["patient"].Length == 0)
        {
            throw line.Wrong("patient", "The patient is missing.");
        }

        switch (table)
        {
            case "long":
                if (!Kinds.TryGetValue(line["kind"], out var kind))
                {
                    var near = Spelling.Nearest(line["kind"], Kinds.Keys, 1);
                    throw line.Wrong("kind", $"There is no kind '{line["kind"]}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; known are {string.Join(", ", Kinds.Keys)}.")}");
                }

                if (kind is EntryKind.Score or EntryKind.Patient && SlipOf(line["name"].ToLowerInvariant(), kind == EntryKind.Score ? CohortReading.Ranges.Keys : AboutPatients) is { } slip)
                {
                    throw line.Wrong("name", $"There is no {line["kind"]} '{line["name"]}'; is it '{slip}'? If it is something else, give it a name that cannot be taken for a slip of the pen.");
                }

                if (kind == EntryKind.Patient && line["name"].Length == 0 && line["value"].Length == 0)
                {
                    yield return new(line["patient"], null, kind, CohortReading.Listed, "", "", line.At("patient"));
                }
                else if (kind == EntryKind.Infusion && line["value"].Length == 0)
                {
                    throw line.Wrong("value", NoDose);
                }
                else if (line["value"].Length > 0 || kind is EntryKind.AdverseEvent or EntryKind.Relapse or EntryKind.LastSeen)
                {
                    yield return line.Entry(kind, line["name"].ToLowerInvariant(), "value", line["unit"], kind == EntryKind.Patient);
                }

                break;
            case "patients":
                // The row itself, so that a patient of whom nothing else is known is counted and the others can be looked up.
                yield return new(line["patient"], null, EntryKind.Patient, CohortReading.Listed, "", "", line.At("patient"));
                foreach (var column in line.Columns("patient"))
                {
                    yield return line.Entry(EntryKind.Patient, column == "weight_kg" ? "weight" : column, column, column == "weight_kg" ? "kg" : "", undated: true);
                }

                break;
            case "infusions":
                yield return line["dose"].Length > 0 ? line.Entry(EntryKind.Infusion, "", "dose", line["unit"].ToLowerInvariant()) : throw line.Wrong("dose", NoDose);
                break;
            case "adverse_events":
                yield return line.Entry(EntryKind.AdverseEvent, line["event"], "grade", "");
                break;
            case "follow_up":
                yield return line["what"].ToLowerInvariant() switch
                {
                    "relapse" => line.Entry(EntryKind.Relapse, "relapse", "what", ""),
                    "last_seen" => line.Entry(EntryKind.LastSeen, "", "what", ""),
                    "death" => line.Entry(EntryKind.LastSeen, "death", "what", ""),
                    var other => throw line.Wrong("what", $"'{other}' is not known; write relapse, last_seen or death."),
                };
                break;
            default:
                foreach (var column in line.Columns("patient", "date"))
                {
                    yield return WideTable.SteroidUnit(column) is { } unit
                        ? line.Entry(EntryKind.Steroid, "prednisone", column, unit)
                        : line.Entry(table == "manifestations" ? EntryKind.Manifestation : EntryKind.Score, column, column, "");
                }

                break;
        }
    }

    /// <summary>Why a text is not taken for a date. A spreadsheet keeps a date as the number of days since 1900 and shows it in the order of its own country.</summary>
    internal static string NotADate(string text) =>
        text.Length == 0 ? "The date is missing; write it as 2024-05-31."
        : int.TryParse(text, out var days) && days is > 20_000 and < 80_000 ? $"'{text}' is the number by which a spreadsheet keeps a date (perhaps {new DateOnly(1899, 12, 30).AddDays(days):yyyy-MM-dd}); format the column as year-month-day (2024-05-31) and save the file again."
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && Math.Abs(n) < 20_000 ? $"'{text}' is a number of days and not a date; where a chart has days only, count them in every table from the same day of your choice, as 2000-01-01, and write dates."
        : text.StartsWith('#') ? $"'{text}' is what a spreadsheet writes when it cannot show a date; widen or mend the cell and save the file again."
        : $"'{text}' is not a date that can be read one way only; write it as 2024-05-31.";

    /// <summary>One row, its cells by the names of the columns.</summary>
    internal sealed record Line(Csv Csv, int Row, IReadOnlyList<string> Cells)
    {
        /// <summary>The text of a cell; empty for a column that is not there.</summary>
        public string this[string column] => Csv.Header.ToList().IndexOf(column) is var i and >= 0 ? Cells[i] : "";

        /// <summary>Columns with something in them.</summary>
        public IEnumerable<string> Columns(params string[] without) => Csv.Header.Where((h, i) => h.Length > 0 && !without.Contains(h) && Cells[i].Length > 0);

        public Place At(string column) => new(Csv.Name, Row, column);

        public BatchException Wrong(string column, string message) => new("bad-value", message, At(column).ToString());

        public CohortEntry Entry(EntryKind kind, string name, string column, string unit, bool undated = false, string date = "date")
        {
            var value = this[column];
            DateOnly? on = null;
            if (!undated)
            {
                if (!Dates.TryRead(this[date], out var day))
                {
                    throw Wrong(date, CohortFiles.NotADate(this[date]));
                }

                on = day;
            }

            return new(this[Csv.Header.Contains("patient") ? "patient" : Csv.Header[0]], on, kind, name, value, unit, At(column) with { DateColumn = undated || date == "date" ? null : date });
        }
    }
}
