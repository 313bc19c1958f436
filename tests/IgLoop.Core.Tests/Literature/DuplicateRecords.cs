using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

public class DuplicateRecords
{
    private const string Title = "Intravenous immune globulin for chronic inflammatory demyelinating polyradiculoneuropathy";

    [Fact]
    public void the_same_doi_written_differently_is_certain()
    {
        var found = Find(Some.Citation(Title, doi: Citation.DoiOf("https://doi.org/10.1016/S1474-4422(07)70329-0")), Some.Citation(Title.ToUpperInvariant() + ".", doi: Citation.DoiOf("10.1016/s1474-4422(07)70329-0 [doi]")));
        var d = Assert.Single(found);
        Assert.Equal(("r2", "r1", true), (d.Record, d.Of, d.Certain));
        Assert.Equal("same DOI, title, year and first author", d.Why);
    }

    [Fact]
    public void the_same_pubmed_id_is_certain() => Assert.True(Assert.Single(Find(Some.Citation(Title, pmid: "18178525"), Some.Citation(Title, author: "Hughes RA", pmid: "18178525"))).Certain);

    [Theory]
    [InlineData("Müller, Jörg", "Muller J")]
    [InlineData("Hughes RAC", "Hughes, Richard A. C.")]
    [InlineData("Richard Hughes", "HUGHES R")]
    [InlineData("van Schaik IN", "van Schaik, Ivo N")]
    public void title_year_and_first_author_ask_for_a_look(string one, string other)
    {
        var d = Assert.Single(Find(Some.Citation(Title, author: one), Some.Citation(Title.Replace(" for ", " - For: ", StringComparison.Ordinal), author: other)));
        Assert.False(d.Certain);
        Assert.Equal("same title, year and first author", d.Why);
    }

    [Fact]
    public void one_doi_on_two_titles_asks_for_a_look_and_says_what_differs()
    {
        var d = Assert.Single(Find(Some.Citation(Title, doi: "10.1/a"), Some.Citation("Correction to: " + Title, 2009, doi: "10.1/a")));
        Assert.False(d.Certain);
        Assert.Equal("same DOI; different title, year (2009 and 2008)", d.Why);
    }

    [Fact]
    public void a_paper_and_its_congress_abstract_with_their_own_dois_ask_for_a_look() =>
        Assert.False(Assert.Single(Find(Some.Citation(Title, doi: "10.1/a"), Some.Citation(Title, doi: "10.1/b"))).Certain);

    [Fact]
    public void other_years_authors_and_short_titles_are_no_duplicates()
    {
        Assert.Empty(Find(Some.Citation(Title), Some.Citation(Title, 2009)));
        Assert.Empty(Find(Some.Citation(Title), Some.Citation(Title, author: "Dalakas MC")));
        Assert.Empty(Find(Some.Citation("Reply"), Some.Citation("Reply")));
        Assert.Empty(Find(Some.Citation(Title, year: null), Some.Citation(Title, year: null)));
    }

    [Fact]
    public void a_chain_of_three_leads_to_the_first()
    {
        var found = Find(Some.Citation(Title, doi: "10.1/a"), Some.Citation(Title, doi: "10.1/a", pmid: "7"), Some.Citation(Title + " (abridged for another journal)", pmid: "7"));
        Assert.Equal([("r2", "r1"), ("r3", "r1")], found.Select(d => (d.Record, d.Of)));
    }

    [Fact]
    public void a_removed_record_returns_and_is_not_proposed_again()
    {
        var review = Some.Review(Some.Citation(Title, doi: "10.1/a"), Some.Citation(Title, doi: "10.1/a"));
        var removed = review.After(new DuplicatesRemoved(review.Proposals()), "Ann");
        Assert.Equal("r1", removed["r2"]!.DuplicateOf);
        Assert.Empty(removed.Proposals());
        var back = removed.After(new KeptApart("r2"), "Ben");
        Assert.Null(back["r2"]!.DuplicateOf);
        Assert.Empty(back.Proposals());
        Assert.Equal((1, 0), (PrismaFlow.Of(removed).Duplicates, PrismaFlow.Of(back).Duplicates));
    }

    [Fact]
    public void what_was_told_apart_by_a_slip_can_be_removed_after_all()
    {
        var review = Some.Review(Some.Citation(Title, doi: "10.1/a"), Some.Citation(Title, doi: "10.1/a")).After(new KeptApart("r2"), "Ann");
        var alike = Assert.Single(review.ToldApart());
        Assert.Equal(("r2", "r1"), (alike.Record, alike.Of));
        var removed = review.After(new DuplicatesRemoved([alike]), "Ann");
        Assert.Equal("r1", removed["r2"]!.DuplicateOf);
        Assert.Empty(removed.ToldApart());
    }

    [Theory]
    [InlineData("r2", "r1", null)]
    [InlineData("r2", "r2", "r2 cannot repeat itself.")]
    [InlineData("r2", "r9", "There is no record 'r9' in this review.")]
    [InlineData("r1", "r3", "r3 was removed as a duplicate of r1.")]
    public void a_duplicate_that_no_rule_finds_is_marked_by_hand(string record, string of, string? refusal)
    {
        var review = Some.Titles(3).After(new DuplicatesRemoved([new("r3", "r1", "marked by hand", false)]), "Ann");
        Assert.Equal(refusal, review.Refusal(new DuplicatesRemoved([new(record, of, "marked by hand", false)]), "Ann"));
    }

    [Theory]
    [InlineData("Müller, Jörg", 2023, "muller-2023")]
    [InlineData("van Schaik IN", 2018, "vanschaik-2018")]
    [InlineData(null, 2018, null)]
    [InlineData("Hughes RA", null, null)]
    public void a_report_suggests_the_name_of_its_study(string? author, int? year, string? name)
    {
        Assert.Equal(name, Some.Citation(Title, year, author).StudyName());
        Assert.True(name is null || Review.IsId(name));
    }

    private static IReadOnlyList<Duplicate> Find(params Citation[] citations) => Duplicates.Find(citations.Select((c, i) => ($"r{i + 1}", c)));
}
