namespace IgLoop.Core.Statistics;

/// <summary>Minimum of a smooth function of a few numbers.</summary>
public static class Minimum
{
    /// <summary>
    /// Nelder and Mead's simplex (Comput J 1965;7:308) to come near, then Newton steps on differences for the last digits; a step that does not lower the function is not taken.
    /// </summary>
    /// <param name="steps">Size of a sensible first step of each number.</param>
    public static double[] Of(Func<double[], double> f, double[] start, double[] steps)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(steps);
        var x = Simplex(f, start, [.. steps.Select(s => s / 2)]);
        x = Polish(f, x, steps, out var settled);
        if (!settled)
        {
            // Lost on a ridge: a fresh, smaller simplex from where it stands, then the last digits again.
            x = Polish(f, Simplex(f, x, [.. steps.Select(s => s / 20)], 1e-11), steps, out _);
        }

        return x;
    }

    private static double[] Simplex(Func<double[], double> f, double[] start, double[] steps, double tolerance = 1e-5)
    {
        var k = start.Length;
        var points = Enumerable.Range(0, k + 1).Select(i => start.Select((v, j) => j == i - 1 ? v + steps[j] : v).ToArray()).Select(p => (P: p, F: f(p))).ToList();
        for (var round = 0; round < 500 * k; round++)
        {
            points.Sort((u, v) => u.F.CompareTo(v.F));
            var worst = points[k];
            if (worst.F - points[0].F < tolerance * (Math.Abs(points[0].F) * 1e-3 + 1e-3))
            {
                break;
            }

            var centre = Enumerable.Range(0, k).Select(j => points.Take(k).Average(p => p.P[j])).ToArray();
            (double[] P, double F) Along(double factor)
            {
                var p = centre.Select((c, j) => c + (factor * (worst.P[j] - c))).ToArray();
                return (p, f(p));
            }

            var mirrored = Along(-1);
            if (mirrored.F < points[0].F)
            {
                var further = Along(-2);
                points[k] = further.F < mirrored.F ? further : mirrored;
            }
            else if (mirrored.F < points[k - 1].F)
            {
                points[k] = mirrored;
            }
            else
            {
                var inside = Along(mirrored.F < worst.F ? -0.5 : 0.5);
                if (inside.F < Math.Min(mirrored.F, worst.F))
                {
                    points[k] = inside;
                }
                else
                {
                    var best = points[0].P;
                    points = [points[0], .. points.Skip(1).Select(p => p.P.Select((v, j) => (v + best[j]) / 2).ToArray()).Select(p => (p, f(p)))];
                }
            }
        }

        return points.MinBy(p => p.F).P;
    }

    private static double[] Polish(Func<double[], double> f, double[] x, double[] steps, out bool settled)
    {
        var k = x.Length;
        var at = f(x);
        settled = false;
        for (var round = 0; round < 12; round++)
        {
            var h = steps.Select((s, j) => 1e-3 * Math.Max(Math.Abs(x[j]), 0.05 * s)).ToArray();
            double Moved(int i, double di, int j = 0, double dj = 0)
            {
                var y = (double[])x.Clone();
                y[i] += di;
                y[j] += dj;
                return f(y);
            }

            var gradient = new double[k];
            var hessian = new double[k, k];
            for (var i = 0; i < k; i++)
            {
                double up = Moved(i, h[i]), down = Moved(i, -h[i]), up2 = Moved(i, 2 * h[i]), down2 = Moved(i, -2 * h[i]);
                gradient[i] = ((8 * (up - down)) - (up2 - down2)) / (12 * h[i]);
                hessian[i, i] = (up + down - (2 * at)) / (h[i] * h[i]);
                for (var j = 0; j < i; j++)
                {
                    hessian[i, j] = hessian[j, i] = (Moved(i, h[i], j, h[j]) - Moved(i, h[i], j, -h[j]) - Moved(i, -h[i], j, h[j]) + Moved(i, -h[i], j, -h[j])) / (4 * h[i] * h[j]);
                }
            }

            double[,] inverse;
            try
            {
                (inverse, _) = SymmetricMatrix.Invert(hessian);
            }
            catch (SingularMatrixException)
            {
                return x;
            }

            var step = Enumerable.Range(0, k).Select(i => -Enumerable.Range(0, k).Sum(j => inverse[i, j] * gradient[j])).ToArray();
            var shrink = 1.0;
            var next = x;
            var value = double.PositiveInfinity;
            for (; shrink > 1e-3; shrink /= 2)
            {
                next = [.. x.Select((v, i) => v + (shrink * step[i]))];
                value = f(next);
                if (value <= at + (1e-13 * Math.Abs(at)))
                {
                    break;
                }
            }

            if (!(value <= at + (1e-13 * Math.Abs(at))))
            {
                return x;
            }

            (x, at) = (next, value);
            if (Enumerable.Range(0, k).All(i => Math.Abs(step[i]) < 1e-8 * Math.Max(Math.Abs(x[i]), 0.05 * steps[i])))
            {
                settled = true;
                return x;
            }
        }

        return x;
    }
}
