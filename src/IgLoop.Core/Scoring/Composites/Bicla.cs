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
        var systems = before.Keys.Union(now.Keys).Select(s => new Course(s, before.GetValueOrDefault(s), now.GetValueOrDefault(s))).ToList();
        var active = systems.Where(x => x.Before is 'A' or 'B').ToList();
        var stuck = active.Where(x => x.Ways.All(w => w == Way.Stuck)).Select(x => $"{x.System} {x.Before} to {x.Now}").ToList();
        bool? improved = stuck.Count > 0 ? false : active.Count == 0 || systems.Any(x => x.Ways.Contains(Way.Stuck)) ? null : true;
        var (newA, newB) = (systems.Count(x => x is { Now: 'A', Before: not null and not 'A' }), systems.Count(x => x.Ways.All(w => w == Way.NewB)));
        var mostB = rule.Number("bicla_new_b_at_most");
        bool? none = newA > 0 || newB > mostB ? false : systems.Count == 0 || systems.Any(x => x.Ways.Contains(Way.NewA)) || systems.Count(x => x.Ways.Contains(Way.NewB)) > mostB ? null : true;

        // A system that is A now fails, whether it was A (not improved) or not (a new A): known even while the start is not.
        var fails = systems.Any(x => x.Ways.All(w => w is Way.Stuck or Way.NewA)) || systems.Count(x => x.Ways.All(w => w is Way.Stuck or Way.NewA or Way.NewB)) > mostB;
        var result = Parts.Result(
            rule,
            "bicla",
            "responder",
            [
                new("bilag_improvement", improved, active.Count == 0 ? "no A or B at the start, so nothing to improve" : stuck.Count > 0 ? $"not improved: {string.Join(", ", stuck)}" : $"{active.Count} systems with A or B at the start"),
                new("bilag_new", none, $"{newA} new A (none allowed), {newB} new B (at most {Parts.Show(mostB)})"),
                .. fails && improved != false && none != false ? (Part[])[new("bilag", false, "a system is A or B now that fails whatever it was at the start")] : [],
                new("sledai", Parts.Difference(s1, s0, range, d => d <= 0), $"{Parts.Show(s0)} to {Parts.Show(s1)}, no rise allowed"),
                new("pga", Parts.Difference(p1, p0, line, r => r <= most), $"{Parts.Show(p1)} - {Parts.Show(p0)} = {Parts.Show(p1 - p0)}, at most {Parts.Show(most)}"),
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

    private enum Way
    {
        /// <summary>Neither A nor B now, or improved from A to B.</summary>
        Fine,

        /// <summary>A or B at the start and not better now; B that became A is both this and a new A.</summary>
        Stuck,
        NewA,
        NewB,
    }

    /// <summary>The grades of one system at the two visits; null is unknown.</summary>
    private sealed record Course(string System, char? Before, char? Now)
    {
        /// <summary>Everything that can have happened, whatever the unknown grades are.</summary>
        public IReadOnlyList<Way> Ways { get; } =
        [
            .. (from b in Before is { } x ? [x] : Grades.ToCharArray()
                from n in Now is { } y ? [y] : Grades.ToCharArray()
                select Of(b, n)).Distinct(),
        ];

        private static Way Of(char before, char now) =>
            before is 'A' or 'B' && Grades.IndexOf(now) >= Grades.IndexOf(before) ? Way.Stuck : now == 'A' ? Way.NewA : now == 'B' && before != 'A' ? Way.NewB : Way.Fine;
    }
}
