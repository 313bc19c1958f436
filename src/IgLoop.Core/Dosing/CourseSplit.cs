using System.Globalization;

namespace IgLoop.Core.Dosing;

/// <summary>What bears on the split of a course over days.</summary>
/// <param name="DaysAsked">Days asked for; null: by risk.</param>
/// <param name="FewestDays">Fewest days the regimen allows.</param>
/// <param name="MostDays">Most days the regimen allows.</param>
/// <param name="FiveDaysBecause">Ids of rules that ask for five days.</param>
/// <param name="LimitGramsBecause">Ids of rules that ask to keep the day at or below 35 g.</param>
public sealed record SplitFacts(int? DaysAsked, int? FewestDays, int? MostDays, IReadOnlyList<string> FiveDaysBecause, IReadOnlyList<string> LimitGramsBecause);

/// <summary>Splits a course over days in whole vials.</summary>
public static class CourseSplit
{
    /// <summary>Grams of a day above which early thrombosis was seen more often (616 courses, p = 0.028; R-RAJ2011).</summary>
    public const decimal DailyLimitGrams = 35;

    // Five days for a course above 1 g/kg and one day up to it: project default from labels that allow 2 to 5 days (R-PRIV-PI).
    private const int DaysOfFullCourse = 5;
    private const decimal OneDayUpTo = 1m;

    /// <summary>Highest grams per kilogram of one day without a protocol (rule M04).</summary>
    public const decimal MaxGPerKgDay = 1m;

    /// <summary>The grams of each day, largest first, and why so many days.</summary>
    /// <param name="grams">Rounded grams of the course.</param>
    /// <param name="gPerKg">Grams per kilogram of the course.</param>
    /// <param name="dosingKg">Dosing weight.</param>
    /// <param name="step">Smallest whole amount, as a rule 5 g.</param>
    public static (IReadOnlyList<decimal> Days, IReadOnlyList<string> Reasons) Of(decimal grams, decimal gPerKg, decimal dosingKg, decimal step, SplitFacts facts)
    {
        var reasons = new List<string>();
        var days = facts.DaysAsked ?? 0;
        if (days > 0)
        {
            reasons.Add($"{days} day{(days == 1 ? "" : "s")} as asked");
        }
        else
        {
            days = gPerKg > OneDayUpTo ? DaysOfFullCourse : 1;
            if (facts.FewestDays is { } fewest && facts.MostDays is { } most)
            {
                days = Math.Clamp(days, fewest, most);
                reasons.Add(fewest == most ? $"{fewest} day{(fewest == 1 ? "" : "s")} by the regimen"
                    : days == most ? $"the regimen allows {fewest} to {most} days; the longer split is the default"
                    : $"the regimen allows {fewest} to {most} days; up to {OneDayUpTo.ToString("0", CultureInfo.InvariantCulture)} g/kg is given in one day by default");
            }
            else if (gPerKg > OneDayUpTo)
            {
                reasons.Add("five days by default; two only if tolerated before and without renal, thrombotic, volume or meningitis risk");
            }

            if (facts.FiveDaysBecause.Count > 0 && days < DaysOfFullCourse && (gPerKg > OneDayUpTo || facts.MostDays >= DaysOfFullCourse))
            {
                days = DaysOfFullCourse;
                reasons.Add($"five days because of {string.Join(", ", facts.FiveDaysBecause)}");
            }
        }

        var byRate = (int)Math.Ceiling(grams / ((MaxGPerKgDay * dosingKg) + step));
        if (byRate > days && facts.DaysAsked is null)
        {
            days = byRate;
            reasons.Add("no day above 1 g/kg");
        }

        if (facts.LimitGramsBecause.Count > 0 && grams / days > DailyLimitGrams)
        {
            var needed = (int)Math.Ceiling(grams / DailyLimitGrams);
            if (facts.DaysAsked is null)
            {
                days = needed;
                reasons.Add($"{needed} days, so that no day is above {DailyLimitGrams.ToString("0", CultureInfo.InvariantCulture)} g, because of {string.Join(", ", facts.LimitGramsBecause)}");
            }
            else
            {
                reasons.Add($"above {DailyLimitGrams.ToString("0", CultureInfo.InvariantCulture)} g a day although {string.Join(", ", facts.LimitGramsBecause)}: {needed} days would keep below it");
            }
        }

        return (Even(grams, days, step), reasons);
    }

    /// <summary>Whole steps over days as evenly as they go, the larger first; a rest smaller than a step goes to the last day.</summary>
    public static IReadOnlyList<decimal> Even(decimal grams, int days, decimal step)
    {
        var steps = (int)Math.Floor(grams / step);
        var rest = grams - (steps * step);
        var parts = new List<decimal>();
        for (var i = 0; i < days; i++)
        {
            var share = ((steps / days) + (i < steps % days ? 1 : 0)) * step;
            parts.Add(share);
        }

        parts[^1] += rest;
        return [.. parts.Where(p => p > 0)];
    }
}
