using System.Text;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews.Import;

namespace IgLoop.Tests.Literature;

/// <summary>Files as the databases really write them: their marks, line ends, columns and tags. The records are invented.</summary>
public class RealExports
{
    private const string EmbaseRis = """
        TY  - JOUR
        M3  - Article
        Y1  - 2008
        VL  - 7
        IS  - 2
        SP  - 136
        EP  - 144
        T1  - Intravenous Immune Globulin for the treatment of chronic neuropathy (a randomised
              placebo-controlled trial)
        JF  - The Lancet Neurology
        A1  - Hughes R.A.C.
        A1  - Donofrio P.
        AD  - R.A.C. Hughes, A hospital, Somewhere
        UR  - https://www.embase.com/search/results?subaction=viewrecord&id=L351107061&from=export
        U2  - L351107061
        C5  - 90000001
        DB  - Embase
        AN  - 70123456
        N2  - Background: small trials.
        SN  - 1474-4422
        DO  - 10.1016/S0000-0000(07)00001-0
        ER  -
        """;

    private const string ScopusCsv = "\"Authors\",\"Author full names\",\"Author(s) ID\",\"Title\",\"Year\",\"Source title\",\"Volume\",\"Issue\",\"Art. No.\",\"Page start\",\"Page end\",\"Page count\",\"Cited by\",\"DOI\",\"Link\",\"Abstract\",\"Document Type\",\"Publication Stage\",\"Open Access\",\"Source\",\"EID\"\r\n\"Hughes R.A.C.; Donofrio P.\",\"Hughes, Richard (1)\",\"1; 2\",\"Intravenous immune globulin for the treatment of chronic neuropathy:\r\n a randomised placebo-controlled trial\",\"2008\",\"Lancet Neurology\",\"7\",\"2\",\"\",\"136\",\"144\",\"8\",\"300\",\"10.1016/S0000-0000(07)00001-0\",\"https://www.scopus.com/x\",\"Small trials.\",\"Article\",\"Final\",\"\",\"Scopus\",\"2-s2.0-1\"\r\n";

    private const string ZoteroCsv = "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Publication Title\",\"ISBN\",\"ISSN\",\"DOI\",\"Url\",\"Abstract Note\",\"Date\",\"Date Added\",\"Pages\"\n\"ABCD\",\"journalArticle\",\"2008\",\"Hughes, Richard; Donofrio, Peter\",\"Intravenous immune globulin for the treatment of chronic neuropathy: a randomised placebo-controlled trial\",\"Lancet Neurology\",\"\",\"1474-4422\",\"10.1016/s0000-0000(07)00001-0\",\"\",\"Small trials.\",\"2008-02-01\",\"2026-01-01\",\"136-144\"\n";

    [Fact]
    public void embase_gives_its_pubmed_id_under_c5_and_its_own_number_is_none()
    {
        var c = Assert.Single(Read(EmbaseRis).Citations);
        Assert.Equal(("90000001", "10.1016/s0000-0000(07)00001-0", 2008, "136-144", "The Lancet Neurology"), (c.Pmid, c.Doi, c.Year, c.Pages, c.Journal));
        Assert.EndsWith("(a randomised placebo-controlled trial)", c.Title, StringComparison.Ordinal);
        Assert.Null(Assert.Single(Read(EmbaseRis.Replace("C5  - 90000001\n", "", StringComparison.Ordinal)).Citations).Pmid);
        Assert.Equal("70123456", Assert.Single(Read("TY  - JOUR\nT1  - One\nDB  - Ovid MEDLINE(R)\nAN  - 70123456\nER  - \n").Citations).Pmid);
    }

    [Fact]
    public void scopus_and_zotero_have_two_columns_for_one_thing_and_the_better_one_is_taken()
    {
        var scopus = Read(ScopusCsv);
        Assert.Empty(scopus.NotRead);
        Assert.Equal(("Lancet Neurology", 2008), (Assert.Single(scopus.Citations).Journal, scopus.Citations[0].Year));
        var zotero = Read(ZoteroCsv);
        Assert.Equal((2008, "Small trials."), (Assert.Single(zotero.Citations).Year, zotero.Citations[0].Abstract));
        Assert.StartsWith("6 columns are not known and are left out: 'Key', 'Item Type', 'ISBN', 'ISSN', 'Url', 'Date Added'", Assert.Single(zotero.NotRead).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void one_paper_from_five_exports_is_one_paper()
    {
        var files = new[] { Searches.Nbib, Searches.Ris, EmbaseRis, ScopusCsv, ZoteroCsv };
        var papers = files.Select((text, i) => ($"r{i + 1}", Read(text).Citations[0])).ToList();
        var found = Duplicates.Find(papers);
        Assert.Equal([("r2", "r1"), ("r3", "r1"), ("r4", "r1"), ("r5", "r1")], found.Select(d => (d.Record, d.Of)));
        Assert.All(found, d => Assert.True(d.Certain, d.Why));
    }

    [Theory]
    [InlineData("utf-8", false, "\n")]
    [InlineData("utf-8", true, "\r\n")]
    [InlineData("utf-16", true, "\r\n")]
    [InlineData("utf-16BE", true, "\n")]
    [InlineData("utf-8", true, "\r")]
    public void marks_and_line_ends_make_no_difference(string encoding, bool mark, string end)
    {
        var plain = new[] { Searches.Nbib, Searches.Ris, EmbaseRis }.Select(Read).ToList();
        var e = Encoding.GetEncoding(encoding);
        var written = new[] { Searches.Nbib, Searches.Ris, EmbaseRis }.Select(t => CitationFile.Read([.. mark ? e.GetPreamble() : [], .. e.GetBytes(t.ReplaceLineEndings(end))])).ToList();
        foreach (var (a, b) in plain.Zip(written))
        {
            Assert.Null(b.Problem);
            Assert.Equal(a.Citations.Select(c => (c.Title, c.Doi, c.Pmid, c.Line)), b.Citations.Select(c => (c.Title, c.Doi, c.Pmid, c.Line)));
        }
    }

    [Fact]
    public void only_ends_of_records_are_no_records()
    {
        Assert.StartsWith("No citation was found; line 1", Read("ER  - \nER  - \n").Problem, StringComparison.Ordinal);
        var missing = Read("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - One\nER  - ");
        Assert.Equal(("One", "a record without any content."), (Assert.Single(missing.Citations).Title, Assert.Single(missing.NotRead).Why));
    }

    /// <summary>
    /// Exports with bytes changed, lines dropped, doubled and moved, parts cut out: each gives records or says in a sentence why not, with a line that the file
    /// has. The number of the case in a failure is its seed.
    /// </summary>
    [Fact]
    public void no_damaged_file_makes_the_import_fail()
    {
        var files = new[] { Searches.Nbib, Searches.Ris, Searches.Csv, EmbaseRis, ScopusCsv, ZoteroCsv }.Select(Encoding.UTF8.GetBytes).Append([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Searches.Ris)]).ToList();
        var (taken, refused) = (0, 0);
        for (var seed = 0; seed < 6000; seed++)
        {
            var random = new Random(seed);
            var bytes = Damaged(files[seed % files.Count], random);
            try
            {
                var file = CitationFile.Read(bytes, random.Next(4) == 0 ? CitationFile.Formats[random.Next(3)] : null);
                var lines = bytes.Count(b => b is (byte)'\n' or (byte)'\r') + 8;
                Assert.True(file.Problem is { Length: > 10 } || file.Citations.Count > 0);
                Assert.All(file.Citations, c => Assert.False(string.IsNullOrWhiteSpace(c.Title)));
                Assert.All(file.NotRead, n => Assert.InRange(n.Line, 0, lines));
                _ = Duplicates.Find(file.Citations.Select((c, i) => ($"r{i + 1}", c)));
                (taken, refused) = file.Problem is null ? (taken + 1, refused) : (taken, refused + 1);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"Case {seed}: {e}");
            }
        }

        Assert.True(taken > 500 && refused > 500, $"{taken} taken, {refused} refused: the damage says little.");
    }

    private static byte[] Damaged(byte[] whole, Random random)
    {
        var bytes = whole.ToList();
        for (var n = random.Next(1, 6); n > 0 && bytes.Count > 2; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 80), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 3:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Odd[random.Next(Odd.Length)]));
                    break;
                case 4:
                    bytes = bytes[..at];
                    break;
                case 5:
                    bytes.Reverse(at, length);
                    break;
                default:
                    bytes[at] = (byte)"\n\r\",;\t- "[random.Next(8)];
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Odd = ["\nER  - \n", "\nTY  - \n", "\nPMID-\n", "\"", "\n\n\n", "\u2028", "\u0000", "𝒳", "\nTI  - \n", "\n  \n", "10.", "10.1/", ";;;;", "\uFEFF", "\nDO  - https://doi.org/\n"];

    private static CitationFile Read(string text) => CitationFile.Read(Encoding.UTF8.GetBytes(text));
}
