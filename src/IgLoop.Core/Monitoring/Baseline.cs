using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>What to measure before the first dose, and what of it is known already.</summary>
internal static class Baseline
{
    public static IReadOnlyList<MonitoringItem> Of(MonitoringKnowledge knowledge, MonitoredCourse course)
    {
        var items = new List<MonitoringItem>();
        foreach (var test in knowledge.Baseline)
        {
            var asked = test.Only is null ? true : test.Only.Evaluate(course.Facts);
            if (asked == false || (test.FirstCourse && Earlier(course)))
            {
                continue;
            }

            items.Add(Item(test, asked is null, course));
        }

        return items;
    }

    /// <summary>Immunoglobulin was given before: then the tests of a first course are past.</summary>
    private static bool Earlier(MonitoredCourse course) => course.CourseNumber > 1 || course.Known("previous_ig") == true;

    private static MonitoringItem Item(BaselineTest test, bool open, MonitoredCourse course)
    {
        var when = open && test.OnlyText is { } only ? $"{test.When}; {only}" : test.When;
        var known = test.DoneBy.Select(f => course.Facts[f]).ToList();
        if (known.Count == 0 || known.Contains(null))
        {
            return new(test.Test, when, test.Why, null, test.Provenance);
        }

        // The oldest of its values decides how fresh the test is; a value without a date cannot be called fresh.
        DateOnly? taken = known.Exists(v => v!.At is null) ? null : known.Min(v => v!.At);
        if (test.WithinDays is not { } within)
        {
            return new(test.Test, taken is null ? "known already" : $"known already, of {Dates.Day(taken.Value)}", test.Why, taken, test.Provenance) { Done = true };
        }

        if (taken is not { } day)
        {
            return new(test.Test, $"{when}; a result without a date is known", test.Why, null, test.Provenance);
        }

        var age = course.Start.DayNumber - day.DayNumber;
        return age <= within
            ? new(test.Test, $"known already, of {Dates.Day(day)}", test.Why, day, test.Provenance) { Done = true }
            : new(test.Test, $"{when}; repeat, the last one of {Dates.Day(day)} will be {age.ToString(CultureInfo.InvariantCulture)} days old", test.Why, null, test.Provenance);
    }
}
