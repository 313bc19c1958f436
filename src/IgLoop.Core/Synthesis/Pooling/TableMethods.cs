using IgLoop.Core.Statistics;
using IgLoop.Core.Synthesis.Effects;

namespace IgLoop.Core.Synthesis.Pooling;

/// <summary>Mantel and Haenszel 1959 with the variances of Robins, Breslow and Greenland 1986 (OR), Greenland and Robins 1985 (RR), Sato 1989 (RD); Peto, Yusuf et al. 1985.</summary>
internal static class TableMethods
{
    public static Pooled MantelHaenszel(IReadOnlyList<TrialRow> rows, IReadOnlyList<Effect> effects, SynthesisOptions o)
    {
        var t = Table.ForPooling(rows, o).Where(x => x.Usable is null).ToList();
        var (est, se, weights) = o.Measure switch
        {
            Measure.OR => OddsRatio(t),
            Measure.RR => RiskRatio(t),
            _ => RiskDifference(t),
        };
        var counted = effects.Where(e => e.Counted).ToList();
        var q = est is { } b ? counted.Sum(e => (e.Y!.Value - b) * (e.Y!.Value - b) / e.V!.Value) : (double?)null;
        return Result(est, se, q, counted.Count, counted.Count, o).WithShares(weights, t, x => Informs(x, o), counted);
    }

    /// <summary>Whether a table moves the estimate: without an event on either side it says nothing of a ratio.</summary>
    private static bool Informs(Table x, SynthesisOptions o) => o.Measure switch
    {
        Measure.RD => true,
        Measure.RR => x.A + x.C > 0,
        _ => x.A + x.C > 0 && x.B + x.D > 0,
    };

    public static Pooled Peto(IReadOnlyList<TrialRow> rows, IReadOnlyList<Effect> effects, SynthesisOptions o)
    {
        var t = Table.ForPooling(rows, o).Where(x => x.Usable is null && x.Hypergeometric > 0).ToList();
        var sum = t.Sum(x => x.Hypergeometric);
        var counted = effects.Where(e => e.Counted).ToList();
        if (!(sum > 0))
        {
            return Result(null, null, null, counted.Count, 0, o);
        }

        var excess = t.Sum(x => x.A - x.Expected);
        var q = Math.Max(0, t.Sum(x => (x.A - x.Expected) * (x.A - x.Expected) / x.Hypergeometric) - (excess * excess / sum));
        return Result(excess / sum, Math.Sqrt(1 / sum), q, counted.Count, t.Count, o).WithShares([.. t.Select(x => x.Hypergeometric)], t, _ => true, counted);
    }

    private static Pooled Result(double? est, double? se, double? q, int k, int positive, SynthesisOptions o)
    {
        var df = k - 1;
        var tests = df > 0 && positive > 1 && q is not null;
        return new Pooled
        {
            K = k,
            Est = est,
            Se = se,
            Ci = est is { } b && se is { } s ? Interval.Around(b, InverseVariance.Half(s, null, o.Level)!.Value) : null,
            Stat = est is { } e && se is { } d ? InverseVariance.Statistic(e, d) : null,
            P = est is { } e2 && se is { } d2 ? InverseVariance.PValue(InverseVariance.Statistic(e2, d2), null) : null,
            Q = tests ? q : null,
            QDf = tests ? df : null,
            Qp = tests ? Distributions.ChiSquaredUpper(q!.Value, df) : null,
            I2 = tests ? q > 0 ? Math.Max(0, 100 * (q - df)!.Value / q.Value) : 0 : null,
            H2 = tests ? q / df : null,
            Tau2 = tests ? 0 : null,
        };
    }

    private static (double? Est, double? Se, double[] Weights) OddsRatio(List<Table> t)
    {
        double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
        foreach (var x in t)
        {
            var ri = x.A / x.N * x.D;
            var si = x.B / x.N * x.C;
            var pi = (x.A + x.D) / x.N;
            var qi = (x.B + x.C) / x.N;
            r += ri;
            s += si;
            pr += pi * ri;
            mixed += (pi * si) + (qi * ri);
            qs += qi * si;
        }

        return r > 0 && s > 0
            ? (Math.Log(r / s), Math.Sqrt(0.5 * ((pr / (r * r)) + (mixed / (r * s)) + (qs / (s * s)))), [.. t.Select(x => x.B * x.C / x.N)])
            : (null, null, []);
    }

    private static (double? Est, double? Se, double[] Weights) RiskRatio(List<Table> t)
    {
        var r = t.Sum(x => x.A * (x.N2 / x.N));
        var s = t.Sum(x => x.C * (x.N1 / x.N));
        return r > 0 && s > 0
            ? (Math.Log(r / s), Math.Sqrt(t.Sum(x => (x.N1 / x.N * (x.N2 / x.N) * (x.A + x.C)) - (x.A / x.N * x.C)) / (r * s)), [.. t.Select(x => x.C * x.N1 / x.N)])
            : (null, null, []);
    }

    private static (double? Est, double? Se, double[] Weights) RiskDifference(List<Table> t)
    {
        if (t.Count == 0)
        {
            return (null, null, []);
        }

        var weight = t.Sum(x => x.N1 * (x.N2 / x.N));
        var est = t.Sum(x => (x.A * (x.N2 / x.N)) - (x.C * (x.N1 / x.N))) / weight;
        var first = t.Sum(x => (x.C * Square(x.N1 / x.N)) - (x.A * Square(x.N2 / x.N)) + (x.N1 / x.N * (x.N2 / x.N) * (x.N2 - x.N1) / 2));
        var second = t.Sum(x => ((x.A * (x.N2 - x.C) / x.N) + (x.C * (x.N1 - x.A) / x.N)) / 2);
        return (est, Math.Sqrt((est * first) + second) / weight, [.. t.Select(x => x.N1 * x.N2 / x.N)]);
    }

    /// <summary>The number of studies that move the estimate and the share of each.</summary>
    private static Pooled WithShares(this Pooled pooled, double[] weights, List<Table> tables, Func<Table, bool> informs, List<Effect> counted)
    {
        var total = weights.Sum();
        if (!(total > 0))
        {
            return pooled with { K = tables.Count(informs) };
        }

        var share = tables.Zip(weights).Where(p => informs(p.First)).ToDictionary(p => p.First.Row.Row, p => 100 * p.Second / total);
        var own = counted.Select(e => e.Study.Row).ToHashSet();
        return pooled with
        {
            K = share.Count,
            WeightsPercent = [.. counted.Select(e => share.GetValueOrDefault(e.Study.Row))],
            OnlyInPool = share.Where(p => !own.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value),
        };
    }

    private static double Square(double x) => x * x;
}
