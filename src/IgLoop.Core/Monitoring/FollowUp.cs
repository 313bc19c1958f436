using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>What to measure during and after the course.</summary>
internal static class FollowUp
{
    public static IEnumerable<MonitoringItem> Of(MonitoringKnowledge knowledge, MonitoredCourse course)
    {
        foreach (var test in knowledge.FollowUp)
        {
            if ((test.AfterEffect is { } effect && !course.Fired(effect)) || (test.AfterRule is { } rule && !course.Fired(rule)) || (test.UnlessEffect is { } unless && course.Fired(unless)))
            {
                continue;
            }

            if (test.Checks.Count == 0)
            {
                yield return new(test.Test, test.When, test.Why, null, test.Provenance);
            }

            foreach (var check in test.Checks)
            {
                var from = Dates.After(course.LastDay, check.FromHours);
                var until = Dates.After(course.LastDay, check.UntilHours);
                yield return new(test.Test, $"{check.Text}: {Hours(check)} after the last dose, {Dates.Window(from, until)}{course.Assumed}", test.Why, from, test.Provenance) { Until = until };
            }
        }
    }

    /// <summary>What a result calls for.</summary>
    public static IEnumerable<MonitoringItem> Thresholds(MonitoringKnowledge knowledge) =>
        knowledge.Thresholds.Select(t => new MonitoringItem($"If {t.Finding}", t.Action, null, null, t.Provenance));

    private static string Hours(CheckWindow c) => c.UntilHours > 96 ? $"{c.FromHours / 24:0.#} to {c.UntilHours / 24:0.#} days" : $"{c.FromHours:0.#} to {c.UntilHours:0.#} h";
}
