using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Which conditions the diagnoses of a chart speak of, when none was asked.</summary>
internal static class Recognised
{
    public static IReadOnlyList<Condition> In(Chart chart, KnowledgeBase knowledge) =>
        [.. knowledge.Conditions.Values
            .Where(c => chart.Diagnoses.Any(d => c.Codes.TryGetValue(d.System, out var codes) && codes.Any(code => Matches(d, code))))
            .OrderBy(c => c.Id, StringComparer.Ordinal)];

    /// <summary>SNOMED CT to the letter; ICD-10 also by what the code begins with, when it says at least a letter, two digits and one more.</summary>
    private static bool Matches(Diagnosis d, string code) => d.Code == code || (d.System == "icd10" && code.Length > 3 && d.Code.StartsWith(code, StringComparison.Ordinal));
}
