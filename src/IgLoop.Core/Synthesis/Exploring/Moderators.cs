using System.Globalization;
using IgLoop.Core.Statistics;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Core.Synthesis.Exploring;

/// <summary>One subgroup of studies.</summary>
public sealed record Subgroup(string Name, IReadOnlyList<Effect> Effects, Pooled Pooled);

/// <summary>Subgroups and whether they differ.</summary>
/// <param name="CommonTau2">Whether one tau² serves all subgroups; null where each has its own.</param>
/// <param name="QBetween">Chi-squared (F with Hartung-Knapp and a common tau²) of the difference between subgroups.</param>
public sealed record SubgroupAnalysis(IReadOnlyList<Subgroup> Groups, double? CommonTau2, double? QBetween, int Df, int? Df2, double? P);

/// <summary>Effects against what differs between studies.</summary>
public static class Moderators
{
    /// <param name="commonTau2">One tau² for all subgroups, instead of one for each.</param>
    /// <exception cref="SynthesisException">A counted study says no subgroup.</exception>
    public static SubgroupAnalysis Subgroups(Analysis analysis, Func<TrialRow, string?> subgroup, bool commonTau2)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(subgroup);
        var names = analysis.InPool.Select(e => subgroup(e.Study) ?? throw new SynthesisException("missing", "The subgroup is not given.", e.Study.Where)).ToList();
        var order = names.Distinct(StringComparer.Ordinal).ToList();
        var o = analysis.Options;
        var shared = commonTau2 && o.IsRandom && o.Method != Method.GLMM;
        var groups = order.Select(name =>
        {
            var effects = analysis.InPool.Where((_, i) => names[i] == name).ToList();
            return new Subgroup(name, effects, Synthesiser.Pool([.. effects.Select(e => e.Study)], effects, o));
        }).ToList();
        if (shared && order.Count > 1 && analysis.Counted.Count > order.Count)
        {
            return Shared(analysis, order, names, groups);
        }

        var known = groups.Where(g => g.Pooled is { Est: not null, Se: > 0 }).ToList();
        if (known.Count < 2)
        {
            return new(groups, null, null, 0, null, null);
        }

        double W(Subgroup g) => 1 / (g.Pooled.Se!.Value * g.Pooled.Se.Value);
        var mean = known.Sum(g => W(g) * g.Pooled.Est!.Value) / known.Sum(W);
        var q = known.Sum(g => W(g) * (g.Pooled.Est!.Value - mean) * (g.Pooled.Est.Value - mean));
        return new(groups, null, q, known.Count - 1, null, Distributions.ChiSquaredUpper(q, known.Count - 1));
    }

    /// <summary>Meta-regression on columns; a column of numbers is used as it is, any other as categories against the first in alphabetical order.</summary>
    /// <exception cref="SynthesisException">A column is not there, a counted study lacks its value, or the columns say the same.</exception>
    public static Regression Regression(Analysis analysis, IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(columns);
        var o = analysis.Options;
        if (o.Method is Method.MH or Method.Peto or Method.GLMM)
        {
            throw new SynthesisException("bad-option", $"Meta-regression needs a model by inverse variance, not {o.Method}; choose EE or a random-effects method.", "moderators");
        }

        var counted = analysis.Counted;
        var names = new List<string> { "intercept" };
        var design = counted.Select(_ => new List<double> { 1 }).ToList();
        foreach (var column in columns)
        {
            Add(column, counted, names, design);
        }

        if (counted.Count < names.Count || (counted.Count == names.Count && o.IsRandom))
        {
            throw new SynthesisException("too-few-studies", $"{counted.Count} studies cannot carry {names.Count} coefficients.", "moderators");
        }

        try
        {
            return InverseVariance.Regress(new([.. counted.Select(e => e.Y!.Value)], [.. counted.Select(e => e.V!.Value)], [.. design.Select(d => d.ToArray())]), names, o);
        }
        catch (SingularMatrixException e)
        {
            throw new SynthesisException("singular", e.Message, "moderators");
        }
    }

    private static void Add(string column, IReadOnlyList<Effect> counted, List<string> names, List<List<double>> design)
    {
        var values = counted.Select(e => e.Study.Others.TryGetValue(column, out var v) && v.Length > 0 ? v : throw new SynthesisException("missing", $"The study has no value for '{column}'.", $"{e.Study.Where}, column {column}")).ToList();
        var numbers = values.Select(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out var d) ? d : (double?)null).ToList();
        if (numbers.All(n => n is not null))
        {
            names.Add(column);
            for (var i = 0; i < values.Count; i++)
            {
                design[i].Add(numbers[i]!.Value);
            }

            return;
        }

        foreach (var level in values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Skip(1))
        {
            names.Add($"{column}: {level}");
            for (var i = 0; i < values.Count; i++)
            {
                design[i].Add(values[i] == level ? 1 : 0);
            }
        }
    }

    private static SubgroupAnalysis Shared(Analysis analysis, List<string> order, List<string> names, List<Subgroup> groups)
    {
        var o = analysis.Options;
        var counted = analysis.Counted;
        double[] y = [.. counted.Select(e => e.Y!.Value)];
        double[] v = [.. counted.Select(e => e.V!.Value)];
        var contrasts = InverseVariance.Regress(new(y, v, [.. names.Select(n => (double[])[1, .. order.Skip(1).Select(l => l == n ? 1.0 : 0)])]), [.. order.Select((n, i) => i == 0 ? "intercept" : n)], o);
        var cells = InverseVariance.Regress(new(y, v, [.. names.Select(n => (double[])[.. order.Select(l => l == n ? 1.0 : 0)])]), order, o);
        var tau2 = contrasts.Tau2 ?? 0;
        return new([.. groups.Select((g, i) =>
        {
            var c = cells.Coefficients[i];
            var pooled = g.Pooled with { Est = c.Est, Se = c.Se, Ci = c.Ci, Stat = c.Stat, P = c.P, Df = contrasts.QmDf2, Tau2 = tau2, Pi = null };
            return g with { Pooled = pooled };
        })], tau2, contrasts.Qm, contrasts.QmDf, contrasts.QmDf2, contrasts.QmP);
    }
}
