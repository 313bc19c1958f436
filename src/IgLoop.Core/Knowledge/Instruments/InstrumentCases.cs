using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge.Instruments;

/// <summary>How far a worked case can be trusted.</summary>
public enum CaseOrigin
{
    /// <summary>Inputs and result are printed together in the source.</summary>
    Published,

    /// <summary>Another program's test.</summary>
    OpenSource,

    /// <summary>Worked out by hand from a rule that was read.</summary>
    Hand,

    /// <summary>Worked out by hand from general knowledge.</summary>
    Unverified,
}

/// <summary>A worked case of an instrument.</summary>
/// <param name="Instrument">Id of an instrument, of one of its totals, or of a calculation beside it.</param>
/// <param name="Expected">Names of the result with their values; <c>error</c> holds the code of a refusal.</param>
public sealed record InstrumentCase(string Name, string Instrument, Given.Map Inputs, Given.Map Expected, CaseOrigin Origin, IReadOnlyList<string> Sources, string? Note, Place Place);

/// <summary>Reads <c>instruments/*.cases.yaml</c>.</summary>
internal static class InstrumentCaseFiles
{
    public static IReadOnlyList<InstrumentCase> Read(Loading loading, IReadOnlyList<KnowledgeFile> files)
    {
        var cases = new List<InstrumentCase>();
        foreach (var file in files.Where(f => f.IsCases && f.Folder == "instruments").OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            if (Block.Open(file, loading.Problems) is not { } top)
            {
                continue;
            }

            foreach (var b in top.Inners("cases"))
            {
                var sources = b.Texts("source");
                foreach (var s in sources)
                {
                    loading.Cited(b, "source", s);
                }

                cases.Add(new(b.Text("name"), b.OptionalText("of") ?? file.Stem, MapOf(b, "inputs"), MapOf(b, "expect"), b.Name<CaseOrigin>("kind"), sources, b.OptionalText("note"), b.Place));
                b.Close();
            }

            top.Close();
        }

        return cases;
    }

    private static Given.Map MapOf(Block b, string key)
    {
        if (b.Value(key) is Given.Map map)
        {
            return map;
        }

        b.Problem(key, "must be a mapping of names to values.");
        return Given.Empty;
    }
}
