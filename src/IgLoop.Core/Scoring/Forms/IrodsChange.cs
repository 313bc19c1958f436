using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>
/// I-RODS at two visits. A raw score has no limit of change; centiles (0..100) have the one of trials, which nobody read in its source; logits
/// with their standard errors have the individual one: a rise of 1.96 standard errors of the difference (<c>instruments/irods.yaml</c>, I-38).
/// </summary>
internal static class IrodsChange
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["irods"];
        var (raw, rawNow) = (inputs.OfTotal("baseline", rule.Totals[0]), inputs.OfTotal("now", rule.Totals[0]));
        var (centile, centileNow) = (inputs.Number("baseline_centile", 0, 100), inputs.Number("now_centile", 0, 100));
        var (logit, logitNow) = (inputs.Number("baseline_logit", -20, 20), inputs.Number("now_logit", -20, 20));
        var (error, errorNow) = (inputs.Number("baseline_se", 0, 20) ?? inputs.Number("se_baseline", 0, 20), inputs.Number("now_se", 0, 20) ?? inputs.Number("se_now", 0, 20));
        var trial = rule.Changes.First(c => c.Id == "centile_4");
        var individual = rule.Changes.First(c => c.Id == "mcid_se");
        var byCentile = ChangeVerdict.Of(trial, centile, centileNow);

        // Squares instead of a root: exact, and only a rise can reach it.
        bool? byError = logit is { } a && logitNow is { } b && error is { } s && errorNow is { } t && s + t > 0
            ? b > a && (b - a) * (b - a) >= individual.Points!.Value * individual.Points.Value * ((s * s) + (t * t))
            : null;
        return ScoreResult.Of(
            "irods_change",
            ("change", Given.Of(rawNow - raw)),
            ("responder", Given.Of(byCentile)),
            ("change_centile", Given.Of(centileNow - centile)),
            ("change_logit", Given.Of(logitNow - logit)),
            (individual.Id, Given.Of(byError))) with
        {
            Version = rule.Version,
            Missing = byCentile is null ? Parts.Unknown(("baseline_centile", centile), ("now_centile", centileNow)) : [],
            Unverified = byCentile is not null && trial.Provenance.Status == Status.Unverified ? [trial.Id] : [],
            Working =
            [
                $"raw {Parts.Show(raw)} to {Parts.Show(rawNow)}: no limit of change exists for the raw score",
                $"centile {Parts.Show(centile)} to {Parts.Show(centileNow)}, a rise of {Parts.Show(trial.Points)} asked for: {Parts.Word(byCentile)}",
                $"logit {Parts.Show(logit)} to {Parts.Show(logitNow)}, standard errors {Parts.Show(error)} and {Parts.Show(errorNow)}, a rise of {Parts.Show(individual.Points)} standard errors of the difference asked for: {Parts.Word(byError)}",
            ],
        };
    }
}
