using Microsoft.Playwright;

namespace IgLoop.Tests.Web;

/// <summary>Scores and responses in the hand, and without script.</summary>
[Collection("browser")]
public sealed class ScoresOnAPhone(Chromium chromium, ShippedSite site) : IClassFixture<ShippedSite>
{
    /// <summary>The bar that stays at the bottom took up to five lines of a small screen.</summary>
    [Theory]
    [InlineData("/scores/selena_sledai")]
    [InlineData("/scores/cdasi")]
    [InlineData("/scores/steroid_sparing")]
    [InlineData("/response")]
    public async Task the_bar_covers_two_lines_and_the_other_actions_wait_at_the_end_of_the_form(string path)
    {
        await using var opened = await chromium.Open(site.Address + path, 360, 740);
        var bar = opened.Page.Locator(".ig-actions__bar");
        var box = (await bar.BoundingBoxAsync())!;

        Assert.InRange(box.Height, 30, 70);
        Assert.True(await opened.Page.EvaluateAsync<bool>("() => { const now = document.querySelector('.ig-now a'); return now.scrollHeight <= now.clientHeight + 1; }"), "The total is cut off.");
        Assert.InRange(box.Y + box.Height, 735, 741);
        Assert.True((await opened.Page.Locator("#start-again").BoundingBoxAsync())!.Y > 740);
        await opened.Page.Locator("#start-again").ScrollIntoViewIfNeededAsync();
        await opened.Page.ClickAsync("#start-again");
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task without_script_a_total_goes_on_to_the_forms_that_ask_for_it_and_to_the_response_without_typing_it_again()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/irods", 1280, 900, script: false);
        var page = opened.Page;
        async Task Scored()
        {
            await page.GotoAsync($"{site.Address}/scores/irods");
            await page.FillAsync("[id='w.raw_given']", "30");
            await page.FillAsync("#earlier", "2026-01-10 20");
            await page.FillAsync("#at", "2026-03-10");
            await page.ClickAsync(".ig-go");
        }

        await Scored();
        Assert.False(await page.Locator(".ig-carries").First.IsVisibleAsync());
        await page.ClickAsync("#onward-title ~ ul button >> nth=0");
        Assert.Equal("20 30", $"{await page.InputValueAsync("[id='w.baseline']")} {await page.InputValueAsync("[id='w.now']")}");
        Assert.NotNull(await page.QuerySelectorAsync("#headline"));

        await Scored();
        await page.ClickAsync("#over-title ~ div .ig-go-on button");
        Assert.Equal("irods 2026-01-10 20\nirods 2026-03-10 total=30", (await page.InputValueAsync("#lines")).Replace("\r", "", StringComparison.Ordinal));
        Assert.Equal("irods", await page.InputValueAsync("#instrument"));
    }

    [Fact]
    public async Task the_assessor_s_word_that_the_next_step_asks_for_can_be_given_on_the_page()
    {
        await using var opened = await chromium.Open($"{site.Address}/response#in={Uri.EscapeDataString("at=2026-11-24&instrument=pga&lines=" + Uri.EscapeDataString("pga 2026-01-10 1\npga 2026-03-10 0.5"))}");
        var page = opened.Page;
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'Open'");
        await page.CheckAsync("#said");
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'Response'");
        Assert.Contains("says the assessor", await page.TextContentAsync("article"), StringComparison.Ordinal);
        Assert.Empty(opened.Errors);
    }
}
