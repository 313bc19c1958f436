using System.Globalization;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Outcomes;

/// <summary>Numbers as the report writes them, and the minimum cell count: a count from 1 up to below it is not shown, and nothing from which it would follow.</summary>
/// <param name="Level">Of the intervals, as 0.95.</param>
/// <param name="Hidden">Names of the counts that are not shown, as <see cref="ReportCounts"/> gives them.</param>
public sealed record Shown(int MinimumCell, double Level, IReadOnlySet<string> Hidden)
{
    /// <summary>What stands in place of a number. One word for all: to tell small counts from those that are hidden for their sake would help to work them out.</summary>
    public const string Not = "not shown";

    public static Shown Of(OutcomeReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return new(report.Options.MinimumCell, report.Options.Level, ReportCounts.Hidden(report));
    }

    /// <summary>How an interval is called: with its level.</summary>
    public string Interval => $"{N(100 * Level)} % interval";

    /// <summary>Whether one of these counts is not shown.</summary>
    public bool Hides(params string[] counts) => counts.Any(Hidden.Contains);

    /// <summary>Whether the adjusted p-values of a manifestation may be shown: where one of those it was adjusted with hides who changed, they would tell how its p-value ranks, and often the value.</summary>
    public bool Adjusts(ManifestationChange row, IReadOnlyList<ManifestationChange> all) => !all.Any(m => (m.Band.Length == 0) == (row.Band.Length == 0) && Hides($"cleared.{m.Name}.{m.Band}"));

    /// <summary>The interval of a change; of so few pairs that none has the level, that.</summary>
    public string Shift(HodgesLehmann shift, bool hidden) => shift.Low is null ? "" : !hidden && !shift.LevelReached ? $"no {Interval} of so few" : $"{Interval} {I(shift.Low, shift.High)}";

    public string Count(string name, int n) => Hides(name) ? Not : n.ToString(CultureInfo.InvariantCulture);

    public static string N(double? v, string format = "0.##") => v is not { } x || double.IsNaN(x) ? "" : double.IsInfinity(x) ? "infinite" : x.ToString(format, CultureInfo.InvariantCulture);

    public static string N(decimal? v, string format = "0.##") => v?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    public static string P(double p) => p < 0.0001 ? "<0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string P(double? p) => p is { } x ? P(x) : "not worked out, there are too many pairs";

    public static string I(double? low, double? high) => low is null || high is null ? "" : $"{N(low)} to {N(high)}";

    public static string I(Interval? i) => i is { } x ? I(x.Low, x.High) : "";

    /// <summary>Both limits times a factor, as 100 for percentage points.</summary>
    public static string I(Interval? i, double times, string format) => i is { } x ? $"{N(times * x.Low, format)} to {N(times * x.High, format)}" : "";

    public static string Percent(Interval? i) => i is { } x ? $"{N(100 * x.Low, "0.0")} to {N(100 * x.High, "0.0")} %" : "";

    public string Rate(ResponseRate r, string responders, string patients) => Hides(responders, patients) ? Not : $"{r.Responders}/{r.Patients}{(r.Patients > 0 ? $" = {N(100.0 * r.Responders / r.Patients, "0.0")} %" : "")}";
}
