using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace IgLoop.Tests.Web;

/// <summary>The Decide page as a browser without script gets it: what it asks, refuses and answers.</summary>
public sealed class DecidePageTests(RunningSite site) : OnRunningSite(site)
{
    [Fact]
    public async Task before_anything_is_asked_the_page_says_what_to_do_and_today_is_the_decision_date()
    {
        var page = await Get("/");
        Assert.NotNull(page.QuerySelector("#answer .ig-empty ol"));
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", Input(page, "at").Value);
    }

    [Fact]
    public async Task facts_that_the_condition_asks_for_come_before_the_rest()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"));
        var page = await Document(reply);
        Assert.Equal(SampleKnowledge.Base.Facts.Count, page.QuerySelectorAll("[id^='row.']").Select(r => r.Id![4..]).Count(id => SampleKnowledge.Base.Facts.TryFind(id, out _)));
        Assert.NotNull(page.GetElementById("f.weight"));
    }

    [Fact]
    public async Task the_form_keeps_what_was_typed_and_nothing_of_it_is_in_an_address()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.weight", "64.5"), ("f.sex", "female"), ("f.life_threatening_bleeding", "yes"), ("f.creatinine", "1.1"), ("u.creatinine", "mg/dL"));
        var page = await Document(reply);
        Assert.Equal("64.5", Input(page, "f.weight").Value);
        Assert.True(Input(page, "f.life_threatening_bleeding").IsChecked);
        Assert.Equal("female", page.QuerySelector<IHtmlSelectElement>("select[name='f.sex']")!.Value);
        Assert.Equal("mg/dL", page.QuerySelector<IHtmlSelectElement>("select[name='u.creatinine']")!.Value);
        Assert.Equal("post", page.QuerySelector("#decide")!.GetAttribute("method"));
        Assert.DoesNotContain(page.QuerySelectorAll("a[href]"), a => a.GetAttribute("href")!.Contains("64.5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task what_is_not_known_is_neither_yes_nor_no()
    {
        var page = await Get("/");
        var chosen = page.QuerySelectorAll<IHtmlInputElement>("input[name='f.antiphospholipid_positive']").Single(i => i.IsChecked);
        Assert.Equal("", chosen.Value);
    }

    [Theory]
    [InlineData("f.weight", "six", "must be a number")]
    [InlineData("f.weight", "640", "outside what is plausible")]
    [InlineData("f.weight", "64,5", "ambiguous")]
    [InlineData("f.failed_agents", "1.5", "whole number")]
    [InlineData("f.sex", "other", "must be one of")]
    [InlineData("f.last_live_vaccine", "22/11/2026", "must be a date")]
    [InlineData("dose", "200", "from 0.01 to 10 g/kg")]
    [InlineData("days", "2.5", "whole number")]
    [InlineData("condition", "gout", "not in this knowledge")]
    [InlineData("at", "soon", "must be a date")]
    public async Task a_wrong_input_is_named_beside_its_field_and_in_the_summary_and_gives_no_answer(string name, string text, string says)
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), (name, text));
        var page = await Document(reply);
        var link = page.QuerySelector($".nhsuk-error-summary a[href='#{name}']");
        Assert.Contains(says, link!.TextContent, StringComparison.Ordinal);
        Assert.Contains(says, page.QuerySelector($"[id='row.{name.Replace("f.", "", StringComparison.Ordinal)}'] .nhsuk-error-message")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.GetElementById(name));
        Assert.Null(page.QuerySelector(".ig-decision"));
        Assert.StartsWith("Error:", page.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_answer_comes_in_the_order_in_which_it_is_read()
    {
        var page = await Answered();
        Assert.Equal(
            ["What each authority says", "Before anything is given", "Dose", "Products", "Infusion plan", "Monitoring and vaccines", "Did it work?", "What is missing, most decisive first", "Evidence for thrombocytopenia", "Where sources disagree", "Locked numbers"],
            page.QuerySelectorAll(".ig-decision h3").Where(h => h.ParentElement!.ClassList.Contains("ig-section")).Select(h => h.TextContent.Trim()));
    }

    [Fact]
    public async Task the_headline_says_the_outcome_in_words_and_not_by_colour_alone()
    {
        var page = await Answered();
        Assert.Contains("Depends on missing facts", page.QuerySelector(".ig-outcome")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Depends on how severe the bleeding is", page.GetElementById("headline")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("it decides England's verdict", page.QuerySelector(".ig-next")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task an_explanation_says_true_false_or_unknown_in_words_with_value_day_and_source()
    {
        var page = await Answered();
        var why = page.QuerySelector("#finding-0-T01")!.TextContent;
        Assert.Contains("true", why, StringComparison.Ordinal);
        Assert.Contains("yes, 3 September 2026", why, StringComparison.Ordinal);
        Assert.Contains("Observation/7", why, StringComparison.Ordinal);
        Assert.Contains("unknown", page.QuerySelector("#why-nhs_england_itp")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_is_missing_links_to_its_question()
    {
        var page = await Answered();
        var link = page.QuerySelector(".ig-missing a")!.GetAttribute("href")!;
        Assert.Equal("#f.life_threatening_bleeding", link);
        Assert.NotNull(page.GetElementById(link[1..]));
    }

    [Fact]
    public async Task the_picture_of_the_rate_has_title_description_units_and_a_table_with_the_same_steps()
    {
        var page = await Answered();
        var picture = page.QuerySelector("svg.ig-picture")!;
        Assert.Equal("img", picture.GetAttribute("role"));
        Assert.All(picture.GetAttribute("aria-labelledby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id)));
        Assert.Contains("Rate, mL/h", picture.TextContent, StringComparison.Ordinal);
        Assert.Contains("hours : minutes", picture.TextContent, StringComparison.Ordinal);
        var rates = page.QuerySelector("table.ig-steps")!.QuerySelectorAll("tbody tr").Select(r => r.QuerySelector("strong")!.TextContent).ToList();
        Assert.Equal(["19.2", "38.4", "76.8"], rates);
        Assert.All(rates, rate => Assert.Contains($"{rate} mL/h", picture.TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("45", "2", "pause")]
    [InlineData("45", "3", "the session has ended")]
    [InlineData("45", "", "Say how grave the reaction was.")]
    [InlineData("", "1", "Say at which minute the reaction came.")]
    [InlineData("soon", "1", "must be a number such as 45")]
    [InlineData("4000", "1", "outside the infusion")]
    public async Task after_a_reaction_the_rest_is_planned_again_or_the_page_says_what_is_wrong(string minute, string grade, string says)
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("reaction_min", minute), ("reaction_grade", grade), ("reaction_day", "2"));
        var part = (await Document(reply)).GetElementById("reaction")!;
        Assert.True(part.HasAttribute("open"));
        Assert.Contains(says, part.TextContent, StringComparison.Ordinal);
        Assert.Contains(part.QuerySelectorAll<IHtmlOptionElement>("#reaction_day option"), o => o.IsSelected && o.Value == "2");
    }

    [Fact]
    public async Task dates_are_written_out_and_a_value_too_old_is_shown_but_not_used()
    {
        var page = await Answered();
        Assert.Contains("22 September 2027", page.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("214 days old", page.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
        page.GetElementById("replay")!.Remove();
        Assert.DoesNotContain("2026-11-22", page.GetElementById("answer")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task markup_in_what_is_typed_is_shown_as_text()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.weight", "<img src=x onerror=alert(1)>"));
        var page = await Document(reply);
        Assert.Empty(page.QuerySelectorAll("img"));
        Assert.Contains("<img", page.QuerySelector(".nhsuk-error-summary")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_chart_file_fills_the_form_where_nothing_was_typed_and_says_where_each_value_came_from()
    {
        using var body = Body(("at", "2026-11-22"), ("f.height", "170"));
        body.Add(new StringContent("weight: {value: 64 kg, on: 2026-11-20}\nheight: 162 cm\nlife_threatening_bleeding: yes\nrequest: {condition: lupus_haematological, g_per_kg: 1}\n"), "record", "surname.yaml");
        using var reply = await Http.PostAsync("/", body);
        var page = await Document(reply);
        Assert.Equal("64", Input(page, "f.weight").Value);
        Assert.Equal("2026-11-20", Input(page, "t.weight").Value);
        Assert.Equal("170", Input(page, "f.height").Value);
        Assert.Equal("1", Input(page, "dose").Value);
        Assert.True(Input(page, "f.life_threatening_bleeding").IsChecked);
        Assert.Contains("20 November 2026 · chart:1", page.GetElementById("known.weight")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("surname", page.Source.Text, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".ig-headline--supported"));
    }

    [Fact]
    public async Task a_value_changed_by_hand_is_no_longer_credited_to_the_record()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.life_threatening_bleeding", "no"), ("s.life_threatening_bleeding", "Condition/4"), ("o.life_threatening_bleeding", "yes||"));
        Assert.Contains("(entered)", (await Document(reply)).GetElementById("why-nhs_england_itp")!.TextContent, StringComparison.Ordinal);
        using var kept = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.life_threatening_bleeding", "no"), ("s.life_threatening_bleeding", "Condition/9"), ("o.life_threatening_bleeding", "no||"));
        Assert.Contains("(Condition/9)", (await Document(kept)).GetElementById("why-nhs_england_itp")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task every_problem_of_a_record_is_listed_and_nothing_of_it_is_used()
    {
        using var body = Body(("at", "2026-11-22"));
        body.Add(new StringContent("weigth: 64 kg\nheight: tall\n"), "record", "chart.yaml");
        using var reply = await Http.PostAsync("/", body);
        var page = await Document(reply);
        Assert.Equal(2, page.QuerySelectorAll(".nhsuk-error-summary a[href='#record']").Length);
        Assert.Contains("did you mean 'weight'", page.QuerySelector(".nhsuk-error-summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("", Input(page, "f.weight").Value ?? "");
    }

    [Theory]
    [InlineData("f.birth_date", "2026-11-23", "f.birth_date")]
    [InlineData("t.weight", "2026-12-24", "t.weight")]
    public async Task a_birth_or_a_typed_value_dated_after_the_decision_is_an_error_at_its_field(string field, string date, string input)
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.weight", "64"), (field, date));
        var page = await Document(reply);
        Assert.Contains("is after the decision date (22 November 2026)", page.QuerySelector($".nhsuk-error-summary a[href='#{input}']")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".ig-decision"));
    }

    [Fact]
    public async Task an_empty_record_is_said_to_be_empty()
    {
        using var body = Body(("at", "2026-11-22"), ("condition", "lupus_haematological"));
        body.Add(new ByteArrayContent([]), "record", "chart.yaml");
        using var reply = await Http.PostAsync("/", body);
        Assert.Contains("The file is empty", (await Document(reply)).QuerySelector(".nhsuk-error-summary a[href='#record']")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hl7.org/fhir/5.0/StructureDefinition/Bundle", "R5")]
    [InlineData("http://hl7.org/fhir/StructureDefinition/Bundle|3.0.2", "STU3")]
    [InlineData("http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient|5.0.1", null)]
    public async Task a_bundle_whose_profile_is_of_another_version_of_the_standard_is_refused(string profile, string? version)
    {
        using var body = Body(("at", "2026-11-22"), ("condition", "lupus_haematological"));
        body.Add(new StringContent($$$"""{"resourceType":"Bundle","type":"collection","meta":{"profile":["{{{profile}}}"]},"entry":[{"resource":{"resourceType":"Patient","id":"p"}}]}"""), "record", "bundle.json");
        using var reply = await Http.PostAsync("/", body);
        var said = (await Document(reply)).QuerySelector(".nhsuk-error-summary a[href='#record']")?.TextContent;
        Assert.Equal(version is null ? null : $"Meta.profile: This is FHIR {version}, not R4; export it as R4 (4.0.1).", said);
    }

    [Fact]
    public async Task a_decision_comes_with_the_request_that_gives_it_again()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.weight", "141.1"), ("u.weight", "lb"), ("t.weight", "2026-11-20"), ("f.life_threatening_bleeding", "yes"));
        var line = JsonNode.Parse((await Document(reply)).QuerySelector("#replay pre")!.TextContent)!;
        Assert.Equal("2026-11-22", line["at"]!.GetValue<string>());
        Assert.True(line["chart"]!["life_threatening_bleeding"]!.GetValue<bool>());
        Assert.Equal("kg", line["chart"]!["weight"]!["unit"]!.GetValue<string>());
        Assert.InRange(line["chart"]!["weight"]!["value"]!.GetValue<decimal>(), 64.0m, 64.01m);
    }

    [Fact]
    public async Task the_same_decision_is_to_be_had_as_json()
    {
        using var good = await Http.PostAsync("/api/decide", new StringContent("""{"id":"a","condition":"lupus_haematological"}""", Encoding.UTF8, "application/json"));
        var answer = JsonNode.Parse(await good.Content.ReadAsStringAsync())!;
        Assert.Equal("a", answer["id"]!.GetValue<string>());
        Assert.Equal("conditional", answer["outcome"]!.GetValue<string>());
        foreach (var (body, code) in new[] { ("{", "not-json"), ("[]", "not-an-object"), ("""{"condition":"gout"}""", "unknown-condition") })
        {
            using var bad = await Http.PostAsync("/api/decide", new StringContent(body, Encoding.UTF8, "application/json"));
            Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
            Assert.Equal(code, JsonNode.Parse(await bad.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<string>());
        }
    }

    private async Task<IDocument> Answered()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"), ("f.weight", "64"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return await Document(reply);
    }

    private static IHtmlInputElement Input(IDocument page, string id) => Assert.IsAssignableFrom<IHtmlInputElement>(page.GetElementById(id));
}
