namespace IgLoop.Core.Statistics;

/// <summary>
/// The same logistic regression for thousands of samples of one cohort, as a bootstrap asks: columns are scaled once, a sample is told by how often each patient
/// was drawn, and the iteration starts from the fit of all. It is for fitted chances only; <see cref="Logistic"/> gives coefficients and their errors.
/// </summary>
public sealed class RepeatedLogistic
{
    private const int MostRounds = 60;

    /// <summary>A coefficient this large, in standard deviations of its column, is on its way to infinity: the sample separates the groups.</summary>
    private const double Infinite = 30;

    private readonly int columns;
    private readonly double[] x;
    private readonly bool[] y;
    private readonly double[] start;
    private readonly double[] beta;
    private readonly double[] step;
    private readonly double[] information;

    /// <param name="outcome">What is modelled, one a patient.</param>
    /// <param name="rows">Covariates of each patient, without the intercept.</param>
    /// <param name="all">The fit of all patients.</param>
    public RepeatedLogistic(IReadOnlyList<bool> outcome, IReadOnlyList<IReadOnlyList<double>> rows, Logistic all)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(all);
        var p = rows[0].Count;
        columns = p + 1;
        double[] centre = [.. Enumerable.Range(0, p).Select(j => rows.Average(r => r[j]))], spread = [.. Enumerable.Range(0, p).Select(j => Math.Sqrt(rows.Average(r => (r[j] - centre[j]) * (r[j] - centre[j]))))];
        y = [.. outcome];
        x = [.. rows.SelectMany(r => r.Select((v, j) => (v - centre[j]) / spread[j]).Prepend(1))];
        start = [all.Coefficients[0] + Enumerable.Range(0, p).Sum(j => all.Coefficients[j + 1] * centre[j]), .. Enumerable.Range(0, p).Select(j => all.Coefficients[j + 1] * spread[j])];
        (beta, step, information) = (new double[columns], new double[columns], new double[columns * columns]);
    }

    /// <summary>Works out the fitted chance of every patient, also of those who were not drawn.</summary>
    /// <param name="times">How often each patient was drawn.</param>
    /// <returns>False when the sample has one outcome only, separates the groups, or cannot tell its columns apart.</returns>
    public bool Fit(ReadOnlySpan<int> times, Span<double> fitted)
    {
        start.CopyTo(beta, 0);
        if (!Iterate(times))
        {
            // The fit of all may be a bad start for a strange sample; 0 is a slow but safe one.
            Array.Clear(beta);
            if (!Iterate(times))
            {
                return false;
            }
        }

        for (var i = 0; i < y.Length; i++)
        {
            fitted[i] = Expected(i);
        }

        return true;
    }

    private bool Iterate(ReadOnlySpan<int> times)
    {
        var last = double.MaxValue;
        for (var round = 0; round < MostRounds; round++)
        {
            var deviance = Derivatives(times);
            if (!Solve() || deviance < 1e-6)
            {
                return false;
            }

            var largest = 0.0;
            for (var j = 0; j < columns; j++)
            {
                beta[j] += step[j];
                largest = Math.Max(largest, Math.Abs(step[j]));
                if (!(Math.Abs(beta[j]) <= Infinite))
                {
                    return false;
                }
            }

            // Newton's steps square their error: after one this small nothing is left to gain. A coefficient that runs away on behalf of a few patients
            // keeps its steps, and what is fitted has long settled.
            if (largest < 1e-9 || Math.Abs(last - deviance) < 1e-13 * (deviance + 0.1))
            {
                return true;
            }

            last = deviance;
        }

        return false;
    }

    /// <summary>Gradient into <see cref="step"/>, lower half of the information into <see cref="information"/>; returns the deviance.</summary>
    private double Derivatives(ReadOnlySpan<int> times)
    {
        Array.Clear(step);
        Array.Clear(information);
        var deviance = 0.0;
        for (var i = 0; i < y.Length; i++)
        {
            if (times[i] == 0)
            {
                continue;
            }

            var mu = Expected(i);
            double off = times[i] * ((y[i] ? 1 : 0) - mu), weight = times[i] * mu * (1 - mu);
            deviance -= 2 * times[i] * Math.Log(Math.Max(y[i] ? mu : 1 - mu, 1e-300));
            var row = x.AsSpan(i * columns, columns);
            for (var j = 0; j < columns; j++)
            {
                step[j] += row[j] * off;
                var part = weight * row[j];
                for (var m = 0; m <= j; m++)
                {
                    information[(j * columns) + m] += part * row[m];
                }
            }
        }

        return deviance;
    }

    /// <summary>Cholesky's decomposition in place, then the step; false when the matrix is singular to working accuracy.</summary>
    private bool Solve()
    {
        var a = information;
        for (var j = 0; j < columns; j++)
        {
            var whole = a[(j * columns) + j];
            for (var i = j; i < columns; i++)
            {
                var sum = a[(i * columns) + j];
                for (var m = 0; m < j; m++)
                {
                    sum -= a[(i * columns) + m] * a[(j * columns) + m];
                }

                if (i == j && !(sum > 1e-12 * whole))
                {
                    return false;
                }

                a[(i * columns) + j] = i == j ? Math.Sqrt(sum) : sum / a[(j * columns) + j];
            }
        }

        for (var i = 0; i < columns; i++)
        {
            for (var m = 0; m < i; m++)
            {
                step[i] -= a[(i * columns) + m] * step[m];
            }

            step[i] /= a[(i * columns) + i];
        }

        for (var i = columns - 1; i >= 0; i--)
        {
            for (var m = i + 1; m < columns; m++)
            {
                step[i] -= a[(m * columns) + i] * step[m];
            }

            step[i] /= a[(i * columns) + i];
        }

        return true;
    }

    private double Expected(int patient)
    {
        var row = x.AsSpan(patient * columns, columns);
        var eta = 0.0;
        for (var j = 0; j < columns; j++)
        {
            eta += row[j] * beta[j];
        }

        return 1 / (1 + Math.Exp(-eta));
    }
}
