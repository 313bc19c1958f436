using IgLoop.Cli;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Response;

/// <summary>Did it work: the judgement of <c>igloop response</c> on a page, open to all; nothing is kept.</summary>
public static class ResponseRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/response", (Site site, string? instrument, string? condition) => Page(ResponseForm.Of(
            site.Knowledge,
            new[] { (Name: "instrument", Value: instrument), (Name: "condition", Value: condition) }.Where(x => x.Value is not null).Select(x => KeyValuePair.Create(x.Name, new StringValues(x.Value))),
            null,
            site.Today)));
        app.MapPost("/response", async (HttpContext http, Site site) => await Read(http, site) is { } form ? Page(form) : Results.StatusCode(StatusCodes.Status415UnsupportedMediaType));
        app.MapPost("/response/json", async (HttpContext http, Site site) =>
        {
            if (await Read(http, site) is not { } form)
            {
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            }

            var answer = form.Cohort is { } many ? ReviewJson.Of(many) : form.Review is { } one ? ReviewJson.Of(one) : null;
            if (answer is null)
            {
                return Page(form);
            }

            http.Response.Headers.ContentDisposition = "attachment; filename=response.json";
            return Results.Text(answer.ToJsonString(Batch.Json), "application/json");
        });
    }

    private static Rendered<ResponsePage> Page(ResponseForm form) => new(200, (nameof(ResponsePage.Form), form));

    private static async Task<ResponseForm?> Read(HttpContext http, Site site)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        // A browser sends an empty part without a name where no file was chosen.
        if (posted.Files.GetFile("file") is not { FileName.Length: > 0 } file)
        {
            return ResponseForm.Of(site.Knowledge, posted, null, site.Today);
        }

        if (file.Length is 0 or > ResponseForm.MostBytes)
        {
            return ResponseForm.Refused(site.Knowledge, posted, file.Length == 0 ? "The file is empty." : $"The file has {file.Length / 1024.0 / 1024:0.0} MB; at most {ResponseForm.MostBytes / 1024 / 1024} MB are read. Give fewer patients at a time.", site.Today);
        }

        using var reader = new StreamReader(file.OpenReadStream());
        return ResponseForm.Of(site.Knowledge, posted, await reader.ReadToEndAsync(http.RequestAborted), site.Today);
    }
}
