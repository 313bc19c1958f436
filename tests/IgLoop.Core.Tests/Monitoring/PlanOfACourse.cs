using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>What is measured, watched and prepared, with its dates.</summary>
public class PlanOfACourse
{
    [Fact]
    public void the_risk_of_haemolysis_books_two_haemoglobin_checks_after_the_last_day()
    {
        var checks = Ward.Plan("abo: A", "H01").After.Where(i => i.What == "Haemoglobin").ToList();

        Assert.Equal([new DateOnly(2026, 12, 4), new DateOnly(2026, 12, 7)], checks.Select(c => c.Date!.Value));
        Assert.Equal([new DateOnly(2026, 12, 6), new DateOnly(2026, 12, 12)], checks.Select(c => c.Until!.Value));
        Assert.Contains("36 to 96 h", checks[0].When);
        Assert.Contains("5 to 10 days", checks[1].When);
    }

    [Fact]
    public void without_that_risk_no_haemoglobin_is_booked() => Assert.DoesNotContain(Ward.Plan("abo: O").After, i => i.What == "Haemoglobin");

    [Fact]
    public void group_o_with_inflammation_has_one_late_check()
    {
        var check = Assert.Single(Ward.Plan("abo: O", "H02").After, i => i.What == "Haemoglobin");

        Assert.Equal(new DateOnly(2026, 12, 7), check.Date);
    }

    [Fact]
    public void without_a_first_day_the_plan_is_dated_from_the_decision_and_says_so()
    {
        var check = Ward.Plan("", "H01", days: 1, dated: false).After.First(i => i.What == "Haemoglobin");

        Assert.Equal(new DateOnly(2026, 11, 26), check.Date);
        Assert.EndsWith("if it begins on 24 November 2026", check.When);
    }

    [Theory]
    [InlineData("K01")]
    [InlineData("K03")]
    [InlineData("K05")]
    [InlineData("K01 K03 K05")]
    public void renal_risk_repeats_creatinine_once_at_48_to_72_hours(string rules)
    {
        var check = Assert.Single(Ward.Plan("", rules).After, i => i.What == "Creatinine");

        Assert.Equal((new DateOnly(2026, 12, 4), new DateOnly(2026, 12, 5)), (check.Date!.Value, check.Until!.Value));
        Assert.DoesNotContain(Ward.Plan("").After, i => i.What == "Creatinine");
    }

    [Theory]
    [InlineData("2026-11-25", true, "known already, of 25 November 2026")]
    [InlineData("2026-11-24", true, "known already, of 24 November 2026")]
    [InlineData("2026-11-23", false, "will be 8 days old")]
    public void creatinine_counts_as_done_only_within_seven_days_of_the_start(string taken, bool done, string says)
    {
        var item = Assert.Single(Ward.Plan("creatinine: 80", factsAt: DateOnly.Parse(taken, System.Globalization.CultureInfo.InvariantCulture)).Before, i => i.What.StartsWith("Creatinine", StringComparison.Ordinal));

        Assert.Equal(done, item.Done);
        Assert.Contains(says, item.When);
    }

    [Fact]
    public void a_result_without_a_date_is_not_called_fresh()
    {
        var item = Assert.Single(Ward.Plan("creatinine: 80").Before, i => i.What.StartsWith("Creatinine", StringComparison.Ordinal));

        Assert.False(item.Done);
        Assert.Contains("without a date", item.When);
    }

    [Theory]
    [InlineData("", "only if IgA is below 0.07 g/L")]
    [InlineData("iga: 0.02", "before the first course")]
    public void antibodies_against_iga_are_asked_when_iga_is_or_may_be_missing(string patient, string says) =>
        Assert.Contains(says, Assert.Single(Ward.Plan(patient).Before, i => i.What == "Antibodies against IgA").When);

    [Fact]
    public void antibodies_against_iga_are_not_asked_when_iga_is_measurable() => Assert.DoesNotContain(Ward.Plan("iga: 1.2").Before, i => i.What == "Antibodies against IgA");

    [Fact]
    public void after_earlier_immunoglobulin_the_tests_of_a_first_course_are_past()
    {
        Assert.Contains(Ward.Plan("").Before, i => i.What.StartsWith("Serum to store", StringComparison.Ordinal));
        Assert.DoesNotContain(Ward.Plan("previous_ig: true").Before, i => i.What.StartsWith("Serum to store", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("T03", "for 60 minutes after the end")]
    [InlineData("M01", "for 60 minutes after the end")]
    [InlineData("M02", "for 60 minutes after the end")]
    [InlineData("K01", "for 20 minutes after the end")]
    public void a_first_infusion_a_change_and_a_long_gap_are_observed_for_an_hour(string rule, string says) => Assert.Equal(says, Ward.Plan("", rule).VitalSigns[^1].When);

    [Fact]
    public void fluid_is_offered_for_renal_risk_but_never_in_heart_failure()
    {
        Assert.Contains(Ward.Plan("", "K01").Preparation, i => i.What.Contains("saline", StringComparison.Ordinal));
        Assert.DoesNotContain(Ward.Plan("", "K01 F01").Preparation, i => i.What.Contains("saline", StringComparison.Ordinal) || i.What.StartsWith("Drink", StringComparison.Ordinal));
        Assert.Contains(Ward.Plan("", "F01").Preparation, i => i.What == "No fluid load");
    }

    [Fact]
    public void serology_is_marked_for_ninety_days_and_says_what_was_shown()
    {
        var item = Ward.Plan("").After.First(i => i.What.Contains("anti-dsDNA", StringComparison.Ordinal));

        Assert.Equal(new DateOnly(2027, 3, 2), item.Until);
        Assert.Contains("shown for 42 days, to 13 January 2027", item.When);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(90, true)]
    [InlineData(91, false)]
    [InlineData(-1, false)]
    public void a_result_is_marked_from_the_dose_to_the_last_day_of_the_window(int days, bool marked)
    {
        var dose = new DateOnly(2026, 12, 2);

        Assert.Equal(marked, SerologyWindows.Marks(Ward.Knowledge.Monitoring.Serology[0], dose, dose.AddDays(days)));
    }

    [Fact]
    public void every_grade_of_reaction_says_what_to_do()
    {
        var reactions = Ward.Plan("").Reactions;

        Assert.Equal("Stop at once", reactions[0].What);
        Assert.Equal([1, 2, 3, 4, 5], reactions.Skip(1).Select(r => r.What[6] - '0'));
        Assert.All(reactions, r => Assert.NotEmpty(r.When));
    }

    [Fact]
    public void an_unverified_threshold_keeps_its_status() =>
        Assert.All(Ward.Plan("").After.Where(i => i.What.StartsWith("If ", StringComparison.Ordinal)), i => Assert.Equal(Status.Unverified, i.Provenance.Status));
}
