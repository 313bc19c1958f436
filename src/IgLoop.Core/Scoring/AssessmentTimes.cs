namespace IgLoop.Core.Scoring;

/// <summary>When assessments were made.</summary>
public static class AssessmentTimes
{
    /// <summary>Refuses an assessment after today, and two of one instrument at the same time.</summary>
    /// <param name="times">With the place of each in the input, for the message.</param>
    /// <param name="hours">Whether the hour can be given where the times come from.</param>
    /// <exception cref="ScoringException"><c>after_today</c> or <c>duplicate_time</c>.</exception>
    public static void Check(IEnumerable<(DateTime At, string Where)> times, DateOnly today, bool hours = true)
    {
        var seen = new Dictionary<DateTime, string>();
        foreach (var (at, where) in times)
        {
            if (DateOnly.FromDateTime(at) > today)
            {
                throw new ScoringException("after_today", $"{where} is {Show(at)}, after today ({today:yyyy-MM-dd}); give the day on which it was made.", where);
            }

            if (!seen.TryAdd(at, where))
            {
                throw new ScoringException("duplicate_time", $"{where} has the same time as {seen[at]} ({Show(at)}); keep one of the two{(hours ? ", or give the hour" : "")}.", where);
            }
        }
    }

    private static string Show(DateTime at) => at.TimeOfDay == TimeSpan.Zero
        ? at.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        : at.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
