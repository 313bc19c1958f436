using Microsoft.Playwright;

namespace IgLoop.Tests.Web;

/// <summary>One real browser for the tests of a collection; they run one after another to stay light.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? playwright;
    private IBrowser? browser;

    public RunningSite Site { get; } = new();

    /// <summary>axe-core, the accessibility checker, from npm.</summary>
    public static string Axe => Path.Combine(Root, "node_modules", "axe-core", "axe.min.js") is var path && File.Exists(path)
        ? path
        : throw new FileNotFoundException($"The accessibility checker is missing at {path}: run 'npm ci' in {Root}.");

    public static string Root
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "IgLoop.slnx")))
                {
                    return folder.FullName;
                }
            }

            throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds IgLoop.slnx.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        await Site.DisposeAsync();
    }

    /// <summary>A page of its own context; anything the page reports as an error makes <see cref="BrowserPage.Errors"/> longer.</summary>
    public async Task<BrowserPage> Open(string path, int width = 1280, int height = 900, bool script = true)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script, BaseURL = Site.Address.ToString(), BypassCSP = false });
        var page = await context.NewPageAsync();
        var opened = new BrowserPage(page);
        await page.GotoAsync(path);
        return opened;
    }

    private static string Program =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .Prepend("/usr/bin/chromium")
            .Prepend(Environment.GetEnvironmentVariable("IGLOOP_CHROMIUM") ?? "")
            .FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("No Chromium was found: install it (Debian: apt-get install chromium) or name it in the environment variable IGLOOP_CHROMIUM.");
}

/// <summary>An open page with the errors its console and scripts reported.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly List<string> errors = [];

    public BrowserPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                errors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors of the console (a blocked style or script among them) and uncaught errors of scripts.</summary>
    public IReadOnlyList<string> Errors => errors;

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}

[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Chromium>;
