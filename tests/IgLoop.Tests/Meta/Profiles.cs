using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Synthesis;

namespace IgLoop.Tests.Meta;

/// <summary>The evidence profiles that ship.</summary>
public class Profiles
{
    private static readonly KnowledgeBase Knowledge = KnowledgeFolder.Load(null);

    [Fact]
    public void every_condition_has_a_profile_that_pools_or_says_why_not()
    {
        Assert.Equal(Knowledge.Conditions.Keys.Order(StringComparer.Ordinal), Knowledge.Profiles.Keys.Order(StringComparer.Ordinal));
        Assert.All(Knowledge.Profiles.Values, p => Assert.True(p.Comparisons.Count > 0 || p.NotPooled is { Length: > 20 }, p.Id));
        Assert.All(Knowledge.Profiles.Values, p => Assert.Equal(8, p.Steps.Count));
    }

    [Fact]
    public void the_pooled_strength_in_motor_neuropathy_is_that_of_its_cochrane_review()
    {
        var pooled = Pooled("mmn");

        Assert.Equal(11.0, Math.Exp(pooled.Est!.Value), 2);
        Assert.Equal(2.86, Math.Exp(pooled.Ci!.Value.Low), 2);
        Assert.Equal(42.25, Math.Exp(pooled.Ci!.Value.High), 2);
    }

    [Fact]
    public void the_pooled_improvement_in_cidp_does_not_claim_the_cochrane_value()
    {
        var profile = Knowledge.Profiles["cidp"];

        Assert.NotEqual(2.40, Math.Exp(Pooled("cidp").Est!.Value), 1);
        Assert.Contains("not the pooled value of the Cochrane review", profile.Comparisons[0].Why, StringComparison.Ordinal);
        Assert.Contains(profile.Comparisons[0].Rows, r => r.Note?.Contains("crossover", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void the_counts_of_a_crossover_trial_are_declared()
    {
        var silent = Knowledge.Profiles.Values.SelectMany(p => p.Comparisons).SelectMany(c => c.Rows)
            .Where(r => Knowledge.Studies[r.Study].Design.Contains("crossover", StringComparison.Ordinal) && r.Note?.Contains("crossover", StringComparison.Ordinal) != true)
            .Select(r => r.Study);

        Assert.Empty(silent);
    }

    private static Core.Synthesis.Pooled Pooled(string condition) => ProfilePooling.Of(Knowledge.Profiles[condition].Comparisons[0], Knowledge).Analysis.Pooled;
}
