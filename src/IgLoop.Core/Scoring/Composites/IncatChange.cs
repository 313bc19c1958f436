using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Adjusted change of the INCAT disability scale: a change of the arm grade between 0 and 1, either way, does not count. Three readings of
/// that are in use and can disagree when the leg moves the other way; the literal one decides, the others stand beside it
/// (<c>instruments/incat.yaml</c>, sources I-32, I-94).
/// </summary>
internal static class IncatChange
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["incat"];
        var limit = rule.Changes.First(c => c.Id == "improvement").Points!.Value;
        var arm0 = inputs.Whole("arm_from", 0, 5);
        var leg0 = inputs.Whole("leg_from", 0, 5);
        var arm1 = inputs.Whole("arm_to", 0, 5);
        var leg1 = inputs.Whole("leg_to", 0, 5);
        var leg = leg1 - leg0;
        var literal = (arm0, arm1) is (0, 1) or (1, 0) ? leg : leg + (arm1 - arm0);
        var ignored = arm0 is { } a && arm1 is { } b ? leg + Math.Max(b, 1) - Math.Max(a, 1) : null;
        var recoded = leg + ((arm1 == 1 ? 0 : arm1) - (arm0 == 1 ? 0 : arm0));
        bool? Better(int? change) => change is { } c ? -c >= limit : null;
        var disagree = literal is not null && (Better(literal) != Better(ignored) || Better(literal) != Better(recoded));
        return ScoreResult.Of(
            "incat_adjusted_change",
            ("change", Given.Of((decimal?)literal)),
            ("responder", Given.Of(Better(literal))),
            ("worse", Given.Of(literal is { } w ? w >= limit : null)),
            ("change_literal", Given.Of((decimal?)literal)),
            ("change_ignore", Given.Of((decimal?)ignored)),
            ("change_recode", Given.Of((decimal?)recoded)),
            ("responder_literal", Given.Of(Better(literal))),
            ("responder_ignore", Given.Of(Better(ignored))),
            ("responder_recode", Given.Of(Better(recoded)))) with
        {
            Version = rule.Version,
            Flags = disagree ? ["readings_disagree"] : [],
            Missing = Parts.Unknown(("arm_from", arm0), ("leg_from", leg0), ("arm_to", arm1), ("leg_to", leg1)),
            Warnings = disagree ? [$"The readings of the adjusted score disagree: literal {Sign(literal)}, step left out {Sign(ignored)}, arm 1 recoded {Sign(recoded)}; the literal one decides."] : [],
            Working = [$"arm {Parts.Show(arm0)} to {Parts.Show(arm1)}, leg {Parts.Show(leg0)} to {Parts.Show(leg1)}: adjusted change {Sign(literal)} (literal), {Sign(ignored)} (step left out), {Sign(recoded)} (arm 1 recoded); better from a fall of {Parts.Show(limit)} on"],
        };
    }

    private static string Sign(int? value) => value is { } v ? v.ToString("+0;-0;0", System.Globalization.CultureInfo.InvariantCulture) : "?";
}
