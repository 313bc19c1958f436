using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

public enum CaseKind
{
    Positive,
    Negative,
    Boundary,
    Unknown,
}

/// <summary>A clinician's test of one criterion or rule.</summary>
/// <param name="Target">Rule id, or <c>condition/entry.part</c> of a criterion.</param>
/// <param name="Chart">Facts as typed.</param>
/// <param name="Request">Parts of the request as typed.</param>
/// <param name="Expect">True, false, or null for unknown.</param>
public sealed record KnowledgeCase(string Name, CaseKind Kind, string Target, IReadOnlyDictionary<string, string> Chart, IReadOnlyDictionary<string, string> Request, bool? Expect, Place Place);

/// <summary>Reads <c>*.cases.yaml</c> of conditions and safety rules.</summary>
internal static class CaseFiles
{
    public static IReadOnlyList<KnowledgeCase> Read(Loading loading, IReadOnlyList<KnowledgeFile> files)
    {
        var cases = new List<KnowledgeCase>();
        foreach (var file in files.Where(f => f.IsCases && f.Folder is "conditions" or "safety" && f.IsCases).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            if (Block.Open(file, loading.Problems) is not { } top)
            {
                continue;
            }

            foreach (var b in top.Inners("cases"))
            {
                var rule = b.OptionalText("rule");
                var criterion = b.OptionalText("criterion");
                if (rule is null == criterion is null)
                {
                    b.Problem("rule", "name either a rule or a criterion.");
                }

                var expect = b.Text("expect");
                if (expect is not ("true" or "false" or "unknown"))
                {
                    b.Problem("expect", $"must be true, false or unknown, not '{expect}'.");
                }

                cases.Add(new(
                    b.Text("name"),
                    b.Name<CaseKind>("kind"),
                    rule ?? $"{file.Stem}/{criterion}",
                    b.TextsByKey("chart"),
                    b.TextsByKey("request"),
                    expect switch { "true" => true, "false" => false, _ => null },
                    b.Place));
                b.Close();
            }

            top.Close();
        }

        return cases;
    }
}
