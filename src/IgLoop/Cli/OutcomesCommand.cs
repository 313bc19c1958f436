using System.CommandLine;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;
using IgLoop.Features.Outcomes;
using Spectre.Console;

namespace IgLoop.Cli;

/// <summary><c>igloop outcomes</c>: did it work in our own patients, from the files of a chart review.</summary>
public static class OutcomesCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV files: one long table, or patients, visits, manifestations, infusions, adverse events, follow-up", Arity = ArgumentArity.ZeroOrMore };
        var data = new Option<string?>("--data") { Description = "A folder with the CSV tables, as 'igloop simulate' writes them" };
        var map = new Option<string?>("--map") { Description = "A mapping file, for a REDCap export" };
        var instrument = new Option<string?>("--instrument") { Description = "The score that is followed (sledai if recorded)" };
        var d = new OutcomeOptions();
        var baseline = Days("--baseline-days", "Baseline: last value at most this many days before the first infusion", d.BaselineWithinDays);
        var after = Days("--after-days", "After: the value nearest to this many days after the first infusion", d.AfterDays);
        var window = Days("--after-window", "… and no further from it than this", d.AfterWithinDays);
        var points = new Option<decimal>("--response-points") { Description = "A responder's score fell by at least this many points", DefaultValueFactory = _ => d.ResponsePoints };
        var percent = new Option<decimal?>("--response-percent") { Description = "… or by at least this percentage of the baseline, instead of points" };
        var relapse = new Option<decimal>("--relapse-points") { Description = "A rise of this many points after the last infusion is a relapse", DefaultValueFactory = _ => d.RelapsePoints };
        var cut = new Option<decimal>("--band-cut") { Description = "Grams per kilogram of a course from which a dose is high", DefaultValueFactory = _ => d.BandCutGPerKg };
        var zeros = new Option<string>("--zeros") { Description = "Unchanged pairs in Wilcoxon's test: dropped or pratt", DefaultValueFactory = _ => "dropped" };
        var price = new Option<decimal?>("--price-per-gram") { Description = "Price of one gram" };
        var currency = new Option<string>("--currency") { Description = "Its currency", DefaultValueFactory = _ => "EUR" };
        var source = new Option<string?>("--price-source") { Description = "Where the price is from, with its date; needed with a price" };
        var level = new Option<double>("--level") { Description = "Level of the intervals", DefaultValueFactory = _ => d.Level };
        var cell = new Option<int>("--min-cell") { Description = "Smallest count that is shown; lines of single patients are left out above 1", DefaultValueFactory = _ => d.MinimumCell };
        var resamples = new Option<int>("--resamples") { Description = "Resamples of the bootstrap", DefaultValueFactory = _ => d.Resamples };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the bootstrap", DefaultValueFactory = _ => OutcomeRun.Seed };
        var html = new Option<string?>("--html") { Description = "Write a self-contained HTML report with pictures to this file" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("outcomes", "Did it work in our own patients: scores, manifestations, relapse, harm, cost, low against high dose") { files, data, map, instrument, baseline, after, window, points, percent, relapse, cut, zeros, price, currency, source, level, cell, resamples, seed, html, json };
        command.SetAction(parsed =>
        {
            var options = new OutcomeOptions
            {
                Instrument = parsed.GetValue(instrument),
                BaselineWithinDays = In(parsed.GetValue(baseline), 0, 3650, "--baseline-days"),
                AfterDays = In(parsed.GetValue(after), 1, 3650, "--after-days"),
                AfterWithinDays = In(parsed.GetValue(window), 0, 3650, "--after-window"),
                ResponsePoints = In(parsed.GetValue(points), 0.001m, 1000, "--response-points"),
                ResponseShare = parsed.GetValue(percent) is { } p ? In(p, 0.001m, 100, "--response-percent") / 100 : null,
                RelapsePoints = In(parsed.GetValue(relapse), 0.001m, 1000, "--relapse-points"),
                BandCutGPerKg = In(parsed.GetValue(cut), 0.01m, 10, "--band-cut"),
                Zeros = parsed.GetValue(zeros) switch { "dropped" => ZeroRule.Dropped, "pratt" => ZeroRule.Pratt, var z => throw new CliException($"--zeros is dropped or pratt, not '{z}'.") },
                Level = In(parsed.GetValue(level), 0.5, 0.9999, "--level"),
                MinimumCell = In(parsed.GetValue(cell), 1, 1000, "--min-cell"),
                Resamples = In(parsed.GetValue(resamples), 100, 1_000_000, "--resamples"),
                Price = PriceOf(parsed.GetValue(price), parsed.GetValue(currency)!, parsed.GetValue(source)),
            };
            var read = Files(parsed.GetValue(files) ?? [], parsed.GetValue(data));
            var mapping = parsed.GetValue(map) is { } m ? System.Text.Encoding.UTF8.GetString(Bytes(m)) : null;
            var start = parsed.GetValue(seed);
            var report = Progress(progress => OutcomeRun.Of(read, mapping, options, start, progress));
            var sections = OutcomeSections.Of(report, ProgramVersion.Text, start);
            if (parsed.GetValue(html) is { } path)
            {
                Write(path, OutcomesHtml.Of(sections, ProgramVersion.Text));
            }

            Console.WriteLine(parsed.GetValue(json) ? OutcomesJson.Of(report, ProgramVersion.Text, start).ToJsonString(Batch.Json) : OutcomesText.Of(sections));
            return 0;
        });
        return command;
    }

    /// <summary>Writes a file, or says why it cannot be written.</summary>
    internal static void Write(string path, string text)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{path} cannot be written: {e.Message}");
        }
    }

    private static Option<int> Days(string name, string description, int value) => new(name) { Description = description, DefaultValueFactory = _ => value };

    private static T In<T>(T value, T low, T high, string option)
        where T : IComparable<T> => value.CompareTo(low) >= 0 && value.CompareTo(high) <= 0 ? value : throw new CliException($"{option} must lie between {low} and {high}, not {value}.");

    private static Price? PriceOf(decimal? price, string currency, string? source) => price switch
    {
        null => null,
        < 0 => throw new CliException($"A price of {price} cannot be right (--price-per-gram)."),
        { } when string.IsNullOrWhiteSpace(source) => throw new CliException("A price needs its source and date: add --price-source \"hospital contract, January 2026\"."),
        { } p => new(p, currency, source!),
    };

    private static List<(string Name, byte[] Bytes)> Files(string[] files, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new CliException($"There is no folder {folder}; 'igloop simulate --patients 60 --seed 1 --out {folder}' would make one to try.");
        }

        List<string> all = [.. files, .. folder is null ? Enumerable.Empty<string>() : Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal)];
        return all.Count > 0
            ? [.. all.Select(f => (Path.GetFileName(f), Bytes(f)))]
            : throw new CliException(folder is null ? "Name at least one CSV file, or a folder with --data." : $"{folder} holds no .csv file.");
    }

    private static byte[] Bytes(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"There is no such file, or it cannot be read: {file}.");
        }
    }

    /// <summary>A bar on a terminal, on standard error so that the output stays clean; silence otherwise, as a report takes a second.</summary>
    private static T Progress<T>(Func<Action<string, double>?, T> work)
    {
        if (Console.IsErrorRedirected)
        {
            return work(null);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("reading");
            return work((what, done) =>
            {
                task.Description = what;
                task.Value = 100 * done;
            });
        });
    }
}
