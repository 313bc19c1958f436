namespace IgLoop.Core.Literature;

/// <summary>One column of the flow: what became of the records of some sources. What is not decided yet has its own count, so that the numbers add up at any time.</summary>
public sealed record FlowColumn
{
    public required int Identified { get; init; }
    public required int Duplicates { get; init; }

    /// <summary>Records decided at title and abstract.</summary>
    public required int Screened { get; init; }
    public required int ScreeningOpen { get; init; }
    public required int ExcludedRecords { get; init; }

    /// <summary>Reports sought for retrieval.</summary>
    public required int Sought { get; init; }
    public required int NotRetrieved { get; init; }

    /// <summary>Reports decided at full text.</summary>
    public required int Assessed { get; init; }
    public required int AssessmentOpen { get; init; }
    public required IReadOnlyList<(string Reason, int N)> ExcludedReports { get; init; }
    public required int IncludedReports { get; init; }

    internal static FlowColumn Of(IReadOnlyList<ReviewRecord> records)
    {
        var unique = records.Where(r => r.DuplicateOf is null).ToList();
        var sought = unique.Where(r => r.Title.Standing == Standing.In).ToList();
        var assessable = sought.Where(r => !r.NotRetrieved).ToList();
        var outs = assessable.Where(r => r.FullText.Standing == Standing.Out).ToList();
        var ins = assessable.Count(r => r.FullText.Standing == Standing.In);
        return new()
        {
            Identified = records.Count,
            Duplicates = records.Count - unique.Count,
            Screened = unique.Count(r => r.Title.Standing is Standing.In or Standing.Out),
            ScreeningOpen = unique.Count(r => r.Title.Standing is Standing.Open or Standing.Conflict),
            ExcludedRecords = unique.Count(r => r.Title.Standing == Standing.Out),
            Sought = sought.Count,
            NotRetrieved = sought.Count - assessable.Count,
            Assessed = outs.Count + ins,
            AssessmentOpen = assessable.Count - outs.Count - ins,
            ExcludedReports = [.. outs.GroupBy(r => r.FullText.Reason ?? "no reason given", StringComparer.OrdinalIgnoreCase).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)],
            IncludedReports = ins,
        };
    }
}

/// <summary>
/// Counts of the PRISMA 2020 flow: databases and registers in one column, websites, organisations and citation searching in the other. Records, reports
/// (full texts) and studies are counted apart. A duplicate counts in the column of its own source.
/// Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement. BMJ 2021;372:n71.
/// </summary>
public sealed record PrismaFlow
{
    /// <summary>Records by database, in the order of the searches.</summary>
    public required IReadOnlyList<(string Source, int N)> Databases { get; init; }
    public required IReadOnlyList<(string Source, int N)> Registers { get; init; }

    /// <summary>Records by other method and source.</summary>
    public required IReadOnlyList<(OtherMethod Method, string Source, int N)> Others { get; init; }

    /// <summary>Records of databases and registers.</summary>
    public required FlowColumn Main { get; init; }

    /// <summary>Records of other methods.</summary>
    public required FlowColumn Other { get; init; }

    /// <summary>Studies of both columns; one whose reports came both ways counts once.</summary>
    public required int IncludedStudies { get; init; }

    public int Identified => Main.Identified + Other.Identified;

    public int Duplicates => Main.Duplicates + Other.Duplicates;

    public int Screened => Main.Screened + Other.Screened;

    public int ScreeningOpen => Main.ScreeningOpen + Other.ScreeningOpen;

    public int Sought => Main.Sought + Other.Sought;

    public int Assessed => Main.Assessed + Other.Assessed;

    public int AssessmentOpen => Main.AssessmentOpen + Other.AssessmentOpen;

    public int IncludedReports => Main.IncludedReports + Other.IncludedReports;

    public bool Complete => ScreeningOpen == 0 && AssessmentOpen == 0;

    public static PrismaFlow Of(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var byOther = review.Records.ToLookup(r => From(r).Other is not null);
        return new()
        {
            Databases = By(register: false),
            Registers = By(register: true),
            Others = [.. byOther[true].GroupBy(r => (Method: From(r).Other!.Value, Key: From(r).Source.ToUpperInvariant())).Select(g => (g.Key.Method, From(g.First()).Source, g.Count())).OrderBy(g => g.Method)],
            Main = FlowColumn.Of([.. byOther[false]]),
            Other = FlowColumn.Of([.. byOther[true]]),
            IncludedStudies = review.Studies.Count,
        };

        Imported From(ReviewRecord r) => review.Imports[r.Import - 1];

        IReadOnlyList<(string, int)> By(bool register) =>
            [.. byOther[false].Where(r => From(r).Register == register).GroupBy(r => From(r).Source, StringComparer.OrdinalIgnoreCase).Select(g => (g.Key, g.Count()))];
    }

    public static string NameOf(OtherMethod method) => method switch { OtherMethod.Website => "Websites", OtherMethod.Organisation => "Organisations", OtherMethod.CitationSearching => "Citation searching", _ => "Other sources" };
}
