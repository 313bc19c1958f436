using IgLoop.Core.Reviewing;

namespace IgLoop.Features.Response;

/// <summary>The judgement in a few words.</summary>
internal static class ReviewWords
{
    public static string Head(Review review) => review.Responder switch
    {
        true => "Response",
        false => "No response",
        null => review.Request.Withdrawn is null ? "Open" : "Not judged",
    };

    public static string Headline(ResponseForm form) => form switch
    {
        { Problems.Count: > 0 } => form.Problems.Count == 1 ? "One input needs mending" : $"{form.Problems.Count} inputs need mending",
        { Cohort: { } c } => $"{c.IntentionToTreat.Responders} of {c.IntentionToTreat.Of} responded, {c.Assessable.Responders} of {c.Assessable.Of} assessable",
        { Review: { } r } => Head(r),
        _ => "Nothing to judge yet",
    };

    public static string Met(bool? met) => met switch { true => "Met", false => "Not met", null => "Open" };
}
