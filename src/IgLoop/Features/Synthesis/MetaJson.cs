using System.Text.Json.Nodes;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;
using FisherExact = IgLoop.Core.Statistics.FisherExact;

namespace IgLoop.Features.Synthesis;

/// <summary>The answer as JSON: pooled values on the analysis scale, ratios again as <c>exp</c>, proportions as <c>prop</c>. Null is what cannot be said; <c>notes</c> says why.</summary>
internal static class MetaJson
{
    public static JsonObject Of(MetaAnswer answer)
    {
        var analysis = answer.Analysis;
        var p = analysis.Pooled;
        var o = Pooled(p);
        if (BackTransform.Of(analysis) is { } back && p.Est is { } est)
        {
            var low = p.Ci?.Low;
            var high = p.Ci?.High;
            o[analysis.Options.IsLog ? "exp" : "prop"] = new JsonArray(N(back(est)), N(low is { } l ? back(l) : null), N(high is { } h ? back(h) : null));
        }

        o["convention"] = Conventions(analysis.Options);
        if (answer.Notes.Count > 0)
        {
            o["notes"] = new JsonArray([.. answer.Notes.Select(n => (JsonNode)n)]);
        }

        Extras(answer, o);
        return o;
    }

    public static JsonObject Pooled(Pooled p)
    {
        var o = new JsonObject
        {
            ["k"] = p.K,
            ["est"] = N(p.Est),
            ["se"] = N(p.Se),
            ["ci"] = I(p.Ci),
            ["stat"] = N(p.Stat),
            ["p"] = N(p.P),
            ["Q"] = N(p.Q),
            ["Qp"] = N(p.Qp),
            ["I2"] = N(p.I2),
            ["H2"] = N(p.H2),
            ["tau2"] = N(p.Tau2),
            ["pi"] = I(p.Pi),
        };
        if (p.Df is { } df)
        {
            o["df"] = df;
        }

        return o;
    }

    private static JsonObject Conventions(SynthesisOptions o)
    {
        var c = new JsonObject { ["measure"] = o.Measure.ToString(), ["method"] = o.Method.ToString(), ["test"] = ConventionWords.Test(o), ["I2_from"] = o.I2FromTau2 ? "tau2" : "Q", ["level"] = o.Level };
        if (o.IsRandom)
        {
            c["prediction"] = ConventionWords.Prediction(o);
        }

        if (ConventionWords.ZeroRule(o) is { } zero)
        {
            c["zero_cells"] = zero;
        }

        if (ConventionWords.Variance(o) is { } variance)
        {
            c["variance"] = variance;
        }

        if (ConventionWords.DoubleArcsine(o) is { } n)
        {
            c["back_transform"] = n;
        }

        return c;
    }

    private static void Extras(MetaAnswer a, JsonObject o)
    {
        var analysis = a.Analysis;
        var x = a.Extras;
        if (x.Tau2Ci)
        {
            (o["tau2_ci"], o["I2_ci"], o["H2_ci"]) = (I(a.Tau2Ci?.Tau2), I(a.Tau2Ci?.I2), I(a.Tau2Ci?.H2));
        }

        if (x.EveryPrediction && analysis.Pooled is { K: > 1, Est: not null } && analysis.Options.IsRandom)
        {
            o["pi_conventions"] = EveryPrediction(analysis);
        }

        if (x.Egger)
        {
            (o["egger_rma_z"], o["egger_rma_p"], o["egger_limit"]) = (N(a.EggerModel?.Stat), N(a.EggerModel?.P), Limit(a.EggerModel));
            (o["egger_lm_t"], o["egger_lm_df"], o["egger_lm_p"], o["egger_lm_limit"]) = (N(a.EggerOrdinary?.Stat), a.EggerOrdinary?.Df, N(a.EggerOrdinary?.P), Limit(a.EggerOrdinary));
        }

        if (x.Begg)
        {
            (o["begg_tau"], o["begg_p"], o["begg_exact"]) = (N(a.Begg?.Tau), N(a.Begg?.P), a.Begg?.Exact);
        }

        if (a.Filling is { } f)
        {
            var filled = Pooled(f.Pooled);
            filled["estimator"] = f.Estimator.ToString();
            filled["k0"] = f.Missing;
            filled["se_k0"] = N(f.MissingSe);
            filled["p_k0"] = N(f.P);
            filled["side"] = f.OnTheRight ? "right" : "left";
            filled["est_ci"] = new JsonArray(N(f.Pooled.Est), N(f.Pooled.Ci?.Low), N(f.Pooled.Ci?.High));
            o["trimfill"] = filled;
        }
        else if (x.Fill is not null)
        {
            o["trimfill"] = null;
        }

        if (x.LeaveOneOut)
        {
            o["leave1out"] = new JsonArray([.. a.LeaveOneOut.Select(w => (JsonNode)With("study", w.Left.Study.Label, w.Pooled))]);
            o["leave1out_est"] = new JsonArray([.. a.LeaveOneOut.Select(w => N(w.Pooled.Est))]);
            o["leave1out_tau2"] = new JsonArray([.. a.LeaveOneOut.Select(w => N(w.Pooled.Tau2))]);
        }

        if (x.Cumulative is not null)
        {
            o["cumulative"] = new JsonArray([.. a.Cumulative.Select(u => (JsonNode)With("study", u.Added.Study.Label, u.Pooled))]);
        }

        if (x.Influence)
        {
            o["rstudent"] = new JsonArray([.. a.Influences.Select(i => N(i.StudentResidual))]);
            o["cooks_d"] = new JsonArray([.. a.Influences.Select(i => N(i.CooksDistance))]);
        }

        if (a.Regression is { } r)
        {
            o["metareg"] = Regression(r);
        }

        if (a.Subgroups is { } s)
        {
            o["subgroups"] = new JsonObject
            {
                ["groups"] = new JsonArray([.. s.Groups.Select(g => (JsonNode)With("subgroup", g.Name, g.Pooled))]),
                ["tau2"] = s.CommonTau2 is { } t ? N(t) : "separate",
                ["Q_between"] = N(s.QBetween),
                ["df"] = s.Df,
                ["df2"] = s.Df2,
                ["p"] = N(s.P),
            };
        }

        if (x.Studies)
        {
            o["studies"] = Studies(analysis);
        }

        if (x.Fisher)
        {
            o["fisher_p"] = new JsonArray([.. analysis.Effects.Select(e => N(Fisher(e.Study)))]);
        }
    }

    private static JsonArray Studies(Analysis analysis)
    {
        var place = 0;
        return new([.. analysis.Effects.Select(e =>
        {
            var study = new JsonObject { ["study"] = e.Study.Label, ["yi"] = N(e.Y), ["vi"] = N(e.V) };
            if (e.Counted && analysis.Pooled.WeightsPercent is { } w)
            {
                study["weight_pct"] = N(w[place++]);
            }

            if (analysis.Pooled.OnlyInPool.TryGetValue(e.Study.Row, out var share))
            {
                study["weight_pct"] = N(share);
            }

            if (e.NotCounted is { } why)
            {
                study["not_counted"] = why;
            }

            if (e.Note is { } note)
            {
                study["note"] = note;
            }

            return (JsonNode)study;
        })]);
    }

    /// <summary>Null for counts that are not whole, and for groups so large that no table of them is ever weighed exactly.</summary>
    private static double? Fisher(TrialRow r) => r is { A: { } a, N1: { } n1, C: { } c, N2: { } n2 } && new[] { a, n1, c, n2 }.All(v => v == Math.Floor(v) && v <= 1_000_000)
        ? FisherExact.TwoSidedP((int)a, (int)(n1 - a), (int)c, (int)(n2 - c))
        : null;

    private static JsonObject EveryPrediction(Analysis analysis)
    {
        var o = new JsonObject();
        foreach (var (prefix, hksj) in new[] { ("", Hksj.No), ("hksj_", Hksj.Yes) })
        {
            foreach (var name in new[] { "z", "t_km1", "t_km2" }.Where(n => prefix.Length == 0 || n != "z"))
            {
                var again = Synthesiser.Of([.. analysis.Effects.Select(e => e.Study)], analysis.Options with { Hksj = hksj, Prediction = MetaOptions.Predictions[name] });
                o[prefix + name] = I(again.Pooled.Pi);
            }
        }

        return o;
    }

    private static JsonObject Regression(Regression r) => new()
    {
        ["k"] = r.K,
        ["coefficients"] = new JsonArray([.. r.Coefficients.Select(c => (JsonNode)new JsonObject { ["name"] = c.Name, ["est"] = N(c.Est), ["se"] = N(c.Se), ["stat"] = N(c.Stat), ["p"] = N(c.P), ["ci"] = I(c.Ci) })]),
        ["tau2"] = N(r.Tau2),
        ["QE"] = N(r.Qe),
        ["QE_df"] = r.QeDf,
        ["QEp"] = N(r.QeP),
        ["QM"] = N(r.Qm),
        ["QM_df"] = r.QmDf,
        ["QM_df2"] = r.QmDf2,
        ["QMp"] = N(r.QmP),
        ["R2"] = N(r.R2),
        ["I2"] = N(r.I2),
        ["H2"] = N(r.H2),
    };

    private static JsonObject With(string key, string name, Pooled pooled)
    {
        var o = Pooled(pooled);
        o.Insert(0, key, name);
        return o;
    }

    private static JsonArray? Limit(RegressionTest? t) => t?.Limit is { } l ? new JsonArray(N(l), N(t.LimitCi?.Low), N(t.LimitCi?.High)) : null;

    private static JsonNode? N(double? v) => v is { } d && double.IsFinite(d) ? JsonValue.Create(d) : null;

    private static JsonArray? I(Interval? i) => i is { } v ? new JsonArray(N(v.Low), N(v.High)) : null;
}
