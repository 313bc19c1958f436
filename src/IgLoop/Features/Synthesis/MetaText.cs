using System.Globalization;
using IgLoop.Cli;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Features.Synthesis;

/// <summary>The report as text, and the methods paragraph.</summary>
internal static class MetaText
{
    public static string Of(MetaAnswer a, string title)
    {
        List<string> lines = [title, "", .. StudyLines(a.Analysis), "", .. Summary(a)];
        lines.AddRange(Tests(a).Concat(PerStudy(a)));
        if (a.Notes.Count > 0)
        {
            lines.AddRange(["", .. a.Notes.Select(n => $"note: {n}")]);
        }

        lines.AddRange(["", $"methods: {Methods(a)}"]);
        return string.Join('\n', lines);
    }

    /// <summary>One paragraph for a paper: model, estimator, test, corrections, prediction, tests and the version of the program.</summary>
    public static string Methods(MetaAnswer a)
    {
        var o = a.Analysis.Options;
        var level = (o.Level * 100).ToString("0.##", CultureInfo.InvariantCulture);
        var parts = new List<string> { $"Study effects were expressed as {ConventionWords.Measure(o)}{(o.IsLog ? ", analysed as natural logarithms" : "")}{(ConventionWords.Variance(o) is { } v ? $" ({v})" : "")}, and combined by {ConventionWords.Method(o)}." };
        parts.Add($"Intervals are {level} % intervals; interval and test of the pooled effect are by the quantiles: {ConventionWords.Test(o)}.");
        if (ConventionWords.ZeroRule(o) is { } zero)
        {
            parts.Add($"Zero cells: {zero}.");
        }

        if (ConventionWords.DoubleArcsine(o) is { } n)
        {
            parts.Add($"Proportions were transformed back with the {n}.");
        }

        if (a.Analysis.Pooled.K > 1)
        {
            parts.Add($"Heterogeneity is given as Q, {(o.IsRandom ? $"tau²{(a.Tau2Ci is null ? "" : " with its Q-profile interval")}, " : "")}I² and H², the last two from {ConventionWords.I2(o)}.");
            if (o.IsRandom && o.Prediction != Prediction.None)
            {
                parts.Add($"The prediction interval uses the quantile: {ConventionWords.Prediction(o)}.");
            }
        }

        parts.AddRange(MethodsBeside(a));
        parts.Add($"Computed with IgLoop {ProgramVersion.Text} on .NET {Environment.Version.Major}.");
        return string.Join(' ', parts);
    }

    /// <summary>What was done beside the pooled effect, a sentence each.</summary>
    private static IEnumerable<string> MethodsBeside(MetaAnswer a)
    {
        if (a.Subgroups is { } s)
        {
            yield return $"Subgroups were compared by the Q between them, {(s.CommonTau2 is null ? "each with its own tau²" : "with one tau² for all")}.";
        }

        if (a.Regression is { } r)
        {
            yield return $"Meta-regression on {string.Join(", ", r.Coefficients.Skip(1).Select(c => c.Name))} used the same model.";
        }

        var x = a.Extras;
        List<string> tests = [];
        if (x.Egger)
        {
            tests.Add($"regression of the effect on {ConventionWords.Predictor(x.Predictor)}, within the model and by ordinary regression weighted by 1/variance (Egger)");
        }

        if (x.Begg)
        {
            tests.Add($"rank correlation of effect and variance{(a.Begg is { } b ? b.Exact ? ", exact" : ", normal because of ties" : "")} (Begg and Mazumdar)");
        }

        if (x.Fill is { } estimator)
        {
            tests.Add($"trim and fill by {estimator}, the side {(x.FillOnTheRight is null ? "found from the slope of the effect on the standard error" : "given")} (Duval and Tweedie)");
        }

        if (tests.Count > 0)
        {
            yield return $"Small-study effects were examined by {string.Join("; ", tests)}.";
        }

        List<string> sensitivity = [.. x.LeaveOneOut ? ["leaving out each study in turn"] : (string[])[], .. x.Cumulative is { } order ? [order.Length > 0 ? $"adding the studies in the order of {order}" : "adding the studies in the order given"] : (string[])[], .. x.Influence ? ["studentised residuals and Cook's distances"] : (string[])[]];
        if (sensitivity.Count > 0)
        {
            yield return $"How much the result hangs on single studies was examined by {string.Join(", ", sensitivity)}.";
        }

        var left = a.Analysis.Effects.Count(e => !e.Counted && !a.Analysis.Pooled.OnlyInPool.ContainsKey(e.Study.Row));
        if (left > 0)
        {
            yield return $"{left} of {a.Analysis.Effects.Count} studies {(left == 1 ? "is" : "are")} shown and not counted, for the reasons given with {(left == 1 ? "it" : "them")}.";
        }
    }

    /// <summary>k, n, estimate, interval, model, tau² with interval, I², Q, prediction interval and the rule for zero cells.</summary>
    public static IReadOnlyList<string> Summary(MetaAnswer a)
    {
        var analysis = a.Analysis;
        var p = analysis.Pooled;
        var o = analysis.Options;
        var lines = new List<string>
        {
            $"model        {ConventionWords.Measure(o)}, {ConventionWords.Method(o)}; {ConventionWords.Test(o)}",
            $"studies      {p.K} counted of {analysis.Effects.Count}; people {People(analysis)}",
            $"estimate     {AsPrinted(analysis) ?? Shown(analysis, p)}{(p.P is { } pv ? $"; {(p.Df is { } df ? $"t({df})" : "z")} = {Fixed(p.Stat)}, p {P(pv)}" : "")}",
        };
        if (o.IsRandom && p.K > 1 && p.Tau2 is { } tau2)
        {
            lines.Add($"tau²         {Significant(tau2)}{(a.Tau2Ci is { } t ? t.Empty ? " (Q-profile interval: empty, 0 only)" : $" ({Significant(t.Tau2.Low)} to {Significant(t.Tau2.High)}, Q-profile)" : "")}");
        }

        if (p.Q is { } q)
        {
            lines.Add($"Q            {Fixed(q)} on {p.QDf} df, p {P(p.Qp!.Value)}");
            lines.Add($"I²           {(p.I2 is { } i2 ? i2.ToString("0.0", CultureInfo.InvariantCulture) : "none")} % (from {ConventionWords.I2(o)}){(a.Tau2Ci is { Empty: false } c ? $", {c.I2.Low.ToString("0.0", CultureInfo.InvariantCulture)} to {c.I2.High.ToString("0.0", CultureInfo.InvariantCulture)} %" : "")}; H² {Fixed(p.H2)}");
        }

        if (o.IsRandom && p.K > 1 && o.Prediction != Prediction.None)
        {
            lines.Add(p.K < 3 || p.Pi is null
                ? "prediction   not shown: fewer than three studies"
                : $"prediction   {Range(analysis, p.Pi.Value)} ({ConventionWords.Prediction(o)})");
        }

        if (ConventionWords.ZeroRule(o) is { } zero)
        {
            lines.Add($"zero cells   {zero}");
        }

        return lines;
    }

    /// <summary>Of the studies that move the estimate; where none does, of those that are shown.</summary>
    private static string People(Analysis analysis)
    {
        var of = analysis.InPool.Count > 0 ? analysis.InPool : analysis.Effects;
        var given = of.Where(e => e.Study.PeopleOnce is not null).ToList();
        return given.Count == 0 ? "not given"
            : $"{Number(given.Sum(e => e.Study.PeopleOnce!.Value))}{(analysis.InPool.Count == 0 ? " in the studies shown" : "")}{(given.Count < of.Count ? $" in the {given.Count} of {of.Count} studies that give them" : "")}{(given.Any(e => e.Study.PeopleOnce < e.Study.People) ? ", those of crossover trials once" : "")}";
    }

    /// <summary>
    /// The effect of a study as its paper prints it; null when it is worked out here. The analysis takes the middle and the width of the printed interval,
    /// which rounding leaves unsymmetrical, so that bounds worked out again can differ in the last digit.
    /// </summary>
    public static (double Estimate, double Low, double High)? Printed(Effect e, SynthesisOptions o) =>
        e is { Counted: true, Study: { Estimate: { } estimate, Low: { } low, High: { } high } } && o.Level is 0.95 ? (estimate, low, high) : null;

    /// <summary>Said where a printed effect stands: what is shown and what is used.</summary>
    public const string PrintedNote = "Effects of studies stand as printed; weights and the pooled effect come from the width of the printed interval.";

    private static string? AsPrinted(Analysis analysis) => analysis is { Pooled.K: 1, Counted: [var one] } && Printed(one, analysis.Options) is var (estimate, low, high)
        ? $"{TwoPlaces(estimate)} ({TwoPlaces(low)} to {TwoPlaces(high)}), as printed"
        : null;

    public static string Shown(Analysis analysis, Pooled p) => p.Est is not { } est ? "cannot be worked out" : $"{Show(analysis, est)}{(p.Ci is { } ci ? $" ({Range(analysis, ci)})" : "")}";

    public static string Show(Analysis analysis, double value) => Significant(BackTransform.Of(analysis) is { } f ? f(value) : value);

    public static string Range(Analysis analysis, Interval i) => $"{Show(analysis, i.Low)} to {Show(analysis, i.High)}";

    /// <summary>Three significant figures, more for large numbers.</summary>
    public static string Significant(double v) => v == 0 ? "0" : Math.Abs(v) switch
    {
        >= 100 => v.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => v.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.001 => v.ToString("0.0000", CultureInfo.InvariantCulture),
        _ => v.ToString("0.##E0", CultureInfo.InvariantCulture),
    };

    public static string P(double p) => p < 0.0001 ? "< 0.0001" : "= " + p.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string Number(double v) => v.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>As papers print effects: 0.80, not 0.8.</summary>
    private static string TwoPlaces(double v) => v.ToString("0.00##", CultureInfo.InvariantCulture);

    private static string Fixed(double? v) => v is { } d ? d.ToString("0.000", CultureInfo.InvariantCulture) : "none";

    private static IEnumerable<string> StudyLines(Analysis analysis)
    {
        var width = Math.Min(40, analysis.Effects.Max(e => e.Study.Label.Length));
        var z = Core.Statistics.Distributions.NormalQuantile(0.5 + (analysis.Options.Level / 2));
        var place = 0;
        foreach (var e in analysis.Effects)
        {
            var label = (e.Study.Label.Length > width ? e.Study.Label[..width] : e.Study.Label).PadRight(width);
            if (!e.Counted)
            {
                yield return analysis.Pooled.OnlyInPool.TryGetValue(e.Study.Row, out var share) ? $"{label}  {e.NotCounted}: {share.ToString("0.0", CultureInfo.InvariantCulture)} %" : $"{label}  not counted: {e.NotCounted}";
                continue;
            }

            var half = z * Math.Sqrt(e.V!.Value);
            var weight = analysis.Pooled.WeightsPercent is { } w ? $"{w[place].ToString("0.0", CultureInfo.InvariantCulture),6} %" : "";
            place++;
            string Own(double v) => Significant(BackTransform.Of(analysis, e) is { } f ? f(v) : v);
            var (estimate, bounds) = Printed(e, analysis.Options) is var (printed, low, high) ? (TwoPlaces(printed), $"{TwoPlaces(low)} to {TwoPlaces(high)}") : (Own(e.Y!.Value), $"{Own(e.Y.Value - half)} to {Own(e.Y.Value + half)}");
            yield return $"{label}  {estimate,8}  {bounds,-20} {weight}{(e.Note is null ? "" : "  *")}".TrimEnd();
        }

        if (analysis.Effects.Any(e => Printed(e, analysis.Options) is not null))
        {
            yield return PrintedNote;
        }

        if (analysis.Effects.Any(e => e.Note is not null))
        {
            yield return "* " + analysis.Effects.First(e => e.Note is not null).Note;
        }
    }

    /// <summary>Subgroups, meta-regression and tests of small-study effects, a line each.</summary>
    public static IEnumerable<string> Tests(MetaAnswer a)
    {
        var analysis = a.Analysis;
        if (a.Subgroups is { } s)
        {
            yield return "";
            foreach (var g in s.Groups)
            {
                yield return $"subgroup {g.Name}: k = {g.Pooled.K}, {Shown(analysis, g.Pooled)}{(g.Pooled.Tau2 is { } t ? $", tau² {Significant(t)}" : "")}";
            }

            yield return s.QBetween is { } q ? $"between subgroups: {(s.Df2 is { } d ? $"F({s.Df}, {d})" : $"Q = {Fixed(q)} on {s.Df} df")}, p {P(s.P!.Value)}" : "between subgroups: needs two subgroups with a result";
        }

        if (a.Regression is { } r)
        {
            yield return "";
            foreach (var c in r.Coefficients)
            {
                yield return $"{c.Name}: {Significant(c.Est)} (SE {Significant(c.Se)}{(c.Ci is { } ci ? $"; {Significant(ci.Low)} to {Significant(ci.High)}" : "")}){(c.P is { } p ? $", p {P(p)}" : "")}";
            }

            yield return $"moderators: {(r.QmDf2 is { } d ? $"F({r.QmDf}, {d}) = {Fixed(r.Qm)}" : $"QM = {Fixed(r.Qm)} on {r.QmDf} df")}{(r.QmP is { } qp ? $", p {P(qp)}" : "")}; left over: QE = {Fixed(r.Qe)} on {r.QeDf} df, p {P(r.QeP)}{(r.Tau2 is { } t ? $"; tau² {Significant(t)}" : "")}{(r.R2 is { } r2 ? $"; R² {r2.ToString("0.0", CultureInfo.InvariantCulture)} %" : "")}";
        }

        if (a.Extras.Egger)
        {
            yield return "";
            yield return a.EggerModel is { } e ? $"Egger within the model: {(e.Df is { } df ? $"t({df})" : "z")} = {Fixed(e.Stat)}, p {(e.P is { } p ? P(p) : "none")}" : "Egger: needs three studies of different size";
            if (a.EggerOrdinary is { P: { } po } ordinary)
            {
                yield return $"Egger, ordinary regression: t({ordinary.Df}) = {Fixed(ordinary.Stat)}, p {P(po)}";
            }
        }

        if (a.Extras.Begg)
        {
            yield return a.Begg is { } b ? $"Begg: Kendall's tau = {Fixed(b.Tau)}, p {(b.P is { } p ? P(p) : "none")} ({(b.Exact ? "exact" : "normal, ties")})" : "Begg: needs two studies that differ";
        }

        if (a.Filling is { } f)
        {
            yield return $"trim and fill ({f.Estimator}): {f.Missing} missing on the {(f.OnTheRight ? "right" : "left")}; with them {Shown(analysis, f.Pooled)}";
        }
    }

    private static IEnumerable<string> PerStudy(MetaAnswer a)
    {
        var analysis = a.Analysis;
        foreach (var line in Rows("without", a.LeaveOneOut.Select(w => (w.Left.Study.Label, w.Pooled))).Concat(Rows("up to", a.Cumulative.Select(u => (u.Added.Study.Label, u.Pooled)))))
        {
            yield return line;
        }

        foreach (var i in a.Influences)
        {
            yield return $"influence of {i.Study.Study.Label}: studentised residual {Fixed(i.StudentResidual)}, Cook's distance {Fixed(i.CooksDistance)}";
        }

        IEnumerable<string> Rows(string word, IEnumerable<(string Label, Pooled Pooled)> rows) => rows.Select(x => $"{word} {x.Label}: {Shown(analysis, x.Pooled)}{(x.Pooled.Tau2 is { } t ? $", tau² {Significant(t)}" : "")}");
    }
}
