using IgLoop.Core.Costs;

namespace IgLoop.Core.Tests.Costs;

public class Sensitivity
{
    [Fact]
    public void one_way_bars_are_the_model_worked_out_again_with_one_number_changed()
    {
        var bars = OneWay.Of(Some.LowAgainstHigh(32.7m), new Dictionary<string, (decimal, decimal)> { ["price_per_g"] = (20, 70) }).Bars;
        var price = bars.Single(b => b.Parameter == "price_per_g");

        Assert.Equal((105 * 20m, 105 * 70m, Origin.Given), (price.AtLow, price.AtHigh, price.Range));
        Assert.Equal(bars.OrderByDescending(b => b.Width).Select(b => b.Parameter), bars.Select(b => b.Parameter));
        Assert.All(bars.Where(b => b.Parameter != "price_per_g"), b => Assert.Equal(Origin.Project, b.Range));
    }

    [Fact]
    public void a_parameter_without_a_range_goes_a_fifth_either_way_and_a_share_never_beyond_one()
    {
        var model = Some.WithResponse with { Arms = [new("low", 0.5m) { Response = 0.5m }, new("high", 2) { Response = 0.95m }] };
        var bars = OneWay.Of(model).Bars;

        Assert.Equal((56m, 84m), (bars.Single(b => b.Parameter == "weight_kg").Low, bars.Single(b => b.Parameter == "weight_kg").High));
        Assert.Equal(1, bars.Single(b => b.Parameter == "high.response").High);
    }

    [Fact]
    public void the_same_stream_gives_the_same_draws_and_another_gives_others()
    {
        var (first, again, other) = (Run(1), Run(1), Run(2));

        Assert.Equal(first.Points, again.Points);
        Assert.NotEqual(first.Points, other.Points);

        static Probabilistic Run(int seed) => Probabilistic.Of(Some.WithResponse, null, 200, Some.Stream(seed));
    }

    [Fact]
    public void the_mean_of_the_draws_is_near_the_result_as_given()
    {
        var psa = Probabilistic.Of(Some.Cidp, null, 20_000, Some.Stream(3));

        Assert.InRange(psa.Cost.Mean, 124_065 * 0.99, 124_065 * 1.01);
        Assert.InRange(psa.Qaly!.Mean, 0.177 * 0.99, 0.177 * 1.01);
        Assert.InRange(psa.Cost.Low, 124_065 * (1 - (1.96 * 0.2)) * 0.97, 124_065 * (1 - (1.96 * 0.2)) * 1.03);
    }

    [Fact]
    public void acceptability_rises_where_the_effect_is_sure_and_is_the_share_of_draws_above_zero()
    {
        var psa = Probabilistic.Of(Some.Cidp with { Thresholds = [700_932] }, new Dictionary<string, Distribution> { ["delta_qaly"] = new("fixed", 0.177) }, 5000, Some.Stream(4));
        var shares = psa.Acceptability.Select(a => a.Probability).ToList();

        Assert.Equal(shares.Order(), shares);
        Assert.InRange(psa.Acceptability.Single(a => a.Threshold == 700_932).Probability, 0.48, 0.52);
        Assert.Equal(1, psa.Planes.Values.Sum(), 12);
    }

    [Theory]
    [InlineData("normal", 10, 2, 0, 10, 2)]
    [InlineData("lognormal", 10, 2, 0, 10, 2)]
    [InlineData("gamma", 10, 2, 0, 10, 2)]
    [InlineData("gamma", 1, 2, 0, 1, 2)]
    [InlineData("beta", 2, 6, 0, 0.25, 0.14434)]
    [InlineData("uniform", 0, 12, 0, 6, 3.4641)]
    [InlineData("triangular", 0, 6, 3, 3, 1.22474)]
    [InlineData("fixed", 7, 0, 0, 7, 0)]
    public void draws_have_the_mean_and_spread_of_their_distribution(string kind, double first, double second, double mode, double mean, double sd)
    {
        var (stream, distribution) = (Some.Stream(5), new Distribution(kind, first, second, mode));
        var draws = Enumerable.Range(0, 40_000).Select(_ => distribution.Draw(stream)).ToList();
        var average = draws.Average();

        Assert.Equal(mean, average, Math.Max(0.001, 0.03 * (sd + 0.01)));
        Assert.Equal(sd, Math.Sqrt(draws.Average(d => (d - average) * (d - average))), Math.Max(0.001, 0.05 * sd));
    }

    [Fact]
    public void draws_that_cannot_be_are_set_to_what_can_and_counted()
    {
        var psa = Probabilistic.Of(Some.WithResponse, new Dictionary<string, Distribution> { ["price_per_g"] = new("normal", 1, 10) }, 500, Some.Stream(6));

        Assert.InRange(psa.Parameters.Single(p => p.Name == "price_per_g").Clamped, 150, 350);
        Assert.All(psa.Points, p => Assert.True(p.Cost >= 0));
    }

    [Fact]
    public void an_arm_without_known_effect_has_no_plane_and_no_curve()
    {
        var psa = Probabilistic.Of(Some.LowAgainstHigh(32.7m), null, 50, Some.Stream(7));

        Assert.Null(psa.Qaly);
        Assert.Empty(psa.Acceptability);
        Assert.Empty(psa.Planes);
    }
}
