using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Decide;
using IgLoop.Fhir;

namespace IgLoop.Cli;

/// <summary><c>igloop cql</c>: try an expression: value, type, explanation; or the error with its position.</summary>
public static class CqlCommand
{
    public static Command Create()
    {
        var expression = new Argument<string?>("expression") { Description = "A CQL expression over facts", Arity = ArgumentArity.ZeroOrOne };
        var chart = new Option<string?>("--chart") { Description = "FHIR bundle or chart YAML whose facts are used", HelpName = "FILE" };
        var at = new Option<string?>("--at") { Description = "The day, 2026-11-22 (default: today)", HelpName = "DATE" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("cql", "Try a CQL expression: value, type and explanation, or the error with its position") { expression, chart, at, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            var day = CliAnswer.Of(() => DecideCommand.Day(parsed.GetValue(at))) ?? DecideCommand.Today();
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line, day));
            }

            var text = parsed.GetValue(expression) ?? throw new CliException("Give an expression, or use --ndjson for lines on standard input.");
            var facts = parsed.GetValue(chart) is { } file ? FactsOf(knowledge, file, day) : new FactSet(knowledge.Facts);
            if (!CqlExpression.TryCompile(text, knowledge.Facts, out var compiled, out var error))
            {
                Console.Error.WriteLine($"igloop: {error.Message} (line {error.Line}, column {error.Column})");
                Console.Error.WriteLine(text.Split('\n')[error.Line - 1]);
                Console.Error.WriteLine(new string(' ', Math.Max(error.Column - 1, 0)) + "^");
                return 2;
            }

            var result = Result(compiled, facts, day);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(result.ToJsonString(Batch.Json));
                return 0;
            }

            Console.WriteLine($"{result["text"]}   ({result["type"]})");
            if (compiled.Type == "Boolean")
            {
                Console.Write(DecisionText.Tree(compiled.Explain(facts, day)));
            }

            return 0;
        });
        return command;
    }

    /// <summary>The answer to one request line.</summary>
    /// <exception cref="BatchException">The expression or the chart is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request, DateOnly today)
    {
        request.OnlyKeys("id", "expression", "chart", "at", "note", "expected", "output");
        var text = request.Text("expression") ?? throw new BatchException("missing", "expression is missing; give a CQL expression.", "expression");
        var day = DecideCommand.Day(request.Text("at")) ?? today;
        var facts = new FactSet(knowledge.Facts);
        if (request["chart"] is { } chart)
        {
            using var document = JsonDocument.Parse(chart.ToJsonString());
            var input = ChartReading.FromJson(document.RootElement, knowledge.Facts, "chart", day);
            facts = input.Chart is { } read
                ? knowledge.Derivations.Apply(read.At(knowledge.Facts, day).Facts)
                : throw new BatchException(input.Problems[0].Code, input.Problems[0].Message, input.Problems[0].Where);
        }

        return CqlExpression.TryCompile(text, knowledge.Facts, out var compiled, out var error)
            ? Result(compiled, facts, day)
            : throw new BatchException(error.Code, error.Message, $"line {error.Line}, column {error.Column}", error.Construct);
    }

    private static JsonObject Result(CqlExpression compiled, FactSet facts, DateOnly day)
    {
        var value = compiled.Evaluate(facts, day);
        return new JsonObject { ["value"] = Json(value), ["type"] = value.Type, ["text"] = value.Text };
    }

    /// <summary>A value as JSON: numbers, texts, truth values and lists as themselves, a quantity as value and unit, the rest as its literal.</summary>
    private static JsonNode? Json(CqlValue value)
    {
        if (value.IsNull)
        {
            return null;
        }

        if (value.Boolean is { } b)
        {
            return b;
        }

        if (value.Number is { } n)
        {
            return n;
        }

        if (value.Quantity is var (amount, unit))
        {
            return new JsonObject { ["value"] = amount, ["unit"] = unit };
        }

        return value.Items is { } items ? new JsonArray([.. items.Select(Json)]) : value.String ?? value.Text;
    }

    private static FactSet FactsOf(KnowledgeBase knowledge, string file, DateOnly day)
    {
        var read = RecordReading.ReadFile(file, knowledge.Facts, day);
        return read.Charts.Count == 1
            ? knowledge.Derivations.Apply(read.Charts[0].At(knowledge.Facts, day).Facts)
            : throw new CliException(read.Problems.Count > 0 ? $"{file}: {read.Problems[0]}" : $"{file} holds several patients; give one.");
    }
}
