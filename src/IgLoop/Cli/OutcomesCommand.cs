using System.CommandLine;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;
using IgLoop.Features.Outcomes;

namespace IgLoop.Cli;

/// <summary><c>igloop outcomes</c>: did it work in our own patients, from the files of a chart review or from the record.</summary>
public static class OutcomesCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV files (one long table, or patients, visits, manifestations, infusions, adverse events, follow-up), or folders of them", Arity = ArgumentArity.ZeroOrMore };
        var at = Date("--at", "From the record: what was true up to this day");
        var knownAt = Date("--known-at", "From the record: what it held at the end of this day");
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
        var command = new Command("outcomes", "Did it work in our own patients: scores, manifestations, relapse, harm, cost, low against high dose") { files, DataPlace.Folder, DataPlace.Postgres, at, knownAt, map, instrument, baseline, after, window, points, percent, relapse, cut, zeros, price, currency, source, level, cell, resamples, seed, html, json };
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
            var entries = Entries(parsed, parsed.GetValue(files) ?? [], parsed.GetValue(map), Day(parsed, at), Day(parsed, knownAt));
            var start = parsed.GetValue(seed);
            var report = Progress.Show(progress => OutcomeRun.Of(entries, options, start, progress, DecideCommand.Today()));
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

    /// <summary>From the files, or from the record that <c>--data</c> or <c>--postgres</c> names.</summary>
    private static IReadOnlyList<CohortEntry> Entries(ParseResult parsed, string[] files, string? map, DateOnly? at, DateOnly? knownAt)
    {
        var folder = parsed.GetValue(DataPlace.Folder);
        if (folder is null && parsed.GetValue(DataPlace.Postgres) is null)
        {
            return at is null && knownAt is null
                ? files.Length > 0 ? OutcomeRun.Entries(Files(files), Text(map)) : throw new CliException("Name at least one CSV file or a folder of them, or the record with --data or --postgres.")
                : throw new CliException("--at and --known-at ask the record; name it with --data or --postgres.");
        }

        if (files.Length > 0 || map is not null)
        {
            throw new CliException("Give files or the record (--data, --postgres), not both; 'igloop import' puts files into the record.");
        }

        // Until the record could hold patients, --data named a folder of tables.
        if (folder is not null && Directory.Exists(folder) && !File.Exists(Path.Combine(folder, Records.Database.FileName)) && Directory.EnumerateFiles(folder, "*.csv").Any())
        {
            throw new CliException($"{folder} holds CSV tables and no record; leave --data away: igloop outcomes {folder}");
        }

        var entries = new CohortStore(DataPlace.Required(parsed, make: false), TimeProvider.System).Entries(at, knownAt).GetAwaiter().GetResult();
        return entries.Count > 0 ? entries
            : throw new CliException($"The record holds no patient{(at is null && knownAt is null ? "; put some in with 'igloop import FILE.csv --data DIR'." : " at that day.")}");
    }

    /// <summary>The files, and the CSV files of folders, by name and content.</summary>
    internal static IReadOnlyList<(string Name, byte[] Bytes)> Files(string[] named)
    {
        var files = new List<string>();
        foreach (var path in named)
        {
            if (path.StartsWith("--", StringComparison.Ordinal))
            {
                throw new CliException($"There is no option {path}; --help lists them all.");
            }

            if (!Directory.Exists(path))
            {
                files.Add(path);
                continue;
            }

            var inside = Directory.EnumerateFiles(path, "*.csv").Order(StringComparer.Ordinal).ToList();
            files.AddRange(inside.Count > 0 ? inside : throw new CliException($"{path} holds no .csv file; 'igloop simulate --patients 60 --seed 1 --out {path}' would make some to try."));
        }

        return [.. files.Select(f => (Path.GetFileName(f), Bytes(f)))];
    }

    internal static string? Text(string? file) => file is null ? null : System.Text.Encoding.UTF8.GetString(Bytes(file));

    internal static Option<string?> Date(string name, string description) => new(name) { Description = description, HelpName = "DATE" };

    internal static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Dates.TryRead(text, out var day) ? day : throw new CliException($"{option.Name} '{text}' is not a date; write it as 2024-05-31.");

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
}
