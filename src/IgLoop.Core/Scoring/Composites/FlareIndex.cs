using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// Flare index of lupus (classic): one severe criterion makes a flare severe, else one mild or moderate criterion makes it that
/// (<c>instruments/sfi.yaml</c>, sources I-04, I-05). Prednisone in mg/kg a day. An event that is not named did not happen; null is unknown.
/// A rise whose earlier value is unknown is presumed: it is named, but never decides.
/// </summary>
internal static class FlareIndex
{
    private enum State
    {
        No,
        Unknown,

        /// <summary>The value now would meet it, but the earlier one is not known.</summary>
        Presumed,
        Yes,
    }

    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["sfi"];
        var severe = Severe(knowledge, rule, inputs, out var raised);
        var mild = Mild(knowledge, rule, inputs, raised, out var unlisted);
        var anySevere = severe.Any(c => c.State == State.Yes);
        var anyMild = mild.Any(c => c.State == State.Yes);
        var openSevere = severe.Any(c => c.State is State.Unknown or State.Presumed);
        var openMild = mild.Any(c => c.State is State.Unknown or State.Presumed) || unlisted.Count > 0;
        var presumedSevere = severe.Any(c => c.State == State.Presumed);

        // What is met decides even beside what nobody recorded; only a severe criterion that the value now would meet leaves the grade open.
        string? category = anySevere ? "severe" : presumedSevere ? null : anyMild ? "mild_moderate" : openSevere || openMild ? null : "none";
        var notExcluded = category == "mild_moderate" ? severe.Where(c => c.State == State.Unknown).Select(c => c.Id).ToList() : [];
        var deciding = category switch { "severe" => severe, "mild_moderate" => mild, _ => [] };
        var all = severe.Concat(mild).ToList();
        var immunoglobulin = Most(Event(inputs, "new_ivig"), Event(inputs, "ivig_started")) == State.Yes;
        return ScoreResult.Of(
            "sfi",
            ("category", Given.Of(category)),
            ("fired", Given.Of(deciding.Where(c => c.State is State.Yes or State.Presumed).Select(c => c.Id))),
            ("presumed", Given.Of(all.Where(c => c.State == State.Presumed).Select(c => c.Id))),
            ("also_fired", Given.Of(category == "severe" ? mild.Where(c => c.State == State.Yes).Select(c => c.Id) : []))) with
        {
            Version = rule.Version,
            Flags = notExcluded.Count > 0 ? ["severe_not_excluded"] : [],
            Missing = notExcluded.Count > 0 ? notExcluded : category is null ? [.. all.Where(c => c.State is State.Unknown or State.Presumed).Select(c => c.Id), .. unlisted] : [],
            Unverified = anySevere && severe.Where(c => c.State == State.Yes).All(c => rule.Rules.First(r => r.Id == c.Id).Provenance.Status == Status.Unverified)
                ? [.. severe.Where(c => c.State == State.Yes).Select(c => c.Id)]
                : [],
            Warnings = notExcluded.Count > 0 ? [$"At least mild or moderate: what is asked for by {string.Join(", ", notExcluded.Select(c => $"“{ScoreNames.Part(rule, "sfi", c)}”"))} is not known, so severe is not excluded."] : unlisted.Count > 0 ? [$"{string.Join(", ", unlisted)}: not in the list of the source, which is not complete; the assessor decides."] : [],
            Working = [.. all.Where(c => c.State != State.No).Select(c => $"{c.Id.Replace('_', ' ')}: {c.State switch { State.Yes => "met", State.Presumed => "presumed, the earlier value is unknown", _ => "unknown" }} - {rule.Rules.First(r => r.Id == c.Id).Text}"), .. immunoglobulin ? (string[])["immunoglobulin was started or repeated: no criterion of this index"] : [], .. all.TrueForAll(c => c.State == State.No) ? (string[])["no criterion met; what was not named is taken as not having happened"] : []],
        };
    }

    private static List<(string Id, State State)> Severe(KnowledgeBase knowledge, Instrument rule, ScoreInputs inputs, out (State Steroid, State SteroidSevere) raised)
    {
        var (sledai0, sledai1) = Sledai(knowledge, inputs);
        var (pga0, pga1) = Pga(knowledge, inputs);
        var pred0 = inputs.NumberIn("prednisone_mg_kg_prev", "mg/kg/d", 0, 100);
        var pred1 = inputs.NumberIn("prednisone_mg_kg_now", "mg/kg/d", 0, 100);
        var steroid = inputs.Has("prednisone_mg_kg_now") || inputs.Has("prednisone_mg_kg_prev");
        var limit = rule.Number("prednisone_severe_above");
        var toSevere = !steroid ? State.No : To(pred0, pred1, x => x > limit);
        raised = (!steroid ? State.No : To(pred0, pred1, x => x > 0), toSevere);
        var doubled = Event(inputs, "prednisone_doubled") is var d && d != State.No ? d : steroid ? Doubled(pred0, pred1) : State.No;
        var admitted = Most(Event(inputs, "hospitalised"), Event(inputs, "hospitalised_for_sle"));
        var signs = Among(rule, inputs, "severe_manifestations");
        return
        [
            ("sledai_to_gt12", inputs.Has("sledai_now") ? To(sledai0, sledai1, x => x > rule.Number("sledai_severe_above")) : State.No),
            ("severe_manifestation_with_escalation", Both(signs, Most(doubled, toSevere, admitted) is State.Presumed ? State.Unknown : Most(doubled, toSevere, admitted))),
            ("prednisone_to_gt_0_5", toSevere),
            ("new_immunosuppressant", Event(inputs, "new_immunosuppressant")),
            ("hospitalised_for_sle", admitted),
            ("pga_to_gt_2_5", inputs.Has("pga_now") ? To(pga0, pga1, x => x > rule.Number("pga_severe_above")) : State.No),
        ];
    }

    private static List<(string Id, State State)> Mild(KnowledgeBase knowledge, Instrument rule, ScoreInputs inputs, (State Steroid, State SteroidSevere) raised, out List<string> unlisted)
    {
        var (sledai0, sledai1) = Sledai(knowledge, inputs);
        var (pga0, pga1) = Pga(knowledge, inputs);
        var signs = Signs(rule, inputs);
        unlisted = [.. signs.Where(s => !rule.List("severe_manifestations").Contains(s) && !rule.List("mild_manifestations").Contains(s))];
        return
        [
            ("sledai_rise_ge3", inputs.Has("sledai_now") ? By(sledai0, sledai1, rule.Number("sledai_rise_least"), rule.Number("sledai_severe_above")) : State.No),
            ("mild_manifestation", Among(rule, inputs, "mild_manifestations")),
            ("prednisone_rise", raised.SteroidSevere == State.Yes ? State.No : raised.Steroid),
            ("new_nsaid_or_hcq", Most(Event(inputs, "new_nsaid_or_hcq"), Event(inputs, "new_nsaid"), Event(inputs, "new_hcq"))),
            ("pga_rise_ge1", inputs.Has("pga_now") ? By(pga0, pga1, rule.Number("pga_rise_least"), rule.Number("pga_severe_above")) : State.No),
        ];
    }

    /// <summary>
    /// Twice the dose. From none there is no ratio: one source (I-05) takes any increase beside a severe sign, others a doubling, so a start
    /// leaves it open and the grade says that severe is not excluded.
    /// </summary>
    private static State Doubled(decimal? before, decimal? now) => (before, now) switch
    {
        (_, 0) => State.No,
        (0, not null) => State.Unknown,
        ({ } a, { } b) => b > a && b >= 2 * a ? State.Yes : State.No,
        _ => State.Unknown,
    };

    /// <summary>A rise to a value: it must be above the earlier one.</summary>
    private static State To(decimal? before, decimal? now, Func<decimal, bool> met) => now switch
    {
        null => State.Unknown,
        { } n when !met(n) => State.No,
        { } n => before is { } b ? n > b ? State.Yes : State.No : State.Presumed,
    };

    /// <summary>A rise by at least a step that does not end above the severe limit.</summary>
    private static State By(decimal? before, decimal? now, decimal step, decimal most) => now switch
    {
        null => State.Unknown,
        { } n when n > most || n < step => State.No,
        { } n => before is { } b ? n - b >= step ? State.Yes : State.No : State.Presumed,
    };

    private static State Event(ScoreInputs inputs, string name) => !inputs.Has(name) ? State.No : inputs.Flag(name) switch { true => State.Yes, false => State.No, null => State.Unknown };

    private static State Most(params IEnumerable<State> states) => states.Max();

    private static State Both(State a, State b) => (State)Math.Min((int)a, (int)b);

    /// <summary>Whether a sign of a list is new or worse: one that is named as unknown leaves it open.</summary>
    private static State Among(Instrument rule, ScoreInputs inputs, string list) =>
        Signs(rule, inputs).Any(rule.List(list).Contains) ? State.Yes
        : Signs(rule, inputs, "unknown_manifestations").Any(rule.List(list).Contains) ? State.Unknown
        : State.No;

    /// <summary>The name that the lists use, of a sign by another name that the file knows, such as an item of SLEDAI.</summary>
    private static string Canonical(Instrument rule, string sign) =>
        rule.Lists.FirstOrDefault(l => l.Key.StartsWith("also_", StringComparison.Ordinal) && l.Value.Contains(sign)).Key is { } key ? key["also_".Length..] : sign;

    private static List<string> Signs(Instrument rule, ScoreInputs inputs, string name = "new_manifestations")
    {
        var known = rule.List("severe_manifestations").Concat(rule.List("mild_manifestations")).ToList();
        var signs = inputs.Texts(name).Select(s => Canonical(rule, s)).ToList();
        foreach (var sign in signs.Where(s => !known.Contains(s)))
        {
            // A sign outside the list is possible, because the list is not complete; one that is nearly a name of it is a typing error.
            if (Spelling.Nearest(sign, known, 1) is [var near] && Math.Abs(near.Length - sign.Length) <= 2)
            {
                throw new ScoringException("unknown_item", $"{inputs.Path(name)}: '{sign}' is not in the list; did you mean '{near}'?", inputs.Path(name));
            }
        }

        return signs;
    }

    private static (decimal? Before, decimal? Now) Sledai(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var range = knowledge.Instruments["selena_sledai"].Totals[0];
        return (inputs.Number("sledai_prev", range.Low, range.High), inputs.Number("sledai_now", range.Low, range.High));
    }

    private static (decimal? Before, decimal? Now) Pga(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var line = knowledge.Instruments["pga"].Totals[0];
        return (inputs.Number("pga_prev", line.Low, line.High), inputs.Number("pga_now", line.Low, line.High));
    }
}
