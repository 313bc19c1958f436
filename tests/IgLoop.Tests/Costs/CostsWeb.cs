using System.Net;
using AngleSharp.Html.Parser;
using IgLoop.Tests.Web;

namespace IgLoop.Tests.Costs;

/// <summary>The page about costs as a browser without script gets it.</summary>
public sealed class CostsWeb(RunningSite site) : IClassFixture<RunningSite>
{
    public const string Example = "/costs?weight=70&low=0.5&high=2&high_infusions=5&price=32.7&currency=GBP&date=2019&source=contract&visit=1424&low_patients=40&low_responders=18&high_patients=40&high_responders=24&qaly=0.3&threshold=30000";

    [Fact]
    public async Task the_answer_has_the_table_and_three_pictures_each_with_its_numbers()
    {
        var page = new HtmlParser().ParseDocument(await site.Http.GetStringAsync(Example));

        Assert.Equal(3, page.QuerySelectorAll("figure.ig-chart svg[role=img]").Length);
        Assert.Equal(3, page.QuerySelectorAll("figure.ig-chart table").Length);
        Assert.Contains("1,144.50", page.QuerySelector(".ig-answer table")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("style, [style], script:not([src])"));
    }

    [Theory]
    [InlineData("date=2019", "date=", "date", "has no date")]
    [InlineData("price=32.7", "price=-1", "price", "cannot be below 0")]
    [InlineData("currency=GBP", "currency=pound", "currency", "three capital letters")]
    [InlineData("low_responders=18", "low_responders=0", "low_responders", "no responder")]
    [InlineData("low_responders=18", "low_responders=41", "low_responders", "more responders than patients")]
    [InlineData("weight=70", "weight=seventy", "weight", "must be a number")]
    [InlineData("weight=70", "weight=", "weight", "missing")]
    [InlineData("source=contract", "source=", "source", "has no source")]
    public async Task what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(string good, string bad, string field, string words)
    {
        using var reply = await site.Http.GetAsync(Example.Replace(good, bad, StringComparison.Ordinal));
        var page = new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains(words, page.QuerySelector($"#{field}-problem")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($".nhsuk-error-summary a[href='#{field}']"));
        Assert.Equal("2", page.QuerySelector("#high")!.GetAttribute("value"));
    }

    [Fact]
    public async Task all_that_is_missing_is_said_at_once()
    {
        var page = new HtmlParser().ParseDocument(await site.Http.GetStringAsync("/costs?weight=70&low=0.5&price=abc"));

        Assert.Equal(["#high", "#price", "#currency", "#date", "#source"], page.QuerySelectorAll(".nhsuk-error-summary a").Select(a => a.GetAttribute("href")));
    }

    /// <summary>Numbers below zero, a wrong currency, a day to come and counts that cannot be were named one a try.</summary>
    [Fact]
    public async Task all_that_is_wrong_is_said_at_once_in_the_order_of_the_form()
    {
        var page = new HtmlParser().ParseDocument(await site.Http.GetStringAsync("/costs?weight=-70&low=-0.5&low_infusions=0&high=2&product=nothing&price=-1&visit=-3&currency=pound&date=2999-01-01&source=&low_patients=4&low_responders=9&high_responders=3&qaly=1000&threshold=-5"));

        Assert.Equal(
            ["#weight", "#low", "#low_infusions", "#product", "#price", "#visit", "#currency", "#date", "#source", "#low_responders", "#high_patients", "#qaly", "#threshold"],
            page.QuerySelectorAll(".nhsuk-error-summary a").Select(a => a.GetAttribute("href")));
        Assert.Equal("-70", page.QuerySelector("#weight")!.GetAttribute("value"));
        Assert.Equal("pound", page.QuerySelector("#currency")!.GetAttribute("value"));
        Assert.Null(page.QuerySelector(".ig-answer table"));
    }

    [Fact]
    public async Task a_wrong_product_or_anything_else_typed_is_never_a_failure()
    {
        foreach (var address in new[] { Example + "&product=nothing", "/costs?weight=1e999&low=0.5", "/costs?x=%3Cscript%3E", Example.Replace("high_infusions=5", "high_infusions=2.5", StringComparison.Ordinal), Example.Replace("price=32.7", "price=99999999999999999999999999999", StringComparison.Ordinal) })
        {
            using var reply = await site.Http.GetAsync(address);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.NotNull(new HtmlParser().ParseDocument(await reply.Content.ReadAsStringAsync()).QuerySelector(".nhsuk-error-summary"));
        }
    }
}
