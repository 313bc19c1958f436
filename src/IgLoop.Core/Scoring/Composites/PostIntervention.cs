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
        var words = inputs.Value("therapy") is Given.List ? inputs.Texts("therapy") : inputs.Text("therapy")?.Replace("_and_", "+", StringComparison.Ordinal).Replace("_plus_", "+", StringComparison.Ordinal).Split(['+', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var dose = inputs.NumberIn("pyridostigmine_mg_d", "mg/d", 0, 10000);
        var therapy = words is null ? null : Therapy.Read(words, dose is { } mg ? mg < rule.Number("pyridostigmine_low_below") : null, inputs.Path("therapy"));
        var least = rule.Number("months_least");
        bool? year = months is { } m ? m >= least : null;
        bool? free = exam is null ? null : exam != "some";
        var open = Parts.Unknown(("symptoms", symptoms), ("exam_weakness", exam), ("months_stable", months), ("therapy", therapy));
        string? status = null;
        string why;
        if (symptoms is null || therapy is null)
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
            // Every way the unknown weakness and months can turn out; a status that all of them give is given.
            var ways = (from f in free is { } x ? [x] : new[] { true, false }
                        from y in year is { } z ? [z] : new[] { true, false }
                        select Status(f, y, therapy)).Distinct().ToList();
            status = ways.Count == 1 ? ways[0] : null;
            why = ways.Count > 1 ? $"unknown: {string.Join(", ", open)}"
                : status is null && year == false ? $"{Parts.Show(months)} months, {Parts.Show(least)} asked for"
                : $"no symptoms, weakness {exam?.Replace('_', ' ') ?? "unknown"}, {Parts.Show(months)} months, therapy {string.Join(" and ", words!.Select(w => ScoreNames.Plain(w)))}";
            open = ways.Count > 1 ? open : [];
        }

        var nearest = status is "MM-2" or "MM-3" && free == true;
        return ScoreResult.Of("mgfa_pis", ("status", Given.Of(status))) with
        {
            Version = rule.Version,
            Missing = open,
            Flags = nearest ? ["no_weakness"] : [],
            Warnings = nearest ? ["Without any weakness the letter of the definitions fits nothing: a cholinesterase inhibitor excludes remission, and minimal manifestations ask for some weakness. The nearest is given; the assessor decides."] : [],
            Working = [status is null ? $"no status: {why}" : $"{status}: {why} - {rule.Rules.First(r => r.Id == status).Text}"],
        };
    }

    private static string? Status(bool free, bool year, Therapy therapy) => (free, therapy.Immune, therapy.Symptomatic) switch
    {
        (true, false, false) => year ? "CSR" : null,
        (true, true, false) => year ? "PR" : null,
        (false, false, false) => year ? "MM-0" : null,
        (false, true, false) => "MM-1",
        (_, true, true) => "MM-3",

        // A cholinesterase inhibitor alone: only a low dose has a status.
        (_, false, true) => therapy.Low && year ? "MM-2" : null,
    };

    private sealed record Therapy(bool Immune, bool Symptomatic, bool Low)
    {
        private static readonly string[] Known = ["none", "immunosuppression", "immunoglobulin", "cholinesterase_low", "cholinesterase_high", "cholinesterase", "symptomatic", "both"];

        /// <param name="lowDose">By the dose of pyridostigmine; null: not given, then the word says it.</param>
        public static Therapy Read(IReadOnlyList<string> words, bool? lowDose, string where)
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
                    case "cholinesterase" or "cholinesterase_inhibitor" or "pyridostigmine" when lowDose == true:
                        symptomatic = true;
                        break;
                    case "cholinesterase_high" or "cholinesterase" or "cholinesterase_inhibitor" or "pyridostigmine" or "symptomatic":
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
