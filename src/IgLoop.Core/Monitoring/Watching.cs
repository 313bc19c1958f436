using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>Preparation, vital signs, what the patient watches for, and what to do about a reaction.</summary>
internal static class Watching
{
    public static IReadOnlyList<MonitoringItem> VitalSigns(MonitoringKnowledge knowledge, bool asFirst)
    {
        return [.. knowledge.VitalSigns.Select(v => new MonitoringItem(Sentence(v.Take), asFirst ? v.AtFirstInfusion ?? v.At : v.At, asFirst && v.AtFirstInfusion is not null ? "watched as a first infusion" : null, null, v.Provenance))];
    }

    public static IReadOnlyList<MonitoringItem> Preparation(MonitoringKnowledge knowledge, MonitoredCourse course) =>
        [.. knowledge.Preparation
            .Where(p => (p.Rules.Count == 0 || p.Rules.Any(course.Fired)) && !p.NotRules.Any(course.Fired))
            .Select(p => new MonitoringItem(Sentence(p.Text), p.When ?? "before the start", p.Rules.Count == 0 ? null : $"because of {string.Join(", ", p.Rules.Where(course.Fired))}", null, p.Provenance))];

    public static IEnumerable<MonitoringItem> Symptoms(MonitoringKnowledge knowledge, MonitoredCourse course)
    {
        foreach (var e in knowledge.AdverseEvents)
        {
            if (e.TellPatient is { } sign && e.WatchHours is { } hours)
            {
                var until = Dates.After(course.LastDay, hours);
                var span = hours < 48 ? $"{hours.ToString("0.#", CultureInfo.InvariantCulture)} h" : $"{(hours / 24).ToString("0.#", CultureInfo.InvariantCulture)} days";
                yield return new($"Watch for {sign}", $"until {span} after the last dose, {Dates.Day(until)}{course.Assumed}", e.Term, course.Start, e.Provenance) { Until = until };
            }
        }
    }

    public static IReadOnlyList<MonitoringItem> Reactions(ReactionKnowledge? reactions) => reactions is null
        ? []
        : [
            new("Stop at once", string.Join(", ", reactions.StopAtOnce), $"onset {reactions.Onset.Text}; at most {reactions.RestartsAtMost.ToString(CultureInfo.InvariantCulture)} restarts", null, reactions.StopProvenance),
            .. reactions.Grades.Select(g => new MonitoringItem(
                $"Grade {g.Grade.ToString(CultureInfo.InvariantCulture)}, {g.Name}{(g.Signs.Count == 0 ? "" : $" ({string.Join("; ", g.Signs)})")}", g.Action, g.Ctcae, null, g.Provenance)),
        ];

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
