using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Features;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IgLoop.Tests.Web;

/// <summary>The real web server on a free port, with the small knowledge and a decision that is always the same.</summary>
public sealed class RunningSite : IAsyncLifetime
{
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public HttpClient Http { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        app = WebApplicationSetup.Build(new Site(SampleKnowledge.Base, SiteProfile.International, SampleDecision.Of, "0.1.0", TimeProvider.System) { DecideLine = Line }, "http://127.0.0.1:0");
        await app.StartAsync();
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Http = new HttpClient { BaseAddress = Address };
    }

    private static JsonObject Line(JsonObject request)
    {
        if (request["condition"]?.GetValue<string>() is { } condition && !SampleKnowledge.Base.Conditions.ContainsKey(condition))
        {
            throw new BatchException("unknown-condition", $"There is no condition '{condition}'.", "condition");
        }

        return DecisionJson.Of(SampleDecision.Of(new(), new() { At = new(2026, 11, 22) }));
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
}
