namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>
/// Log odds of proportions with a normal spread between studies, by maximum likelihood: the binomial counts as they are, no correction of zeros.
/// Stijnen, Hamza and Özdemir, Stat Med 2010;29:3046. The integral over a study's log odds is by adaptive Gauss-Hermite quadrature with 7 points, as in metafor.
/// </summary>
internal static class LogisticNormal
{
    // Nodes and weights for the weight function exp(−x²), 7 points: Abramowitz and Stegun table 25.10.
    private static readonly IReadOnlyList<double> Nodes = [-2.651961356835233, -1.673551628767471, -0.8162878828589647, 0, 0.8162878828589647, 1.673551628767471, 2.651961356835233];
    private static readonly IReadOnlyList<double> Weights = [0.0009717812450995192, 0.05451558281912703, 0.4256072526101278, 0.8102646175568073, 0.4256072526101278, 0.05451558281912703, 0.0009717812450995192];

    public static Pooled Pool(IReadOnlyList<TrialRow> rows, IReadOnlyList<Effect> effects, SynthesisOptions o)
    {
        var groups = rows.Where(r => r is { X: not null, N: not null }).Select(r => (X: r.X!.Value, N: r.N!.Value)).ToList();
        var events = groups.Sum(g => g.X);
        var people = groups.Sum(g => g.N);
        if (events == 0 || events == people)
        {
            return new Pooled { K = groups.Count };
        }

        var start = Math.Log(events / (people - events));
        double LogLikelihood(double beta, double tau) => groups.Sum(g => OfGroup(g.X, g.N, beta, tau));
        double Best(double tau) => Peak(b => LogLikelihood(b, tau), start - 5, start + 5);
        var atZero = LogLikelihood(start, 0);
        var tau = 0.0;
        for (var reach = 5.0; groups.Count > 1 && reach <= 80; reach *= 4)
        {
            tau = Peak(t => LogLikelihood(Best(t), t), 0, reach);
            if (tau < 0.99 * reach)
            {
                break;
            }
        }

        if (LogLikelihood(Best(tau), tau) <= atZero + 1e-9)
        {
            tau = 0;
        }

        var beta = tau == 0 ? start : Best(tau);
        var se = StandardError(LogLikelihood, beta, tau);
        var z = InverseVariance.Statistic(beta, se);
        return new Pooled
        {
            K = groups.Count,
            Est = beta,
            Se = se,
            Ci = Interval.Around(beta, InverseVariance.Half(se, null, o.Level)!.Value),
            Stat = z,
            P = InverseVariance.PValue(z, null),
            Tau2 = groups.Count > 1 ? tau * tau : null,
            Pi = groups.Count > 1 ? PredictionIntervals.Of(beta, se, tau * tau, groups.Count, o) : null,
        };
    }

    private static double OfGroup(double x, double n, double beta, double tau)
    {
        if (tau == 0)
        {
            return Binomial(x, n, beta);
        }

        // Mode of the joint density in u, eta = beta + tau u, by Newton; then the quadrature is centred and scaled there.
        var u = 0.0;
        double curve;
        for (var i = 0; i < 50; i++)
        {
            var p = 1 / (1 + Math.Exp(-(beta + (tau * u))));
            var step = ((tau * (x - (n * p))) - u) / ((tau * tau * n * p * (1 - p)) + 1);

            // A rare event in many people: a whole step can land where everybody has it, and never find back.
            var here = Joint(u);
            while (Math.Abs(step) > 1e-12 && Joint(u + step) < here - (1e-9 * (1 + Math.Abs(here))))
            {
                step /= 2;
            }

            u += step;
            if (Math.Abs(step) < 1e-12)
            {
                break;
            }
        }

        var at = 1 / (1 + Math.Exp(-(beta + (tau * u))));
        curve = (tau * tau * n * at * (1 - at)) + 1;
        var scale = Math.Sqrt(2 / curve);
        var sum = 0.0;
        var centre = Joint(u);
        for (var j = 0; j < Nodes.Count; j++)
        {
            var v = u + (scale * Nodes[j]);
            sum += Weights[j] * Math.Exp(Joint(v) - centre + (Nodes[j] * Nodes[j]));
        }

        return centre + Math.Log(sum * scale) - (0.5 * Math.Log(2 * Math.PI));

        double Joint(double value) => Binomial(x, n, beta + (tau * value)) - (value * value / 2);
    }

    private static double Binomial(double x, double n, double eta) => (x * eta) - (n * (eta > 0 ? eta + Math.Log(1 + Math.Exp(-eta)) : Math.Log(1 + Math.Exp(eta))));

    /// <summary>Where a function with one peak is highest: golden section, to the precision that a flat top allows.</summary>
    private static double Peak(Func<double, double> f, double low, double high)
    {
        var ratio = (Math.Sqrt(5) - 1) / 2;
        double a = low, b = high, c = b - (ratio * (b - a)), d = a + (ratio * (b - a));
        double fc = f(c), fd = f(d);
        while (b - a > 1e-9)
        {
            if (fc >= fd)
            {
                (b, d, fd) = (d, c, fc);
                c = b - (ratio * (b - a));
                fc = f(c);
            }
            else
            {
                (a, c, fc) = (c, d, fd);
                d = a + (ratio * (b - a));
                fd = f(d);
            }
        }

        return (a + b) / 2;
    }

    /// <summary>From the curvature in beta and tau together; in beta alone at tau = 0, where the two do not mix.</summary>
    private static double StandardError(Func<double, double, double> f, double beta, double tau)
    {
        const double h = 1e-4;
        var bb = (f(beta + h, tau) - (2 * f(beta, tau)) + f(beta - h, tau)) / (h * h);
        if (tau < 2 * h)
        {
            return Math.Sqrt(-1 / bb);
        }

        var tt = (f(beta, tau + h) - (2 * f(beta, tau)) + f(beta, tau - h)) / (h * h);
        var bt = (f(beta + h, tau + h) - f(beta + h, tau - h) - f(beta - h, tau + h) + f(beta - h, tau - h)) / (4 * h * h);
        var determinant = (bb * tt) - (bt * bt);
        return determinant > 0 ? Math.Sqrt(-tt / determinant) : Math.Sqrt(-1 / bb);
    }
}
