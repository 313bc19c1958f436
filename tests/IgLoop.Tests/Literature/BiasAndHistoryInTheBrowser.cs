using System.Text;
using System.Text.RegularExpressions;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;
using IgLoop.Features.Reviews.Import;
using IgLoop.Tests.Web;
using Microsoft.Playwright;

namespace IgLoop.Tests.Literature;

/// <summary>The form of the risk of bias with its suggestions, and the history, in a real browser.</summary>
[Collection("browser")]
public sealed class BiasAndHistoryInTheBrowser(Chromium chromium, ReviewSite site) : IClassFixture<ReviewSite>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task answers_show_what_they_suggest_and_keep_nothing_until_it_is_kept(bool script)
    {
        var (id, store) = await Included(script ? "Suggested" : "Suggested without script");
        await using var opened = await chromium.Open(new Uri(site.Address, $"/reviews/{id}/studies/ice-2008/bias?who=Ann").ToString(), 360, 800, script);
        var page = opened.Page;
        await page.SelectOptionAsync("[id='q-1.1']", "Y");
        await page.SelectOptionAsync("[id='q-1.2']", "PY");
        await page.SelectOptionAsync("[id='q-1.3']", "N");
        await page.SelectOptionAsync("[id='q-2.1']", "Y");
        await page.SelectOptionAsync("#level-D3", "SomeConcerns");
        await page.FillAsync("#reason-D3", "five of 59 lost");
        await page.ClickAsync("text=Show what the answers suggest");
        await page.WaitForSelectorAsync("text=Nothing is kept yet");

        Assert.Equal("The answers suggest: low.", (await page.InnerTextAsync("#suggested-D1")).Trim());
        Assert.Equal("The answers suggest: nothing yet.", (await page.InnerTextAsync("#suggested-D2")).Trim());
        Assert.Equal(("PY", "SomeConcerns", "five of 59 lost"), (await page.InputValueAsync("[id='q-1.2']"), await page.InputValueAsync("#level-D3"), await page.InputValueAsync("#reason-D3")));
        Assert.Empty((await store.Load(id)).Bias);
        await BrowserTests.AssertNoSidewaysScrolling(page);
        if (script)
        {
            await BrowserTests.AssertAccessible(page);
        }

        // The suggestion of D1 is taken; the others are judged by hand.
        await page.SelectOptionAsync("#level-D1", "suggested");
        foreach (var d in new[] { "D2", "D4", "D5" })
        {
            await page.SelectOptionAsync($"#level-{d}", "Low");
            await page.FillAsync($"#reason-{d}", $"reason for {d}");
        }

        await page.ClickAsync("form.ig-card button:has-text('Keep')");
        await page.WaitForSelectorAsync("#overall");
        var kept = (await store.Load(id)).Bias["ice-2008"][0];
        Assert.Equal((BiasLevel.Low, BiasLevel.Low, "as the answers to the signalling questions suggest"), (kept.Domains[0].Level, kept.Domains[0].Suggested, kept.Domains[0].Reason));
        Assert.Equal(BiasLevel.SomeConcerns, kept.Overall);
    }

    [Fact]
    public async Task the_history_is_read_on_a_telephone_by_keyboard_and_on_paper()
    {
        var (id, _) = await Included("Read back");
        await using var opened = await chromium.Open(new Uri(site.Address, $"/reviews/{id}/history?who=Ann").ToString(), 360, 800);
        var page = opened.Page;
        await BrowserTests.AssertAccessible(page);
        await BrowserTests.AssertNoSidewaysScrolling(page);
        await page.FocusAsync("#about");
        await page.Keyboard.TypeAsync("ice-2008");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("about=ice-2008"), new() { Timeout = 30_000 });
        Assert.Contains("Named r1 a report of ice-2008.", await page.InnerTextAsync(".ig-history"), StringComparison.Ordinal);
        Assert.Contains("1 of 8 entries", await page.InnerTextAsync(".ig-history caption"), StringComparison.Ordinal);
        await page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        Assert.False(await page.IsVisibleAsync(".ig-filter"));
        Assert.True(await page.IsVisibleAsync(".ig-history"));
        Assert.Empty(opened.Errors);
    }

    /// <summary>A review of Ann and Ben whose one record is the included study ice-2008.</summary>
    private async Task<(string Id, ReviewStore Store)> Included(string title)
    {
        var store = new ReviewStore(site.Journal, TimeProvider.System);
        var (id, _) = await store.Create(new(title, "", ["Ann", "Ben"], null), "Ann");
        await Importing.Import(store, id, "Ann", "one.csv", Encoding.UTF8.GetBytes("title\nOne trial of immunoglobulin"), null, "PubMed", false);
        foreach (var stage in new[] { Stage.Title, Stage.FullText })
        {
            await store.Keep(id, "Ann", new Screened("r1", stage, Verdict.Include, null));
            await store.Keep(id, "Ben", new Screened("r1", stage, Verdict.Include, null));
        }

        Assert.Null((await store.Keep(id, "Ann", new Grouped("r1", "ice-2008"))).Refusal);
        return (id, store);
    }
}
