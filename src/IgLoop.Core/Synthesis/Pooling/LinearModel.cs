using IgLoop.Core.Statistics;

namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>Weighted least squares of effects on a design; with a column of ones only, the weighted mean.</summary>
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
        for (var i = 0; i < K; i++)
        {
            w[i] = weight(i);
        }

        var (inverse, log) = SymmetricMatrix.Invert(Cross(i => w[i]));
        var right = new double[P];
        for (var i = 0; i < K; i++)
        {
            for (var j = 0; j < P; j++)
            {
                right[j] += X[i][j] * w[i] * Y[i];
            }
        }

        var beta = new double[P];
        for (var j = 0; j < P; j++)
        {
            for (var m = 0; m < P; m++)
            {
                beta[j] += inverse[j, m] * right[m];
            }
        }

        var residual = new double[K];
        var rss = 0.0;
        for (var i = 0; i < K; i++)
        {
            residual[i] = Y[i] - Dot(X[i], beta);
            rss += w[i] * residual[i] * residual[i];
        }

        return new(beta, inverse, log, w, residual, rss);
    }

    /// <summary>X' diag(d) X.</summary>
    public double[,] Cross(Func<int, double> d)
    {
        var m = new double[P, P];
        for (var i = 0; i < K; i++)
        {
            var weight = d(i);
            for (var a = 0; a < P; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    m[a, b] += X[i][a] * weight * X[i][b];
                }
            }
        }

        for (var a = 0; a < P; a++)
        {
            for (var b = a + 1; b < P; b++)
            {
                m[a, b] = m[b, a];
            }
        }

        return m;
    }

    /// <summary>Trace of P = W − W X (X'WX)⁻¹ X'W.</summary>
    public double TraceP(Solution s) => s.W.Sum() - TraceOfProduct(s.Inverse, Cross(i => s.W[i] * s.W[i]));

    /// <summary>Trace of P P.</summary>
    public double TracePP(Solution s)
    {
        var square = Multiply(s.Inverse, Cross(i => s.W[i] * s.W[i]));
        return s.W.Sum(w => w * w) - (2 * TraceOfProduct(s.Inverse, Cross(i => s.W[i] * s.W[i] * s.W[i]))) + TraceOfProduct(square, square);
    }

    internal static double TraceOfProduct(double[,] a, double[,] b)
    {
        var t = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
            {
                t += a[i, j] * b[j, i];
            }
        }

        return t;
    }

    internal static double Dot(double[] a, double[] b)
    {
        var s = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            s += a[i] * b[i];
        }

        return s;
    }

    private static double[,] Multiply(double[,] a, double[,] b)
    {
        var n = a.GetLength(0);
        var m = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var l = 0; l < n; l++)
                {
                    m[i, j] += a[i, l] * b[l, j];
                }
            }
        }

        return m;
    }
}

/// <param name="Inverse">(X'WX)⁻¹, the covariance of the coefficients when the weights are right.</param>
/// <param name="LogDeterminant">Logarithm of the determinant of X'WX.</param>
/// <param name="Rss">Weighted residual sum of squares.</param>
internal sealed record Solution(double[] Beta, double[,] Inverse, double LogDeterminant, double[] W, double[] Residual, double Rss);
