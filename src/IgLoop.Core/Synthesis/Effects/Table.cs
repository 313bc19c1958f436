namespace IgLoop.Core.Synthesis.Effects;

/// <summary>A two-by-two table after the continuity correction.</summary>
/// <param name="Usable">Null when it is; otherwise why not.</param>
internal sealed record Table(TrialRow Row, double A, double B, double C, double D, string? Usable, string? Note)
{
    public double N1 => A + B;

    public double N2 => C + D;

    public double N => N1 + N2;

    public double P1 => A / N1;

    public double P2 => C / N2;

    /// <summary>Events expected in arm 1 when the arms do not differ.</summary>
    public double Expected => (A + C) * N1 / N;

    /// <summary>Hypergeometric variance of the events in arm 1.</summary>
    public double Hypergeometric => (A + C) * (B + D) * (N1 / N) * (N2 / N) / (N - 1);

    public bool HasZero => A == 0 || B == 0 || C == 0 || D == 0;

    public bool SaysNothingOfRatios => (A == 0 && C == 0) || (B == 0 && D == 0);

    /// <summary>Tables with the correction that goes into study effects.</summary>
    public static IReadOnlyList<Table> Of(IReadOnlyList<TrialRow> rows, SynthesisOptions o) => Corrected(Raw(rows, o), o.ZeroCells, o.Add);

    /// <summary>Tables with the correction that goes into the pooled Mantel-Haenszel or Peto estimate.</summary>
    public static IReadOnlyList<Table> ForPooling(IReadOnlyList<TrialRow> rows, SynthesisOptions o) =>
        o.ZeroCells == ZeroCells.Metafor
            ? Raw(rows, o.DoubleZero == DoubleZero.Drop ? o : o with { DoubleZero = DoubleZero.Keep })
            : Corrected(Raw(rows, o), o.ZeroCells, o.Add);

    private static List<Table> Raw(IReadOnlyList<TrialRow> rows, SynthesisOptions o)
    {
        var drop = o.DoubleZero == DoubleZero.Drop || (o.DoubleZero == DoubleZero.ByMeasure && o.Measure != Measure.RD);
        return [.. rows.Select(r =>
        {
            if (r is not { A: { } a, N1: { } n1, C: { } c, N2: { } n2 })
            {
                return new Table(r, 0, 0, 0, 0, EffectSizes.Lacks(("ai", r.A), ("n1", r.N1), ("ci", r.C), ("n2", r.N2)), null);
            }

            var table = new Table(r, a, n1 - a, c, n2 - c, null, null);
            return drop && table.SaysNothingOfRatios ? table with { Usable = a == 0 ? "no events in either arm" : "everybody in both arms had the event" } : table;
        })];
    }

    private static List<Table> Corrected(List<Table> tables, ZeroCells rule, double add)
    {
        var any = tables.Any(t => t.Usable is null && t.HasZero);
        return [.. tables.Select(t => t.Usable is null && EffectSizes.Corrects(rule, t.HasZero, any)
            ? t with { A = t.A + add, B = t.B + add, C = t.C + add, D = t.D + add, Note = $"{EffectSizes.Number(add)} added to every cell" }
            : t)];
    }
}
