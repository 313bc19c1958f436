using IgLoop.Core.Dosing;

namespace IgLoop.Core.Tests.Deciding;

/// <summary>Vials are opened by the day: what is left of one is not kept for the next.</summary>
public class VialsOfACourse
{
    private static readonly VialSizes Sizes = VialSizes.Of([5, 10, 20, 40]);

    [Fact]
    public void five_days_of_35_g_take_a_20_a_10_and_a_5_each_and_not_four_vials_of_40()
    {
        var choice = VialSearch.Days([35, 35, 35, 35, 35], Sizes)!;

        Assert.Equal([new VialCount(20, 5), new(10, 5), new(5, 5)], choice.Vials);
        Assert.Equal(175, choice.Grams);
        Assert.Equal(0, choice.WasteGrams);
    }

    [Fact]
    public void what_one_day_leaves_over_is_not_used_on_the_next()
    {
        var choice = VialSearch.Days([32, 32], Sizes)!;

        Assert.Equal(70, choice.Grams);
        Assert.Equal(6, choice.WasteGrams);
    }

    [Fact]
    public void without_days_there_is_no_choice() => Assert.Null(VialSearch.Days([], Sizes));
}
