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
        var series = sheet.Earlier.Select(e => Assessment(sheet, e.At, e.Total, e.Answers, e.MayDecide)).ToList();
        if (sheet is { HasAnswers: true, At: { } at, Result: { Totals: [var now, ..] } result })
        {
            series.Add(Assessment(sheet, at, now, sheet.Answers, result.MayDecide));
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

    private static Assessed Assessment(ScoreSheet sheet, DateOnly at, TotalScore total, IReadOnlyDictionary<string, string> answers, bool mayDecide)
    {
        var given = answers.Select(a => KeyValuePair.Create(a.Key, TypedFacts.TryNumber(a.Value, out var n) ? Given.Of(n) : Given.Of(a.Value)));
        return new(sheet.Request, at.ToDateTime(TimeOnly.MinValue), total.Lower, total.Upper, null, answers.Count > 0 ? new ScoreInputs(new Given.Map([.. given])) : null, mayDecide, "earlier") { Total = total.Total.Id };
    }
}
