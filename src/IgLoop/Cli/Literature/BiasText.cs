using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Bias;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;

namespace IgLoop.Cli.Literature;

/// <summary>A risk of bias assessment as JSON: a domain has its <c>level</c> and <c>reason</c>, or <c>answers</c> whose suggestion is taken, or both.</summary>
internal static class BiasText
{
    /// <exception cref="CliException">The text is not such a document, or a domain has neither a level nor answers that suggest one.</exception>
    public static RiskOfBias Read(string text, string path, KnowledgeBase knowledge)
    {
        try
        {
            var given = JsonNode.Parse(text, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new CliException($"{path} must hold one JSON object with tool and domains.");
            var tool = given["tool"].Deserialize<BiasTool?>(ReviewJson.Options) ?? throw new CliException($"{path} does not name the tool: rob2, rob2_crossover or robins_i.");
            var questions = knowledge.BiasTools.GetValueOrDefault(RiskOfBias.IdOf(tool));
            var domains = given["domains"] as JsonArray ?? throw new CliException($"{path} has no list of domains; {RiskOfBias.NameOf(tool)} has {string.Join(", ", RiskOfBias.DomainsOf(tool).Select(d => d.Id))}.");
            foreach (var (domain, i) in domains.Select((d, i) => (d, i)))
            {
                Suggest(domain as JsonObject ?? throw new CliException($"{path}: $.domains[{i}] must be an object with domain, level and reason, or answers."), questions, path);
            }

            var bias = given.Deserialize<RiskOfBias>(ReviewJson.Options)!;
            return Complete.Missing(bias) is { } missing ? throw new CliException($"{path}: {missing} is missing; docs/reviews.md shows the form.") : bias;
        }
        catch (JsonException e)
        {
            throw ReviewStudyCommands.NotExpected(path, e);
        }
    }

    private static void Suggest(JsonObject domain, BiasQuestions? questions, string path)
    {
        var id = domain["domain"]?.ToString() is { Length: > 0 } named ? named : throw new CliException($"{path}: {domain.GetPath()}.domain is missing; it names the domain, such as D1.");
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
