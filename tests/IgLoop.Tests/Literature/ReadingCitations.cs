using System.Text;
using IgLoop.Features.Reviews.Import;

namespace IgLoop.Tests.Literature;

public class ReadingCitations
{
    [Fact]
    public void medline_joins_lines_and_finds_ids()
    {
        var file = Read(Searches.Nbib);
        Assert.Equal(("nbib", 3), (file.Format, file.Citations.Count));
        Assert.Empty(file.NotRead);
        var c = file.Citations[0];
        Assert.Equal("Intravenous immune globulin for the treatment of chronic neuropathy: a randomised placebo-controlled trial.", c.Title);
        Assert.Equal(("90000001", "10.1016/s0000-0000(07)00001-0", 2008, "Lancet Neurol", "7", "2", "136-44"), (c.Pmid, c.Doi, c.Year, c.Journal, c.Volume, c.Issue, c.Pages));
        Assert.Equal(["Hughes, Richard A C", "Donofrio, Peter"], c.Authors);
        Assert.Equal("BACKGROUND: Small trials. METHODS: 117 patients.", c.Abstract);
        Assert.Equal(2, c.Line);
    }

    [Fact]
    public void ris_reads_the_tags_of_several_databases()
    {
        var file = Read(Searches.Ris);
        Assert.Equal(("ris", 3), (file.Format, file.Citations.Count));
        Assert.Empty(file.NotRead);
        Assert.Equal(("10.1016/s0000-0000(07)00001-0", "136-144", 2008), (file.Citations[0].Doi, file.Citations[0].Pages, file.Citations[0].Year));
        Assert.Equal(("Plasma exchange beside immunoglobulin in acute neuropathy of children", 2015, "A trial."), (file.Citations[2].Title, file.Citations[2].Year, file.Citations[2].Abstract));
    }

    [Fact]
    public void csv_of_pubmed_is_read_and_an_unknown_column_and_a_row_without_title_are_named_by_line()
    {
        var file = Read(Searches.Csv);
        var c = Assert.Single(file.Citations);
        Assert.Equal(("csv", "A \"quoted\" title, with a comma, on immunoglobulin", "90000009", 2009, "10.1/csv"), (file.Format, c.Title, c.Pmid, c.Year, c.Doi));
        Assert.Equal(["Hughes RA", "Donofrio P"], c.Authors);
        Assert.Equal([1, 3], file.NotRead.Select(n => n.Line));
        Assert.StartsWith("column 'Grade' is not known and is left out", file.NotRead[0].Why, StringComparison.Ordinal);
        Assert.StartsWith("the row has no title", file.NotRead[1].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("title;year;doi\nA long enough title of a trial;2008;none", "line 2: 'none' is no DOI; the record was taken without it.")]
    [InlineData("title,year\nA title,2008\nToo,many,cells", "line 3: the row has 3 cells, the header 2; it was left out.")]
    [InlineData("title,year\nGood,2008\n\"A title,2008\nAnother,2009", "line 3: a quotation mark that opens in this row is never closed")]
    [InlineData("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - ", "line 3: a new record begins before the one of line 1 ended")]
    [InlineData("TY  - JOUR\nTI  - One", "line 1: the last record does not end with 'ER  - '")]
    [InlineData("TY  - JOUR\nTI  - One\nER  - \nstray words", "line 4: 'stray words' stands outside a record")]
    [InlineData("TY  - JOUR\nTI  - One\nER  - \nAU  - Late", "line 4: 'AU  - Late' stands outside a record: each begins with 'TY  - '.")]
    [InlineData("TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nAU  - No title\nER  - ", "line 4: the record has no title")]
    [InlineData("PMID- 1\nTI  - One\nbroken line\n", "line 3: 'broken line' is no line of the MEDLINE format")]
    [InlineData("PMID- 1\nTI  - One\n\nPMID- 2\nAU  - A\n", "line 4: the record has no title")]
    public void what_is_not_understood_is_named_by_line_and_the_rest_is_taken(string text, string expected)
    {
        var file = Read(text);
        Assert.Null(file.Problem);
        Assert.NotEmpty(file.Citations);
        Assert.Contains(file.NotRead, n => $"line {n.Line}: {n.Why}".StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("Dear colleague,", "neither PubMed/MEDLINE")]
    [InlineData("name,year\na,2008", "neither PubMed/MEDLINE")]
    [InlineData("title,Article title\na,b", "two columns mean 'title'")]
    [InlineData("TY  - JOUR\nER  - ", "No citation was found; line 1")]
    public void a_file_that_gives_nothing_says_why(string text, string why) => Assert.Contains(why, Read(text).Problem, StringComparison.Ordinal);

    [Fact]
    public void a_forced_format_that_does_not_fit_says_which_column_is_missing() =>
        Assert.Contains("there is no column 'title'; the columns are 'name', 'year'", CitationFile.Read(Encoding.UTF8.GetBytes("name,year\na,2008"), "csv").Problem, StringComparison.Ordinal);

    [Fact]
    public void another_encoding_is_named_with_its_line_and_utf_16_with_its_mark_is_read()
    {
        var latin = Encoding.Latin1.GetBytes("TY  - JOUR\nAU  - Müller\nTI  - One\nER  - ");
        Assert.Contains("Line 2 is not UTF-8 (byte 0xFC)", CitationFile.Read(latin).Problem, StringComparison.Ordinal);
        Assert.Contains("zero byte", CitationFile.Read(Encoding.Unicode.GetBytes("TY  - JOUR")).Problem, StringComparison.Ordinal);
        var utf16 = CitationFile.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("TY  - JOUR\nTI  - Käse\nER  - ")]);
        Assert.Equal("Käse", Assert.Single(utf16.Citations).Title);
        Assert.Contains("compressed", CitationFile.Read("PK\u0003\u0004xx"u8).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void fifty_megabytes_are_read_in_seconds_and_more_than_the_limit_is_refused()
    {
        var record = "TY  - JOUR\nTI  - " + new string('t', 150) + "\nAB  - " + new string('x', 2400) + "\nER  - \n";
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(record, 50 * 1024 * 1024 / record.Length)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(50 * 1024 * 1024 / record.Length, CitationFile.Read(bytes).Citations.Count);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
        Assert.Contains("at most 64 MB", CitationFile.Read(new byte[CitationFile.MaxBytes + 1]).Problem, StringComparison.Ordinal);
    }

    private static CitationFile Read(string text) => CitationFile.Read(Encoding.UTF8.GetBytes(text));
}
