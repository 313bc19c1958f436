using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Outcomes;

/// <summary>The report of a cohort on a page: files are read in memory and forgotten; with a record, of the patients in it.</summary>
public static class OutcomesRoutes
{
    /// <summary>Larger cohorts are for the command line, which has no one waiting.</summary>
    private const int MostRows = 60_000;

    /// <summary>Whoever reaches the page sees the report, for there are no accounts: of the record it never shows lines of single patients nor small counts.</summary>
    private const int SmallestCellOfTheRecord = 5;

    public static void Map(WebApplication app)
    {
        // As a Delegate: a lambda over the request alone would be taken for one that writes its answer itself, and the page would be lost.
        app.MapGet("/outcomes", (Delegate)(static (HttpContext http) => Page(http, new Asked(null, null, "1", false))));
        app.MapPost("/outcomes", Report);
        app.MapPost("/outcomes/json", Json);
    }

    private static async Task<IResult> Report(HttpContext http, Site site)
    {
        var asked = await Read(http, site);
        return await Page(http, asked, asked.Report is { } report ? (nameof(OutcomesPage.Sections), OutcomeSections.Of(report, site.Version, OutcomeRun.Seed)) : null);
    }

    private static async Task<IResult> Json(HttpContext http, Site site)
    {
        var asked = await Read(http, site);
        if (asked.Report is not { } report)
        {
            return await Page(http, asked);
        }

        http.Response.Headers.ContentDisposition = "attachment; filename=outcomes.json";
        return Results.Text(OutcomesJson.Of(report, site.Version, OutcomeRun.Seed).ToJsonString(Batch.Json), "application/json");
    }

    private static async Task<IResult> Page(HttpContext http, Asked asked, (string, object?)? sections = null)
    {
        var inRecord = http.RequestServices.GetService<CohortStore>() is { } store ? await store.Patients(http.RequestAborted) : (int?)null;
        (string, object?)[] parameters = [(nameof(OutcomesPage.Problem), asked.Problem), (nameof(OutcomesPage.MinimumCell), asked.Cell), (nameof(OutcomesPage.FromRecord), asked.FromRecord), (nameof(OutcomesPage.InRecord), inRecord)];
        return new Rendered<OutcomesPage>(200, sections is { } s ? [.. parameters, s] : parameters);
    }

    private static async Task<Asked> Read(HttpContext http, Site site)
    {
        if (!http.Request.HasFormContentType)
        {
            return new(null, "Send the form as it is, with at least one file.", "1", false);
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (cell, fromRecord) = (form["min_cell"].ToString(), form["from"] == "record");
        if (!int.TryParse(cell, out var smallest) || smallest is < 1 or > 1000)
        {
            return new(null, "The smallest count is a whole number from 1 to 1000.", cell, fromRecord);
        }

        var files = new List<(string Name, byte[] Bytes)>();
        foreach (var file in form.Files.GetFiles("files").Where(f => f.Length > 0))
        {
            files.Add((Path.GetFileName(file.FileName), await Bytes(file)));
        }

        if (!fromRecord && files.Count == 0)
        {
            return new(null, "Choose at least one CSV file.", cell, false);
        }

        if (files.Sum(f => f.Bytes.Count(b => b == (byte)'\n')) > MostRows)
        {
            return new(null, $"These files have more than {MostRows} rows, too many for a page; use 'igloop outcomes' on the command line.", cell, false);
        }

        try
        {
            var options = new OutcomeOptions { MinimumCell = smallest, Resamples = 1000 };
            if (!fromRecord)
            {
                var map = form.Files.GetFile("map") is { Length: > 0 } m ? System.Text.Encoding.UTF8.GetString(await Bytes(m)) : null;
                return new(OutcomeRun.Of(OutcomeRun.Entries(files, map), options, OutcomeRun.Seed, today: Today(site)), null, cell, false);
            }

            var store = http.RequestServices.GetService<CohortStore>();
            var entries = store is null ? [] : await store.Entries(stop: http.RequestAborted);
            return entries.Count == 0 ? new(null, store is null ? "This server keeps no record; give files." : "The record holds no patient yet; 'igloop import' puts some in.", cell, false)
                : entries.Count > MostRows ? new(null, $"The record holds more than {MostRows} entries, too many for a page; use 'igloop outcomes' on the command line.", cell, true)
                : new(OutcomeRun.Of(entries, options with { MinimumCell = Math.Max(smallest, SmallestCellOfTheRecord) }, OutcomeRun.Seed, today: Today(site)), null, Math.Max(smallest, SmallestCellOfTheRecord).ToString(System.Globalization.CultureInfo.InvariantCulture), true);
        }
        catch (BatchException e)
        {
            return new(null, $"{e.Message} ({e.Where})", cell, fromRecord);
        }
    }

    private static DateOnly Today(Site site) => DateOnly.FromDateTime(site.Clock.GetUtcNow().UtcDateTime);

    /// <param name="Problem">What is wrong, in a sentence with row and column; null: nothing.</param>
    /// <param name="Cell">The smallest count as it was written, or as it was raised.</param>
    private sealed record Asked(OutcomeReport? Report, string? Problem, string Cell, bool FromRecord);

    private static async Task<byte[]> Bytes(IFormFile file)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return memory.ToArray();
    }
}
