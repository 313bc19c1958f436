using System.CommandLine;
using System.Text;
using System.Text.Json;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;

namespace IgLoop.Cli.Literature;

/// <summary>The part of <c>igloop review</c> that is about included studies: grouping, extraction, risk of bias, export.</summary>
internal static class ReviewStudyCommands
{
    private static readonly Argument<string> Id = new("id") { Description = "Id of the review" };
    private static readonly Argument<string> Study = new("study") { Description = "Id of the study, for example ice-2008" };
    private static readonly Option<string> By = new("--by") { Description = "Who does this; kept in the record as stated", Required = true, HelpName = "NAME" };

    public static Command Group()
    {
        var record = new Argument<string>("record") { Description = "An included report, for example r12" };
        var command = new Command("group", "Say to which study a report belongs; several reports may be one study") { Id, record, Study, By };
        command.SetAction(parsed =>
        {
            ReviewCommand.Keep(ReviewCommand.Store(parsed), parsed.GetRequiredValue(Id), parsed.GetRequiredValue(By), new Grouped(parsed.GetRequiredValue(record), parsed.GetRequiredValue(Study)));
            Console.WriteLine($"{parsed.GetRequiredValue(record)} belongs to {parsed.GetRequiredValue(Study)}.");
            return 0;
        });
        return command;
    }

    public static Command Extract()
    {
        var file = new Argument<string>("file") { Description = "The extraction as JSON (docs/reviews.md)" };
        var command = new Command("extract", "Keep the extraction of a study; says what does not add up") { Id, Study, file, By };
        command.SetAction(parsed =>
        {
            var form = Read<Extraction>(parsed.GetRequiredValue(file));
            ReviewCommand.Keep(ReviewCommand.Store(parsed), parsed.GetRequiredValue(Id), parsed.GetRequiredValue(By), new Extracted(parsed.GetRequiredValue(Study), form));
            foreach (var flag in form.Check())
            {
                Console.WriteLine($"look: {flag}");
            }

            Console.WriteLine($"{parsed.GetRequiredValue(Study)}: {form.Arms.Count} {(form.Arms.Count == 1 ? "arm" : "arms")}, {form.Outcomes.Count} {(form.Outcomes.Count == 1 ? "outcome" : "outcomes")} kept.");
            return 0;
        });
        return command;
    }

    public static Command Bias()
    {
        var file = new Argument<string>("file") { Description = "The judgements as JSON (docs/reviews.md)" };
        var command = new Command("bias", "Keep the risk of bias of a study by RoB 2 or ROBINS-I; answers to signalling questions give a suggestion") { Id, Study, file, By, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var bias = BiasText.Read(Text(parsed.GetRequiredValue(file)), parsed.GetRequiredValue(file), KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder)));
            ReviewCommand.Keep(ReviewCommand.Store(parsed), parsed.GetRequiredValue(Id), parsed.GetRequiredValue(By), new BiasJudged(parsed.GetRequiredValue(Study), bias));
            foreach (var d in bias.Domains.Where(d => d.Overridden))
            {
                Console.WriteLine($"look: {d.Domain} is judged {RiskOfBias.WordOf(d.Level)}, the answers suggest {RiskOfBias.WordOf(d.Suggested!.Value)}");
            }

            Console.WriteLine(bias.Line());
            return 0;
        });
        return command;
    }

    public static Command Export()
    {
        var study = new Option<string?>("--study") { Description = "One study as a file of knowledge/evidence; left out: the whole review as JSON" };
        var changes = new Option<bool>("--changes") { Description = "Say what the study would change in the knowledge and in the pooled estimates of the evidence profile" };
        var json = new Option<bool>("--json") { Description = "With --changes: one JSON document" };
        var into = new Option<string?>("--into") { Description = "Knowledge folder to write the study, its listing and its rows of the profile into", HelpName = "DIR" };
        var command = new Command("export", "A study as a knowledge file, what it changes, or the whole review") { Id, study, changes, into, json, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var review = ReviewCommand.Load(ReviewCommand.Store(parsed, make: false), parsed.GetRequiredValue(Id));
            if (parsed.GetValue(study) is not { } id)
            {
                Console.WriteLine(ReviewExport.Json(parsed.GetRequiredValue(Id), review));
                return 0;
            }

            var folder = parsed.GetValue(into) ?? parsed.GetValue(KnowledgeCommand.Folder) ?? KnowledgeFolder.Shipped;
            var files = KnowledgeFolder.Read(folder);
            if (!KnowledgeBase.TryLoad(files, out var knowledge, out _))
            {
                throw new CliException("The knowledge has problems of its own; 'igloop knowledge check' shows them.");
            }

            if (ReviewExport.Change(review, id, files, knowledge, out var problem) is not { } change)
            {
                throw new CliException(problem!);
            }

            if (parsed.GetValue(into) is not null)
            {
                foreach (var file in change.Files)
                {
                    File.WriteAllText(Path.Combine(folder, file.Path), file.Text, new UTF8Encoding(false));
                }
            }

            if (!parsed.GetValue(changes) && parsed.GetValue(into) is null)
            {
                Console.Write(change.Files[0].Text);
                return 0;
            }

            var pooled = PooledChange.Of(change, knowledge, review.Bias.GetValueOrDefault(id, []));
            if (parsed.GetValue(json))
            {
                Console.WriteLine(ReviewExport.Json(change, knowledge, pooled).ToJsonString(Batch.Json));
                return 0;
            }

            foreach (var line in ReviewExport.Lines(change, knowledge, pooled))
            {
                Console.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    /// <summary>As the record is read, and a key that stands twice is refused: nobody can say which was meant.</summary>
    internal static readonly JsonSerializerOptions FromFile = new(ReviewJson.Options) { AllowDuplicateProperties = false };

    private static T Read<T>(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<T>(Text(path), FromFile) ?? throw new CliException($"{path} holds nothing.");
            return Complete.Missing(read) is { } missing ? throw new CliException($"{path}: {missing} is missing; docs/reviews.md shows the form.") : read;
        }
        catch (JsonException e)
        {
            throw NotExpected(path, e);
        }
    }

    internal static CliException NotExpected(string path, JsonException e) =>
        new($"{path} is not the JSON that is expected (line {(e.LineNumber ?? 0) + 1}, {e.Path ?? "$"}): {e.Message.Split(" Path:")[0].TrimEnd('.')}.");

    private static string Text(string path)
    {
        try
        {
            return path == "-" ? Console.In.ReadToEnd() : File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{path} cannot be read: {e.Message.TrimEnd('.')}.");
        }
    }
}
