using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>Until when tests cannot be trusted after the course.</summary>
public static class SerologyWindows
{
    /// <summary>The tests with the last day on which they are marked.</summary>
    public static IEnumerable<MonitoringItem> Of(MonitoringKnowledge knowledge, MonitoredCourse course)
    {
        foreach (var w in knowledge.Serology)
        {
            var until = course.LastDay.AddDays((int)w.WindowDays);
            var evidence = w.EvidenceDays is { } days ? $" (shown for {days.ToString("0", CultureInfo.InvariantCulture)} days, to {Dates.Day(course.LastDay.AddDays((int)days))})" : "";
            var instead = w.Instead is null ? "" : $"; use {w.Instead}";
            yield return new($"Do not trust {string.Join(", ", w.Tests)}", $"until {Dates.Day(until)}{evidence}{course.Assumed}{instead}", w.Why, course.Start, w.Provenance) { Until = until };
        }
    }

    /// <summary>True when a result taken on <paramref name="taken"/> is to be marked because of a dose on <paramref name="lastDose"/>.</summary>
    public static bool Marks(SerologyWindow window, DateOnly lastDose, DateOnly taken) =>
        taken >= lastDose && taken.DayNumber - lastDose.DayNumber <= window.WindowDays;
}
