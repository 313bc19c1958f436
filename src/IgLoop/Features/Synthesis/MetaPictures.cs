using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Pooling;
using IgLoop.Pictures;

namespace IgLoop.Features.Synthesis;

/// <summary>Pictures of an analysis.</summary>
internal static class MetaPictures
{
    /// <param name="arms">What the two arms are called; null: by number, as a table of trials gives no names.</param>
    public static Picture Forest(MetaAnswer a, string title, string id = "forest", (string First, string Second)? arms = null)
    {
        var analysis = a.Analysis;
        var o = analysis.Options;
        var back = BackTransform.Of(analysis) ?? (x => x);
        var z = Core.Statistics.Distributions.NormalQuantile(0.5 + (o.Level / 2));
        var place = 0;
        var weights = analysis.Pooled.WeightsPercent;
        var studies = analysis.Effects.Select(e =>
        {
            var cells = Cells(e.Study, o);
            if (!e.Counted)
            {
                return new ForestStudy(e.Study.Label, null, null, null, null, a.Subgroups is null ? null : e.Study.Subgroup, e.NotCounted) { Cells = cells };
            }

            var half = z * Math.Sqrt(e.V!.Value);
            var own = BackTransform.Of(analysis, e) ?? back;
            if (MetaText.Printed(e, o) is var (printed, low, high))
            {
                return new ForestStudy(e.Study.Label, printed, low, high, weights?[place++], a.Subgroups is null ? null : e.Study.Subgroup) { Cells = cells };
            }

            return new ForestStudy(e.Study.Label, own(e.Y!.Value), own(e.Y.Value - half), own(e.Y.Value + half), weights?[place++], a.Subgroups is null ? null : e.Study.Subgroup) { Cells = cells };
        }).ToList();

        // One study has nothing to be pooled with: a diamond beneath it would look like a result of its own.
        var summary = analysis.Pooled.K > 1 ? Summary("All studies", analysis.Pooled, back, o) : null;
        return ForestPlot.Draw(new(title, Capital(ConventionWords.Measure(o)), studies, summary is null ? [] : [summary], o.IsLog)
        {
            Columns = ColumnsOf(o, analysis, arms),
            Level = o.Level,
            Reference = o.IsProportion ? analysis.Pooled.Est is { } middle ? back(middle) : 0 : null,
            Groups = a.Subgroups is { } s ? [.. s.Groups.Select(g => new ForestGroup(g.Name, Summary(g.Name, g.Pooled, back, o)))] : [],
            Notes = [.. Unit(analysis) is { } unit ? [$"{Capital(ConventionWords.Measure(o))} in {unit}"] : (string[])[], Heterogeneity(a), $"{Capital(ConventionWords.Method(o))}; {ConventionWords.Test(o)}", .. analysis.Effects.Any(e => MetaText.Printed(e, o) is not null) ? [MetaText.PrintedNote] : (string[])[]],
        }, id);
    }

    public static Picture Funnel(MetaAnswer a, string title, string id = "funnel")
    {
        var analysis = a.Analysis;
        return FunnelPlot.Draw(new(title, Capital(ConventionWords.Measure(analysis.Options)) + (Unit(analysis) is { } unit ? $" ({unit})" : ""), [.. analysis.Counted.Select(e => new FunnelStudy(e.Study.Label, e.Y!.Value, Math.Sqrt(e.V!.Value)))], analysis.Pooled.Est, analysis.Options.IsLog)
        {
            Filled = a.Filling is { } f ? [.. f.Filled.Select((x, i) => new FunnelStudy($"filled {i + 1}", x.Y, Math.Sqrt(x.V)))] : [],
            Contours = !analysis.Options.IsProportion,
        }, id);
    }

    /// <summary>Whether the studies are tables of two arms, which a L'Abbé plot can show.</summary>
    public static bool HasTables(Analysis analysis) => analysis.Effects.Any(e => e.Study is { A: not null, N1: > 0, C: not null, N2: > 0 });

    /// <summary>Rates of the two arms of each study, with the curve on which the pooled effect would put them.</summary>
    public static Picture LAbbe(MetaAnswer a, string title, string id = "labbe")
    {
        var analysis = a.Analysis;
        var studies = analysis.Effects.Where(e => e.Study is { A: not null, N1: > 0, C: not null, N2: > 0 })
            .Select(e => new LAbbeStudy(e.Counted || analysis.Pooled.OnlyInPool.ContainsKey(e.Study.Row) ? e.Study.Label : $"{e.Study.Label} (not counted)", e.Study.A!.Value, e.Study.N1!.Value, e.Study.C!.Value, e.Study.N2!.Value)).ToList();
        return LAbbePlot.Draw(new(title, "Events", "arm 1", "arm 2", studies)
        {
            Pooled = analysis.Pooled is { K: > 1, Est: { } est } ? RateUnder(est, analysis.Options) : null,
            PooledLabel = "pooled " + ConventionWords.Measure(analysis.Options),
        }, id);
    }

    private static Func<double, double>? RateUnder(double est, SynthesisOptions o) => o.Measure switch
    {
        Measure.RR => c => c * Math.Exp(est),
        Measure.RD => c => c + est,
        Measure.OR or Measure.Peto => c => c * Math.Exp(est) / (1 - c + (c * Math.Exp(est))),
        _ => null,
    };

    private static string? Unit(Analysis analysis) => analysis.Options.Measure is Measure.MD or Measure.GEN ? analysis.Effects.Select(e => e.Study.Unit).FirstOrDefault(u => u is not null) : null;

    private static ForestSummary? Summary(string label, Pooled p, Func<double, double> back, SynthesisOptions o) => p is { Est: { } est, Ci: { } ci }
        ? new(label, back(est), back(ci.Low), back(ci.High), p is { Pi: { } pi, K: > 2 } && o.Prediction != Prediction.None ? back(pi.Low) : null, p is { Pi: { } pi2, K: > 2 } && o.Prediction != Prediction.None ? back(pi2.High) : null)
        : null;

    private static IReadOnlyList<string> ColumnsOf(SynthesisOptions o, Analysis analysis, (string First, string Second)? arms) => analysis.Effects[0].Study switch
    {
        // A name alone, where there is one: what 19/30 is needs no words, and a longer header would be cut.
        { A: not null } or { C: not null } or { Mean1: not null } when arms is var (first, second) => [Capital(first), Capital(second)],
        { A: not null } or { C: not null } => ["Arm 1, events/n", "Arm 2, events/n"],
        { X: not null } when o.IsProportion => ["Events/n"],
        { Mean1: not null } => ["Arm 1, mean (SD), n", "Arm 2, mean (SD), n"],
        _ => [],
    };

    private static IReadOnlyList<string> Cells(TrialRow r, SynthesisOptions o) => r switch
    {
        { A: not null } or { C: not null } => [$"{N(r.A)}/{N(r.N1)}", $"{N(r.C)}/{N(r.N2)}"],
        { X: not null } when o.IsProportion => [$"{N(r.X)}/{N(r.N)}"],
        { Mean1: not null } => [$"{N(r.Mean1)} ({N(r.Sd1)}), {N(r.N1)}", $"{N(r.Mean2)} ({N(r.Sd2)}), {N(r.N2)}"],
        _ => [],
    };

    private static string Heterogeneity(MetaAnswer a)
    {
        var p = a.Analysis.Pooled;
        return p.Q is { } q
            ? $"Q = {MetaText.Number(Math.Round(q, 2))} ({p.QDf} df, p {MetaText.P(p.Qp!.Value)}); I² = {MetaText.Number(Math.Round(p.I2!.Value, 1))} %{(p.Tau2 is { } t && a.Analysis.Options.IsRandom ? $"; tau² = {MetaText.Significant(t)}" : "")}"
            : "Heterogeneity: needs at least two studies";
    }

    private static string N(double? v) => v is { } d ? MetaText.Number(d) : "?";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
