using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// England's access rule for Guillain-Barré syndrome: disability grade 4 (or 5), progress towards ventilation, mEGRIS of 3 or more, or mEGOS
/// of 4 or more; who has died (6) is not asked for, and an unknown grade is not taken for it (<c>instruments/gbs_ds.yaml</c>, source I-66). The points of mEGRIS were not found, so it is entered.
/// </summary>
internal static class GbsAccess
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["gbs_ds"];
        var range = rule.Totals[0];
        var grade = inputs.Whole("grade", (int)range.Low, (int)range.High);
        var ventilation = inputs.Flag("progressing_to_ventilation");
        var megris = inputs.Whole("megris", 0, 50);
        var megos = inputs.Whole("megos", 0, 12);
        bool? byGrade = grade is { } g ? g >= rule.Number("access_grade") && g < range.High : null;
        bool? byMegris = megris is { } r ? r >= rule.Number("access_megris") : null;
        bool? byMegos = megos is { } o ? o >= rule.Number("access_megos") : null;
        var meets = grade == (int)range.High ? false : Parts.Or(byGrade, ventilation, byMegris, byMegos);
        return ScoreResult.Of("gbs_ds_access", ("meets_england_rule", Given.Of(meets))) with
        {
            Version = rule.Version,
            Missing = meets is null ? Parts.Unknown(("grade", grade), ("progressing_to_ventilation", ventilation), ("megris", megris), ("megos", megos)) : [],
            Working = [$"grade {Parts.Show(grade)} (from {Parts.Show(rule.Number("access_grade"))}): {Parts.Word(byGrade)}; progress to ventilation: {Parts.Word(ventilation)}; mEGRIS {Parts.Show(megris)} (from {Parts.Show(rule.Number("access_megris"))}): {Parts.Word(byMegris)}; mEGOS {Parts.Show(megos)} (from {Parts.Show(rule.Number("access_megos"))}): {Parts.Word(byMegos)}"],
        };
    }
}
