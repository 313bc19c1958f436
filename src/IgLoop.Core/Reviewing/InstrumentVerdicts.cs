using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>The verdict by the limits that an instrument's file declares; of a measure without a file, by the limit of the bundle that lists it.</summary>
internal static class InstrumentVerdicts
{
    private const string NoLimit = "the sources state no limit of improvement for it: the assessor must say whether it improved";

    public static ReviewVerdict Of(KnowledgeBase knowledge, string id, Assessed? before, Assessed? after)
    {
        var found = Scorers.Find(knowledge, id);
        var measure = found is null && !knowledge.Instruments.ContainsKey(id) ? Bundle.Of(knowledge, id) : null;
        var instrument = measure?.Bundle ?? found?.Instrument ?? knowledge.Instruments[id];
        var name = measure is { } listed ? ScoreNames.Measure(listed.Bundle, listed.Measure) : ScoreNames.Of(knowledge, id);
        if (before is null || after is null)
        {
            return new(Judge.Instrument, id, name, null, null, true, [], [before is null ? "no assessment before the first infusion" : "no assessment after the first infusion"], instrument.Provenance.Sources);
        }

        if (before.IsUnable || after.IsUnable)
        {
            return OfWalk(knowledge, instrument, before, after);
        }

        if (AdjustedChange.IsOf(id))
        {
            return Adjusted(instrument, before, after);
        }

        if (id == "skin4")
        {
            return OfSkin(instrument, before, after);
        }

        var total = found?.Total ?? instrument.Total(before.Total ?? "") ?? instrument.Totals.FirstOrDefault(t => t.Primary) ?? (instrument.Totals.Count > 0 ? instrument.Totals[0] : null);
        var mine = instrument.Changes.Where(c => measure is null ? c.Total is null || c.Total == total?.Id : c.Id == id).ToList();
        var limits = mine.Where(c => c.Kind == "improvement").ToList();
        var fitting = limits.Where(c => c.Unit is null || c.Unit == before.Unit).ToList();
        bool? Met(ChangeLimit l) => ChangeVerdict.Of(l, (before.Low, before.High), (after.Low, after.High));

        // Worsening, flare and error of measurement are shown; they answer another question than whether it worked.
        var others = mine.Where(c => c.Kind != "improvement" && (c.Unit is null || c.Unit == before.Unit)).ToList();
        List<string> beside = [.. others.Select(l => $"{Lower(l.Name)}{(l.Kind == "change" ? "" : $" ({l.Kind})")}: {Word(Met(l))}")];
        List<string> raised = [.. others.Where(l => Met(l) == true && l.Kind != "change").Select(l => l.Id)];
        if (fitting.Find(c => c.Decides) is not { } deciding)
        {
            var why = limits.Count == 0 ? NoLimit : $"its limit is in {limits[0].Unit}, but the values are {(before.Unit is null ? "without that unit" : $"in {before.Unit}")}";
            return new(Judge.Instrument, id, name, null, null, true, raised, [Change(before, after), .. beside, why], instrument.Provenance.Sources) { AsksAssessor = true };
        }

        var floor = deciding is { Rises: false, Percent: null, Points: { } p } && total is not null && before.High - p < total.Low;
        return new(
            Judge.Instrument,
            id,
            name,
            Met(deciding),
            null,
            deciding.Provenance.Status != Status.Unverified && before.MayDecide && after.MayDecide,
            [.. floor ? ["floor"] : Array.Empty<string>(), .. raised],
            [
                Change(before, after),
                .. fitting.Select(l => $"{Lower(l.Name)}: {Word(Met(l))}{(l == deciding ? " - decides" : " - shown beside")}{(l.Provenance.Status == Status.Unverified ? ", unverified" : "")}{(l.Note is { } note ? $" ({note})" : "")}"),
                .. beside,
                .. floor ? (string[])[$"whoever starts at {before.Shown} cannot reach the limit"] : [],
            ],
            deciding.Provenance.Sources)
        {
            AsksAssessor = deciding.Percent is not null && before is { IsKnown: true, Low: 0 } && Met(deciding) is null,
        };
    }

    /// <summary>From and to with the difference and, where the start is not zero, its percentage.</summary>
    public static string Change(Assessed before, Assessed after)
    {
        var pair = $"{before.Day:yyyy-MM-dd} {before.Shown} to {after.Day:yyyy-MM-dd} {after.Shown}{(after.Unit is { } u ? $" {u}" : "")}";
        if (before.IsUnable || after.IsUnable)
        {
            return pair;
        }

        if (!before.IsKnown || !after.IsKnown)
        {
            return $"{pair} - bounds, because answers are unknown";
        }

        var change = after.Low - before.Low;
        var percent = before.Low == 0 ? "" : $" ({Signed(Math.Round(100 * change / before.Low, 2, MidpointRounding.AwayFromZero))} %)";
        return $"{pair}: {Signed(change)}{percent}";
    }

    public static string Word(bool? met) => met switch { true => "met", false => "not met", null => "open" };

    /// <summary>The adjusted change between two visits, judged by a limit; totals alone leave open what could be a change of the arm between 0 and 1.</summary>
    public static ScoreResult Adjusted(Instrument instrument, ChangeLimit limit, Assessed before, Assessed after) =>
        AdjustedChange.Score(instrument, limit, Grades(before), Grades(after));

    private static ReviewVerdict Adjusted(Instrument instrument, Assessed before, Assessed after)
    {
        var limit = instrument.Changes.First(c => c.Decides);
        var score = Adjusted(instrument, limit, before, after);
        var met = CompositeVerdicts.Bool(score["responder"]);
        return new(
            Judge.Instrument,
            instrument.Id,
            instrument.Name,
            met,
            null,
            limit.Provenance.Status != Status.Unverified && before.MayDecide && after.MayDecide,
            [.. score.Flags, .. CompositeVerdicts.Bool(score["worse"]) == true ? ["worse"] : Array.Empty<string>()],
            [Change(before, after), .. score.Working, .. met is null && (before.Answers is null || after.Answers is null) ? ["totals alone do not say whether the arm went between 0 and 1, which does not count: give the grades of arm and leg under items"] : Array.Empty<string>(), .. score.Warnings],
            [.. instrument.Provenance.Sources.Union(limit.Provenance.Sources)]);
    }

    private static ArmAndLeg Grades(Assessed a)
    {
        int? Grade(string part) => (a.Answers?.Map.Find(part) ?? (a.Answers?.Map.Find("answers") as Given.Map)?.Find(part)) is Given.Number n ? (int)n.Value : null;
        return new(Grade("arm"), Grade("leg"), a.Low, a.High);
    }

    /// <summary>A timed walk that could not be finished at one of the visits: ranked worst, not a number.</summary>
    private static ReviewVerdict OfWalk(KnowledgeBase knowledge, Instrument instrument, Assessed before, Assessed after)
    {
        Given Seconds(Assessed a) => a.IsUnable ? Given.Of("unable") : Given.Of(a.IsKnown ? a.Low : (decimal?)null);
        var score = Scorers.Score(knowledge, "tug3", Given.Of(("baseline_s", Seconds(before)), ("now_s", Seconds(after))));
        return new(Judge.Instrument, instrument.Id, instrument.Name, null, null, true, [.. score.Flags, .. CompositeVerdicts.Bool(score["deteriorated_gt30"]) == true ? ["deterioration"] : Array.Empty<string>()], [Change(before, after), .. score.Working, NoLimit], instrument.Provenance.Sources) { AsksAssessor = true };
    }

    private static ReviewVerdict OfSkin(Instrument instrument, Assessed before, Assessed after)
    {
        (string? Band, IReadOnlyList<string> Flags) At(decimal from, decimal to) => Skin.Band(instrument, from, to);
        var corners = new[] { At(before.Low, after.Low), At(before.Low, after.High), At(before.High, after.Low), At(before.High, after.High) };
        var (band, flags) = corners.All(c => c.Band == corners[0].Band) ? corners[0] : (null, []);
        var half = instrument.Changes.First(c => c.Id == "partial_helpful");
        return new(
            Judge.Instrument,
            instrument.Id,
            instrument.Name,
            ChangeVerdict.Of(half, (before.Low, before.High), (after.Low, after.High)),
            band,
            true,
            before.IsKnown && after.IsKnown ? flags : [],
            [
                Change(before, after),
                band is not null ? $"{ScoreNames.Plain(band)}: more than {ScoreInputs.Show(instrument.Number("near_complete_above"))} % is complete or nearly, more than {ScoreInputs.Show(instrument.Number("partial_above"))} % partial but helpful, less is limited"
                    : before.High == 0 ? "not evaluable: the score was 0 at the start" : "the bounds lie in more than one band",
                .. flags.Contains("boundary_undefined") ? (string[])["exactly half belongs to no band of the trial's abstract; it is counted as limited"] : [],
                "modelled on the trial: its abstract names components and bands, not their ranges",
            ],
            half.Provenance.Sources);
    }

    private static string Signed(decimal value) => value.ToString("+0.####;-0.####;0", CultureInfo.InvariantCulture);

    private static string Lower(string text) => $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
