using IgLoop.Features.Scores.Calculations;
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

    /// <summary>The form of an instrument, or of a calculation; one id names one of them.</summary>
    private static IResult Page(Site site, string id, IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> posted)
    {
        var instrument = site.Knowledge.Instruments.GetValueOrDefault(id);
        if (instrument is not null && (HasOwnForm(instrument) || instrument.Calculations.All(c => c.Id != id)))
        {
            return new Rendered<ScorePage>(200, (nameof(ScorePage.Sheet), ScoreSheet.Of(site.Knowledge, instrument, posted, site.Today)));
        }

        foreach (var holder in site.Knowledge.Instruments.Values)
        {
            if (holder.Calculations.FirstOrDefault(c => c.Id == id) is { } calculation)
            {
                return new Rendered<CalculationPage>(200, (nameof(CalculationPage.Sheet), CalculationSheet.Of(site.Knowledge, holder, calculation, posted, site.Today)));
            }
        }

        return ErrorPage.NotFound;
    }

    /// <summary>Whether the file holds items or totals to enter, beside its calculations.</summary>
    internal static bool HasOwnForm(Core.Knowledge.Instruments.Instrument instrument) =>
        instrument.Items.Count > 0 || instrument.Inputs.Any(w => w.Shape == Core.Knowledge.Instruments.InputShape.Total);
}
