using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

public class ScreeningAndFlow
{
    [Fact]
    public void maybe_goes_on_to_the_full_text_and_one_against_one_is_a_conflict()
    {
        var review = Some.Titles(4).Both("r1", Stage.Title, Verdict.Include).Does("Ann", "r2", Stage.Title, Verdict.Maybe).Does("Ben", "r2", Stage.Title, Verdict.Include)
            .Does("Ann", "r3", Stage.Title, Verdict.Maybe).Does("Ben", "r3", Stage.Title, Verdict.Exclude).Does("Ann", "r4", Stage.Title, Verdict.Exclude);
        Assert.Equal([Standing.In, Standing.In, Standing.Conflict, Standing.Open], review.Records.Select(r => r.Title.Standing));
    }

    [Fact]
    public void only_the_two_reviewers_screen_and_only_the_third_settles_as_third()
    {
        var review = Some.Titles(1).Does("Ann", "r1", Stage.Title, Verdict.Include).Does("ben", "r1", Stage.Title, Verdict.Exclude);
        Assert.Contains("not one of the two", review.Refusal(new Screened("r1", Stage.Title, Verdict.Include, null), "Cid"), StringComparison.Ordinal);
        Assert.Contains("Only Cid", review.Refusal(new Settled("r1", Stage.Title, Verdict.Include, null, true), "Ann"), StringComparison.Ordinal);
        Assert.Contains("consensus", review.Refusal(new Settled("r1", Stage.Title, Verdict.Include, null, false), "Cid"), StringComparison.Ordinal);
        Assert.Null(review.Refusal(new Settled("r1", Stage.Title, Verdict.Include, null, true), "Cid"));
        Assert.Equal(Standing.In, review.After(new Settled("r1", Stage.Title, Verdict.Include, null, true), "Cid")["r1"]!.Title.Standing);
    }

    [Fact]
    public void a_conflict_is_not_settled_before_both_have_judged() =>
        Assert.Contains("Both reviewers", Some.Titles(1).Does("Ann", "r1", Stage.Title, Verdict.Include).Refusal(new Settled("r1", Stage.Title, Verdict.Exclude, null, true), "Cid"), StringComparison.Ordinal);

    [Fact]
    public void a_full_text_is_excluded_with_a_reason_and_two_reasons_are_a_conflict()
    {
        var review = Some.Titles(1).Both("r1", Stage.Title, Verdict.Include);
        Assert.Contains("with a reason", review.Refusal(new Screened("r1", Stage.FullText, Verdict.Exclude, " "), "Ann"), StringComparison.Ordinal);
        Assert.Contains("maybe", review.Refusal(new Screened("r1", Stage.FullText, Verdict.Maybe, null), "Ann"), StringComparison.Ordinal);
        var differ = review.Does("Ann", "r1", Stage.FullText, Verdict.Exclude, "wrong design").Does("Ben", "r1", Stage.FullText, Verdict.Exclude, "wrong population");
        Assert.Equal(Standing.Conflict, differ["r1"]!.FullText.Standing);
        var settled = differ.After(new Settled("r1", Stage.FullText, Verdict.Exclude, "wrong design", false), "Ben");
        Assert.Equal([("wrong design", 1)], PrismaFlow.Of(settled).Main.ExcludedReports);
    }

    [Fact]
    public void a_judgement_is_taken_back_by_a_later_one()
    {
        var review = Some.Titles(1).Both("r1", Stage.Title, Verdict.Exclude).Does("Ben", "r1", Stage.Title, null);
        Assert.Equal(Standing.Open, review["r1"]!.Title.Standing);
        Assert.Equal(Standing.In, review.Does("Ann", "r1", Stage.Title, Verdict.Include).Does("Ben", "r1", Stage.Title, Verdict.Include)["r1"]!.Title.Standing);
    }

    [Fact]
    public void a_text_out_of_reach_is_not_assessed()
    {
        var review = Some.Titles(2).Both("r1", Stage.Title, Verdict.Include).Both("r2", Stage.Title, Verdict.Include).After(new Sought("r1", false, "no copy in any library"), "Ann");
        Assert.Contains("not at the full text stage", review.Refusal(new Screened("r1", Stage.FullText, Verdict.Include, null), "Ann"), StringComparison.Ordinal);
        var flow = PrismaFlow.Of(review);
        Assert.Equal((2, 1, 0, 1), (flow.Sought, flow.Main.NotRetrieved, flow.Assessed, flow.AssessmentOpen));
    }

    [Fact]
    public void two_reports_of_one_study_count_as_two_reports_and_one_study()
    {
        var review = Some.Titles(3);
        foreach (var r in new[] { "r1", "r2", "r3" })
        {
            review = review.Both(r, Stage.Title, Verdict.Include).Both(r, Stage.FullText, Verdict.Include);
        }

        review = review.After(new Grouped("r1", "ice-2008"), "Ann").After(new Grouped("r2", "ice-2008"), "Ann");
        var flow = PrismaFlow.Of(review);
        Assert.Equal((3, 2), (flow.IncludedReports, flow.IncludedStudies));
        Assert.True(flow.Complete);
        Assert.Contains("small letters", review.Refusal(new Grouped("r3", "ICE 2008"), "Ann"), StringComparison.Ordinal);
    }

    [Fact]
    public void a_study_that_gets_its_name_later_keeps_its_extraction_and_its_risk_of_bias()
    {
        var review = Some.Titles(2).Both("r1", Stage.Title, Verdict.Include).Both("r1", Stage.FullText, Verdict.Include).Both("r2", Stage.Title, Verdict.Include).Both("r2", Stage.FullText, Verdict.Include);
        var bias = new RiskOfBias(BiasTool.Rob2, null, [.. RiskOfBias.DomainsOf(BiasTool.Rob2).Select(d => new DomainJudgement(d.Id, BiasLevel.Low, "concealed"))], false, null);
        var named = review.After(new Extracted("r1", Some.Extraction()), "Ann").After(new BiasJudged("r1", bias), "Ann").After(new Grouped("r1", "ice-2008"), "Ann");
        Assert.Equal(["ice-2008"], named.Extractions.Keys);
        Assert.Equal(["ice-2008"], named.Bias.Keys);

        // A second report that joins takes nothing away from a study that has its own form, and leaves its own where it was.
        var other = Some.Extraction() with { Notes = "of the second report" };
        var joined = named.After(new Extracted("r2", other), "Ben").After(new Grouped("r2", "ice-2008"), "Ben");
        Assert.Null(joined.Extractions["ice-2008"].Notes);
        Assert.Equal(other.Notes, joined.After(new Grouped("r2", "r2"), "Ben").Extractions["r2"].Notes);
    }

    [Fact]
    public void kappa_counts_only_what_both_judged_and_forgets_what_was_settled()
    {
        var review = Some.Titles(5).Both("r1", Stage.Title, Verdict.Include).Both("r2", Stage.Title, Verdict.Exclude).Both("r3", Stage.Title, Verdict.Exclude)
            .Does("Ann", "r4", Stage.Title, Verdict.Maybe).Does("Ben", "r4", Stage.Title, Verdict.Exclude).Does("Ann", "r5", Stage.Title, Verdict.Include);
        var two = review.AgreementAt(Stage.Title, true);
        Assert.Equal((4, 3), (two.N, two.Agreed));
        Assert.Equal(0.5, two.Kappa!.Value, 1e-12);
        Assert.Equal(two, review.After(new Settled("r4", Stage.Title, Verdict.Exclude, null, true), "Cid").AgreementAt(Stage.Title, true));
    }

    /// <summary>Whatever is judged in whatever order, each box of the flow is the sum of those it leads to.</summary>
    [Fact]
    public void the_numbers_of_the_flow_add_up_after_any_events()
    {
        var verdicts = Gen.Elements<Verdict?>(Verdict.Include, Verdict.Exclude, Verdict.Maybe, null);
        var events = Gen.Choose(1, 12).SelectMany(r => Gen.Choose(0, 6).SelectMany(kind => verdicts.SelectMany(v => Gen.Elements("Ann", "Ben", "Cid").Select(who => (Who: who, Event: kind switch
        {
            0 or 1 => new Screened($"r{r}", Stage.Title, v, null),
            2 or 3 => new Screened($"r{r}", Stage.FullText, v, "wrong design"),
            4 => new Settled($"r{r}", v == null ? Stage.FullText : Stage.Title, v ?? Verdict.Exclude, "wrong population", who == "Cid"),
            5 => v is Verdict.Include ? new DuplicatesRemoved([new($"r{r}", "r1", "title", false)]) : new KeptApart($"r{r}"),
            _ => (ReviewEvent)new Sought($"r{r}", v is Verdict.Include, null),
        })))));
        var happened = 0;
        Prop.ForAll(events.ListOf(120).ToArbitrary(), list =>
        {
            // Records r9 to r12 were found by citation searching.
            var review = Some.Titles(8).After(new Imported("cited.ris", "01", "RIS", "References of reviews", false, 4, [], OtherMethod.CitationSearching), "Ann")
                .After(new RecordsAdded([.. Enumerable.Range(9, 4).Select(n => Some.Citation($"Trial number {n} of immunoglobulin in neuropathy"))]), "Ann");
            foreach (var (who, e) in list)
            {
                if (review.Refusal(e, who) is null)
                {
                    review = review.After(e, who);
                    happened++;
                }
            }

            var f = PrismaFlow.Of(review);
            return new[] { f.Main, f.Other }.All(c => c.Identified - c.Duplicates == c.Screened + c.ScreeningOpen
                    && c.Screened == c.ExcludedRecords + c.Sought
                    && c.Sought == c.NotRetrieved + c.Assessed + c.AssessmentOpen
                    && c.Assessed == c.ExcludedReports.Sum(x => x.N) + c.IncludedReports)
                && f.Main.Identified == f.Databases.Sum(d => d.N) + f.Registers.Sum(r => r.N)
                && f.Other.Identified == f.Others.Sum(o => o.N) && f.Other.Identified == 4
                && f.Identified == review.Records.Count
                && f.IncludedStudies <= f.IncludedReports;
        }).QuickCheckThrowOnFailure();
        Assert.True(happened > 1000, $"Only {happened} events were possible: the property says little.");
    }

    [Theory]
    [InlineData("Ann", "ann", "two different names")]
    [InlineData("Ann", "", "two reviewers")]
    public void a_review_needs_two_people(string one, string other, string why) =>
        Assert.Contains(why, Review.None.Refusal(new Created("T", "", [one, other], null), one), StringComparison.Ordinal);
}
