using System.CommandLine;
using System.Security.Cryptography;
using IgLoop.Features.Outcomes;

namespace IgLoop.Cli;

/// <summary><c>igloop export</c>: the cohort of the record as one CSV table.</summary>
public static class ExportCommand
{
    private const int SmallestCell = 5;

    public static Command Create()
    {
        var output = new Option<string?>("--out") { Description = "Write the table to this file; standard output when left out", HelpName = "FILE" };
        var codes = new Option<bool>("--with-codes") { Description = "As the record holds it, codes and dates included: not for research" };
        var cell = new Option<int>("--min-cell") { Description = "What is said of fewer patients than this is left out", DefaultValueFactory = _ => SmallestCell };
        var at = OutcomesCommand.Date("--at", "What was true up to this day");
        var knownAt = OutcomesCommand.Date("--known-at", "What the record held at the end of this day");
        var command = new Command("export", "The cohort of the record as one CSV table, for research without codes and dates") { DataPlace.Folder, DataPlace.Postgres, output, codes, cell, at, knownAt };
        command.SetAction(parsed =>
        {
            var smallest = parsed.GetValue(cell) is >= 1 and <= 1000 and var n ? n : throw new CliException($"--min-cell must lie between 1 and 1000, not {parsed.GetValue(cell)}.");
            var entries = new CohortStore(DataPlace.Required(parsed, make: false), TimeProvider.System).Entries(OutcomesCommand.Day(parsed, at), OutcomesCommand.Day(parsed, knownAt)).GetAwaiter().GetResult();
            if (entries.Count == 0)
            {
                throw new CliException("The record holds no patient; put some in with 'igloop import FILE.csv --data DIR'.");
            }

            var patients = entries.Select(e => e.Patient).Distinct(StringComparer.Ordinal).ToArray();
            RandomNumberGenerator.Shuffle<string>(patients);
            var export = parsed.GetValue(codes) ? CohortExport.AsHeld(entries) : CohortExport.ForResearch(entries, smallest, patients);
            if (parsed.GetValue(output) is { } path)
            {
                OutcomesCommand.Write(path, export.Csv);
            }
            else
            {
                Console.Out.Write(export.Csv);
            }

            foreach (var line in export.LeftOut)
            {
                Console.Error.WriteLine(line);
            }

            Console.Error.WriteLine($"{export.Patients} patients.");
            return 0;
        });
        return command;
    }
}
