using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Records;

namespace IgLoop.Cli;

/// <summary><c>igloop audit verify|heads</c>: proves that the record is what was written.</summary>
public static class AuditCommand
{
    public static Command Create()
    {
        var command = new Command("audit", "Prove that nothing in the record was changed after it was written");
        command.Subcommands.Add(Verify());
        command.Subcommands.Add(Heads());
        return command;
    }

    private static Command Verify()
    {
        var against = new Option<string?>("--against") { Description = "File with heads kept earlier by 'igloop audit heads'", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("verify", "Check every chain of entries; exit 1 when one is broken") { DataPlace.Folder, DataPlace.Postgres, against, json };
        command.SetAction(parsed =>
        {
            var journal = DataPlace.Required(parsed, make: false);
            var report = ChainCheck.Of(journal, Kept(parsed.GetValue(against))).GetAwaiter().GetResult();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(new JsonObject
                {
                    ["subjects"] = report.Subjects,
                    ["entries"] = report.Entries,
                    ["problems"] = new JsonArray([.. report.Problems.Select(p => (JsonNode)new JsonObject { ["subject"] = p.Subject, ["entry"] = p.Seq, ["message"] = p.What })]),
                }.ToJsonString(Batch.Json));
            }
            else if (report.Problems.Count == 0)
            {
                Console.WriteLine($"{report.Entries} entries of {report.Subjects} subjects: every chain is whole.");
            }

            if (report.Problems.Count == 0)
            {
                return 0;
            }

            foreach (var problem in report.Problems)
            {
                Console.Error.WriteLine(problem);
            }

            Console.Error.WriteLine($"{report.Problems.Count} problem{(report.Problems.Count == 1 ? "" : "s")} in {report.Entries} entries of {report.Subjects} subjects. Do not go on with this record; compare it with a backup.");
            return 1;
        });
        return command;
    }

    private static Command Heads()
    {
        var command = new Command("heads", "Print the head of every chain, to be kept outside the database") { DataPlace.Folder, DataPlace.Postgres };
        command.SetAction(parsed =>
        {
            foreach (var line in ChainCheck.Lines(DataPlace.Required(parsed, make: false).Heads().GetAwaiter().GetResult()))
            {
                Console.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    private static IReadOnlyList<Head> Kept(string? file)
    {
        try
        {
            return file is null ? [] : ChainCheck.Parse(File.ReadLines(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CliException($"The kept heads cannot be read from {file}: {e.Message.TrimEnd('.')}.");
        }
    }
}
