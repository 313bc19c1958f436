using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>
/// The arthritis item of SLEDAI from the number of joints with pain and signs of inflammation. Sources of the same version ask for two or
/// more, or for more than two: the setting says which, and is stored with the count.
/// </summary>
internal static class SledaiArthritis
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var instrument = knowledge.Instruments["sledai2k"];
        var joints = inputs.Whole("joints_pain_and_inflammation", 0, 100);
        var setting = inputs.Word("setting", "ge2", "gt2") ?? "ge2";
        var least = instrument.Number(setting == "ge2" ? "arthritis_joints_2k" : "arthritis_joints_1992");
        var weight = instrument.Items.First(i => i.Id == "arthritis").Weight;
        return ScoreResult.Of("sledai_arthritis", ("points", Given.Of(joints is { } n ? n >= least ? weight : 0 : null)), ("setting", Given.Of(setting))) with
        {
            Working = [$"{(joints is { } k ? ScoreInputs.Show(k) : "unknown")} joints; the item asks for {ScoreInputs.Show(least)} or more"],
            Missing = joints is null ? ["joints_pain_and_inflammation"] : [],
        };
    }
}
