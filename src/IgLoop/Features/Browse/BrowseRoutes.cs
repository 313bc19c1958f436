using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Components;

namespace IgLoop.Features.Browse;

/// <summary>The knowledge, open to read: every statement with its source and how far that source was read.</summary>
public static class BrowseRoutes
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/knowledge", (string? q) => new Rendered<KnowledgeIndex>(200, (nameof(KnowledgeIndex.Query), Cut(q))));
        app.MapGet("/evidence", (string? sort, bool? down, string? condition, string? q, string? design, string? product, string? certainty) => new Rendered<EvidencePage>(
            200,
            (nameof(EvidencePage.Sort), sort ?? "condition"),
            (nameof(EvidencePage.Down), down ?? false),
            (nameof(EvidencePage.Condition), Cut(condition)),
            (nameof(EvidencePage.Query), Cut(q)),
            (nameof(EvidencePage.Design), Cut(design)),
            (nameof(EvidencePage.Product), Cut(product)),
            (nameof(EvidencePage.Certain), Cut(certainty))));
        app.MapGet("/knowledge/conditions/{id}", (string id, Site site) => One<ConditionPage, Core.Knowledge.Condition>(site.Knowledge.Conditions.GetValueOrDefault(id)));
        app.MapGet("/knowledge/manifestations/{id}", (string id, Site site) => One<ManifestationPage, Core.Knowledge.Manifestation>(site.Knowledge.Manifestations.GetValueOrDefault(id)));
        app.MapGet("/knowledge/products/{id}", (string id, Site site) => One<ProductPage, Core.Knowledge.Product>(site.Knowledge.Products.GetValueOrDefault(id)));
        app.MapGet("/knowledge/rules/{id}", (string id, Site site) => One<RulePage, Core.Knowledge.SafetyRule>(KnowledgeSearch.AllRules(site.Knowledge).FirstOrDefault(r => r.Id == id)));
        app.MapGet("/knowledge/instruments/{id}", (string id, Site site) => One<InstrumentPage, Core.Knowledge.Instruments.Instrument>(site.Knowledge.Instruments.GetValueOrDefault(id)));
        app.MapGet("/knowledge/studies/{id}", (string id, Site site) => One<StudyPage, Core.Knowledge.Study>(site.Knowledge.Studies.GetValueOrDefault(id)));
        app.MapGet("/knowledge/authorities/{id}", (string id, Site site) => One<AuthorityPage, Core.Knowledge.Authority>(site.Knowledge.Authorities.GetValueOrDefault(id)));
        app.MapGet("/knowledge/sources/{id}", (string id, Site site) => One<SourcePage, Core.Knowledge.Source>(site.Knowledge.Sources.GetValueOrDefault(id)));
    }

    /// <summary>The page of one thing, which takes it as its parameter <c>Item</c>; not found when there is none.</summary>
    private static IResult One<TPage, TItem>(TItem? item)
        where TPage : IComponent
        where TItem : class => item is null ? ErrorPage.NotFound : new Rendered<TPage>(200, ("Item", item));

    private static string Cut(string? text) => text is null ? "" : text.Length <= 200 ? text.Trim() : text[..200].Trim();
}
