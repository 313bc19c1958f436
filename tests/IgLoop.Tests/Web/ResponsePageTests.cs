using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IgLoop.Tests.Web;

/// <summary>Did it work, as a page: what is typed, pasted or uploaded is judged as the command line judges it.</summary>
public sealed class ResponsePageTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    private static readonly (string, string)[] Myasthenia =
    [
        ("at", "2026-11-24"), ("condition", "myasthenia_gravis"), ("instrument", "mg_adl"),
        ("assessments.0.at", "2026-08-30"), ("assessments.0.value", "9"), ("assessments.1.at", "2026-10-05"), ("assessments.1.value", "6"),
        ("infusions.0.at", "2026-09-01"), ("infusions.0.g", "60"), ("infusions.1.at", "2026-09-02"),
    ];

    [Fact]
    public async Task a_course_is_judged_with_its_arithmetic_by_instrument_and_authority_and_drawn()
    {
        var page = await Post(Myasthenia);
        Assert.Equal("Response", Text(page, "#headline"));
        Assert.Contains("2026-08-30 9 to 2026-10-05 6: -3", Text(page, "article"), StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById("by-Authority"));
        Assert.Contains("60 g", Text(page, ".ig-chart__table"), StringComparison.Ordinal);
        Assert.Contains("Pairing", Text(page, ".ig-sealed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_condition_with_goals_asks_for_the_goal_and_rules_of_another_are_left_out_by_name()
    {
        (string, string)[] lupus = [("at", "2026-11-24"), ("instrument", "sledai2k"), ("condition", "lupus_haematological"), ("assessments.0.at", "2026-08-30"), ("assessments.0.value", "12"), ("assessments.1.at", "2026-10-20"), ("assessments.1.value", "4"), ("infusions.0.at", "2026-09-01")];
        Assert.Null((await Post(Myasthenia)).GetElementById("goal"));
        var every = await Post(lupus);
        Assert.NotNull(every.QuerySelector("#goal option[value='thrombocytopenia']"));
        Assert.Contains("for the goal autoimmune haemolytic anaemia", Text(every, "[aria-labelledby='by-Authority']"), StringComparison.Ordinal);

        var one = await Post([.. lupus, ("goal", "thrombocytopenia")]);
        Assert.DoesNotContain("for the goal autoimmune haemolytic anaemia", Text(one, "[aria-labelledby='by-Authority']"), StringComparison.Ordinal);
        Assert.Contains("for the goal autoimmune haemolytic anaemia", Text(one, "[aria-labelledby='left-title']"), StringComparison.Ordinal);
        Assert.True(one.QuerySelector("#goal option[value='thrombocytopenia']")!.HasAttribute("selected"));
    }

    [Fact]
    public async Task an_empty_form_judges_nothing_and_a_value_that_is_not_known_leaves_the_course_open()
    {
        Assert.Contains("Nothing to judge yet", Text(await Post(), "#answer"), StringComparison.Ordinal);
        var page = await Post([.. Myasthenia.Where(f => f.Item1 != "assessments.1.value")]);
        Assert.Equal("Open", Text(page, "#headline"));
        Assert.NotEmpty(page.QuerySelectorAll("#missing-title ~ ul li"));
    }

    [Fact]
    public async Task the_lines_that_score_forms_give_to_keep_are_assessments_and_composites()
    {
        var first = await site.Post("mg_adl", ("at", "2026-08-30"), ("a.talking", "3"), ("a.chewing", "3"), ("a.swallowing", "3"), ("rest", "absent"));
        var sri = await site.Post("sri4", ("at", "2026-10-05"), ("w.sledai_baseline", "10"), ("w.sledai_now", "6"), ("w.new_bilag_a", "0"), ("w.new_bilag_b", "0"), ("w.pga_baseline", "1"), ("w.pga_now", "1"), ("w.rescue", "no"));
        var page = await Post(("at", "2026-11-24"), ("instrument", "mg_adl"), ("lines", $"{Text(first, "#line").Trim()}\nmg_adl 2026-10-05 4\n{Text(sri, "#line").Trim()}"), ("infusions.0.at", "2026-09-01"));
        Assert.True(page.GetElementById("headline") is not null, Text(page, "#answer"));
        Assert.Equal("Response", Text(page, "#headline"));
        Assert.Contains("Met", Text(page, "[aria-labelledby='by-Composite']"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task sledai_soon_after_an_infusion_is_warned_of_and_marked_in_the_table_of_the_picture()
    {
        var page = await Post(("at", "2026-11-24"), ("instrument", "sledai2k"), ("assessments.0.at", "2026-08-30"), ("assessments.0.value", "12"), ("assessments.1.at", "2026-10-01"), ("assessments.1.value", "4"), ("infusions.0.at", "2026-09-10"));
        Assert.Contains("passively given antibody corrupts anti-dsDNA", Text(page, ".ig-warned"), StringComparison.Ordinal);
        Assert.Contains("within six weeks of an infusion", Text(page, ".ig-chart__table"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_course_that_was_stopped_for_pregnancy_is_not_judged_and_platelets_are_judged_by_their_rule()
    {
        var page = await Post([.. Myasthenia, ("reason", "pregnancy"), ("stopped", "2026-10-06")]);
        Assert.Equal("Not judged", Text(page, "#headline"));
        page = await Post(("at", "2026-11-24"), ("platelets.0.at", "2026-09-01"), ("platelets.0.count", "12"), ("platelets.1.at", "2026-09-05"), ("platelets.1.count", "110"), ("platelets.2.at", "2026-09-15"), ("platelets.2.count", "120"), ("infusions.0.at", "2026-09-01"), ("bleeding", "no"));
        Assert.Equal("Response: CR", Text(page, "#headline"));
        Assert.Contains("complete response", Text(page, ".ig-chart"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task measures_of_an_authority_are_asked_where_the_condition_has_them()
    {
        var page = await Post(("at", "2026-11-24"), ("condition", "cidp"), ("assessments.0.at", "2026-08-30"), ("assessments.0.value", "5"), ("instrument", "incat"), ("m.berg", "improved"));
        Assert.NotNull(page.QuerySelector("input[name='m.grip'][value=improved]"));
        Assert.True(page.QuerySelector("input[name='m.berg'][value=improved]")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task more_rows_come_without_script_and_keep_what_was_typed()
    {
        var page = await Post([.. Myasthenia, ("more", "assessments"), ("rows.assessments", "4")]);
        Assert.NotNull(page.GetElementById("assessments.7.at"));
        Assert.Equal("9", page.GetElementById("assessments.0.value")!.GetAttribute("value"));
        Assert.Equal("8", page.QuerySelector("[name='rows.assessments']")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("assessments.0.value", "nonsense", "assessments.0.value", "Assessment 1, total must be a number")]
    [InlineData("assessments.0.value", "9,5", "assessments.0.value", "ambiguous")]
    [InlineData("assessments.0.value", "99", "assessments.0.value", "between 0 and 24")]
    [InlineData("assessments.0.at", "soon", "assessments.0.at", "must be a date")]
    [InlineData("assessments.2.value", "3", "assessments.2.at", "Assessment 3, day is missing")]
    [InlineData("assessments.2.at", "2026-10-05", "assessments.2.at", "same time")]
    [InlineData("assessments.2.at", "2027-10-05", "assessments.2.at", "after")]
    [InlineData("infusions.2.at", "2027-09-02", "infusions.2.at", "after today")]
    [InlineData("steroids.0.mg", "20", "steroids.0.from", "missing")]
    [InlineData("platelets.0.count", "20", "platelets.0.at", "missing")]
    [InlineData("lines", "mg_ad 2026-01-01 5", "lines", "mg_adl")]
    [InlineData("lines", "sri4 2026-01-01 {cut", "lines", "whole line")]
    [InlineData("condition", "gout", "condition", "no condition 'gout'")]
    [InlineData("rescue", "perhaps", "rescue", "yes, no or not known")]
    [InlineData("text", "cohort: [1]", "text", "mapping")]
    [InlineData("text", "a: [b", "text", "not YAML")]
    public async Task what_cannot_be_judged_is_one_sentence_at_its_field_and_what_was_typed_stays(string field, string text, string input, string said)
    {
        var page = await Post([.. Myasthenia.Where(f => f.Item1 != field), (field, text)]);
        var link = page.QuerySelector($".nhsuk-error-summary a[href='#{input}']");
        Assert.True(link is not null, Text(page, "#answer"));
        Assert.Contains(said, link.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById(input));
        Assert.Null(page.QuerySelector(".ig-decision"));
        var kept = page.QuerySelector($"[name='{field}']")!;
        Assert.True(kept.GetAttribute("type") == "radio" || kept.LocalName == "select" || (kept.GetAttribute("value") ?? kept.TextContent) == text);
    }

    [Fact]
    public async Task a_cohort_as_a_file_gives_both_denominators_by_name_and_its_json()
    {
        var docs = await File.ReadAllTextAsync(Path.Combine(Chromium.Root, "docs", "response.md"));
        var start = docs.IndexOf("instrument: skin4", StringComparison.Ordinal);
        var yaml = docs[start..docs.IndexOf("```", start, StringComparison.Ordinal)];
        using var body = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(yaml)), "file", "trial.yaml" } };
        using var reply = await site.Http.PostAsync("/response", body);
        var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
        Assert.True(page.GetElementById("headline") is not null, Text(page, "#answer"));
        Assert.Equal("7 of 12 responded; of the assessable 7 of 10", Text(page, "#headline"));
        var rows = page.QuerySelectorAll("#denominators-title ~ div tbody tr").Select(r => r.TextContent).ToList();
        Assert.Contains(rows, r => r.Contains("Intention to treat", StringComparison.Ordinal) && r.Contains("7 of 12", StringComparison.Ordinal));
        Assert.Contains(rows, r => r.Contains("Assessable", StringComparison.Ordinal) && r.Contains("7 of 10", StringComparison.Ordinal));
        using var again = new MultipartFormDataContent { { new StringContent(yaml), "text" } };
        using var json = await site.Http.PostAsync("/response/json", again);
        Assert.Equal(12, JsonNode.Parse(await json.Content.ReadAsStringAsync())!["intention_to_treat"]!["of"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(0, "The file is empty.")]
    [InlineData(1024 * 1024 + 1, "at most 1 MB are read")]
    [InlineData(64, "holds none")]
    public async Task a_file_that_cannot_be_read_is_told_and_what_was_typed_stays(int bytes, string says)
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[bytes]), "file", "trial.yaml" }, { new StringContent("9"), "assessments.0.value" } };
        using var reply = await site.Http.PostAsync("/response", body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
        Assert.Contains(says, Text(page, ".nhsuk-error-summary a"), StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById(page.QuerySelector(".nhsuk-error-summary a")!.GetAttribute("href")![1..]));
        Assert.Equal("9", page.GetElementById("assessments.0.value")!.GetAttribute("value"));
        Assert.True(page.GetElementById("file-part")!.HasAttribute("open"));
    }

    private async Task<IDocument> Post(params (string Name, string Text)[] fields)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, text) in fields.Append(("at ", "")))
        {
            body.Add(new StringContent(text), name);
        }

        using var reply = await site.Http.PostAsync("/response", body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
    }

    private static string Text(IDocument page, string selector) => page.QuerySelector(selector)?.TextContent ?? "";
}

/// <summary>The page of a response in a real browser.</summary>
[Collection("browser")]
public sealed class ResponseBrowserTests(Chromium chromium, ShippedSite site) : IClassFixture<ShippedSite>
{
    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task a_judged_course_is_accessible_fits_a_phone_and_more_rows_come_where_the_reader_is(int width)
    {
        var inputs = "at=2026-11-24&condition=cidp&instrument=incat&assessments.0.at=2026-08-30&assessments.0.value=5&assessments.1.at=2026-10-05&assessments.1.value=3&infusions.0.at=2026-09-01&infusions.0.g=60&steroids.0.from=2026-04-01&steroids.0.drug=prednisone&steroids.0.mg=20";
        await using var opened = await chromium.Open($"{site.Address}/response#in={Uri.EscapeDataString(inputs)}", width, 900);
        var page = opened.Page;
        await page.WaitForSelectorAsync("#over-title");
        await BrowserTests.OpenAllDetails(page);
        await BrowserTests.AssertAccessible(page);
        await BrowserTests.AssertNoSidewaysScrolling(page);
        await page.ClickAsync("button[name=more][value=infusions]");
        await page.WaitForSelectorAsync("[id='infusions.6.at']");
        await page.WaitForFunctionAsync("() => document.activeElement.id === 'infusions.1.at'");
        Assert.Empty(opened.Errors);
    }
}
