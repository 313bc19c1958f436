using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// BILAG-based combined lupus assessment: every A of the start now B or better and every B now C or better, no new A and at most one new B,
/// SLEDAI not risen, global assessment worse by at most a tenth of its line, treatment not failed (source I-99, read).
/// Exactly +0.3 on a line from 0 to 3 passes here and fails SRI-4.
/// </summary>
internal static class Bicla
{
    private const string Grades = "EDCBA";

    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["bilag2004"];
        var range = knowledge.Instruments["sledai2k"].Totals[0];
        var line = knowledge.Instruments["pga"].Totals[0];
        var before = Read(rule, inputs, "baseline_grades");
        var now = Read(rule, inputs, "now_grades");
        var s0 = inputs.Number("sledai_baseline", range.Low, range.High);
        var s1 = inputs.Number("sledai_now", range.Low, range.High);
        var p0 = inputs.Number("pga_baseline", line.Low, line.High);
        var p1 = inputs.Number("pga_now", line.Low, line.High);
        var failure = inputs.Flag("treatment_failure");
        var most = rule.Number("bicla_pga_rise_at_most");
        var systems = before.Keys.Union(now.Keys).Select(s => (System: s, Before: before.GetValueOrDefault(s), Now: now.GetValueOrDefault(s))).ToList();
        var active = systems.Where(x => x.Before is 'A' or 'B').ToList();
        var stuck = active.Where(x => x.Now is { } g && Grades.IndexOf(g) >= Grades.IndexOf(x.Before!.Value)).Select(x => $"{x.System} {x.Before} to {x.Now}").ToList();
        bool? improved = stuck.Count > 0 ? false : active.Count == 0 || active.Any(x => x.Now is null) || systems.Any(x => x.Before is null) ? null : true;

        // A system that was B and is A is a new A; one that was A and is B has improved and is no new B.
        var newA = systems.Count(x => x.Now == 'A' && x.Before is { } g && g != 'A');
        var newB = systems.Count(x => x.Now == 'B' && x.Before is 'C' or 'D' or 'E');
        var open = systems.Any(x => x.Now is null || x.Before is null);
        bool? none = newA > 0 || newB > rule.Number("bicla_new_b_at_most") ? false : open || systems.Count == 0 ? null : true;
        var result = Parts.Result(
            rule,
            "bicla",
            "responder",
            [
                new("bilag_improvement", improved, active.Count == 0 ? "no A or B at the start, so nothing to improve" : stuck.Count > 0 ? $"not improved: {string.Join(", ", stuck)}" : $"{active.Count} systems with A or B at the start"),
                new("bilag_new", none, $"{newA} new A (none allowed), {newB} new B (at most {Parts.Show(rule.Number("bicla_new_b_at_most"))})"),
                new("sledai", s1 - s0 is { } d ? d <= 0 : null, $"{Parts.Show(s0)} to {Parts.Show(s1)}, no rise allowed"),
                new("pga", p1 - p0 is { } r ? r <= most : null, $"{Parts.Show(p1)} - {Parts.Show(p0)} = {Parts.Show(p1 - p0)}, at most {Parts.Show(most)}"),
                new("treatment_failure", !failure, failure switch { true => "treatment failed", false => "no treatment failure", null => "not known whether treatment failed" }),
            ]);
        return active.Count == 0 && systems.Count > 0 ? result with { Flags = ["nothing_to_improve"] } : result;
    }

    private static Dictionary<string, char?> Read(Instrument rule, ScoreInputs inputs, string name)
    {
        var grades = new Dictionary<string, char?>(StringComparer.Ordinal);
        if (inputs.Inner(name) is { } map)
        {
            foreach (var system in map.Names)
            {
                if (!rule.Items.Any(i => i.Id == system))
                {
                    throw new ScoringException("unknown_item", $"{map.Path(system)} is no system of BILAG-2004{ScoreInputs.Near(system, rule.Items.Select(i => i.Id))}", map.Path(system));
                }

                grades[system] = map.Word(system, "A", "B", "C", "D", "E")?[0];
            }
        }

        return grades;
    }
}
