using System.Text.Json.Nodes;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Outcomes;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Outcomes;

/// <summary>Every figure of the report of one simulated cohort against R, which worked them out from the same tables: tests/reference/outcomes.</summary>
public class AgreementWithR
{
    private const double Closed = 1e-8;
    private const double Iterative = 1e-5;

    private static readonly string Folder = Path.Combine(Approved.RootOf(Here()), "tests", "reference", "outcomes");
    private static readonly JsonNode R = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "reference.json")))!;
    private static readonly JsonNode Ours = OutcomesJson.Of(
        OutcomeRun.Of([.. Directory.EnumerateFiles(Path.Combine(Folder, "cohort"), "*.csv").Order(StringComparer.Ordinal).Select(f => (Path.GetFileName(f), File.ReadAllBytes(f)))], null, new() { Price = new(60, "EUR", "an example") }, 1), "0.1.0", 1);

    [Fact]
    public void the_same_patients_are_left_at_each_step() => Same(R["attrition"]!, [.. Ours["attrition"]!.AsArray().Select(a => a!["patients"])], 0);

    [Theory]
    [InlineData("score")]
    [InlineData("steroid")]
    public void a_number_before_and_after(string name)
    {
        var (r, ours) = (R[name]!, Ours[name]!);

        foreach (var key in new[] { "pairs", "zeros", "median_before", "median_after", "mean_change", "v", "p_exact", "p_normal", "p_normal_corrected", "p_sign" })
        {
            Same(r[key], ours[key], Closed);
        }

        Same(r["hodges_lehmann"], ours["hodges_lehmann"]!["estimate"], Closed);
        Same(r["limits"]!, [ours["hodges_lehmann"]!["low"], ours["hodges_lehmann"]!["high"]], 1e-4);
        Same(r["t"], ours["paired_t"]!["t"], Closed);
        Same(r["t_p"], ours["paired_t"]!["p"], Closed);
        Same(r["t_interval"]!, [ours["paired_t"]!["low"], ours["paired_t"]!["high"]], Closed);
    }

    [Fact]
    public void the_mixed_model_and_friedman()
    {
        var (r, ours) = (R["mixed"]!, Ours["trend"]!["mixed_model"]!);
        Same(r["values"], ours["values"], 0);
        Same(r["fixed"]!, [ours["intercept"], ours["slope_per_month"]], Iterative);
        Same(r["se"]![1], ours["se"], Iterative);
        Same(r["slope_interval"]!, [ours["low"], ours["high"]], Iterative);
        foreach (var key in new[] { "var_intercept", "var_slope", "covariance", "var_residual" })
        {
            Same(r[key], ours[key], Iterative);
        }

        // The criterion is flat at its least, so that it agrees better than what is estimated.
        Same(r["criterion"], ours["criterion"], 1e-9);
        foreach (var (key, value) in R["friedman"]!.AsObject())
        {
            Same(value, Ours["trend"]!["friedman"]![key], Closed);
        }
    }

    [Fact]
    public void every_manifestation_in_all_patients_and_in_each_band()
    {
        var ours = Ours["manifestations"]!.AsArray();
        Assert.Equal(R["manifestations"]!.AsArray().Count, ours.Count);
        foreach (var (r, o) in R["manifestations"]!.AsArray().Zip(ours))
        {
            Assert.Equal((r!["name"]!.GetValue<string>(), r["band"]!.GetValue<string>()), (o!["name"]!.GetValue<string>(), o["band"]!.GetValue<string>()));
            foreach (var (key, value) in r.AsObject().Where(p => p.Key is not ("name" or "band")))
            {
                Same(value, o[key], Closed);
            }
        }
    }

    [Fact]
    public void responders_by_both_denominators_and_by_band()
    {
        var ours = Ours["responders"]!;
        foreach (var (r, o) in new[] { ("intention_to_treat", ours["intention_to_treat"]!), ("assessable", ours["assessable"]!), ("low", ours["by_band"]![0]!), ("high", ours["by_band"]![1]!) })
        {
            Same(R["responders"]![r]!["responders"], o["responders"], 0);
            Same(R["responders"]![r]!["patients"], o["patients"], 0);
            Same(R["responders"]![r]!["wilson"]!, [.. o["wilson"]!.AsArray()], Closed);
            Same(R["responders"]![r]!["clopper_pearson"]!, [.. o["clopper_pearson"]!.AsArray()], Closed);
        }
    }

    [Fact]
    public void time_to_relapse_with_every_step_of_the_curve()
    {
        foreach (var (r, o) in new[] { "all", "low", "high" }.Zip(Ours["relapse"]!["groups"]!.AsArray()))
        {
            Same(R["relapse"]![r]!, [o!["patients"], o["relapses"], o["median_days"], o["low"], o["high"]], Closed);
        }

        Same(R["relapse"]!["log_rank"], Ours["relapse"]!["log_rank"]!["chi_squared"], Closed);
        Same(R["relapse"]!["p"], Ours["relapse"]!["log_rank"]!["p"], Closed);
        var steps = Ours["relapse"]!["groups"]![0]!["steps"]!.AsArray();
        Assert.Equal(R["relapse"]!["steps"]!.AsArray().Count, steps.Count);
        foreach (var (r, o) in R["relapse"]!["steps"]!.AsArray().Zip(steps))
        {
            Same(r!, [o!["day"], o["at_risk"], o["survival"], o["low"], o["high"]], Closed);
        }
    }

    [Fact]
    public void harm_grams_and_cost()
    {
        var (harm, cost) = (Ours["adverse_events"]!, Ours["cost"]!);
        Same(R["harm"]!["infusions"], harm["infusions"], 0);
        Same(R["harm"]!["events"], harm["events"], 0);
        Same(R["harm"]!["patients"], harm["patients_with_any"], 0);
        Same(R["harm"]!["low"]!, [harm["by_band"]![0]!["infusions"], harm["by_band"]![0]!["events"]], 0);
        Same(R["harm"]!["high"]!, [harm["by_band"]![1]!["infusions"], harm["by_band"]![1]!["events"]], 0);
        Same(R["cost"]!["grams"], cost["grams"], Closed);
        Same(R["cost"]!["per_responder"], cost["grams_per_responder"], Closed);
        Same(R["cost"]!["cost_per_patient"], cost["cost_per_patient"], Closed);
        Same(R["cost"]!["cost_per_responder"], cost["cost_per_responder"], Closed);
    }

    [Fact]
    public void low_against_high_dose_as_they_are_and_weighted()
    {
        var (r, o) = (R["dose"]!, Ours["dose"]!);
        foreach (var (theirs, ours) in new[] { ("low", "low"), ("high", "high"), ("change", "change_high_minus_low"), ("p", "mann_whitney_p"), ("response", "response_high_minus_low"), ("effective_low", "effective_low"), ("effective_high", "effective_high") })
        {
            Same(r[theirs], o[ours], Closed);
        }

        Same(r["hodges_lehmann"], o["hodges_lehmann"]!["estimate"], Closed);
        Same(r["newcombe"]!, [.. o["newcombe"]!.AsArray()], Closed);
        Same(r["weighted_change"], o["weighted_change"]!["estimate"], Closed);
        Same(r["weighted_response"], o["weighted_response"]!["estimate"], Closed);
        Same(r["before"]!, [.. o["balance"]!.AsArray().Select(b => b!["before"])], Closed);
        Same(r["after"]!, [.. o["balance"]!.AsArray().Select(b => b!["after"])], Closed);
    }

    [Fact]
    public void bootstrap_intervals_within_what_chance_allows()
    {
        var b = R["bootstrap"]!;
        Near(b["weighted_change"]!, Ours["dose"]!["weighted_change"]!["percentile"]!);
        Near(b["weighted_response"]!, Ours["dose"]!["weighted_response"]!["percentile"]!);
        Near(b["events_per_infusion"]!, Ours["adverse_events"]!["per_infusion"]!["percentile"]!);
        Near(b["grams_per_responder"]!, Ours["cost"]!["grams_per_responder_interval"]!);
    }

    /// <summary>Ends of two intervals of 2000 resamples each: the standard error of a 2.5 % quantile is about 0.06 standard deviations, 0.015 of the width; a difference of six of these is a mistake and not chance.</summary>
    private static void Near(JsonNode r, JsonNode ours)
    {
        var (low, high) = (r[0]!.GetValue<double>(), r[1]!.GetValue<double>());
        Assert.Equal(low, ours[0]!.GetValue<double>(), 0.12 * (high - low));
        Assert.Equal(high, ours[1]!.GetValue<double>(), 0.12 * (high - low));
    }

    private static void Same(JsonNode r, JsonNode?[] ours, double tolerance)
    {
        Assert.Equal(r.AsArray().Count, ours.Length);
        foreach (var (a, b) in r.AsArray().Zip(ours))
        {
            Same(a, b, tolerance);
        }
    }

    private static void Same(JsonNode? r, JsonNode? ours, double tolerance)
    {
        Assert.Equal(r is null, ours is null);
        if (r is not null && ours is not null)
        {
            var (expected, actual) = (Number(r), Number(ours));
            Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{ours.GetPath()}: {actual}, and R has {expected}");
        }
    }

    private static double Number(JsonNode node) => double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
