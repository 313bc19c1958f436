using IgLoop.Core.Outcomes;

namespace IgLoop.Core.Tests.Outcomes;

/// <summary>Which value is the baseline, which is after, and what a course is.</summary>
public class PairingRules
{
    private static readonly DateOnly First = new(2024, 3, 1);
    private static readonly OutcomeOptions Options = new();

    [Fact]
    public void baseline_is_the_last_value_up_to_the_day_of_the_first_infusion()
    {
        var p = Patient((-91, 20), (-40, 16), (0, 14), (1, 9));

        Assert.Equal(14, Pairing.Baseline(p, Pairing.ScoresOf(p, "sledai"), Options)!.Value.Value);
        Assert.Null(Pairing.Baseline(Patient((-91, 20)), Pairing.ScoresOf(Patient((-91, 20)), "sledai"), Options));
    }

    [Fact]
    public void after_is_the_nearest_to_its_day_and_of_two_as_near_the_earlier()
    {
        var p = Patient((0, 14), (170, 6), (190, 8), (271, 2));

        Assert.Equal(6, Pairing.After(p, Pairing.ScoresOf(p, "sledai"), Options)!.Value.Value);
        Assert.Null(Pairing.After(Patient((0, 14), (89, 3)), Pairing.ScoresOf(Patient((0, 14), (89, 3)), "sledai"), Options));
    }

    [Fact]
    public void five_days_of_a_fifth_are_one_course()
    {
        var p = Patient((0, 14)) with { Infusions = [.. Enumerable.Range(0, 5).Concat([28]).Select(d => new GivenAt(First.AddDays(d), null, 0.4m))] };

        Assert.Equal([2.0m, 0.4m], p.CoursesGPerKg);
        Assert.Equal(Analysis.High, Analysis.BandOf(p, Options));
    }

    private static CohortPatient Patient(params (int Day, decimal Score)[] scores) => new("a", null, null, 60, new Dictionary<string, double>())
    {
        Scores = [.. scores.Select(s => new ScoreAt(First.AddDays(s.Day), "sledai", s.Score))],
        Infusions = [new GivenAt(First, 30, 0.5m)],
    };
}
