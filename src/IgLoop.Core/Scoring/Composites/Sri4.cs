using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// SLE responder index: SLEDAI down by 4, no new BILAG A and at most one new B, global assessment up by less than 0.3, no forbidden rescue.
/// Limits, sources and status in <c>instruments/sri4.yaml</c>. Decimal throughout: 0.4 to 0.7 is a rise of exactly 0.3 and fails.
/// The rescue clause was not read in a source: where it alone fails, the verdict is marked unverified.
/// </summary>
internal static class Sri4
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["sri4"];
        var range = knowledge.Instruments["sledai2k"].Totals[0];
        var line = knowledge.Instruments["pga"].Totals[0];
        var before = inputs.Number("sledai_baseline", range.Low, range.High);
        var now = inputs.Number("sledai_now", range.Low, range.High);
        var a = inputs.Whole("new_bilag_a", 0, 9);
        var b = inputs.Whole("new_bilag_b", 0, 9);
        var pgaBefore = inputs.Number("pga_baseline", line.Low, line.High);
        var pgaNow = inputs.Number("pga_now", line.Low, line.High);
        var rescue = inputs.Flag("rescue");
        var dropout = inputs.Flag("dropout");
        var trial = inputs.Word("view", "clinic", "trial") == "trial";
        var (fall, rise) = (rule.Number("sledai_fall_least"), rule.Number("pga_rise_below"));
        var (mostA, mostB) = (rule.Number("new_bilag_a_at_most"), rule.Number("new_bilag_b_at_most"));
        var result = Parts.Result(
            rule,
            "sri4",
            "responder",
            [
                new("sledai", Parts.Difference(before, now, range, d => d >= fall), $"{Parts.Show(before)} - {Parts.Show(now)} = {Parts.Show(before - now)}, at least {Parts.Show(fall)} asked for"),
                new("bilag", Parts.And(a is { } x ? x <= mostA : null, b is { } y ? y <= mostB : null), $"{Parts.Show(a)} new A (at most {Parts.Show(mostA)}), {Parts.Show(b)} new B (at most {Parts.Show(mostB)})"),
                new("pga", Parts.Difference(pgaNow, pgaBefore, line, r => r < rise), $"{Parts.Show(pgaNow)} - {Parts.Show(pgaBefore)} = {Parts.Show(pgaNow - pgaBefore)}, below {Parts.Show(rise)} asked for"),
                new("rescue", !rescue, rescue switch { true => "a forbidden medicine was given", false => "no forbidden medicine", null => "not known whether a forbidden medicine was given" }),
                .. dropout is null ? (Part[])[] : [new("dropout", !dropout, dropout == true ? "left before the visit" : "seen at the visit")],
            ],
            ["rescue", "dropout"]);
        if (trial && result["responder"] is Given.Null)
        {
            result = result with
            {
                Values = [.. result.Values.Select(v => v.Name == "responder" ? (v.Name, Given.Of(false)) : v)],
                Warnings = ["A missing part counts as no response in the analysis of a trial; in the clinic the verdict is open."],
                Unverified = [.. result.Unverified, "missing as no response"],
            };
        }

        return before < fall
            ? result with { Flags = ["baseline_too_low"], Warnings = [.. result.Warnings, $"Whoever starts at {Parts.Show(before)} cannot fall by {Parts.Show(fall)}: not evaluable by this index in the clinic."] }
            : result;
    }
}
