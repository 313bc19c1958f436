using System.Diagnostics;
using System.Globalization;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;

namespace IgLoop.Bench;

/// <summary>A 60-study REML model with trim and fill, beside metafor in the same run; the time inside R is per call and leaves its start out.</summary>
internal static class MetaBench
{
    private const string Script = """
        suppressMessages(library(metafor))
        d <- read.csv(commandArgs(TRUE)[1])
        f <- function() { r <- rma(yi, vi, data = d); t <- trimfill(r); c(r$beta, r$tau2, t$k0, t$beta) }
        for (i in 1:5) x <- f()
        n <- 60; s <- proc.time()[["elapsed"]]; for (i in 1:n) x <- f(); e <- proc.time()[["elapsed"]]
        cat(sprintf("%.17g", c(x, (e - s) / n)), "\n")
        """;

    public static int Run()
    {
        var rows = Studies(60);
        var options = new SynthesisOptions { Measure = Measure.GEN };
        (double Est, double Tau2, int Missing, double Filled) Once()
        {
            var a = Synthesiser.Of(rows, options);
            var f = TrimAndFill.Of(a, FillEstimator.L0, null)!;
            return (a.Pooled.Est!.Value, a.Pooled.Tau2!.Value, f.Missing, f.Pooled.Est!.Value);
        }

        var ours = Once();
        for (var i = 0; i < 200; i++)
        {
            ours = Once();
        }

        const int Calls = 500;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Calls; i++)
        {
            ours = Once();
        }

        var mine = watch.Elapsed.TotalSeconds / Calls;
        if (FromR(rows) is not { } r)
        {
            Console.Error.WriteLine("bench: Rscript with metafor is needed for this comparison.");
            return 2;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"60 studies, REML and trim and fill: IgLoop {mine * 1e6:0} µs, metafor {r[4] * 1e6:0} µs, {r[4] / mine:0} times as fast"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"same answers: estimate {ours.Est:0.000000} and {r[0]:0.000000}, tau² {ours.Tau2:0.00000} and {r[1]:0.00000}, filled {ours.Missing} and {r[2]}, estimate with them {ours.Filled:0.000000} and {r[3]:0.000000}"));
        var same = Math.Abs(ours.Est - r[0]) < 1e-5 && ours.Missing == (int)r[2] && Math.Abs(ours.Filled - r[3]) < 1e-5;
        return same ? 0 : 1;
    }

    /// <summary>Studies with small ones missing on one side, by a fixed rule.</summary>
    private static List<TrialRow> Studies(int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var se = 0.05 + (0.6 * i / count);
        var wobble = (((i * 7919) % 101) - 50) / 50.0;
        return new TrialRow { Label = $"study {i + 1}", Row = i + 1, Yi = 0.2 + (0.25 * wobble) + (se * (wobble > -0.4 ? 0.8 : -0.3)), Vi = se * se };
    })];

    private static double[]? FromR(List<TrialRow> rows)
    {
        var folder = Directory.CreateTempSubdirectory("igloop-bench");
        try
        {
            var (data, script) = (Path.Combine(folder.FullName, "d.csv"), Path.Combine(folder.FullName, "s.R"));
            File.WriteAllLines(data, rows.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Yi:R},{r.Vi:R}")).Prepend("yi,vi"));
            File.WriteAllText(script, Script);
            using var process = Process.Start(new ProcessStartInfo("Rscript", [script, data]) { RedirectStandardOutput = true, UseShellExecute = false });
            var output = process!.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(t => t.Length > 0).Select(t => double.Parse(t, CultureInfo.InvariantCulture))] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
