using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;

namespace IgLoop.Features.Synthesis;

/// <summary>The options of an analysis by name; the command line and the batch share them.</summary>
internal static class MetaOptions
{
    public static readonly IReadOnlyDictionary<string, Measure> Measures = Enum.GetValues<Measure>().ToDictionary(m => m.ToString().ToUpperInvariant());

    public static readonly IReadOnlyDictionary<string, Method> Methods = Enum.GetValues<Method>().ToDictionary(m => m.ToString().ToUpperInvariant())
        .Append(new("FE", Method.EE)).Append(new("CE", Method.EE)).ToDictionary();

    public static readonly IReadOnlyDictionary<string, ZeroCells> Zero = new Dictionary<string, ZeroCells>
    {
        ["metafor"] = ZeroCells.Metafor,
        ["revman"] = ZeroCells.RevMan,
        ["only0"] = ZeroCells.RevMan,
        ["if0all"] = ZeroCells.IfAnyAll,
        ["all"] = ZeroCells.All,
        ["none"] = ZeroCells.None,
    };

    public static readonly IReadOnlyDictionary<string, Prediction> Predictions = new Dictionary<string, Prediction>
    {
        ["default"] = Prediction.AsInterval,
        ["z"] = Prediction.Normal,
        ["t_km1"] = Prediction.StudentKMinus1,
        ["t_km2"] = Prediction.StudentKMinus2,
        ["none"] = Prediction.None,
        ["all"] = Prediction.AsInterval,
    };

    public static readonly IReadOnlyDictionary<string, VarianceForm> Variances = new Dictionary<string, VarianceForm>
    {
        ["ls"] = VarianceForm.LargeSample,
        ["separate"] = VarianceForm.LargeSample,
        ["pooled"] = VarianceForm.Pooled,
        ["ho"] = VarianceForm.Pooled,
        ["ls2"] = VarianceForm.LargeSample2,
        ["ub"] = VarianceForm.Unbiased,
        ["av"] = VarianceForm.Average,
        ["revman"] = VarianceForm.RevMan,
    };

    public static readonly IReadOnlyDictionary<string, HedgesCorrection> Hedges = new Dictionary<string, HedgesCorrection>
    {
        ["exact"] = HedgesCorrection.Exact,
        ["approximate"] = HedgesCorrection.Approximate,
        ["none"] = HedgesCorrection.None,
    };

    public static readonly IReadOnlyDictionary<string, SizePredictor> Predictors = new Dictionary<string, SizePredictor>
    {
        ["sei"] = SizePredictor.StandardError,
        ["vi"] = SizePredictor.Variance,
        ["ninv"] = SizePredictor.InverseN,
        ["sqrtninv"] = SizePredictor.InverseRootN,
        ["ni"] = SizePredictor.N,
        ["sqrtni"] = SizePredictor.RootN,
    };

    private static readonly IReadOnlyDictionary<string, HeterogeneityFrom> HeterogeneitySources = new Dictionary<string, HeterogeneityFrom> { ["default"] = HeterogeneityFrom.ByModel, ["q"] = HeterogeneityFrom.Q, ["tau2"] = HeterogeneityFrom.Tau2 };

    private static readonly IReadOnlyDictionary<string, DoubleArcsineN> DoubleArcsines = new Dictionary<string, DoubleArcsineN> { ["harmonic"] = DoubleArcsineN.Harmonic, ["arithmetic"] = DoubleArcsineN.Arithmetic, ["geometric"] = DoubleArcsineN.Geometric, ["variance"] = DoubleArcsineN.FromVariance };

    private static readonly IReadOnlyDictionary<string, FillEstimator?> Fills = new Dictionary<string, FillEstimator?> { ["false"] = null, ["no"] = null, ["true"] = FillEstimator.L0, ["yes"] = FillEstimator.L0, ["l0"] = FillEstimator.L0, ["r0"] = FillEstimator.R0 };

    private static readonly IReadOnlyDictionary<string, DoubleZero> DoubleZeros = new Dictionary<string, DoubleZero> { ["default"] = DoubleZero.ByMeasure, ["drop"] = DoubleZero.Drop, ["keep"] = DoubleZero.Keep };

    private static readonly string[] Keys =
        ["hksj", "zero_cells", "add", "double_zero", "prediction", "level", "variance", "hedges", "i2", "pft_n", "tau2_ci", "egger", "egger_predictor", "begg", "trim_fill", "side", "leave_one_out", "cumulative", "influence", "moderators", "subgroup", "subgroup_tau2", "studies", "fisher"];

    /// <exception cref="BatchException">A value is not known; the message names the known ones.</exception>
    public static (SynthesisOptions Options, MetaExtras Extras) Read(string? measure, string? method, JsonObject o)
    {
        o = Named(o);
        o.OnlyKeys(Keys);
        var (name, hksj) = SplitMethod(method ?? "REML");
        var how = Of(Methods, name.Trim().ToUpperInvariant(), "method", "method");
        var what = Of(Measures, (measure ?? throw new BatchException("missing", $"The measure is missing; choose one of {string.Join(", ", Measures.Keys)}.", "measure")).Trim().ToUpperInvariant(), "measure", "measure");
        var subgroup = o.Text("subgroup");
        var options = new SynthesisOptions
        {
            Measure = what,
            Method = how,
            Hksj = o["hksj"] is null ? hksj : ReadHksj(o["hksj"]!),
            ZeroCells = Of(Zero, Word(o, "zero_cells") ?? "metafor", "zero-cell rule", "zero_cells"),
            Add = (double)(o.Number("add") ?? 0.5m),
            DoubleZero = Of(DoubleZeros, Word(o, "double_zero") ?? "default", "rule for double-zero studies", "double_zero"),
            Prediction = Of(Predictions, PredictionName(o["prediction"]), "prediction interval", "prediction"),
            Level = Level(o.Number("level")),
            Variance = Of(Variances, Word(o, "variance") ?? "ls", "variance", "variance"),
            Hedges = Of(Hedges, Word(o, "hedges") ?? "exact", "correction", "hedges"),
            I2 = Of(HeterogeneitySources, Word(o, "i2") ?? "default", "source of I²", "i2"),
            DoubleArcsine = Of(DoubleArcsines, Word(o, "pft_n") ?? "harmonic", "number of people for the double arcsine", "pft_n"),
        };
        return (options, new MetaExtras
        {
            Tau2Ci = o["tau2_ci"] is null ? options.IsRandom && options.Method != Method.GLMM : o.Flag("tau2_ci"),
            Egger = o.Flag("egger"),
            Predictor = Of(Predictors, Word(o, "egger_predictor") ?? "sei", "predictor", "egger_predictor"),
            Begg = o.Flag("begg"),
            Fill = o["trim_fill"] is { } fill ? Of(Fills, fill.ToJsonString().Trim('"').ToLowerInvariant(), "estimator of trim and fill", "trim_fill") : null,
            FillOnTheRight = Word(o, "side") switch { null => null, "left" => false, "right" => true, var other => throw new BatchException("bad-option", $"The side is left or right, not '{other}'.", "side") },
            LeaveOneOut = o.Flag("leave_one_out"),
            Cumulative = o["cumulative"] is JsonValue v && v.GetValueKind() == JsonValueKind.String ? v.GetValue<string>() : o.Flag("cumulative") ? "" : null,
            Influence = o.Flag("influence"),
            Moderators = o["moderators"] switch { null => [], JsonArray list => [.. list.Select(m => m?.ToString() ?? "")], var one => [one.ToString()] },
            Subgroup = subgroup,
            CommonTau2 = Word(o, "subgroup_tau2") switch { null or "separate" => false, "common" => true, var other => throw new BatchException("bad-option", $"tau² of subgroups is separate or common, not '{other}'.", "subgroup_tau2") },
            Studies = o.Flag("studies"),
            Fisher = o.Flag("fisher"),
            EveryPrediction = PredictionName(o["prediction"]) == "all",
        });
    }

    /// <summary>The names that metafor uses for the same options.</summary>
    private static JsonObject Named(JsonObject given)
    {
        var o = new JsonObject();
        foreach (var (key, value) in given)
        {
            var name = key switch { "to" => "zero_cells", "vtype" => "variance", "leave1out" => "leave_one_out", "trimfill" => "trim_fill", "cumul" => "cumulative", "mods" => "moderators", "test" => "hksj", "drop00" => "double_zero", _ => key };
            if (o.ContainsKey(name))
            {
                throw new BatchException("duplicate-key", $"{name} is given twice, once as '{key}'; keep one.", key);
            }

            o[name] = (key, value?.ToJsonString().Trim('"')) switch
            {
                ("test", "z") => false,
                ("test", "knha") => true,
                ("drop00", "true") => "drop",
                ("drop00", "false") => "keep",
                _ => value?.DeepClone(),
            };
        }

        return o;
    }

    /// <summary>"REML+HKSJ" and "DL+HKSJ adhoc" say the test with the method.</summary>
    private static (string Method, Hksj Hksj) SplitMethod(string method) => method.Split('+', StringSplitOptions.TrimEntries) switch
    {
        [var m] => (m, Hksj.No),
        [var m, var test] when test.Equals("HKSJ", StringComparison.OrdinalIgnoreCase) => (m, Hksj.Yes),
        [var m, var test] when test.Equals("HKSJ adhoc", StringComparison.OrdinalIgnoreCase) => (m, Hksj.WithLowerBound),
        _ => (method, Hksj.No),
    };

    private static Hksj ReadHksj(JsonNode node) => Plain(node.ToJsonString()) switch
    {
        "true" or "yes" => Hksj.Yes,
        "false" or "no" => Hksj.No,
        "adhoc" => Hksj.WithLowerBound,
        var other => throw new BatchException("bad-option", $"hksj is true, false or adhoc, not '{other}'.", "hksj"),
    };

    /// <summary>"t_km2", "t (k − 2)" and "hts" are the same.</summary>
    private static string PredictionName(JsonNode? node) => node is null ? "default" : Plain(node.ToJsonString()) switch
    {
        "true" or "metafor" => "default",
        "false" => "none",
        "normal" => "z",
        "tkm1" or "tk1" or "k1" or "km1" => "t_km1",
        "tkm2" or "tk2" or "k2" or "km2" or "hts" => "t_km2",
        var name => name,
    };

    private static string Plain(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The word of an option; capitals and outer blanks do not matter.</summary>
    private static string? Word(JsonObject o, string key) => o.Text(key)?.Trim().ToLowerInvariant();

    /// <summary>95 and 0.95 are the same.</summary>
    private static double Level(decimal? level) => (double)(level switch { null => 0.95m, > 1 => level.Value / 100, _ => level.Value });

    private static T Of<T>(IReadOnlyDictionary<string, T> known, string name, string what, string where)
    {
        if (known.TryGetValue(name, out var value))
        {
            return value;
        }

        var near = Spelling.Nearest(name, known.Keys, 1);
        throw new BatchException("bad-option", $"There is no {what} '{name}'{(near.Count > 0 ? $"; did you mean {near[0]}?" : $"; known are {string.Join(", ", known.Keys)}.")}", where);
    }
}
