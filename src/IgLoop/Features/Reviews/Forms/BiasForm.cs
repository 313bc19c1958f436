using IgLoop.Core.Knowledge.Bias;
using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Forms;

/// <summary>The form of a risk of bias assessment: <c>level.D1</c> and <c>reason.D1</c> by domain.</summary>
public static class BiasForm
{
    /// <summary>Choice of the level that the answers suggest.</summary>
    public const string AsSuggested = "suggested";

    /// <param name="questions">Signalling questions of the tool; null when the knowledge has none.</param>
    public static RiskOfBias Read(BiasTool tool, IFormCollection posted, BiasQuestions? questions)
    {
        return new(tool, Text("outcome"), [.. RiskOfBias.DomainsOf(tool).Select(d => Domain(d.Id)).OfType<DomainJudgement>()], posted["raised"] == "yes", Text("raised_reason"));

        DomainJudgement? Domain(string id)
        {
            var answers = Answers(questions, id, posted);
            var suggested = RiskOfBias.SuggestedBy(questions, id, answers);
            BiasLevel? level = Text($"level.{id}") switch
            {
                null => null,
                AsSuggested => suggested,
                var text => Enum.TryParse<BiasLevel>(text, out var l) && Enum.IsDefined(l) && !char.IsAsciiDigit(text[0]) ? l : null,
            };

            // A judgement that is what the answers suggest has them for its reason.
            var reason = Text($"reason.{id}") ?? (level is not null && level == suggested ? "as the answers to the signalling questions suggest" : "");
            return level is { } judged ? new(id, judged, reason, answers.Count > 0 ? answers : null, suggested) : null;
        }

        string? Text(string name) => posted[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Answers of a domain as posted: <c>q.1.2</c> by question.</summary>
    public static IReadOnlyDictionary<string, Signal> Answers(BiasQuestions? questions, string domain, IFormCollection posted) =>
        (questions?.Domains.FirstOrDefault(d => d.Id == domain)?.Questions ?? [])
            .Where(q => Enum.TryParse<Signal>(posted[$"q.{q.Id}"], out var s) && Enum.IsDefined(s) && !char.IsAsciiDigit(posted[$"q.{q.Id}"].ToString()[0]))
            .ToDictionary(q => q.Id, q => Enum.Parse<Signal>(posted[$"q.{q.Id}"].ToString()), StringComparer.Ordinal);

    /// <summary>The tool that fits a design.</summary>
    public static BiasTool ToolFor(StudyDesign? design) => design switch
    {
        StudyDesign.RandomisedCrossover => BiasTool.Rob2Crossover,
        StudyDesign.Cohort or StudyDesign.BeforeAfter or StudyDesign.CaseSeries or StudyDesign.CaseReport => BiasTool.RobinsI,
        _ => BiasTool.Rob2,
    };
}
