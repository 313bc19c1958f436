using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>One score at two visits against the changes that its file declares. Comparisons are exact; percentages are rounded for showing only.</summary>
internal static class Changes
{
    /// <summary>Change of an instrument with one total; who starts too low to reach the limit is flagged.</summary>
    public static Scorer OfTotal(string id) => (knowledge, inputs) => Of($"{id}_change", knowledge.Instruments[id], knowledge.Instruments[id].Totals[0], inputs);

    /// <summary>
    /// Change of any total between two visits: every limit of its file under the limit's id, and under <c>responder</c> and <c>improved</c> the
    /// one that decides. A limit in a unit that the total does not have (a centile) is not asked, and without any the verdict is open.
    /// </summary>
    public static ScoreResult Of(string request, Instrument rule, ScoreTotal total, ScoreInputs inputs)
    {
        var (before, now) = (inputs.OfTotal("baseline", total), inputs.OfTotal("now", total));
        var limits = rule.Changes.Where(c => (c.Total is null || c.Total == total.Id) && c.Unit is null).ToList();
        bool? Met(ChangeLimit limit) => ChangeVerdict.Within(limit, before, now, total);
        var limit = limits.Find(c => c is { Decides: true, Kind: "improvement" });
        var met = limit is null ? null : Met(limit);
        var floor = limit is { Rises: false, Percent: null } && before - limit.Points < total.Low;
        return ScoreResult.Of(
            request,
            [
                ("change", Given.Of(now - before)), ("pct", Given.Of(Parts.Percent(now - before, before))), ("responder", Given.Of(met)), ("improved", Given.Of(met)),
                .. limits.Where(l => l.Id is not ("change" or "pct" or "responder" or "improved")).Select(l => (l.Id, Given.Of(Met(l)))),
            ]) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline", before), ("now", now)),
            Flags = [.. floor ? ["floor"] : Array.Empty<string>(), .. before == 0 ? ["baseline_zero"] : Array.Empty<string>()],
            Unverified = limit?.Provenance.Status == Status.Unverified ? [limit.Id] : [],
            Warnings = floor ? [$"Whoever starts at {Parts.Show(before)} cannot reach a fall of {Parts.Show(limit!.Points)}: not evaluable by this measure in the clinic."] : [],
            Working = limits.Count > 0 ? [.. limits.Select(l => Line(before, now, l, Met(l)))] : [$"{Parts.Show(before)} to {Parts.Show(now)}: no limit of change was found for {total.Name} in a source"],
        };
    }

    public static ScoreResult Clasi(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["clasi"];
        var activity = rule.Total("activity")!;
        var (before, now) = Both(inputs, activity);
        var published = rule.Changes.First(c => c.Id == "improvement");
        var project = rule.Changes.First(c => c.Id == "project_improvement");
        var half = rule.Changes.First(c => c.Id == "clasi_50");
        var (improved, ours) = (ChangeVerdict.Within(published, before, now, activity), before is null or 0 ? null : ChangeVerdict.Within(project, before, now, activity));
        return ScoreResult.Of(
            "clasi_response",
            ("improved", Given.Of(improved)),
            ("project_improved", Given.Of(ours)),
            ("points", Given.Of(now - before)),
            ("pct", Given.Of(Parts.Percent(now - before, before))),
            (half.Id, Given.Of(ChangeVerdict.Within(half, before, now, activity)))) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline", before), ("now", now)),
            Flags = before == 0 ? ["baseline_zero"] : [],
            Working = [Line(before, now, published, improved), Line(before, now, project, ours)],
        };
    }

    /// <summary>The two published limits of CDASI activity, side by side.</summary>
    public static ScoreResult Cdasi(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["cdasi"];
        var activity = rule.Total("activity")!;
        var (before, now) = Both(inputs, activity);
        var limits = rule.Changes.Where(c => c.Points is not null).ToList();
        return ScoreResult.Of("cdasi_change", [("change", Given.Of(now - before)), .. limits.Select(l => ($"meets_{Parts.Show(l.Points)}", Given.Of(ChangeVerdict.Within(l, before, now, activity)))), ("pct", Given.Of(Parts.Percent(now - before, before)))]) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline", before), ("now", now)),
            Working = [.. limits.Select(l => Line(before, now, l, ChangeVerdict.Within(l, before, now, activity)))],
        };
    }

    /// <summary>Triple timed up and go in seconds: positive percent is worse; 'unable' is the worst, not a number.</summary>
    public static ScoreResult Tug3(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["tug3"];
        (decimal? Seconds, bool Unable) Time(string name) => inputs.Value(name) is Given.Text { Value: "unable" } || (name == "now_s" && inputs.Flag("unable") == true && inputs.Value(name) is (null or Given.Null))
            ? (null, true)
            : (inputs.NumberIn(name, "s", 0, 3600) is { } s ? s > 0 ? s : throw new ScoringException("out_of_range", $"{name} must be more than 0 seconds.", name) : null, false);
        var before = Time("baseline_s");
        var now = Time("now_s");
        var (error, limit) = (rule.Number("error_percent"), rule.Number("deterioration_above"));
        bool? worse = now.Unable ? before.Unable ? false : before.Seconds is null ? null : true
            : before.Unable ? false
            : before.Seconds is { } b && now.Seconds is { } n ? 100 * (n - b) > limit * b : null;
        bool? beyond = now.Unable || before.Unable ? now.Unable && before.Unable ? false : (now.Seconds ?? before.Seconds) is null ? null : true
            : before.Seconds is { } c && now.Seconds is { } m ? 100 * Math.Abs(m - c) > error * c : null;
        return ScoreResult.Of("tug3", ("pct", Given.Of(Parts.Percent(now.Seconds - before.Seconds, before.Seconds))), ("deteriorated_gt30", Given.Of(worse)), ("beyond_measurement_error", Given.Of(beyond)), ("category", now.Unable ? Given.Of("unable") : Given.Nothing)) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline_s", before.Unable ? "unable" : before.Seconds), ("now_s", now.Unable ? "unable" : now.Seconds)),
            Flags = now.Unable ? ["unable"] : [],
            Working = [$"{(before.Unable ? "unable" : Parts.Show(before.Seconds))} to {(now.Unable ? "unable" : Parts.Show(now.Seconds))} s: {Parts.Show(Parts.Percent(now.Seconds - before.Seconds, before.Seconds))} %; slower by more than {Parts.Show(limit)} % is deterioration, up to {Parts.Show(error)} % is error of measurement"],
        };
    }

    /// <summary>Grip strength; kPa and kg are never converted into each other, and limits exist for kPa only.</summary>
    public static ScoreResult Grip(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["grip"];
        var unit = inputs.Word("unit", "kPa", "kg");
        string? Written(string name) => inputs.Value(name) is Given.Text { Value: var text } && ScoreInputs.UnitOf(text) is "kPa" or "kg" ? ScoreInputs.UnitOf(text) : null;
        var first = inputs.Word("baseline_unit", "kPa", "kg") ?? inputs.Word("unit_baseline", "kPa", "kg") ?? unit ?? Written("baseline");
        var second = inputs.Word("now_unit", "kPa", "kg") ?? inputs.Word("unit_now", "kPa", "kg") ?? unit ?? Written("now");
        if (first is null || second is null)
        {
            throw inputs.Missing("unit", "kPa (vigorimeter) or kg (dynamometer)");
        }

        if (first != second)
        {
            throw new ScoringException("unit_mismatch", $"baseline is in {first} and now in {second}; the two devices are never converted into each other, so compare values of one device.", "unit");
        }

        foreach (var name in new[] { "baseline", "now" })
        {
            // A cuff reads in mmHg, which converts into kPa: but the limit is of the vigorimeter.
            if (inputs.Value(name) is Given.Text { Value: var text } && ScoreInputs.UnitOf(text) is { } other && other != first)
            {
                throw new ScoringException("unit_mismatch", $"{name} is in '{other}', but the values are in {first}; give both in kPa (vigorimeter) or both in kg (dynamometer), of one device, since no device is converted into another.", name);
            }
        }

        var before = inputs.NumberIn("baseline", first, 0, 500);
        var now = inputs.NumberIn("now", first, 0, 500);
        var limits = rule.Changes.Where(c => c.Unit == first).ToList();
        bool? Met(bool strict) => limits.FirstOrDefault(l => l.Strict == strict) is { } l ? ChangeVerdict.Of(l, before, now) : null;
        return ScoreResult.Of("grip", ("change", Given.Of(now - before)), ("meets_ge8", Given.Of(Met(false))), ("meets_gt8", Given.Of(Met(true))), ("unit", Given.Of(first))) with
        {
            Version = rule.Version,
            Missing = Parts.Unknown(("baseline", before), ("now", now)),
            Working = [limits.Count == 0 ? $"{Parts.Show(before)} to {Parts.Show(now)} {first}; no limit was found for {first}" : $"{Parts.Show(now)} - {Parts.Show(before)} = {Parts.Show(now - before)} {first}; one source asks for 8 or more, another for more than 8"],
        };
    }

    private static (decimal? Before, decimal? Now) Both(ScoreInputs inputs, ScoreTotal total) => (inputs.Number("baseline", total.Low, total.High), inputs.Number("now", total.Low, total.High));

    private static string Line(decimal? before, decimal? now, ChangeLimit limit, bool? met) =>
        $"{Parts.Show(before)} to {Parts.Show(now)} is {Parts.Show(now - before)}{(Parts.Percent(now - before, before) is { } p ? $" ({Parts.Show(p)} %)" : "")}; {limit.Name[..1].ToLowerInvariant()}{limit.Name[1..]}: {Parts.Word(met)}";
}
