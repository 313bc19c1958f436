using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Outcomes;

/// <summary>The report of a cohort on a page: files are read in memory and forgotten.</summary>
public static class OutcomesRoutes
{
    /// <summary>Larger cohorts are for the command line, which has no one waiting.</summary>
    private const int MostRows = 60_000;

    public static void Map(WebApplication app)
    {
        app.MapGet("/outcomes", () => new Rendered<OutcomesPage>());
        app.MapPost("/outcomes", Report);
        app.MapPost("/outcomes/json", Json);
    }

    private static async Task<IResult> Report(HttpContext http, Site site)
    {
        var (report, problem, cell) = await Read(http);
        return report is null
            ? new Rendered<OutcomesPage>(200, (nameof(OutcomesPage.Problem), problem), (nameof(OutcomesPage.MinimumCell), cell))
            : new Rendered<OutcomesPage>(200, (nameof(OutcomesPage.Sections), OutcomeSections.Of(report, site.Version, OutcomeRun.Seed)), (nameof(OutcomesPage.MinimumCell), cell));
    }

    private static async Task<IResult> Json(HttpContext http, Site site)
    {
        var (report, problem, cell) = await Read(http);
        if (report is null)
        {
            return new Rendered<OutcomesPage>(200, (nameof(OutcomesPage.Problem), problem), (nameof(OutcomesPage.MinimumCell), cell));
        }

        http.Response.Headers.ContentDisposition = "attachment; filename=outcomes.json";
        return Results.Text(OutcomesJson.Of(report, site.Version, OutcomeRun.Seed).ToJsonString(Batch.Json), "application/json");
    }

    private static async Task<(OutcomeReport? Report, string? Problem, string Cell)> Read(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return (null, "Send the form as it is, with at least one file.", "1");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var cell = form["min_cell"].ToString();
        if (!int.TryParse(cell, out var smallest) || smallest is < 1 or > 1000)
        {
            return (null, "The smallest count is a whole number from 1 to 1000.", cell);
        }

        var files = new List<(string Name, byte[] Bytes)>();
        foreach (var file in form.Files.GetFiles("files").Where(f => f.Length > 0))
        {
            files.Add((Path.GetFileName(file.FileName), await Bytes(file)));
        }

        if (files.Count == 0)
        {
            return (null, "Choose at least one CSV file.", cell);
        }

        if (files.Sum(f => f.Bytes.Count(b => b == (byte)'\n')) > MostRows)
        {
            return (null, $"These files have more than {MostRows} rows, too many for a page; use 'igloop outcomes' on the command line.", cell);
        }

        try
        {
            var map = form.Files.GetFile("map") is { Length: > 0 } m ? System.Text.Encoding.UTF8.GetString(await Bytes(m)) : null;
            return (OutcomeRun.Of(files, map, new OutcomeOptions { MinimumCell = smallest, Resamples = 1000 }, OutcomeRun.Seed), null, cell);
        }
        catch (BatchException e)
        {
            return (null, $"{e.Message} ({e.Where})", cell);
        }
    }

    private static async Task<byte[]> Bytes(IFormFile file)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
