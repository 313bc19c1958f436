using IgLoop.Features.Reviews.Pages;

namespace IgLoop.Features.Reviews;

/// <summary>Who did what in a review.</summary>
internal static class HistoryRoute
{
    public static async Task<IResult> Show(HttpContext http, string id, ReviewStore store)
    {
        if (id.Length > 100 || await store.History(id, http.RequestAborted) is not { } history)
        {
            return ReviewRoutes.NoReview;
        }

        var query = http.Request.Query;
        var view = await ReviewRoutes.ViewOf(http, id, history.Review);
        return ReviewRoutes.Render<HistoryPage>(
            view,
            (nameof(HistoryPage.History), history),
            (nameof(HistoryPage.By), Text("by")),
            (nameof(HistoryPage.Topic), Text("topic")),
            (nameof(HistoryPage.About), Text("about")),
            (nameof(HistoryPage.Part), int.TryParse(query["part"], out var part) ? part : 1),
            (nameof(HistoryPage.Whole), query["all"] == "yes"));

        string Text(string name) => query[name].ToString().Trim() is { Length: <= 100 } text ? text : "";
    }
}
