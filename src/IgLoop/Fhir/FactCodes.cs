using IgLoop.Core.Facts;

namespace IgLoop.Fhir;

/// <summary>Which facts a code speaks of.</summary>
internal sealed class FactCodes
{
    private readonly Dictionary<(string System, string Code), List<FactDefinition>> exact = [];
    private readonly List<(string System, string Prefix, FactDefinition Fact)> prefixes = [];

    public FactCodes(FactCatalogue facts)
    {
        Facts = facts;
        foreach (var fact in facts.All)
        {
            foreach (var (system, list) in fact.Codes)
            {
                foreach (var code in list)
                {
                    if (!exact.TryGetValue((system, code), out var known))
                    {
                        exact[(system, code)] = known = [];
                    }

                    known.Add(fact);
                    if (system is "icd10" or "atc")
                    {
                        prefixes.Add((system, code, fact));
                    }
                }
            }
        }
    }

    public FactCatalogue Facts { get; }

    /// <summary>The facts of any of the codings; ICD-10 and ATC codes also by what they begin with.</summary>
    public IReadOnlyList<FactDefinition> Of(IEnumerable<(string System, string Code, string Display)> codings)
    {
        var found = new List<FactDefinition>();
        foreach (var (url, code, _) in codings)
        {
            var system = SystemOf(url);
            if (exact.TryGetValue((system, code), out var facts))
            {
                found.AddRange(facts);
            }

            if (system is "icd10" or "atc")
            {
                found.AddRange(prefixes.Where(p => p.System == system && code.StartsWith(p.Prefix, StringComparison.Ordinal)).Select(p => p.Fact));
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>The codings of a system that is known here, by its short name.</summary>
    public static IEnumerable<(string System, string Code)> Known(IEnumerable<(string System, string Code, string Display)> codings) =>
        codings.Select(c => (System: SystemOf(c.System), c.Code)).Where(c => c.System.Length > 0 && c.Code.Length > 0);

    private static string SystemOf(string url) => url.TrimEnd('/') switch
    {
        "http://loinc.org" => "loinc",
        "http://snomed.info/sct" => "snomed",
        "http://www.nlm.nih.gov/research/umls/rxnorm" => "rxnorm",
        "http://www.whocc.no/atc" => "atc",
        var u when u.StartsWith("http://hl7.org/fhir/sid/icd-10", StringComparison.Ordinal) || u.Contains("icd-10", StringComparison.OrdinalIgnoreCase) => "icd10",
        _ => "",
    };
}
