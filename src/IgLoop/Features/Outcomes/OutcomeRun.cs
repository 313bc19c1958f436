using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Outcomes;

/// <summary>From files to a report, the same for the command line and the page.</summary>
public static class OutcomeRun
{
    /// <summary>The seed of the bootstrap when none is given: the same files give the same report.</summary>
    public const ulong Seed = 1;

    /// <exception cref="BatchException">The input is wrong: the first problem with its row and column, and how many more there are.</exception>
    public static OutcomeReport Of(IReadOnlyList<(string Name, byte[] Bytes)> files, string? map, OutcomeOptions options, ulong seed, Action<string, double>? progress = null) =>
        Of(Entries(files, map), options, seed, progress);

    /// <summary>What the files say, not yet judged.</summary>
    /// <exception cref="BatchException">A file cannot be read: says row and column.</exception>
    public static IReadOnlyList<CohortEntry> Entries(IReadOnlyList<(string Name, byte[] Bytes)> files, string? map)
    {
        var mapping = map is null ? null : RedcapMap.Read("mapping", map);
        return [.. files.Select(f => Csv.Read(f.Name, f.Bytes)).SelectMany(csv => mapping is null ? CohortFiles.Entries(csv) : mapping.Entries(csv))];
    }

    /// <param name="today">When given, a date after it is a problem.</param>
    /// <exception cref="BatchException">As above.</exception>
    public static OutcomeReport Of(IReadOnlyList<CohortEntry> entries, OutcomeOptions options, ulong seed, Action<string, double>? progress = null, DateOnly? today = null)
    {
        var (cohort, problems) = CohortReading.Of(entries, today);
        if (cohort is null)
        {
            var more = problems.Count > 1 ? $" There {(problems.Count == 2 ? "is 1 more problem" : $"are {problems.Count - 1} more problems")}." : "";
            throw new BatchException("bad-value", $"{problems[0].Message}{more}", problems[0].Where.Row > 0 ? problems[0].Where.ToString() : "files");
        }

        try
        {
            return Analysis.Of(cohort, options, new Chance(seed), progress);
        }
        catch (CohortException e)
        {
            throw new BatchException("cannot-analyse", e.Message, "files");
        }
    }
}
