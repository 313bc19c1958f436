using System.Globalization;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;

namespace IgLoop.Features.Synthesis;

/// <summary>Conventions in words, the same in every report.</summary>
internal static class ConventionWords
{
    public static string Measure(SynthesisOptions o) => o.Measure switch
    {
        Core.Synthesis.Measure.RR => "risk ratio",
        Core.Synthesis.Measure.OR => "odds ratio",
        Core.Synthesis.Measure.Peto => "Peto odds ratio",
        Core.Synthesis.Measure.RD => "risk difference",
        Core.Synthesis.Measure.MD => "mean difference",
        Core.Synthesis.Measure.SMD => "standardised mean difference (Hedges' g)",
        Core.Synthesis.Measure.HR => "hazard ratio",
        Core.Synthesis.Measure.PR => "proportion",
        Core.Synthesis.Measure.PLO => "proportion (log odds)",
        Core.Synthesis.Measure.PAS => "proportion (arcsine)",
        Core.Synthesis.Measure.PFT => "proportion (Freeman-Tukey double arcsine)",
        _ => "effect as given",
    };

    public static string Method(SynthesisOptions o) => o.Method switch
    {
        Core.Synthesis.Method.EE => "equal effects by inverse variance",
        Core.Synthesis.Method.MH => "Mantel-Haenszel",
        Core.Synthesis.Method.Peto => "Peto's method",
        Core.Synthesis.Method.GLMM => "a logistic-normal model by maximum likelihood",
        var m => $"random effects by inverse variance, tau² by {m switch
        {
            Core.Synthesis.Method.DL => "DerSimonian and Laird",
            Core.Synthesis.Method.HE => "Hedges and Olkin",
            Core.Synthesis.Method.HS => "Hunter and Schmidt",
            Core.Synthesis.Method.SJ => "Sidik and Jonkman",
            Core.Synthesis.Method.ML => "maximum likelihood",
            Core.Synthesis.Method.EB => "empirical Bayes",
            Core.Synthesis.Method.PM => "Paule and Mandel",
            _ => "restricted maximum likelihood",
        }}",
    };

    public static string Test(SynthesisOptions o) => o.Hksj switch
    {
        Hksj.Yes => "Hartung-Knapp (t, k − 1)",
        Hksj.WithLowerBound => "Hartung-Knapp (t, k − 1), variance factor at least 1",
        _ => "normal (z)",
    };

    public static string Prediction(SynthesisOptions o) => o.Prediction switch
    {
        Core.Synthesis.Prediction.None => "none",
        Core.Synthesis.Prediction.Normal => "normal (z)",
        Core.Synthesis.Prediction.StudentKMinus1 => "t, k − 1",
        Core.Synthesis.Prediction.StudentKMinus2 => "t, k − 2",
        _ => o.Hksj == Hksj.No ? "normal (z), as the interval" : "t, k − 1, as the interval",
    };

    /// <summary>Where I² and H² come from, in words.</summary>
    public static string I2(SynthesisOptions o) => o.I2FromTau2 ? "tau²" : "Q";

    /// <summary>The number of people behind the back-transform of a double arcsine, in words; null for other measures.</summary>
    public static string? DoubleArcsine(SynthesisOptions o) => o.Measure != Core.Synthesis.Measure.PFT ? null : o.DoubleArcsine switch
    {
        DoubleArcsineN.Arithmetic => "arithmetic mean of n",
        DoubleArcsineN.Geometric => "geometric mean of n",
        DoubleArcsineN.FromVariance => "n from the variance of the pooled effect",
        _ => "harmonic mean of n",
    };

    /// <summary>What stands for the size of a study in Egger's test, in words.</summary>
    public static string Predictor(SizePredictor p) => p switch
    {
        SizePredictor.Variance => "the variance",
        SizePredictor.InverseN => "1/n",
        SizePredictor.InverseRootN => "1/√n",
        SizePredictor.N => "n",
        SizePredictor.RootN => "√n",
        _ => "the standard error",
    };

    /// <summary>The rule for zero cells in words; null where there are no cells.</summary>
    public static string? ZeroRule(SynthesisOptions o)
    {
        if (o.Measure is not (Core.Synthesis.Measure.RR or Core.Synthesis.Measure.OR or Core.Synthesis.Measure.RD or Core.Synthesis.Measure.Peto or Core.Synthesis.Measure.PLO or Core.Synthesis.Measure.PR) || o.Method == Core.Synthesis.Method.GLMM)
        {
            return null;
        }

        var add = o.Add.ToString("0.####", CultureInfo.InvariantCulture);
        var rule = o.ZeroCells switch
        {
            ZeroCells.None => "nothing added",
            ZeroCells.All => $"{add} added to every cell of every study",
            ZeroCells.IfAnyAll => $"{add} added to every cell of every study when any study has a zero cell",
            ZeroCells.Metafor when o.Method is Core.Synthesis.Method.MH or Core.Synthesis.Method.Peto => $"nothing added in the pooled estimate; {add} added to every cell of a study with a zero cell for its own effect and Q (metafor)",
            _ => $"{add} added to every cell of a study with a zero cell{(o.Method == Core.Synthesis.Method.MH ? ", in the pooled estimate too (RevMan)" : "")}",
        };
        return o.IsProportion ? rule : $"{rule}; {(o.DoubleZero == DoubleZero.Keep || (o.DoubleZero == DoubleZero.ByMeasure && o.Measure == Core.Synthesis.Measure.RD) ? "double-zero studies are counted" : "double-zero studies are not counted")}";
    }

    /// <summary>The variance of a study effect in words, where there is a choice; null otherwise.</summary>
    public static string? Variance(SynthesisOptions o) => (o.Measure, o.Variance) switch
    {
        (Core.Synthesis.Measure.MD, VarianceForm.Pooled) => "pooled standard deviation",
        (Core.Synthesis.Measure.MD, _) => "separate standard deviations",
        (Core.Synthesis.Measure.SMD, var v) => $"{o.Hedges switch { HedgesCorrection.None => "no correction (Cohen's d)", HedgesCorrection.Approximate => "correction 1 − 3/(4m − 1)", _ => "exact correction by the gamma function" }}; variance {v switch
        {
            VarianceForm.LargeSample2 => "large-sample with the squared correction (LS2)",
            VarianceForm.Unbiased => "unbiased (UB)",
            VarianceForm.Average => "large-sample at the mean effect (AV)",
            VarianceForm.RevMan => "as RevMan, g²/2(N − 3.94)",
            _ => "large-sample (LS)",
        }}",
        _ => null,
    };
}
