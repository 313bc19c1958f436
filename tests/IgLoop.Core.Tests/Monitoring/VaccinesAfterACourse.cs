using IgLoop.Core.Monitoring;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>When live vaccines may be given.</summary>
public class VaccinesAfterACourse
{
    [Fact]
    public void the_plan_names_the_first_day_for_a_measles_vaccine()
    {
        var item = Ward.Plan("", gPerKg: 1).Vaccines[0];

        Assert.Equal(new DateOnly(2027, 10, 2), item.Date);
        Assert.Contains("not before 2 October 2027 (10 months", item.When);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void on_maintenance_every_six_weeks_or_less_the_interval_never_ends(int weeks, bool never)
    {
        var item = Ward.Plan("", everyWeeks: weeks).Vaccines[0];

        Assert.Equal(never, item.Date is null);
        Assert.Equal(never, item.When.StartsWith("never", StringComparison.Ordinal));
    }

    [Fact]
    public void the_eu_rule_gives_three_months_and_a_year_for_measles()
    {
        var item = Ward.Plan("", vaccines: "eu").Vaccines[0];

        Assert.Equal((new DateOnly(2027, 3, 2), new DateOnly(2027, 12, 2)), (item.Date!.Value, item.Until!.Value));
    }

    [Fact]
    public void without_a_dose_no_date_is_made_up()
    {
        var item = Ward.Plan("", gPerKg: null).Vaccines[0];

        Assert.Null(item.Date);
        Assert.Contains("8 months to 11 months", item.When);
    }

    [Fact]
    public void immunosuppression_outranks_the_interval()
    {
        Assert.Contains(Ward.Plan("immunosuppressant: true").Vaccines, v => v.What == "Any live vaccine" && v.When == "do not give");
        Assert.DoesNotContain(Ward.Plan("").Vaccines, v => v.What == "Any live vaccine");
    }

    [Fact]
    public void the_largest_course_of_the_last_year_decides_counted_from_the_last_dose()
    {
        var vaccines = Ward.Knowledge.Monitoring.Vaccines!;
        var last = new DateOnly(2026, 12, 2);

        Assert.Equal(last.AddMonths(11), VaccineInterval.Acip(vaccines, [(last.AddMonths(-3), 2000), (last, 400)]).Date);
        Assert.Equal(last.AddMonths(8), VaccineInterval.Acip(vaccines, [(last.AddMonths(-13), 2000), (last, 400)]).Date);
    }
}
