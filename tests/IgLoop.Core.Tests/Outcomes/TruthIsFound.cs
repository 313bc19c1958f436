using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Tests.Outcomes;

/// <summary>The analysis of a simulated cohort finds what was put in, and not what was not.</summary>
public class TruthIsFound
{
    private static readonly OutcomeOptions Quick = new() { Resamples = 200 };

    [Fact]
    public void low_dose_helps_arthritis_and_not_platelets_while_high_dose_helps_both()
    {
        var report = Analyse(Truth.LowHelpsArthritisNotPlatelets, 300, 7);

        Assert.True(Row(report, "arthritis", Analysis.Low).PHolm < 0.05);
        Assert.True(Row(report, "arthritis", Analysis.Low).Test.Low > 1);
        Assert.True(Row(report, "thrombocytopenia", Analysis.Low).PHolm > 0.05);
        Assert.True(Row(report, "thrombocytopenia", Analysis.High).PHolm < 0.05);
        Assert.True(Row(report, "alopecia", "").PHolm > 0.05);
    }

    [Fact]
    public void the_slope_lies_in_its_interval_and_severity_made_the_doses_unlike()
    {
        var report = Analyse(Truth.LowHelpsArthritisNotPlatelets, 400, 3);

        // Half of the patients fall by 0.8 and half by 1.0 points a month.
        Assert.InRange(report.Trend.Model!.Fixed[1], -1.05, -0.75);
        var severity = report.Comparison.Balance.Single(b => b.Covariate == "SLEDAI at baseline");
        Assert.True(severity.Before > 0.3, "sicker patients had more");
        Assert.InRange(severity.After!.Value, -1e-8, 1e-8);
    }

    [Fact]
    public void where_nothing_helps_nothing_is_found()
    {
        var report = Analyse(Truth.NothingHelps, 300, 11);

        Assert.All(report.Manifestations, m => Assert.True(m.PHolm > 0.05, m.Name));
        Assert.True(report.Trend.Slope!.Value.Holds(0));
    }

    [Fact]
    public void a_plain_comparison_flatters_high_dose_and_weighting_takes_that_away()
    {
        // High dose is given on a bad day that passes by itself: 0.2 points a month for six months are true, the rest is not.
        var report = Analyse(Truth.LowHelpsArthritisNotPlatelets, 3000, 4);

        Assert.InRange(report.Comparison.ChangeDifference!.Value, -2.5, -1.6);
        Assert.InRange(report.Comparison.WeightedChange!.Estimate, -1.5, -0.9);
    }

    [Fact]
    public void what_would_have_been_at_the_other_dose_is_of_the_same_patients()
    {
        IReadOnlyList<CohortEntry> low = Simulation.Of(30, Truth.HighIsBetter, new Chance(9), allHigh: false), high = Simulation.Of(30, Truth.HighIsBetter, new Chance(9), allHigh: true);

        static IEnumerable<CohortEntry> First(IReadOnlyList<CohortEntry> entries) => entries.TakeWhile(e => e.Kind != EntryKind.Infusion).Where(e => e.Kind is EntryKind.Patient || (e.Kind is EntryKind.Score && e.On < entries.First(i => i.Kind == EntryKind.Infusion).On));
        Assert.Equal(First(low), First(high));
        Assert.All(CohortReading.Of(low).Cohort!.Patients, p => Assert.Equal(Analysis.Low, Analysis.BandOf(p, Quick)));
        Assert.All(CohortReading.Of(high).Cohort!.Patients, p => Assert.Equal(Analysis.High, Analysis.BandOf(p, Quick)));
    }

    [Fact]
    public void the_same_seed_gives_the_same_cohort_and_the_same_report()
    {
        Assert.Equal(Simulation.Of(20, Truth.HighIsBetter, new Chance(5)), Simulation.Of(20, Truth.HighIsBetter, new Chance(5)));
        Assert.Equal(Analyse(Truth.HighIsBetter, 60, 5).Harms.PerInfusion, Analyse(Truth.HighIsBetter, 60, 5).Harms.PerInfusion);
    }

    [Fact]
    public void every_patient_is_accounted_for()
    {
        var report = Analyse(Truth.HighIsBetter, 80, 2);

        Assert.Equal(80, report.Attrition[0].Patients);
        Assert.Equal(80, report.Attrition[^1].Patients + report.Attrition.Sum(a => a.Lost));
        Assert.Equal(report.Included, report.Responders.IntentionToTreat.Patients);
        Assert.Equal(report.Assessable, report.Responders.Assessable.Patients);
        Assert.All(report.Manifestations, m => Assert.Equal(m.Before - m.Cleared + m.Appeared, m.After));
    }

    private static ManifestationChange Row(OutcomeReport report, string name, string band) => report.Manifestations.Single(m => m.Name == name && m.Band == band);

    private static OutcomeReport Analyse(Truth truth, int patients, ulong seed)
    {
        var (cohort, problems) = CohortReading.Of(Simulation.Of(patients, truth, new Chance(seed)));
        Assert.Empty(problems);
        return Analysis.Of(cohort!, Quick, new Chance(seed));
    }
}
