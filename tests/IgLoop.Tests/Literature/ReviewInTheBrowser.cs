using System.Text;
using System.Text.RegularExpressions;
using IgLoop.Records;
using IgLoop.Tests.Web;
using Microsoft.Playwright;

namespace IgLoop.Tests.Literature;

/// <summary>The whole way of a review in a real browser, with and without script.</summary>
[Collection("browser")]
public sealed class ReviewInTheBrowser(Chromium chromium, ReviewSite site) : IClassFixture<ReviewSite>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task from_the_search_to_what_changes_in_the_evidence(bool script)
    {
        var title = script ? "IVIg by keyboard" : "IVIg without script";
        var id = script ? "ivig-by-keyboard" : "ivig-without-script";
        await using var opened = await chromium.Open(new Uri(site.Address, "/reviews").ToString(), 360, 800, script);
        var page = opened.Page;
        await Look(page, script);
        await page.FillAsync("#title", title);
        await page.FillAsync("#first", "Ann Bell");
        await page.FillAsync("#second", "Ben Cole");
        await page.FillAsync("#third", "Cid Day");
        await page.ClickAsync("text=Begin >> nth=-1");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/reviews/{id}$"), new() { Timeout = 30_000 });
        await Look(page, script);

        await Go(page, id, "import?who=Ann Bell");
        await Look(page, script);
        await Upload(page, "search.nbib", Searches.Nbib, "PubMed");
        Assert.Contains("3 records were added", await page.InnerTextAsync("#result"), StringComparison.Ordinal);
        await Upload(page, "search.ris", Searches.Ris + "\nstray words\n", "Embase");
        Assert.Contains("line", await page.InnerTextAsync("#result"), StringComparison.Ordinal);
        Assert.Contains("stray words", await page.InnerTextAsync("#result"), StringComparison.Ordinal);
        await Look(page, script);
        await Upload(page, "search.ris", Searches.Ris + "\nstray words\n", "Embase");
        Assert.Contains("imported before", await page.InnerTextAsync("#result"), StringComparison.Ordinal);

        await Go(page, id, "duplicates?who=Ann Bell");
        await Look(page, script);
        Assert.Equal(1, await page.Locator("input[name=record][type=checkbox]:checked").CountAsync());
        await page.CheckAsync("input[name=record][value=r5]");
        await page.ClickAsync("text=Remove those chosen");
        await page.WaitForSelectorAsync("text=Removed (2)");
        await page.ClickAsync("text=Take r5 back");
        await page.WaitForSelectorAsync("text=Removed (1)");
        await Look(page, script);

        // Left are r1, r2, r3, r5, r6.
        await Judge(page, id, "Ann Bell", "title", script, "include", "maybe", "exclude", "exclude", "exclude");
        Assert.Contains("You have judged everything here", await page.InnerTextAsync("#done"), StringComparison.Ordinal);
        await Go(page, id, "conflicts?who=Ben Cole");
        Assert.Contains("There is no conflict", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Go(page, id, "screen?who=Ben Cole&stage=title");
        await Look(page, script);
        Assert.DoesNotContain("You said", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Judge(page, id, "Ben Cole", "title", script, "include", "exclude", "exclude", "exclude", "exclude");

        await Go(page, id, "agreement");
        Assert.Contains("Kappa 0.55 (95 % CI", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("4 of 5 records judged alike", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await Look(page, script);
        await Go(page, id, "conflicts?who=Cid Day");
        await Look(page, script);
        await page.ClickAsync("text=Settle: exclude");
        await page.WaitForSelectorAsync("text=settled by Cid Day");

        await Judge(page, id, "Ann Bell", "full", script, "include");
        await Judge(page, id, "Ben Cole", "full", script, "include");
        await Go(page, id, "studies?who=Ann Bell");
        await Look(page, script);
        await page.FillAsync("#study-r1", script ? "new-trial-2031" : "new-trial-2032");
        await page.ClickAsync("text=Name the study of r1");
        var study = script ? "new-trial-2031" : "new-trial-2032";
        await page.WaitForSelectorAsync($"text=Extraction of {study}");

        await Go(page, id, $"studies/{study}/extraction?who=Ann Bell");
        await Look(page, script);
        await page.SelectOptionAsync("#condition", "cidp");
        await page.FillAsync("#patients", "117");
        await page.FillAsync("[id='a1.name']", "IVIg");
        await page.FillAsync("[id='a1.n']", "59");
        await page.FillAsync("[id='a1.course']", "1");
        await page.FillAsync("[id='a2.name']", "placebo");
        await page.FillAsync("[id='a2.n']", "58");
        await page.FillAsync("[id='o1.instrument']", "INCAT better by 1 point");
        await page.FillAsync("[id='o1.page']", "table 2");
        await page.FillAsync("[id='o1r1.events']", "60");
        await page.FillAsync("[id='o1r1.n']", "59");
        await page.FillAsync("[id='o1r2.events']", "12");
        await page.FillAsync("[id='o1r2.n']", "58");
        await page.SelectOptionAsync("[id='o1.pool']", "cidp/improved-weeks");
        await page.SelectOptionAsync("[id='o1.measure']", "RD");
        await page.FillAsync("[id='o1.value']", "33.5");
        await page.FillAsync("[id='o1.low']", "15.4");
        await page.FillAsync("[id='o1.high']", "51.7");
        await page.SelectOptionAsync("#certainty", "high");
        await page.FillAsync("#source_read", "full text");
        await page.ClickAsync("#extraction button[type=submit]");
        await page.WaitForSelectorAsync(".nhsuk-error-summary");
        Assert.Contains("60 events are more than n = 59", await page.InnerTextAsync("#wrong"), StringComparison.Ordinal);
        Assert.Equal("placebo", await page.InputValueAsync("[id='a2.name']"));
        await Look(page, script);
        await page.FillAsync("[id='o1r1.events']", "32");
        await page.ClickAsync("#extraction button[type=submit]");
        await page.WaitForSelectorAsync("#flags");
        Assert.Contains("15.4 to 51.7 is not re-derivable from the arms: Wald 17.1 to 50.0, Newcombe 16.1 to 48.3", await page.InnerTextAsync("#flags"), StringComparison.Ordinal);
        Assert.Equal("32", await page.InputValueAsync("[id='o1r1.events']"));
        Assert.Equal("cidp/improved-weeks", await page.InputValueAsync("[id='o1.pool']"));

        await Go(page, id, $"studies/{study}/bias?who=Ben Cole");
        await Look(page, script);
        foreach (var d in new[] { "D1", "D2", "D3", "D4", "D5" })
        {
            await page.SelectOptionAsync($"#level-{d}", d == "D2" ? "SomeConcerns" : "Low");
            await page.FillAsync($"#reason-{d}", $"reason for {d}");
        }

        await page.ClickAsync("text=Keep >> nth=-1");
        await page.WaitForSelectorAsync("#overall");
        Assert.Contains("some concerns", await page.InnerTextAsync("#overall"), StringComparison.Ordinal);
        await Go(page, id, "bias");
        await Look(page, script);
        Assert.Contains("reason for D2", await page.InnerTextAsync("table"), StringComparison.Ordinal);

        await Go(page, id, "flow");
        await Look(page, script);
        Assert.Contains("Studies included in the review (n = 1)", await page.InnerHTMLAsync("figure svg"), StringComparison.Ordinal);
        Assert.Contains("Records identified from the database Embase", await page.InnerHTMLAsync("figure table"), StringComparison.Ordinal);

        await Go(page, id, $"studies/{study}/change");
        await Look(page, script);
        var cells = await page.Locator("table tbody tr").First.Locator("td").AllInnerTextsAsync();
        Assert.Equal(int.Parse(cells[0], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture));
        var pooled = await page.InnerTextAsync("section[aria-labelledby=pooled-0]");
        Assert.Contains("Pooled from 4 trials before and 5 now.", pooled, StringComparison.Ordinal);
        Assert.Matches(@"People, each once\s+118\s+235", pooled);
        Assert.Contains("reason for D2", pooled, StringComparison.Ordinal);
        Assert.Equal(2, await page.Locator("section[aria-labelledby=pooled-0] figure svg").CountAsync());
        var yaml = await (await page.APIRequest.GetAsync(new Uri(site.Address, $"/reviews/{id}/studies/{study}/study.yaml").ToString())).TextAsync();
        Assert.StartsWith($"id: '{study}'", yaml, StringComparison.Ordinal);
        Assert.Empty((await ChainCheck.Of(site.Journal)).Problems);
        Assert.DoesNotContain(opened.Errors, e => !e.Contains("422", StringComparison.Ordinal));
    }

    private async Task Judge(IPage page, string id, string who, string stage, bool keys, params string[] verdicts)
    {
        await Go(page, id, $"screen?who={who}&stage={stage}");
        foreach (var verdict in verdicts)
        {
            var record = await page.InputValueAsync("input[name=record] >> nth=0");
            if (keys)
            {
                await page.WaitForSelectorAsync("#keys:not([hidden])");
                await page.Keyboard.PressAsync(verdict[..1]);
            }
            else
            {
                await page.ClickAsync($"button[value={verdict}]");
            }

            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"last={record}"), new() { Timeout = 30_000 });
        }
    }

    private Task Go(IPage page, string id, string rest) => page.GotoAsync(new Uri(site.Address, $"/reviews/{id}/{rest}").ToString());

    private static async Task Upload(IPage page, string name, string text, string source)
    {
        await page.FillAsync("#source", source);
        await page.SetInputFilesAsync("#file", new FilePayload { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(text) });
        await page.ClickAsync("button:has-text('Import')");
        await page.WaitForSelectorAsync("#result");
    }

    private static async Task Look(IPage page, bool script)
    {
        if (script)
        {
            // The checker itself needs script; the pages are the same without.
            await BrowserTests.AssertAccessible(page);
        }

        await BrowserTests.AssertNoSidewaysScrolling(page);
    }
}
