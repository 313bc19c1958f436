using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Import;

/// <summary>
/// RIS: two letters or a letter and a digit, two spaces, a hyphen, a space, the value; a record begins with TY and ends with ER. Databases differ in which tag
/// carries the title, the year and the journal, so several are asked in turn.
/// </summary>
internal static class RisReading
{
    public static bool IsTagged(string line) =>
        line.Length >= 5 && char.IsAsciiLetterUpper(line[0]) && char.IsAsciiLetterOrDigit(line[1]) && line.AsSpan(2).TrimStart() is { Length: > 0 } rest && rest[0] == '-' && char.IsWhiteSpace(line[2]);

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
            if (line.Trim().Length == 0)
            {
                continue;
            }

            if (!IsTagged(line))
            {
                if (record?.Continue(line.Trim()) != true)
                {
                    notRead.Add(new(number, $"'{NbibReading.Short(line)}' stands outside a record and is no line of the RIS format (two letters, two spaces, a hyphen)."));
                }

                continue;
            }

            var tag = line[..2];
            var value = line[(line.IndexOf('-', StringComparison.Ordinal) + 1)..].Trim();
            if (tag == "TY")
            {
                if (record is not null)
                {
                    notRead.Add(new(number, $"a new record begins before the one of line {record.Line} ended with 'ER  - '; that one was taken as it stood."));
                    record.Finish(CitationOf(record), citations, notRead);
                }

                record = new(number);
            }
            else if (record is null)
            {
                notRead.Add(new(number, $"'{NbibReading.Short(line)}' stands outside a record: each begins with 'TY  - '."));
            }
            else if (tag == "ER")
            {
                record.Finish(CitationOf(record), citations, notRead);
                record = null;
            }
            else
            {
                record.Add(tag, value);
            }
        }

        if (record is not null)
        {
            notRead.Add(new(record.Line, "the last record does not end with 'ER  - ': the file may have been cut off; it was taken as it stood."));
            record.Finish(CitationOf(record), citations, notRead);
        }

        return (citations, notRead, null);
    }

    private static Citation? CitationOf(TaggedRecord r) => r.First("TI", "T1", "CT", "BT") is not { } title ? null : new()
    {
        Title = title,
        Authors = r.All("AU", "A1", "A2"),
        Year = Citation.YearOf(r.First("PY", "Y1", "DA", "YR")),
        Journal = r.First("JO", "JF", "T2", "JA", "J2"),
        Volume = r.First("VL"),
        Issue = r.First("IS"),
        Pages = r.First("SP") is { } start ? r.First("EP") is { } end && end != start ? $"{start}-{end}" : start : null,
        Doi = Citation.DoiOf(r.First("DO", "DI")) ?? Citation.DoiOf(r.All("UR", "L3", "M3").FirstOrDefault(u => u.Contains("doi.org/", StringComparison.OrdinalIgnoreCase))),
        Pmid = PmidOf(r),
        Abstract = r.First("AB", "N2"),
        Line = r.Line,
    };

    /// <summary>
    /// PM always; AN (accession number) and ID only where the database is MEDLINE or PubMed: Embase has numbers of eight digits of its own, which look like PubMed's
    /// and would make duplicates of strangers. Embase itself gives the PubMed id under C5.
    /// </summary>
    private static string? PmidOf(TaggedRecord r)
    {
        var database = string.Join(' ', r.All("DB").Concat(r.All("DP")));
        var medline = database.Contains("pubmed", StringComparison.OrdinalIgnoreCase) || database.Contains("medline", StringComparison.OrdinalIgnoreCase) || r.All("DP").Contains("NLM");
        return Citation.PmidOf(r.First("PM"))
            ?? (medline ? Citation.PmidOf(r.First("AN")) ?? Citation.PmidOf(r.First("ID")) : null)
            ?? (database.Contains("embase", StringComparison.OrdinalIgnoreCase) ? Citation.PmidOf(r.First("C5")) : null);
    }
}
