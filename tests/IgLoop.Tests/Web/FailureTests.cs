using System.Collections.Concurrent;
using System.Net;
using IgLoop.Core.Knowledge;
using IgLoop.Features;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IgLoop.Tests.Web;

/// <summary>What happens when our own code fails, and when someone asks far too often.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task a_failure_gives_a_plain_page_and_logs_its_kind_but_nothing_of_the_patient()
    {
        var log = new Kept();
        await using var app = WebApplicationSetup.Build(
            new Site(SampleKnowledge.Base, SiteProfile.International, (chart, _) => throw new InvalidOperationException($"weight {chart.Entries[0].Value.Number}"), "0.1.0", TimeProvider.System) { DecideLine = r => throw new InvalidOperationException(r.ToJsonString()) },
            "http://127.0.0.1:0",
            logging => logging.AddProvider(log));
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        using var form = new FormUrlEncodedContent([new("at", "2026-11-22"), new("f.weight", "73.25")]);
        using var reply = await http.PostAsync("/", form);
        var page = await reply.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.InternalServerError, reply.StatusCode);
        Assert.Contains("Something went wrong on our side", page, StringComparison.Ordinal);
        Assert.DoesNotContain("73.25", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var json = await http.PostAsync("/api/decide", new StringContent("""{"chart":{"weight":73.25}}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.InternalServerError, json.StatusCode);
        Assert.Contains("\"code\":\"http-500\"", await json.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(log.Lines, l => l.Contains("System.InvalidOperationException", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, l => l.Contains("73.25", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_runaway_script_is_told_to_wait_and_reading_goes_on()
    {
        await using var site = new RunningSite();
        await site.InitializeAsync();
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (_, stop) =>
        {
            using var body = new StringContent("{", System.Text.Encoding.UTF8, "application/json");
            using var reply = await site.Http.PostAsync("/api/decide", body, stop);
            statuses.Add(reply.StatusCode);
        });
        Assert.Contains(HttpStatusCode.BadRequest, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        using var page = await site.Http.GetAsync("/about");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    /// <summary>Keeps every line that is logged.</summary>
    private sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
