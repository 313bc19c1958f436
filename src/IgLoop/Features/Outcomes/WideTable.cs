using System.Globalization;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;

namespace IgLoop.Features.Outcomes;

/// <summary>
/// One table in which a row may hold an assessment, an infusion, or both: a hospital's own spreadsheet, or a flat REDCap export without a mapping.
/// What a column is, is told by its name, and where that says nothing by its cells; docs/outcomes.md has the rules.
/// </summary>
internal static partial class WideTable
{
    private static readonly Dictionary<string, string[]> Synonyms = new()
    {
        ["patient"] = ["patient", "patient_id", "record_id", "study_id", "subject_id", "subject", "pat_id", "patient_no", "patient_code"],
        ["date"] = ["date", "visit_date", "date_of_visit", "assessment_date", "date_visit"],
        ["dose date"] = ["infusion_date", "date_of_infusion", "ivig_date", "inf_date", "dose_date"],
        ["unit"] = ["unit", "dose_unit", "ivig_unit"],
        ["birth_date"] = ["birth_date", "date_of_birth", "dob"],
        ["sex"] = ["sex", "gender"],
        ["weight"] = ["weight_kg", "weight", "wt_kg", "body_weight_kg", "body_weight"],
        ["event"] = ["adverse_event", "event", "ae", "side_effect"],
        ["grade"] = ["grade", "ae_grade", "adverse_event_grade", "ctcae_grade"],
        ["relapse"] = ["relapse", "flare"],
        ["last seen"] = ["last_seen", "date_last_seen"],
        ["death"] = ["death_date", "date_of_death", "died_on"],
    };

    /// <summary>Columns that say nothing of an outcome, and are not read.</summary>
    private static readonly string[] Aside =
        ["product", "brand", "batch", "lot", "lot_number", "visit", "visit_no", "visit_number", "visit_name", "comment", "comments", "note", "notes", "remarks", "indication", "diagnosis", "ward", "centre", "center", "site"];

    private enum Role
    {
        Aside,
        Known,
        Dose,
        Steroid,
        Score,
        Sign,
    }

    /// <summary>Whether the header is that of such a table: it has a column of doses with something besides it, or is REDCap's.</summary>
    public static bool Is(IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return !header.Contains("kind") && (header.Any(h => h is "redcap_event_name" or "redcap_repeat_instrument")
            || header.Any(h => h != "dose" && DoseUnit(h) is not null)
            || (header.Contains("dose") && header.Any(h => CohortReading.Ranges.ContainsKey(h) || SteroidUnit(h) is not null)));
    }

    /// <summary>Columns of a table of infusions that would go unread without a word.</summary>
    public static IEnumerable<string> Unread(IEnumerable<string> header) => header.Where(h => h.Length > 0 && h is not ("patient" or "date" or "dose" or "unit") && !Aside.Contains(h));

    /// <summary>The unit that the name of a steroid column says ("mg/day" when it says none); null: no such column.</summary>
    public static string? SteroidUnit(string column) => SteroidName().Match(Plain(column)) is { Success: true } m ? m.Groups["unit"].Value.Contains("kg", StringComparison.Ordinal) ? "mg/kg/day" : "mg/day" : null;

    /// <summary>Another steroid, or one not counted by the day: neither a score nor prednisone equivalent.</summary>
    /// <exception cref="BatchException">The column is one.</exception>
    public static void NoOtherSteroid(Csv csv, string column)
    {
        ArgumentNullException.ThrowIfNull(csv);
        if (SteroidUnit(column) is null && OtherSteroid().IsMatch(Plain(column)))
        {
            throw new BatchException("unknown-column", $"The column '{column}' of {csv.Name} is of a steroid, but not mg (or mg/kg) prednisone equivalent a day; convert it and call it prednisone_mg_day.", $"{csv.Name}, row 1, column {column}");
        }
    }

    /// <summary>A dose that says no grams: as a score it would be followed over time.</summary>
    /// <exception cref="BatchException">The column is one.</exception>
    public static void NoOtherDose(Csv csv, string column)
    {
        ArgumentNullException.ThrowIfNull(csv);
        if (OtherDose().Match(Plain(column)) is { Success: true } m)
        {
            throw new BatchException("unknown-column", $"The column '{column}' of {csv.Name} is of a dose in {m.Groups["unit"].Value}, which is not grams; convert it and call it ivig_g (or ivig_g_kg, ivig_mg_kg).", $"{csv.Name}, row 1, column {column}");
        }
    }

    /// <exception cref="BatchException">A column is missing or may be two things, a row has nothing to read, or a cell cannot be read: says the row and the column.</exception>
    public static IReadOnlyList<CohortEntry> Entries(Csv csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var named = Synonyms.ToDictionary(s => s.Key, s => One(csv, s.Key, s.Value), StringComparer.Ordinal);
        if (named["patient"] is not { } patient)
        {
            throw CohortFiles.Missing(csv, "patient");
        }

        if ((named["date"] ?? named["dose date"]) is null)
        {
            throw CohortFiles.Missing(csv, "date");
        }

        var roles = csv.Header.Select((h, i) => RoleOf(csv, h, i, named)).ToList();
        var read = csv with { Header = [.. csv.Header.Select(h => h == patient ? "patient" : h)] };
        var entries = new List<CohortEntry>();
        var about = new Dictionary<(string Patient, string Name), CohortEntry>();
        foreach (var (row, cells) in read.Rows)
        {
            var line = new CohortFiles.Line(read, row, cells);
            var before = entries.Count;
            if (line["patient"].Length == 0)
            {
                throw line.Wrong(patient, "The patient is missing.");
            }

            // What is repeated in each row of a patient is said once.
            var told = About(line, named, about, read.Header.Where((h, i) => roles[i] == Role.Dose && cells[i].Length > 0).Any());
            entries.AddRange(Row(line, roles, named));
            if (entries.Count == before && !told)
            {
                throw line.Wrong(patient, $"Row {row} has neither a score nor a dose, nor anything else that is read; fill it in or delete it.");
            }
        }

        return [.. about.Values.Select(a => a.Name == "weight" ? a with { Unit = "kg" } : a), .. entries];
    }

    private static IEnumerable<CohortEntry> Row(CohortFiles.Line line, List<Role> roles, Dictionary<string, string?> named)
    {
        string Cell(string what) => named[what] is { } c ? line[c] : "";
        var visit = named["date"] is { } v && line[v].Length > 0 ? v : named["date"] ?? named["dose date"]!;
        var given = named["dose date"] is { } d && line[d].Length > 0 ? d : visit;
        string? dosed = null;
        for (var i = 0; i < roles.Count; i++)
        {
            var column = line.Csv.Header[i];
            if (line.Cells[i].Length == 0)
            {
                continue;
            }

            switch (roles[i])
            {
                case Role.Dose:
                    if (dosed is not null)
                    {
                        throw line.Wrong(column, $"The row has a dose in '{dosed}' and another in '{column}'; keep one of them, for it is one infusion.");
                    }

                    dosed = column;
                    yield return line.Entry(EntryKind.Infusion, "", column, UnitOf(line, column, named), date: given);
                    break;
                case Role.Steroid:
                    yield return line.Entry(EntryKind.Steroid, "prednisone", column, SteroidUnit(column)!, date: visit);
                    break;
                case Role.Score or Role.Sign:
                    yield return line.Entry(roles[i] == Role.Sign ? EntryKind.Manifestation : EntryKind.Score, column, column, "", date: visit);
                    break;
                default:
                    break;
            }
        }

        if (dosed is null && named["dose date"] is { } alone && line[alone].Length > 0)
        {
            throw line.Wrong(alone, "There is the date of an infusion and no dose; write the dose, or delete the date if nothing was given.");
        }

        if (Cell("event") is { Length: > 0 } harm && harm.ToUpperInvariant() is not ("0" or "NO" or "NONE"))
        {
            yield return line.Entry(EntryKind.AdverseEvent, harm, named["grade"] ?? "", "", date: given);
        }
        else if (Cell("grade").Length > 0)
        {
            throw line.Wrong(named["grade"]!, "There is a grade and no adverse event; name the event.");
        }

        if (Cell("relapse") is { Length: > 0 } relapse)
        {
            var present = CohortReading.Present(relapse);
            if (present != false)
            {
                // A yes is of the day of the row; anything else must be the day itself.
                yield return line.Entry(EntryKind.Relapse, "relapse", "", "", date: present == true ? visit : named["relapse"]!);
            }
        }

        foreach (var (what, name) in new[] { ("last seen", ""), ("death", "death") })
        {
            if (Cell(what).Length > 0)
            {
                yield return line.Entry(EntryKind.LastSeen, name, "", "", date: named[what]!) with { Where = line.At(named[what]!) with { DateColumn = named[what] } };
            }
        }
    }

    private static bool About(CohortFiles.Line line, Dictionary<string, string?> named, Dictionary<(string Patient, string Name), CohortEntry> about, bool dosed)
    {
        var told = false;
        foreach (var name in new[] { "birth_date", "sex", "weight" })
        {
            if (named[name] is not { } column || line[column].Length == 0)
            {
                continue;
            }

            told = true;
            var said = line.Entry(EntryKind.Patient, name, column, name == "weight" ? "kg" : "", undated: true);
            var key = (said.Patient, name);
            if (!about.TryGetValue(key, out var first))
            {
                about[key] = said with { Unit = name == "weight" && dosed ? "kg at a dose" : said.Unit };
            }
            else if (name == "weight")
            {
                // People gain and lose weight: the one at the first row with a dose counts, for doses are by weight.
                about[key] = dosed && first.Unit == "kg" ? said with { Unit = "kg at a dose" } : first;
            }
            else if (!string.Equals(first.Value, said.Value, StringComparison.OrdinalIgnoreCase))
            {
                throw line.Wrong(column, $"Patient {said.Patient} has {name} '{said.Value}' here and '{first.Value}' in row {first.Where.Row}; one of them is wrong.");
            }
        }

        return told;
    }

    private static string UnitOf(CohortFiles.Line line, string column, Dictionary<string, string?> named)
    {
        var (byName, byCell) = (DoseUnit(column) ?? "", named["unit"] is { } u ? line[u].ToLowerInvariant() : "");
        return byName.Length == 0 ? byCell.Length > 0 ? byCell : throw line.Wrong(column, $"The unit of the dose is not said; call the column {column}_g, {column}_g_kg or {column}_mg_kg, or add a column unit.")
            : byCell.Length == 0 || byCell == byName ? byName : throw line.Wrong(named["unit"]!, $"The dose is in {byName} by the name of its column '{column}' and in '{byCell}' here; mend one of them.");
    }

    private static Role RoleOf(Csv csv, string column, int index, Dictionary<string, string?> named)
    {
        if (column.Length == 0 || Aside.Contains(column) || column.StartsWith("redcap_", StringComparison.Ordinal) || column.EndsWith("_complete", StringComparison.Ordinal))
        {
            return Role.Aside;
        }

        if (named.ContainsValue(column))
        {
            return Role.Known;
        }

        if (DoseUnit(column) is not null)
        {
            return Role.Dose;
        }

        NoOtherSteroid(csv, column);
        if (SteroidUnit(column) is not null)
        {
            return Role.Steroid;
        }

        CohortFiles.NoSlip(csv, column, "visits");
        var filled = csv.Rows.Where(r => r.Cells[index].Length > 0).ToList();
        if (CohortReading.Ranges.ContainsKey(column) || filled.Count == 0)
        {
            return Role.Score;
        }

        if (CohortReading.TellsWho(column))
        {
            throw new BatchException("identity", $"'{column}' tells who a patient is; leave that column out.", $"{csv.Name}, row 1, column {column}");
        }

        return filled.All(r => CohortReading.Present(r.Cells[index]) is not null) ? Role.Sign
            : filled.Any(r => decimal.TryParse(r.Cells[index], NumberStyles.Number, CultureInfo.InvariantCulture, out _)) ? Role.Score
            : throw new BatchException("bad-value", $"'{filled[0].Cells[index]}' is neither a number, as a score is, nor yes or no, as a manifestation is; leave the column '{column}' out if it is neither.", $"{csv.Name}, row {filled[0].Row}, column {column}");
    }

    /// <summary>The column that is called by one of these names.</summary>
    private static string? One(Csv csv, string what, string[] names)
    {
        var there = names.Where(csv.Header.Contains).ToList();
        return there.Count <= 1 ? there.FirstOrDefault()
            : throw new BatchException("duplicate-column", $"{csv.Name} has '{there[0]}' and '{there[1]}', and either may be the {what}; keep one.", $"{csv.Name}, row 1, column {there[1]}");
    }

    /// <summary>The unit that the name of a dose column says, empty when it says none; null: no such column.</summary>
    private static string? DoseUnit(string column) => DoseName().Match(Plain(column)) is not { Success: true } m ? null : m.Groups["unit"].Value switch
    {
        "" => "",
        var u when u.Contains("kg", StringComparison.Ordinal) => u.StartsWith('m') ? "mg/kg" : "g/kg",
        var u => u.StartsWith('m') ? "mg" : "g",
    };

    /// <summary>"ivig (g/kg)" as "ivig_g/kg".</summary>
    private static string Plain(string column) => Joins().Replace(column, "_").Trim('_');

    [GeneratedRegex(@"[\s_()\[\],.]+")]
    private static partial Regex Joins();

    [GeneratedRegex(@"^(ivig|igiv|ivg|scig|immunoglobulin|immune_globulin|dose|infusion)(_(dose|given|infused|amount))?(_(in_)?(?<unit>g|grams?|mg|g/kg|g_kg|g_per_kg|gkg|mg/kg|mg_kg|mg_per_kg))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DoseName();

    [GeneratedRegex(@"^(ivig|igiv|ivg|scig|immunoglobulin|immune_globulin|dose|infusion)(_(dose|given|infused|amount|volume|in))*_(?<unit>ml|l|vials?|bottles?|iu|m?g[/_]m2)$", RegexOptions.ExplicitCapture)]
    private static partial Regex OtherDose();

    [GeneratedRegex(@"^(pred|prednis[a-z]*|steroids?|glucocorticoids?|corticosteroids?)(_(dose|daily|equivalent|eq))*(_(?<unit>mg([/_](d|day|per_day|daily))?|mg[/_]kg([/_](d|day))?))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SteroidName();

    [GeneratedRegex(@"^(pred(_|$)|prednis|steroid|glucocort|corticost|methylpred|dexameth|hydrocort|cortison|deflaz|betameth|triamc)", RegexOptions.ExplicitCapture)]
    private static partial Regex OtherSteroid();
}
