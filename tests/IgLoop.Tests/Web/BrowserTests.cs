using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IgLoop.Tests.Web;

/// <summary>The pages in a real browser: accessibility, narrow screens, keyboard, script and print.</summary>
[Collection("browser")]
public sealed partial class BrowserTests(Chromium chromium)
{
    public static TheoryData<string> Pages =>
    [
        "/", "/knowledge", "/knowledge?q=thrombosis", "/knowledge/conditions/lupus_haematological", "/knowledge/manifestations/thrombocytopenia", "/knowledge/products/privigen",
        "/knowledge/rules/T01", "/knowledge/studies/maier-1990", "/knowledge/authorities/nhs_england", "/knowledge/sources/igcalc_seeds", "/evidence", "/outcomes", "/costs", IgLoop.Tests.Costs.CostsWeb.Example, "/costs?weight=x", "/about", "/nowhere",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task axe_finds_nothing_and_360_pixels_need_no_sideways_scrolling(string path)
    {
        await using var opened = await chromium.Open(path, 360, 740);
        await OpenAllDetails(opened.Page);
        await AssertAccessible(opened.Page);
        await AssertNoSidewaysScrolling(opened.Page);
        Assert.DoesNotContain(opened.Errors, e => !e.Contains("404", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task axe_finds_nothing_on_an_answer_with_everything_open(int width)
    {
        await using var opened = await chromium.Open("/", width);
        await Ask(opened.Page);
        await OpenAllDetails(opened.Page);
        await AssertAccessible(opened.Page);
        await AssertNoSidewaysScrolling(opened.Page);
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task axe_finds_nothing_on_a_form_with_errors()
    {
        await using var opened = await chromium.Open("/", script: false);
        await opened.Page.FillAsync("[id='f.weight']", "six");
        await opened.Page.ClickAsync("button[type=submit]");
        await opened.Page.WaitForSelectorAsync(".nhsuk-error-summary");
        Assert.True(await opened.Page.IsVisibleAsync("[id='row.weight'] .nhsuk-error-message"));
        await using var withScript = await chromium.Open("/");
        await withScript.Page.FillAsync("[id='f.weight']", "six");
        await withScript.Page.PressAsync("[id='f.weight']", "Tab");
        await withScript.Page.WaitForSelectorAsync(".nhsuk-error-summary");
        await AssertAccessible(withScript.Page);
        await withScript.Page.ClickAsync(".nhsuk-error-summary a");
        Assert.Equal("f.weight", await Focused(withScript.Page));
    }

    [Fact]
    public async Task the_whole_page_works_without_script()
    {
        await using var opened = await chromium.Open("/", script: false);
        await opened.Page.SelectOptionAsync("#condition", "lupus_haematological");
        await opened.Page.FillAsync("[id='f.weight']", "64");
        await opened.Page.ClickAsync("button[type=submit]");
        await opened.Page.WaitForSelectorAsync(".ig-decision");
        Assert.EndsWith("/#answer", opened.Page.Url, StringComparison.Ordinal);
        Assert.Equal("64", await opened.Page.InputValueAsync("[id='f.weight']"));
        Assert.False(await opened.Page.IsVisibleAsync("#undo"));
    }

    [Fact]
    public async Task an_answer_follows_a_change_of_the_form_and_is_announced_while_focus_and_opened_parts_stay()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        await Ask(page);
        await page.ClickAsync("#why-nhs_england_itp > summary");
        await OpenAllDetails(page, "#facts details");
        await page.CheckAsync("[id='f.life_threatening_bleeding']");
        await page.WaitForSelectorAsync(".ig-headline--supported");
        Assert.Equal("f.life_threatening_bleeding", await Focused(page));
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('why-nhs_england_itp').open"));
        await page.WaitForFunctionAsync("() => document.getElementById('status').textContent.includes('May be given as planned')");
        Assert.Equal("polite", await page.GetAttributeAsync("#status", "aria-live"));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task undo_takes_back_the_last_change()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        await Ask(page);
        await OpenAllDetails(page, "#facts details");
        await page.CheckAsync("[id='f.life_threatening_bleeding']");
        await page.WaitForSelectorAsync(".ig-headline--supported");
        await page.ClickAsync("#undo");
        await page.WaitForSelectorAsync(".ig-headline--conditional");
        Assert.True(await page.IsCheckedAsync("[id='f.life_threatening_bleeding.2']"));
    }

    [Fact]
    public async Task a_link_brings_inputs_in_its_fragment_which_no_server_sees_and_the_address_is_cleaned()
    {
        await using var opened = await chromium.Open("/about");
        var page = opened.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync("/#in=" + Uri.EscapeDataString("condition=lupus_haematological&f.weight=64&at=2026-11-22"));
        await page.WaitForSelectorAsync(".ig-decision");
        Assert.Equal("64", await page.InputValueAsync("[id='f.weight']"));
        Assert.Equal("lupus_haematological", await page.InputValueAsync("#condition"));
        Assert.DoesNotContain("in=", page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(asked, url => url.Split('#')[0].Contains("64", StringComparison.Ordinal) && url.Contains("weight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_copied_link_gives_the_same_inputs_again()
    {
        await using var opened = await chromium.Open("/");
        await opened.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await Ask(opened.Page);
        await opened.Page.ClickAsync("#copy-link");
        await opened.Page.WaitForFunctionAsync("() => document.getElementById('status').textContent.includes('Link copied')");
        var link = await opened.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.Contains("/#in=", link, StringComparison.Ordinal);
        await using var other = await chromium.Open("/about");
        await other.Page.GotoAsync(link);
        await other.Page.WaitForSelectorAsync(".ig-decision");
        Assert.Equal("64", await other.Page.InputValueAsync("[id='f.weight']"));
        Assert.Equal("2026-11-22", await other.Page.InputValueAsync("#at"));
    }

    [Fact]
    public async Task what_is_typed_while_a_new_form_is_on_its_way_stays_and_is_asked()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        var held = new TaskCompletionSource();
        var posts = 0;
        await page.RouteAsync("**/*", async route =>
        {
            if (route.Request.Method == "POST" && Interlocked.Increment(ref posts) == 1)
            {
                await held.Task;
            }

            await route.ContinueAsync();
        });
        await page.FillAsync("#at", "2026-11-22");
        await page.SelectOptionAsync("#condition", "lupus_haematological");
        await page.FillAsync("[id='f.weight']", "64");
        held.SetResult();
        await page.WaitForSelectorAsync(".ig-decision");
        Assert.Equal("64", await page.InputValueAsync("[id='f.weight']"));
        await page.WaitForFunctionAsync("() => document.querySelector('.ig-decision').textContent.includes('64 kg')");
        Assert.Equal("64", await page.InputValueAsync("[id='f.weight']"));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_chosen_record_fills_the_form_at_once()
    {
        await using var opened = await chromium.Open("/");
        await opened.Page.SetInputFilesAsync("#record", new FilePayload { Name = "chart.yaml", MimeType = "text/yaml", Buffer = "weight: {value: 64 kg, on: 2026-11-20}\nrequest: {condition: lupus_haematological, at: 2026-11-22}\n"u8.ToArray() });
        await opened.Page.WaitForSelectorAsync(".ig-decision");
        Assert.Equal("64", await opened.Page.InputValueAsync("[id='f.weight']"));
        Assert.Equal("lupus_haematological", await opened.Page.InputValueAsync("#condition"));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_file_that_is_too_large_is_named_before_it_is_sent_and_the_answer_shown_is_marked_as_of_before()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        await Ask(page);
        var sent = 0;
        page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await page.EvaluateAsync("() => { const big = new DataTransfer(); big.items.add(new File([new Uint8Array(17 * 1024 * 1024)], 'big.json')); const record = document.getElementById('record'); record.files = big.files; record.dispatchEvent(new Event('change', { bubbles: true })); }");
        await page.WaitForSelectorAsync(".ig-failed >> text=That file is too large");
        Assert.Contains("of what was entered before", await page.TextContentAsync(".ig-failed"), StringComparison.Ordinal);
        Assert.Equal(0, sent);
        await AssertAccessible(page);
        await page.CheckAsync("[id='phase.1']");
        await page.WaitForFunctionAsync("() => !document.querySelector('.ig-failed') && !document.querySelector('.ig-outdated')");
    }

    [Fact]
    public async Task a_server_that_does_not_answer_is_told_to_the_eye_as_well()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        await Ask(page);
        await page.Context.SetOfflineAsync(true);
        await page.CheckAsync("[id='phase.1']");
        await page.WaitForSelectorAsync(".ig-failed >> text=The server did not answer");
        Assert.Equal("64", await page.InputValueAsync("[id='f.weight']"));
    }

    [Fact]
    public async Task a_record_dropped_anywhere_on_the_form_is_read()
    {
        await using var opened = await chromium.Open("/");
        var page = opened.Page;
        await page.EvaluateAsync("() => { const data = new DataTransfer(); data.items.add(new File(['weight: {value: 64 kg, on: 2026-11-20}\\nrequest: {condition: lupus_haematological, at: 2026-11-22}\\n'], 'chart.yaml')); document.getElementById('condition').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: data })); }");
        await page.WaitForSelectorAsync(".ig-decision");
        Assert.Equal("64", await page.InputValueAsync("[id='f.weight']"));
    }

    [Fact]
    public async Task on_a_phone_the_outcome_stays_in_sight_while_the_form_is_filled()
    {
        await using var opened = await chromium.Open("/", 360, 740);
        await Ask(opened.Page);
        await opened.Page.EvaluateAsync("() => window.scrollTo({ top: 0, behavior: 'instant' })");
        var box = await opened.Page.Locator("#now a").BoundingBoxAsync();
        Assert.True(box is { Y: > 0 and < 740, Height: > 10 });
        Assert.Equal(await opened.Page.TextContentAsync("#headline"), (await opened.Page.TextContentAsync("#now a"))!.Trim());
        await opened.Page.ClickAsync("#now a");
        await opened.Page.WaitForFunctionAsync("() => Math.abs(document.getElementById('answer').getBoundingClientRect().top) < 200");
    }

    [Fact]
    public async Task the_first_tab_reaches_the_skip_link_and_focus_is_visible()
    {
        await using var opened = await chromium.Open("/");
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to main content", await opened.Page.EvaluateAsync<string>("() => document.activeElement.textContent"));
        var box = await opened.Page.Locator(".nhsuk-skip-link").BoundingBoxAsync();
        Assert.True(box is { Width: > 20, Height: > 10, X: >= 0, Y: >= 0 });
    }

    [Fact]
    public async Task what_is_missing_leads_to_its_question_even_when_it_lies_in_a_closed_part()
    {
        await using var opened = await chromium.Open("/");
        await Ask(opened.Page);
        await opened.Page.ClickAsync(".ig-missing a");
        Assert.Equal("f.life_threatening_bleeding", await Focused(opened.Page));
        Assert.True(await opened.Page.IsVisibleAsync("[id='f.life_threatening_bleeding']"));
    }

    [Fact]
    public async Task an_answer_prints_on_at_most_two_pages_of_a4_without_form_and_navigation()
    {
        await using var opened = await chromium.Open("/");
        await Ask(opened.Page);
        var pdf = await opened.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.InRange(PagesOf(pdf), 1, 2);
        await opened.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await opened.Page.IsVisibleAsync("#decide"));
        Assert.False(await opened.Page.IsVisibleAsync(".ig-nav"));
        Assert.True(await opened.Page.IsVisibleAsync(".ig-headline"));
        Assert.True(await opened.Page.IsVisibleAsync("table.ig-steps >> nth=0"));
    }

    private static async Task Ask(IPage page)
    {
        await page.FillAsync("#at", "2026-11-22");
        await page.SelectOptionAsync("#condition", "lupus_haematological");
        await page.FillAsync("[id='f.weight']", "64");
        await page.PressAsync("[id='f.weight']", "Tab");
        await page.WaitForSelectorAsync(".ig-decision");
        await page.WaitForFunctionAsync("() => !document.getElementById('answer').hasAttribute('aria-busy')");
    }

    internal static Task OpenAllDetails(IPage page, string which = "details") =>
        page.EvaluateAsync("which => document.querySelectorAll(which).forEach(d => d.open = true)", which);

    internal static int PagesOf(byte[] pdf) => PageObject().Count(System.Text.Encoding.Latin1.GetString(pdf));

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("() => document.activeElement.id");

    internal static async Task AssertNoSidewaysScrolling(IPage page)
    {
        var (needed, shown) = (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("() => document.documentElement.clientWidth"));
        Assert.True(needed <= shown, $"{page.Url} is {needed} px wide on a screen of {shown} px.");
    }

    internal static async Task AssertAccessible(IPage page)
    {
        // The checker is run through the debugging protocol, which the page's own content policy does not reach.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Chromium.Axe));
        var found = await page.EvaluateAsync<JsonElement>("() => axe.run(document, { resultTypes: ['violations'] })");
        var violations = found.GetProperty("violations").EnumerateArray().Select(v =>
            $"{v.GetProperty("id").GetString()}: {v.GetProperty("help").GetString()}: {string.Join(" | ", v.GetProperty("nodes").EnumerateArray().Take(3).Select(n => n.GetProperty("html").GetString()))}").ToList();
        Assert.True(violations.Count == 0, $"{page.Url}: {string.Join('\n', violations)}");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();
}
