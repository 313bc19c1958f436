namespace IgLoop.Core.Statistics;

/// <summary>Roots of a function of one number.</summary>
public static class Roots
{
    /// <summary>
    /// The root between two points of opposite sign, to machine precision: Brent's method (Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4).
    /// </summary>
    /// <exception cref="ArgumentException">The function has the same sign at both ends.</exception>
    public static double Bracketed(Func<double, double> f, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(f);
        double a = low, b = high, fa = f(a), fb = f(b);
        if (fa == 0)
        {
            return a;
        }

        if (fb != 0 && Math.Sign(fa) == Math.Sign(fb))
        {
            throw new ArgumentException("The function has the same sign at both ends; there may be no root between them.", nameof(high));
        }

        double c = a, fc = fa, d = b - a, e = d;
        for (var i = 0; i < 500 && fb != 0; i++)
        {
            if (Math.Sign(fb) == Math.Sign(fc))
            {
                (c, fc, d) = (a, fa, b - a);
                e = d;
            }

            if (Math.Abs(fc) < Math.Abs(fb))
            {
                (a, b, c, fa, fb, fc) = (b, c, b, fb, fc, fb);
            }

            var tolerance = 2.5e-16 * Math.Abs(b);
            var m = (c - b) / 2;
            if (Math.Abs(m) <= tolerance || m == 0)
            {
                break;
            }

            (d, e) = Math.Abs(e) >= tolerance && Math.Abs(fa) > Math.Abs(fb) ? Step(a, b, c, fa, fb, fc, m, tolerance, d, e) : (m, m);
            (a, fa) = (b, fb);
            b += Math.Abs(d) > tolerance ? d : Math.CopySign(Math.Max(tolerance, double.Epsilon), m);
            fb = f(b);
        }

        return b;
    }

    private static (double D, double E) Step(double a, double b, double c, double fa, double fb, double fc, double m, double tolerance, double d, double e)
    {
        double p, q;
        var s = fb / fa;
        if (a == c)
        {
            p = 2 * m * s;
            q = 1 - s;
        }
        else
        {
            var u = fa / fc;
            var r = fb / fc;
            p = s * ((2 * m * u * (u - r)) - ((b - a) * (r - 1)));
            q = (u - 1) * (r - 1) * (s - 1);
        }

        q = p > 0 ? -q : q;
        p = Math.Abs(p);
        return 2 * p < Math.Min((3 * m * q) - Math.Abs(tolerance * q), Math.Abs(e * q)) ? (p / q, d) : (m, m);
    }
}
