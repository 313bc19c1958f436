namespace IgLoop.Core.Synthesis;

/// <summary>A pooled effect on the analysis scale. Null is what cannot be said from these studies.</summary>
public sealed record Pooled
{
    /// <summary>Studies in the pooled estimate.</summary>
    public required int K { get; init; }
    public double? Est { get; init; }
    public double? Se { get; init; }
    public Interval? Ci { get; init; }

    /// <summary>z, or t with Hartung-Knapp.</summary>
    public double? Stat { get; init; }

    /// <summary>Degrees of freedom of t; null for z.</summary>
    public int? Df { get; init; }
    public double? P { get; init; }
    public double? Q { get; init; }
    public int? QDf { get; init; }
    public double? Qp { get; init; }

    /// <summary>Percent; from Q or from tau² as <see cref="SynthesisOptions.I2"/> says.</summary>
    public double? I2 { get; init; }
    public double? H2 { get; init; }

    /// <summary>Null where the model has none.</summary>
    public double? Tau2 { get; init; }

    /// <summary>Prediction interval; null with equal effects.</summary>
    public Interval? Pi { get; init; }

    /// <summary>Share of each counted study in percent, in order; null when there are none.</summary>
    public IReadOnlyList<double>? WeightsPercent { get; init; }

    /// <summary>Rows whose counts are in a Mantel-Haenszel or Peto estimate although they have no effect that can be weighed by itself, with their share in percent.</summary>
    public IReadOnlyDictionary<int, double> OnlyInPool { get; init; } = NoRows;

    private static readonly IReadOnlyDictionary<int, double> NoRows = new Dictionary<int, double>();
}

/// <summary>One coefficient of a meta-regression.</summary>
public sealed record Coefficient(string Name, double Est, double Se, double Stat, double? P, Interval? Ci);

/// <summary>A meta-regression.</summary>
/// <param name="Qe">Heterogeneity left over.</param>
/// <param name="Qm">Test of all coefficients but the intercept: chi-squared, or F with Hartung-Knapp.</param>
/// <param name="QmDf2">Second degrees of freedom of F; null for chi-squared.</param>
/// <param name="R2">Percent of tau² accounted for; null with equal effects.</param>
public sealed record Regression(int K, IReadOnlyList<Coefficient> Coefficients, double? Tau2, double Qe, int QeDf, double QeP, double? Qm, int QmDf, int? QmDf2, double? QmP, double? R2, double? I2, double? H2);
