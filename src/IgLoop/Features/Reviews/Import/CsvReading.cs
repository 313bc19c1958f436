using IgLoop.Core.Facts;
using IgLoop.Core.Literature;
using IgLoop.Tables;

namespace IgLoop.Features.Reviews.Import;

/// <summary>CSV with a header, comma, semicolon or tab, quotes doubled inside quotes (RFC 4180). PubMed's, Embase's and Scopus's names of columns are known.</summary>
internal static class CsvReading
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["title"] = "title", ["article title"] = "title", ["document title"] = "title", ["ti"] = "title",
        ["authors"] = "authors", ["author"] = "authors", ["author(s)"] = "authors", ["author names"] = "authors", ["au"] = "authors",
        ["year"] = "year", ["publication year"] = "year", ["pub year"] = "year", ["date"] = "year", ["py"] = "year",
        ["journal"] = "journal", ["journal/book"] = "journal", ["source title"] = "journal", ["source"] = "journal", ["publication title"] = "journal",
        ["volume"] = "volume", ["issue"] = "issue", ["pages"] = "pages", ["page range"] = "pages",
        ["doi"] = "doi", ["pmid"] = "pmid", ["pubmed id"] = "pmid", ["medline pmid"] = "pmid", ["abstract"] = "abstract", ["abstract note"] = "abstract", ["ab"] = "abstract",
    };

    /// <summary>Names that say less than another column of the same meaning: Scopus writes "Source title" beside "Source", which is Scopus itself; Zotero "Publication Year" beside "Date".</summary>
    private static readonly HashSet<string> Yielding = new(["source", "date"], StringComparer.OrdinalIgnoreCase);

    /// <summary>More columns than this that nothing here needs are named in one remark.</summary>
    private const int MostUnknown = 3;

    /// <summary>Columns that exports carry and that nothing here needs: left out without a remark.</summary>
    private static readonly HashSet<string> Unneeded = new(["citation", "first author", "author full names", "author(s) id", "document type", "publication stage", "open access", "art. no.", "page start", "page end", "page count", "create date", "pmcid", "nihms id", "link", "eid", "cited by"], StringComparer.OrdinalIgnoreCase);

    public static bool IsHeader(string line) => CsvRows.Read(line).Rows.SelectMany(r => r.Cells).Any(c => Columns.GetValueOrDefault(c.Trim()) == "title");

    public static (IReadOnlyList<Citation> Citations, IReadOnlyList<NotRead> NotRead, string? Problem) Read(string text)
    {
        var notRead = new List<NotRead>();
        var citations = new List<Citation>();
        var read = CsvRows.Read(text);
        string[]? meaning = null;
        foreach (var row in read.Rows)
        {
            var (line, cells) = (row.Line, row.Cells);
            if (row == read.Unclosed)
            {
                notRead.Add(new(line, "a quotation mark that opens in this row is never closed: the rest of the file was taken into one cell."));
            }

            if (meaning is null)
            {
                meaning = new string[cells.Count];
                var unknown = new List<(string Name, IReadOnlyList<string> Near)>();
                for (var i = 0; i < cells.Count; i++)
                {
                    var name = cells[i].Trim();
                    meaning[i] = Columns.GetValueOrDefault(name, "");
                    if (meaning[i].Length == 0 && name.Length > 0 && !Unneeded.Contains(name))
                    {
                        unknown.Add((name, Spelling.Nearest(name.ToLowerInvariant(), Columns.Keys, 1)));
                    }
                }

                notRead.AddRange(unknown.Count > MostUnknown
                    ? [new(line, $"{unknown.Count} columns are not known and are left out: {string.Join(", ", unknown.Select(u => $"'{NbibReading.Short(u.Name)}'"))}; known are {string.Join(", ", Columns.Values.Distinct())}.")]
                    : unknown.Select(u => new NotRead(line, $"column '{u.Name}' is not known and is left out{(u.Near.Count > 0 ? $"; did you mean '{u.Near[0]}'?" : $"; known are {string.Join(", ", Columns.Values.Distinct())}.")}")));
                for (var i = 0; i < meaning.Length; i++)
                {
                    if (Yielding.Contains(cells[i].Trim()) && meaning.Count(m => m == meaning[i]) > 1)
                    {
                        meaning[i] = "";
                    }
                }

                if (!meaning.Contains("title"))
                {
                    return ([], notRead, $"Line {line}: there is no column 'title'; the columns are {string.Join(", ", cells.Select(c => $"'{c.Trim()}'"))}.");
                }

                if (meaning.Where(m => m.Length > 0).GroupBy(m => m, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                {
                    return ([], notRead, $"Line {line}: two columns mean '{twice.Key}'; keep one.");
                }

                continue;
            }

            if (cells.Count != meaning.Length)
            {
                notRead.Add(new(line, $"the row has {cells.Count} cells, the header {meaning.Length}; it was left out."));
                continue;
            }

            if (Cell("title") is not { } title)
            {
                notRead.Add(new(line, "the row has no title, so it cannot be screened; it was left out."));
                continue;
            }

            var (year, doi, pmid) = (Cell("year"), Cell("doi"), Cell("pmid"));
            Unused("year", year, Citation.YearOf(year) is not null);
            Unused("DOI", doi, Citation.DoiOf(doi) is not null);
            Unused("PubMed id", pmid, Citation.PmidOf(pmid) is not null);
            citations.Add(new()
            {
                Title = title,
                Authors = Authors(Cell("authors")),
                Year = Citation.YearOf(year),
                Journal = Cell("journal"),
                Volume = Cell("volume"),
                Issue = Cell("issue"),
                Pages = Cell("pages"),
                Doi = Citation.DoiOf(doi),
                Pmid = Citation.PmidOf(pmid),
                Abstract = Cell("abstract"),
                Line = line,
            });

            string? Cell(string name) => Array.IndexOf(meaning, name) is >= 0 and var i && cells[i].Trim() is { Length: > 0 } value ? value : null;

            void Unused(string what, string? value, bool good)
            {
                if (value is not null && !good)
                {
                    notRead.Add(new(line, $"'{NbibReading.Short(value)}' is no {what}; the record was taken without it."));
                }
            }
        }

        return (citations, notRead, meaning is null ? "The file is empty." : null);
    }

    /// <summary>"A; B" or "A, B" as PubMed writes it ("Hughes RA, Donofrio P."); a comma inside "Hughes, Richard; …" does not part.</summary>
    private static string[] Authors(string? text) =>
        text is null ? [] : text.TrimEnd('.').Split(text.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
