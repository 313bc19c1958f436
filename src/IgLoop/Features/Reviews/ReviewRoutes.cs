using IgLoop.Core.Literature;
using IgLoop.Features.Reviews.Pages;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;

namespace IgLoop.Features.Reviews;

/// <summary>
/// Systematic reviews on the web. There are no accounts yet: everybody who reaches the server may read and write, under a name that is kept as stated.
/// Without a record (<c>--data</c> or <c>--postgres</c>) every address says how to get one.
/// </summary>
public static class ReviewRoutes
{
    public static void Map(WebApplication app)
    {
        if (app.Services.GetService<ReviewStore>() is null)
        {
            app.MapGet("/reviews/{**rest}", () => new Rendered<NoRecordPage>(200));
            return;
        }

        var reviews = app.MapGroup("/reviews").AddEndpointFilter(ReadableOnly).AddEndpointFilter(OwnFormsOnly);
        reviews.MapGet("/", All);
        reviews.MapPost("/", Create);
        reviews.MapGet("/{id}", Page<HomePage>);
        reviews.MapGet("/{id}/import", Page<ImportPage>);
        reviews.MapPost("/{id}/import", ImportRoute.Import);
        reviews.MapGet("/{id}/duplicates", ShowDuplicates);
        reviews.MapPost("/{id}/duplicates", RemoveDuplicates);
        reviews.MapPost("/{id}/duplicates/keep", KeepApart);
        reviews.MapPost("/{id}/duplicates/mark", MarkDuplicate);
        reviews.MapGet("/{id}/screen", ScreenRoutes.Show);
        reviews.MapPost("/{id}/screen", ScreenRoutes.Judge);
        reviews.MapGet("/{id}/conflicts", Page<ConflictsPage>);
        reviews.MapPost("/{id}/conflicts", ScreenRoutes.Settle);
        reviews.MapGet("/{id}/agreement", Page<AgreementPage>);
        reviews.MapGet("/{id}/studies", Page<StudiesPage>);
        reviews.MapPost("/{id}/studies", Group);
        reviews.MapGet("/{id}/bias", Page<BiasTablePage>);
        reviews.MapGet("/{id}/flow", Page<FlowPage>);
        reviews.MapGet("/{id}/flow.svg", FlowDrawing);
        reviews.MapGet("/{id}/history", HistoryRoute.Show);
        reviews.MapGet("/{id}/review.json", WholeReview);
        StudyRoutes.Map(reviews);
    }

    /// <summary>The view of a review for the reader of a request; null when there is no such review.</summary>
    internal static async Task<ReviewView?> View(HttpContext http, string id, string? message = null, string? problem = null)
    {
        var store = http.RequestServices.GetRequiredService<ReviewStore>();
        var review = id.Length <= 100 ? await store.Load(id, http.RequestAborted) : Review.None;
        return review.Exists ? await ViewOf(http, id, review, message, problem) : null;
    }

    /// <summary>The view of a review that was read already.</summary>
    internal static async Task<ReviewView> ViewOf(HttpContext http, string id, Review review, string? message = null, string? problem = null)
    {
        var stated = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["who"].ToString() : http.Request.Query["who"].ToString();
        var view = new ReviewView(id, review, null, Token(http), message ?? Said(http.Request.Query["done"]), problem);
        return view with { Who = view.People.FirstOrDefault(p => string.Equals(p, stated.Trim(), StringComparison.OrdinalIgnoreCase)) };
    }

    internal static (string Name, string Value) Token(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return (tokens.FormFieldName, tokens.RequestToken!);
    }

    internal static async Task<IResult> Page<TPage>(HttpContext http, string id)
        where TPage : IComponent => await View(http, id) is { } view ? Render<TPage>(view) : NoReview;

    internal static Rendered<TPage> Render<TPage>(ReviewView view, params (string, object?)[] more)
        where TPage : IComponent => new(view.Problem is null ? 200 : 422, [("View", view), .. more]);

    internal static IResult NoReview => ErrorPage.Of(404, "There is no such review", "Look for it in the list of reviews.");

    /// <summary>Writes one event by the name in the form; then shows a page anew, or the same with the reason why not.</summary>
    internal static async Task<IResult> Write<TPage>(HttpContext http, string id, string page, ReviewEvent e, params (string, object?)[] more)
        where TPage : IComponent
    {
        if (await View(http, id) is not { } view)
        {
            return NoReview;
        }

        if (view.Who is null)
        {
            return Render<TPage>(view with { Problem = "Say who you are: choose your name." }, more);
        }

        var kept = await http.RequestServices.GetRequiredService<ReviewStore>().Keep(id, view.Who, e, http.RequestAborted);
        return kept.Refusal is { } refusal ? Render<TPage>(view with { Problem = refusal }, more) : Results.Redirect(view.Path(page, ("done", "kept")));
    }

    private static async Task<IResult> All(HttpContext http, ReviewStore store) =>
        new Rendered<ReviewsPage>(200, ("Reviews", await store.All(http.RequestAborted)), ("Token", Token(http)));

    private static async Task<IResult> Create(HttpContext http, ReviewStore store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        string Text(string name) => form[name].ToString().Trim();
        var created = new Created(Text("title"), Text("question"), [Text("first"), Text("second")], Text("third") is { Length: > 0 } third ? third : null);
        var problem = created.Title.Length > 300 || created.Question.Length > 2000 ? "The title has up to 300 characters, the question up to 2000."
            : created.Reviewers.Append(created.Third ?? "nobody").Select(ReviewStore.NameProblem).FirstOrDefault(p => p is not null) is not null ? "A review needs two reviewers who judge independently; give both names, each of 1 to 100 characters."
            : null;
        if (problem is null)
        {
            var (id, kept) = await store.Create(created, created.Reviewers[0], http.RequestAborted);
            if (kept.Refusal is null)
            {
                return Results.Redirect(ReviewView.Address(id, "", null));
            }

            problem = kept.Refusal;
        }

        return new Rendered<ReviewsPage>(422, ("Reviews", await store.All(http.RequestAborted)), ("Token", Token(http)), ("Problem", problem), ("Typed", created));
    }

    private static async Task<IResult> RemoveDuplicates(HttpContext http, string id, ReviewStore store)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var chosen = form["record"].ToHashSet(StringComparer.Ordinal);
        var proposals = (await store.Load(id, http.RequestAborted)).Proposals().Where(p => chosen.Contains(p.Record)).ToList();
        return proposals.Count == 0 && await View(http, id) is { } view
            ? Render<DuplicatesPage>(view with { Problem = "Nothing was chosen, so nothing was removed." })
            : await Write<DuplicatesPage>(http, id, "duplicates", new DuplicatesRemoved(proposals));
    }

    private static async Task<IResult> KeepApart(HttpContext http, string id) =>
        await Write<DuplicatesPage>(http, id, "duplicates", new KeptApart((await http.Request.ReadFormAsync(http.RequestAborted))["apart"].ToString()));

    private static async Task<IResult> ShowDuplicates(HttpContext http, string id) =>
        await View(http, id) is { } view ? Render<DuplicatesPage>(view, ("Marked", (http.Request.Query["record"].ToString(), ""))) : NoReview;

    /// <summary>A duplicate that no rule finds, or one that was told apart by a slip.</summary>
    private static async Task<IResult> MarkDuplicate(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (record, of) = (form["record"].ToString().Trim().ToLowerInvariant(), form["of"].ToString().Trim().ToLowerInvariant());
        return await Write<DuplicatesPage>(http, id, "duplicates", new DuplicatesRemoved([new(record, of, "marked by hand", false)]), ("Marked", (record, of)));
    }

    private static async Task<IResult> Group(HttpContext http, string id)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return await Write<StudiesPage>(http, id, "studies", new Grouped(form["record"].ToString(), form["study"].ToString().Trim()));
    }

    private static async Task<IResult> FlowDrawing(HttpContext http, string id, ReviewStore store) =>
        await store.Load(id, http.RequestAborted) is { Exists: true } review
            ? Results.Text(Pictures.PrismaPicture.Draw(PrismaFlow.Of(review), $"PRISMA flow: {review.Title}").Svg, "image/svg+xml")
            : NoReview;

    private static async Task<IResult> WholeReview(HttpContext http, string id, ReviewStore store) =>
        await store.Load(id, http.RequestAborted) is { Exists: true } review ? Results.Text(ReviewExport.Json(id, review), "application/json") : NoReview;

    /// <summary>A form that writes must come from a page of ours: it carries the token that the page was given with its cookie.</summary>
    private static async ValueTask<object?> OwnFormsOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method))
        {
            if (!http.Request.HasFormContentType)
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            // Read here, a body that is too large is answered as such; inside the check it would become a failure of the check.
            await http.Request.ReadFormAsync(http.RequestAborted);
            if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                return ErrorPage.Of(400, "This form was not accepted", "It did not come from a page of this server, or the page is too old. Nothing was stored. Go back, load the page again and send it once more.");
            }
        }

        return await next(context);
    }

    /// <summary>An entry that cannot be read any more is answered as such: the history of the review says which.</summary>
    private static async ValueTask<object?> ReadableOnly(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InvalidDataException e)
        {
            var id = context.HttpContext.Request.RouteValues["id"] as string;
            return ErrorPage.Of(409, "The record of a review cannot be read", e.Message, id is null ? "Nothing was stored." : $"Nothing was stored. Its history, /reviews/{id}/history, says which entry it is.");
        }
    }

    private static string? Said(string? done) => done switch { "kept" => "Kept in the record.", "back" => "Taken back; the earlier judgement stays in the record as it was.", _ => null };
}
