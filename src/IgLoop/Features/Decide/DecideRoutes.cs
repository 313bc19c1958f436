using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Dosing;
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
        app.MapPost("/api/decide", Json);
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
        IReadOnlyList<NotUnderstood> not = [];
        if (posted.Files.GetFile("record") is { FileName.Length: > 0 } file)
        {
            var day = TypedFacts.TryDate(form["at"], out var at) ? at : site.Today;
            (form, not, var wrong) = await RecordFile.Fill(form, file, site.Knowledge.Facts, day);
            if (wrong.Count > 0)
            {
                return Page(form, (nameof(DecidePage.Problems), wrong));
            }
        }

        var (request, chart, problems) = form.Read(site.Knowledge);
        if (request is null)
        {
            return Page(form, (nameof(DecidePage.Problems), problems), (nameof(DecidePage.NotUnderstood), not));
        }

        chart = chart with { NotUnderstood = not };
        try
        {
            return Page(form, (nameof(DecidePage.Decision), site.Decide(chart, request)), (nameof(DecidePage.NotUnderstood), not), (nameof(DecidePage.Chart), chart));
        }
        catch (DosingException refusal)
        {
            return Page(form, (nameof(DecidePage.Problems), new[] { DecideForm.Refused(refusal) }), (nameof(DecidePage.NotUnderstood), not));
        }
    }

    /// <summary>One JSON request as the command line reads them; the answer is its JSON.</summary>
    private static async Task<IResult> Json(HttpContext http, Site site)
    {
        try
        {
            var body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject
                ?? throw new BatchException("not-an-object", "A request must be one JSON object.", "body");
            var id = body["id"]?.DeepClone();
            var answer = site.DecideLine(body);
            answer.Insert(0, "id", id);
            return Results.Text(answer.ToJsonString(Batch.Json), "application/json");
        }
        catch (JsonException e)
        {
            return Wrong(new("not-json", "The body is not valid JSON; send one JSON object.", $"line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}"));
        }
        catch (BatchException e)
        {
            return Wrong(e);
        }

        static IResult Wrong(BatchException e) => Results.Text(new JsonObject { ["error"] = e.ToJson(1) }.ToJsonString(Batch.Json), "application/json", statusCode: StatusCodes.Status400BadRequest);
    }

    private static KeyValuePair<string, string> Today(Site site) => new("at", site.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    private static Rendered<DecidePage> Page(DecideForm form, params (string, object?)[] more) => new(200, [(nameof(DecidePage.Form), form), .. more]);
}
