using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>The verdict by the limits that an instrument's file declares.</summary>
internal static class InstrumentVerdicts
{
    public static ReviewVerdict Of(KnowledgeBase knowledge, string id, Assessed? before, Assessed? after)
    {
        var found = Scorers.Find(knowledge, id);
        var instrument = found?.Instrument ?? knowledge.Instruments[id];
        var total = found?.Total ?? instrument.Totals.FirstOrDefault(t => t.Primary) ?? (instrument.Totals.Count > 0 ? instrument.Totals[0] : null);
        if (before is null || after is null)
        {
            return new(Judge.Instrument, id, instrument.Name, null, null, true, [], [before is null ? "no assessment before the first infusion" : "no assessment after the first infusion"], instrument.Provenance.Sources);
        }

        if (id == "incat" && before.Answers is { } from && after.Answers is { } to)
        {
            return Adjusted(knowledge, instrument, from, to);
        }

        if (id == "skin4" && before.IsKnown && after.IsKnown)
        {
            return OfSkin(instrument, before, after);
        }

        var limits = instrument.Changes.Where(c => c.Kind == "improvement" && (c.Total is null || c.Total == total?.Id)).ToList();
        var fitting = limits.Where(c => c.Unit is null || c.Unit == before.Unit).ToList();
        if (fitting.Find(c => c.Decides) is not { } deciding)
        {
            var why = limits.Count == 0 ? "no limit of improvement was found for it" : $"its limit is in {limits[0].Unit}, the values are {(before.Unit is null ? "without that unit" : $"in {before.Unit}")}";
            return new(Judge.Instrument, id, instrument.Name, null, null, true, [], [Change(before, after), why], instrument.Provenance.Sources);
        }

        bool? Met(ChangeLimit l) => ChangeVerdict.Of(l, (before.Low, before.High), (after.Low, after.High));
        var floor = deciding is { Rises: false, Percent: null, Points: { } p } && total is not null && before.High - p < total.Low;
        return new(
            Judge.Instrument,
            id,
            instrument.Name,
            Met(deciding),
            null,
            deciding.Provenance.Status != Status.Unverified && before.MayDecide && after.MayDecide,
            floor ? ["floor"] : [],
            [
                Change(before, after),
                .. fitting.Select(l => $"{Lower(l.Name)}: {Word(Met(l))}{(l == deciding ? " - decides" : " - shown beside")}{(l.Provenance.Status == Status.Unverified ? ", unverified" : "")}"),
                .. floor ? (string[])[$"whoever starts at {before.Shown} cannot reach the limit"] : [],
            ],
            deciding.Provenance.Sources);
    }

    /// <summary>From and to with the difference and, where the start is not zero, its percentage.</summary>
    public static string Change(Assessed before, Assessed after)
    {
        var pair = $"{before.Day:yyyy-MM-dd} {before.Shown} to {after.Day:yyyy-MM-dd} {after.Shown}{(after.Unit is { } u ? $" {u}" : "")}";
        if (!before.IsKnown || !after.IsKnown)
        {
            return $"{pair} - bounds, because answers are unknown";
        }

        var change = after.Low - before.Low;
        var percent = before.Low == 0 ? "" : $" ({Signed(Math.Round(100 * change / before.Low, 2, MidpointRounding.AwayFromZero))} %)";
        return $"{pair}: {Signed(change)}{percent}";
    }

    public static string Word(bool? met) => met switch { true => "met", false => "not met", null => "open" };

    private static ReviewVerdict OfSkin(Instrument instrument, Assessed before, Assessed after)
    {
        var (band, flags) = Skin.Band(instrument, before.Low, after.Low);
        var half = instrument.Changes.First(c => c.Id == "partial_helpful");
        return new(
            Judge.Instrument,
            instrument.Id,
            instrument.Name,
            ChangeVerdict.Of(half, before.Low, after.Low),
            band,
            true,
            flags,
            [
                Change(before, after),
                band is null ? "not evaluable: the score was 0 at the start" : $"{band.Replace('_', ' ')}: more than {ScoreInputs.Show(instrument.Number("near_complete_above"))} % is complete or nearly, more than {ScoreInputs.Show(instrument.Number("partial_above"))} % partial but helpful, less is limited",
                .. flags.Contains("boundary_undefined") ? (string[])["exactly half belongs to no band of the trial's abstract; it is counted as limited"] : [],
                "modelled on the trial: its abstract names components and bands, not their ranges",
            ],
            half.Provenance.Sources);
    }

    private static ReviewVerdict Adjusted(KnowledgeBase knowledge, Instrument instrument, ScoreInputs from, ScoreInputs to)
    {
        Given At(ScoreInputs inputs, string part) => inputs.Map.Find(part) ?? Given.Nothing;
        var score = Scorers.Score(knowledge, "incat_adjusted_change", Given.Of(("arm_from", At(from, "arm")), ("leg_from", At(from, "leg")), ("arm_to", At(to, "arm")), ("leg_to", At(to, "leg"))));
        return new(Judge.Instrument, "incat", instrument.Name, CompositeVerdicts.Bool(score["responder"]), null, score.MayDecide, score.Flags, [.. score.Working, .. score.Warnings], instrument.Provenance.Sources);
    }

    private static string Signed(decimal value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private static string Lower(string text) => $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
