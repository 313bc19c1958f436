using System.Diagnostics;
using System.Globalization;
using IgLoop.Core.Statistics;

namespace IgLoop.Bench;

/// <summary>Statistics beside R in the same run; R times its own work, so its start is not counted. And whether intervals cover as often as they say.</summary>
internal static class StatisticsBench
{
    private const int Resamples = 10_000;

    /// <summary>10,000 resamples of 62 paired differences, BCa with jackknife, against the boot package.</summary>
    public static int BootstrapOfACohort()
    {
        var chance = new Chance(1);
        double[] x = [.. Enumerable.Range(0, 62).Select(_ => Math.Round(-4 + (4 * chance.Normal())))];
        var list = string.Join(",", x.Select(v => v.ToString(CultureInfo.InvariantCulture)));
        foreach (var (name, r, ours) in new (string, string, StatisticOf)[] { ("mean", "mean", Mean), ("median", "median", Median) })
        {
            var seconds = Best(() => Bootstrap.Of(x, ours, Resamples, new Chance(2)));
            var theirs = R($"library(boot); x <- c({list}); f <- function(d, i) {r}(d[i]); t <- min(replicate(3, system.time({{ b <- boot(x, f, {Resamples}); boot.ci(b, type = c('perc', 'bca')) }})[['elapsed']])); cat(t)");
            Console.WriteLine($"bootstrap of the {name}, {Resamples} resamples of 62 with BCa: {seconds * 1000:0.0} ms; R (boot) {theirs * 1000:0} ms; {theirs / seconds:0} times faster");
        }

        return 0;
    }

    /// <summary>2,000 patients with five visits, random intercept and slope by REML, against lme4.</summary>
    public static int Mixed()
    {
        var values = Visits(2000, -0.5, new Chance(3));
        MixedModel? fit = null;
        var seconds = Best(() => fit = MixedModel.Of(values, randomSlope: true));
        var file = Path.GetTempFileName();
        File.WriteAllLines(file, values.Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Patient},{v.Time:R},{v.Value:R}")).Prepend("s,t,y"));
        var theirs = R($"suppressMessages(library(lme4)); d <- read.csv('{file}'); f <- NULL; t <- min(replicate(3, system.time(f <<- lmer(y ~ t + (t | s), d))[['elapsed']])); cat(t, REMLcrit(f), fixef(f)[[2]])", out var more);
        File.Delete(file);
        Console.WriteLine($"mixed model, 2000 patients × 5 visits, random slope, REML: {seconds * 1000:0.0} ms; R (lme4) {theirs * 1000:0} ms; {theirs / seconds:0.0} times faster; criterion {fit!.Criterion:0.00000}, lme4 {more[0]:0.00000}; slope {fit.Fixed[1]:0.000000}, lme4 {more[1]:0.000000}");
        return 0;
    }

    /// <summary>How often intervals of 95 % hold the truth.</summary>
    public static int Coverage()
    {
        const int runs = 2000;
        var chance = new Chance(20);
        Show("Wilson, 12 of 62 expected", runs, () => Proportion.Wilson(Draw(62, 0.2, chance), 62).Holds(0.2));
        Show("Wilson, n = 20, p = 0.5", runs, () => Proportion.Wilson(Draw(20, 0.5, chance), 20).Holds(0.5));
        Show("Clopper-Pearson, n = 62, p = 0.2", runs, () => Proportion.ClopperPearson(Draw(62, 0.2, chance), 62).Holds(0.2));
        Show("Hodges-Lehmann, 30 pairs, exact", runs, () => HodgesLehmann.Of([.. Enumerable.Range(0, 30).Select(_ => -3 + (4 * chance.Normal()))]) is { Low: { } l, High: { } h } && l <= -3 && h >= -3);
        Show("Hodges-Lehmann, 62 pairs, whole points with ties", runs, () => HodgesLehmann.Of([.. Enumerable.Range(0, 62).Select(_ => Math.Round(-3 + (4 * chance.Normal())))], ZeroRule.Pratt) is { Low: { } l, High: { } h } && l <= -3 && h >= -3);
        Show("McNemar odds ratio 3, exact, 24 changed", runs, () => Draw(24, 0.75, chance) is var c && McNemar.Of(24 - c, c) is { } m && m.Low <= 3 && m.High >= 3);
        Show("McNemar odds ratio 3, Wilson, 24 changed", runs, () => Draw(24, 0.75, chance) is var c && McNemar.Of(24 - c, c) is { } m && m.WilsonLow <= 3 && m.WilsonHigh >= 3);
        Show("mixed model slope, 62 patients × 5 visits", runs, () => MixedModel.Of(Visits(62, -0.5, chance), randomSlope: true).IntervalOf(1).Holds(-0.5));
        Show("Kaplan-Meier at 1 year, log-log, 62 patients", runs, () => SurvivalHolds(chance));
        Show("bootstrap BCa of a mean, 62 patients, skewed", 500, () => Bootstrap.Of([.. Enumerable.Range(0, 62).Select(_ => chance.Exponential(5))], Mean, 1000, chance).Bca!.Value.Holds(5));
        return 0;
    }

    private static void Show(string name, int runs, Func<bool> holds)
    {
        var held = Enumerable.Range(0, runs).Count(_ => holds());
        var within = Proportion.Wilson(held, runs);
        Console.WriteLine($"{name,-52} {100.0 * held / runs,5:0.0} % of {runs} (Monte Carlo {100 * within.Low:0.0} to {100 * within.High:0.0})");
    }

    private static int Draw(int n, double p, Chance chance) => Enumerable.Range(0, n).Count(_ => chance.Happens(p));

    private static bool SurvivalHolds(Chance chance)
    {
        var times = new double[62];
        var events = new bool[62];
        for (var i = 0; i < 62; i++)
        {
            double relapse = chance.Exponential(500), watched = 200 + (400 * chance.Uniform());
            (times[i], events[i]) = (Math.Min(relapse, watched), relapse <= watched);
        }

        var step = KaplanMeier.Of(times, events).Steps.Last(s => s.Time <= 365);
        return step is { Low: { } low, High: { } high } && low <= Math.Exp(-365 / 500.0) && high >= Math.Exp(-365 / 500.0);
    }

    private static List<Repeated> Visits(int patients, double slope, Chance chance)
    {
        var values = new List<Repeated>();
        for (var i = 0; i < patients; i++)
        {
            double start = 14 + (4 * chance.Normal()), own = slope + (0.25 * chance.Normal());
            values.AddRange(new[] { 0.0, 1, 3, 6, 9 }.Select(t => new Repeated(i, t, start + (own * t) + (1.5 * chance.Normal()))));
        }

        return values;
    }

    private static double Mean(Span<double> x)
    {
        var sum = 0.0;
        foreach (var v in x)
        {
            sum += v;
        }

        return sum / x.Length;
    }

    private static double Median(Span<double> x)
    {
        x.Sort();
        return x.Length % 2 == 1 ? x[x.Length / 2] : (x[(x.Length / 2) - 1] + x[x.Length / 2]) / 2;
    }

    private static double Best(Action work)
    {
        work();
        return Enumerable.Range(0, 7).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }

    private static double R(string script) => R(script, out _);

    /// <summary>Runs a script in R; the first number printed is the seconds.</summary>
    private static double R(string script, out double[] more)
    {
        using var process = Process.Start(new ProcessStartInfo("Rscript", ["-e", script]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var numbers = process.StandardOutput.ReadToEnd().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        process.WaitForExit();
        more = numbers[1..];
        return numbers[0];
    }
}
