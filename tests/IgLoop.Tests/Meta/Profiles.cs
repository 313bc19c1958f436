using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Synthesis;
using IgLoop.Tests.Web;

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

    /// <summary>A plot names its arms and writes trials as their papers do, not as our files are called.</summary>
    [Theory]
    [InlineData("ice-2008", "ICE 2008")]
    [InlineData("procid-2022", "ProCID 2022")]
    [InlineData("hahn-1996", "Hahn 1996")]
    [InlineData("bril-2025-mg", "Bril 2025 MG")]
    [InlineData("vandermeche-1992", "van der Meche 1992")]
    [InlineData("terborg-1992", "ter Borg 1992")]
    [InlineData("psgbs-1997", "PSGBS 1997")]
    [InlineData("sid-gbs-2021", "SID GBS 2021")]
    [InlineData("nowhere-1900", "nowhere-1900")]
    public void trials_are_called_as_their_papers_call_them(string study, string label) => Assert.Equal(label, ProfilePooling.Label(study, Knowledge));

    [Fact]
    public void no_header_of_a_forest_plot_of_a_profile_is_cut_and_each_names_its_arm()
    {
        foreach (var c in Knowledge.Profiles.Values.SelectMany(p => p.Comparisons).Where(c => c.Rows[0].Effect is null))
        {
            var svg = MetaPictures.Forest(ProfilePooling.Of(c, Knowledge), c.Title, arms: (c.Arm1, c.Arm2)).Svg;
            Assert.Contains($">{char.ToUpperInvariant(c.Arm1[0])}{c.Arm1[1..]}</text>", svg, StringComparison.Ordinal);
            Assert.Contains($">{char.ToUpperInvariant(c.Arm2[0])}{c.Arm2[1..]}</text>", svg, StringComparison.Ordinal);
        }
    }

    /// <summary>ESIMS prints 1.11 (0.80 to 1.53); from the middle and the width of that interval the bounds would come out as 0.8026 and 1.535.</summary>
    [Fact]
    public void a_printed_effect_stands_as_printed_in_text_and_table_and_it_is_said_what_weighs()
    {
        var comparison = Knowledge.Profiles["multiple_sclerosis"].Comparisons.Single();
        var answer = ProfilePooling.Of(comparison, Knowledge);
        var picture = MetaPictures.Forest(answer, comparison.Title);

        Assert.Contains("1.11 (0.80 to 1.53), as printed", string.Join('\n', MetaText.Summary(answer)), StringComparison.Ordinal);
        Assert.Equal(["1.11", "0.8", "1.53"], picture.Table.Rows[0].Skip(1).Take(3));
        Assert.Contains("weights and the pooled effect come from the width", picture.Svg, StringComparison.Ordinal);
        Assert.InRange(Math.Exp(answer.Analysis.Pooled.Ci!.Value.High), 1.534, 1.536);
    }

    [Fact]
    public void the_counts_of_a_crossover_trial_are_declared()
    {
        var silent = Knowledge.Profiles.Values.SelectMany(p => p.Comparisons).SelectMany(c => c.Rows)
            .Where(r => Knowledge.Studies[r.Study].Design.Contains("crossover", StringComparison.Ordinal) && r.Note?.Contains("crossover", StringComparison.Ordinal) != true)
            .Select(r => r.Study);

        Assert.Empty(silent);
    }

    [Fact]
    public void every_comparison_is_what_metafor_makes_of_its_rows()
    {
        var reference = JsonNode.Parse(File.ReadAllText(Path.Combine(Chromium.Root, "tests/reference/meta/profiles.json")))!.AsArray().ToDictionary(x => (x!["condition"]!.GetValue<string>(), x["comparison"]!.GetValue<string>()), x => x!);
        Assert.Equal(reference.Keys.Order(), Knowledge.Profiles.Values.SelectMany(p => p.Comparisons.Select(c => (p.Id, c.Id))).Order());
        foreach (var ((condition, id), expected) in reference)
        {
            var comparison = Knowledge.Profiles[condition].Comparisons.Single(c => c.Id == id);
            Assert.Equal(expected["numbers"]!.AsArray().Select(r => string.Join(' ', r!.AsArray().Select(v => v!.GetValue<decimal>()))), comparison.Rows.Select(Numbers));
            var p = ProfilePooling.Of(comparison, Knowledge).Analysis.Pooled;
            Assert.Equal(expected["est"]!.GetValue<double>(), p.Est!.Value, 1e-6);
            Assert.Equal(expected["ci"]![0]!.GetValue<double>(), p.Ci!.Value.Low, 1e-6);
            Assert.Equal(expected["ci"]![1]!.GetValue<double>(), p.Ci!.Value.High, 1e-6);
            Assert.Equal(expected["people"]!.GetValue<int>(), comparison.Rows.Sum(r => r.People));
            if (expected["I2"] is { } i2)
            {
                Assert.Equal(i2.GetValue<double>(), p.I2!.Value, 1e-4);
                Assert.Equal(expected["Q"]!.GetValue<double>(), p.Q!.Value, 1e-8);
            }
        }
    }

    /// <summary>What the page shows is what a reader gets who types the rows into a file and runs the command.</summary>
    [Fact]
    public void every_pooled_profile_is_what_igloop_meta_makes_of_the_same_rows()
    {
        var compared = 0;
        foreach (var (condition, comparison) in Knowledge.Profiles.Values.SelectMany(p => p.Comparisons.Where(c => c.NotPooled is null).Select(c => (p.Id, c))))
        {
            var typed = new JsonArray([.. comparison.Rows.Select(r => (JsonNode)(r switch
            {
                { Counts: { } c } => new JsonObject { ["ai"] = c.Events1, ["n1"] = c.N1, ["ci"] = c.Events2, ["n2"] = c.N2 },
                { Means: { } m } => new JsonObject { ["m1"] = m.Mean1, ["sd1"] = m.Sd1, ["n1"] = m.N1, ["m2"] = m.Mean2, ["sd2"] = m.Sd2, ["n2"] = m.N2 },
                { Effect: { } e } => new JsonObject { [comparison.Measure.ToLowerInvariant()] = e.Value, ["ci"] = new JsonArray(e.Low, e.High) },
                _ => throw new InvalidOperationException(r.Study),
            }))]);
            var request = new JsonObject { ["id"] = 1, ["measure"] = comparison.Measure, ["method"] = comparison.Method, ["data"] = typed, ["options"] = comparison.ZeroCells is { } zero ? new JsonObject { ["zero_cells"] = zero } : [] };
            var run = Cli.CommandLine.Run("meta --ndjson", request.ToJsonString() + "\n");
            var answer = JsonNode.Parse(run.Output)!;
            Assert.True(answer["est"] is not null, $"{condition}/{comparison.Id}: {run.Output}{run.Error}");
            var shown = ProfilePooling.Of(comparison, Knowledge).Analysis.Pooled;
            Assert.Equal(answer["est"]!.GetValue<double>(), shown.Est!.Value, 1e-10);
            Assert.Equal(answer["ci"]![0]!.GetValue<double>(), shown.Ci!.Value.Low, 1e-10);
            Assert.Equal(answer["ci"]![1]!.GetValue<double>(), shown.Ci!.Value.High, 1e-10);
            compared++;
        }

        Assert.True(compared >= 4, $"Only {compared} comparisons were typed.");
    }

    [Fact]
    public void certainty_is_the_start_and_its_steps()
    {
        Assert.All(Knowledge.Profiles.Values, p => Assert.Equal(Math.Clamp((int)p.Start + p.Steps.Sum(s => s.Steps), (int)Certainty.VeryLow, (int)Certainty.High), (int)p.Certainty));
        Assert.All(Knowledge.Profiles.Values.SelectMany(p => p.Steps), s => Assert.True(s.Reason.Length > 5));
    }

    /// <summary>The profile of CIDP says that its rows give this odds ratio, close to the published one.</summary>
    [Fact]
    public void the_rows_of_cidp_give_the_odds_ratio_that_their_page_names()
    {
        var comparison = Knowledge.Profiles["cidp"].Comparisons[0] with { Measure = "OR", Method = "PETO" };
        var peto = ProfilePooling.Of(comparison, Knowledge).Analysis.Pooled;
        var text = FormattableString.Invariant($"{Math.Exp(peto.Est!.Value):0.00} ({Math.Exp(peto.Ci!.Value.Low):0.00} to {Math.Exp(peto.Ci!.Value.High):0.00})");
        Assert.Contains(text, comparison.Published[1].Beside, StringComparison.Ordinal);
    }

    [Fact]
    public void a_study_that_was_not_read_does_not_count_as_read() =>
        Assert.Empty(Knowledge.Studies.Values.Where(s => s.Status == Status.Read && s.SourceRead?.StartsWith("not read", StringComparison.OrdinalIgnoreCase) == true).Select(s => s.Id));

    [Fact]
    public void people_of_crossover_trials_count_once_and_the_report_says_so()
    {
        var twice = Knowledge.Profiles.Values.SelectMany(p => p.Comparisons).SelectMany(c => c.Rows)
            .Where(r => Knowledge.Studies[r.Study].Design.Contains("crossover", StringComparison.Ordinal) && Knowledge.Studies[r.Study].N is { } n && r.People > n)
            .Select(r => r.Study);
        Assert.Empty(twice);
        Assert.Contains(MetaText.Summary(ProfilePooling.Of(Knowledge.Profiles["mmn"].Comparisons[0], Knowledge)), l => l.EndsWith("people 27, those of crossover trials once", StringComparison.Ordinal));
        Assert.Contains(MetaText.Summary(ProfilePooling.Of(Knowledge.Profiles["cidp"].Comparisons[0], Knowledge)), l => l.EndsWith("people 118, those of crossover trials once", StringComparison.Ordinal));
    }

    [Fact]
    public void a_published_value_stands_beside_ours_and_one_from_memory_says_so()
    {
        Assert.Equal((2.40m, Status.Digest), (Knowledge.Profiles["cidp"].Comparisons[0].Published[0].Value, Knowledge.Profiles["cidp"].Comparisons[0].Published[0].Status));
        Assert.Equal((1.08m, Status.Unverified), (Knowledge.Profiles["gbs"].Comparisons[0].Published[0].Value, Knowledge.Profiles["gbs"].Comparisons[0].Published[0].Status));
        Assert.Equal((11.0m, Status.Read), (Knowledge.Profiles["mmn"].Comparisons[0].Published[0].Value, Knowledge.Profiles["mmn"].Comparisons[0].Published[0].Status));
    }

    private static string Numbers(ComparisonRow r) => r switch
    {
        { Counts: { } c } => $"{c.Events1} {c.N1} {c.Events2} {c.N2}",
        { Means: { } m } => FormattableString.Invariant($"{m.Mean1} {m.Sd1} {m.N1} {m.Mean2} {m.Sd2} {m.N2}"),
        _ => r.Effect!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Core.Synthesis.Pooled Pooled(string condition) => ProfilePooling.Of(Knowledge.Profiles[condition].Comparisons[0], Knowledge).Analysis.Pooled;
}
