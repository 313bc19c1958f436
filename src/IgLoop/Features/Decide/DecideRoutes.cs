using IgLoop.Core.Facts;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Decide;

/// <summary>The page that answers, open to all: nothing is kept, so there is nobody to sign in.</summary>
public static class DecideRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/", Empty);
        app.MapGet("/decide", Empty);
        app.MapPost("/", Answer);
        app.MapPost("/decide", Answer);
    }

    private static Rendered<DecidePage> Empty(Site site) => Page(new DecideForm([]).With(Today(site)));

    private static async Task<IResult> Answer(HttpContext http, Site site)
    {
        if (!http.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = DecideForm.Of(posted);
        var (request, chart, problems) = form.Read(site.Knowledge);
        return request is null
            ? Page(form, (nameof(DecidePage.Problems), problems))
            : Page(form, (nameof(DecidePage.Decision), site.Decide(chart, request)));
    }

    private static KeyValuePair<string, string> Today(Site site) => new("at", site.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static Rendered<DecidePage> Page(DecideForm form, params (string, object?)[] more) => new(200, [(nameof(DecidePage.Form), form), .. more]);
}
