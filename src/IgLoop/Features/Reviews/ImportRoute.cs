using IgLoop.Core.Literature;
using IgLoop.Features.Reviews.Import;
using IgLoop.Features.Reviews.Pages;

namespace IgLoop.Features.Reviews;

/// <summary>Takes an uploaded file of citations.</summary>
internal static class ImportRoute
{
    public static async Task<IResult> Import(HttpContext http, string id, ReviewStore store)
    {
        if (await ReviewRoutes.View(http, id) is not { } view)
        {
            return ReviewRoutes.NoReview;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        (string, object?)[] typed = [(nameof(ImportPage.Source), form["source"].ToString()), (nameof(ImportPage.Kind), form["kind"].ToString())];
        if (view.Who is null)
        {
            return ReviewRoutes.Render<ImportPage>(view with { Problem = "Say who you are: choose your name." }, typed);
        }

        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return ReviewRoutes.Render<ImportPage>(view with { Problem = "Choose a file that is not empty." }, typed);
        }

        using var bytes = new MemoryStream((int)file.Length);
        await file.CopyToAsync(bytes, http.RequestAborted);
        var name = Path.GetFileName(file.FileName) is { Length: > 0 and <= 200 } plain && !plain.Any(char.IsControl) ? plain : "search";
        var done = await Importing.Import(store, id, view.Who, name, bytes.ToArray(), null, form["source"].ToString(), form["kind"] == "register", Enum.TryParse<OtherMethod>(form["kind"], out var other) && Enum.IsDefined(other) ? other : null, http.RequestAborted);
        return ReviewRoutes.Render<ImportPage>(view with { Review = done.Review, Problem = done.Refusal }, done.Refusal is null ? [(nameof(ImportPage.Outcome), done)] : typed);
    }
}
