using System.Globalization;
using IgLoop.Core.Synthesis.Effects;

namespace IgLoop.Core.Synthesis;

/// <summary>What the reader must be told of an analysis, in sentences.</summary>
internal static class Notes
{
    public static IReadOnlyList<string> Of(IReadOnlyList<Effect> effects, Pooled pooled, SynthesisOptions o)
    {
        var notes = new List<string>();
        foreach (var e in effects.Where(e => !e.Counted))
        {
            notes.Add(pooled.OnlyInPool.ContainsKey(e.Study.Row) ? $"{e.Study.Label} (row {e.Study.Row}) has {e.NotCounted}; it has no part in Q." : $"{e.Study.Label} (row {e.Study.Row}) is shown and not counted: {e.NotCounted}.");
        }

        if (effects.Where(e => e.Note is not null).ToList() is { Count: > 0 } corrected)
        {
            notes.Add($"{corrected[0].Note} of {string.Join(", ", corrected.Select(e => e.Study.Label))}{(o.Method is Method.MH or Method.Peto && o.ZeroCells == ZeroCells.Metafor ? ", for their own effects and Q only and not in the pooled estimate" : "")}.");
        }

        notes.AddRange(RowSets.Doubts([.. effects.Select(e => e.Study)], o.Measure));
        if (pooled.Est is null)
        {
            notes.Add(effects.All(e => e.Study.A is 0 or null && e.Study.C is 0 or null) && effects.Any(e => e.Study.A is not null)
                ? "No study has an event, so a ratio cannot be estimated; the risk difference (RD) can."
                : pooled.K == 0 ? "No study can be counted, so nothing can be pooled." : $"{o.Method} cannot be worked out here: one side of the comparison has no event in any study.");
        }

        if (pooled.K == 1)
        {
            notes.Add($"One study: its own effect and interval are given{(o.Hksj == Hksj.No ? "" : ", by the normal quantile, as Hartung-Knapp needs two studies")}. Heterogeneity (Q, I², H², tau²) and a prediction interval need at least two studies.");
        }

        if (pooled.K is 2 && pooled.Pi is not null)
        {
            notes.Add("Two studies: a prediction interval from them says next to nothing and is not to be printed.");
        }

        if (o.Prediction == Prediction.StudentKMinus2 && pooled.K == 2 && o.IsRandom)
        {
            notes.Add("A prediction interval by t with k − 2 degrees of freedom needs at least three studies.");
        }

        if (o.Hksj == Hksj.Yes && pooled is { K: > 1, Q: { } q, QDf: { } df } && q < df)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"Q = {q:0.###} is below its degrees of freedom ({df}), so plain Hartung-Knapp may give an interval narrower than the usual one; hksj adhoc keeps the factor at 1 or above."));
        }

        if (pooled is { K: > 1, Se: 0 })
        {
            notes.Add("All effects are the same, so Hartung-Knapp gives a standard error of 0; do not print it.");
        }

        return notes;
    }
}
