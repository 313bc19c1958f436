using System.Globalization;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores;

/// <summary>An assessment made before, as it was pasted.</summary>
/// <param name="Totals">The totals that were given or worked out, the one that a review takes first.</param>
/// <param name="Answers">By item; empty when only totals are known.</param>
public sealed record EarlierAssessment(DateOnly At, IReadOnlyList<TotalScore> Totals, IReadOnlyDictionary<string, string> Answers)
{
    public TotalScore? Of(string total) => Totals.FirstOrDefault(t => t.Total.Id == total);
}

/// <param name="Grams">Null when only the day is known.</param>
public sealed record GivenInfusion(DateOnly At, decimal? Grams);

/// <summary>
/// Reads what was pasted: one assessment a line, <c>2026-05-01 12</c> or <c>2026-05-01 talking=1 chewing=0</c>, with the id of the instrument in front if
/// one likes, scales by name where there are several; and one infusion a line, <c>2026-05-01 60</c>.
/// </summary>
internal static class EarlierAssessments
{
    // Years of monthly visits are far fewer; a file pasted by mistake is not worked through.
    private const int Most = 200;

    public static (IReadOnlyList<EarlierAssessment> Earlier, IReadOnlyList<GivenInfusion> Infusions) Read(ScoreSheet sheet, DateOnly today, List<FieldProblem> problems, Func<Given.Map, ScoreResult> score)
    {
        var earlier = new List<EarlierAssessment>();
        foreach (var (number, words) in Lines(sheet["earlier"], "earlier", problems))
        {
            try
            {
                earlier.Add(One(sheet, words, score));
            }
            catch (ScoringException e)
            {
                problems.Add(new("earlier", $"Line {number}: {e.Message}"));
            }
        }

        var times = earlier.Select((e, n) => (e.At.ToDateTime(TimeOnly.MinValue), $"Earlier assessment {n + 1}"));
        if (sheet.At is { } now && now <= today && sheet.HasAnswers)
        {
            times = times.Prepend((now.ToDateTime(TimeOnly.MinValue), "the assessment on this page"));
        }

        try
        {
            AssessmentTimes.Check(times, today, hours: false);
        }
        catch (ScoringException e)
        {
            problems.Add(new("earlier", e.Message));
        }

        var infusions = new List<GivenInfusion>();
        foreach (var (number, words) in Lines(sheet["infusions"], "infusions", problems))
        {
            decimal grams = 0;
            if (!TypedFacts.TryDate(words[0], out var day) || words.Length > 3 || (words.Length > 1 && (!TypedFacts.TryNumber(words[1], out grams) || grams is <= 0 or > 1000)) || (words.Length == 3 && words[2] != "g"))
            {
                problems.Add(new("infusions", $"Line {number}: write the day and the grams, such as 2026-05-01 60, not '{string.Join(' ', words)}'."));
            }
            else if (day > today)
            {
                problems.Add(new("infusions", $"Line {number}: {Words.Date(day)} is after today ({Words.Date(today)}); only infusions that were given are marked."));
            }
            else
            {
                infusions.Add(new(day, words.Length > 1 ? grams : null));
            }
        }

        return ([.. earlier.OrderBy(e => e.At)], [.. infusions.OrderBy(i => i.At)]);
    }

    private static EarlierAssessment One(ScoreSheet sheet, string[] words, Func<Given.Map, ScoreResult> score)
    {
        var instrument = sheet.Instrument;
        var rest = new Queue<string>(words);
        if (!TypedFacts.TryDate(rest.Peek(), out _) && rest.Dequeue() is var id && id != instrument.Id && id != sheet.Form?.Request)
        {
            throw new ScoringException("unknown_instrument", $"'{id}' is neither a date such as 2026-05-01 nor this instrument ({instrument.Id}).", "earlier");
        }

        if (rest.Count < 2 || !TypedFacts.TryDate(rest.Dequeue(), out var day))
        {
            throw new ScoringException("bad_value", "write the day and the total, such as 2026-05-01 12, or the day and answers such as item=1.", "earlier");
        }

        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in rest)
        {
            var (name, value) = word.Split('=') is [var n, var v] ? (n, v) : ("total", word);
            var names = instrument.Items.Select(i => i.Id).Concat(sheet.TotalWords.Select(w => w.Name)).ToList();
            if (name != "total" && !names.Contains(name))
            {
                throw new ScoringException("unknown_item", $"{instrument.Name} has no item '{name}'{ScoreInputs.Near(name, names)}", "earlier");
            }

            if (!answers.TryAdd(name, value))
            {
                throw new ScoringException("bad_value", $"'{name}' is given twice.", "earlier");
            }
        }

        var primary = sheet.Form ?? instrument.Totals[0];
        if (answers.Remove("total", out var text))
        {
            if (sheet.TotalWords is [var first, _, ..])
            {
                throw new ScoringException("bad_value", $"{instrument.Name} has {sheet.TotalWords.Count} scales and no sum of them: name each, such as {first.Name}={text}.", "earlier");
            }

            return TypedFacts.TryNumber(text, out var total) && total >= primary.Low && total <= primary.High && answers.Count == 0
                ? new(day, [new(primary, total, total, total)], answers)
                : throw new ScoringException("out_of_range", string.Create(CultureInfo.InvariantCulture, $"'{text}' is no total of {primary.Name}, which goes from {primary.Low} to {primary.High}."), "earlier");
        }

        var mark = sheet.TotalWords.Count > 0 ? "w." : "a.";
        var result = score(sheet.Inputs(answers.ToDictionary(a => mark + a.Key, a => a.Value)));
        return new(day, result.Totals, sheet.TotalWords.Count > 0 ? new Dictionary<string, string>() : answers);
    }

    private static List<(int Number, string[] Words)> Lines(string text, string input, List<FieldProblem> problems)
    {
        var lines = text.Split('\n').Select((l, n) => (Number: n + 1, Words: l.Split([' ', '\t', ';', '\r'], StringSplitOptions.RemoveEmptyEntries))).Where(l => l.Words.Length > 0).ToList();
        if (lines.Count > Most)
        {
            problems.Add(new(input, $"There are {lines.Count} lines; at most {Most} are read."));
            return [];
        }

        return lines;
    }
}
