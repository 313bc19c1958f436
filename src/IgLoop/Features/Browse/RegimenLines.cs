using IgLoop.Core.Knowledge;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Browse;

/// <summary>A regimen in words; what the source did not state is not said.</summary>
public static class RegimenLines
{
    public static string Of(Regimen r)
    {
        var about = r.Approximate ? "about " : "";
        var parts = new List<string>();
        Add(r.TotalGPerKg, t => $"{about}{t} g/kg in the course");
        Add(r.DoseGPerKg, d => $"{about}{d} g/kg each infusion");
        Add(r.DailyGPerKg, d => $"{about}{Words.Number(d)} g/kg a day");
        Add(r.MaxDailyGPerKg, d => $"at most {Words.Number(d)} g/kg a day");
        Add(r.Days, d => $"over {d} {(d is { Low: 1, High: 1 } ? "day" : "days")}");
        Add(r.Doses, d => $"{d} {(d is { Low: 1, High: 1 } ? "infusion" : "infusions")}");
        Add(r.IntervalWeeks, i => $"every {i} {(i.High == 1 ? "week" : "weeks")}");
        Add(r.IntervalMonths, i => $"every {i} {(i.High == 1 ? "month" : "months")}");
        if (r.IntervalRule is { } rule)
        {
            parts.Add(rule switch { "relapse_interval" => "at the interval at which the patient relapses", "as_needed" => "as needed", _ => Words.Plain(rule) });
        }

        Add(r.MaxIntervalMonths, m => $"interval at most {Words.Number(m)} months");
        Add(r.MaxCourses, m => $"at most {m} {(m == 1 ? "course" : "courses")}");
        Add(r.Courses, c => $"{c} {(c.High == 1 ? "course" : "courses")}");
        Add(r.StepDownPercentOfInitial, s => $"each step down by {Words.Number(s)} % of the first dose");
        Add(r.MaxMonths, m => $"for at most {Words.Number(m)} months");
        if (r.GestationalWeeks.Count > 0)
        {
            parts.Add($"at {string.Join(" and ", r.GestationalWeeks.Select(w => Words.Number(w)))} weeks of pregnancy");
        }

        if (r.Until.Count > 0)
        {
            parts.Add($"until {string.Join(" or ", r.Until)}");
        }

        return parts.Count == 0 ? "No number is stated by the source." : Words.Sentence(string.Join(", ", parts)) + ".";

        void Add<T>(T? value, Func<T, string> say)
            where T : struct
        {
            if (value is { } v)
            {
                parts.Add(say(v));
            }
        }
    }

    public static string Of(Repeat r)
    {
        var parts = new List<string> { r.Allowed ? "May be repeated" : "May not be repeated" };
        if (r.MaxExtra is { } most)
        {
            parts.Add($"at most {most} more");
        }

        if (r.When is { } when)
        {
            parts.Add($"when {when}");
        }

        parts.AddRange(new[] { (r.AfterHours, "hours"), (r.AfterDays, "days"), (r.AfterWeeks, "weeks") }.Where(a => a.Item1 is not null).Select(a => $"after {a.Item1} {a.Item2}"));
        if (r.DoseGPerKg is { } dose)
        {
            parts.Add($"{dose} g/kg");
        }

        if (r.Approval is { } approval)
        {
            parts.Add($"approval: {Words.Plain(approval)}");
        }

        return string.Join(", ", parts) + "." + (r.Note is { } note ? $" {note}" : "");
    }
}
