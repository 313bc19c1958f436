using System.Text.Json.Nodes;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;

namespace IgLoop.Features.Outcomes;

/// <summary>The report as one JSON document, without any value of a single patient; counts below the minimum are null and so is what would give them away.</summary>
public static class OutcomesJson
{
    /// <summary>Decimals of a document under a minimum cell.</summary>
    private const int Digits = 4;

    public static JsonObject Of(OutcomeReport r, string version, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(r);
        var shown = Shown.Of(r);
        JsonNode? Count(string name, int n) => shown.Hides(name) ? null : n;
        var curves = OutcomeCurves.Groups(r, shown);
        var stretches = r.Options.MinimumCell > 1 ? CoarseCurves.Of(curves, r.Options.MinimumCell) : [];
        JsonObject document = new()
        {
            ["program"] = $"IgLoop {version}",
            ["instrument"] = r.Instrument,
            ["minimum_cell"] = r.Options.MinimumCell,
            ["options"] = Options(r.Options, seed),
            ["pairing"] = Methods.PairingRule(r.Options),
            ["limits"] = new JsonArray([.. Methods.Limits(r, !shown.Hides("lost.3", ReportCounts.Included)).Select(l => (JsonNode)new JsonObject { ["name"] = l.Name, ["says"] = l.Says })]),
            ["attrition"] = new JsonArray([.. r.Attrition.Select((a, i) => (JsonNode)new JsonObject { ["step"] = a.Step, ["patients"] = Count($"step.{i}", a.Patients), ["left_out"] = Count($"lost.{i}", a.Lost) })]),
            ["score"] = Paired(r.Score, shown, "score", ReportCounts.Assessable),
            ["trend"] = Trend(r.Trend, shown),
            ["manifestations"] = new JsonArray([.. r.Manifestations.Select(m => (JsonNode)Sign(m, shown, shown.Adjusts(m, r.Manifestations)))]),
            ["responders"] = new JsonObject
            {
                ["definition"] = r.Responders.Definition,
                ["intention_to_treat"] = Rate(r.Responders.IntentionToTreat, shown, "responders", ReportCounts.Included),
                ["assessable"] = Rate(r.Responders.Assessable, shown, "responders", ReportCounts.Assessable),
                ["by_band"] = new JsonArray([.. r.Responders.ByBand.Select(b => { var o = Rate(b.Rate, shown, $"responders.{b.Band}", $"band.{b.Band}"); o.Insert(0, "band", b.Band); return (JsonNode)o; })]),
            },
            ["relapse"] = new JsonObject
            {
                ["recorded"] = Count("relapses.recorded", r.Relapses.Recorded),
                ["by_score"] = Count("relapses.by score", r.Relapses.ByScore),
                ["groups"] = new JsonArray([.. curves.Select((g, i) => (JsonNode)new JsonObject
                {
                    ["group"] = g.Name,
                    ["patients"] = Count(i == 0 ? ReportCounts.Included : $"band.{g.Name}", g.Curve.Patients),
                    ["relapses"] = Count(i == 0 ? "relapses" : $"relapses.{g.Name}", g.Curve.Events),
                    ["median_days"] = g.Curve.Median,
                    ["low"] = g.Curve.MedianLow,
                    ["high"] = g.Curve.MedianHigh,
                    ["steps"] = r.Options.MinimumCell > 1 ? null : new JsonArray([.. g.Curve.Steps.Select(s => (JsonNode)new JsonObject { ["day"] = s.Time, ["at_risk"] = s.AtRisk, ["survival"] = s.Survival, ["low"] = s.Low, ["high"] = s.High })]),
                    ["stretches"] = r.Options.MinimumCell > 1 ? new JsonArray([.. stretches[i].Stretches.Select(s => (JsonNode)new JsonObject { ["to_day"] = s.Day, ["relapses"] = s.Relapses, ["censored"] = s.Censored, ["at_risk_after"] = s.AtRisk, ["survival"] = s.Survival, ["low"] = s.Low, ["high"] = s.High })]) : null,
                })]),
                ["log_rank"] = r.Relapses.LogRank is { } lr && curves.Count > 1 ? ChiSquared(lr.Test) : null,
            },
            ["steroid"] = Paired(r.Steroid, shown, "steroid", "steroid"),
            ["steroid_means"] = Means(r.SteroidMeans, shown, "steroid.time"),
            ["adverse_events"] = new JsonObject
            {
                ["infusions"] = Count("infusions", r.Harms.Infusions),
                ["events"] = Count("events", r.Harms.Events),
                ["patients_with_any"] = Count("any", r.Harms.PatientsWithAny),
                ["per_infusion"] = shown.Hides("events", "infusions") ? null : Boot(r.Harms.PerInfusion),
                ["by_name"] = new JsonArray([.. r.Harms.ByName.Select(e => (JsonNode)new JsonObject { ["event"] = e.Name, ["events"] = Count($"events.{e.Name}", e.Events), ["patients"] = Count($"patients.{e.Name}", e.Patients) })]),
                ["by_band"] = new JsonArray([.. r.Harms.ByBand.Select(b => (JsonNode)new JsonObject { ["band"] = b.Band, ["infusions"] = Count($"infusions.{b.Band}", b.Infusions), ["events"] = Count($"events.{b.Band}", b.Events) })]),
            },
            ["cost"] = Spending(r.Spending, shown),
            ["dose"] = Dose(r, shown),
            ["side_by_side"] = OutcomeSides.Of(r, shown) is null ? null : new JsonArray([.. r.Sides.Select(s => (JsonNode)new JsonObject { ["band"] = s.Band, ["patients"] = Count($"band.{s.Band}", s.Patients), ["score"] = Paired(s.Score, shown, "score", $"assessable.{s.Band}", $".{s.Band}"), ["steroid"] = Paired(s.Steroid, shown, "steroid", $"steroid.{s.Band}", $".{s.Band}") })]),
            ["methods"] = Methods.Paragraph(r, version, seed),
        };
        if (r.Options.MinimumCell > 1)
        {
            // Sixteen digits of a mean or a p-value are enough to try every count until one fits.
            Round(document);
        }

        return document;
    }

    private static void Round(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject o:
                foreach (var (key, value) in o.ToList())
                {
                    Member(value, rounded => o[key] = rounded);
                }

                break;
            case JsonArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    var at = i;
                    Member(a[i], rounded => a[at] = rounded);
                }

                break;
            default:
                break;
        }

        void Member(JsonNode? value, Action<JsonNode> put)
        {
            if (value is JsonValue number && number.TryGetValue<double>(out var x) && !number.TryGetValue<int>(out _) && double.IsFinite(x))
            {
                put(Math.Round(x, Digits));
            }
            else
            {
                Round(value);
            }
        }
    }

    private static JsonObject Options(OutcomeOptions o, ulong seed) => new()
    {
        ["baseline_days"] = o.BaselineWithinDays, ["after_days"] = o.AfterDays, ["after_window"] = o.AfterWithinDays, ["response_points"] = o.ResponseShare is null ? o.ResponsePoints : null, ["response_percent"] = o.ResponseShare * 100,
        ["relapse_points"] = o.RelapsePoints, ["band_cut_g_per_kg"] = o.BandCutGPerKg, ["zeros"] = o.Zeros == ZeroRule.Dropped ? "dropped" : "pratt", ["level"] = o.Level, ["resamples"] = o.Resamples, ["seed"] = seed,
    };

    /// <param name="pairs">The name of the count of pairs.</param>
    private static JsonObject? Paired(PairedScores? s, Shown shown, string name, string pairs, string band = "")
    {
        if (s is null || s.Pairs < shown.MinimumCell)
        {
            return s is null ? null : new() { ["name"] = s.Name, ["not_shown"] = true };
        }

        var o = new JsonObject
        {
            ["name"] = s.Name, ["pairs"] = shown.Hides(pairs) ? null : s.Pairs, ["zero_rule"] = s.Test.Rule == ZeroRule.Dropped ? "dropped" : "pratt", ["median_before"] = s.MedianBefore, ["median_after"] = s.MedianAfter, ["p_normal"] = s.Test.PNormal,
            ["hodges_lehmann"] = new JsonObject { ["estimate"] = s.Shift.Estimate, ["low"] = s.Shift.Low, ["high"] = s.Shift.High, ["definition"] = s.Shift.Definition, ["interval_by"] = s.Shift.IntervalBy, ["level_reached"] = shown.Hides(pairs, $"{name}.same{band}") ? null : s.Shift.LevelReached },
        };
        if (shown.Hides(pairs, $"{name}.same{band}"))
        {
            // Sums of ranks, degrees of freedom and means of whole numbers tell how many there were.
            o["not_shown"] = true;
            return o;
        }

        o["zeros"] = s.Test.Zeros;
        o["ties"] = s.Test.Tied;
        o["mean_change"] = s.MeanChange;
        o["v"] = s.Test.V;
        o["z"] = s.Test.Z;
        o["p_exact"] = s.Test.PExact;
        o["p_normal_corrected"] = s.Test.PNormalCorrected;
        o["rank_biserial"] = s.Test.RankBiserial;
        o["paired_t"] = s.T is { } t ? new JsonObject { ["t"] = t.T, ["df"] = t.Df, ["p"] = t.P, ["mean"] = t.Mean, ["low"] = t.Low, ["high"] = t.High } : null;
        o["p_sign"] = shown.MinimumCell > 1 ? null : s.PSign;
        return o;
    }

    private static JsonObject Trend(Trend t, Shown shown) => new()
    {
        ["mixed_model"] = t.Model is { } m ? new JsonObject
        {
            ["method"] = "REML", ["random_slope"] = m.RandomSlope, ["values"] = m.Values, ["patients"] = shown.Hides(ReportCounts.Included) ? null : m.Patients, ["intercept"] = m.Fixed[0], ["slope_per_month"] = m.Fixed[1], ["se"] = m.StandardErrors[1],
            ["low"] = t.Slope!.Value.Low, ["high"] = t.Slope.Value.High, ["var_intercept"] = m.VarianceIntercept, ["var_slope"] = m.VarianceSlope, ["covariance"] = m.Covariance, ["var_residual"] = m.ResidualVariance, ["criterion"] = m.Criterion,
        }
        : null,
        ["note"] = t.WhyNot,
        ["friedman"] = t.Friedman is { } f && t.FriedmanPatients >= shown.MinimumCell ? new JsonObject { ["patients"] = shown.Hides("friedman") ? null : t.FriedmanPatients, ["times"] = new JsonArray([.. t.FriedmanTimes.Select(x => (JsonNode)x)]), ["chi_squared"] = f.ChiSquared, ["df"] = f.Df, ["p"] = f.P } : null,
        ["means"] = Means(t.Means, shown, "time"),
    };

    /// <param name="name">Of the counts of patients, followed by the number of the bin.</param>
    private static JsonArray Means(IReadOnlyList<TrendPoint> means, Shown shown, string name) =>
        [.. means.Index().Where(p => p.Item.Patients >= shown.MinimumCell).Select(p => (JsonNode)new JsonObject { ["month"] = Math.Round(p.Item.Month, 2), ["patients"] = shown.Hides($"{name}.{p.Index}") ? null : p.Item.Patients, ["mean"] = p.Item.Mean, ["low"] = p.Item.Low, ["high"] = p.Item.High })];

    private static JsonObject Sign(ManifestationChange m, Shown shown, bool adjusted)
    {
        var of = $"{m.Name}.{m.Band}";
        JsonNode? Count(string what, int n) => shown.Hides($"{what}.{of}") ? null : n;
        var o = new JsonObject { ["name"] = m.Name, ["band"] = m.Band.Length == 0 ? "all" : m.Band, ["known"] = Count("known", m.Known), ["before"] = Count("before", m.Before), ["after"] = Count("after", m.After), ["cleared"] = Count("cleared", m.Cleared), ["appeared"] = Count("appeared", m.Appeared) };
        if (shown.Hides($"cleared.{of}"))
        {
            // The odds ratio and the p-values are made of these two counts and of nothing else.
            o["not_shown"] = true;
            return o;
        }

        o["odds_ratio"] = Finite(m.Test.OddsRatio);
        o["odds_ratio_infinite"] = m.Test.OddsRatio is double.PositiveInfinity;
        o["low"] = m.Test.OddsRatio is null ? null : m.Test.Low;
        o["high"] = m.Test.OddsRatio is null ? null : Finite(m.Test.High);
        o["p_exact"] = m.Test.PExact;
        o["p_mid"] = m.Test.PMid;
        o["p_holm"] = adjusted ? m.PHolm : null;
        o["p_bh"] = adjusted ? m.PBh : null;
        return o;
    }

    private static JsonObject Rate(ResponseRate r, Shown shown, string responders, string patients) => shown.Hides(responders, patients)
        ? new() { ["not_shown"] = true, ["responders"] = shown.Hides(responders) ? null : r.Responders, ["patients"] = shown.Hides(patients) ? null : r.Patients }
        : new() { ["responders"] = r.Responders, ["patients"] = r.Patients, ["wilson"] = Limits(r.Wilson), ["clopper_pearson"] = Limits(r.ClopperPearson) };

    private static JsonObject Spending(Spending s, Shown shown)
    {
        var hidden = shown.Hides("grams.responders", "grams");
        return new()
        {
            ["grams"] = shown.Hides("grams") ? null : s.Grams, ["patients_with_grams"] = shown.Hides("grams.patients") ? null : s.PatientsWithGrams, ["responders"] = shown.Hides("grams.responders") ? null : s.Responders,
            ["grams_per_responder"] = hidden ? null : s.GramsPerResponder, ["grams_per_responder_interval"] = hidden ? null : Limits(s.GramsPerResponderInterval),
            ["price_per_gram"] = s.Price?.PerGram, ["currency"] = s.Price?.Currency, ["price_source"] = s.Price?.Source, ["cost_per_patient"] = shown.Hides("grams", "grams.patients") ? null : s.CostPerPatient, ["cost_per_responder"] = hidden ? null : s.CostPerResponder,
            ["by_band"] = new JsonArray([.. s.ByBand.Select(b => (JsonNode)new JsonObject
            {
                ["band"] = b.Band, ["grams"] = shown.Hides($"grams.{b.Band}") ? null : b.Grams, ["patients"] = shown.Hides($"grams.patients.{b.Band}") ? null : b.Patients, ["responders"] = shown.Hides($"grams.responders.{b.Band}") ? null : b.Responders,
            })]),
        };
    }

    private static JsonObject Dose(OutcomeReport r, Shown shown)
    {
        var c = r.Comparison;
        JsonNode? Patients(string band, int n) => shown.Hides($"assessable.{band}") ? null : n;
        if (OutcomeSides.TooFew(r))
        {
            return new() { ["low"] = Patients(Analysis.Low, c.Low), ["high"] = Patients(Analysis.High, c.High), ["not_shown"] = true };
        }

        var response = !OutcomeSides.HidesResponse(shown);
        return new()
        {
            ["low"] = Patients(Analysis.Low, c.Low), ["high"] = Patients(Analysis.High, c.High), ["why_not_weighted"] = c.WhyNot, ["left_out_of_weights"] = new JsonArray([.. c.LeftOut.Select(x => (JsonNode)x)]), ["change_high_minus_low"] = c.ChangeDifference, ["mann_whitney_p"] = c.ChangeTest?.PExact ?? c.ChangeTest?.PNormalCorrected,
            ["hodges_lehmann"] = c.ChangeShift is { } h ? new JsonObject { ["estimate"] = h.Estimate, ["low"] = h.Low, ["high"] = h.High } : null,
            ["response_high_minus_low"] = response ? c.ResponseDifference : null, ["newcombe"] = response ? Limits(c.ResponseInterval) : null, ["weighted_change"] = Boot(c.WeightedChange), ["weighted_response"] = Boot(c.WeightedResponse), ["weighted_response_interval"] = Limits(c.WeightedResponseInterval), ["effective_low"] = c.EffectiveLow, ["effective_high"] = c.EffectiveHigh,
            ["balance"] = new JsonArray([.. c.Balance.Where(b => !OutcomeSides.HidesCovariate(b, shown)).Select(b => (JsonNode)new JsonObject { ["covariate"] = b.Covariate, ["mean_low"] = b.MeanLow, ["mean_high"] = b.MeanHigh, ["before"] = b.Before, ["after"] = b.After })]),
        };
    }

    private static JsonObject? Boot(Bootstrap? b) => b is null ? null : new() { ["estimate"] = b.Estimate, ["percentile"] = Limits(b.Percentile), ["bca"] = Limits(b.Bca), ["resamples"] = b.Resamples, ["se"] = b.StandardError };

    private static JsonObject ChiSquared(ChiSquaredTest t) => new() { ["chi_squared"] = t.ChiSquared, ["df"] = t.Df, ["p"] = t.P };

    private static JsonArray? Limits(Interval? i) => i is { } x ? [x.Low, x.High] : null;

    private static double? Finite(double? v) => v is { } x && double.IsFinite(x) ? x : null;
}
