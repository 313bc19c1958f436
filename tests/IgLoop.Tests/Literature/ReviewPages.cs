using System.Net;
using AngleSharp.Html.Parser;
using IgLoop.Tests.Web;

namespace IgLoop.Tests.Literature;

/// <summary>What the pages of reviews refuse, hide and say, without a browser.</summary>
public sealed class ReviewPages(ReviewSite site, RunningSite without) : IClassFixture<ReviewSite>, IClassFixture<RunningSite>, IDisposable
{
    private readonly HttpClient http = new(new HttpClientHandler { CookieContainer = new() }) { BaseAddress = site.Address };

    [Fact]
    public async Task without_a_record_the_page_says_how_to_get_one()
    {
        foreach (var path in new[] { "/reviews", "/reviews/anything/flow" })
        {
            using var reply = await without.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.False(reply.Headers.Contains("Set-Cookie"));
            Assert.Contains("igloop serve --data record", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_form_from_elsewhere_stores_nothing()
    {
        var before = (await site.Journal.Heads()).Count;
        using var reply = await http.PostAsync("/reviews", new FormUrlEncodedContent([new("title", "Forged"), new("first", "Ann"), new("second", "Ben")]));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains("This form was not accepted", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, (await site.Journal.Heads()).Count);
    }

    [Fact]
    public async Task a_foreign_name_of_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/reviews") { Headers = { Host = "evil.example" } };
        using var reply = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    [Fact]
    public async Task two_equal_reviewers_an_unknown_review_and_a_huge_file_are_answered_in_a_sentence()
    {
        Assert.Contains("two different names", await Post("/reviews", HttpStatusCode.UnprocessableEntity, ("title", "Same"), ("first", "Ann"), ("second", "ann")), StringComparison.Ordinal);
        using var none = await http.GetAsync("/reviews/nowhere/flow");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        await Post("/reviews", HttpStatusCode.OK, ("title", "Huge file"), ("first", "Ann"), ("second", "Ben"));
        using var content = new MultipartFormDataContent { { new ByteArrayContent(new byte[17 * 1024 * 1024]), "file", "big.ris" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/reviews/huge-file/import?who=Ann") { Content = content };

        // The server refuses by the announced length; the body is then never sent.
        request.Headers.ExpectContinue = true;
        using var reply = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Contains("too large", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task what_one_reviewer_judged_is_on_no_page_before_the_other_has()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Hidden"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "hidden", "Ann", "s.ris", System.Text.Encoding.UTF8.GetBytes(Searches.Ris), null, "Embase", false);
        await Post("/reviews/hidden/screen", HttpStatusCode.OK, ("who", "Ann"), ("stage", "title"), ("record", "r1"), ("verdict", "exclude"), ("reason", "secret reason of Ann"));
        Assert.NotNull((await store.Load("hidden"))["r1"]!.Title.First);
        foreach (var page in new[] { "", "/screen?who=Ben&record=r1", "/conflicts?who=Ben", "/agreement", "/flow", "/duplicates?who=Ben", "/studies", "/history", "/history?who=Ben&by=Ann&about=r1", "/review.json" })
        {
            Assert.DoesNotContain("secret reason", await http.GetStringAsync("/reviews/hidden" + page), StringComparison.Ordinal);
        }

        Assert.Contains("secret reason", await http.GetStringAsync("/reviews/hidden/screen?who=Ann&record=r1"), StringComparison.Ordinal);
        await Post("/reviews/hidden/screen", HttpStatusCode.OK, ("who", "Ben"), ("stage", "title"), ("record", "r1"), ("verdict", "include"));
        Assert.Contains("secret reason", await http.GetStringAsync("/reviews/hidden/conflicts?who=Ben"), StringComparison.Ordinal);
        Assert.Contains("secret reason", await http.GetStringAsync("/reviews/hidden/history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task the_history_filters_by_person_topic_and_record_and_says_when_nothing_fits()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Looked back"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "looked-back", "Ann", "s.ris", System.Text.Encoding.UTF8.GetBytes(Searches.Ris), null, "Embase", false);
        await store.Keep("looked-back", "Ben", new Core.Literature.Screened("r2", Core.Literature.Stage.Title, Core.Literature.Verdict.Include, null));

        Assert.Equal(["4", "3", "2", "1"], await Entries("/reviews/looked-back/history"));
        Assert.Equal(["4"], await Entries("/reviews/looked-back/history?by=ben"));
        Assert.Equal(["4", "3"], await Entries("/reviews/looked-back/history?about=R2"));
        Assert.Equal(["3", "2"], await Entries("/reviews/looked-back/history?topic=search"));
        Assert.Contains("the chain is whole", await http.GetStringAsync("/reviews/looked-back/history"), StringComparison.Ordinal);
        var nothing = await http.GetStringAsync("/reviews/looked-back/history?about=r99");
        Assert.Contains("No entry fits this filter", nothing, StringComparison.Ordinal);
        Assert.DoesNotContain("<tbody", nothing, StringComparison.Ordinal);
        using var none = await http.GetAsync("/reviews/nowhere/history");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task a_long_history_comes_in_parts_and_whole_to_print()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Long"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "long", "Ann", "s.csv", System.Text.Encoding.UTF8.GetBytes("title\nOne trial of immunoglobulin"), null, "Embase", false);
        await store.Keep("long", "Ann", _ => ([.. Enumerable.Range(0, 298).Select(i => new Core.Literature.KeptApart("r1"))], null));
        Assert.Equal(200, (await Entries("/reviews/long/history")).Count);
        Assert.Equal(101, (await Entries("/reviews/long/history?part=2")).Count);
        Assert.Equal("1", (await Entries("/reviews/long/history?part=99999")).Last());
        Assert.Equal(301, (await Entries("/reviews/long/history?all=yes")).Count);
    }

    private async Task<List<string>> Entries(string path) =>
        [.. (await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync(path))).QuerySelectorAll(".ig-history tbody th").Select(c => c.TextContent)];

    [Fact]
    public async Task somebody_who_is_no_reviewer_cannot_judge()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Closed"), ("first", "Ann"), ("second", "Ben"));
        Assert.Contains("Say who you are", await Post("/reviews/closed/screen", HttpStatusCode.UnprocessableEntity, ("who", "Eve"), ("stage", "title"), ("record", "r1"), ("verdict", "include")), StringComparison.Ordinal);
    }

    public void Dispose() => http.Dispose();

    private async Task<string> Post(string path, HttpStatusCode expected, params (string Name, string Value)[] fields)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync("/reviews"));
        var token = page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!;
        using var reply = await http.PostAsync(path, new FormUrlEncodedContent(fields.Append(("form-token", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
        Assert.Equal(expected, reply.StatusCode);
        return await reply.Content.ReadAsStringAsync();
    }
}
