namespace IgLoop.Core.Statistics;

/// <summary>Inverse and determinant of small symmetric positive definite matrices by Cholesky decomposition.</summary>
public static class SymmetricMatrix
{
    /// <summary>The inverse and the natural logarithm of the determinant.</summary>
    /// <exception cref="SingularMatrixException">The matrix is not positive definite, for example because two columns of a design say the same.</exception>
    public static (double[,] Inverse, double LogDeterminant) Invert(double[,] a)
    {
        ArgumentNullException.ThrowIfNull(a);
        var n = a.GetLength(0);
        var l = new double[n, n];
        var log = 0.0;
        for (var j = 0; j < n; j++)
        {
            var d = a[j, j];
            for (var m = 0; m < j; m++)
            {
                d -= l[j, m] * l[j, m];
            }

            if (!(d > 1e-13 * Math.Abs(a[j, j])))
            {
                throw new SingularMatrixException();
            }

            l[j, j] = Math.Sqrt(d);
            log += Math.Log(d);
            for (var i = j + 1; i < n; i++)
            {
                var s = a[i, j];
                for (var m = 0; m < j; m++)
                {
                    s -= l[i, m] * l[j, m];
                }

                l[i, j] = s / l[j, j];
            }
        }

        return (InverseFrom(l), log);
    }

    private static double[,] InverseFrom(double[,] l)
    {
        var n = l.GetLength(0);
        var inverse = new double[n, n];
        var x = new double[n];
        for (var c = 0; c < n; c++)
        {
            for (var i = 0; i < n; i++)
            {
                var s = i == c ? 1.0 : 0;
                for (var m = 0; m < i; m++)
                {
                    s -= l[i, m] * x[m];
                }

                x[i] = s / l[i, i];
            }

            for (var i = n - 1; i >= 0; i--)
            {
                var s = x[i];
                for (var m = i + 1; m < n; m++)
                {
                    s -= l[m, i] * x[m];
                }

                x[i] = s / l[i, i];
                inverse[i, c] = x[i];
            }
        }

        return inverse;
    }
}

/// <summary>A matrix that must be inverted is singular.</summary>
public sealed class SingularMatrixException() : Exception("The columns of the design are not independent: one can be computed from the others.");
