using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Features.Response;
using IgLoop.Features.Scores;

namespace IgLoop.Cli;

/// <summary><c>igloop response</c>: did it work, by the instrument, by composites and by each authority, for one patient or a cohort.</summary>
public static class ResponseCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "YAML or JSON: instrument, assessments, infusions, platelets, steroids … or cohort with many patients (docs/response.md)", Arity = ArgumentArity.ZeroOrOne };
        var at = new Option<string?>("--at") { Description = "Today, 2026-11-24 (default: the clock); nothing may lie after it", HelpName = "DATE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("response", "Did it work: the verdict by the instrument, by composites and by each authority, with the arithmetic and both denominators") { file, at, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            var today = parsed.GetValue(at) is { } t
                ? DateOnly.FromDateTime(CliAnswer.Of(() => ScoreCommand.Time(t, "--at")))
                : DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line, today));
            }

            var path = parsed.GetValue(file) ?? throw new CliException("Name a file with the assessments, in YAML or JSON; or use --ndjson for lines on standard input.");
            var given = Read(path);
            Console.WriteLine(CliAnswer.Of(() => ScoreCommand.Refusal(() =>
            {
                if (CohortRequest.Of(knowledge, given, today) is { } many)
                {
                    return parsed.GetValue(json) ? ReviewJson.Of(many).ToJsonString(Batch.Json) : ReviewText.Of(many);
                }

                var review = Reviews.Of(knowledge, ReviewReading.Read(knowledge, given, today));
                return parsed.GetValue(json) ? ReviewJson.Of(review).ToJsonString(Batch.Json) : ReviewText.Of(knowledge, review);
            })));
            return 0;
        });
        return command;
    }

    /// <summary>The answer to one request line: one patient, or many under <c>cohort</c>.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request, DateOnly today) => ScoreCommand.Refusal(() =>
    {
        var given = (Given.Map)ScoreJson.Given(request);
        return CohortRequest.Of(knowledge, given, today) is { } many ? ReviewJson.Of(many) : ReviewJson.Of(Reviews.Of(knowledge, ReviewReading.Read(knowledge, given, today)));
    });

    private static Given.Map Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new CliException($"There is no file '{path}'.");
        }

        var text = File.ReadAllText(path);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new CliException($"{path} is empty; write instrument and assessments, or a cohort (docs/response.md shows one).");
        }

        if (path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            throw new CliException($"{path} is a table; 'igloop outcomes' reads CSV, 'igloop response' reads YAML or JSON (docs/response.md).");
        }

        try
        {
            YamlText.Mapping(text);
        }
        catch (YamlMistakeException e)
        {
            throw new CliException($"{path}, {e.Where}: {e.Message}.");
        }

        var problems = new List<KnowledgeProblem>();
        var top = Block.Open(new(path, text), problems);
        var given = top is null ? Given.Empty : new Given.Map([.. top.Keys.Select(k => KeyValuePair.Create(k, top.Value(k) ?? Given.Nothing))]);
        return problems.Count == 0 ? given : throw new CliException($"{path}, line {problems[0].Place.Line}: {(problems[0].Key == "(file)" ? "it " : $"{problems[0].Key} ")}{problems[0].Message}");
    }
}
