namespace IgLoop.Core.Statistics;

/// <summary>Deviance of a mixed model as a function of the relative covariance factor alone; sums per patient are made once.</summary>
internal sealed class ProfiledDeviance
{
    private readonly bool slope;
    private readonly bool reml;
    private readonly int p;
    private readonly int n;
    private readonly double shift;
    private readonly double yy;
    private readonly double[,] xx;
    private readonly double[] xy;

    // For each patient, one after the other: count, sum of times, of squares, then Z'X by rows, then Z'y.
    private readonly double[] sums;
    private readonly int width;

    public ProfiledDeviance(IReadOnlyList<Repeated> values, IReadOnlyList<IReadOnlyList<double>>? covariates, bool slope, bool reml)
    {
        this.slope = slope;
        this.reml = reml;
        n = values.Count;
        p = 2 + (covariates is { Count: > 0 } ? covariates[0].Count : 0);

        // The mean of the values is taken out and given back to the intercept: sums of squares keep their digits.
        shift = values.Average(v => v.Value);
        xx = new double[p, p];
        xy = new double[p];
        width = 3 + (2 * p) + 2;
        var place = new Dictionary<int, int>();
        foreach (var v in values)
        {
            place.TryAdd(v.Patient, place.Count);
        }

        sums = new double[place.Count * width];
        var row = new double[p];
        for (var i = 0; i < n; i++)
        {
            var (t, y) = (values[i].Time, values[i].Value - shift);
            (row[0], row[1]) = (1, t);
            for (var j = 2; j < p; j++)
            {
                row[j] = covariates![i][j - 2];
            }

            var at = place[values[i].Patient] * width;
            sums[at]++;
            sums[at + 1] += t;
            sums[at + 2] += t * t;
            for (var j = 0; j < p; j++)
            {
                sums[at + 3 + j] += row[j];
                sums[at + 3 + p + j] += t * row[j];
                xy[j] += row[j] * y;
                for (var m = 0; m < p; m++)
                {
                    xx[j, m] += row[j] * row[m];
                }
            }

            sums[at + width - 2] += y;
            sums[at + width - 1] += t * y;
            yy += y * y;
        }

        var mean = values.Average(v => v.Time);
        TimeScale = Math.Max(1e-9, Math.Sqrt(values.Average(v => (v.Time - mean) * (v.Time - mean))));
    }

    /// <summary>Spread of the times, by which steps in the factor of the slope are scaled.</summary>
    public double TimeScale { get; }

    /// <summary>Minus twice the (restricted) log-likelihood.</summary>
    public double At(double[] theta)
    {
        var (logL, inner, right, rest) = Reduce(theta);
        var (inverse, logX) = SymmetricMatrix.Invert(inner);
        var rss = Math.Max(1e-300, rest - Quadratic(inverse, right));
        double df = reml ? n - p : n;

        // SymmetricMatrix counts log of the Cholesky diagonal of inner squared, that is log of its determinant.
        return logL + (reml ? logX : 0) + (df * (1 + Math.Log(2 * Math.PI * rss / df)));
    }

    public (double[] Beta, double[] StandardErrors, double Sigma2) Fit(double[] theta)
    {
        var (_, inner, right, rest) = Reduce(theta);
        var (inverse, _) = SymmetricMatrix.Invert(inner);
        var beta = new double[p];
        for (var j = 0; j < p; j++)
        {
            for (var m = 0; m < p; m++)
            {
                beta[j] += inverse[j, m] * right[m];
            }
        }

        var sigma2 = (rest - Quadratic(inverse, right)) / (reml ? n - p : n);
        var se = Enumerable.Range(0, p).Select(j => Math.Sqrt(sigma2 * inverse[j, j])).ToArray();
        beta[0] += shift;
        return (beta, se, sigma2);
    }

    private static double Quadratic(double[,] a, double[] v)
    {
        var sum = 0.0;
        for (var j = 0; j < v.Length; j++)
        {
            for (var m = 0; m < v.Length; m++)
            {
                sum += v[j] * a[j, m] * v[m];
            }
        }

        return sum;
    }

    /// <summary>Takes the random effects out patient by patient: log determinant, X'X, X'y and y'y that remain.</summary>
    private (double LogL, double[,] Inner, double[] Right, double Remaining) Reduce(double[] theta)
    {
        double a = theta[0], b = slope ? theta[1] : 0, c = slope ? theta[2] : 0, logL = 0, rest = yy;
        var inner = (double[,])xx.Clone();
        var right = (double[])xy.Clone();
        Span<double> u = stackalloc double[p];
        Span<double> w = stackalloc double[p];
        for (var at = 0; at < sums.Length; at += width)
        {
            double m = sums[at], t = sums[at + 1], tt = sums[at + 2], y = sums[at + width - 2], ty = sums[at + width - 1];

            // Λ'Z'ZΛ + I and its Cholesky factor, written out for two random effects.
            var g11 = (a * a * m) + (2 * a * b * t) + (b * b * tt) + 1;
            var g21 = c * ((a * t) + (b * tt));
            var g22 = (c * c * tt) + 1;
            var l11 = Math.Sqrt(g11);
            var l21 = g21 / l11;
            var l22 = Math.Sqrt(g22 - (l21 * l21));
            logL += 2 * Math.Log(l11 * l22);
            var y1 = ((a * y) + (b * ty)) / l11;
            var y2 = ((c * ty) - (l21 * y1)) / l22;
            rest -= (y1 * y1) + (y2 * y2);
            for (var j = 0; j < p; j++)
            {
                double zx = sums[at + 3 + j], tx = sums[at + 3 + p + j];
                u[j] = ((a * zx) + (b * tx)) / l11;
                w[j] = ((c * tx) - (l21 * u[j])) / l22;
                right[j] -= (u[j] * y1) + (w[j] * y2);
                for (var k = 0; k <= j; k++)
                {
                    inner[j, k] -= (u[j] * u[k]) + (w[j] * w[k]);
                }
            }
        }

        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < j; k++)
            {
                inner[k, j] = inner[j, k];
            }
        }

        return (logL, inner, right, rest);
    }
}
