using MathNet.Numerics;

namespace IgLoop.Core.Synthesis.Effects;

/// <summary>Effect and sampling variance of each study on the analysis scale.</summary>
public static class EffectSizes
{
    /// <summary>Effects in the order of the rows; a study that lacks a number or has no finite effect is kept with the reason.</summary>
    /// <exception cref="SynthesisException">A number that cannot be right: events above the number of people, a negative standard deviation, an interval that does not hold its estimate.</exception>
    public static IReadOnlyList<Effect> Of(IReadOnlyList<TrialRow> rows, SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var row in rows)
        {
            RowChecks.Check(row);
        }

        if (UsesReadyMade(rows, options.Measure))
        {
            return [.. rows.Select(r => Ready(r, options))];
        }

        return options.Measure switch
        {
            Measure.MD or Measure.SMD => Means(rows, options),
            Measure.PR or Measure.PLO or Measure.PAS or Measure.PFT => Proportions(rows, options),
            _ => Tables(rows, options),
        };
    }

    /// <summary>Whether the studies bring their effects ready-made: never in part, because then they would not be computed alike.</summary>
    private static bool UsesReadyMade(IReadOnlyList<TrialRow> rows, Measure measure)
    {
        if (measure is Measure.HR or Measure.GEN)
        {
            return true;
        }

        bool Raw(TrialRow r) => measure switch
        {
            Measure.MD or Measure.SMD => r.Mean1 is not null || r.Mean2 is not null,
            Measure.PR or Measure.PLO or Measure.PAS or Measure.PFT => r.X is not null,
            _ => r.A is not null || r.C is not null,
        };
        bool ReadyMade(TrialRow r) => r.Yi is not null || r.Estimate is not null;
        if (!rows.Any(Raw))
        {
            return rows.Any(ReadyMade);
        }

        return rows.FirstOrDefault(r => ReadyMade(r) && !Raw(r)) is { } odd
            ? throw new SynthesisException("mixed-columns", "This study brings a ready-made effect and others bring the numbers behind it; give one kind for all, or two analyses.", odd.Where)
            : false;
    }

    private static Effect Ready(TrialRow r, SynthesisOptions o)
    {
        if (r.Yi is { } yi)
        {
            var v = r.Vi ?? r.Se * r.Se;
            return v is { } variance ? Effect.Of(r, yi, variance) : r is { Low: { } a, High: { } b } ? Effect.Of(r, yi, VarianceOf(a, b, o.Level)) : Effect.Missing(r, "no variance, standard error or interval");
        }

        if (r.Estimate is not { } estimate)
        {
            return Effect.Missing(r, "no effect is given");
        }

        var scale = o.IsLog ? Math.Log : (Func<double, double>)(x => x);
        if (o.IsLog && (estimate <= 0 || r.Low <= 0))
        {
            throw new SynthesisException("bad-value", $"A ratio and its interval must be above 0; give it as a ratio and not as a logarithm, or use yi and vi.", r.Where);
        }

        if (r is { Low: { } low, High: { } high })
        {
            return Effect.Of(r, scale(estimate), VarianceOf(scale(low), scale(high), o.Level));
        }

        return (r.Vi ?? r.Se * r.Se) is { } given ? Effect.Of(r, scale(estimate), given) : Effect.Missing(r, "no interval, standard error or variance");
    }

    private static double VarianceOf(double low, double high, double level)
    {
        var se = (high - low) / (2 * Statistics.Distributions.NormalQuantile(0.5 + (level / 2)));
        return se * se;
    }

    private static Effect[] Tables(IReadOnlyList<TrialRow> rows, SynthesisOptions o)
    {
        var tables = Table.Of(rows, o);
        var averages = o.Measure == Measure.RD && o.Variance == VarianceForm.Average ? Averages(tables) : default;
        return [.. tables.Select(t => t.Usable is { } why ? Effect.Missing(t.Row, why) : o.Measure switch
        {
            Measure.RR => Effect.Of(t.Row, Math.Log(t.P1) - Math.Log(t.P2), (1 / t.A) - (1 / t.N1) + (1 / t.C) - (1 / t.N2), t.Note),
            Measure.OR => Effect.Of(t.Row, Math.Log(t.A / t.B) - Math.Log(t.C / t.D), (1 / t.A) + (1 / t.B) + (1 / t.C) + (1 / t.D), t.Note),
            Measure.Peto => Effect.Of(t.Row, (t.A - t.Expected) / t.Hypergeometric, 1 / t.Hypergeometric, t.Note),
            _ => Effect.Of(t.Row, t.P1 - t.P2, o.Variance switch
            {
                VarianceForm.Unbiased => (t.P1 * (1 - t.P1) / (t.N1 - 1)) + (t.P2 * (1 - t.P2) / (t.N2 - 1)),
                VarianceForm.Average => (averages.P1 * (1 - averages.P1) / t.N1) + (averages.P2 * (1 - averages.P2) / t.N2),
                _ => (t.P1 * (1 - t.P1) / t.N1) + (t.P2 * (1 - t.P2) / t.N2),
            }, t.Note),
        })];
    }

    private static (double P1, double P2) Averages(IReadOnlyList<Table> tables)
    {
        var used = tables.Where(t => t.Usable is null).ToList();
        return (used.Sum(t => t.A) / used.Sum(t => t.N1), used.Sum(t => t.C) / used.Sum(t => t.N2));
    }

    private static Effect[] Means(IReadOnlyList<TrialRow> rows, SynthesisOptions o)
    {
        var first = rows.Select(r => Mean(r, o)).ToArray();
        if (o.Measure != Measure.SMD || o.Variance != VarianceForm.Average)
        {
            return first;
        }

        var used = first.Where(e => e.Counted).ToList();
        var mean = used.Sum(e => e.Y!.Value * e.Study.People!.Value) / used.Sum(e => e.Study.People!.Value);
        return [.. first.Select(e => e.Counted ? Effect.Of(e.Study, e.Y!.Value, (1 / e.Study.N1!.Value) + (1 / e.Study.N2!.Value) + (mean * mean / (2 * e.Study.People!.Value))) : e)];
    }

    private static Effect Mean(TrialRow r, SynthesisOptions o)
    {
        if (r is not { Mean1: { } m1, Mean2: { } m2, N1: { } n1, N2: { } n2 })
        {
            return Effect.Missing(r, Lacks(("m1", r.Mean1), ("n1", r.N1), ("m2", r.Mean2), ("n2", r.N2)));
        }

        if (r is not { Sd1: { } s1, Sd2: { } s2 })
        {
            return Effect.Missing(r, $"the standard deviation is missing ({Lacks(("sd1", r.Sd1), ("sd2", r.Sd2))})");
        }

        var m = n1 + n2 - 2;
        var pooled = Math.Sqrt((((n1 - 1) * s1 * s1) + ((n2 - 1) * s2 * s2)) / m);
        if (o.Measure == Measure.MD)
        {
            return Effect.Of(r, m1 - m2, o.Variance == VarianceForm.Pooled ? pooled * pooled * ((1 / n1) + (1 / n2)) : (s1 * s1 / n1) + (s2 * s2 / n2));
        }

        var d = (m1 - m2) / pooled;
        var c = o.Hedges switch { HedgesCorrection.None => 1, HedgesCorrection.Approximate => 1 - (3 / ((4 * m) - 1)), _ => GammaCorrection(m) };
        var g = c * d;
        var n = n1 + n2;
        return Effect.Of(r, g, o.Variance switch
        {
            VarianceForm.Unbiased => (1 / n1) + (1 / n2) + ((1 - ((m - 2) / (m * c * c))) * g * g),
            VarianceForm.LargeSample2 => c * c * ((1 / n1) + (1 / n2) + (d * d / (2 * n))),
            VarianceForm.RevMan => (n / (n1 * n2)) + (g * g / (2 * (n - 3.94))),
            _ => (1 / n1) + (1 / n2) + (g * g / (2 * n)),
        });
    }

    /// <summary>Hedges, J Educ Stat 1981;6:107: Γ(m/2) / (√(m/2) Γ((m − 1)/2)).</summary>
    private static double GammaCorrection(double m) => m <= 1 ? double.NaN : Math.Exp(SpecialFunctions.GammaLn(m / 2) - SpecialFunctions.GammaLn((m - 1) / 2)) / Math.Sqrt(m / 2);

    private static Effect[] Proportions(IReadOnlyList<TrialRow> rows, SynthesisOptions o)
    {
        var given = rows.Select(r => r is { X: { } x, N: { } n } ? (Row: r, X: x, N: n, Why: (string?)null) : (r, 0, 0, Lacks(("xi", r.X), ("ni", r.N)))).ToList();
        var anyZero = given.Any(g => g.Why is null && Zero(g));
        return [.. given.Select(g =>
        {
            if (g.Why is { } why)
            {
                return Effect.Missing(g.Row, why);
            }

            var corrected = Corrects(o.ZeroCells, Zero(g), anyZero);
            var add = corrected ? o.Add : 0;
            var (x, n) = (g.X + add, g.N + (2 * add));
            var p = x / n;
            var note = corrected ? $"{Number(o.Add)} added to both cells" : null;
            return o.Measure switch
            {
                Measure.PLO => Effect.Of(g.Row, Math.Log(x / (n - x)), (1 / x) + (1 / (n - x)), note),
                Measure.PAS => Effect.Of(g.Row, Math.Asin(Math.Sqrt(p)), 1 / (4 * n), note),
                Measure.PFT => Effect.Of(g.Row, 0.5 * (Math.Asin(Math.Sqrt(x / (n + 1))) + Math.Asin(Math.Sqrt((x + 1) / (n + 1)))), 1 / ((4 * n) + 2), note),
                _ => Effect.Of(g.Row, p, p * (1 - p) / (o.Variance == VarianceForm.Unbiased ? n - 1 : n), note),
            };
        })];

        bool Zero((TrialRow Row, double X, double N, string? Why) g) => (g.X == 0 || g.X == g.N) && o.Measure is Measure.PLO or Measure.PR;
    }

    internal static bool Corrects(ZeroCells rule, bool zero, bool anyZero) => rule switch
    {
        ZeroCells.None => false,
        ZeroCells.All => true,
        ZeroCells.IfAnyAll => anyZero,
        _ => zero,
    };

    internal static string Lacks(params (string Name, double? Value)[] fields) => string.Join(" and ", fields.Where(f => f.Value is null).Select(f => f.Name)) + " not given";

    internal static string Number(double v) => v.ToString("0.####", System.Globalization.CultureInfo.InvariantCulture);
}
