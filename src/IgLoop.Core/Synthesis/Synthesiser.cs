using IgLoop.Core.Synthesis.Effects;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Core.Synthesis;

/// <summary>Everything one analysis gives.</summary>
/// <param name="Options">As used.</param>
/// <param name="Effects">Every study in the order given, counted or not.</param>
/// <param name="Notes">What cannot be said from these studies, and what was done to them; one sentence each.</param>
public sealed record Analysis(SynthesisOptions Options, IReadOnlyList<Effect> Effects, Pooled Pooled, IReadOnlyList<string> Notes)
{
    public IReadOnlyList<Effect> Counted { get; } = [.. Effects.Where(e => e.Counted)];

    /// <summary>Every study that moves the pooled estimate: those counted, and those whose counts are in it without an effect of their own.</summary>
    public IReadOnlyList<Effect> InPool { get; } = [.. Effects.Where(e => e.Counted || Pooled.OnlyInPool.ContainsKey(e.Study.Row))];
}

/// <summary>Combines studies.</summary>
public static class Synthesiser
{
    /// <exception cref="SynthesisException">The data or the options cannot be used.</exception>
    public static Analysis Of(IReadOnlyList<TrialRow> rows, SynthesisOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        if (rows.Count == 0)
        {
            throw new SynthesisException("no-studies", "There are no studies; give at least one row.", "data");
        }

        RowSets.Check(rows, options.Measure);
        var effects = EffectSizes.Of(rows, options.Method == Method.Peto ? options with { Measure = Measure.Peto } : options);
        var pooled = Pool(rows, effects, options);
        effects = [.. effects.Select(e => pooled.OnlyInPool.ContainsKey(e.Study.Row) ? e with { NotCounted = "no effect that can be weighed without a correction; its counts are in the pooled estimate" } : e)];
        return new(options, effects, pooled, Notes.Of(effects, pooled, options));
    }

    /// <summary>Pools studies whose effects are already known, in the same way.</summary>
    internal static Pooled Pool(IReadOnlyList<TrialRow> rows, IReadOnlyList<Effect> effects, SynthesisOptions options)
    {
        var counted = effects.Where(e => e.Counted).ToList();
        if (options.Method is Method.MH or Method.Peto or Method.GLMM)
        {
            if (rows.All(r => options.Method == Method.GLMM ? r.X is null : r.A is null && r.C is null))
            {
                throw new SynthesisException("needs-counts", $"{options.Method} pools counts; give {(options.Method == Method.GLMM ? "xi and ni" : "ai, n1, ci and n2")}, or choose EE or a random-effects method.", "method");
            }

            return options.Method switch
            {
                Method.MH => TableMethods.MantelHaenszel(rows, effects, options),
                Method.Peto => TableMethods.Peto(rows, effects, options),
                _ => LogisticNormal.Pool(rows, effects, options),
            };
        }

        return counted.Count == 0 ? new Pooled { K = 0 } : InverseVariance.Pool([.. counted.Select(e => e.Y!.Value)], [.. counted.Select(e => e.V!.Value)], options);
    }
}

/// <summary>Options that do not go together.</summary>
internal static class OptionChecks
{
    public static void Check(SynthesisOptions o)
    {
        if (!(o.Level is > 0 and < 1))
        {
            throw new SynthesisException("bad-option", "The level is the coverage of the intervals, for example 0.95 or 95.", "level");
        }

        if (!(o.Add > 0))
        {
            throw new SynthesisException("bad-option", "What is added to a zero cell must be above 0; use zero_cells none to add nothing.", "add");
        }

        if (o.Hksj != Hksj.No && (!o.IsRandom || o.Method == Method.GLMM))
        {
            throw new SynthesisException("bad-option", $"Hartung-Knapp belongs to random effects by inverse variance; it cannot go with {o.Method}. Choose REML, DL, PM, ML, EB, HE, HS or SJ.", "hksj");
        }

        if (o.I2 == HeterogeneityFrom.Tau2 && (!o.IsRandom || o.Method == Method.GLMM))
        {
            throw new SynthesisException("bad-option", $"I² from tau² belongs to random effects by inverse variance; {o.Method} has none. Leave i2 out or give q.", "i2");
        }

        if (o.Method == Method.MH && o.Measure is not (Measure.RR or Measure.OR or Measure.RD))
        {
            throw new SynthesisException("bad-option", $"Mantel-Haenszel pools RR, OR or RD, not {o.Measure}.", "method");
        }

        if (o.Method == Method.Peto && o.Measure is not (Measure.OR or Measure.Peto))
        {
            throw new SynthesisException("bad-option", $"Peto's method gives an odds ratio; ask for the measure OR, not {o.Measure}.", "measure");
        }

        if (o.Method == Method.GLMM && o.Measure != Measure.PLO)
        {
            throw new SynthesisException("bad-option", $"GLMM is the logistic-normal model of proportions; ask for the measure PLO, not {o.Measure}.", "measure");
        }
    }
}
