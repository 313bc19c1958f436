using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>When a live measles- or varicella-containing vaccine may be given after immunoglobulin.</summary>
public static class VaccineInterval
{
    /// <summary>The first day by the ACIP table: the step of the largest course, counted from the last dose.</summary>
    /// <param name="courses">Last day and mg/kg of each course; those that ended more than a year before the last one no longer count.</param>
    /// <exception cref="ArgumentException">There is no course.</exception>
    public static (DateOnly Date, VaccineStep Step) Acip(VaccineKnowledge vaccines, IReadOnlyCollection<(DateOnly LastDay, decimal MgPerKg)> courses)
    {
        if (courses.Count == 0)
        {
            throw new ArgumentException("An interval needs at least one course.", nameof(courses));
        }

        var last = courses.Max(c => c.LastDay);
        var largest = courses.Where(c => c.LastDay > last.AddYears(-1)).Max(c => c.MgPerKg);
        var step = vaccines.Acip.First(s => s.UpToMgPerKg is null || largest <= s.UpToMgPerKg);
        return (last.AddMonths(step.Months), step);
    }

    /// <summary>The first day by EU leaflets: for mumps, rubella and varicella, and for measles.</summary>
    public static (DateOnly Others, DateOnly Measles) Eu(VaccineKnowledge vaccines, DateOnly lastDose) =>
        (lastDose.AddMonths(vaccines.EuMonths), lastDose.AddMonths(vaccines.EuMeaslesMonths));

    internal static IReadOnlyList<MonitoringItem> Of(VaccineKnowledge? vaccines, MonitoredCourse course)
    {
        if (vaccines is null)
        {
            return [];
        }

        var items = new List<MonitoringItem> { Live(vaccines, course) };
        if (course.Known("immunosuppressant") == true)
        {
            items.Add(new("Any live vaccine", "do not give", "immunosuppression outranks the interval (X04)", null, vaccines.EuProvenance with { Sources = ["R-SMW2015", "R-VAXSLE"] }));
        }

        items.AddRange(vaccines.NotAffected.Select(v => new MonitoringItem(char.ToUpperInvariant(v.Text[0]) + v.Text[1..], "no waiting because of immunoglobulin", null, null, v.Provenance)));
        return items;
    }

    private static MonitoringItem Live(VaccineKnowledge vaccines, MonitoredCourse course)
    {
        var what = $"Live vaccine with {string.Join(", ", vaccines.Affected)}";
        if (course.EveryWeeks <= vaccines.MaintenanceAtMostWeeks)
        {
            return new(what, "never while this goes on: the interval starts again with every dose", "advise what to do on exposure", null, vaccines.EuProvenance with { Status = Status.Project });
        }

        if (course.VaccineRule == "eu")
        {
            var (others, measles) = Eu(vaccines, course.LastDay);
            return new(what, $"not before {Dates.Day(others)}; measles up to {Dates.Day(measles)} with an antibody check{course.Assumed}", vaccines.EuNote, others, vaccines.EuProvenance) { Until = measles };
        }

        if (course.GPerKg is not { } dose)
        {
            return new(what, $"{Months(vaccines.Acip[0])} to {Months(vaccines.Acip[^1])} after the last dose, by dose", "the dose is not settled", null, vaccines.Acip[^1].Provenance);
        }

        var (date, step) = Acip(vaccines, [(course.LastDay, dose * 1000)]);
        return new(what, $"not before {Dates.Day(date)} ({Months(step)} after the last dose){course.Assumed}", vaccines.AcipNote, date, step.Provenance);
    }

    private static string Months(VaccineStep step) => $"{step.Months.ToString(CultureInfo.InvariantCulture)} months";
}
