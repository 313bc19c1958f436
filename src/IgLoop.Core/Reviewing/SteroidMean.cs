using System.Globalization;

namespace IgLoop.Core.Reviewing;

/// <summary>Mean daily prednisone equivalent of a stretch of days.</summary>
public static class SteroidMean
{
    /// <summary>Mean over the days before a day, that day left out.</summary>
    /// <param name="doses">Each holds until the next entry of the same drug; pulses are left out.</param>
    /// <param name="before">The visit.</param>
    /// <param name="days">Length of the window, at least 1.</param>
    /// <returns>Milligrams a day; null when a day of the window lies before the first known dose, which is unknown and not zero.</returns>
    public static decimal? Of(IReadOnlyList<SteroidDose> doses, DateOnly before, int days)
    {
        var daily = doses.Where(d => !d.Pulse).ToList();
        decimal sum = 0;
        for (var day = before.AddDays(-days); day < before; day = day.AddDays(1))
        {
            var standing = daily.Where(d => d.From <= day).GroupBy(d => d.Drug.ToLowerInvariant(), StringComparer.Ordinal).Select(g => g.MaxBy(d => d.From)!).ToList();
            if (standing.Count == 0)
            {
                return null;
            }

            sum += standing.Sum(d => d.Mg);
        }

        return sum / days;
    }

    public static string Show(decimal? mg) => mg is { } m ? Math.Round(m, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture) : "unknown";
}
