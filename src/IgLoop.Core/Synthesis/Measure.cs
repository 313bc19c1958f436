namespace IgLoop.Core.Synthesis;

/// <summary>What a study's effect is; the analysis scale of each is fixed (logarithm for ratios).</summary>
public enum Measure
{
    /// <summary>Risk ratio, analysed as its natural logarithm.</summary>
    RR,

    /// <summary>Odds ratio, analysed as its natural logarithm.</summary>
    OR,

    /// <summary>Risk difference.</summary>
    RD,

    /// <summary>Log odds ratio by Peto's one-step estimate, study by study.</summary>
    Peto,

    /// <summary>Mean difference, in the unit of the outcome.</summary>
    MD,

    /// <summary>Standardised mean difference, Hedges' g.</summary>
    SMD,

    /// <summary>Raw proportion.</summary>
    PR,

    /// <summary>Proportion as log odds.</summary>
    PLO,

    /// <summary>Proportion as arcsine of its square root.</summary>
    PAS,

    /// <summary>Proportion by Freeman and Tukey's double arcsine.</summary>
    PFT,

    /// <summary>Hazard ratio, ready-made only, analysed as its natural logarithm.</summary>
    HR,

    /// <summary>Any ready-made effect on the scale on which it is to be pooled.</summary>
    GEN,
}

/// <summary>How studies are combined.</summary>
public enum Method
{
    /// <summary>Equal effects (also called fixed effect), inverse variance.</summary>
    EE,

    /// <summary>Mantel and Haenszel; for risk ratio, odds ratio and risk difference.</summary>
    MH,

    /// <summary>Peto's one-step odds ratio.</summary>
    Peto,

    /// <summary>Random effects, variance between studies by DerSimonian and Laird.</summary>
    DL,

    /// <summary>Random effects, Hedges and Olkin.</summary>
    HE,

    /// <summary>Random effects, Hunter and Schmidt.</summary>
    HS,

    /// <summary>Random effects, Sidik and Jonkman.</summary>
    SJ,

    /// <summary>Random effects, maximum likelihood.</summary>
    ML,

    /// <summary>Random effects, restricted maximum likelihood.</summary>
    REML,

    /// <summary>Random effects, empirical Bayes (the same value as Paule and Mandel).</summary>
    EB,

    /// <summary>Random effects, Paule and Mandel.</summary>
    PM,

    /// <summary>Logistic-normal model of proportions, maximum likelihood.</summary>
    GLMM,
}

/// <summary>Test and interval of the pooled effect by Hartung, Knapp, Sidik and Jonkman.</summary>
public enum Hksj
{
    No,
    Yes,

    /// <summary>With the factor on the variance kept at 1 or above, so that it never narrows the interval.</summary>
    WithLowerBound,
}

/// <summary>Where the continuity correction goes.</summary>
public enum ZeroCells
{
    /// <summary>To the studies with a zero cell; with Mantel-Haenszel and Peto only in the study effects and Q, not in the pooled estimate (metafor).</summary>
    Metafor,

    /// <summary>To the studies with a zero cell, in the pooled Mantel-Haenszel estimate too (RevMan).</summary>
    RevMan,

    /// <summary>To all studies as soon as one has a zero cell.</summary>
    IfAnyAll,

    /// <summary>To all studies.</summary>
    All,

    /// <summary>Nowhere; studies whose effect is not finite are shown and not counted.</summary>
    None,
}

/// <summary>Studies in which nobody, or everybody, in both arms had the event.</summary>
public enum DoubleZero
{
    /// <summary>Out for ratios, in for the risk difference, on which they carry information.</summary>
    ByMeasure,
    Drop,
    Keep,
}

/// <summary>The quantile behind the prediction interval.</summary>
public enum Prediction
{
    /// <summary>The same quantile as the confidence interval: normal, or t with k − 1 with Hartung-Knapp (metafor 3.8).</summary>
    AsInterval,
    Normal,
    StudentKMinus1,

    /// <summary>Higgins, Thompson and Spiegelhalter, J R Stat Soc A 2009;172:137.</summary>
    StudentKMinus2,
    None,
}

/// <summary>Sampling variance of a study effect, where there is a choice.</summary>
public enum VarianceForm
{
    /// <summary>MD: separate standard deviations. SMD: 1/n1 + 1/n2 + g²/2N. RD, PR: divisor n.</summary>
    LargeSample,

    /// <summary>MD: pooled standard deviation.</summary>
    Pooled,

    /// <summary>SMD: c² (1/n1 + 1/n2 + d²/2N).</summary>
    LargeSample2,

    /// <summary>SMD: unbiased. RD, PR: divisor n − 1.</summary>
    Unbiased,

    /// <summary>SMD: with the mean g of all studies in place of each study's own.</summary>
    Average,

    /// <summary>SMD: N/(n1 n2) + g²/(2 (N − 3.94)).</summary>
    RevMan,
}

/// <summary>Where I² and H² come from.</summary>
public enum HeterogeneityFrom
{
    /// <summary>tau² with random effects (metafor), Q otherwise.</summary>
    ByModel,

    /// <summary>Q and its degrees of freedom (RevMan): Higgins and Thompson, Stat Med 2002;21:1539.</summary>
    Q,

    /// <summary>tau² and the variance of a typical study; random effects only.</summary>
    Tau2,
}

/// <summary>The number of people that turns a pooled double arcsine back into a proportion; each choice gives another proportion.</summary>
public enum DoubleArcsineN
{
    /// <summary>Harmonic mean of the studies: Miller, Am Stat 1978;32:138.</summary>
    Harmonic,
    Arithmetic,
    Geometric,

    /// <summary>The number whose variance is that of the pooled effect, 1/(4 se²) − 1/2: Barendregt and others, J Epidemiol Community Health 2013;67:974.</summary>
    FromVariance,
}

/// <summary>Correction of the standardised mean difference for small samples.</summary>
public enum HedgesCorrection
{
    /// <summary>By the gamma function.</summary>
    Exact,

    /// <summary>1 − 3/(4m − 1), m degrees of freedom.</summary>
    Approximate,

    /// <summary>None: Cohen's d.</summary>
    None,
}

/// <summary>Every convention of an analysis; each one can move a printed number.</summary>
public sealed record SynthesisOptions
{
    public required Measure Measure { get; init; }
    public Method Method { get; init; } = Method.REML;
    public Hksj Hksj { get; init; }
    public ZeroCells ZeroCells { get; init; }

    /// <summary>What is added to a cell, events.</summary>
    public double Add { get; init; } = 0.5;
    public DoubleZero DoubleZero { get; init; }
    public Prediction Prediction { get; init; }

    /// <summary>Coverage of every interval, between 0 and 1.</summary>
    public double Level { get; init; } = 0.95;
    public VarianceForm Variance { get; init; }
    public HedgesCorrection Hedges { get; init; }
    public HeterogeneityFrom I2 { get; init; }
    public DoubleArcsineN DoubleArcsine { get; init; }

    public bool IsRandom => Method is not (Method.EE or Method.MH or Method.Peto);

    /// <summary>Whether I² and H² come from tau², and not from Q.</summary>
    public bool I2FromTau2 => IsRandom && Method != Method.GLMM && I2 != HeterogeneityFrom.Q;

    /// <summary>Whether the analysis scale is a logarithm.</summary>
    public bool IsLog => Measure is Measure.RR or Measure.OR or Measure.Peto or Measure.HR;

    public bool IsProportion => Measure is Measure.PR or Measure.PLO or Measure.PAS or Measure.PFT;
}
