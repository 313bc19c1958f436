using System.Threading.RateLimiting;
using IgLoop.Features.About;
using IgLoop.Features.Browse;
using IgLoop.Features.Decide;
using IgLoop.Features.Reviews;
using IgLoop.Features.Scores;
using IgLoop.Features.Shell;
using IgLoop.Records;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;

namespace IgLoop.Features;

/// <summary>The web application: one host, its limits and its routes.</summary>
public static class WebApplicationSetup
{
    /// <summary>The largest request: a FHIR bundle of one patient with years of history is well below it.</summary>
    public const int MaxRequestBytes = 16 * 1024 * 1024;

    // A ward behind one proxy shares an address and every change of the form asks again, so the limit is wide: it stops a runaway script, not a busy clinic.
    private const int BurstOfPosts = 300;
    private const int PostsPerSecond = 30;

    /// <summary>Builds the application; the caller runs it.</summary>
    /// <param name="site">What the pages answer from.</param>
    /// <param name="urls">Addresses to listen on, for example <c>http://127.0.0.1:5080</c>; null: the host's default.</param>
    /// <param name="logging">More places to log to; null: the console only.</param>
    /// <param name="record">Where reviews are kept; null: nothing is kept and the pages say so.</param>
    public static WebApplication Build(Site site, string? urls = null, Action<ILoggingBuilder>? logging = null, Journal? record = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
            EnvironmentName = Environments.Production,
        });
        if (urls is not null)
        {
            builder.WebHost.UseUrls(urls);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        });
        builder.Services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = MaxRequestBytes;
            form.ValueLengthLimit = 64 * 1024;
            form.ValueCountLimit = 8192;

            // An uploaded record stays in memory: above this threshold ASP.NET would write it to a temporary file.
            form.MemoryBufferThreshold = MaxRequestBytes + 1;
        });
        QuietLogging(builder.Logging);
        logging?.Invoke(builder.Logging);
        builder.Services.AddSingleton(site);
        builder.Services.AddSingleton(new PageFiles(builder.Environment.WebRootPath));
        if (record is not null)
        {
            KeepRecord(builder, record, site, urls);
        }

        builder.Services.AddRequestTimeouts(t => t.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(30) });
        builder.Services.AddRateLimiter(LimitPosts);

        var app = builder.Build();
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(failed => failed.Run(Failed));
        app.UseStatusCodePages(context => NoContent(context.HttpContext));
        app.UseStaticFiles(new StaticFileOptions
        {
            // Addresses carry a mark of the content (see PageFiles): a changed file has another address.
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl =
                file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseRateLimiter();
        DecideRoutes.Map(app);
        ScoreRoutes.Map(app);
        Response.ResponseRoutes.Map(app);
        BrowseRoutes.Map(app);
        Costs.CostsRoutes.Map(app);
        ReviewRoutes.Map(app);
        Outcomes.OutcomesRoutes.Map(app);
        AboutRoutes.Map(app);
        app.MapFallback(() => ErrorPage.NotFound);
        return app;
    }

    /// <summary>What pages that write need: the record, and tokens in their forms whose keys every web node shares.</summary>
    private static void KeepRecord(WebApplicationBuilder builder, Journal record, Site site, string? urls)
    {
        builder.Services.AddSingleton(new ReviewStore(record, site.Clock));
        builder.Services.AddSingleton(new Outcomes.CohortStore(record, site.Clock));
        builder.Services.AddDataProtection().SetApplicationName("IgLoop");
        builder.Services.Configure<KeyManagementOptions>(keys => keys.XmlRepository = new KeysInDatabase(record.Database));
        builder.Services.AddAntiforgery(a =>
        {
            a.FormFieldName = "form-token";
            a.Cookie.Name = "igloop-form";
            a.Cookie.HttpOnly = true;
            a.Cookie.SameSite = SameSiteMode.Strict;
            a.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            a.SuppressXFrameOptionsHeader = true;
        });

        // A page elsewhere whose name is made to lead to this machine would be "same origin" for the browser; its name is then in the Host header.
        var addresses = (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        if (addresses.Length > 0 && addresses.All(a => Uri.TryCreate(a, UriKind.Absolute, out var uri) && uri.IsLoopback))
        {
            builder.Services.PostConfigure<HostFilteringOptions>(h => h.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        }
    }

    /// <summary>Nothing of a request's body may reach a log: framework categories are cut to warnings, and a failure is logged by type and place only.</summary>
    private static void QuietLogging(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(c => c.SingleLine = true);
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.None);

        // Keys lie in the database unencrypted, as the record beside them does; a refused token is answered, not logged.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
    }

    private static void LimitPosts(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limiter)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http => HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetTokenBucketLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "unknown", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = BurstOfPosts,
                TokensPerPeriod = PostsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetNoLimiter("reading"));
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    }

    private static Task Failed(HttpContext http)
    {
        var failure = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        switch (failure)
        {
            case BadHttpRequestException bad:
                http.Response.StatusCode = bad.StatusCode;
                return NoContent(http);
            case InvalidDataException:
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return NoContent(http);
        }

        // The message of an exception may quote a value of the patient; its type and stack never do.
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("IgLoop.Web")
            .LogError("{Method} {Path} failed: {Type}{NewLine}{Stack}", http.Request.Method, http.Request.Path.Value, failure?.GetType().FullName, Environment.NewLine, failure?.StackTrace);
        http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return NoContent(http);
    }

    /// <summary>A plain page, or JSON for the API, for an answer that has only a status.</summary>
    private static Task NoContent(HttpContext http)
    {
        var (title, line) = http.Response.StatusCode switch
        {
            400 => ("The request was not understood", "Something in it was not as the server expects. Go back and send it again."),
            404 => ("There is no such page", "If you typed the address, check it. If you followed a link, the knowledge may have changed since."),
            405 => ("This address does not work that way", "It was asked with a method that it does not answer."),
            408 or 504 => ("That took too long", "Nothing was stored. Try again."),
            413 => ("That was too large", $"A request may have {MaxRequestBytes / 1024 / 1024} MB. Leave out documents and images, or send fewer entries."),
            415 => ("That kind of content is not read here", "Send the form as it is, or JSON to the API."),
            429 => ("Too many requests", "Wait a few seconds and try again."),
            _ => ("Something went wrong on our side", "Nothing was stored. Go back and try again; if it happens again, report what you were doing, without patient data."),
        };
        return http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
            ? Results.Json(new { error = new { code = $"http-{http.Response.StatusCode}", message = $"{title}. {line}", where = http.Request.Path.Value } }, statusCode: http.Response.StatusCode).ExecuteAsync(http)
            : ErrorPage.Of(http.Response.StatusCode, title, line).ExecuteAsync(http);
    }
}
