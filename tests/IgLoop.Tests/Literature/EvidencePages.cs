using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IgLoop.Tests.Literature;

/// <summary>The evidence that ships, as pages: the table with its filters, a study, a profile.</summary>
public sealed class EvidencePages(ReviewSite site) : IClassFixture<ReviewSite>, IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = site.Address };

    [Theory]
    [InlineData("", 86)]
    [InlineData("condition=cidp", 20)]
    [InlineData("condition=CIDP", 20)]
    [InlineData("product=Sandoglobulin", 2)]
    [InlineData("product=igiv-c&condition=myasthenia_gravis", 2)]
    [InlineData("design=randomised&condition=multiple_sclerosis", 4)]
    [InlineData("q=albumin ICE", 1)]
    [InlineData("q=SLEDAI&certainty=very low", null)]
    [InlineData("q=nothingofthekind", 0)]
    [InlineData("condition=<script>", 0)]
    public async Task the_table_is_filtered_by_condition_design_product_certainty_and_words(string query, int? expected)
    {
        var page = await Page($"/evidence?{query}");
        var rows = page.QuerySelectorAll("table tbody tr").Length;
        Assert.True(expected is null ? rows is > 0 and < 86 : rows == expected, $"{query}: {rows} rows");
        Assert.Equal(expected == 0, page.QuerySelector("#nothing") is not null);
        if (expected == 0)
        {
            Assert.Contains("Show all 86 studies", page.QuerySelector("#nothing")!.TextContent, StringComparison.Ordinal);
        }
        else
        {
            Assert.StartsWith($"{rows} of 86 studies", page.QuerySelector("table caption")!.TextContent, StringComparison.Ordinal);
        }
    }

    /// <summary>A step down because no study is held is none of GRADE's reasons.</summary>
    [Fact]
    public async Task a_condition_without_a_study_is_not_graded_and_has_no_steps()
    {
        var page = await Page("/knowledge/conditions/itp");
        Assert.Contains("Not graded: no study of it is held", page.QuerySelector("section[aria-labelledby=profile]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("section[aria-labelledby=profile] table"));
        Assert.Contains("not graded", (await Page("/evidence")).QuerySelector("a[href='/knowledge/conditions/itp#profile']")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task arms_of_a_comparison_of_doses_are_called_by_their_dose()
    {
        var text = (await Page("/knowledge/studies/procid-2022")).QuerySelector("main")!.TextContent;
        Assert.Contains("0.5 g/kg, events: 22", text, StringComparison.Ordinal);
        Assert.Contains("2.0 g/kg, confidence interval: 78 to 97 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dose0", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task sorting_keeps_the_filters()
    {
        var page = await Page("/evidence?condition=gbs&product=Sandoglobulin&q=exchange");
        var link = page.QuerySelectorAll("thead a").First(a => a.TextContent == "Patients").GetAttribute("href")!;
        var sorted = await Page(link);
        Assert.Equal(page.QuerySelectorAll("tbody tr").Length, sorted.QuerySelectorAll("tbody tr").Length);
        Assert.Equal("gbs", sorted.QuerySelector("#condition option[selected]")!.GetAttribute("value"));
        Assert.Equal("Sandoglobulin", sorted.QuerySelector("#product option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task a_study_leads_to_the_conditions_and_pooled_outcomes_that_use_it()
    {
        var page = await Page("/knowledge/studies/vandermeche-1992");
        var used = page.QuerySelector("a[href='/knowledge/conditions/gbs#grade-4-weeks']")!;
        Assert.Contains("(pooled from 2 trials)", used.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.NotNull((await Page("/knowledge/conditions/gbs")).GetElementById("grade-4-weeks"));
        Assert.Contains("by itself, not pooled", (await Page("/knowledge/studies/ice-2008")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_profile_adds_up_its_levels_and_explains_a_published_value_that_differs()
    {
        var page = await Page("/knowledge/conditions/gbs");
        Assert.Equal("Starts high; −1; ends moderate.", page.QuerySelector("tfoot td")!.TextContent);
        Assert.Contains("1.08 (0.94 to 1.23)", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("For the size of the effect rely on them, not on ours", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2.40 (1.72 to 3.36)", (await Page("/knowledge/conditions/cidp")).Body!.TextContent, StringComparison.Ordinal);
    }

    public void Dispose() => http.Dispose();

    private async Task<IDocument> Page(string path) => await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync(path));
}
