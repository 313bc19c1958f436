using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Plain words for directions of evidence and dose bands.</summary>
public static class GoalWords
{
    /// <summary>A name inside a sentence: small first letter unless it is an abbreviation.</summary>
    public static string Inside(string name) => Words.Inside(name);

    public static string Band(DoseBand band) => band switch
    {
        DoseBand.Low => "about 0.5 g/kg",
        DoseBand.Mid => "about 1 g/kg",
        DoseBand.High => "about 2 g/kg",
        _ => "an unstated dose",
    };

    public static string Direction(Knowledge.Direction direction) => direction switch
    {
        Knowledge.Direction.Benefit => "most reported patients improved",
        Knowledge.Direction.BenefitTransient => "patients improved, then lost it within weeks to months",
        Knowledge.Direction.Mixed => "reports point both ways",
        Knowledge.Direction.NoImprovement => "it did not improve",
        Knowledge.Direction.NamedOnly => "it is named among uses, without numbers",
        Knowledge.Direction.HarmSignal => "it appeared or worsened on treatment",
        _ => "nothing was found; that is not the same as no effect",
    };

    /// <summary>One line a study: who, how many of how many, and what.</summary>
    public static string Item(EvidenceItem item, KnowledgeBase knowledge)
    {
        var name = item.Study ?? item.Source;
        var title = knowledge.Sources.TryGetValue(item.Source, out var s) ? Short(s.Title) : name;
        var count = item switch
        {
            { Responders: { } r, N: { } n } => $"{r} of {n}",
            { N: { } n } => $"{n} patients",
            { CohortN: { } c } => $"in a cohort of {c}",
            _ => null,
        };
        return string.Join("; ", new[] { $"{title}{(count is null ? "" : $": {count}")}", item.Outcome }.Where(p => !string.IsNullOrEmpty(p)));
    }

    private static string Short(string title) => title.Length <= 90 ? title : title[..87] + "…";
}
