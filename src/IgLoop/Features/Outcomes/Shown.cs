using System.Globalization;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Outcomes;

/// <summary>Numbers as the report writes them, and the minimum cell count: a count from 1 up to below it is not shown, and nothing that would give it away.</summary>
/// <param name="Level">Of the intervals, as 0.95.</param>
public sealed record Shown(int MinimumCell, double Level)
{
    /// <summary>How an interval is called: with its level.</summary>
    public string Interval => $"{N(100 * Level)} % interval";

    public bool Small(params int[] counts) => MinimumCell > 1 && counts.Any(c => c > 0 && c < MinimumCell);

    public string Count(int n) => Small(n) ? $"<{MinimumCell}" : n.ToString(CultureInfo.InvariantCulture);

    public static string N(double? v, string format = "0.##") => v is not { } x || double.IsNaN(x) ? "" : double.IsInfinity(x) ? "infinite" : x.ToString(format, CultureInfo.InvariantCulture);

    public static string N(decimal? v, string format = "0.##") => v?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    public static string P(double p) => p < 0.0001 ? "<0.0001" : p.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string P(double? p) => p is { } x ? P(x) : "not worked out, there are too many pairs";

    public static string I(double? low, double? high) => low is null || high is null ? "" : $"{N(low)} to {N(high)}";

    public static string I(Interval? i) => i is { } x ? I(x.Low, x.High) : "";

    /// <summary>Both limits times a factor, as 100 for percentage points.</summary>
    public static string I(Interval? i, double times, string format) => i is { } x ? $"{N(times * x.Low, format)} to {N(times * x.High, format)}" : "";

    public static string Percent(Interval? i) => i is { } x ? $"{N(100 * x.Low, "0.0")} to {N(100 * x.High, "0.0")} %" : "";

    public string Rate(ResponseRate r) => Small(r.Responders, r.Patients - r.Responders) ? $"not shown (fewer than {MinimumCell})" : $"{r.Responders}/{r.Patients}{(r.Patients > 0 ? $" = {N(100.0 * r.Responders / r.Patients, "0.0")} %" : "")}";
}
