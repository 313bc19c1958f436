using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Reviewing;

/// <summary>Reads a request of many patients: what stands beside <c>cohort</c> holds for each that does not say otherwise.</summary>
public static class CohortRequest
{
    /// <summary>The cohort, judged; null when the request is of one patient.</summary>
    /// <param name="today">Nothing may lie after it.</param>
    /// <exception cref="ScoringException">One sentence: what, where, how to mend it.</exception>
    public static CohortReview? Of(KnowledgeBase knowledge, Given.Map given, DateOnly today)
    {
        if (given.Find("cohort") is not { } cohort)
        {
            return null;
        }

        var list = cohort as Given.List ?? throw new ScoringException("bad_value", "cohort must be a list of patients.", "cohort");
        if (list.Items.Count == 0)
        {
            throw new ScoringException("missing", "cohort is empty; list the patients, each with patient and assessments.", "cohort");
        }

        var common = given.Pairs.Where(p => p.Key is not ("cohort" or "id")).ToList();
        return Reviews.Cohort(knowledge, [.. list.Items.Select((x, n) =>
        {
            var one = x as Given.Map ?? throw new ScoringException("bad_value", $"cohort[{n}] must be a mapping of names to values.", $"cohort[{n}]");
            return ReviewReading.Read(knowledge, new([.. one.Pairs, .. common.Where(c => one.Find(c.Key) is null)]), today, $"cohort[{n}]");
        })]);
    }
}
