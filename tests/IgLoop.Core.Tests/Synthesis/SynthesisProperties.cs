using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Statistics;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;
using IgLoop.Core.Synthesis.Exploring;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Core.Tests.Synthesis;

/// <summary>What holds for every set of studies, whatever its numbers.</summary>
public class SynthesisProperties
{
    private static readonly Method[] RandomEffects = [Method.DL, Method.HE, Method.HS, Method.SJ, Method.ML, Method.REML, Method.EB, Method.PM];

    /// <summary>Effects and variances that differ by orders of magnitude, two to twelve studies.</summary>
    private static readonly Gen<(double Y, double V)[]> Sets = Gen.Choose(2, 12).SelectMany(k => Gen.Choose(-4000, 4000).Two().ArrayOf(k).Select(p => p.Select(x => (Y: x.Item1 / 1000.0, V: 0.001 + (Math.Abs(x.Item2) / 1500.0))).ToArray()));

    public static TheoryData<Method> Methods => [.. RandomEffects, Method.EE];

    public static TheoryData<Method> Random => [.. RandomEffects];

    [Theory]
    [MemberData(nameof(Methods))]
    public void the_order_of_studies_never_matters(Method method) => Hold(Sets, s =>
    {
        var (a, b) = (Pool(method, s), Pool(method, [.. s.Reverse()]));
        return Near(a.Est, b.Est) && Near(a.Se, b.Se) && Near(a.Tau2, b.Tau2) && Near(a.Q, b.Q);
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void one_study_gives_itself(Method method) => Hold(Sets, s =>
    {
        var one = Pool(method, s[..1], Hksj.Yes);
        return one is { K: 1, Q: null, I2: null, Tau2: null, Pi: null } && Near(one.Est, s[0].Y) && Near(one.Se, Math.Sqrt(s[0].V)) && Near(one.WeightsPercent![0], 100);
    });

    [Theory]
    [MemberData(nameof(Random))]
    public void random_effects_without_heterogeneity_are_equal_effects(Method method) => Hold(Sets, s =>
    {
        var random = Pool(method, s);
        var equal = Pool(Method.EE, s);
        return random.Tau2 > 0 || (Near(random.Est, equal.Est) && Near(random.Se, equal.Se));
    });

    [Theory]
    [MemberData(nameof(Random))]
    public void moving_every_effect_moves_the_estimate_and_nothing_else(Method method) => Hold(Sets, s =>
    {
        var (a, b) = (Pool(method, s), Pool(method, [.. s.Select(x => (x.Y + 7.5, x.V))]));
        return Near(a.Est + 7.5, b.Est) && Near(a.Se, b.Se) && Near(a.Tau2, b.Tau2);
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void weights_add_up_to_a_hundred_and_none_is_negative(Method method) => Hold(Sets, s =>
    {
        var w = Pool(method, s).WeightsPercent!;
        return w.Count == s.Length && w.All(x => x >= 0) && Near(w.Sum(), 100);
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void leaving_out_one_of_two_leaves_the_other(Method method) => Hold(Sets, s =>
    {
        var left = Sensitivity.LeaveOneOut(Of(method, s[..2]));
        return left.Count == 2 && Near(left[0].Pooled.Est, s[1].Y) && Near(left[1].Pooled.Est, s[0].Y);
    });

    [Fact]
    public void the_bounds_of_tau2_solve_their_equation() => Hold(Sets, s =>
    {
        var interval = TauInterval.Of(Of(Method.REML, s))!;
        var df = s.Length - 1;
        return Solves(interval.Tau2.Low, Distributions.ChiSquaredQuantile(0.975, df)) && Solves(interval.Tau2.High, Distributions.ChiSquaredQuantile(0.025, df)) && interval.Tau2.Low <= interval.Tau2.High;

        bool Solves(double tau2, double quantile)
        {
            var w = s.Select(x => 1 / (x.V + tau2)).ToArray();
            var mean = s.Zip(w).Sum(p => p.First.Y * p.Second) / w.Sum();
            var q = s.Zip(w).Sum(p => (p.First.Y - mean) * (p.First.Y - mean) * p.Second);
            return tau2 == 0 ? q <= quantile * (1 + 1e-9) : Math.Abs(q - quantile) <= 1e-7 * quantile;
        }
    });

    [Theory]
    [InlineData(Method.EE)]
    [InlineData(Method.DL)]
    [InlineData(Method.HE)]
    [InlineData(Method.HS)]
    public void a_regression_on_calendar_years_keeps_every_digit_of_one_on_years_since(Method method) => Hold(Sets.Where(s => s.Length > 3), s =>
    {
        Regression On(int origin) => Moderators.Regression(
            Synthesiser.Of([.. s.Select((x, i) => new TrialRow { Label = $"study {i + 1}", Row = i + 1, Yi = x.Y, Vi = x.V, Others = new Dictionary<string, string> { ["year"] = $"{origin + (i * 7 % 11)}" } })], new() { Measure = Measure.GEN, Method = method }), ["year"]);

        var (calendar, since) = (On(1990), On(0));
        return Exact(calendar.Coefficients[1].Est, since.Coefficients[1].Est) && Exact(calendar.Qe, since.Qe) && Exact(calendar.Tau2 ?? 0, since.Tau2 ?? 0);

        static bool Exact(double a, double b) => Math.Abs(a - b) <= 1e-10 * Math.Max(0.01, Math.Abs(b));
    });

    [Theory]
    [InlineData(Method.EE)]
    [InlineData(Method.DL)]
    [InlineData(Method.REML)]
    public void data_that_are_symmetric_have_no_study_filled_in(Method method) => Hold(Sets, s =>
    {
        var half = s.Where(x => x.Y != 0).DistinctBy(x => Math.Abs(x.Y)).ToList();
        (double, double)[] symmetric = [.. half, .. half.Select(x => (-x.Y, x.V)), (0, 0.3)];
        return new[] { FillEstimator.L0, FillEstimator.R0 }.All(e => new bool?[] { true, false }.All(side => TrimAndFill.Of(Of(method, symmetric), e, side) is { Missing: 0 } f && Near(f.Pooled.Est, 0)));
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void identical_effects_settle_for_every_method_and_test(Method method) => Hold(Sets, s =>
    {
        var effect = Math.Abs(s[0].Y) + 0.1;
        (double, double)[] same = [.. s.Select(x => (effect, x.V))];
        var analysis = Of(method, same);
        var filled = new[] { FillEstimator.L0, FillEstimator.R0 }.All(e => TrimAndFill.Of(analysis, e, null) is { Missing: 0 });
        if (method == Method.EE)
        {
            return filled;
        }

        var knapp = Pool(method, same, Hksj.Yes);
        var adhoc = Pool(method, same, Hksj.WithLowerBound);
        return filled && Near(analysis.Pooled.Tau2, 0) && Near(knapp.Est, effect) && knapp is { Se: 0, P: 0, Ci: { } ci } && ci.Low == ci.High && adhoc.Se > 0;
    });

    [Theory]
    [InlineData(Method.EE)]
    [InlineData(Method.REML)]
    [InlineData(Method.MH)]
    [InlineData(Method.Peto)]
    public void swapping_the_arms_turns_the_odds_ratio_over(Method method) => Hold(Tables, t =>
    {
        var (a, b) = (Of(method, t, Measure.OR).Pooled, Of(method, [.. t.Select(x => (x.C, x.N2, x.A, x.N1))], Measure.OR).Pooled);
        return (a.Est is null && b.Est is null) || (Near(a.Est, -b.Est) && Near(a.Se, b.Se) && Near(a.Q ?? 0, b.Q ?? 0));
    });

    [Theory]
    [InlineData(Method.MH, ZeroCells.Metafor)]
    [InlineData(Method.MH, ZeroCells.None)]
    [InlineData(Method.MH, ZeroCells.RevMan)]
    [InlineData(Method.Peto, ZeroCells.None)]
    public void shares_of_tables_add_up_and_k_is_their_number(Method method, ZeroCells zero) => Hold(Tables, t =>
    {
        foreach (var measure in method == Method.Peto ? [Measure.OR] : new[] { Measure.OR, Measure.RR, Measure.RD })
        {
            var analysis = Of(method, t, measure, zero);
            if (analysis.Pooled is { WeightsPercent: { } w, Est: not null } p && !(Near(w.Sum() + p.OnlyInPool.Values.Sum(), 100) && p.K == analysis.InPool.Count))
            {
                return false;
            }
        }

        return true;
    });

    private static Gen<(int A, int N1, int C, int N2)[]> Tables => Gen.Choose(2, 8).SelectMany(k => Gen.Choose(0, 400).Four().ArrayOf(k).Select(p => p.Select(x =>
    {
        var (n1, n2) = (2 + (x.Item1 / 10), 2 + (x.Item2 / 10));
        return (Math.Min(n1, x.Item3 / 12), n1, Math.Min(n2, x.Item4 / 12), n2);
    }).ToArray()));

    private static void Hold<T>(Gen<T> gen, Func<T, bool> property) => Prop.ForAll(gen.ToArbitrary(), property).QuickCheckThrowOnFailure();

    private static Pooled Pool(Method method, (double Y, double V)[] studies, Hksj hksj = Hksj.No) => Of(method, studies, hksj).Pooled;

    private static Analysis Of(Method method, (double Y, double V)[] studies, Hksj hksj = Hksj.No) =>
        Synthesiser.Of([.. studies.Select((s, i) => new TrialRow { Label = $"study {i + 1}", Row = i + 1, Yi = s.Y, Vi = s.V })], new() { Measure = Measure.GEN, Method = method, Hksj = method == Method.EE ? Hksj.No : hksj });

    private static Analysis Of(Method method, (int A, int N1, int C, int N2)[] tables, Measure measure, ZeroCells zero = ZeroCells.Metafor) =>
        Synthesiser.Of([.. tables.Select((t, i) => new TrialRow { Label = $"study {i + 1}", Row = i + 1, A = t.A, N1 = t.N1, C = t.C, N2 = t.N2 })], new() { Measure = measure, Method = method, ZeroCells = zero });

    private static bool Near(double? a, double? b) => a is { } x && b is { } y ? Math.Abs(x - y) <= 1e-6 * Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y))) : a is null && b is null;
}
