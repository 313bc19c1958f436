using IgLoop.Core.Statistics;

namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>
/// Weighted least squares of effects on a design; with a column of ones only, the weighted mean. Solved on orthonormal columns and not by the normal
/// equations, which would square the condition of a design such as ones beside calendar years and lose the last six digits.
/// </summary>
internal sealed class LinearModel(double[] y, double[] v, double[][] x)
{
    public double[] Y { get; } = y;

    public double[] V { get; } = v;

    /// <summary>Rows of the design, one a study.</summary>
    public double[][] X { get; } = x;

    public int K { get; } = y.Length;

    public int P { get; } = x.Length == 0 ? 1 : x[0].Length;

    public static LinearModel Mean(double[] y, double[] v) => new(y, v, [.. y.Select(_ => new[] { 1.0 })]);

    /// <summary>Coefficients with weight 1/(v + tau2).</summary>
    public Solution At(double tau2) => Solve(i => 1 / (V[i] + tau2));

    /// <exception cref="SingularMatrixException">Columns of the design are not independent.</exception>
    public Solution Solve(Func<int, double> weight)
    {
        var w = new double[K];
        var root = new double[K];
        for (var i = 0; i < K; i++)
        {
            w[i] = weight(i);
            root[i] = Math.Sqrt(w[i]);
        }

        var (q, r) = Orthonormal(root);
        var scaled = new double[K];
        for (var i = 0; i < K; i++)
        {
            scaled[i] = root[i] * Y[i];
        }

        var right = new double[P];
        for (var j = 0; j < P; j++)
        {
            right[j] = Dot(q[j], scaled);
        }

        var residual = new double[K];
        var rss = 0.0;
        for (var i = 0; i < K; i++)
        {
            var left = scaled[i];
            for (var j = 0; j < P; j++)
            {
                left -= q[j][i] * right[j];
            }

            residual[i] = left / root[i];
            rss += left * left;
        }

        var inverse = InverseOf(r);
        var beta = new double[P];
        var log = 0.0;
        for (var j = 0; j < P; j++)
        {
            for (var m = j; m < P; m++)
            {
                beta[j] += inverse[j, m] * right[m];
            }

            log += 2 * Math.Log(r[j, j]);
        }

        return new(beta, TimesTransposed(inverse), log, w, q, residual, rss);
    }

    /// <summary>Gram and Schmidt, each column twice, which keeps them orthogonal to the last digits: root X = q r.</summary>
    private (double[][] Q, double[,] R) Orthonormal(double[] root)
    {
        var q = new double[P][];
        var r = new double[P, P];
        for (var j = 0; j < P; j++)
        {
            var column = new double[K];
            for (var i = 0; i < K; i++)
            {
                column[i] = root[i] * X[i][j];
            }

            var whole = Math.Sqrt(Dot(column, column));
            for (var pass = 0; pass < 2; pass++)
            {
                for (var m = 0; m < j; m++)
                {
                    var along = Dot(q[m], column);
                    r[m, j] += along;
                    for (var i = 0; i < K; i++)
                    {
                        column[i] -= along * q[m][i];
                    }
                }
            }

            var left = Math.Sqrt(Dot(column, column));
            if (!(left > 1e-10 * whole) || !double.IsFinite(left))
            {
                throw new SingularMatrixException();
            }

            r[j, j] = left;
            for (var i = 0; i < K; i++)
            {
                column[i] /= left;
            }

            q[j] = column;
        }

        return (q, r);
    }

    private static double[,] InverseOf(double[,] upper)
    {
        var n = upper.GetLength(0);
        var inverse = new double[n, n];
        for (var c = 0; c < n; c++)
        {
            inverse[c, c] = 1 / upper[c, c];
            for (var i = c - 1; i >= 0; i--)
            {
                var s = 0.0;
                for (var m = i + 1; m <= c; m++)
                {
                    s -= upper[i, m] * inverse[m, c];
                }

                inverse[i, c] = s / upper[i, i];
            }
        }

        return inverse;
    }

    private static double[,] TimesTransposed(double[,] upper)
    {
        var n = upper.GetLength(0);
        var product = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var m = Math.Max(i, j); m < n; m++)
                {
                    product[i, j] += upper[i, m] * upper[j, m];
                }
            }
        }

        return product;
    }

    private static double Dot(double[] a, double[] b)
    {
        var s = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            s += a[i] * b[i];
        }

        return s;
    }
}

/// <param name="Inverse">(X'WX)⁻¹, the covariance of the coefficients when the weights are right.</param>
/// <param name="LogDeterminant">Logarithm of the determinant of X'WX.</param>
/// <param name="Q">Orthonormal columns that span √W X, one array a column.</param>
/// <param name="Rss">Weighted residual sum of squares.</param>
internal sealed record Solution(double[] Beta, double[,] Inverse, double LogDeterminant, double[] W, double[][] Q, double[] Residual, double Rss)
{
    /// <summary>Trace of P = W − W X (X'WX)⁻¹ X'W.</summary>
    public double TraceP => Unexplained(W);

    /// <summary>Sum of values, each less the part that the design explains of its study (its leverage).</summary>
    public double Unexplained(double[] values)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * (1 - Leverage(i));
        }

        return sum;
    }

    /// <summary>Trace of P P.</summary>
    public double TracePP()
    {
        var sum = 0.0;
        for (var i = 0; i < W.Length; i++)
        {
            sum += W[i] * W[i] * (1 - (2 * Leverage(i)));
        }

        foreach (var a in Q)
        {
            foreach (var b in Q)
            {
                var m = 0.0;
                for (var i = 0; i < W.Length; i++)
                {
                    m += a[i] * W[i] * b[i];
                }

                sum += m * m;
            }
        }

        return sum;
    }

    private double Leverage(int i)
    {
        var h = 0.0;
        foreach (var column in Q)
        {
            h += column[i] * column[i];
        }

        return h;
    }
}
