using System.Globalization;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Scores;

/// <summary>What the forms of scores and of a response have in common: what was typed by the name of its field, and the day.</summary>
internal static class TypedFields
{
    // No field of these forms has a longer name; what has is not ours and would only be carried along.
    private const int LongestName = 100;

    /// <summary>What was typed, trimmed; what is empty is open and left out. Today where no day was given.</summary>
    public static Dictionary<string, string> Read(IEnumerable<KeyValuePair<string, StringValues>> posted, DateOnly today)
    {
        var typed = posted.Where(f => f.Key.Length <= LongestName && f.Value.Count > 0).Select(f => KeyValuePair.Create(f.Key, (f.Value[^1] ?? "").Trim())).Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        typed.TryAdd("at", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return typed;
    }

    /// <summary>The day of the assessment; null while it cannot be read. A day after today is told as a problem.</summary>
    public static DateOnly? Day(IReadOnlyDictionary<string, string> fields, DateOnly today, List<FieldProblem> problems)
    {
        if (!TypedFacts.TryDate(fields["at"], out var at))
        {
            problems.Add(new("at", $"The day of the assessment must be a date such as 2026-11-22, not '{fields["at"]}'."));
            return null;
        }

        if (at > today)
        {
            problems.Add(new("at", $"{Words.Date(at)} is after today ({Words.Date(today)}); give the day on which it was made."));
        }

        return at;
    }
}
