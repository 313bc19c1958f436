namespace IgLoop.Core.Statistics;

/// <summary>Logistic regression by maximum likelihood (iteratively reweighted least squares).</summary>
/// <param name="Coefficients">Intercept first, then one a column.</param>
/// <param name="Separated">True when a combination of the columns tells the groups apart without error: coefficients have no finite value.</param>
public sealed record Logistic(IReadOnlyList<double> Coefficients, IReadOnlyList<double> StandardErrors, double Deviance, IReadOnlyList<double> Fitted, bool Separated)
{
    /// <param name="outcome">What is modelled, for example "was given high dose".</param>
    /// <param name="rows">Covariates of each patient, without the intercept.</param>
    /// <exception cref="SingularMatrixException">A column can be computed from the others.</exception>
    public static Logistic Of(IReadOnlyList<bool> outcome, IReadOnlyList<IReadOnlyList<double>> rows)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(rows);
        if (outcome.Count != rows.Count || outcome.Count == 0 || outcome.All(o => o) || outcome.All(o => !o))
        {
            throw new ArgumentException("Both outcomes must occur, with one row of covariates each.", nameof(outcome));
        }

        // Columns are standardised for the iteration and coefficients taken back, so that grams and points of a score do not spoil the arithmetic.
        var p = rows[0].Count;
        var centre = Enumerable.Range(0, p).Select(j => rows.Average(r => r[j])).ToArray();
        var spread = Enumerable.Range(0, p).Select(j => Math.Sqrt(rows.Average(r => (r[j] - centre[j]) * (r[j] - centre[j])))).ToArray();
        if (spread.Any(s => s == 0))
        {
            throw new SingularMatrixException();
        }

        var x = rows.Select(r => (double[])[1, .. r.Select((v, j) => (v - centre[j]) / spread[j])]).ToArray();
        var beta = new double[p + 1];
        double[,] covariance = new double[p + 1, p + 1];
        double deviance = double.MaxValue;
        var separated = false;
        for (var round = 0; round < 60; round++)
        {
            var (gradient, information, now) = Derivatives(x, outcome, beta);
            try
            {
                (covariance, _) = SymmetricMatrix.Invert(information);
            }
            catch (SingularMatrixException) when (round > 0)
            {
                separated = true;
                break;
            }

            for (var j = 0; j <= p; j++)
            {
                for (var m = 0; m <= p; m++)
                {
                    beta[j] += covariance[j, m] * gradient[m];
                }
            }

            if (beta.Any(b => Math.Abs(b) > 30))
            {
                separated = true;
                break;
            }

            var change = Math.Abs(deviance - now);
            deviance = now;
            if (change < 1e-13 * (Math.Abs(now) + 0.1))
            {
                break;
            }
        }

        var fitted = x.Select(r => Expected(r, beta)).ToArray();
        var (_, final, last) = Derivatives(x, outcome, beta);
        covariance = separated ? covariance : SymmetricMatrix.Invert(final).Inverse;
        return Unscaled(beta, covariance, centre, spread, last, fitted, separated || last < 1e-6);
    }

    private static Logistic Unscaled(double[] beta, double[,] covariance, double[] centre, double[] spread, double deviance, double[] fitted, bool separated)
    {
        var p = centre.Length;
        double[] back = [beta[0] - Enumerable.Range(0, p).Sum(j => beta[j + 1] * centre[j] / spread[j]), .. Enumerable.Range(0, p).Select(j => beta[j + 1] / spread[j])];

        // The intercept of the original columns is b0 - sum b_j c_j / s_j: its variance needs the whole matrix.
        double[] contrast = [1, .. Enumerable.Range(0, p).Select(j => -centre[j] / spread[j])];
        var variance = 0.0;
        for (var i = 0; i <= p; i++)
        {
            for (var j = 0; j <= p; j++)
            {
                variance += contrast[i] * covariance[i, j] * contrast[j];
            }
        }

        double[] se = [Math.Sqrt(variance), .. Enumerable.Range(0, p).Select(j => Math.Sqrt(covariance[j + 1, j + 1]) / spread[j])];
        return new(back, se, deviance, fitted, separated);
    }

    private static (double[] Gradient, double[,] Information, double Deviance) Derivatives(double[][] x, IReadOnlyList<bool> y, double[] beta)
    {
        var k = beta.Length;
        var gradient = new double[k];
        var information = new double[k, k];
        double deviance = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var mu = Expected(x[i], beta);
            var off = (y[i] ? 1 : 0) - mu;
            deviance -= 2 * Math.Log(Math.Max(y[i] ? mu : 1 - mu, 1e-300));
            for (var j = 0; j < k; j++)
            {
                gradient[j] += x[i][j] * off;
                for (var m = 0; m < k; m++)
                {
                    information[j, m] += x[i][j] * x[i][m] * mu * (1 - mu);
                }
            }
        }

        return (gradient, information, deviance);
    }

    private static double Expected(double[] row, double[] beta)
    {
        var eta = 0.0;
        for (var j = 0; j < row.Length; j++)
        {
            eta += row[j] * beta[j];
        }

        return 1 / (1 + Math.Exp(-eta));
    }
}

/// <summary>Weights and balance of two groups that were not drawn by lot.</summary>
public static class Balance
{
    /// <summary>
    /// Overlap weights (Li, Morgan and Zaslavsky, JASA 2018;113:390): a patient weighs as much as the chance of having been in the other group,
    /// so that the comparison is about those who might have been given either.
    /// </summary>
    public static double[] OverlapWeights(IReadOnlyList<bool> treated, IReadOnlyList<double> propensity) => [.. treated.Select((t, i) => t ? 1 - propensity[i] : propensity[i])];

    /// <summary>Weighted mean of the first group minus that of the second, over the pooled unweighted standard deviation (Austin, Stat Med 2009;28:3083); null when neither group varies.</summary>
    /// <param name="weights">Null: all the same.</param>
    public static double? StandardisedDifference(IReadOnlyList<double> values, IReadOnlyList<bool> treated, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(treated);
        var a = Enumerable.Range(0, values.Count).Where(i => treated[i]).ToArray();
        var b = Enumerable.Range(0, values.Count).Where(i => !treated[i]).ToArray();
        if (a.Length < 2 || b.Length < 2)
        {
            return null;
        }

        var pooled = (Sample.Variance([.. a.Select(i => values[i])]) + Sample.Variance([.. b.Select(i => values[i])])) / 2;
        return pooled > 0 ? (WeightedMean(a, values, weights) - WeightedMean(b, values, weights)) / Math.Sqrt(pooled) : null;
    }

    private static double WeightedMean(int[] who, IReadOnlyList<double> values, IReadOnlyList<double>? weights) => weights is null ? who.Average(i => values[i]) : who.Sum(i => values[i] * weights[i]) / who.Sum(i => weights[i]);
}
