using System.Text.Json.Nodes;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Outcomes;

/// <summary>The report as one JSON document, without any value of a single patient; counts below the minimum are null and so is what would give them away.</summary>
public static class OutcomesJson
{
    public static JsonObject Of(OutcomeReport r, string version, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(r);
        var shown = new Shown(r.Options.MinimumCell, r.Options.Level);
        JsonNode? Count(int n) => shown.Small(n) ? null : n;
        return new()
        {
            ["program"] = $"IgLoop {version}",
            ["instrument"] = r.Instrument,
            ["minimum_cell"] = r.Options.MinimumCell,
            ["options"] = Options(r.Options, seed),
            ["pairing"] = Methods.PairingRule(r.Options),
            ["limits"] = new JsonArray([.. Methods.Limits(r).Select(l => (JsonNode)new JsonObject { ["name"] = l.Name, ["says"] = l.Says })]),
            ["attrition"] = new JsonArray([.. r.Attrition.Select(a => (JsonNode)new JsonObject { ["step"] = a.Step, ["patients"] = Count(a.Patients), ["left_out"] = Count(a.Lost) })]),
            ["score"] = Paired(r.Score),
            ["trend"] = Trend(r.Trend, shown),
            ["manifestations"] = new JsonArray([.. r.Manifestations.Select(m => (JsonNode)Sign(m, shown))]),
            ["responders"] = new JsonObject
            {
                ["definition"] = r.Responders.Definition,
                ["intention_to_treat"] = Rate(r.Responders.IntentionToTreat, shown),
                ["assessable"] = Rate(r.Responders.Assessable, shown),
                ["by_band"] = new JsonArray([.. r.Responders.ByBand.Select(b => { var o = Rate(b.Rate, shown); o.Insert(0, "band", b.Band); return (JsonNode)o; })]),
            },
            ["relapse"] = new JsonObject
            {
                ["recorded"] = Count(r.Relapses.Recorded),
                ["by_score"] = Count(r.Relapses.ByScore),
                ["groups"] = new JsonArray([.. r.Relapses.Groups.Where(g => !shown.Small(g.Curve.Patients)).Select(g => (JsonNode)new JsonObject
                {
                    ["group"] = g.Name,
                    ["patients"] = g.Curve.Patients,
                    ["relapses"] = Count(g.Curve.Events),
                    ["median_days"] = g.Curve.Median,
                    ["low"] = g.Curve.MedianLow,
                    ["high"] = g.Curve.MedianHigh,
                    ["steps"] = new JsonArray([.. g.Curve.Steps.Where(s => !shown.Small(s.AtRisk)).Select(s => (JsonNode)new JsonObject { ["day"] = s.Time, ["at_risk"] = s.AtRisk, ["survival"] = s.Survival, ["low"] = s.Low, ["high"] = s.High })]),
                })]),
                ["log_rank"] = r.Relapses.LogRank is { } lr ? ChiSquared(lr.Test) : null,
            },
            ["steroid"] = Paired(r.Steroid),
            ["adverse_events"] = new JsonObject
            {
                ["infusions"] = r.Harms.Infusions,
                ["events"] = Count(r.Harms.Events),
                ["patients_with_any"] = Count(r.Harms.PatientsWithAny),
                ["per_infusion"] = Boot(r.Harms.PerInfusion),
                ["by_name"] = new JsonArray([.. r.Harms.ByName.Select(e => (JsonNode)new JsonObject { ["event"] = e.Name, ["events"] = Count(e.Events), ["patients"] = Count(e.Patients) })]),
                ["by_band"] = new JsonArray([.. r.Harms.ByBand.Select(b => (JsonNode)new JsonObject { ["band"] = b.Band, ["infusions"] = b.Infusions, ["events"] = Count(b.Events) })]),
            },
            ["cost"] = Spending(r.Spending, shown),
            ["dose"] = Dose(r.Comparison, shown),
            ["side_by_side"] = OutcomeSides.Of(r, shown) is null ? null : new JsonArray([.. r.Sides.Select(s => (JsonNode)new JsonObject { ["band"] = s.Band, ["patients"] = s.Patients, ["score"] = shown.Small(s.Score?.Pairs ?? 0) ? null : Paired(s.Score), ["steroid"] = shown.Small(s.Steroid?.Pairs ?? 0) ? null : Paired(s.Steroid) })]),
            ["methods"] = Methods.Paragraph(r, version, seed),
        };
    }

    private static JsonObject Options(OutcomeOptions o, ulong seed) => new()
    {
        ["baseline_days"] = o.BaselineWithinDays, ["after_days"] = o.AfterDays, ["after_window"] = o.AfterWithinDays, ["response_points"] = o.ResponseShare is null ? o.ResponsePoints : null, ["response_percent"] = o.ResponseShare * 100,
        ["relapse_points"] = o.RelapsePoints, ["band_cut_g_per_kg"] = o.BandCutGPerKg, ["zeros"] = o.Zeros == ZeroRule.Dropped ? "dropped" : "pratt", ["level"] = o.Level, ["resamples"] = o.Resamples, ["seed"] = seed,
    };

    private static JsonObject? Paired(PairedScores? s) => s is null ? null : new()
    {
        ["name"] = s.Name, ["pairs"] = s.Pairs, ["zeros"] = s.Test.Zeros, ["ties"] = s.Test.Tied, ["zero_rule"] = s.Test.Rule == ZeroRule.Dropped ? "dropped" : "pratt",
        ["median_before"] = s.MedianBefore, ["median_after"] = s.MedianAfter, ["mean_change"] = s.MeanChange, ["v"] = s.Test.V, ["z"] = s.Test.Z,
        ["p_exact"] = s.Test.PExact, ["p_normal"] = s.Test.PNormal, ["p_normal_corrected"] = s.Test.PNormalCorrected, ["rank_biserial"] = s.Test.RankBiserial,
        ["hodges_lehmann"] = new JsonObject { ["estimate"] = s.Shift.Estimate, ["low"] = s.Shift.Low, ["high"] = s.Shift.High, ["definition"] = s.Shift.Definition, ["interval_by"] = s.Shift.IntervalBy },
        ["paired_t"] = s.T is { } t ? new JsonObject { ["t"] = t.T, ["df"] = t.Df, ["p"] = t.P, ["mean"] = t.Mean, ["low"] = t.Low, ["high"] = t.High } : null,
        ["p_sign"] = s.PSign,
    };

    private static JsonObject Trend(Trend t, Shown shown) => new()
    {
        ["mixed_model"] = t.Model is { } m ? new JsonObject
        {
            ["method"] = "REML", ["random_slope"] = m.RandomSlope, ["values"] = m.Values, ["patients"] = m.Patients, ["intercept"] = m.Fixed[0], ["slope_per_month"] = m.Fixed[1], ["se"] = m.StandardErrors[1],
            ["low"] = t.Slope!.Value.Low, ["high"] = t.Slope.Value.High, ["var_intercept"] = m.VarianceIntercept, ["var_slope"] = m.VarianceSlope, ["covariance"] = m.Covariance, ["var_residual"] = m.ResidualVariance, ["criterion"] = m.Criterion,
        }
        : null,
        ["note"] = t.WhyNot,
        ["friedman"] = t.Friedman is { } f ? new JsonObject { ["patients"] = t.FriedmanPatients, ["times"] = new JsonArray([.. t.FriedmanTimes.Select(x => (JsonNode)x)]), ["chi_squared"] = f.ChiSquared, ["df"] = f.Df, ["p"] = f.P } : null,
        ["means"] = new JsonArray([.. t.Means.Where(p => !shown.Small(p.Patients)).Select(p => (JsonNode)new JsonObject { ["month"] = Math.Round(p.Month, 2), ["patients"] = p.Patients, ["mean"] = p.Mean, ["low"] = p.Low, ["high"] = p.High })]),
    };

    private static JsonObject Sign(ManifestationChange m, Shown shown)
    {
        JsonNode? Count(int n) => shown.Small(n) ? null : n;
        var o = new JsonObject { ["name"] = m.Name, ["band"] = m.Band.Length == 0 ? "all" : m.Band, ["known"] = Count(m.Known), ["before"] = Count(m.Before), ["after"] = Count(m.After), ["cleared"] = Count(m.Cleared), ["appeared"] = Count(m.Appeared) };
        if (shown.Small(m.Before, m.After, m.Cleared, m.Appeared, m.Known - m.Before, m.Known - m.After))
        {
            // One small count hides its whole row: before - cleared + appeared = after would give it back.
            foreach (var count in (string[])["before", "after", "cleared", "appeared"])
            {
                o[count] = null;
            }

            o["not_shown"] = true;
            return o;
        }

        o["odds_ratio"] = Finite(m.Test.OddsRatio);
        o["odds_ratio_infinite"] = m.Test.OddsRatio is double.PositiveInfinity;
        o["low"] = m.Test.OddsRatio is null ? null : m.Test.Low;
        o["high"] = m.Test.OddsRatio is null ? null : Finite(m.Test.High);
        o["p_exact"] = m.Test.PExact;
        o["p_mid"] = m.Test.PMid;
        o["p_holm"] = m.PHolm;
        o["p_bh"] = m.PBh;
        return o;
    }

    private static JsonObject Rate(ResponseRate r, Shown shown) => shown.Small(r.Responders, r.Patients - r.Responders)
        ? new() { ["not_shown"] = true }
        : new() { ["responders"] = r.Responders, ["patients"] = r.Patients, ["wilson"] = Limits(r.Wilson), ["clopper_pearson"] = Limits(r.ClopperPearson) };

    private static JsonObject Spending(Spending s, Shown shown)
    {
        var small = shown.Small(s.Responders);
        return new()
        {
            ["grams"] = s.Grams, ["patients_with_grams"] = s.PatientsWithGrams, ["responders"] = small ? null : s.Responders, ["grams_per_responder"] = small ? null : s.GramsPerResponder, ["grams_per_responder_interval"] = small ? null : Limits(s.GramsPerResponderInterval),
            ["price_per_gram"] = s.Price?.PerGram, ["currency"] = s.Price?.Currency, ["price_source"] = s.Price?.Source, ["cost_per_patient"] = s.CostPerPatient, ["cost_per_responder"] = small ? null : s.CostPerResponder,
            ["by_band"] = new JsonArray([.. s.ByBand.Where(b => !shown.Small(b.Responders)).Select(b => (JsonNode)new JsonObject { ["band"] = b.Band, ["grams"] = b.Grams, ["patients"] = b.Patients, ["responders"] = b.Responders })]),
        };
    }

    private static JsonObject Dose(Comparison c, Shown shown)
    {
        if (shown.Small(c.Low, c.High))
        {
            return new() { ["not_shown"] = true };
        }

        return new()
        {
            ["low"] = c.Low, ["high"] = c.High, ["why_not_weighted"] = c.WhyNot, ["left_out_of_weights"] = new JsonArray([.. c.LeftOut.Select(x => (JsonNode)x)]), ["change_high_minus_low"] = c.ChangeDifference, ["mann_whitney_p"] = c.ChangeTest?.PExact ?? c.ChangeTest?.PNormalCorrected,
            ["hodges_lehmann"] = c.ChangeShift is { } h ? new JsonObject { ["estimate"] = h.Estimate, ["low"] = h.Low, ["high"] = h.High } : null,
            ["response_high_minus_low"] = c.ResponseDifference, ["newcombe"] = Limits(c.ResponseInterval), ["weighted_change"] = Boot(c.WeightedChange), ["weighted_response"] = Boot(c.WeightedResponse), ["effective_low"] = c.EffectiveLow, ["effective_high"] = c.EffectiveHigh,
            ["balance"] = new JsonArray([.. c.Balance.Select(b => (JsonNode)new JsonObject { ["covariate"] = b.Covariate, ["mean_low"] = b.MeanLow, ["mean_high"] = b.MeanHigh, ["before"] = b.Before, ["after"] = b.After })]),
        };
    }

    private static JsonObject? Boot(Bootstrap? b) => b is null ? null : new() { ["estimate"] = b.Estimate, ["percentile"] = Limits(b.Percentile), ["bca"] = Limits(b.Bca), ["resamples"] = b.Resamples, ["se"] = b.StandardError };

    private static JsonObject ChiSquared(ChiSquaredTest t) => new() { ["chi_squared"] = t.ChiSquared, ["df"] = t.Df, ["p"] = t.P };

    private static JsonArray? Limits(Interval? i) => i is { } x ? [x.Low, x.High] : null;

    private static double? Finite(double? v) => v is { } x && double.IsFinite(x) ? x : null;
}
