using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Features.Outcomes;

namespace IgLoop.Cli;

/// <summary><c>igloop import</c>: puts a cohort into the record, whole or not at all; the same files again add nothing.</summary>
public static class ImportCommand
{
    private const int MostShown = 20;

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "CSV files as 'igloop outcomes' reads them, or folders of them", Arity = ArgumentArity.OneOrMore };
        var map = new Option<string?>("--map") { Description = "A mapping file, for a REDCap export", HelpName = "FILE" };
        var by = new Option<string?>("--by") { Description = "Who imports; kept in the record as stated (the name of the account when left out)", HelpName = "NAME" };
        var complete = new Option<bool>("--complete") { Description = "The files are all there is of their patients: what the record has and they have not is withdrawn" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var command = new Command("import", "Put a cohort into the record: patients, scores, manifestations, infusions, steroid, adverse events") { files, DataPlace.Folder, DataPlace.Postgres, map, by, complete, json };
        command.SetAction(parsed =>
        {
            var who = parsed.GetValue(by) ?? Environment.UserName;
            if (Features.Reviews.ReviewStore.NameProblem(who) is { } wrong)
            {
                throw new CliException($"{wrong} (--by)");
            }

            var read = OutcomesCommand.Files(parsed.GetValue(files)!);
            var entries = OutcomeRun.Entries(read, OutcomesCommand.Text(parsed.GetValue(map)));
            var store = new CohortStore(DataPlace.Required(parsed), TimeProvider.System);
            var (done, problems) = Progress.Show(progress => store.Import(entries, who, parsed.GetValue(complete), progress)).GetAwaiter().GetResult();
            if (done is null)
            {
                foreach (var p in problems.Take(MostShown))
                {
                    Console.Error.WriteLine($"igloop: {p.Message}{(p.Where.Row > 0 ? $" ({p.Where})" : "")}");
                }

                Console.Error.WriteLine($"igloop: {(problems.Count > MostShown ? $"There are {problems.Count - MostShown} more problems. " : "")}Nothing was imported.");
                return 2;
            }

            Console.WriteLine(parsed.GetValue(json)
                ? new JsonObject { ["patients"] = done.Patients, ["new"] = done.New, ["corrected"] = done.Corrected, ["withdrawn"] = done.Withdrawn, ["unchanged"] = done.Unchanged }.ToJsonString(Batch.Json)
                : done.Written == 0 ? $"Nothing is new: the record already holds all {done.Unchanged} entries of {done.Patients} patients."
                : $"{done.Patients} patients: {done.New} new entries, {done.Corrected} corrections, {done.Withdrawn} withdrawn, {done.Unchanged} unchanged.");
            return 0;
        });
        return command;
    }
}
