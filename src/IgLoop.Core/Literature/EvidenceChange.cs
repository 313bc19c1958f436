using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Literature;

/// <summary>The evidence of a condition at one time.</summary>
/// <param name="Patients">Sum over the studies that state n; reviews are left out, since they count the people of trials that stand here themselves.</param>
/// <param name="WithoutN">Studies that do not.</param>
/// <param name="ByCertainty">Studies by certainty, by our reading, highest first.</param>
public sealed record EvidenceOf(IReadOnlyList<Study> Studies, int Patients, int WithoutN, IReadOnlyList<(string Certainty, int N)> ByCertainty)
{
    internal static EvidenceOf Condition(KnowledgeBase k, string condition)
    {
        var studies = k.Conditions[condition].Studies.Select(id => k.Studies[id]).ToList();
        return new(
            studies,
            studies.Where(s => !IsReview(s)).Sum(s => s.N ?? 0),
            studies.Count(s => s.N is null && !IsReview(s)),
            [.. studies.GroupBy(s => s.Certainty, StringComparer.Ordinal).Select(g => (g.Key, g.Count())).OrderBy(g => Rank(g.Key)).ThenBy(g => g.Key, StringComparer.Ordinal)]);
    }

    private static bool IsReview(Study s) => s.Design.Contains("review", StringComparison.OrdinalIgnoreCase) || s.Design.Contains("meta-analysis", StringComparison.OrdinalIgnoreCase);

    private static int Rank(string certainty) => certainty switch
    {
        _ when certainty.StartsWith("high", StringComparison.Ordinal) => 0,
        _ when certainty.StartsWith("moderate", StringComparison.Ordinal) => 1,
        _ when certainty.StartsWith("low", StringComparison.Ordinal) => 2,
        _ => 3,
    };
}

/// <summary>What becomes of an outcome of the evidence profile.</summary>
/// <param name="Outcome">Instrument of the extracted outcome.</param>
/// <param name="Comparison">Id of the comparison it was meant for.</param>
/// <param name="Before">The comparison as it is; null when it is new, or when nothing joins it.</param>
/// <param name="After">With the study in it; null when it cannot join.</param>
/// <param name="WhyNot">Why it cannot; null when it does.</param>
public sealed record JoinedComparison(string Outcome, string Comparison, TrialComparison? Before, TrialComparison? After, string? WhyNot);

/// <summary>What a new study changes in the knowledge: the files to write, and the evidence of its condition before and after, each from knowledge that loaded.</summary>
public sealed record EvidenceChange(string Study, string Condition, IReadOnlyList<KnowledgeFile> Files, KnowledgeBase Knowledge, EvidenceOf Before, EvidenceOf After, bool Replaces)
{
    /// <summary>The outcomes that were meant for the profile, in the order of the form.</summary>
    public IReadOnlyList<JoinedComparison> Joined { get; private init; } = [];

    /// <summary>Loads the knowledge with the study added, and with its rows in the condition's evidence profile.</summary>
    /// <param name="files">The knowledge as it is.</param>
    /// <param name="now">The same, loaded.</param>
    /// <param name="problems">Why it does not load so; empty otherwise.</param>
    public static EvidenceChange? Of(IReadOnlyList<KnowledgeFile> files, KnowledgeBase now, string study, Extraction x, IReadOnlyList<RiskOfBias> bias, IReadOnlyList<string> reports, out IReadOnlyList<string> problems)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(x);
        if (!now.Conditions.TryGetValue(x.Condition, out var condition))
        {
            problems = [$"The knowledge holds no condition '{x.Condition}'."];
            return null;
        }

        var path = $"evidence/{study}.yaml";
        var added = new KnowledgeFile(path, StudyFile.Yaml(study, x, LabelOf(now, condition), bias, reports));
        var changed = new List<KnowledgeFile> { added };
        if (!condition.Studies.Contains(study))
        {
            var file = files.Single(f => f.Path == $"conditions/{x.Condition}.yaml");
            changed.Add(new(file.Path, Listed(file.Text, study)));
        }

        var joining = ProfileJoin.Of(files, now, study, x);
        if (joining.File is { } profile)
        {
            changed.Add(profile);
        }

        var all = files.Where(f => changed.All(c => c.Path != f.Path)).Concat(changed).OrderBy(f => f.Path, StringComparer.Ordinal).ToList();
        if (!KnowledgeBase.TryLoad(all, out var after, out var wrong))
        {
            problems = [.. wrong.Select(w => w.ToString())];
            return null;
        }

        problems = [];
        return new(study, x.Condition, changed, after, EvidenceOf.Condition(now, x.Condition), EvidenceOf.Condition(after, x.Condition), now.Studies.ContainsKey(study))
        {
            Joined = [.. joining.Outcomes.Select(o => o.WhyNot is null ? o with { After = Comparison(after, o.Comparison) } : o)],
        };

        TrialComparison? Comparison(KnowledgeBase k, string id) => k.Profiles.GetValueOrDefault(x.Condition)?.Comparisons.FirstOrDefault(c => c.Id == id);
    }

    /// <summary>How the evidence files name a condition: as most of its studies do, else by its name.</summary>
    public static string LabelOf(KnowledgeBase k, Condition condition)
    {
        ArgumentNullException.ThrowIfNull(k);
        ArgumentNullException.ThrowIfNull(condition);
        return condition.Studies.Select(s => k.Studies[s].Condition).GroupBy(c => c, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).FirstOrDefault() ?? condition.Name;
    }

    /// <summary>The text of a condition's file with one more study in its list; everything else, comments too, stays as it was.</summary>
    private static string Listed(string text, string study)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').ToList();
        var at = lines.FindIndex(l => l.StartsWith("studies:", StringComparison.Ordinal));
        if (at < 0)
        {
            lines.Insert(lines.FindIndex(l => l.StartsWith("name:", StringComparison.Ordinal)) + 1, $"studies: [{study}]");
            return string.Join('\n', lines);
        }

        var close = lines.FindIndex(at, l => l.Contains(']', StringComparison.Ordinal));
        if (!lines[at].Contains('[', StringComparison.Ordinal) || close < 0)
        {
            lines.Insert(at + 1, $"  - {study}");
            return string.Join('\n', lines);
        }

        var end = lines[close].LastIndexOf(']');
        var before = lines[close][..end].TrimEnd();
        lines[close] = $"{before}{(before.EndsWith('[') || before.EndsWith(',') || before.Length == 0 ? "" : ", ")}{study}{lines[close][end..]}";
        return string.Join('\n', lines);
    }
}
