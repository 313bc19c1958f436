using IgLoop.Core.Literature;
using IgLoop.Features.Reviews.Pages;

namespace IgLoop.Features.Reviews;

/// <summary>The queue of one reviewer, and the settling of conflicts.</summary>
internal static class ScreenRoutes
{
    /// <summary>Characters of a reason; a longer one is refused and not cut.</summary>
    public const int LongestReason = 300;

    public static async Task<IResult> Show(HttpContext http, string id) => await ReviewRoutes.View(http, id) is { } view
        ? ReviewRoutes.Render<ScreenPage>(view, (nameof(ScreenPage.At), StageOf(http.Request.Query["stage"])), (nameof(ScreenPage.Record), http.Request.Query["record"].ToString()), (nameof(ScreenPage.Last), http.Request.Query["last"].ToString()))
        : ReviewRoutes.NoReview;

    public static async Task<IResult> Judge(HttpContext http, string id, ReviewStore store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await ReviewRoutes.View(http, id) is not { } view)
        {
            return ReviewRoutes.NoReview;
        }

        var (stage, record, verdict) = (StageOf(form["stage"]), form["record"].ToString(), form["verdict"].ToString());
        var typed = form["reason"].ToString().Trim();
        var reason = typed.Length > 0 ? typed : null;
        ReviewEvent? e = verdict switch
        {
            "include" => new Screened(record, stage, Verdict.Include, reason),
            "exclude" => new Screened(record, stage, Verdict.Exclude, reason),
            "maybe" => new Screened(record, stage, Verdict.Maybe, reason),
            "undo" => new Screened(record, stage, null, null),
            "not-retrieved" => new Sought(record, Retrieved: false, reason),
            "retrieved" => new Sought(record, Retrieved: true, null),
            _ => null,
        };
        var problem = typed.Length > LongestReason ? TooLong : e is null ? "Choose include, exclude or maybe." : view.Who is null ? "Say who you are: choose your name." : (await store.Keep(id, view.Who, e, http.RequestAborted)).Refusal;
        return problem is not null
            ? ReviewRoutes.Render<ScreenPage>(view with { Problem = problem }, (nameof(ScreenPage.At), stage), (nameof(ScreenPage.Record), record), (nameof(ScreenPage.Typed), typed))
            : Results.Redirect(view.Path("screen", ("stage", Name(stage)), verdict is "undo" or "retrieved" ? ("record", record) : ("last", record), ("done", verdict == "undo" ? "back" : null)));
    }

    public static async Task<IResult> Settle(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        Verdict? verdict = form["verdict"].ToString() switch { "include" => Verdict.Include, "exclude" => Verdict.Exclude, _ => null };
        var reason = form["reason"].ToString().Trim() is { Length: > 0 } text ? text : null;
        if (reason?.Length > LongestReason)
        {
            return await ReviewRoutes.View(http, id, problem: TooLong) is { } again ? ReviewRoutes.Render<ConflictsPage>(again) : ReviewRoutes.NoReview;
        }

        var view = await ReviewRoutes.View(http, id);
        var third = view?.Review.Third is { } name && string.Equals(view.Who, name, StringComparison.OrdinalIgnoreCase);
        return await ReviewRoutes.Write<ConflictsPage>(http, id, "conflicts", new Settled(form["record"].ToString(), StageOf(form["stage"]), verdict, reason, third));
    }

    private static string TooLong => $"A reason has up to {LongestReason} characters; shorten it. Nothing was stored.";

    public static string Name(Stage stage) => stage == Stage.Title ? "title" : "full";

    private static Stage StageOf(string? text) => text == "full" ? Stage.FullText : Stage.Title;
}
