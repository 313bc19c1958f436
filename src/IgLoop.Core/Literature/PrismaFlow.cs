namespace IgLoop.Core.Literature;

/// <summary>
/// Counts of the PRISMA 2020 flow for searches of databases and registers. Records, reports (full texts) and studies are counted apart; what is not
/// decided yet has its own count, so that the numbers add up at any time.
/// Page MJ, McKenzie JE, Bossuyt PM, et al. The PRISMA 2020 statement. BMJ 2021;372:n71.
/// </summary>
public sealed record PrismaFlow
{
    /// <summary>Records by database, in the order of the searches.</summary>
    public required IReadOnlyList<(string Source, int N)> Databases { get; init; }
    public required IReadOnlyList<(string Source, int N)> Registers { get; init; }
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
    public required int IncludedStudies { get; init; }

    public int Identified => Databases.Sum(d => d.N) + Registers.Sum(r => r.N);

    public bool Complete => ScreeningOpen == 0 && AssessmentOpen == 0;

    public static PrismaFlow Of(Review review)
    {
        ArgumentNullException.ThrowIfNull(review);
        var unique = review.Unique.ToList();
        var sought = unique.Where(r => r.Title.Standing == Standing.In).ToList();
        var assessable = sought.Where(r => !r.NotRetrieved).ToList();
        var outs = assessable.Where(r => r.FullText.Standing == Standing.Out).ToList();
        var ins = assessable.Where(r => r.FullText.Standing == Standing.In).ToList();
        return new()
        {
            Databases = By(register: false),
            Registers = By(register: true),
            Duplicates = review.Records.Count - unique.Count,
            Screened = unique.Count(r => r.Title.Standing is Standing.In or Standing.Out),
            ScreeningOpen = unique.Count(r => r.Title.Standing is Standing.Open or Standing.Conflict),
            ExcludedRecords = unique.Count(r => r.Title.Standing == Standing.Out),
            Sought = sought.Count,
            NotRetrieved = sought.Count - assessable.Count,
            Assessed = outs.Count + ins.Count,
            AssessmentOpen = assessable.Count - outs.Count - ins.Count,
            ExcludedReports = [.. outs.GroupBy(r => r.FullText.Reason ?? "no reason given", StringComparer.OrdinalIgnoreCase).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)],
            IncludedReports = ins.Count,
            IncludedStudies = ins.Select(r => r.Study).Distinct(StringComparer.Ordinal).Count(),
        };

        IReadOnlyList<(string, int)> By(bool register) =>
            [.. review.Records.Where(r => review.Imports[r.Import - 1].Register == register).GroupBy(r => review.Imports[r.Import - 1].Source, StringComparer.OrdinalIgnoreCase).Select(g => (g.Key, g.Count()))];
    }
}
