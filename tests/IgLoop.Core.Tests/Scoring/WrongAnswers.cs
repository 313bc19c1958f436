using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>What cannot be scored is refused with a code, the place, and how to mend it.</summary>
public class WrongAnswers
{
    [Theory]
    [InlineData("sledai2k", "present: [arthritus]", "unknown_item", "in SLE disease activity index 2000; did you mean 'arthritis'? Known are seizure")]
    [InlineData("sledai2k", "present: [], unknwon: [fever]", "unknown_input", "did you mean 'unknown'?")]
    [InlineData("sledai2k", "answers: {seizre: true}", "unknown_item", "did you mean 'seizure'?")]
    [InlineData("sledai2k", "answers: {seizure: 3}", "out_of_range", "present (1), absent (0) or unknown (null)")]
    [InlineData("sledai3k", "present: []", "unknown_instrument", "did you mean 'sledai2k'?")]
    [InlineData("rclasi", "erythema: {}", "not_scored", "Use 'clasi' (Cutaneous lupus disease area and severity index) instead")]
    [InlineData("sledai2k", "present: [], window_days: 14", "look_back", "10 or 28 or 30 days")]
    [InlineData("mg_adl", "items: [9, 0, 0, 0, 0, 0, 0, 0]", "out_of_range", "Talking (items[0], talking) is 9, but goes from 0 to 3")]
    [InlineData("mg_adl", "items: [1.5, 0, 0, 0, 0, 0, 0, 0]", "not_whole", "must be a whole number")]
    [InlineData("mg_adl", "items: [1, 0, 0]", "count", "has 3 answers, but there are 8 items")]
    [InlineData("mg_adl", "items: [mild, 0, 0, 0, 0, 0, 0, 0]", "bad_value", "must be a number")]
    [InlineData("mgc", "levels: [4, 0, 0, 0, 0, 0, 0, 0, 0, 0]", "out_of_range", "goes from 0 to 3")]
    [InlineData("qmg_item", "item: fvc_pct, value: 2.4 L", "unit_mismatch", "cannot be converted to '%'")]
    [InlineData("qmg_item", "item: right_grip_kg, value: 60 kPa", "unit_mismatch", "cannot be converted to 'kg'")]
    [InlineData("qmg_item", "item: fvc_pc, value: 80", "unknown_item", "did you mean 'fvc_pct'?")]
    [InlineData("qmg_item", "item: facial, value: weak", "bad_value", "one of normal, weak_some_resistance")]
    [InlineData("sdi", "items: {avascular_necrosis: 3}", "above_item_cap", "goes from 0 to 2")]
    [InlineData("sdi", "items: {esrd: 1}", "out_of_range", "levels are 0, 3")]
    [InlineData("clasi_damage", "dyspigmentation_zones: 14, scarring: {}, scalp_scarring: 0", "out_of_range", "between 0 and 13")]
    [InlineData("clasi_damage", "scarring: {scalp: 1}", "scalp_scored_separately", "an item of its own")]
    [InlineData("clasi_damage", "scarring: {}, scalp_scarring: 2", "invalid_scalp_scarring", "levels are 0, 3, 4, 5, 6")]
    [InlineData("clasi_band", "activity: 71", "out_of_range", "between 0 and 70")]
    [InlineData("clasi_band", "activity: 3.5", "not_whole", "steps of 1")]
    [InlineData("megos", "age: 40, diarrhoea: false, mrc: 35", "missing", "timing is missing; give one of admission, day7")]
    [InlineData("mmt8", "laterality: both, neck: 10", "bad_value", "one of bilateral, unilateral")]
    [InlineData("egris", "days: 3.5, facial_bulbar: false, mrc: 40", "not_whole", "must be a whole number")]
    [InlineData("egris", "days: 3, facial_bulbar: maybe, mrc: 40", "bad_value", "must be true, false or null")]
    [InlineData("mrc_sum", "right: [5, 5, 5, 5, 5, 5, 5], left: [5, 5, 5, 5, 5, 5]", "count", "has 7 answers, but there are 6 items")]
    [InlineData("onls_arm", "symptoms: true, functions: [affected]", "count", "there are 5 functions")]
    [InlineData("bilag2004", "grades: {renal: F}", "bad_value", "one of E, D, C, B, A")]
    [InlineData("sf36_scale", "n_items: 10, answered: 6, recoded: [50]", "count", "answered is 6, but recoded holds 1 answers")]
    public void a_mistake_is_named(string instrument, string inputs, string code, string says)
    {
        var refusal = Clinic.Refusal(instrument, inputs);

        Assert.Equal(code, refusal.Code);
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(refusal.Where);
    }

    [Fact]
    public void nothing_given_is_not_a_score_of_nothing() =>
        Assert.Equal("missing", Assert.Throws<ScoringException>(() => Scorers.Score(Clinic.Knowledge, "mg_adl", Core.Knowledge.Reading.Given.Empty)).Code);

    [Fact]
    public void an_assessment_after_today_is_refused() =>
        Assert.Equal("after_today", Assert.Throws<ScoringException>(() => AssessmentTimes.Check([(new(2026, 11, 26), "at")], new(2026, 11, 25))).Code);

    [Fact]
    public void today_is_not_after_today() => AssessmentTimes.Check([(new(2026, 11, 25, 23, 0, 0), "at")], new(2026, 11, 25));

    [Fact]
    public void two_assessments_at_the_same_time_are_refused() =>
        Assert.Contains("same time as a", Assert.Throws<ScoringException>(() => AssessmentTimes.Check([(new(2026, 11, 1), "a"), (new(2026, 11, 2), "b"), (new(2026, 11, 1), "c")], new(2026, 11, 25))).Message, StringComparison.Ordinal);
}
