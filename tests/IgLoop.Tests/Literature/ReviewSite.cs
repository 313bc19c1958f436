using IgLoop.Cli;
using IgLoop.Features;
using IgLoop.Records;
using IgLoop.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IgLoop.Tests.Literature;

/// <summary>The real server with the shipped knowledge and a record in a temporary folder.</summary>
public sealed class ReviewSite : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-reviews").FullName;
    private WebApplication? app;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public Journal Journal { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var database = Database.InFolder(folder);
        await Migrations.Apply(database, DateTimeOffset.UnixEpoch);
        Journal = new(database);
        app = WebApplicationSetup.Build(ServeCommand.Site(Path.Combine(Chromium.Root, "knowledge"), null), "http://127.0.0.1:0", record: Journal);
        await app.StartAsync();
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
