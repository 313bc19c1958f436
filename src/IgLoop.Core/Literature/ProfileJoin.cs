using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Literature;

/// <summary>The profile file with the rows of a study in it, and what became of each outcome that was meant for it.</summary>
/// <param name="File">Null when no outcome joins.</param>
internal sealed record ProfileJoin(KnowledgeFile? File, IReadOnlyList<JoinedComparison> Outcomes)
{
    public static ProfileJoin Of(IReadOnlyList<KnowledgeFile> files, KnowledgeBase now, string study, Extraction x)
    {
        var profile = now.Profiles.GetValueOrDefault(x.Condition);
        var file = files.FirstOrDefault(f => f.Path == $"profiles/{x.Condition}.yaml");
        var text = file?.Text;
        var outcomes = new List<JoinedComparison>();
        foreach (var o in x.Outcomes.Where(o => o.Pool is not null))
        {
            var entry = o.Pool!;
            var before = profile?.Comparisons.FirstOrDefault(c => c.Id == entry.Comparison);
            var (row, whyNot) = WhyNoComparison(entry, profile, before, outcomes) is { } wrong
                ? (null, wrong)
                : ProfileRows.Of(study, x, o, before?.Measure ?? entry.Measure!.Value.ToString(), profile!.Start == Certainty.High);
            if (row is not null)
            {
                try
                {
                    text = before is null ? ProfileText.WithComparison(text!, entry, row) : ProfileText.WithRow(text!, entry.Comparison, row);
                }
                catch (FormatException e)
                {
                    whyNot = e.Message;
                }
            }

            outcomes.Add(new(o.Instrument, entry.Comparison, before, null, whyNot));
        }

        return new(text is not null && text != file!.Text ? new(file.Path, text) : null, outcomes);
    }

    private static string? WhyNoComparison(ProfileEntry entry, EvidenceProfile? profile, TrialComparison? before, List<JoinedComparison> earlier)
    {
        if (profile is null)
        {
            return "the condition has no evidence profile.";
        }

        if (earlier.Exists(e => e.Comparison == entry.Comparison && e.WhyNot is null))
        {
            return $"another outcome of this study stands in '{entry.Comparison}' already; its people would count twice.";
        }

        return before is not null || entry.Title is not null ? null
            : $"the profile has no outcome '{entry.Comparison}'{(profile.Comparisons.Count > 0 ? $"; it has {string.Join(", ", profile.Comparisons.Select(c => c.Id))}" : "")}. Give a title, a measure and a reason to add it.";
    }
}
