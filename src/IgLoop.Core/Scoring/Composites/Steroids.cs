using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Prednisone equivalents in mg and the steroid-sparing end points in mg a day
/// (<c>instruments/steroid_equiv.yaml</c>, source I-61; <c>steroid_sparing.yaml</c>, source I-09).
/// </summary>
public static class Steroids
{
    private static readonly string[] Systemic = ["oral", "iv", "im", "sc"];
    private static readonly string[] Local = ["inhaled", "nasal", "topical", "rectal", "intra_articular", "eye"];

    /// <summary>The same effect in mg of prednisone.</summary>
    /// <param name="drug">International name.</param>
    /// <param name="mg">Dose in mg.</param>
    /// <param name="where">The input in question, for the message.</param>
    /// <exception cref="ScoringException"><c>unknown_drug</c>: not in the table; never taken as zero.</exception>
    public static decimal PrednisoneMg(KnowledgeBase knowledge, string drug, decimal mg, string where = "drug")
    {
        var table = knowledge.Instruments["steroid_equiv"];
        return mg * table.Number("prednisone_mg") / Row(table, drug, where).Value;
    }

    internal static ScoreResult Equivalent(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var table = knowledge.Instruments["steroid_equiv"];
        var drug = inputs.Text("drug") ?? throw inputs.Missing("drug", "the name of the glucocorticoid");
        var row = Row(table, drug, inputs.Path("drug"));
        var route = inputs.Word("route", [.. Systemic, .. Local]);
        if (route is not null && Local.Contains(route))
        {
            throw new ScoringException("not_systemic", $"{inputs.Path("route")} is {route}: only systemic doses have a prednisone equivalent here.", inputs.Path("route"));
        }

        var given = inputs.NumberIn("mg", "mg", 0, 100000);
        var pulse = inputs.Flag("pulse") ?? false;
        var every = inputs.Whole("every_days", 1, 28) ?? (inputs.Flag("alternate_day") == true ? 2 : 1);
        if (pulse && every > 1)
        {
            throw new ScoringException("contradiction", "A pulse has no rhythm of days; leave out every_days.", inputs.Path("every_days"));
        }

        var mg = given / every;
        var five = table.Number("prednisone_mg");

        // Rounded for reading; whatever compares a dose with a limit takes the exact one: 7.504 is not 7.5 or less.
        var exact = mg is { } m ? m * five / row.Value : (decimal?)null;
        var equivalent = exact is { } x ? Math.Round(x, 2, MidpointRounding.AwayFromZero) : (decimal?)null;
        var conflict = table.Conflicts.FirstOrDefault(c => string.Equals(c.Topic, row.Id, StringComparison.OrdinalIgnoreCase));
        return ScoreResult.Of("steroid_equiv", ("prednisone_mg", Given.Of(equivalent)), ("prednisone_mg_unrounded", Given.Of(exact)), ("drug", Given.Of(row.Id))) with
        {
            Version = table.Version,
            Missing = Parts.Unknown(("mg", mg)),
            Unverified = row.Provenance.Status == Status.Unverified ? [row.Id] : [],
            Flags = [.. conflict is null ? Array.Empty<string>() : ["sources_disagree"], .. pulse ? ["pulse_apart"] : Array.Empty<string>()],
            Warnings =
            [
                .. conflict is null ? Array.Empty<string>() : [$"{conflict.Topic}: {string.Join("; ", conflict.Sides)}; used is {conflict.Default}."],
                .. pulse ? ["A pulse is listed apart and enters no daily mean."] : Array.Empty<string>(),
            ],
            Working = [.. every > 1 ? (string[])[$"{Parts.Show(given)} mg every {every} days is {Parts.Show(mg)} mg a day"] : [], $"{Parts.Show(mg)} mg {row.Id} x {Parts.Show(five)} / {Parts.Show(row.Value)} = {Parts.Show(equivalent)} mg prednisone"],
        };
    }

    internal static ScoreResult Sparing(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["steroid_sparing"];
        var baseline = inputs.NumberIn("baseline", "mg/d", 0, 100000);
        var now = inputs.NumberIn("now", "mg/d", 0, 100000);
        return Sparing(rule, baseline, now, inputs.Flag("flare"));
    }

    /// <summary>The four end points of one patient.</summary>
    /// <param name="baseline">Mean daily prednisone equivalent before, in mg.</param>
    /// <param name="now">The same before the visit.</param>
    /// <param name="flare">Whether lupus flared in between; unknown leaves a cut by half open.</param>
    public static ScoreResult Sparing(Instrument rule, decimal? baseline, decimal? now, bool? flare)
    {
        var (low, cut, half) = (rule.Number("low_dose_at_most"), rule.Number("cut_percent"), rule.Number("half_percent"));
        bool? above = baseline is { } b ? b > low : null;
        bool? nowLow = now is { } n ? n <= low : null;
        bool? Cut(decimal percent) => baseline is { } x && now is { } y ? x > 0 ? 100 * (x - y) >= percent * x : null : null;
        var halved = Cut(half);
        return ScoreResult.Of(
            "steroid_sparing",
            ("to_le_7_5", Given.Of(Parts.And(above, nowLow))),
            ("cut_25pct_to_le_7_5", Given.Of(Parts.And(above, nowLow, above == false ? false : Cut(cut)))),
            ("cut_50pct", Given.Of(baseline is null or 0 ? null : Parts.And(halved, !flare))),
            ("increase_gt_7_5", Given.Of(Parts.And(!above, !nowLow))),
            ("change_pct", Given.Of(Parts.Percent(now - baseline, baseline)))) with
        {
            Version = rule.Version,
            Missing = [.. Parts.Unknown(("baseline", baseline), ("now", now)), .. halved == true && flare is null ? (string[])["flare"] : []],
            Unverified = halved == true && flare == false ? ["cut_50pct"] : [],
            Flags = baseline == 0 ? ["no_steroid_at_baseline"] : [],
            Working =
            [
                $"{Parts.Show(baseline)} to {Parts.Show(now)} mg a day: {(Parts.Percent(now - baseline, baseline) is { } p ? $"{Parts.Show(p)} %" : "no percentage")}",
                $"limits: {Parts.Show(low)} mg a day, a cut of {Parts.Show(cut)} % or of {Parts.Show(half)} % without a flare; flare {flare switch { true => "yes", false => "no", null => "unknown" }}",
            ],
        };
    }

    private static RuleNumber Row(Instrument table, string drug, string where)
    {
        var name = drug.Trim().ToLowerInvariant();
        if (name != "prednisone_mg" && table.Numbers.TryGetValue(name, out var row))
        {
            return row;
        }

        var known = table.Numbers.Keys.Where(k => k != "prednisone_mg").ToList();
        var near = Spelling.Nearest(name, known, 1) is [var one] ? $"did you mean '{one}'?" : $"known are {string.Join(", ", known)}.";
        throw new ScoringException("unknown_drug", $"{where}: '{drug}' has no prednisone equivalent in the table (only systemic glucocorticoids have); {near}", where);
    }
}
