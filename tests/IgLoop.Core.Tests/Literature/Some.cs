using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

/// <summary>Makers of what the tests of a review need.</summary>
internal static class Some
{
    public static Citation Citation(string title, int? year = 2008, string? author = "Hughes, Richard A C", string? doi = null, string? pmid = null) =>
        new() { Title = title, Year = year, Authors = author is null ? [] : [author], Doi = doi, Pmid = pmid };

    /// <summary>A review of Ann and Ben, with Cid as the third, and records r1 … rN of one search of PubMed.</summary>
    public static Review Review(params Citation[] records) => ReviewOf("Cid", records);

    public static Review ReviewOf(string? third, params Citation[] records) => Begun(new Created("IVIg in CIDP", "Does it help?", ["Ann", "Ben"], third))
        .After(new Imported("search.nbib", "00", "nbib", "PubMed", false, records.Length, []), "Ann")
        .After(new RecordsAdded(records), "Ann");

    public static Review Titles(int n) => Review([.. Enumerable.Range(1, n).Select(i => Citation($"Trial number {i} of immunoglobulin in neuropathy"))]);

    /// <summary>Both judge alike.</summary>
    public static Review Both(this Review review, string record, Stage stage, Verdict verdict, string? reason = null) => review.Does("Ann", record, stage, verdict, reason).Does("Ben", record, stage, verdict, reason);

    public static Review Does(this Review review, string who, string record, Stage stage, Verdict? verdict, string? reason = null)
    {
        var e = new Screened(record, stage, verdict, reason);
        Assert.Null(review.Refusal(e, who));
        return review.After(e, who);
    }

    public static Extraction Extraction() => new()
    {
        Condition = "cidp",
        Citation = "Hughes RAC et al. Lancet Neurol 2008;7:136-144",
        Design = StudyDesign.RandomisedParallel,
        Patients = 117,
        Arms = [new("IGIV-C", 59, 1m, "1 g/kg every 3 weeks"), new("placebo", 58, null, null)],
        Outcomes = [new("INCAT better by 1 point", "24 weeks", [new("IGIV-C", 32, 59, null, null, null, false), new("placebo", 12, 58, null, null, null, false)], Page: "140")],
        Certainty = "high",
        SourceRead = "abstract",
    };

    private static Review Begun(Created created)
    {
        Assert.Null(IgLoop.Core.Literature.Review.None.Refusal(created, "Ann"));
        return IgLoop.Core.Literature.Review.None.After(created, "Ann");
    }
}
