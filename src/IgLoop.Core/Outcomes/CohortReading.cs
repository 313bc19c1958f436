using System.Globalization;

namespace IgLoop.Core.Outcomes;

/// <summary>Makes a cohort of what was read, or says what is wrong and where. Nothing is guessed: a cohort with a problem is not analysed.</summary>
public static class CohortReading
{
    /// <summary>Ranges that an instrument cannot leave; instruments not named here may take any number of 0 or more.</summary>
    /// <remarks>SLEDAI and SLEDAI-2K: 24 weighted items, 105 points (Bombardier, Arthritis Rheum 1992;35:630; Gladman, J Rheumatol 2002;29:288). CLASI activity: 70, damage: 56 (Albrecht, J Invest Dermatol 2005;125:889).</remarks>
    public static IReadOnlyDictionary<string, (decimal Low, decimal High)> Ranges { get; } = new Dictionary<string, (decimal, decimal)>(StringComparer.OrdinalIgnoreCase)
    {
        ["sledai"] = (0, 105), ["sledai_2k"] = (0, 105), ["clasi_activity"] = (0, 70), ["clasi_damage"] = (0, 56),
    };

    /// <summary>Whether a column of this name tells who somebody is.</summary>
    public static bool TellsWho(string column) => Identity.Contains(column, StringComparer.OrdinalIgnoreCase);

    /// <summary>An instrument as it is written in a report.</summary>
    public static string Called(string instrument) => instrument switch
    {
        "sledai" => "SLEDAI",
        "sledai_2k" => "SLEDAI-2K",
        "clasi_activity" => "CLASI activity",
        "clasi_damage" => "CLASI damage",
        _ => instrument.Replace('_', ' '),
    };

    /// <summary>The name of an entry that says only that a patient is in the list of patients.</summary>
    public const string Listed = "";

    private const decimal Largest = 1_000_000_000;

    /// <summary>
    /// Grams, a convention of this project and no limit of any label: 0.4 and 0.5 are usual doses by weight, and read as grams they would be taken for
    /// a dose many times too low. Who is truly given less than 1 g, as a premature child, is written by weight. The smallest vial in the knowledge holds 0.5 g.
    /// </summary>
    private const decimal Least = 1;

    /// <summary>Columns that tell who somebody is. As a number to balance groups by they are nonsense, and in a record or a report they do harm.</summary>
    private static readonly string[] Identity =
    [
        "name", "first_name", "last_name", "surname", "forename", "initials", "nhs_number", "nhs_no", "chi_number", "mrn", "hospital_number", "hospital_no", "medical_record_number",
        "ssn", "social_security_number", "insurance_number", "passport", "address", "street", "postcode", "zip", "zip_code", "phone", "telephone", "mobile", "email", "e-mail",
    ];

    /// <param name="today">When given, nothing may have happened after it (the day after is let pass, for the sake of time zones).</param>
    public static (Cohort? Cohort, IReadOnlyList<CohortProblem> Problems) Of(IReadOnlyList<CohortEntry> entries, DateOnly? today = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var problems = new List<CohortProblem>();
        if (entries.Count == 0)
        {
            return (null, [new("There is no entry: give a file with at least one patient.", default)]);
        }

        var patients = entries.GroupBy(e => e.Patient, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Patient(g.Key, [.. g], problems)).ToList();
        problems.AddRange(entries.Where(e => today is { } t && e.On > t.AddDays(1)).Select(e => new CohortProblem($"{e.On:yyyy-MM-dd} is after today; mend the date.", e.Where.OfDate)));
        MixedUnits(entries, problems);
        NotListed(entries, problems);
        foreach (var who in entries.Where(e => e.Kind == EntryKind.Patient && Identity.Contains(e.Name, StringComparer.OrdinalIgnoreCase)).DistinctBy(e => e.Name, StringComparer.Ordinal))
        {
            problems.Add(new($"'{who.Name}' tells who a patient is; leave that column out.", who.Where));
        }

        return problems.Count > 0 ? (null, problems) : (new(patients), []);
    }

    private static CohortPatient Patient(string id, List<CohortEntry> all, List<CohortProblem> problems)
    {
        DateOnly? born = null;
        string? sex = null;
        decimal? weight = null;
        var covariates = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var e in all.Where(e => e.Kind == EntryKind.Patient && e.Value.Length > 0 && !Identity.Contains(e.Name, StringComparer.OrdinalIgnoreCase)))
        {
            switch (e.Name)
            {
                case "birth_date":
                    Once(e, born is null);
                    born = Dates.TryRead(e.Value, out var day) ? day : Wrong<DateOnly?>(e, $"'{e.Value}' is not a date; write it as 1980-05-31.");
                    break;
                case "sex":
                    Once(e, sex is null);
                    sex = e.Value.ToUpperInvariant() switch { "F" or "FEMALE" => "F", "M" or "MALE" => "M", _ => Wrong<string?>(e, $"sex must be F or M, not '{e.Value}'.") };
                    break;
                case "weight":
                    Once(e, weight is null);
                    weight = Number(e, problems) switch
                    {
                        { } w when e.Unit is "" or "kg" => w is > 0.4m and < 400 ? w : Wrong<decimal?>(e, $"A weight of {Plain(w)} kg cannot be right."),
                        { } => Wrong<decimal?>(e, $"The weight is in '{e.Unit}'; give kilograms."),
                        null => null,
                    };
                    break;
                default:
                    Once(e, covariates.TryAdd(e.Name, (double)(Number(e, problems) ?? 0)));
                    break;
            }
        }

        foreach (var e in all.Where(e => e.Kind != EntryKind.Patient && e.On is null))
        {
            problems.Add(new("The date is missing; write it as 2024-05-31.", e.Where.OfDate));
        }

        var dated = all.Where(e => e.Kind != EntryKind.Patient && e.On is not null).ToList();
        foreach (var e in dated.Where(e => born is { } b && e.On < b))
        {
            problems.Add(new($"Patient {id} has {Word(e.Kind)} on {e.On:yyyy-MM-dd}, before the date of birth {born:yyyy-MM-dd}.", e.Where.OfDate));
        }

        foreach (var twice in dated.Where(e => e.Kind is EntryKind.Score or EntryKind.Manifestation or EntryKind.Steroid).GroupBy(e => (e.Kind, e.Name, e.On)).Where(g => g.Count() > 1))
        {
            var first = twice.First();
            foreach (var e in twice.Skip(1))
            {
                problems.Add(new($"Patient {id} has {first.Name} twice on {e.On:yyyy-MM-dd}, first in row {first.Where.Row}; keep one.", e.Where));
            }
        }

        var lastSeen = dated.Where(e => e.Kind == EntryKind.LastSeen).ToList();
        foreach (var e in lastSeen.Where(l => dated.Exists(d => d.Kind != EntryKind.LastSeen && d.On > l.On)))
        {
            var later = dated.First(d => d.Kind != EntryKind.LastSeen && d.On > e.On);
            problems.Add(new($"Dates are out of order: patient {id} {(e.Name == "death" ? "died" : "was last seen")} on {e.On:yyyy-MM-dd} but has {Word(later.Kind)} on {later.On:yyyy-MM-dd} (row {later.Where.Row}).", e.Where.OfDate));
        }

        return new CohortPatient(id, born, sex, weight, covariates)
        {
            Scores = [.. Of(EntryKind.Score).Select(e => (e, v: Score(e, problems))).Where(x => x.v is not null).Select(x => new ScoreAt(x.e.On!.Value, x.e.Name, x.v!.Value))],
            Signs = [.. Of(EntryKind.Manifestation).Select(e => (e, v: YesNo(e, problems))).Where(x => x.v is not null).Select(x => new SignAt(x.e.On!.Value, x.e.Name, x.v!.Value))],
            Infusions = [.. Of(EntryKind.Infusion).Select(e => Infusion(e, weight, problems)).Where(i => i is not null).Select(i => i!)],
            Steroid = [.. Of(EntryKind.Steroid).Select(e => (e, v: Steroid(e, weight, problems))).Where(x => x.v is not null).Select(x => new SteroidAt(x.e.On!.Value, x.v!.Value))],
            Events = [.. Of(EntryKind.AdverseEvent).Select(e => new EventAt(e.On!.Value, e.Name, Grade(e, problems)))],
            Relapses = [.. Of(EntryKind.Relapse).Select(e => e.On!.Value)],
            LastSeen = lastSeen.Max(e => e.On),
        };

        IEnumerable<CohortEntry> Of(EntryKind kind) => dated.Where(e => e.Kind == kind).OrderBy(e => e.On);

        T? Wrong<T>(CohortEntry e, string message)
        {
            problems.Add(new(message, e.Where));
            return default;
        }

        void Once(CohortEntry e, bool first)
        {
            if (!first)
            {
                problems.Add(new($"Patient {id} has {e.Name} twice; keep one row a patient.", e.Where));
            }
        }
    }

    private static GivenAt? Infusion(CohortEntry e, decimal? kg, List<CohortProblem> problems)
    {
        if (Number(e, problems) is not { } value)
        {
            return null;
        }

        GivenAt? given = e.Unit switch
        {
            "g" => new(e.On!.Value, value, kg is { } w ? value / w : null),
            "g/kg" => new(e.On!.Value, kg is { } w ? value * w : null, value),
            "mg/kg" => new(e.On!.Value, kg is { } w ? value * w / 1000 : null, value / 1000),
            "mg" => new(e.On!.Value, value / 1000, kg is { } w ? value / 1000 / w : null),
            _ => null,
        };
        var problem = given is null
            ? $"The dose unit {(e.Unit.Length == 0 ? "is missing" : $"'{e.Unit}' is not known")}; write g, mg, g/kg or mg/kg."
            : value <= 0 ? $"A dose of {Plain(value)} {e.Unit} cannot be right{(value == 0 ? "; where nothing was given, leave it out" : "")}."
            : e.Unit is "g" or "mg" && given.Grams < Least ? $"{Plain(value)} {e.Unit} in one infusion is below 1 g, as a dose by weight in the wrong unit would be: write {(e.Unit == "g" ? "g/kg" : "mg/kg")}. A dose that is truly so small, as a premature child's, is written by weight too."
            : given.GPerKg > 4 || given.Grams > 400 ? $"{Plain(value)} {e.Unit} in one infusion is above any regimen: check the number and its unit."
            : null;
        if (problem is not null)
        {
            problems.Add(new(problem, given is null ? e.Where with { Column = "unit" } : e.Where));
        }

        return problem is null ? given : null;
    }

    private static decimal? Score(CohortEntry e, List<CohortProblem> problems)
    {
        var value = Number(e, problems);
        var (low, high) = Ranges.TryGetValue(e.Name, out var range) ? range : (0, decimal.MaxValue);
        if (value is { } v && (v < low || v > high))
        {
            problems.Add(new(high == decimal.MaxValue ? $"{e.Name} is {Plain(v)}, below 0." : $"{e.Name} is {Plain(v)}, outside its range of {Plain(low)} to {Plain(high)}.", e.Where));
            return null;
        }

        return value;
    }

    private static decimal? Steroid(CohortEntry e, decimal? kg, List<CohortProblem> problems)
    {
        var value = Number(e, problems);
        var byWeight = e.Unit is "mg/kg" or "mg/kg/d" or "mg/kg/day";
        var problem = value is not { } v ? null
            : byWeight && kg is null ? $"The steroid dose is by weight ({Plain(v)} {e.Unit}), and no weight of the patient is known; give the weight, or mg prednisone equivalent a day."
            : byWeight && v is < 0 or > 30 ? $"A steroid dose of {Plain(v)} {e.Unit} cannot be right."
            : v is < 0 or > 2000 ? $"A steroid dose of {Plain(v)} mg a day cannot be right."
            : !byWeight && e.Unit is not ("" or "mg" or "mg/d" or "mg/day") ? $"The steroid dose is in '{e.Unit}'; give mg (or mg/kg) prednisone equivalent a day."
            : null;
        if (problem is not null)
        {
            problems.Add(new(problem, e.Where));
            return null;
        }

        return byWeight ? value * kg : value;
    }

    /// <summary>Common Terminology Criteria for Adverse Events: grades from 1, mild, to 5, death.</summary>
    private static int? Grade(CohortEntry e, List<CohortProblem> problems)
    {
        if (e.Value.Length == 0 || Number(e, problems) is not { } value)
        {
            return null;
        }

        if (value is 1 or 2 or 3 or 4 or 5)
        {
            return (int)value;
        }

        problems.Add(new($"The grade of {e.Name} is {Plain(value)}; grades are 1, 2, 3, 4 or 5, and empty when not known.", e.Where));
        return null;
    }

    private static bool? YesNo(CohortEntry e, List<CohortProblem> problems)
    {
        if (Present(e.Value) is { } known)
        {
            return known;
        }

        problems.Add(new($"{e.Name} is '{e.Value}'; write 1 for present, 0 for absent, and leave it empty when it is not known.", e.Where));
        return null;
    }

    /// <summary>What a cell says of a manifestation; null: neither that it is there nor that it is not.</summary>
    public static bool? Present(string value) => (value ?? "").ToUpperInvariant() switch
    {
        "1" or "YES" or "Y" or "TRUE" or "PRESENT" or "CHECKED" => true,
        "0" or "NO" or "N" or "FALSE" or "ABSENT" or "UNCHECKED" => false,
        _ => null,
    };

    /// <summary>Where there is a list of patients, a row about somebody who is not in it is a slip of the pen.</summary>
    private static void NotListed(IReadOnlyList<CohortEntry> entries, List<CohortProblem> problems)
    {
        var rows = entries.Where(e => e.Kind == EntryKind.Patient && e.Name == Listed).ToList();
        var listed = rows.Select(e => e.Patient).ToHashSet(StringComparer.Ordinal);
        if (listed.Count == 0)
        {
            return;
        }

        foreach (var e in entries.Where(e => !listed.Contains(e.Patient)).DistinctBy(e => (e.Patient, e.Where.File)))
        {
            var near = Facts.Spelling.Nearest(e.Patient, listed, 1);
            problems.Add(new($"Patient '{e.Patient}' is not in {rows[0].Where.File}{(near.Count > 0 ? $"; is it '{near[0]}'?" : "; add a row there, or mend the code.")}", e.Where with { Column = "patient" }));
        }

        foreach (var twice in rows.GroupBy(e => e.Patient, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            problems.Add(new($"Patient {twice.Key} has two rows, the first in row {twice.First().Where.Row}; keep one.", twice.ElementAt(1).Where));
        }
    }

    /// <summary>Grams and grams per kilogram may both occur, each row says which; one column without unit may not be read as both.</summary>
    private static void MixedUnits(IReadOnlyList<CohortEntry> entries, List<CohortProblem> problems)
    {
        foreach (var group in entries.Where(e => e.Kind == EntryKind.Score && e.Unit.Length > 0).GroupBy(e => e.Name, StringComparer.Ordinal))
        {
            var first = group.First();
            foreach (var other in group.Where(e => e.Unit != first.Unit).Take(1))
            {
                problems.Add(new($"{group.Key} is in '{first.Unit}' in row {first.Where.Row} and in '{other.Unit}' here; give one unit throughout.", other.Where));
            }
        }
    }

    internal static decimal? Number(CohortEntry e, List<CohortProblem> problems)
    {
        if (decimal.TryParse(e.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var v))
        {
            // Nothing that is counted in a chart is this large, and sums of such numbers would not hold.
            if (Math.Abs(v) <= Largest)
            {
                return v;
            }

            problems.Add(new($"{Plain(v)} is larger than anything a chart holds; mend the number.", e.Where));
            return null;
        }

        var comma = e.Value.Split(',') is [{ Length: > 0 } whole, { Length: > 0 } part] && whole.TrimStart('-').All(char.IsAsciiDigit) && part.All(char.IsAsciiDigit);
        var mend = e.Value.Length == 0 ? "The number is missing; write it, or delete the row."
            : comma && e.Value.Split(',') is [var w, { Length: 3 } p] ? $"'{e.Value}' can be read two ways; write {w}{p} if the comma separates thousands, {w}.{p} if it begins the decimals."
            : $"'{e.Value}' is not a number{(comma ? $"; write {e.Value.Replace(',', '.')}" : e.Value.Any(char.IsAsciiDigit) ? "; write digits only, with a decimal point and nothing between thousands" : "; leave the cell empty when it is not known")}.";
        problems.Add(new(mend, e.Where));
        return null;
    }

    private static string Plain(decimal v) => v.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Word(EntryKind kind) => kind switch
    {
        EntryKind.Infusion => "an infusion",
        EntryKind.AdverseEvent => "an adverse event",
        EntryKind.Relapse => "a relapse",
        _ => "a visit",
    };
}

/// <summary>Dates as cohort files write them.</summary>
public static class Dates
{
    /// <summary>Year, month, day; what may be read two ways (03/04/2024) is refused.</summary>
    public static bool TryRead(string text, out DateOnly day) => DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
