using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Import;

/// <summary>
/// PubMed's MEDLINE format: a tag of up to four letters filled to four places, a hyphen, a space, the value; further lines of a value begin with six spaces;
/// a record begins with PMID. https://www.nlm.nih.gov/bsd/mms/medlineelements.html
/// </summary>
internal static class NbibReading
{
    public static (IReadOnlyList<Citation> Citations, IReadOnlyList<NotRead> NotRead, string? Problem) Read(string text)
    {
        var citations = new List<Citation>();
        var notRead = new List<NotRead>();
        TaggedRecord? record = null;
        var number = 0;
        foreach (var span in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = span.TrimEnd().ToString();
            if (line.Length == 0)
            {
                continue;
            }

            if (line.Length >= 5 && line[4] == '-' && line[..4].TrimEnd() is { Length: > 0 } tag && tag.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            {
                if (tag == "PMID")
                {
                    record?.Finish(CitationOf(record), citations, notRead);
                    record = new(number);
                }

                record ??= new(number);
                record.Add(tag, line[5..].Trim());
            }
            else if (!line.StartsWith("  ", StringComparison.Ordinal) || record?.Continue(line.Trim()) != true)
            {
                notRead.Add(new(number, $"'{Short(line)}' is no line of the MEDLINE format (four places for the tag, then '- ')."));
            }
        }

        record?.Finish(CitationOf(record), citations, notRead);
        return (citations, notRead, null);
    }

    internal static string Short(string line) => line.Length <= 40 ? line : line[..40] + "…";

    private static Citation? CitationOf(TaggedRecord r) => r.First("TI", "BTI", "TT") is not { } title ? null : new()
    {
        Title = title,
        Authors = r.All("FAU", "AU", "CN"),
        Year = Citation.YearOf(r.First("DP", "DEP", "EDAT")),
        Journal = r.First("TA", "JT"),
        Volume = r.First("VI"),
        Issue = r.First("IP"),
        Pages = r.First("PG"),
        Doi = Citation.DoiOf(r.All("AID").Concat(r.All("LID")).FirstOrDefault(v => v.EndsWith("[doi]", StringComparison.Ordinal))),
        Pmid = Citation.PmidOf(r.First("PMID")),
        Abstract = r.First("AB"),
        Line = r.Line,
    };
}
