using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Tests.Web;

/// <summary>Forms of what is worked out from several values: made from what the instrument's file declares, they say what the command line says.</summary>
public sealed class CalculationTests(ShippedSite site) : IClassFixture<ShippedSite>
{
    /// <summary>Ids of the command line that need no form of their own: an aid to one item or grade of a form, or another word for the same.</summary>
    private static readonly string[] WithinAForm = ["qmg_item", "qmg_item_table", "incat_arm", "onls_arm", "onls_leg", "incat_change", "onls_change", "cdasi_severity"];

    private IEnumerable<(Instrument Instrument, Calculation Calculation)> All => site.Site.Knowledge.Instruments.Values.SelectMany(i => i.Calculations.Select(c => (i, c)));

    [Fact]
    public void whatever_the_command_line_scores_has_a_form()
    {
        var knowledge = site.Site.Knowledge;
        var forms = knowledge.Instruments.Values.SelectMany(i => i.Totals.Select(t => t.Request).OfType<string>().Concat(i.Calculations.SelectMany(c => new[] { c.Id, c.Request })).Append(i.Id)).ToHashSet(StringComparer.Ordinal);
        Assert.Equal("", string.Join(", ", Scorers.Ids(knowledge).Except(WithinAForm).Except(forms)));
        Assert.All(All, x => Assert.True(Scorers.Scores(knowledge, x.Calculation.Request), x.Calculation.Id));
    }

    [Fact]
    public async Task an_empty_form_is_open_and_never_a_no_a_zero_or_an_error()
    {
        var wrong = new List<string>();
        foreach (var (_, calculation) in All)
        {
            var page = await site.Post(calculation.Id, ("at", "2026-01-10"));
            var headline = page.QuerySelector("#headline")?.TextContent ?? "no headline";
            if (page.QuerySelector(".nhsuk-error-summary") is not null || !headline.EndsWith(": not known", StringComparison.Ordinal))
            {
                wrong.Add($"{calculation.Id}: {headline} {page.QuerySelector(".nhsuk-error-summary")?.TextContent}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task the_last_answers_stand_beside_the_questions_and_the_last_verdict_beside_the_verdict()
    {
        (string, string)[] before = [("w.sledai_baseline", "10"), ("w.sledai_now", "6"), ("w.new_bilag_a", "0"), ("w.new_bilag_b", "0"), ("w.pga_baseline", "1"), ("w.pga_now", "1"), ("w.rescue", "no")];
        var line = Text(await site.Post("sri4", [("at", "2026-01-10"), .. before]), "#line").Trim();
        var page = await site.Post("sri4", ("at", "2026-03-10"), ("w.sledai_baseline", "10"), ("w.sledai_now", "9"), ("earlier", line));
        Assert.Equal("Last, 10 January 2026: 6", Text(page, "[id='last.w.sledai_now']"));
        Assert.Equal("Last, 10 January 2026: No", Text(page, "[id='last.w.rescue']").Replace("no", "No", StringComparison.Ordinal));
        Assert.Contains("last.w.sledai_now", page.GetElementById("w.sledai_now")!.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal("Last, 10 January 2026: yes.", Text(page, "#last"));
        Assert.Equal("Responder: no", Text(page, "#headline"));
        page = await site.Post("sri4", ("at", "2026-01-10"), ("earlier", line));
        Assert.Equal("", Text(page, "#last"));
    }

    [Fact]
    public async Task every_form_takes_its_own_line_again_and_shows_it_beside_every_question_that_was_answered()
    {
        var wrong = new List<string>();
        foreach (var (_, calculation) in All)
        {
            foreach (var c in site.Site.Knowledge.InstrumentCases.Where(c => c.Instrument == calculation.Request && c.Expected.Find("error") is null).Take(4))
            {
                if (Typed(calculation, c.Inputs) is not { Count: > 0 } fields)
                {
                    continue;
                }

                var line = Text(await site.Post(calculation.Id, [("at", "2026-01-10"), .. fields]), "#line").Trim();
                var page = await site.Post(calculation.Id, ("at", "2026-02-10"), ("earlier", line));
                var shown = page.QuerySelectorAll("#score [id^='last.w.']").Select(e => e.Id![5..]).ToHashSet(StringComparer.Ordinal);
                wrong.AddRange(page.QuerySelector(".nhsuk-error-summary") is { } error ? [$"{calculation.Id} {c.Name}: {error.TextContent} of {line}"] : fields.Where(f => f.Item2.Length > 0 && !shown.Contains(f.Item1) && page.QuerySelector($"[name='{f.Item1}']") is not null).Select(f => $"{calculation.Id} {c.Name}: {f.Item1} = {f.Item2} is not shown"));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(30)));
    }

    [Theory]
    [InlineData("sri4 2026-01-01", "whole line")]
    [InlineData("lldas 2026-01-01 {}", "this page is of 'sri4'")]
    [InlineData("sri4 2026-01-01 {\"sledai_now\":", "cut off")]
    [InlineData("sri4 2026-01-01 {\"sledai_now\":1,\"sledai_now\":2}", "not readable")]
    [InlineData("sri4 2026-01-01 {\"sledai_now\":999}", "sledai_now")]
    [InlineData("sri4 2199-01-01 {}", "after today")]
    public async Task an_earlier_line_that_cannot_be_read_is_told_at_its_field(string line, string says)
    {
        var page = await site.Post("sri4", ("at", "2026-01-10"), ("earlier", line));
        Assert.Contains(says, Text(page, ".nhsuk-error-summary a[href='#earlier']"), StringComparison.Ordinal);
        Assert.Equal(line, Text(page, "#earlier"));
    }

    [Fact]
    public async Task nonsense_in_every_field_gives_one_sentence_a_field_and_keeps_what_was_typed()
    {
        foreach (var (_, calculation) in All)
        {
            using var opened = await site.Http.GetAsync($"/scores/{calculation.Id}");
            var empty = new HtmlParser().ParseDocument(await opened.Content.ReadAsStringAsync());
            var typed = empty.QuerySelectorAll("#score input[type=text]").Select(i => i.GetAttribute("name")!).ToList();
            var chosen = empty.QuerySelectorAll("#score input[type=radio]").Select(i => i.GetAttribute("name")!).Distinct().ToList();
            var page = await site.Post(calculation.Id, [("at", "2026-01-10"), .. typed.Concat(chosen).Select(n => (n, "nonsense"))]);
            var texts = calculation.Asks.Where(a => a.Kind == AskKind.Text).Select(a => "w." + a.Name).ToList();
            var links = page.QuerySelectorAll(".nhsuk-error-summary a").Select(a => a.GetAttribute("href")![1..]).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(typed.Concat(chosen).Except(texts).Order(StringComparer.Ordinal), links);
            Assert.All(links, l => Assert.NotNull(page.GetElementById(l)));
            Assert.All(typed, n => Assert.Equal("nonsense", page.QuerySelector($"[name='{n}']")!.GetAttribute("value")));
            Assert.Null(page.QuerySelector(".ig-decision"));
        }
    }

    [Fact]
    public async Task every_worked_case_gives_through_its_form_what_it_gives_on_the_command_line()
    {
        var knowledge = site.Site.Knowledge;
        var (tried, wrong) = (0, new List<string>());
        foreach (var (_, calculation) in All)
        {
            foreach (var c in knowledge.InstrumentCases.Where(c => c.Instrument == calculation.Request && c.Expected.Find("error") is null))
            {
                if (Typed(calculation, c.Inputs) is not { } fields)
                {
                    continue;
                }

                tried++;

                // A request that does not ask for steroid dependence has none; a question left open in the form is unknown instead.
                (string, string)[] notAsked = calculation.Id == "itp_iwg" && c.Inputs.Find("steroid_dependent") is null ? [("w.steroid_dependent", "no")] : [];
                var page = await site.Post(calculation.Id, [("at", "2026-01-10"), .. fields.Where(f => notAsked.All(n => n.Item1 != f.Item1)), .. notAsked]);
                var verdict = calculation.Answers[0];
                var expected = Scorers.Score(knowledge, c.Instrument, c.Inputs)[verdict.Id];
                var shown = $"{verdict.Words}: {Features.Scores.Calculations.CalculationSheet.Shown(expected)}";
                if (page.QuerySelector("#headline")?.TextContent != shown)
                {
                    wrong.Add($"{c.Name} of {calculation.Id}: {page.QuerySelector("#headline")?.TextContent ?? page.QuerySelector(".nhsuk-error-summary")?.TextContent} instead of {shown}");
                }
            }
        }

        Assert.Empty(wrong);
        Assert.True(tried > 100, $"only {tried} cases could be typed");
    }

    [Fact]
    public async Task a_verdict_stands_with_its_working_its_warning_and_what_is_missing()
    {
        var page = await site.Post("sri4", ("at", "2026-01-10"), ("w.sledai_baseline", "3"), ("w.sledai_now", "0"), ("w.pga_baseline", "0.4"), ("w.pga_now", "0.7"));
        Assert.Equal("Responder: no", Text(page, "#headline"));
        Assert.Contains("0.7 - 0.4 = 0.3, below 0.3 asked for - not met", Text(page, "article"), StringComparison.Ordinal);
        Assert.Contains("cannot fall by 4", Text(page, ".ig-warned"), StringComparison.Ordinal);
        page = await site.Post("lldas", ("at", "2026-01-10"), ("w.signs.arthritis", "present"), ("rest", "absent"), ("w.haemolytic_anaemia", "no"), ("w.gi_activity", "no"), ("w.new_feature", "no"), ("w.pga", "1"), ("w.pred_eq", "7.5"));
        Assert.Equal("Low disease activity: not known", Text(page, "#headline"));
        Assert.Contains("→ yes", Text(page, "[id='to.w.maintenance_ok.1']"), StringComparison.Ordinal);
        Assert.Contains(page.QuerySelectorAll("#missing-title ~ ul li"), l => l.TextContent.Contains("maintenance", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task a_sign_that_was_not_looked_for_leaves_a_flare_open()
    {
        (string, string)[] values = [("at", "2026-01-10"), ("w.sledai_prev", "4"), ("w.sledai_now", "4"), ("w.pga_prev", "1"), ("w.pga_now", "1"), ("w.prednisone_mg_kg_prev", "0.2"), ("w.prednisone_mg_kg_now", "0.2"), ("w.new_immunosuppressant", "no"), ("w.hospitalised_for_sle", "no"), ("w.new_nsaid_or_hcq", "no")];
        Assert.Equal("Flare: not known", Text(await site.Post("sfi", values), "#headline"));
        Assert.Equal("Flare: none", Text(await site.Post("sfi", [.. values, ("rest", "absent")]), "#headline"));
    }

    [Theory]
    [InlineData("mrc_sum", "seven_pairs", "0 to 70")]
    [InlineData("mrc_sum", "total", "0 to 60")]
    public async Task the_form_of_an_instrument_that_has_several_can_be_chosen(string instrument, string form, string range)
    {
        var page = await site.Post(instrument, ("at", "2026-01-10"), ("form", form));
        Assert.Contains(range, Text(page, "#headline"), StringComparison.Ordinal);
        Assert.Equal(form == "total" ? 12 : 14, page.QuerySelectorAll("#score fieldset[data-keys]").Length);
    }

    [Fact]
    public async Task what_got_worse_stands_beside_the_improvement_score_of_myositis()
    {
        var page = await site.Post("tis2016", [("at", "2026-01-10"), ("a.md_global", "50"), ("a.patient_global", "50"), ("a.mmt", "-10"), ("a.haq", "20"), ("a.enzyme", "50"), ("a.extramuscular", "50")]);
        Assert.Contains("never lowers this score: mmt", Text(page, "article"), StringComparison.Ordinal);
    }

    private static string Text(IDocument page, string selector) => page.QuerySelector(selector)?.TextContent ?? "";

    /// <summary>A case as somebody would type it; null where it uses a word that the form has no field for.</summary>
    private static List<(string, string)>? Typed(Calculation calculation, Given.Map inputs)
    {
        var fields = new List<(string, string)>();
        var left = inputs.Pairs.Where(p => p.Value is not Given.Null).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var ask in calculation.Asks)
        {
            if (ask.Kind == AskKind.Sort)
            {
                // What a case does not name is absent, but where the form's own word for open is a list of the case.
                foreach (var entry in ask.Entries)
                {
                    var list = ask.Choices.Select(c => c.Id).FirstOrDefault(l => Texts(inputs.Find(l)).Contains(entry.Id));
                    var open = ask.Rest is { } rest && Texts(inputs.Find(rest)).Contains(entry.Id);
                    if (list is not null || (!open && Nothing(ask) is not null))
                    {
                        fields.Add(($"w.{ask.Name}.{entry.Id}", list ?? Nothing(ask)!));
                    }
                }

                if (ask.Choices.Select(c => c.Id).Append(ask.Rest).OfType<string>().Any(l => Texts(inputs.Find(l)).Except(ask.Entries.Select(e => e.Id)).Any()))
                {
                    return null;
                }

                left.ExceptWith(ask.Choices.Select(c => c.Id).Append(ask.Rest).OfType<string>());
            }
            else if (inputs.Find(ask.Name) is { } value)
            {
                Put(ask, $"w.{ask.Name}", value, fields);
                left.Remove(ask.Name);
            }
        }

        return left.Count > 0 || (calculation.Request == "sfi" && !Whole(calculation, inputs)) || (calculation.Id != calculation.Request && left.Count == 0 && fields.Count == 0) ? null : fields;
    }

    private static string? Nothing(Ask ask) => ask.Choices.Any(c => c.Id == "none") ? "none" : ask.Choices.Any(c => c.Id == "not_improved") ? "not_improved" : null;

    /// <summary>The command line takes an event that is not named as not having happened; the form asks it, so only cases that name all are alike.</summary>
    private static bool Whole(Calculation calculation, Given.Map inputs) => calculation.Asks.Where(a => a.Kind != AskKind.Sort).All(a => inputs.Find(a.Name) is not null);

    private static void Put(Ask ask, string name, Given value, List<(string, string)> fields)
    {
        switch (value)
        {
            case Given.Flag f:
                fields.Add((name, f.Value ? "yes" : "no"));
                break;
            case Given.Number n:
                fields.Add((name, n.Value.ToString(CultureInfo.InvariantCulture)));
                break;
            case Given.Text t:
                fields.Add((name, t.Value));
                break;
            case Given.List l:
                for (var n = 0; n < l.Items.Count; n++)
                {
                    Put(ask, $"{name}.{n}", l.Items[n], fields);
                }

                break;
            case Given.Map m:
                foreach (var (key, one) in m.Pairs)
                {
                    Put(ask, $"{name}.{key}", one, fields);
                }

                break;
        }
    }

    private static IReadOnlyList<string> Texts(Given? value) => value is Given.List l ? [.. l.Items.OfType<Given.Text>().Select(t => t.Value)] : [];
}
