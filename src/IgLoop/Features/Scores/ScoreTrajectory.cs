using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Response;
using IgLoop.Pictures;

namespace IgLoop.Features.Scores;

/// <summary>One patient's totals over time, as the form gives them, judged as every review is: the form itself judges nothing.</summary>
public sealed record ScoreTrajectory(ReviewVerdict Verdict, Review Review, Picture Picture)
{
    /// <summary>Null with fewer than two assessments.</summary>
    public static ScoreTrajectory? Of(KnowledgeBase knowledge, ScoreSheet sheet, DateOnly today)
    {
        // Where there are several scales, the first that two visits have is drawn: scales are never compared with each other.
        var now = sheet is { HasAnswers: true, At: not null, Result: { } result } ? result.Totals : [];
        var drawn = now.Concat(sheet.Earlier.SelectMany(e => e.Totals)).Select(t => t.Total.Id).Distinct(StringComparer.Ordinal)
            .FirstOrDefault(id => sheet.Earlier.Count(e => e.Of(id) is not null) + now.Count(t => t.Total.Id == id) > 1);
        var series = drawn is null ? [] : sheet.Earlier.Where(e => e.Of(drawn) is not null).Select(e => Assessment(sheet, e.At, e.Of(drawn)!, e.Answers)).ToList();
        if (now.FirstOrDefault(t => t.Total.Id == drawn) is { } total)
        {
            series.Add(Assessment(sheet, sheet.At!.Value, total, sheet.Answers));
        }

        if (series.Count < 2)
        {
            return null;
        }

        var review = Core.Reviewing.Reviews.Of(knowledge, new()
        {
            At = today,
            Instrument = sheet.Request,
            Assessments = [.. series.OrderBy(a => a.At)],
            Infusions = [.. sheet.Infusions.Select(i => i.At).Order()],
        });
        var grams = sheet.Infusions.Where(i => i.Grams is not null).GroupBy(i => i.At).ToDictionary(g => g.Key, g => g.Sum(i => i.Grams!.Value));
        return new(review.Verdicts.First(v => v.By == sheet.Request), review, ReviewPicture.Of(knowledge, review, sheet.Request, grams)!);
    }

    private static Assessed Assessment(ScoreSheet sheet, DateOnly at, TotalScore total, IReadOnlyDictionary<string, string> answers)
    {
        var given = answers.Select(a => KeyValuePair.Create(a.Key, TypedFacts.TryNumber(a.Value, out var n) ? Given.Of(n) : Given.Of(a.Value)));
        return new(sheet.Request, at.ToDateTime(TimeOnly.MinValue), total.Lower, total.Upper, null, answers.Count > 0 ? new ScoreInputs(new Given.Map([.. given])) : null, total.MayDecide, "earlier") { Total = total.Total.Id };
    }
}
