using IgLoop.Features.Shell;

namespace IgLoop.Features.About;

/// <summary>What the program is for and how to read it.</summary>
public static class AboutRoutes
{
    public static void Map(WebApplication app) => app.MapGet("/about", () => new Rendered<AboutPage>());
}
