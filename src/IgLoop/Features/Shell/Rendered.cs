using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IgLoop.Features.Shell;

/// <summary>
/// A Razor component as a whole HTML answer. Rendered directly, without the component endpoints of ASP.NET Core:
/// those bring antiforgery cookies and stored keys, and these pages set no cookie and keep nothing.
/// </summary>
public sealed class Rendered<TPage> : IResult
    where TPage : IComponent
{
    private readonly Dictionary<string, object?> parameters;
    private readonly int status;

    public Rendered(int status = 200, params (string Name, object? Value)[] parameters)
    {
        this.status = status;
        this.parameters = parameters.ToDictionary(p => p.Name, p => p.Value);
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        await httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
    }
}
