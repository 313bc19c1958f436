using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

/// <summary>Each of these traps stands in a printed paper.</summary>
public class ExtractionTraps
{
    [Fact]
    public void a_plain_form_raises_nothing() => Assert.Empty(Some.Extraction().Check());

    [Fact]
    public void camara_2014_categories_that_add_up_to_25_of_27_and_groups_above_52()
    {
        var x = Some.Extraction() with
        {
            Patients = 52,
            Design = StudyDesign.Cohort,
            Arms = [new("monotherapy", 27, 2m, null), new("combined", 26, 2m, null)],
            Outcomes = [new("response", null, [], Categories: [new("complete", 9), new("partial", 8), new("none", 8)], CategoriesOf: 27, Page: "table 2")],
        };
        Flagged(x, "response: the categories add up to 25 (9 + 8 + 8), printed is 27.");
        Flagged(x, "arms: the arms have 27 + 26 = 53, the study 52 patients: somebody is counted twice, or courses are counted.");
    }

    [Fact]
    public void dalakas_1993_counts_courses_and_not_its_15_patients()
    {
        var x = Some.Extraction() with { Patients = 15, Unit = CountingUnit.Courses, Design = StudyDesign.RandomisedCrossover, Crossover = CrossoverUse.AsParallel, Arms = [new("IGIV-C", 12, 2m, null), new("placebo", 11, null, null)], Outcomes = [Some.Extraction().Outcomes[0] with { Results = [] }] };
        Flagged(x, "unit: n counts courses, not patients (15 people): pooled as patients it would be a unit-of-analysis error.");
        Flagged(x, "as if parallel");
        var asPatients = x with { Unit = CountingUnit.Patients, Design = StudyDesign.RandomisedParallel, Crossover = CrossoverUse.NotStated };
        Flagged(asPatients, "the arms have 12 + 11 = 23, the study 15 patients");
    }

    [Fact]
    public void ice_printed_interval_is_neither_wald_nor_newcombe()
    {
        var o = Some.Extraction().Outcomes[0];
        var printed = Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RD, 33.5m, 15.4m, 51.7m) }] };
        Flagged(printed, "the printed interval 15.4 to 51.7 is not re-derivable from the arms: Wald 17.1 to 50.0, Newcombe 16.1 to 48.3");
        Assert.Empty((Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RD, 33.5m, 16.1m, 48.3m) }] }).Check());
        Assert.Empty((Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RD, 33.5m, 17.1m, 50.0m) }] }).Check());
    }

    [Fact]
    public void an_effect_that_the_counts_do_not_give_is_named()
    {
        var o = Some.Extraction().Outcomes[0];
        Flagged(Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RR, 3.1m, null, null) }] }, "the numbers of the arms give RR 2.62, printed is 3.1");
        Assert.Empty((Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RR, 2.62m, 1.50m, 4.57m) }] }).Check());
    }

    [Fact]
    public void an_interval_of_means_is_found_by_the_normal_or_the_pooled_t_way()
    {
        var o = new ExtractedOutcome("MRC sum score", "4 weeks", [new("IGIV-C", null, 20, 5m, 4m, null, false), new("placebo", null, 22, 2m, 5m, null, false)], Page: "3");
        Assert.DoesNotContain((Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.MD, 3.0m, 0.3m, 5.7m) }] }).Check(), f => f.Message.Contains("derivable", StringComparison.Ordinal) || f.Message.Contains("printed is", StringComparison.Ordinal));
        Flagged(Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.MD, 3.0m, -1.0m, 7.0m) }] }, "not re-derivable");
    }

    [Fact]
    public void procid_keeps_the_responder_denominators_apart_from_the_arms()
    {
        var x = Some.Extraction() with { Patients = 142, Arms = [new("0.5 g/kg", 35, 0.5m, null), new("1 g/kg", 69, 1m, null), new("2 g/kg", 38, 2m, null)], Outcomes = [new("responders", null, [new("0.5 g/kg", 22, 34, null, null, null, false), new("1 g/kg", 55, 69, null, null, null, false), new("2 g/kg", 33, 36, null, null, null, false)], Page: "1")] };
        Flagged(x, "responders, 0.5 g/kg: n = 34 of 35 in the arm: 1 are not counted here, so the denominators stay apart.");
        Assert.Equal(2, x.Check().Count(f => f.Message.Contains("denominators", StringComparison.Ordinal)));
    }

    [Fact]
    public void rebuilt_counts_are_marked_and_wrong_percentages_named()
    {
        var o = Some.Extraction().Outcomes[0];
        Flagged(Some.Extraction() with { Outcomes = [o with { Results = [o.Results[0] with { Derived = true, Percent = 54m }, o.Results[1]] }] }, "rebuilt from a percentage");
        Flagged(Some.Extraction() with { Outcomes = [o with { Results = [o.Results[0] with { Percent = 57m }, o.Results[1]] }] }, "32 of 59 is 54.2 %, printed is 57 %.");
        Assert.Empty((Some.Extraction() with { Outcomes = [o with { Results = [o.Results[0] with { Percent = 54m }, o.Results[1]] }] }).Check());
    }

    [Fact]
    public void impossible_numbers_stop_the_form()
    {
        var o = Some.Extraction().Outcomes[0];
        Stops(Some.Extraction() with { Outcomes = [o with { Results = [new("IGIV-C", 60, 59, null, null, null, false)] }] }, "60 events are more than n = 59");
        Stops(Some.Extraction() with { Outcomes = [o with { Results = [new("IGIV-C", null, 59, 2m, -1m, null, false)] }] }, "an SD cannot be -1");
        Stops(Some.Extraction() with { Outcomes = [o with { Results = [new("sham", 1, 59, null, null, null, false)] }] }, "there is no arm 'sham'; the arms are IGIV-C, placebo.");
        Stops(Some.Extraction() with { Outcomes = [o with { Effect = new(EffectMeasure.RR, 2m, 3m, 4m) }] }, "outside its interval");
        Stops(Some.Extraction() with { Arms = [new("IGIV-C", 59, 70m, null)] }, "70 g/kg is no dose");
        Stops(Some.Extraction() with { Certainty = "good" }, "must be one of high, moderate, low, very low.");
        Stops(Some.Extraction() with { Arms = [] }, "at least one arm");
    }

    [Fact]
    public void a_missing_sd_is_shown_and_not_counted() =>
        Flagged(Some.Extraction() with { Outcomes = [new("SLEDAI", null, [new("IGIV-C", null, 59, 5m, null, null, false)], Page: "1")] }, "the SD is missing");

    private static void Flagged(Extraction x, string text) => Assert.Contains(x.Check(), f => !f.Stops && f.ToString().Contains(text, StringComparison.Ordinal));

    private static void Stops(Extraction x, string text) => Assert.Contains(x.Check(), f => f.Stops && f.ToString().Contains(text, StringComparison.Ordinal));
}
