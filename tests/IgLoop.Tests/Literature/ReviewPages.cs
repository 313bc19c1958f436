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

    [Fact]
    public async Task a_slip_with_duplicates_can_be_undone_and_a_duplicate_marked_by_hand()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Twice"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "twice", "Ann", "s.csv", System.Text.Encoding.UTF8.GetBytes("title,doi\nOne trial of immunoglobulin,10.1/a\nOne trial of immunoglobulin,10.1/a\nAnother report of it,"), null, "Embase", false);

        var apart = await Post("/reviews/twice/duplicates/keep", HttpStatusCode.OK, ("who", "Ann"), ("record", "r2"), ("apart", "r2"));
        Assert.Contains("Kept although alike (1)", apart, StringComparison.Ordinal);
        var removed = await Post("/reviews/twice/duplicates/mark", HttpStatusCode.OK, ("who", "Ann"), ("record", "r2"), ("of", "r1"));
        Assert.Contains("r2 repeats r1", removed, StringComparison.Ordinal);

        var wrong = await new HtmlParser().ParseDocumentAsync(await Post("/reviews/twice/duplicates/mark", HttpStatusCode.UnprocessableEntity, ("who", "Ann"), ("record", "R3"), ("of", "r12")));
        Assert.Contains("There is no record 'r12'", wrong.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("r3", "r12"), (wrong.QuerySelector("#mark")!.GetAttribute("value"), wrong.QuerySelector("#mark-of")!.GetAttribute("value")));
        Assert.Equal(2, Core.Literature.PrismaFlow.Of(await store.Load("twice")).Main.Identified - 1);
    }

    [Fact]
    public async Task a_reason_that_is_too_long_is_refused_and_not_dropped()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Wordy"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "wordy", "Ann", "s.csv", System.Text.Encoding.UTF8.GetBytes("title\nOne trial of immunoglobulin"), null, "Embase", false);
        var long301 = new string('a', 301);
        var page = await new HtmlParser().ParseDocumentAsync(await Post("/reviews/wordy/screen", HttpStatusCode.UnprocessableEntity, ("who", "Ann"), ("stage", "title"), ("record", "r1"), ("verdict", "exclude"), ("reason", long301)));
        Assert.Contains("up to 300 characters", page.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(long301, page.QuerySelector("#reason")!.GetAttribute("value"));
        Assert.Null((await store.Load("wordy"))["r1"]!.Title.First);
    }

    [Fact]
    public async Task an_import_that_fails_keeps_what_was_typed()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Typed"), ("first", "Ann"), ("second", "Ben"));
        var page = await new HtmlParser().ParseDocumentAsync(await Post("/reviews/typed/import", HttpStatusCode.UnprocessableEntity, ("who", "Ann"), ("source", "ICTRP"), ("kind", "register")));
        Assert.Equal("ICTRP", page.QuerySelector("#source")!.GetAttribute("value"));
        Assert.Equal("register", page.QuerySelector("#kind option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task nobody_overwrites_unseen_what_the_other_kept_and_nothing_typed_is_dropped()
    {
        await Post("/reviews", HttpStatusCode.OK, ("title", "Together"), ("first", "Ann"), ("second", "Ben"));
        var store = new Features.Reviews.ReviewStore(site.Journal, TimeProvider.System);
        await Features.Reviews.Import.Importing.Import(store, "together", "Ann", "s.csv", System.Text.Encoding.UTF8.GetBytes("title\nOne trial of immunoglobulin"), null, "Embase", false);
        foreach (var stage in Enum.GetValues<Core.Literature.Stage>())
        {
            await store.Keep("together", "Ann", new Core.Literature.Screened("r1", stage, Core.Literature.Verdict.Include, null));
            await store.Keep("together", "Ben", new Core.Literature.Screened("r1", stage, Core.Literature.Verdict.Include, null));
        }

        var seen = (await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync("/reviews/together/studies/r1/extraction?who=Ann"))).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (string, string)[] form = [("condition", "cidp"), ("citation", "One trial"), ("certainty", "low"), ("source_read", "abstract"), ("a1.name", "IVIg"), ("o1.instrument", "INCAT"), ("o1r1.events", "1"), ("o1r1.n", "2"), ("seen", seen)];
        await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.OK, [("who", "Ann"), .. form]);

        var page = await new HtmlParser().ParseDocumentAsync(await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.UnprocessableEntity, [("who", "Ben"), ("notes", "typed by Ben"), .. form]));
        Assert.Contains("Somebody else kept this form", page.QuerySelector("#wrong")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("typed by Ben", page.QuerySelector("#notes")!.GetAttribute("value"));
        Assert.Null((await store.Load("together")).Extractions["r1"].Notes);

        var again = page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        Assert.NotEqual(seen, again);
        await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.OK, [("who", "Ben"), ("notes", "typed by Ben"), .. form[..^1], ("seen", again)]);
        Assert.Equal("typed by Ben", (await store.Load("together")).Extractions["r1"].Notes);

        var bounds = await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.UnprocessableEntity, [("who", "Ben"), .. form[..^1], ("o1.low", "1.2"), ("o1.level", "950"), ("o2.when", "24 weeks")]);
        Assert.Contains("Outcome 1 has the bounds of an effect and no effect", bounds, StringComparison.Ordinal);
        Assert.Contains("needs the instrument", await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.UnprocessableEntity, [("who", "Ben"), .. form[..^1], ("o2.when", "24 weeks")]), StringComparison.Ordinal);
        Assert.Contains("lies between 0 and 100", System.Net.WebUtility.HtmlDecode(await Post("/reviews/together/studies/r1/extraction", HttpStatusCode.UnprocessableEntity, [("who", "Ben"), .. form[..^1], ("o1.value", "1.2"), ("o1.level", "950")])), StringComparison.Ordinal);

        var bias = new (string, string)[] { ("tool", "Rob2"), ("seen", "none") }.Concat(new[] { "D1", "D2", "D3", "D4", "D5" }.SelectMany(d => new[] { ($"level.{d}", "Low"), ($"reason.{d}", "concealed") })).ToArray();
        await Post("/reviews/together/studies/r1/bias", HttpStatusCode.OK, [("who", "Ann"), .. bias]);
        Assert.Contains("Somebody else kept this form", await Post("/reviews/together/studies/r1/bias", HttpStatusCode.UnprocessableEntity, [("who", "Ben"), .. bias]), StringComparison.Ordinal);
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
