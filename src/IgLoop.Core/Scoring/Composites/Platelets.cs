using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Platelet response of the international working group, counts in 10*9/L: complete from 100 on, response from 30 on AND at least twice the
/// baseline, none with bleeding; two counts at least seven days apart confirm a response, one day apart no response
/// (<c>instruments/itp_iwg.yaml</c>, source I-56, read).
/// </summary>
internal static class Platelets
{
    /// <summary>No count lies above it.</summary>
    private const decimal Most = 5000;

    private static readonly string[] Order = ["NR", "R", "CR"];

    public static ScoreResult Response(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["itp_iwg"];
        var baseline = inputs.NumberIn("baseline", "10*9/L", 0, Most);
        var counts = inputs.Numbers("counts", 0, Most) ?? (inputs.Has("now") ? [inputs.NumberIn("now", "10*9/L", 0, Most)] : []);
        var days = inputs.Number("days_apart", 0, 36500);
        var bleeding = inputs.Flag("bleeding");
        var asked = inputs.Has("steroid_dependent") || inputs.Has("steroid_dependence");
        var dependent = inputs.Flag("steroid_dependent") ?? inputs.Flag("steroid_dependence");
        if (counts.Count == 0)
        {
            throw inputs.Missing("counts", "the platelet counts after treatment in 10*9/L");
        }

        // What every count is at least and at most, over all that is unknown.
        var (low, high) = (2, 2);
        var working = new List<string>();
        foreach (var count in counts)
        {
            var least = Worst(rule, baseline, count, bleeding, sure: true);
            var most = Worst(rule, baseline, count, bleeding, sure: false);
            (low, high) = (Math.Min(low, least), Math.Min(high, most));
            working.Add($"count {Parts.Show(count)}: {(least == most ? Order[least] : $"{Order[least]} or {Order[most]}")} ({Line(rule, baseline, count, bleeding)})");
        }

        if (dependent == true)
        {
            (low, high) = (0, 0);
            working.Add("steroid is needed to hold the count: no response");
        }

        else if (asked && dependent is null)
        {
            // Not known whether steroid is needed: then it may still turn out to be no response.
            low = 0;
            working.Add("not known whether steroid is needed to hold the count");
        }

        var needed = high == 0 ? rule.Number("loss_confirm_days") : rule.Number("confirm_days");
        bool? confirmed = counts.Count < 2 ? false : days is { } d ? d >= needed : null;
        working.Add($"{counts.Count} counts, {Parts.Show(days)} days apart; {Parts.Show(needed)} asked for - {(confirmed == true ? "confirmed" : confirmed == false ? "not confirmed" : "confirmation unknown")}");
        var known = low == high ? Order[low] : null;
        var flags = new List<string>();
        if (baseline >= rule.Number("complete_least") / rule.Number("response_fold"))
        {
            flags.Add("response_unreachable");
            working.Add($"with a baseline of {Parts.Show(baseline)} only a complete response can be reached: twice the baseline is {Parts.Show(rule.Number("response_fold") * baseline)}");
        }

        if (known == "NR" && counts.Count > 1 && counts.Any(c => Worst(rule, baseline, c, bleeding, sure: true) > 0) && dependent != true)
        {
            flags.Add("transient_response");
        }

        return ScoreResult.Of(
            "itp_iwg",
            ("category", Given.Of(confirmed == true || dependent == true ? known : null)),
            ("confirmed", Given.Of(confirmed)),
            ("provisional", Given.Of(known)),
            ("peak", Given.Of(counts.Max()))) with
        {
            Version = rule.Version,
            Flags = flags,
            Missing = known is not null && confirmed is not null ? [] : Parts.Unknown(("baseline", baseline), ("bleeding", bleeding), ("days_apart", days), ("steroid_dependent", asked ? dependent : false)),
            Working = working,
        };
    }

    /// <summary>Whether a response that was reached is lost again.</summary>
    public static ScoreResult Loss(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["itp_iwg"];
        var from = inputs.NeedWord("from", "CR", "R");
        var baseline = inputs.NumberIn("baseline", "10*9/L", 0, Most);
        var now = inputs.NumberIn("now", "10*9/L", 0, Most);
        var bleeding = inputs.Flag("bleeding");
        var below = from == "CR"
            ? now is { } n ? n < rule.Number("complete_least") : null
            : Parts.Or(now is { } m ? m < rule.Number("response_least") : null, Below(now, baseline, rule.Number("response_fold")));
        return ScoreResult.Of("itp_loss", ("lost", Given.Of(Parts.Or(below, bleeding))), ("from", Given.Of(from))) with
        {
            Version = rule.Version,
            Missing = Parts.Or(below, bleeding) is null ? Parts.Unknown(("baseline", baseline), ("now", now), ("bleeding", bleeding)) : [],
            Working = [$"from {from}: count {Parts.Show(now)}, {(from == "CR" ? $"lost below {Parts.Show(rule.Number("complete_least"))}" : $"lost below {Parts.Show(rule.Number("response_least"))} or below {Parts.Show(rule.Number("response_fold"))} x {Parts.Show(baseline)}")}; bleeding {bleeding switch { true => "yes", false => "no", null => "unknown" }}"],
        };
    }

    /// <summary>Below a multiple of the baseline, whatever the unknown of the two may be; null where it depends.</summary>
    private static bool? Below(decimal? now, decimal? baseline, decimal fold) =>
        (now ?? Most) < fold * (baseline ?? 0) ? true : (now ?? 0) >= fold * (baseline ?? Most) ? false : null;

    /// <summary>0 none, 1 response, 2 complete: the least (sure) or the most that is possible for a count.</summary>
    private static int Worst(Instrument rule, decimal? baseline, decimal? count, bool? bleeding, bool sure)
    {
        if (bleeding == true || (bleeding is null && sure) || (count is null && sure))
        {
            return 0;
        }

        if (count is not { } c)
        {
            return 2;
        }

        if (c >= rule.Number("complete_least"))
        {
            return 2;
        }

        return c >= rule.Number("response_least") && (baseline is { } b ? c >= rule.Number("response_fold") * b : !sure) ? 1 : 0;
    }

    private static string Line(Instrument rule, decimal? baseline, decimal? count, bool? bleeding) =>
        $"complete from {Parts.Show(rule.Number("complete_least"))}, response from {Parts.Show(rule.Number("response_least"))} and {Parts.Show(rule.Number("response_fold"))} x {Parts.Show(baseline)} = {Parts.Show(rule.Number("response_fold") * baseline)}; bleeding {bleeding switch { true => "yes", false => "no", null => "unknown" }}";
}
