using Microsoft.Playwright;

namespace IgLoop.Tests.Web;

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

    /// <summary>From the address bar to the answer without a mouse: two skip links, then one key a question, a typed number and Tab where a number is asked.</summary>
    [Theory]
    [InlineData("mg_adl", "0", 8, "MG-ADL 0")]
    [InlineData("sledai2k", "0", 24, "SLEDAI-2K 0, Clinical SLEDAI 0")]
    [InlineData("bilag2004", "0", 9, "Numeric BILAG 0")]
    [InlineData("mmt8", "10", 30, "MMT-8, both sides 150")]
    [InlineData("clasi", "0", 56, "CLASI activity 0, CLASI damage 0")]
    [InlineData("qmg", "0", 35, "QMG 11")]
    public async Task a_long_form_is_filled_by_keyboard_alone_in_a_key_a_question(string instrument, string answer, int most, string headline)
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/{instrument}");
        var page = opened.Page;
        foreach (var key in new[] { "Tab", "Tab", "Enter", "Tab" })
        {
            await page.Keyboard.PressAsync(key);
        }

        var keys = 0;
        for (var question = 0; question < 200; question++)
        {
            var kind = await page.EvaluateAsync<string>("() => document.activeElement.name?.startsWith('a.') ? document.activeElement.type : 'end'");
            if (kind == "end")
            {
                break;
            }

            foreach (var key in kind == "radio" ? answer.Select(c => c.ToString()) : ["5", "0", "Tab"])
            {
                await page.Keyboard.PressAsync(key);
                keys++;
            }
        }

        Assert.InRange(keys, 1, most);
        await page.WaitForFunctionAsync("headline => document.getElementById('headline')?.textContent === headline", headline, new() { Timeout = 60000 });
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_score_goes_on_to_the_rules_that_ask_for_it_and_to_the_judgement_of_the_course_without_typing_it_again()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/selena_sledai#in={Uri.EscapeDataString("at=2026-03-10&a.arthritis=yes&rest=absent&earlier=2026-01-10 10&infusions=2026-01-12 60")}");
        var page = opened.Page;
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        await page.ClickAsync("#onward-title ~ ul a:has-text('SLE responder index 4')");
        await page.WaitForFunctionAsync("() => document.querySelector('.ig-decision')?.textContent.includes('10 - 4 = 6')");
        Assert.Equal("10 4", $"{await page.InputValueAsync("[id='w.sledai_baseline']")} {await page.InputValueAsync("[id='w.sledai_now']")}");
        await page.GotoAsync($"{site.Address}/scores/selena_sledai#in={Uri.EscapeDataString("at=2026-03-10&a.arthritis=yes&rest=absent&earlier=2026-01-10 10&infusions=2026-01-12 60")}");
        await page.WaitForSelectorAsync("#over-title");
        await page.ClickAsync("#over-title ~ div .ig-go-on a");
        await page.WaitForFunctionAsync("() => document.querySelector('#response') && document.getElementById('headline')?.textContent === 'Response'");
        Assert.Equal("60", await page.InputValueAsync("[id='infusions.0.g']"));
        Assert.DoesNotContain(asked, url => url.Contains("sledai_now", StringComparison.Ordinal) || url.Contains("lines", StringComparison.Ordinal));
        Assert.Empty(opened.Errors);
    }

    [Fact]
    public async Task a_digit_that_begins_a_longer_number_waits_and_any_other_key_belongs_to_the_next_question()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/mmt8");
        var page = opened.Page;
        await page.FocusAsync("[id='a.neck_flexors.open']");
        foreach (var key in new[] { "1", "0", "1", "5", "9" })
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.Equal("10 1 5 9", await page.EvaluateAsync<string>("() => [...document.querySelectorAll('[data-keys] input:checked')].slice(0, 4).map(i => i.value).join(' ')"));
    }

    [Fact]
    public async Task undo_takes_back_one_answer_of_a_score()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/mg_adl");
        var page = opened.Page;
        await page.FocusAsync("[id='a.talking.open']");
        await page.Keyboard.PressAsync("2");
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'MG-ADL 2 to 23'");
        await page.Keyboard.PressAsync("3");
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'MG-ADL 5 to 23'");
        await page.ClickAsync("#undo");
        await page.WaitForFunctionAsync("() => document.getElementById('headline')?.textContent === 'MG-ADL 2 to 23'");
        Assert.True(await page.IsCheckedAsync("[id='a.chewing.open']"));
    }

    [Fact]
    public async Task a_score_over_time_prints_on_one_page_with_its_sources_and_without_the_line_for_the_computer()
    {
        await using var opened = await chromium.Open($"{site.Address}/scores/mg_adl#in={Uri.EscapeDataString("at=2026-03-10&a.talking=2&a.chewing=1&earlier=2026-01-10 20\n2026-02-10 12&infusions=2026-01-12 60\n2026-01-13 60")}");
        var page = opened.Page;
        await page.WaitForSelectorAsync("#over-title");
        Assert.Equal(1, BrowserTests.PagesOf(await page.PdfAsync(new() { PreferCSSPageSize = true })));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.IsVisibleAsync("#line"));
        Assert.False(await page.IsVisibleAsync("#score"));
        Assert.True(await page.IsVisibleAsync(".ig-chart__table table"));
        Assert.True(await page.IsVisibleAsync("#bands-title ~ div .ig-status--unverified"));
        Assert.Contains("2 × 60 g", await page.TextContentAsync(".ig-chart__drawing"), StringComparison.Ordinal);
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
