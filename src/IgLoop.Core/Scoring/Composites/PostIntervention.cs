using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// MGFA post-intervention status: remission and minimal manifestations from symptoms, examination, months and therapy
/// (<c>instruments/mgfa_pis.yaml</c>, sources I-48, I-51). Improved, unchanged and worse are a judgement and never derived.
/// </summary>
internal static class PostIntervention
{
    public static ScoreResult Score(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var rule = knowledge.Instruments["mgfa_pis"];
        var symptoms = inputs.Flag("symptoms");
        var exam = inputs.Word("exam_weakness", "none", "eye_closure_only", "some");
        var months = inputs.Number("months_stable", 0, 1200);
        var words = inputs.Value("therapy") is Given.List ? inputs.Texts("therapy") : inputs.Text("therapy")?.Replace("_and_", "+", StringComparison.Ordinal).Split(['+', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var therapy = words is null ? null : Therapy.Read(words, inputs.Path("therapy"));
        var least = rule.Number("months_least");
        bool? year = months is { } m ? m >= least : null;
        bool? free = exam is null ? null : exam != "some";
        var open = Parts.Unknown(("symptoms", symptoms), ("exam_weakness", exam), ("months_stable", months), ("therapy", therapy));
        string? status = null;
        string why;
        if (symptoms is null || exam is null || therapy is null)
        {
            why = $"unknown: {string.Join(", ", open)}";
        }
        else if (symptoms == true)
        {
            why = "with symptoms the status is a judgement (improved, unchanged, worse), which no score decides";
            open = [];
        }
        else
        {
            var needsYear = !therapy.Immune || (free == true && !therapy.Symptomatic);
            status = !needsYear || year == true
                ? Status(free == true, therapy)
                : null;
            why = needsYear && year != true
                ? year is null ? "the months are unknown" : $"{Parts.Show(months)} months, {Parts.Show(least)} asked for"
                : $"no symptoms, weakness {exam.Replace('_', ' ')}, {Parts.Show(months)} months, therapy {string.Join(" and ", words!)}";
            open = status is null && year is null ? ["months_stable"] : [];
        }

        return ScoreResult.Of("mgfa_pis", ("status", Given.Of(status))) with
        {
            Version = rule.Version,
            Missing = open,
            Working = [status is null ? $"no status: {why}" : $"{status}: {why} - {rule.Rules.First(r => r.Id == status).Text}"],
        };
    }

    private static string? Status(bool free, Therapy therapy) => (free, therapy.Immune, therapy.Symptomatic) switch
    {
        (true, false, false) => "CSR",
        (true, true, false) => "PR",
        (false, false, false) => "MM-0",
        (_, true, false) => "MM-1",
        (_, true, true) => "MM-3",

        // A cholinesterase inhibitor alone: only a low dose has a status.
        (_, false, true) => therapy.Low ? "MM-2" : null,
    };

    private sealed record Therapy(bool Immune, bool Symptomatic, bool Low)
    {
        private static readonly string[] Known = ["none", "immunosuppression", "immunoglobulin", "cholinesterase_low", "cholinesterase_high", "cholinesterase", "symptomatic", "both"];

        public static Therapy Read(IReadOnlyList<string> words, string where)
        {
            var (immune, symptomatic, low) = (false, false, true);
            foreach (var word in words)
            {
                switch (word)
                {
                    case "none" when words.Count == 1:
                        break;
                    case "immunosuppression" or "immunosuppressant" or "immunoglobulin" or "ivig" or "steroid":
                        immune = true;
                        break;
                    case "cholinesterase_low":
                        symptomatic = true;
                        break;
                    case "cholinesterase_high" or "cholinesterase" or "cholinesterase_inhibitor" or "symptomatic":
                        (symptomatic, low) = (true, false);
                        break;
                    case "both":
                        (immune, symptomatic) = (true, true);
                        break;
                    default:
                        throw new ScoringException("bad_value", $"{where} must be made of {string.Join(", ", Known)} (several joined by +), not '{word}'{ScoreInputs.Near(word, Known)}", where);
                }
            }

            return new(immune, symptomatic, low);
        }
    }
}
