using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

/// <summary>The history tells who did what, and never how one of the two judged before the other has.</summary>
public class HistoryOfReviews
{
    [Fact]
    public void a_judgement_is_told_as_judged_until_the_other_has_judged_the_same()
    {
        var entries = Begun(("Ann", new Screened("r1", Stage.Title, Verdict.Exclude, "wrong design")), ("Ben", new Screened("r2", Stage.Title, Verdict.Include, null)));
        var lines = ReviewHistory.Of(entries).Lines;
        Assert.Equal(("judged r1 at title and abstract.", true), (lines[3].What, lines[3].Hidden));
        Assert.Equal(("judged r2 at title and abstract.", true), (lines[4].What, lines[4].Hidden));

        var both = ReviewHistory.Of([.. entries, (6, "ben", new Screened("r1", Stage.Title, Verdict.Maybe, null))]).Lines;
        Assert.Equal(("judged r1 at title and abstract: exclude (wrong design).", false), (both[3].What, both[3].Hidden));
        Assert.Equal(("judged r1 at title and abstract: maybe.", false), (both[5].What, both[5].Hidden));
        Assert.True(both[4].Hidden);
    }

    [Fact]
    public void when_one_takes_a_judgement_back_that_of_the_other_is_hidden_again()
    {
        var lines = ReviewHistory.Of(Begun(
            ("Ann", new Screened("r1", Stage.Title, Verdict.Exclude, null)), ("Ben", new Screened("r1", Stage.Title, Verdict.Include, null)), ("Ben", new Screened("r1", Stage.Title, null, null)))).Lines;
        Assert.Equal(["judged r1 at title and abstract.", "judged r1 at title and abstract.", "took the judgement of r1 at title and abstract back."], lines.Skip(3).Select(l => l.What));
    }

    [Fact]
    public void extraction_and_risk_of_bias_are_hidden_until_both_have_kept_one()
    {
        var bias = new RiskOfBias(BiasTool.Rob2, "INCAT", [.. RiskOfBias.DomainsOf(BiasTool.Rob2).Select(d => new DomainJudgement(d.Id, BiasLevel.High, "secret reason"))]);
        (string, ReviewEvent)[] ofAnn = [("Ann", new Extracted("ice-2008", Some.Extraction())), ("Ann", new BiasJudged("ice-2008", bias))];
        var one = ReviewHistory.Of(Begun(ofAnn)).Lines;
        Assert.Equal(["extracted ice-2008.", "judged the risk of bias of ice-2008 by RoB 2."], one.Skip(3).Select(l => l.What));
        Assert.All(one.Skip(3), l => Assert.True(l.Hidden));

        // Another outcome, another study or a person who is none of the two uncovers nothing.
        var other = ReviewHistory.Of(Begun([.. ofAnn, ("Ben", new BiasJudged("ice-2008", bias with { Outcome = "grip" })), ("Ben", new Extracted("other-2008", Some.Extraction())), ("Cid", new Extracted("ice-2008", Some.Extraction()))])).Lines;
        Assert.All(other.Skip(3), l => Assert.True(l.Hidden, l.What));

        var both = ReviewHistory.Of(Begun([.. ofAnn, ("Ben", new BiasJudged("ice-2008", bias)), ("Ben", new Extracted("ice-2008", Some.Extraction()))])).Lines;
        Assert.All(both.Skip(3), l => Assert.False(l.Hidden, l.What));
        Assert.Contains("secret reason", both[4].What, StringComparison.Ordinal);
        Assert.Contains("2 arms, 1 outcome, certainty high", both[3].What, StringComparison.Ordinal);
    }

    [Fact]
    public void imports_duplicates_and_settlements_are_told_whole()
    {
        var lines = ReviewHistory.Of(Begun(
            ("Ann", new DuplicatesRemoved([new("r3", "r1", "same DOI", true)])),
            ("Ben", new KeptApart("r3")),
            ("Ann", new Screened("r2", Stage.FullText, Verdict.Exclude, "wrong design")),
            ("Ben", new Screened("r2", Stage.FullText, Verdict.Include, null)),
            ("Cid", new Settled("r2", Stage.FullText, Verdict.Exclude, "wrong design", true)),
            ("Ann", new Sought("r1", false, "no copy")),
            ("Ann", new Grouped("r3", "ice-2008")))).Lines;
        Assert.Equal(
            [
                "began the review “IVIg in CIDP” of Ann and Ben; Cid settles conflicts.", "imported search.nbib (nbib) of PubMed: 3 records.", "added r1 to r3.",
                "removed 1 duplicate: r3 of r1.", "said that r3 is no duplicate.", "judged r2 at full text: exclude (wrong design).", "judged r2 at full text: include.",
                "settled r2 as the third reviewer: exclude (wrong design).", "said that the full text of r1 cannot be had (no copy).", "named r3 a report of ice-2008.",
            ],
            lines.Select(l => l.What));
        Assert.True(lines[2].Names("R2"));
        Assert.Equal(["r3", "r1"], lines[3].Titles.Select(t => t.Record));
        Assert.All(lines[3].Titles, t => Assert.NotEmpty(t.Title));
        Assert.Empty(lines[2].Titles);
        Assert.True(lines[3].Names("r1"));
    }

    [Fact]
    public void an_entry_that_cannot_be_read_is_told_as_such_and_the_rest_goes_on()
    {
        var lines = ReviewHistory.Of([.. Begun(), (4, "Ann", null), (5, "Ann", new KeptApart("r1"))]).Lines;
        Assert.Equal(["This entry cannot be read.", "said that r1 is no duplicate."], lines.Skip(3).Select(l => l.What));
    }

    /// <summary>Whatever is judged in whatever order: a verdict stands in the history only where both judgements stand in the review.</summary>
    [Fact]
    public void no_order_of_judgements_tells_a_verdict_that_one_alone_has_given()
    {
        var events = Gen.Choose(1, 3).SelectMany(r => Gen.Elements<Verdict?>(Verdict.Include, Verdict.Exclude, Verdict.Maybe, null).SelectMany(v => Gen.Elements(Stage.Title, Stage.FullText)
            .SelectMany(stage => Gen.Elements("Ann", "Ben").Select(who => (who, (ReviewEvent)new Screened($"r{r}", stage, v, "because"))))));
        var told = 0;
        var hidden = 0;
        Prop.ForAll(events.ListOf(12).ToArbitrary(), list =>
        {
            var entries = Begun([.. list]);
            var (lines, review) = ReviewHistory.Of(entries);
            foreach (var ((_, _, e), line) in entries.Zip(lines))
            {
                if (e is Screened { Verdict: not null } s)
                {
                    var both = review[s.Record]!.At(s.Stage) is { First: not null, Second: not null };
                    Assert.Equal(both, line.What.Contains(':', StringComparison.Ordinal));
                    Assert.Equal(!both, line.Hidden);
                    Assert.Equal(both, line.What.Contains("because", StringComparison.Ordinal));
                    (told, hidden) = both ? (told + 1, hidden) : (told, hidden + 1);
                }
            }
        }).QuickCheckThrowOnFailure();
        Assert.True(told > 100 && hidden > 100, $"{told} told and {hidden} hidden: the property says little.");
    }

    /// <summary>The review with three records, and then these events.</summary>
    private static List<(long Seq, string Who, ReviewEvent? Event)> Begun(params (string Who, ReviewEvent Event)[] more)
    {
        (string, ReviewEvent)[] first =
        [
            ("Ann", new Created("IVIg in CIDP", "Does it help?", ["Ann", "Ben"], "Cid")),
            ("Ann", new Imported("search.nbib", "00", "nbib", "PubMed", false, 3, [])),
            ("Ann", new RecordsAdded([Some.Citation("One trial of immunoglobulin"), Some.Citation("Another trial of immunoglobulin"), Some.Citation("A third trial of immunoglobulin")])),
        ];
        return [.. first.Concat(more).Select((e, i) => ((long)i + 1, e.Item1, (ReviewEvent?)e.Item2))];
    }
}
