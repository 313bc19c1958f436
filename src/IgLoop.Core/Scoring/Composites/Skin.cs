using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Skin score of four components, modelled on the trial in resistant cutaneous lupus: its total, or its fall between start and end in the bands
/// of the trial (more than 75 %, more than 50 %, less; source I-24). Ranges of the components are our convention. Exactly 50 % belongs to no
/// band of the abstract and is flagged.
/// </summary>
internal static class Skin
{
    private const string Modelled = "Modelled on the trial: its abstract names the four components and the bands, not their ranges.";

    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["skin4"];
        if (!inputs.Has("baseline_total") && !inputs.Has("end_total"))
        {
            var total = Addition.Score(rule, null, inputs);
            return total with { Warnings = [.. total.Warnings, Modelled] };
        }

        // Totals may come from another range of the components; only their ratio is judged.
        var before = inputs.Number("baseline_total", 0, 1000);
        var end = inputs.Number("end_total", 0, 1000);
        var (band, flags) = Band(rule, before, end);
        return ScoreResult.Of("skin4", ("improvement_pct", Given.Of(Parts.Percent(before - end, before))), ("band", Given.Of(band))) with
        {
            Version = rule.Version,
            Flags = flags,
            Missing = Parts.Unknown(("baseline_total", before), ("end_total", end)),
            Warnings = [Modelled],
            Working = [before == 0 ? "the score was 0 at the start: not evaluable" : $"({Parts.Show(before)} - {Parts.Show(end)}) / {Parts.Show(before)} = {Parts.Show(Parts.Percent(before - end, before))} %; more than {Parts.Show(rule.Number("near_complete_above"))} is complete or nearly, more than {Parts.Show(rule.Number("partial_above"))} partial but helpful"],
        };
    }

    /// <summary>Band of the trial with flags; null for a baseline of zero or an unknown value.</summary>
    public static (string? Band, IReadOnlyList<string> Flags) Band(Knowledge.Instruments.Instrument rule, decimal? before, decimal? end)
    {
        if (before is not { } b || end is not { } e || b == 0)
        {
            return (null, before == 0 ? ["baseline_zero"] : []);
        }

        var fall = 100 * (b - e);
        var (most, half) = (rule.Number("near_complete_above") * b, rule.Number("partial_above") * b);
        return (fall > most ? "complete_or_near_complete" : fall > half ? "partial_helpful" : "limited", fall == half ? ["boundary_undefined"] : fall < 0 ? ["worsened"] : []);
    }
}
