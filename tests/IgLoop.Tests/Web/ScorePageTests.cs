using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IgLoop.Tests.Web;

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
    public async Task an_unverified_limit_beside_a_total_does_not_make_its_change_unverified()
    {
        var answers = "talking chewing swallowing breathing brush_teeth_comb_hair arise_from_chair double_vision eyelid_droop".Split(' ');
        var page = await site.Post("mg_adl", [("at", "2026-03-10"), .. answers.Select(a => ("a." + a, "1")), ("earlier", $"2026-01-10 {string.Join(' ', answers.Select(a => a + "=2"))}")]);
        Assert.StartsWith("Change that counts: reached", Text(page, "#change"), StringComparison.Ordinal);
        Assert.DoesNotContain("unverified", Text(page, "#change"), StringComparison.Ordinal);
        Assert.Contains("“Minimal symptom expression”", Text(page, ".ig-headline"), StringComparison.Ordinal);
        var qmg = await site.Post("qmg", ("at", "2026-03-10"), ("earlier", "2026-01-10 20"), ("rest", "absent"));
        Assert.Contains("unverified", Text(qmg, "#change"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sledai_original", "SLEDAI of 1992 0")]
    [InlineData("selena_sledai", "SELENA-SLEDAI 0")]
    [InlineData("sledai2k", "SLEDAI-2K 0")]
    public async Task each_version_of_an_index_bears_its_own_name(string instrument, string headline)
    {
        var page = await site.Post(instrument, ("at", "2026-01-10"), ("rest", "absent"));
        Assert.StartsWith(headline, Text(page, "#headline"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_rest_can_be_said_to_be_absent_only_where_the_lowest_answer_is_a_finding()
    {
        Assert.Null((await site.Post("bilag2004", ("at", "2026-01-10"))).GetElementById("rest"));
        Assert.Null((await site.Post("mg_adl", ("at", "2026-01-10"))).GetElementById("rest"));
        Assert.Contains("normal or absent", Text(await site.Post("qmg", ("at", "2026-01-10")), "#rest"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_side_is_named_once_and_a_word_may_stand_for_a_number()
    {
        var mmt = await site.Post("mmt8", ("at", "2026-01-10"));
        Assert.DoesNotContain(mmt.QuerySelectorAll("legend"), l => l.TextContent.Contains("right, right", StringComparison.Ordinal));
        Assert.Contains(mmt.QuerySelectorAll("legend"), l => l.TextContent == "Deltoid, right");
        var qmg = await site.Post("qmg", ("at", "2026-01-10"), ("a.speech_count_to_50", "None at 50"));
        Assert.Null(qmg.QuerySelector(".nhsuk-error-summary"));
        Assert.Equal("None at 50", qmg.GetElementById("a.speech_count_to_50")!.GetAttribute("value"));
    }

    [Fact]
    public async Task a_measured_value_says_beside_its_field_and_on_the_page_of_the_instrument_what_it_gives()
    {
        var egos = await site.Post("egos", ("at", "2026-01-10"));
        Assert.Equal("Points: below 41: 0; from 41: 0.5; from 61: 1.", Text(egos, "[id='steps.age']"));
        Assert.Contains("steps.age", egos.GetElementById("a.age")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Contains("Male: below 5: 3; from 5: 2; from 15: 1; from 45: 0", Text(await site.Post("qmg", ("at", "2026-01-10")), "[id='steps.right_grip_kg']"), StringComparison.Ordinal);
        Assert.Equal("Points: below 5: 3; from 5: 2; from 10: 1; from 30: 0.", Text(await site.Post("qmg", ("at", "2026-01-10"), ("sex", "female")), "[id='steps.right_grip_kg']"));
        using var reply = await site.Http.GetAsync("/knowledge/instruments/qmg");
        Assert.Contains("below 1: 3; from 1: 2; from 11: 1; from 61: 0", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_page_of_an_instrument_says_what_it_measures_who_may_use_it_where_it_is_weak_and_its_source_and_labels_what_nobody_read()
    {
        foreach (var instrument in site.Site.Knowledge.Instruments.Values)
        {
            using var reply = await site.Http.GetAsync($"/knowledge/instruments/{instrument.Id}");
            var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
            var terms = page.QuerySelectorAll("dl.ig-terms > div").ToDictionary(d => d.QuerySelector("dt")!.TextContent, d => d.QuerySelector("dd")!.TextContent.Trim());
            Assert.All(["Version", "Who uses it", "Who may use it: licence", "Where it is weak", "Look-back", "When an answer is missing", "Direction", "Source"], t => Assert.True(terms.GetValueOrDefault(t) is { Length: > 2 }, $"{instrument.Id}: {t}"));
            Assert.NotEmpty(Text(page, ".ig-intro"));
            Assert.True(instrument.Totals.Count == 0 || page.QuerySelectorAll("h2").Any(h => h.TextContent == "Changes and limits that count"), instrument.Id);
            Assert.Equal(instrument.Numbers.Count, page.QuerySelectorAll("#numbers tbody tr").Length);
            var unread = instrument.Items.Select(i => i.Provenance).Concat(instrument.Totals.Select(t => t.Provenance)).Concat(instrument.Changes.Select(c => c.Provenance)).Concat(instrument.Numbers.Values.Select(n => n.Provenance)).Any(p => p.Status == Core.Knowledge.Status.Unverified);
            Assert.True(!unread || page.GetElementById("unverified") is not null, instrument.Id);
        }
    }

    [Fact]
    public async Task scales_without_a_sum_each_show_their_own_last_value_and_are_kept_in_one_line()
    {
        var first = await site.Post("sf36", ("at", "2026-01-10"), ("w.vitality", "40"), ("w.bodily_pain", "62.5"));
        var line = Text(first, "#line").Trim();
        Assert.Equal("sf36 2026-01-10 bodily_pain=62.5 vitality=40", line);
        var page = await site.Post("sf36", ("at", "2026-03-10"), ("w.vitality", "55"), ("earlier", line));
        Assert.Equal("Last, 10 January 2026: 40", Text(page, "[id='last.w.vitality']"));
        Assert.Equal("Last, 10 January 2026: 62.5", Text(page, "[id='last.w.bodily_pain']"));
        Assert.Null(page.GetElementById("last.w.mental_health"));
        Assert.Contains("Vitality", Text(page, "figure"), StringComparison.Ordinal);
        var sum = await site.Post("sf36", ("at", "2026-03-10"), ("earlier", "2026-01-10 70"));
        Assert.Contains("name each, such as physical_functioning=70", Text(sum, ".nhsuk-error-summary a[href='#earlier']"), StringComparison.Ordinal);
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
