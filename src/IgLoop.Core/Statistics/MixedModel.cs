namespace IgLoop.Core.Statistics;

/// <summary>One value of one patient at one time.</summary>
public readonly record struct Repeated(int Patient, double Time, double Value);

/// <summary>
/// Linear mixed model of a value over time: fixed intercept, slope and covariates; random intercept, and slope if asked, per patient.
/// Fitted as lme4 does, by the profiled deviance (Bates, Mächler, Bolker and Walker, J Stat Softw 2015;67(1), section 3.4).
/// </summary>
/// <param name="Fixed">Intercept, slope, then the covariates.</param>
/// <param name="VarianceIntercept">Between patients, of the value at time 0.</param>
/// <param name="ResidualVariance">Within patients.</param>
/// <param name="Criterion">Minus twice the log-likelihood, restricted for REML.</param>
/// <param name="Singular">A variance is 0 or the random intercept and slope are wholly correlated: the data do not support this much.</param>
public sealed record MixedModel(bool Reml, bool RandomSlope, int Values, int Patients, IReadOnlyList<double> Fixed, IReadOnlyList<double> StandardErrors, double VarianceIntercept, double VarianceSlope, double Covariance, double ResidualVariance, double Criterion, bool Singular)
{
    public double Correlation => VarianceIntercept > 0 && VarianceSlope > 0 ? Covariance / Math.Sqrt(VarianceIntercept * VarianceSlope) : double.NaN;

    /// <summary>Parameters that count in AIC and BIC: fixed effects, random (co)variances, residual variance.</summary>
    public int Parameters => Fixed.Count + (RandomSlope ? 3 : 1) + 1;

    public double Aic => Criterion + (2 * Parameters);

    public double Bic => Criterion + (Math.Log(Values) * Parameters);

    /// <summary>Wald interval of a fixed effect.</summary>
    public Interval IntervalOf(int effect, double level = 0.95)
    {
        var half = Distributions.NormalQuantile(1 - ((1 - level) / 2)) * StandardErrors[effect];
        return new(Fixed[effect] - half, Fixed[effect] + half);
    }

    /// <param name="values">At least two patients, and one patient with two times.</param>
    /// <param name="covariates">For each value, what else is in the fixed part; null: nothing.</param>
    /// <exception cref="ArgumentException">Too few values for the model.</exception>
    /// <exception cref="SingularMatrixException">A column of the fixed part can be computed from the others, for example when every value has the same time.</exception>
    public static MixedModel Of(IReadOnlyList<Repeated> values, bool randomSlope, bool reml = true, IReadOnlyList<IReadOnlyList<double>>? covariates = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        var patients = values.Select(v => v.Patient).Distinct().Count();
        var columns = 2 + (covariates is { Count: > 0 } ? covariates[0].Count : 0);
        if (patients < 2 || values.Count <= patients + (randomSlope ? columns : 1))
        {
            throw new ArgumentException($"The mixed model needs at least two patients and more values than {values.Count} of {patients}.", nameof(values));
        }

        var deviance = new ProfiledDeviance(values, covariates, randomSlope, reml);
        double[] start = randomSlope ? [1, 0, 0.3 / deviance.TimeScale] : [1];
        var theta = Minimum.Of(deviance.At, start, randomSlope ? [1, 1 / deviance.TimeScale, 1 / deviance.TimeScale] : [1]);
        var fit = deviance.Fit(theta);
        var (l11, l21, l22) = (theta[0], randomSlope ? theta[1] : 0, randomSlope ? theta[2] : 0);
        return new(
            reml,
            randomSlope,
            values.Count,
            patients,
            fit.Beta,
            fit.StandardErrors,
            fit.Sigma2 * l11 * l11,
            fit.Sigma2 * ((l21 * l21) + (l22 * l22)),
            fit.Sigma2 * l11 * l21,
            fit.Sigma2,
            deviance.At(theta),
            Math.Abs(l11) < 1e-4 || (randomSlope && Math.Abs(l22) * deviance.TimeScale < 1e-4));
    }
}
