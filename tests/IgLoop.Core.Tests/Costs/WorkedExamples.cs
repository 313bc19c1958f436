using IgLoop.Core.Costs;

namespace IgLoop.Core.Tests.Costs;

/// <summary>The worked examples of knowledge/costs/worked-examples.yaml, and what billing asks of vials.</summary>
public class WorkedExamples
{
    [Theory]
    [InlineData("32.7", "1144.5", "4578")]
    [InlineData("34", "1190", "4760")]
    [InlineData("54", "1890", "7560")]
    [InlineData("69", "2415", "9660")]
    public void low_and_high_dose_at_70_kg_differ_fourfold_in_cost(string price, string low, string high)
    {
        var costs = CourseCosts.Of(Some.LowAgainstHigh(Some.Number(price)));

        Assert.Equal((35m, 140m), (costs[0].GramsPerCourse, costs[1].GramsPerCourse));
        Assert.Equal((Some.Number(low), Some.Number(high)), (costs[0].PerCourse, costs[1].PerCourse));
        Assert.Equal(4, Comparison.Of(Some.LowAgainstHigh(Some.Number(price)))[0].CostRatio);
    }

    [Fact]
    public void the_published_increments_give_their_ratio_and_net_benefit()
    {
        var utility = Comparison.Of(Some.Cidp)[0].Utility!;

        Assert.Equal(700932.2m, Math.Round(utility.Icer!.Value, 1));
        Assert.Equal([(50_000m, -115_215m), (100_000m, -106_365m)], utility.NetBenefits);
        Assert.Equal(Plane.CostsMoreHelpsMore, utility.Plane);
    }

    [Theory]
    [InlineData("30", 60)]
    [InlineData("0.5", 1)]
    [InlineData("0.6", 2)]
    [InlineData("0", 0)]
    public void billing_units_are_of_500_mg_and_begun_ones_count(string grams, int units) => Assert.Equal(units, CourseCosts.UnitsOf(Some.Number(grams)));

    [Fact]
    public void one_and_a_half_grams_are_two_vials_of_one_gram_and_not_one_of_two_and_a_half()
    {
        var cost = CourseCosts.Of(new() { WeightKg = 1.5m, PerGram = Some.Price(10), VialGrams = [1, 2.5m], Arms = [new("a", 1)] })[0];

        var vial = Assert.Single(cost.Vials!.Vials);
        Assert.Equal((1m, 2), (vial.Grams, vial.Count));
        Assert.Equal((4, 1), (cost.BillingUnits, cost.DiscardedUnits));
        Assert.Equal((20m, 5m), (cost.DrugCost, cost.WasteCost));
    }

    [Fact]
    public void a_course_over_five_days_is_split_into_whole_vials_before_anything_is_thrown_away()
    {
        var high = CourseCosts.Of(Some.LowAgainstHigh(32.7m) with { VialGrams = [2.5m, 5, 10, 20] })[1];

        Assert.Equal(140, high.GramsOfInfusions.Sum());
        Assert.Equal((140m, 0m), (high.PaidGramsPerCourse, high.WasteGramsPerCourse));
    }

    [Fact]
    public void a_responder_costs_the_course_divided_by_the_share_that_responds()
    {
        var low = CourseCosts.Of(Some.LowAgainstHigh(32.7m) with { Arms = [new("low", 0.5m) { Patients = 40, Responders = 10 }] })[0];

        Assert.Equal(4 * 1144.5m, low.CostPerResponder);
    }

    [Theory]
    [InlineData(100, 1, Plane.CostsMoreHelpsMore, 100)]
    [InlineData(-100, -1, Plane.SavesAndHelpsLess, 100)]
    [InlineData(-100, 1, Plane.Dominant, null)]
    [InlineData(0, 1, Plane.Dominant, null)]
    [InlineData(-5, 0, Plane.Dominant, null)]
    [InlineData(100, -1, Plane.Dominated, null)]
    [InlineData(100, 0, Plane.Dominated, null)]
    [InlineData(0, -1, Plane.Dominated, null)]
    [InlineData(0, 0, Plane.Same, null)]
    public void a_ratio_is_given_only_where_it_means_something(int cost, int qaly, Plane plane, int? icer)
    {
        var utility = CostUtility.Of(cost, qaly, []);

        Assert.Equal((plane, icer), (utility.Plane, (int?)utility.Icer));
    }
}
