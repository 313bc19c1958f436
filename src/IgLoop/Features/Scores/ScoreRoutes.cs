using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores;

/// <summary>Forms of the outcome instruments, made from their files, open to all: nothing is kept.</summary>
public static class ScoreRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/scores", () => new Rendered<ScoresPage>());
        app.MapGet("/scores/{id}", (string id, Site site) => Page(site, id, []));
        app.MapPost("/scores/{id}", Answer);
    }

    private static async Task<IResult> Answer(string id, HttpContext http, Site site) => http.Request.HasFormContentType
        ? Page(site, id, await http.Request.ReadFormAsync(http.RequestAborted))
        : Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);

    private static IResult Page(Site site, string id, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> posted) =>
        site.Knowledge.Instruments.GetValueOrDefault(id) is { } instrument
            ? new Rendered<ScorePage>(200, (nameof(ScorePage.Sheet), ScoreSheet.Of(site.Knowledge, instrument, posted, site.Today)))
            : ErrorPage.NotFound;
}
