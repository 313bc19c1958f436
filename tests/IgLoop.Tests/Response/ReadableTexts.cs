using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;
using IgLoop.Features.Response;
using IgLoop.Features.Scores;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Response;

/// <summary>What a clinician reads is written in words: ids stand in brackets or quotes, where someone has to type them, and in JSON.</summary>
public partial class ReadableTexts
{
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Fact]
    public void no_score_of_any_worked_case_is_shown_with_an_id()
    {
        var wrong = Knowledge.Value.InstrumentCases.SelectMany(c => Ids(Score(c.Instrument, c.Inputs)).Select(line => $"{c.Instrument}, {c.Name}: {line}")).ToList();

        Assert.Equal([], wrong);
    }

    /// <summary>Every condition with everything that can be measured in it: better, not known, nothing measured, stopped.</summary>
    [Fact]
    public void no_review_of_any_condition_is_shown_with_an_id()
    {
        var wrong = new SortedSet<string>(StringComparer.Ordinal);
        var seen = 0;
        foreach (var condition in Knowledge.Value.Conditions.Keys)
        {
            foreach (var instrument in Measured())
            {
                foreach (var request in Requests(condition, instrument))
                {
                    seen++;
                    wrong.UnionWith(Ids(ReviewText.Of(Knowledge.Value, Reviews.Of(Knowledge.Value, ReviewReading.Read(Knowledge.Value, request, Today)))).Select(line => $"{condition}, {instrument}: {line}"));
                }
            }
        }

        Assert.Equal([], wrong);
        Assert.InRange(seen, 1000, 100_000);
    }

    [Fact]
    public void when_a_rule_holds_is_said_in_words()
    {
        string[] said = [.. Knowledge.Value.Conditions.Keys.SelectMany(c => Reviews.Of(Knowledge.Value, ReviewReading.Read(Knowledge.Value, Map(("instrument", Given.Of("mg_adl")), ("condition", Given.Of(c)), ("assessments", new Given.List([]))), Today)).Verdicts).Select(v => v.Name)];

        Assert.Contains(said, s => s.EndsWith(", for a first course", StringComparison.Ordinal));
        Assert.Contains(said, s => s.EndsWith(", for the goal thrombocytopenia or pancytopenia", StringComparison.Ordinal));
        Assert.DoesNotContain(said, s => s.Contains(" = ", StringComparison.Ordinal) || s.Contains("[when", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Measured() => Knowledge.Value.Instruments.Values.SelectMany(i => i.Totals.Count == 0 ? (i.Changes.Count == 0 || i.Lists.ContainsKey("measures") ? Array.Empty<string>() : [i.Id]) : i.Totals.Where(t => t.Request is not null).Select(t => t.Request!).Prepend(i.Id))
        .Concat(Knowledge.Value.Instruments.Values.Where(i => i.Lists.ContainsKey("measures")).SelectMany(i => i.List("measures"))).Distinct(StringComparer.Ordinal);

    private static IEnumerable<Given.Map> Requests(string condition, string instrument)
    {
        var total = Scorers.Find(Knowledge.Value, instrument) is { } found ? found.Total ?? found.Instrument.Totals[0] : null;
        Given Visit(string at, Given value) => Given.Of(("at", Given.Of(at)), ("value", value));
        var (low, high) = (Given.Of(total?.Low ?? 3), Given.Of(total?.High ?? 5));
        (string, Given)[] all = [("instrument", Given.Of(instrument)), ("condition", Given.Of(condition)), ("infusions", Given.Of(["2026-02-01"]))];
        yield return Map([.. all, ("assessments", new Given.List([Visit("2026-01-01", high), Visit("2026-02-20", low)]))]);
        yield return Map([.. all, ("assessments", new Given.List([Visit("2026-01-01", low), Visit("2026-02-20", total is null ? low : Given.Nothing)])), ("phase", Given.Of("maintenance"))]);
        yield return Map([.. all, ("platelets", new Given.List([Given.Of(("at", Given.Of("2026-01-01")), ("count", Given.Of(10m))), Given.Of(("at", Given.Of("2026-03-01")), ("count", Given.Of(60m)))])), ("steroids", new Given.List([Given.Of(("from", Given.Of("2026-02-20")), ("drug", Given.Of("prednisone")), ("mg", Given.Of(10m)))])), ("withdrawn", Given.Of(("reason", Given.Of("adverse_event"))))]);
    }

    private static Given.Map Map(params (string, Given)[] pairs) => Given.Of(pairs);

    private static string Score(string instrument, Given.Map inputs)
    {
        try
        {
            return ScoreText.Of(Knowledge.Value, Scorers.Score(Knowledge.Value, instrument, inputs));
        }
        catch (ScoringException e)
        {
            // What can be typed is listed as it is typed.
            return Listed().Replace(e.Message, "");
        }
    }

    /// <summary>Lines with something like low_complement that is neither in brackets or quotes nor a source.</summary>
    private static IEnumerable<string> Ids(string text) => text.Split('\n').Where(line => Id().IsMatch(Bracketed().Replace(Bracketed().Replace(line, ""), "")));

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);

    [GeneratedRegex(@"\b[a-zA-Z0-9]+(_[a-zA-Z0-9]+)+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Id();

    [GeneratedRegex(@"\([^()]*\)|\[[^\[\]]*\]|'[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"[Kk]nown are .*|^[a-z_.]+: there is no item|must be (a number or )?one of .*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}
