using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Forms;

/// <summary>The form of a risk of bias assessment: <c>level.D1</c> and <c>reason.D1</c> by domain.</summary>
public static class BiasForm
{
    public static RiskOfBias Read(BiasTool tool, IFormCollection posted)
    {
        return new(
            tool,
            Text("outcome"),
            [.. RiskOfBias.DomainsOf(tool).Where(d => Text($"level.{d.Id}") is not null).Select(d => new DomainJudgement(d.Id, Enum.TryParse<BiasLevel>(Text($"level.{d.Id}"), out var level) && Enum.IsDefined(level) ? level : BiasLevel.NoInformation, Text($"reason.{d.Id}") ?? ""))],
            posted["raised"] == "yes",
            Text("raised_reason"));

        string? Text(string name) => posted[name].ToString().Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The tool that fits a design.</summary>
    public static BiasTool ToolFor(StudyDesign? design) => design switch
    {
        StudyDesign.RandomisedCrossover => BiasTool.Rob2Crossover,
        StudyDesign.Cohort or StudyDesign.BeforeAfter or StudyDesign.CaseSeries or StudyDesign.CaseReport => BiasTool.RobinsI,
        _ => BiasTool.Rob2,
    };
}
