using System.Runtime.CompilerServices;
using System.Text.Json;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Tests.Statistics;

/// <summary>Every statistic against R, from tests/reference/stats/reference.json (make.R beside it makes it): 1e-8 for closed forms, 1e-6 for iterations.</summary>
public class AgreementWithR
{
    private const double Closed = 1e-8;
    private const double Iterated = 1e-6;
    private static readonly JsonElement R = Read();

    [Fact]
    public void wilcoxon_signed_rank_with_ties_and_zeros_dropped_or_pratt()
    {
        foreach (var c in R.GetProperty("signed_rank").EnumerateArray())
        {
            var d = Differences(c);
            var dropped = SignedRank.Of(d);
            var pratt = SignedRank.Of(d, ZeroRule.Pratt);
            Close(c, "v", dropped.V, Closed);
            Close(c, "p_cc", dropped.PNormalCorrected, Closed);
            Close(c, "p_normal", dropped.PNormal, Closed);
            Close(c, "p_exact", dropped.PExact!.Value, Closed);
            Close(c, "z_pratt", pratt.Z, Closed);
            Close(c, "p_pratt", pratt.PNormal, Closed);
            Close(c, "p_pratt_exact", pratt.PExact!.Value, Closed);
            Close(c, "p_sign", Binomial.SignTest(d.Count(x => x > 1e-12), d.Count(x => Math.Abs(x) > 1e-12)), Closed);
        }
    }

    [Fact]
    public void hodges_lehmann_by_its_named_definition_with_its_interval()
    {
        foreach (var c in R.GetProperty("signed_rank").EnumerateArray())
        {
            var d = Differences(c);
            var dropped = HodgesLehmann.Of(d);
            Close(c, "hl_nonzero", dropped.Estimate, Closed);
            Close(c, "hl_all", HodgesLehmann.Of(d, ZeroRule.Pratt).Estimate, Closed);
            if (c.TryGetProperty("ci_exact", out var exact))
            {
                Close(exact[0].GetDouble(), dropped.Low!.Value, Closed, c);
                Close(exact[1].GetDouble(), dropped.High!.Value, Closed, c);
                Assert.Equal("exact", dropped.IntervalBy);
            }
            else if (c.GetProperty("ci_level").GetDouble() == 0.95)
            {
                // R finds these limits by a root search that stops 1e-4 from the jump; we give the jump itself.
                var near = c.GetProperty("ci_approximate_uniroot");
                Assert.InRange(dropped.Low!.Value, near[0].GetDouble() - 2e-4, near[0].GetDouble() + 2e-4);
                Assert.InRange(dropped.High!.Value, near[1].GetDouble() - 2e-4, near[1].GetDouble() + 2e-4);
            }
        }
    }

    [Fact]
    public void paired_t()
    {
        foreach (var c in R.GetProperty("signed_rank").EnumerateArray())
        {
            var t = PairedT.Of(Differences(c));
            var r = c.GetProperty("t");
            Close(r, "t", t.T, Closed);
            Close(r, "p", t.P, Closed);
            Close(r, "mean", t.Mean, Closed);
            Close(r.GetProperty("ci")[0].GetDouble(), t.Low, Closed, r);
            Close(r.GetProperty("ci")[1].GetDouble(), t.High, Closed, r);
        }
    }

    [Fact]
    public void mann_whitney_exact_also_with_ties()
    {
        foreach (var c in R.GetProperty("mann_whitney").EnumerateArray())
        {
            double[] x = Numbers(c, "x"), y = Numbers(c, "y");
            var test = MannWhitney.Of(x, y);
            Close(c, "w", test.W, Closed);
            Close(c, "p_cc", test.PNormalCorrected, Closed);
            Close(c, "p_normal", test.PNormal, Closed);
            Close(c, "p_exact", test.PExact!.Value, Closed);
            Close(c, "shift", HodgesLehmann.Between(x, y).Estimate, Closed);
        }

        var placenta = R.GetProperty("mann_whitney").EnumerateArray().First();
        Close(0.1272061272, MannWhitney.Of(Numbers(placenta, "x"), Numbers(placenta, "y")).PExactGreater!.Value, 1e-9, placenta);
    }

    [Fact]
    public void friedman()
    {
        foreach (var c in R.GetProperty("friedman").EnumerateArray())
        {
            var test = RankTests.Friedman(Rows(c, "rows"));
            Close(c, "chi2", test.ChiSquared, Closed);
            Close(c, "p", test.P, Closed);
        }
    }

    [Fact]
    public void mcnemar_exact_mid_p_and_asymptotic_with_paired_odds_ratio()
    {
        foreach (var c in R.GetProperty("mcnemar").EnumerateArray())
        {
            var test = McNemar.Of(c.GetProperty("b").GetInt32(), c.GetProperty("c").GetInt32());
            Close(c, "p_exact", test.PExact, Closed);
            Close(c, "p_mid", test.PMid, Closed);
            Close(c, "chi2", test.ChiSquared, Closed);
            Close(c, "p", test.PAsymptotic, Closed);
            Close(c, "p_cc", test.PCorrected, Closed);
            Close(c, "or_c_over_b", test.OddsRatio!.Value, Closed);
            Close(c, "or_low", test.Low, Closed);
            Close(c, "or_high", test.High, Closed);
        }

        Assert.Null(McNemar.Of(0, 0).OddsRatio);
    }

    [Fact]
    public void proportions_and_their_difference()
    {
        foreach (var c in R.GetProperty("proportions").EnumerateArray())
        {
            int x = c.GetProperty("x").GetInt32(), n = c.GetProperty("n").GetInt32();
            Limits(c, "wilson", Proportion.Wilson(x, n));
            Limits(c, "clopper_pearson", Proportion.ClopperPearson(x, n));
            Limits(c, "wilson_cc", Proportion.Wilson(x, n, corrected: true));
        }

        foreach (var c in R.GetProperty("newcombe").EnumerateArray())
        {
            var (a, b) = (c.GetProperty("a"), c.GetProperty("b"));
            var (difference, interval) = Proportion.Newcombe(a[0].GetInt32(), a[1].GetInt32(), b[0].GetInt32(), b[1].GetInt32());
            Close(c, "diff", difference, Closed);
            Limits(c, "ci", interval);
        }
    }

    [Fact]
    public void fisher_with_the_conditional_odds_ratio()
    {
        foreach (var c in R.GetProperty("fisher").EnumerateArray())
        {
            var t = c.GetProperty("table").EnumerateArray().Select(v => v.GetInt32()).ToArray();
            var test = FisherExact.Of(t[0], t[1], t[2], t[3]);
            Close(c, "p", test.P, Closed);
            Close(c, "p_greater", test.PGreater, Closed);

            Close(c, "or", test.OddsRatio!.Value, Closed);
            Close(c, "low", test.Low, Closed);
            Close(c, "high", test.High, Closed);
        }
    }

    [Fact]
    public void p_values_adjusted_for_many_looks()
    {
        foreach (var c in R.GetProperty("multiplicity").EnumerateArray())
        {
            var p = Numbers(c, "p");
            All(Numbers(c, "holm"), Multiplicity.Holm(p), Closed);
            All(Numbers(c, "bh"), Multiplicity.BenjaminiHochberg(p), Closed);
            All(Numbers(c, "hochberg"), Multiplicity.Hochberg(p), Closed);
        }
    }

    [Fact]
    public void kaplan_meier_on_three_scales_and_log_rank()
    {
        foreach (var c in R.GetProperty("survival").EnumerateArray())
        {
            var times = Numbers(c, "time");
            var events = Numbers(c, "event").Select(e => e > 0).ToArray();
            var groups = c.GetProperty("group").EnumerateArray().Select(g => g.GetString()!).ToArray();
            var test = LogRank.Of(times, events, groups)!;
            Close(c, "chi2", test.Test.ChiSquared, Closed);
            Close(c, "p", test.Test.P, Closed);
            All(Numbers(c, "expected"), test.Expected, Closed);
            foreach (var curve in c.GetProperty("curves").EnumerateArray())
            {
                var who = Enumerable.Range(0, times.Length).Where(i => groups[i] == curve.GetProperty("group").GetString()).ToArray();
                foreach (var (name, scale) in new[] { ("log", SurvivalScale.Log), ("loglog", SurvivalScale.LogLog), ("plain", SurvivalScale.Plain) })
                {
                    var km = KaplanMeier.Of([.. who.Select(i => times[i])], [.. who.Select(i => events[i])], scale);
                    var r = curve.GetProperty(name);
                    All(Numbers(curve, "time"), [.. km.Steps.Select(s => s.Time)], Closed);
                    All(Numbers(curve, "at_risk"), [.. km.Steps.Select(s => (double)s.AtRisk)], Closed);
                    All(Numbers(curve, "survival"), [.. km.Steps.Select(s => s.Survival)], Closed);
                    All(Numbers(r, "lower"), [.. km.Steps.Select(s => s.Low ?? double.NaN)], Closed);
                    All(Numbers(r, "upper"), [.. km.Steps.Select(s => s.High ?? double.NaN)], Closed);
                    All([Number(r.GetProperty("median")), Number(r.GetProperty("median_low")), Number(r.GetProperty("median_high"))], [km.Median ?? double.NaN, km.MedianLow ?? double.NaN, km.MedianHigh ?? double.NaN], Closed);
                }
            }
        }
    }

    [Fact]
    public void mixed_models_by_reml_and_ml()
    {
        foreach (var c in R.GetProperty("mixed").EnumerateArray())
        {
            var names = c.GetProperty("subject").EnumerateArray().Select(s => s.GetString()!).ToList();
            double[] t = Numbers(c, "time"), y = Numbers(c, "value");
            var values = names.Select((s, i) => new Repeated(names.IndexOf(s), t[i], y[i])).ToList();
            var fit = MixedModel.Of(values, c.GetProperty("slope").GetBoolean(), c.GetProperty("reml").GetBoolean());
            Close(c, "minus2loglik", fit.Criterion, 1e-9);
            All(Numbers(c, "fixed"), fit.Fixed, Iterated);
            All(Numbers(c, "se"), fit.StandardErrors, 3 * Iterated);
            Close(c, "sigma2", fit.ResidualVariance, 3 * Iterated);
            Close(c, "var_intercept", fit.VarianceIntercept, 1e-5);
            Close(c, "var_slope", fit.VarianceSlope, 1e-5);
            Assert.InRange(fit.Covariance - c.GetProperty("cov").GetDouble(), -1e-4, 1e-4);
            if (!fit.Reml)
            {
                Close(c, "aic", fit.Aic, Iterated);
                Close(c, "bic", fit.Bic, Iterated);
            }

            // At least as good a minimum as lme4's.
            Assert.True(fit.Criterion <= c.GetProperty("minus2loglik").GetDouble() + 1e-7, c.GetProperty("id").GetString());
        }
    }

    [Fact]
    public void logistic_regression_overlap_weights_and_balance()
    {
        foreach (var c in R.GetProperty("logistic").EnumerateArray())
        {
            var y = Numbers(c, "y").Select(v => v > 0).ToArray();
            var rows = Rows(c, "x");
            var fit = Logistic.Of(y, rows);
            All(Numbers(c, "coef"), fit.Coefficients, Closed);
            All(Numbers(c, "se"), fit.StandardErrors, Closed);
            Close(c, "deviance", fit.Deviance, Closed);
            All(Numbers(c, "propensity"), fit.Fitted, Closed);
            var weights = Balance.OverlapWeights(y, fit.Fitted);
            All(Numbers(c, "weights"), weights, Closed);
            for (var j = 0; j < rows[0].Length; j++)
            {
                var column = rows.Select(r => r[j]).ToArray();
                Close(c.GetProperty("smd_before")[j].GetDouble(), Balance.StandardisedDifference(column, y)!.Value, Closed, c);

                // Overlap weights of a logistic propensity balance the means exactly: both are 0 but for rounding.
                Assert.InRange(c.GetProperty("smd_after")[j].GetDouble() - Balance.StandardisedDifference(column, y, weights)!.Value, -1e-9, 1e-9);
            }
        }
    }

    [Fact]
    public void bootstrap_intervals_on_a_fixed_table_of_draws()
    {
        var c = R.GetProperty("bootstrap");
        var x = Numbers(c, "x");
        var replicates = Rows(c, "indices").Select(row => row.Average(i => x[(int)i])).ToArray();
        var without = x.Select((_, i) => x.Where((_, j) => j != i).Average()).ToArray();
        var boot = Bootstrap.From(x.Average(), replicates, without);
        Limits(c, "percentile", boot.Percentile);
        Limits(c, "bca", boot.Bca!.Value);
        Close(c, "z0", boot.Z0, Closed);
        Close(c, "acceleration", boot.Acceleration, Closed);
    }

    private static double[] Differences(JsonElement c) => [.. Numbers(c, "x").Zip(Numbers(c, "y"), (a, b) => a - b)];

    private static double Number(JsonElement e) => e.ValueKind switch { JsonValueKind.Null => double.NaN, JsonValueKind.String => double.PositiveInfinity, _ => e.GetDouble() };

    private static double[] Numbers(JsonElement c, string name) => c.GetProperty(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(Number)] : [Number(c.GetProperty(name))];

    private static List<double[]> Rows(JsonElement c, string name) => [.. c.GetProperty(name).EnumerateArray().Select(r => r.EnumerateArray().Select(Number).ToArray())];

    private static void Limits(JsonElement c, string name, Interval interval) => All(Numbers(c, name), [interval.Low, interval.High], Closed);

    private static void All(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (var i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], tolerance, default);
        }
    }

    private static void Close(JsonElement c, string name, double actual, double tolerance) => Close(Number(c.GetProperty(name)), actual, tolerance, c, name);

    /// <summary>Relative above 1, absolute below, except that a small p keeps its digits too.</summary>
    private static void Close(double expected, double actual, double tolerance, JsonElement c, string name = "")
    {
        var same = double.IsNaN(expected) ? double.IsNaN(actual) : double.IsInfinity(expected) ? double.IsInfinity(actual) : Math.Abs(actual - expected) <= tolerance * Math.Max(Math.Abs(expected), 1e-2);
        Assert.True(same, $"{name} expected {expected:R}, got {actual:R} {(c.ValueKind == JsonValueKind.Object && c.TryGetProperty("id", out var id) ? id.ToString() : "")}");
    }

    private static JsonElement Read([CallerFilePath] string here = "")
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../reference/stats/reference.json"))));
        return document.RootElement.Clone();
    }
}
