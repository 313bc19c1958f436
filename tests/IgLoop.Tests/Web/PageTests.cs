using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace IgLoop.Tests.Web;

/// <summary>Every page as a browser without script gets it: whole, linked, under strict headers, and plain when something is wrong.</summary>
public sealed class PageTests(RunningSite site) : OnRunningSite(site)
{
    public static TheoryData<string> AllPages =>
    [
        "/", "/decide", "/knowledge", "/knowledge?q=thrombosis", "/knowledge/conditions/lupus_haematological", "/knowledge/manifestations/thrombocytopenia", "/knowledge/products/privigen",
        "/knowledge/rules/T01", "/knowledge/studies/maier-1990", "/knowledge/authorities/nhs_england", "/knowledge/sources/igcalc_seeds", "/evidence", "/evidence?sort=n&down=true", "/costs", IgLoop.Tests.Costs.CostsWeb.Example, "/about",
    ];

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task a_page_is_whole_html_in_english_with_one_heading_and_a_skip_link(string path)
    {
        using var reply = await Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var page = await Document(reply);
        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.NotNull(page.QuerySelector("a.nhsuk-skip-link[href='#main']"));
        Assert.NotNull(page.GetElementById("main"));
        Assert.EndsWith("· IgLoop", page.Title, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task a_page_holds_no_inline_script_or_style_and_only_unique_ids(string path)
    {
        var page = await Get(path);
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Theory]
    [MemberData(nameof(AllPages))]
    public async Task every_link_of_a_page_leads_somewhere(string path)
    {
        var page = await Get(path);
        foreach (var href in page.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Distinct())
        {
            var (address, fragment) = href.Split('#') is [var a, var f] ? (a, f) : (href, null);
            if (address.StartsWith("http", StringComparison.Ordinal))
            {
                continue;
            }

            var target = page;
            if (address.Length > 0)
            {
                using var reply = await Http.GetAsync(address);
                Assert.True(reply.IsSuccessStatusCode, $"{href} on {path} gives {(int)reply.StatusCode}.");
                target = await Document(reply);
            }

            Assert.True(fragment is null || fragment.StartsWith("in=", StringComparison.Ordinal) || target.GetElementById(fragment) is not null, $"{href} on {path} has no target.");
        }
    }

    [Fact]
    public async Task every_answer_carries_the_strict_headers_and_sets_no_cookie()
    {
        foreach (var path in new[] { "/", "/knowledge/conditions/nowhere", "/igloop.css" })
        {
            using var reply = await Http.GetAsync(path);
            var policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("no-referrer", Assert.Single(reply.Headers.GetValues("Referrer-Policy")));
            Assert.False(reply.Headers.Contains("Set-Cookie"));
            Assert.False(reply.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task an_answer_with_patient_data_may_be_kept_by_no_cache()
    {
        using var reply = await Post(("condition", "lupus_haematological"), ("at", "2026-11-22"));
        Assert.True(reply.Headers.CacheControl?.NoStore);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task a_file_of_the_pages_may_be_kept_for_a_year_because_its_address_names_its_content()
    {
        var page = await Get("/");
        var sheet = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        using var reply = await Http.GetAsync(sheet);
        Assert.Equal(TimeSpan.FromDays(365), reply.Headers.CacheControl?.MaxAge);
        Assert.DoesNotContain("Frutiger", await reply.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task a_page_that_does_not_exist_says_so_plainly()
    {
        foreach (var path in new[] { "/nowhere", "/knowledge/rules/none", "/knowledge/products/none" })
        {
            using var reply = await Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
            Assert.Contains("There is no such page", (await Document(reply)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task an_upload_above_the_limit_is_refused_with_a_plain_page()
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(new byte[17 * 1024 * 1024]), "record", "big.json" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = body };
        request.Headers.ExpectContinue = true;
        using var reply = await Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Contains("too large", (await Document(reply)).QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_body_that_is_no_form_is_refused_with_a_plain_page()
    {
        using var reply = await Http.PostAsync("/", new StringContent("{}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, reply.StatusCode);
        Assert.NotNull((await Document(reply)).QuerySelector("h1"));
    }
}
