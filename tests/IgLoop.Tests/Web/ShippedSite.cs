using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using IgLoop.Cli;
using IgLoop.Features;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IgLoop.Tests.Web;

/// <summary>The web server with the knowledge that ships.</summary>
public sealed class ShippedSite : IAsyncLifetime
{
    private WebApplication? app;

    public HttpClient Http { get; private set; } = new();

    public string Address => Http.BaseAddress!.ToString().TrimEnd('/');

    public Site Site { get; } = ServeCommand.Site(Path.Combine(Chromium.Root, "knowledge"), null);

    public async ValueTask InitializeAsync()
    {
        app = WebApplicationSetup.Build(Site, "http://127.0.0.1:0");
        await app.StartAsync();
        Http = new() { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    public async Task<IDocument> Post(string instrument, params (string Name, string Text)[] fields)
    {
        while (true)
        {
            using var body = new MultipartFormDataContent();
            foreach (var (name, text) in fields)
            {
                body.Add(new StringContent(text), name);
            }

            using var reply = await Http.PostAsync($"/scores/{instrument}", body);
            if (reply.StatusCode == HttpStatusCode.TooManyRequests)
            {
                // A walk over all forms asks more in a second than any reader: it waits as it is told to.
                await Task.Delay(500);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
        }
    }
}
