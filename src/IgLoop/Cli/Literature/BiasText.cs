using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Bias;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;

namespace IgLoop.Cli;

/// <summary>A risk of bias assessment as JSON: a domain has its <c>level</c> and <c>reason</c>, or <c>answers</c> whose suggestion is taken, or both.</summary>
internal static class BiasText
{
    /// <exception cref="CliException">The text is not such a document, or a domain has neither a level nor answers that suggest one.</exception>
    public static RiskOfBias Read(string text, string path, KnowledgeBase knowledge)
    {
        try
        {
            var given = JsonNode.Parse(text) as JsonObject ?? throw new CliException($"{path} must hold one JSON object with tool and domains.");
            var tool = given["tool"].Deserialize<BiasTool?>(ReviewJson.Options) ?? throw new CliException($"{path} does not name the tool: rob2, rob2_crossover or robins_i.");
            var questions = knowledge.BiasTools.GetValueOrDefault(RiskOfBias.IdOf(tool));
            foreach (var domain in (given["domains"] as JsonArray ?? []).OfType<JsonObject>())
            {
                Suggest(domain, questions, path);
            }

            return given.Deserialize<RiskOfBias>(ReviewJson.Options)!;
        }
        catch (JsonException e)
        {
            throw ReviewStudyCommands.NotExpected(path, e);
        }
    }

    private static void Suggest(JsonObject domain, BiasQuestions? questions, string path)
    {
        var id = domain["domain"]?.ToString() ?? "";
        domain.Remove("suggested");
        var answers = domain["answers"].Deserialize<Dictionary<string, Signal>>(ReviewJson.Options) ?? [];
        var asked = questions?.Domains.FirstOrDefault(d => d.Id == id)?.Questions ?? [];
        if (answers.Keys.FirstOrDefault(k => asked.All(q => q.Id != k)) is { } unknown)
        {
            throw new CliException($"{path}: domain {id} has no question '{unknown}'; it has {string.Join(", ", asked.Select(q => q.Id))}.");
        }

        var suggested = RiskOfBias.SuggestedBy(questions, id, answers);
        var level = domain["level"]?.Deserialize<BiasLevel?>(ReviewJson.Options) ?? suggested
            ?? throw new CliException($"{path}: domain {id} has no level{(answers.Count > 0 ? ", and its answers suggest none" : "")}; give one with a reason.");
        domain["level"] = JsonSerializer.SerializeToNode(level, ReviewJson.Options);
        if (suggested is { } s)
        {
            domain["suggested"] = JsonSerializer.SerializeToNode(s, ReviewJson.Options);
        }

        if (level == suggested && domain["reason"] is null)
        {
            domain["reason"] = "as the answers to the signalling questions suggest";
        }
    }
}
