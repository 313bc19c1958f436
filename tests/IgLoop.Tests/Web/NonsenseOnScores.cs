using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using IgLoop.Features.Scores;

namespace IgLoop.Tests.Web;

/// <summary>Whatever is typed into a form of a score, the answer is a page that names the field; nothing typed is lost and no total comes of nonsense.</summary>
public sealed class NonsenseOnScores(ShippedSite site) : IClassFixture<ShippedSite>
{
    /// <summary>What no question takes: no number, no grade, no choice.</summary>
    private static readonly string[] Nonsense = ["lots", "1,5", "1e999", "NaN", "0x1", "--1", "٣", "½", "naïve ☃", "<script>alert(1)</script>", "' or 1=1 --", "99999999999999999999999999999999", "-99999999"];

    private IEnumerable<string> Forms => site.Site.Knowledge.Instruments.Values
        .SelectMany(i => (ScoreRoutes.HasOwnForm(i) ? [i.Id] : Array.Empty<string>()).Concat(i.Calculations.Select(c => c.Id))).Distinct();

    [Fact]
    public async Task nonsense_in_all_fields_at_once_is_refused_in_each_with_what_was_typed_still_there()
    {
        var (asked, wrong) = (0, new List<string>());
        foreach (var form in Forms)
        {
            var fields = Fields(await Get(form));

            // Each field gets another nonsense; a form of few fields is sent again until it has had every one.
            for (var turn = 0; turn < Math.Max(2, Nonsense.Length / fields.Count); turn++)
            {
                string NonsenseOf(string field) => Nonsense[(fields.IndexOf(field) + (turn * 5)) % Nonsense.Length];
                asked += fields.Count;
                var page = await site.Post(form, [("at", "2026-01-10"), .. fields.Select(f => (f, NonsenseOf(f)))]);
                var refused = page.QuerySelectorAll(".nhsuk-error-summary a").Select(a => a.GetAttribute("href")![1..]).ToHashSet(StringComparer.Ordinal);
                wrong.AddRange(fields.Where(f => !refused.Contains(f)).Select(f => $"{form}: '{NonsenseOf(f)}' in {f} is not refused"));
                wrong.AddRange(refused.Where(r => page.GetElementById(r) is null).Select(r => $"{form}: {r} has no field"));
                wrong.AddRange(refused.Where(r => r != "at" && page.GetElementById($"row.{(r.StartsWith("a.", StringComparison.Ordinal) ? r[2..] : r)}")?.QuerySelector(".nhsuk-error-message") is null).Select(r => $"{form}: {r} says nothing beside itself"));
                wrong.AddRange(page.QuerySelectorAll("#score input[type=text]").Where(i => fields.Contains(i.GetAttribute("name")!) && i.GetAttribute("value") != NonsenseOf(i.GetAttribute("name")!)).Select(i => $"{form}: what was typed in {i.GetAttribute("name")} is lost"));
                wrong.AddRange(page.QuerySelector(".ig-decision") is null ? [] : [$"{form}: {page.QuerySelector("#headline")?.TextContent} comes of nonsense"]);
                wrong.AddRange(page.QuerySelectorAll("#answer script, #score script").Select(s => $"{form}: {s.OuterHtml}"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(30)));
        Assert.True(asked > 1000, $"only {asked} fields were asked");
    }

    [Fact]
    public async Task nonsense_in_one_field_alone_is_an_error_at_that_field_and_the_other_answers_stay()
    {
        var wrong = new List<string>();
        foreach (var form in Forms)
        {
            var empty = await Get(form);
            var fields = Fields(empty);
            for (var n = 0; n < fields.Count; n += 1 + (fields.Count / 5))
            {
                var other = empty.QuerySelector($"#score input[type=radio][value]:not([value=''])[name]:not([name='{fields[n]}'])");
                var (name, value) = (other?.GetAttribute("name"), other?.GetAttribute("value"));
                var page = await site.Post(form, [("at", "2026-01-10"), (fields[n], Nonsense[n % Nonsense.Length]), .. name is null ? [] : new[] { (name, value!) }]);
                var refused = page.QuerySelectorAll(".nhsuk-error-summary a").Select(a => a.GetAttribute("href")![1..]).ToList();
                wrong.AddRange(refused is [var one] && one == fields[n] ? [] : [$"{form}: {fields[n]} gives {string.Join(", ", refused)}"]);
                wrong.AddRange(name is null || page.QuerySelector($"input[name='{name}'][value='{value}']")!.HasAttribute("checked") ? [] : [$"{form}: {name} is lost"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(30)));
    }

    [Fact]
    public async Task a_form_sent_wholly_empty_or_with_blanks_has_no_error_and_no_total()
    {
        var wrong = new List<string>();
        foreach (var form in Forms)
        {
            var fields = Fields(await Get(form));
            foreach (var blank in new[] { "", "  \t " })
            {
                var page = await site.Post(form, [("at", "2026-01-10"), .. fields.Select(f => (f, blank))]);
                var headline = page.QuerySelector("#headline")?.TextContent ?? "";
                var open = headline == "Nothing answered yet" || headline.EndsWith(": not known", StringComparison.Ordinal) || headline.Contains(" to ", StringComparison.Ordinal);
                wrong.AddRange(open && page.QuerySelector(".nhsuk-error-summary") is null ? [] : [$"{form}: {headline} {page.QuerySelector(".nhsuk-error-summary")?.TextContent}"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("a.no_such", "has no item 'no_such'")]
    [InlineData("w.no_such", "does not ask 'no_such'")]
    public async Task an_answer_to_a_question_that_the_form_does_not_ask_is_told_and_never_ignored(string field, string says)
    {
        foreach (var form in site.Site.Knowledge.Instruments.Values.Where(ScoreRoutes.HasOwnForm).Select(i => i.Id))
        {
            var page = await site.Post(form, ("at", "2026-01-10"), (field, "1"), ("unrelated", "x"));
            Assert.Contains(says, page.QuerySelector(".nhsuk-error-summary")?.TextContent ?? $"{form} says nothing", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task a_wrong_day_or_earlier_line_is_an_error_at_its_field_on_every_form()
    {
        (string Field, string Text)[] lines = [("at", "soon"), ("at", "2026-13-45"), ("at", "0001-01-01"), ("at", "2199-01-01"), ("earlier", "lots"), ("earlier", "2026-01-01 <b>"), ("earlier", "2026-01-01 1e999"), ("earlier", "x 2026-01-01 {}")];
        foreach (var (n, form) in Forms.Index())
        {
            foreach (var (field, text) in new[] { lines[n % 4], lines[4 + (n % 4)] })
            {
                var page = await site.Post(form, field == "at" ? [("at", text)] : [("at", "2026-01-10"), (field, text)]);
                Assert.True(page.QuerySelector($".nhsuk-error-summary a[href='#{field}']") is not null, $"{form}: {page.QuerySelector("#answer")?.TextContent.Trim()}");
                Assert.Equal(text, field == "at" ? page.GetElementById(field)!.GetAttribute("value") : page.GetElementById(field)!.TextContent);
            }
        }
    }

    private async Task<IDocument> Get(string form)
    {
        using var opened = await site.Http.GetAsync($"/scores/{form}");
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        return new HtmlParser().ParseDocument(await opened.Content.ReadAsStringAsync());
    }

    /// <summary>The questions: all that is typed or chosen but the day, the earlier lines, and free text.</summary>
    private List<string> Fields(IDocument page)
    {
        var free = site.Site.Knowledge.Instruments.Values.SelectMany(i => i.Calculations).SelectMany(c => c.Asks).Where(a => a.Kind == Core.Knowledge.Instruments.AskKind.Text).Select(a => "w." + a.Name).ToHashSet(StringComparer.Ordinal);
        return [.. page.QuerySelectorAll("#score input[type=text], #score input[type=radio], #score select").Select(i => i.GetAttribute("name")!).Distinct().Where(n => !free.Contains(n))];
    }
}
