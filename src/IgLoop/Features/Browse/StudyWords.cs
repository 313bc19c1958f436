using System.Text.RegularExpressions;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Browse;

/// <summary>The lines of a study's file as a reader would write them: <c>regimen interval_days: 21</c> is "every 21 days".</summary>
internal static partial class StudyWords
{
    /// <summary>What is said of an arm beside its people and its course.</summary>
    public static string Details(StudyArm arm) =>
        string.Join("; ", arm.Details.Split("; ").Where(l => !(arm.CourseGPerKg is not null && l.StartsWith("regimen total_g_per_kg_per_course:", StringComparison.Ordinal))).Select(Line));

    public static string Line(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
        {
            return Words.Tidy(Words.Plain(line));
        }

        var (key, value) = (line[..colon], line[(colon + 2)..]);
        key = key.StartsWith("regimen ", StringComparison.Ordinal) ? key[8..] : key;
        if (Range(key) && Two().Match(value) is { Success: true } two)
        {
            value = $"{two.Groups[1].Value} to {two.Groups[2].Value}";
        }

        return key switch
        {
            "g_per_kg_per_day" => $"{value} a day",
            "total_g_per_kg_per_course" => $"{value} a course",
            "induction_g_per_kg" => $"first course {value}",
            "days_per_course" => $"{value} days a course",
            "interval_days" => $"every {value} days",
            "volume_ml_per_kg" => $"{value} mL/kg",
            "note" => Words.Tidy(value),
            _ => Named(Words.Plain(key), Words.Tidy(value)),
        };
    }

    private static string Named(string key, string value)
    {
        var percent = key.EndsWith(" pct", StringComparison.Ordinal);
        key = Dose().Replace(key.StartsWith("arms ", StringComparison.Ordinal) ? key[5..] : key, "$1.$2 g/kg,");
        key = string.Join(' ', (percent ? key[..^4] : key).Split(' ').Select(w => w switch { "ivig" => "IVIg", "pe" => "plasma exchange", "ci" => "confidence interval", "rd" or "rr" or "or" or "md" or "hr" or "smd" => w.ToUpperInvariant(), _ => w }));
        return $"{key}: {value}{(percent ? " %" : "")}";
    }

    /// <summary>Keys whose pair of numbers is a lower and an upper bound.</summary>
    private static bool Range(string key) => key is "volume_ml_per_kg" or "days" or "days_per_course" || key.EndsWith("ci", StringComparison.Ordinal) || key.EndsWith("ci_pct", StringComparison.Ordinal) || key.EndsWith("range", StringComparison.Ordinal);

    /// <summary>An arm of a comparison of doses: <c>dose0_5</c>.</summary>
    [GeneratedRegex(@"^dose(\d) (\d)")]
    private static partial Regex Dose();

    [GeneratedRegex(@"^(-?\d+(?:\.\d+)?), (-?\d+(?:\.\d+)?)$")]
    private static partial Regex Two();
}
