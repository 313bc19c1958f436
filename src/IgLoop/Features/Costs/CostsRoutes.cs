using IgLoop.Features.Shell;

namespace IgLoop.Features.Costs;

/// <summary>What courses cost, open to all; nothing is stored, and no decision reads it.</summary>
public static class CostsRoutes
{
    public static void Map(WebApplication app) => app.MapGet("/costs", Show);

    private static Rendered<CostsPage> Show(HttpContext http, Site site)
    {
        var form = CostForm.Of(http.Request.Query);
        var (answer, problems) = form.Asked ? form.Read(site.Knowledge, site.Today) : (null, new Dictionary<string, string>());
        return new(200, (nameof(CostsPage.Form), form), (nameof(CostsPage.Answer), answer), (nameof(CostsPage.Problems), problems));
    }
}
