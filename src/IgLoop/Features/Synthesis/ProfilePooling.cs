using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Synthesis;

namespace IgLoop.Features.Synthesis;

/// <summary>Pools the trials of an evidence profile as <c>igloop meta</c> would.</summary>
internal static class ProfilePooling
{
    public static MetaAnswer Of(TrialComparison comparison, KnowledgeBase knowledge)
    {
        var options = new JsonObject { ["tau2_ci"] = true };
        if (comparison.ZeroCells is { } zero)
        {
            options["zero_cells"] = zero;
        }

        var (o, extras) = MetaOptions.Read(comparison.Measure, comparison.Method, options);
        return MetaAnswer.To(new([.. comparison.Rows.Select((r, i) => new TrialRow
        {
            Label = Label(r.Study, knowledge),
            Row = i + 1,
            A = r.Events1,
            N1 = r.People1,
            C = r.Events2,
            N2 = r.People2,
        })], o, extras));
    }

    /// <summary>"Hahn 1996" from the study's id: the citation is too long for a plot.</summary>
    private static string Label(string study, KnowledgeBase knowledge) => knowledge.Studies.ContainsKey(study)
        ? string.Join(' ', study.Split('-').Select(w => char.ToUpperInvariant(w[0]) + w[1..]))
        : study;
}
