using IgLoop.Core.Costs;

namespace IgLoop.Core.Tests.Costs;

/// <summary>What cannot be worked out is refused in one sentence that says where and how to mend it.</summary>
public class Refusals
{
    [Fact]
    public void a_price_is_refused_without_currency_date_or_source_and_below_zero()
    {
        DateOnly day = new(2019, 1, 1);

        Assert.Equal("negative-price", Code(() => Price.Of(-1, "GBP", day, "list", "prices.per_gram")));
        Assert.Equal("undated-price", Code(() => Price.Of(1, "GBP", null, "list", "prices.per_gram")));
        Assert.Equal("no-currency", Code(() => Price.Of(1, "pounds", day, "list", "prices.per_gram")));
        Assert.Equal("no-currency", Code(() => Price.Of(1, null, day, "list", "prices.per_gram")));
        Assert.Equal("no-source", Code(() => Price.Of(1, "GBP", day, " ", "prices.per_gram")));
        Assert.Equal("missing", Code(() => Price.Of(null, "GBP", day, "list", "prices.per_gram")));
        Assert.Equal("bad-date", Code(() => Price.Of(1, "GBP", day, "list", "prices.per_gram", today: new(2018, 12, 31))));
        Assert.Equal(0, Price.Of(0, "GBP", day, "donated", "prices.per_gram").Amount);
    }

    [Fact]
    public void prices_in_two_currencies_are_never_added()
    {
        var e = Assert.Throws<CostException>(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { PerInfusion = Some.Price(100, "EUR") }));

        Assert.Equal("mixed-currencies", e.Code);
        Assert.Equal("prices.per_infusion is in EUR and prices.per_gram in GBP; convert them to one currency at a stated day first.", e.Message);
    }

    [Fact]
    public void no_responder_means_no_cost_of_a_responder() =>
        Assert.Equal("zero-responders", Code(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { Arms = [new("low", 0.5m) { Patients = 12, Responders = 0 }] })));

    [Fact]
    public void counts_weights_vials_and_doses_out_of_range_are_named()
    {
        CostModel With(TreatmentArm arm) => Some.LowAgainstHigh(30) with { Arms = [arm] };

        Assert.Equal("arms.low.responders", Where(() => CourseCosts.Of(With(new("low", 1) { Patients = 5, Responders = 6 }))));
        Assert.Equal("arms.low.patients", Where(() => CourseCosts.Of(With(new("low", 1) { Responders = 6 }))));
        Assert.Equal("arms.low.g_per_kg", Where(() => CourseCosts.Of(With(new("low", -1)))));
        Assert.Equal("arms.low.infusions", Where(() => CourseCosts.Of(With(new("low", 1) { Infusions = 0 }))));
        Assert.Equal("weight_kg", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { WeightKg = 0 })));
        Assert.Equal("vials_g", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { VialGrams = [0] })));
        Assert.Equal("arms", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { Arms = [] })));
        Assert.Equal("arms", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { Arms = [new("a", 1), new("a", 2)] })));
        Assert.Equal("prices.per_gram", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { PerGram = null, PerInfusion = Some.Price(1) })));
        Assert.Equal("thresholds", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { Thresholds = [-1] })));
        Assert.Equal("increment", Where(() => CourseCosts.Of(Some.LowAgainstHigh(30) with { Increment = Some.Cidp.Increment })));
    }

    [Fact]
    public void an_unknown_parameter_gets_the_nearest_and_a_range_turned_round_is_refused()
    {
        var e = Assert.Throws<CostException>(() => OneWay.Of(Some.WithResponse, new Dictionary<string, (decimal, decimal)> { ["price_per_gram"] = (1, 2) }));

        Assert.Contains("did you mean 'price_per_g'?", e.Message, StringComparison.Ordinal);
        Assert.Equal("one_way.price_per_g", Where(() => OneWay.Of(Some.WithResponse, new Dictionary<string, (decimal, decimal)> { ["price_per_g"] = (2, 1) })));
        Assert.Equal("one_way.low.response", Where(() => OneWay.Of(Some.WithResponse, new Dictionary<string, (decimal, decimal)> { ["low.response"] = (0, 1.1m) })));
    }

    [Theory]
    [InlineData("gamma", 0, 1)]
    [InlineData("gamma", 1, 0)]
    [InlineData("normal", 1, -1)]
    [InlineData("beta", 0, 1)]
    [InlineData("uniform", 2, 1)]
    [InlineData("triangular", 1, 1)]
    [InlineData("cauchy", 0, 1)]
    [InlineData("normal", double.NaN, 1)]
    public void a_distribution_that_cannot_be_is_refused(string kind, double first, double second) =>
        Assert.Equal("psa.distributions.price_per_g", Where(() => Probabilistic.Of(Some.WithResponse, new Dictionary<string, Distribution> { ["price_per_g"] = new(kind, first, second, first) }, 10, Some.Stream(1))));

    private static string Code(Func<object> work) => Assert.Throws<CostException>(work).Code;

    private static string Where(Func<object> work) => Assert.Throws<CostException>(work).Where;
}
