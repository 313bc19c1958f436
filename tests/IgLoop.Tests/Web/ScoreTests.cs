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
using Microsoft.Playwright;

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
        using var body = new MultipartFormDataContent();
        foreach (var (name, text) in fields)
        {
            body.Add(new StringContent(text), name);
        }

        using var reply = await Http.PostAsync($"/scores/{instrument}", body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
    }
}

/// <summary>Forms of the instruments, made from their files: totals, bounds, what an answer would change, and errors at their field.</summary>
public sealed class ScorePageTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    [Fact]
    public async Task what_is_left_open_is_unknown_and_the_total_shows_its_bounds()
    {
        var page = await site.Post("mg_adl", ("at", "2026-01-10"), ("a.talking", "2"), ("a.chewing", "1"));
        Assert.Contains("MG-ADL 3 to 21", Text(page, "#headline"), StringComparison.Ordinal);
        Assert.Contains("→ 4 to 22", Text(page, "[id='to.talking.3']"), StringComparison.Ordinal);
        Assert.Contains("7 days", page.QuerySelector(".ig-lead")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task bands_stand_side_by_side_with_the_name_of_their_scheme()
    {
        var page = await site.Post("sledai2k", ("at", "2026-01-10"), ("a.vasculitis", "yes"), ("a.fever", "yes"), ("rest", "absent"));
        Assert.Contains("SLEDAI-2K 9", Text(page, "#headline"), StringComparison.Ordinal);
        var rows = page.QuerySelectorAll("#bands-title ~ div tbody tr").Select(r => r.TextContent).ToList();
        Assert.True(rows.Count(r => r.Contains("moderate", StringComparison.Ordinal) || r.Contains("mild", StringComparison.Ordinal) || r.Contains("high", StringComparison.Ordinal)) >= 2, string.Join('\n', rows));
        Assert.True(page.QuerySelector("input[name='a.seizure'][value='no']")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task the_last_value_stands_beside_each_answer_and_totals_are_drawn_over_time_with_infusions_and_their_table()
    {
        var page = await site.Post("skin4", ("at", "2026-03-10"), ("a.erythema", "1"), ("a.induration", "0"), ("a.scaling", "1"), ("a.extent", "1"), ("earlier", "skin4 2026-01-10 erythema=3 induration=2 scaling=2 extent=5"), ("infusions", "2026-01-12 60\n2026-02-12 30 g"));
        Assert.Contains("3 severe", Text(page, "[id='last.erythema']"), StringComparison.Ordinal);
        Assert.Contains("2026-01-10 12 to 2026-03-10 3: -9 (-75 %)", Text(page, "#changes"), StringComparison.Ordinal);
        Assert.Contains("reached, partial helpful", Text(page, "#change"), StringComparison.Ordinal);
        Assert.Contains("60 g", Text(page, ".ig-chart__table"), StringComparison.Ordinal);
        Assert.Equal("skin4 2026-03-10 erythema=1 extent=1 induration=0 scaling=1", Text(page, "#line").Trim());
    }

    [Fact]
    public async Task the_body_picture_counts_activity_only_and_a_total_without_answers_does_not_hide_the_last_answers()
    {
        var page = await site.Post("clasi", ("at", "2026-03-10"), ("a.erythema_chest", "2"), ("a.scarring_chest", "1"), ("earlier", "2026-01-10 erythema_chest=3\n2026-02-10 12"));
        Assert.Contains("2 points, 1 of", page.QuerySelector(".ig-body-picture a[aria-label^='Chest']")!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("10 January 2026", Text(page, "[id='last.erythema_chest']"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mg_adl", "a.talking", "4", "a.talking", "0 to 3")]
    [InlineData("mg_adl", "a.talkin", "1", "at", "talking")]
    [InlineData("mg_adl", "at", "2199-01-01", "at", "after today")]
    [InlineData("mg_adl", "at", "1 Smarch", "at", "must be a date")]
    [InlineData("mg_adl", "earlier", "2026-01-01 4\n2026-01-01 5", "earlier", "same time")]
    [InlineData("mg_adl", "earlier", "2026-01-10 4", "earlier", "same time")]
    [InlineData("mg_adl", "earlier", "2199-01-01 4", "earlier", "after today")]
    [InlineData("mg_adl", "earlier", "2026-01-01 25", "earlier", "0 to 24")]
    [InlineData("mg_adl", "earlier", "2026-01-01 talkin=1", "earlier", "talking")]
    [InlineData("mg_adl", "earlier", "qmg 2026-01-01 5", "earlier", "'qmg'")]
    [InlineData("mg_adl", "infusions", "2026-01-01 lots", "infusions", "day and the grams")]
    [InlineData("qmg", "a.ptosis_s", "12 kg", "a.ptosis_s", "kg")]
    [InlineData("qmg", "a.ptosis_s", "1,5", "a.ptosis_s", "ambiguous")]
    [InlineData("irods", "w.raw_given", "49", "w.raw_given", "48")]
    public async Task what_cannot_be_scored_is_an_error_at_its_field_and_gives_no_total(string instrument, string field, string text, string input, string said)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["at"] = "2026-01-10", [field] = text };
        if (instrument == "mg_adl")
        {
            fields.TryAdd("a.chewing", "1");
        }

        var page = await site.Post(instrument, [.. fields.Select(f => (f.Key, f.Value))]);
        var link = page.QuerySelector($".nhsuk-error-summary a[href='#{input}']");
        Assert.True(link is not null, page.QuerySelector("#answer")!.TextContent);
        Assert.Contains(said, link.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById(input));
        Assert.Null(page.QuerySelector(".ig-decision"));
    }

    [Fact]
    public async Task a_restricted_instrument_takes_its_total_only()
    {
        var page = await site.Post("irods", ("at", "2026-01-10"), ("w.raw_given", "30"));
        Assert.Empty(page.QuerySelectorAll("input[type=radio]"));
        Assert.Contains("30", Text(page, "#headline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_instrument_has_a_form_that_starts_without_an_error_or_says_why_it_has_none()
    {
        foreach (var instrument in site.Site.Knowledge.Instruments.Values)
        {
            using var reply = await site.Http.GetAsync($"/scores/{instrument.Id}");
            var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
            Assert.True(reply.IsSuccessStatusCode && page.QuerySelector(".nhsuk-error-summary") is null, $"{instrument.Id}: {page.QuerySelector(".nhsuk-error-summary")?.TextContent}");
            Assert.True(page.QuerySelector("form#score input[name='at']") is not null || page.QuerySelector(".ig-empty") is not null, instrument.Id);
            var wanted = instrument.Items.Select(i => "a." + i.Id).Where(n => page.QuerySelector($"[name='{n}']") is null).ToList();
            Assert.True(wanted.Count == 0 || instrument.Totals.Count > 1, $"{instrument.Id} does not ask {string.Join(", ", wanted)}");
        }
    }

    private static string Text(IDocument page, string selector) => page.QuerySelector(selector)?.TextContent ?? "";
}

/// <summary>The forms in a real browser: keys, live totals, script off, a phone, axe.</summary>
[Collection("browser")]
public sealed class ScoreBrowserTests(Chromium chromium, ShippedSite site) : IClassFixture<ShippedSite>
{
    [Theory]
    [InlineData("/scores")]
    [InlineData("/scores/clasi")]
    [InlineData("/scores/qmg")]
    [InlineData("/scores/sledai2k")]
    [InlineData("/scores/irods")]
    [InlineData("/scores/lldas")]
    [InlineData("/scores/bicla")]
    [InlineData("/scores/dm_deterioration")]
    [InlineData("/scores/itp_iwg")]
    [InlineData("/scores/cidp_bundle")]
    [InlineData("/knowledge/instruments/clasi")]
    public async Task axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(string path)
    {
        await using var opened = await chromium.Open(site.Address + path, 360, 740);
        await BrowserTests.OpenAllDetails(opened.Page);
        await BrowserTests.AssertAccessible(opened.Page);
        await BrowserTests.AssertNoSidewaysScrolling(opened.Page);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task eight_questions_take_eight_digits_and_the_total_follows()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/mg_adl");
        var page = opened.Page;
        await page.FocusAsync("[id='a.talking.open']");
        var keys = 0;
        foreach (var digit in "21011200")
        {
            await page.Keyboard.PressAsync(digit.ToString());
            keys++;
        }

        Assert.Equal(8, keys);
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'MG-ADL 7'");
        Assert.True(await page.EvaluateAsync<bool>("() => document.activeElement.classList.contains('ig-go')"));
        Assert.Contains("→ 8", await page.TextContentAsync("[id='to.talking.3']"), StringComparison.Ordinal);
        await page.WaitForFunctionAsync("() => document.getElementById('status').textContent.includes('MG-ADL 7')");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_picture_over_time_is_accessible_and_fits_a_phone()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/clasi#in={Uri.EscapeDataString("at=2026-03-10&a.erythema_chest=2&a.scarring_chest=1&earlier=2026-01-10 20\n2026-02-10 12&infusions=2026-01-12 60")}", 360, 740);
        var page = opened.Page;
        await page.WaitForSelectorAsync("#over-title");
        Assert.DoesNotContain("in=", page.Url, StringComparison.Ordinal);
        await BrowserTests.OpenAllDetails(page);
        await BrowserTests.AssertAccessible(page);
        await BrowserTests.AssertNoSidewaysScrolling(page);
        await page.ClickAsync(".ig-body-picture a[aria-label^='Chest']");
        Assert.Equal("title.zone-chest", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task without_script_the_button_gives_the_total_and_the_rest_can_be_said_to_be_absent()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/sledai2k", script: false);
        var page = opened.Page;
        await page.CheckAsync("[id='a.arthritis.1']");
        await page.ClickAsync(".ig-go");
        Assert.Contains("4 to 105", await page.TextContentAsync("#headline"), StringComparison.Ordinal);
        await page.ClickAsync("#rest");
        Assert.Contains("SLEDAI-2K 4,", await page.TextContentAsync("#headline"), StringComparison.Ordinal);
    }
}
