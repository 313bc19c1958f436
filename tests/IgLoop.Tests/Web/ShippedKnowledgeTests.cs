using AngleSharp.Html.Parser;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Features;
using IgLoop.Features.Browse;
using IgLoop.Features.Shell;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace IgLoop.Tests.Web;

/// <summary>Real answers in a real browser: they fit the screen of a phone, pass axe and print on two pages.</summary>
[Collection("browser")]
public sealed class RealAnswerTests(Chromium chromium)
{
    [Theory]
    [InlineData("cidp", "")]
    [InlineData("mmn", "")]
    [InlineData("lupus_haematological", "&goal=thrombocytopenia&f.antiphospholipid_antibodies_positive=yes")]
    public async Task a_real_answer_is_accessible_fits_a_phone_and_prints_on_two_pages(string condition, string more)
    {
        await using var app = WebApplicationSetup.Build(ServeCommand.Site(Path.Combine(Chromium.Root, "knowledge"), null), "http://127.0.0.1:0");
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await using var opened = await chromium.Open($"{address}/#in={Uri.EscapeDataString($"condition={condition}&at=2026-11-22&f.weight=64&f.height=162&f.sex=female&f.birth_date=1992-03-04{more}")}", 360, 740);
        await opened.Page.WaitForSelectorAsync(".ig-decision");
        Assert.True(await opened.Page.Locator(".ig-row").CountAsync() > 3);
        Assert.True(await opened.Page.Locator("svg.ig-picture").CountAsync() > 0);
        Assert.True(await opened.Page.Locator("section[aria-labelledby=review] a[href^='/scores/']").CountAsync() > 0);
        var pdf = await opened.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.InRange(BrowserTests.PagesOf(pdf), 1, 2);
        await BrowserTests.OpenAllDetails(opened.Page);
        await BrowserTests.AssertAccessible(opened.Page);
        await BrowserTests.AssertNoSidewaysScrolling(opened.Page);
        Assert.Empty(opened.Errors);
    }
}

/// <summary>The pages of the knowledge that ships: each thing has a page, and no link leads nowhere.</summary>
public sealed class ShippedKnowledgeTests
{
    [Fact]
    public async Task everything_in_the_knowledge_has_a_page_with_its_name_and_no_link_leads_nowhere()
    {
        var knowledge = KnowledgeFolder.Load(Path.Combine(Chromium.Root, "knowledge"));
        await using var app = WebApplicationSetup.Build(new Site(knowledge, SiteProfile.International, (_, _) => throw new NotSupportedException(), "0.1.0", TimeProvider.System) { DecideLine = _ => throw new NotSupportedException() }, "http://127.0.0.1:0");
        await app.StartAsync();
        using var http = new HttpClient { BaseAddress = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        var wrong = new List<string>();
        var ids = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var links = new HashSet<(string From, string To)>();
        foreach (var path in KnowledgeSearch.All(knowledge).Select(l => l.Href).Append("/").Append("/knowledge").Append("/evidence").Append("/about").Append("/scores").Append("/response").Append("/costs").Append("/outcomes").Append("/reviews").Concat(knowledge.Instruments.Keys.Concat(knowledge.Instruments.Values.SelectMany(i => i.Calculations.Select(c => c.Id))).Select(i => $"/scores/{i}")))
        {
            using var reply = await http.GetAsync(path);
            if (!reply.IsSuccessStatusCode)
            {
                wrong.Add($"{path} gives {(int)reply.StatusCode}");
                continue;
            }

            var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());
            ids[path] = [.. page.QuerySelectorAll("[id]").Select(e => e.Id!)];
            links.UnionWith(page.QuerySelectorAll("a[href^='/']").Select(a => (path, a.GetAttribute("href")!)));
        }

        foreach (var (from, to) in links.Where(l => !l.To.Contains('?', StringComparison.Ordinal)))
        {
            var (path, fragment) = to.Split('#') is [var p, var f] ? (p, f) : (to, null);
            if (!ids.TryGetValue(path, out var there) || (fragment is not null && !fragment.StartsWith("in=", StringComparison.Ordinal) && !there.Contains(fragment)))
            {
                wrong.Add($"{from} links to {to}, which is not there");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
        Assert.Equal(19, knowledge.Conditions.Count);
        await app.StopAsync();
    }

    [Fact]
    public void a_search_finds_things_by_all_words_and_those_named_so_first()
    {
        var knowledge = KnowledgeFolder.Load(Path.Combine(Chromium.Root, "knowledge"));
        var found = KnowledgeSearch.Find(knowledge, "privigen");
        Assert.Equal("privigen", found[0].Id);
        Assert.Contains(KnowledgeSearch.Find(knowledge, "G61.81"), l => l is { Kind: "Condition", Id: "cidp" });
        Assert.Empty(KnowledgeSearch.Find(knowledge, "privigen zebra"));
    }
}
