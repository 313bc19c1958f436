using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Literature;
using IgLoop.Core.Synthesis;

namespace IgLoop.Core.Tests.Literature;

/// <summary>A new study becomes a row of the evidence profile, or the reason why not is said.</summary>
public class JoiningProfiles
{
    private static readonly List<KnowledgeFile> Files = ShippedKnowledge.Files();
    private static readonly KnowledgeBase Now = ShippedKnowledge.Load();

    [Fact]
    public void a_trial_with_counts_becomes_the_last_row_of_its_comparison_and_nothing_else_of_the_file_changes()
    {
        var joined = Join(Some.Extraction(), new("improved-weeks", "IGIV-C", "placebo"), out var change);

        Assert.Equal(joined.Before!.Rows.Count + 1, joined.After!.Rows.Count);
        var row = joined.After.Rows[^1];
        Assert.Equal((new TrialCounts(32, 59, 12, 58), 117, Status.Read), (row.Counts, row.People, row.Status));
        var text = change.Files.Single(f => f.Path == "profiles/cidp.yaml").Text;
        var added = text.Split('\n').Single(l => l.Contains("new-trial-2026", StringComparison.Ordinal));
        Assert.Equal(Files.Single(f => f.Path == "profiles/cidp.yaml").Text, text.Replace(added + "\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public void the_same_study_again_replaces_its_row()
    {
        var x = WithPool(Some.Extraction(), new("improved-24-weeks", "IGIV-C", "placebo"));
        var change = EvidenceChange.Of(Files, Now, "ice-2008", x with { Outcomes = [x.Outcomes[0] with { Results = [x.Outcomes[0].Results[0] with { Events = 33 }, x.Outcomes[0].Results[1]] }] }, [], [], out var problems);

        Assert.Empty(problems);
        var row = Assert.Single(change!.Joined[0].After!.Rows);
        Assert.Equal(33, row.Counts!.Events1);
    }

    [Fact]
    public void counts_rebuilt_from_percentages_are_no_printed_counts_in_the_profile_either()
    {
        var x = Some.Extraction();
        x = x with { Outcomes = [x.Outcomes[0] with { Results = [x.Outcomes[0].Results[0] with { Derived = true }, x.Outcomes[0].Results[1]] }] };

        var row = Join(x, new("improved-weeks", "IGIV-C", "placebo"), out _).After!.Rows[^1];

        Assert.Equal((Status.Project, "counts from percentages"), (row.Status, row.Note));
    }

    [Fact]
    public void people_of_a_crossover_trial_count_once()
    {
        var x = Some.Extraction() with { Design = StudyDesign.RandomisedCrossover, Crossover = CrossoverUse.AsParallel, Patients = 60, Arms = [new("IGIV-C", 60, 1m, null), new("placebo", 60, null, null)] };
        x = x with { Outcomes = [x.Outcomes[0] with { Results = [new("IGIV-C", 32, 60, null, null, null, false), new("placebo", 12, 60, null, null, null, false)] }] };

        var row = Join(x, new("improved-weeks", "IGIV-C", "placebo"), out _).After!.Rows[^1];

        Assert.Equal(60, row.People);
        Assert.Contains("crossover, as parallel groups", row.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mean and SD", "mean-change-4-weeks")]
    [InlineData("printed effect", "mean-change-4-weeks")]
    [InlineData("missing SD", "mean-change-4-weeks")]
    public void means_and_printed_differences_join_a_comparison_of_means(string kind, string comparison)
    {
        var x = Means(kind);
        var row = Join(x, new(comparison, "IVIg", "PE"), out _).After!.Rows[^1];

        Assert.Equal(kind == "printed effect", row.Effect is not null);
        Assert.Equal(kind == "missing SD", row.Note?.Contains("shown, not counted", StringComparison.Ordinal) == true);
        Assert.Equal(80, row.People);
    }

    [Fact]
    public void a_new_outcome_is_added_with_one_trial_and_is_not_pooled()
    {
        var joined = Join(Some.Extraction() with { Condition = "lupus_nephritis", Design = StudyDesign.Cohort }, new("complete-response", "IGIV-C", "placebo", "Complete response, immunoglobulin against placebo", EffectMeasure.RR, "same definition: it's the KDIGO one"), out _);

        Assert.Null(joined.Before);
        Assert.NotNull(joined.After!.NotPooled);
        Assert.Equal("same definition: it's the KDIGO one", joined.After.Why);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "courses", "unit-of-analysis error" },
        { "crossover", "does not say whether" },
        { "cohort", "not randomised" },
        { "unknown", "the profile has no outcome 'unheard-of'; it has improved-weeks" },
        { "no counts", "needs events and n of both arms" },
        { "twice", "would count twice" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void what_must_not_be_pooled_stays_out_and_says_why(string kind, string why)
    {
        var x = Some.Extraction();
        var entry = new ProfileEntry(kind == "unknown" ? "unheard-of" : "improved-weeks", "IGIV-C", "placebo");
        x = WithPool(x, entry);
        x = kind switch
        {
            "courses" => x with { Unit = CountingUnit.Courses },
            "crossover" => x with { Design = StudyDesign.RandomisedCrossover },
            "cohort" => x with { Design = StudyDesign.Cohort },
            "no counts" => x with { Outcomes = [x.Outcomes[0] with { Results = [x.Outcomes[0].Results[0]] }] },
            "twice" => x with { Outcomes = [x.Outcomes[0], x.Outcomes[0] with { Instrument = "Another" }] },
            _ => x,
        };

        var change = EvidenceChange.Of(Files, Now, "new-trial-2026", x, [], [], out var problems);

        Assert.Empty(problems);
        var last = change!.Joined[^1];
        Assert.Contains(why, last.WhyNot, StringComparison.Ordinal);
        Assert.Null(last.After);
        Assert.Equal(kind == "twice", change.Files.Any(f => f.Path.StartsWith("profiles/", StringComparison.Ordinal)));
    }

    [Fact]
    public void an_arm_that_does_not_exist_and_a_new_outcome_without_reason_stop_the_form()
    {
        Assert.Contains(WithPool(Some.Extraction(), new("improved-weeks", "IVIg", "placebo")).Check(), f => f.Stops && f.Message.Contains("'IVIg', which is no arm", StringComparison.Ordinal));
        Assert.Contains(WithPool(Some.Extraction(), new("better", "IGIV-C", "placebo", "Better", EffectMeasure.RR)).Check(), f => f.Stops && f.Message.Contains("why trials like this one are alike", StringComparison.Ordinal));
    }

    [Fact]
    public void prompts_follow_from_the_numbers_and_take_no_step()
    {
        var before = Synthesise((0.5, 0.05), (0.6, 0.06));
        var after = Synthesise((0.5, 0.05), (0.6, 0.06), (-1.5, 0.04));

        var prompts = GradePrompts.Of(before, after, "new", []);

        Assert.Contains(prompts, p => p.Domain == GradeDomain.RiskOfBias && p.Seen.Contains("has not been judged", StringComparison.Ordinal));
        Assert.Contains(prompts, p => p.Domain == GradeDomain.Inconsistency && p.Seen.StartsWith("I² went from 0 % to", StringComparison.Ordinal));
        Assert.Contains(prompts, p => p.Domain == GradeDomain.Inconsistency && p.Seen.Contains("does not meet", StringComparison.Ordinal));
        Assert.Contains(prompts, p => p.Domain == GradeDomain.Imprecision && p.Seen.Contains("did not hold no effect and now does", StringComparison.Ordinal));
        Assert.DoesNotContain(GradePrompts.Of(before, before, "new", []), p => p.Domain is GradeDomain.Inconsistency or GradeDomain.Imprecision);
    }

    private static Analysis Synthesise(params (double Y, double V)[] trials) => Synthesiser.Of(
        [.. trials.Select((t, i) => new TrialRow { Label = i == 2 ? "new" : $"trial {i + 1}", Row = i + 1, Yi = t.Y, Vi = t.V })],
        new() { Measure = Measure.RR, Method = Method.REML });

    private static Extraction Means(string kind) => new()
    {
        Condition = "gbs",
        Citation = "A new trial",
        Design = StudyDesign.RandomisedParallel,
        Patients = 80,
        Arms = [new("IVIg", 40, 2m, null), new("PE", 40, null, null)],
        Outcomes = [kind == "printed effect"
            ? new("grade", "4 weeks", [], new(EffectMeasure.MD, 0.2m, -0.4m, 0.8m))
            : new("grade", "4 weeks", [new("IVIg", null, 40, 0.9m, kind == "missing SD" ? null : 1.2m, null, false), new("PE", null, 40, 0.7m, 1.1m, null, false)])],
        Certainty = "moderate",
        SourceRead = "full text",
    };

    private static JoinedComparison Join(Extraction x, ProfileEntry entry, out EvidenceChange change)
    {
        var found = EvidenceChange.Of(Files, Now, "new-trial-2026", WithPool(x, entry), [], [], out var problems);
        Assert.True(found is not null, string.Join('\n', problems));
        change = found;
        var joined = Assert.Single(found.Joined);
        Assert.True(joined.WhyNot is null, joined.WhyNot);
        return joined;
    }

    private static Extraction WithPool(Extraction x, ProfileEntry entry) => x with { Outcomes = [.. x.Outcomes.Select(o => o with { Pool = entry })] };
}
