using System.Text;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;
using IgLoop.Features.Reviews.Import;
using IgLoop.Records;
using IgLoop.Tests.Records;

namespace IgLoop.Tests.Literature;

/// <summary>A review in the record, on each database.</summary>
public abstract class KeepingReviews
{
    protected abstract Task<Database> NewDatabase();

    [Fact]
    public async Task what_was_kept_reads_the_same_by_a_program_that_starts_anew()
    {
        var journal = new Journal(await NewDatabase());
        var store = new ReviewStore(journal, TimeProvider.System);
        var (id, _) = await store.Create(new("IVIg in CIDP: a review", "Does it help?", ["Ann", "Ben"], "Cid"), "Ann");
        Assert.Equal("ivig-in-cidp-a-review", id);
        await Import(store, id, Searches.Nbib, "PubMed");
        var imported = await Import(store, id, Searches.Ris, "Embase");
        await store.Keep(id, "Ann", new DuplicatesRemoved(imported.Review.Proposals()));
        foreach (var stage in new[] { Stage.Title, Stage.FullText })
        {
            await store.Keep(id, "Ann", new Screened("r1", stage, Verdict.Include, null));
            await store.Keep(id, "Ben", new Screened("r1", stage, Verdict.Include, null));
        }

        await store.Keep(id, "Ann", new Grouped("r1", "ice-2008"));
        var extraction = new Extraction { Condition = "cidp", Citation = "x", Design = StudyDesign.RandomisedCrossover, Crossover = CrossoverUse.FirstPeriod, Arms = [new("a", 59, 0.40m, null)], Outcomes = [new("INCAT", null, [new("a", 3, 59, null, null, 5.1m, true)], new(EffectMeasure.RD, 33.50m, 15.4m, 51.7m), [new("full", 2)], 2, "p. 3")], Certainty = "low", SourceRead = "abstract" };
        Assert.Null((await store.Keep(id, "Ben", new Extracted("ice-2008", extraction))).Refusal);
        var bias = new RiskOfBias(BiasTool.Rob2, "INCAT", [.. RiskOfBias.DomainsOf(BiasTool.Rob2).Select(d => new DomainJudgement(d.Id, BiasLevel.Low, "said"))]);
        Assert.Null((await store.Keep(id, "Ben", new BiasJudged("ice-2008", bias))).Refusal);

        var held = await store.Load(id);
        var anew = await new ReviewStore(journal, TimeProvider.System).Load(id);

        Assert.Equal(ReviewExport.Json(id, held), ReviewExport.Json(id, anew));
        var flow = PrismaFlow.Of(anew);
        Assert.Equal((6, 2, 1, 1), (flow.Identified, flow.Duplicates, flow.IncludedReports, flow.IncludedStudies));
        Assert.Equal(33.50m, anew.Extractions["ice-2008"].Outcomes[0].Effect!.Value);
        Assert.Equal("33.50", anew.Extractions["ice-2008"].Outcomes[0].Effect!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty((await ChainCheck.Of(journal)).Problems);
    }

    [Fact]
    public async Task the_same_file_twice_adds_nothing_and_says_so()
    {
        var store = new ReviewStore(new(await NewDatabase()), TimeProvider.System);
        var (id, _) = await store.Create(new("R", "", ["Ann", "Ben"], null), "Ann");
        Assert.Equal(3, (await Import(store, id, Searches.Ris, "Embase")).Added);
        var again = await Import(store, id, Searches.Ris, "Scopus");
        Assert.Equal((0, "Embase", 3), (again.Added, again.Earlier!.Source, again.Review.Records.Count));
    }

    [Fact]
    public async Task two_reviewers_at_the_same_moment_lose_nothing()
    {
        var database = await NewDatabase();
        var (id, _) = await new ReviewStore(new(database), TimeProvider.System).Create(new("R", "", ["Ann", "Ben"], null), "Ann");
        var csv = "title\n" + string.Join('\n', Enumerable.Range(1, 30).Select(i => $"Title number {i} of a trial"));
        await Import(new ReviewStore(new(database), TimeProvider.System), id, csv, "PubMed");
        await Task.WhenAll(new[] { "Ann", "Ben" }.Select(who => Task.Run(async () =>
        {
            var own = new ReviewStore(new(database), TimeProvider.System);
            for (var i = 1; i <= 30; i++)
            {
                Assert.Null((await own.Keep(id, who, new Screened($"r{i}", Stage.Title, i % 3 == 0 ? Verdict.Include : Verdict.Exclude, null))).Refusal);
            }
        })));
        var review = await new ReviewStore(new(database), TimeProvider.System).Load(id);
        Assert.Equal((30, 30), (review.AgreementAt(Stage.Title, true).N, review.AgreementAt(Stage.Title, true).Agreed));
    }

    [Fact]
    public async Task a_refused_event_stores_nothing()
    {
        var journal = new Journal(await NewDatabase());
        var store = new ReviewStore(journal, TimeProvider.System);
        var (id, _) = await store.Create(new("R", "", ["Ann", "Ben"], null), "Ann");
        Assert.Contains("There is no record", (await store.Keep(id, "Eve", new Screened("r1", Stage.Title, Verdict.Include, null))).Refusal , StringComparison.Ordinal);
        Assert.NotNull((await store.Keep(id, "A\nB", new KeptApart("r1"))).Refusal);
        Assert.NotNull((await store.Keep("nowhere", "Ann", new KeptApart("r1"))).Refusal);
        Assert.Single(await journal.Read($"review:{id}"));
        Assert.Single(await journal.Heads());
    }

    [Fact]
    public async Task the_history_is_whole_hides_a_single_judgement_and_finds_what_was_changed_or_cut_off()
    {
        var database = await NewDatabase();
        var store = new ReviewStore(new(database), TimeProvider.System);
        Assert.Null(await store.History("r"));
        var (id, _) = await store.Create(new("R", "", ["Ann", "Ben"], null), "Ann");
        await Import(store, id, Searches.Ris, "Embase");
        await store.Keep(id, "Ann", new Screened("r1", Stage.Title, Verdict.Exclude, "secret"));
        var history = (await store.History(id))!;
        Assert.True(history.Whole);
        Assert.Equal([1, 2, 3, 4], history.Entries.Select(e => e.Line.Seq));
        Assert.Equal("judged r1 at title and abstract.", history.Entries[3].Line.What);
        Assert.Equal([false, false, false, true], history.Entries.Select(e => e.Hash is null));
        Assert.DoesNotContain("secret", history.Json(id, history.Entries).ToJsonString(), StringComparison.Ordinal);
        await store.Keep(id, "Ben", new Screened("r1", Stage.Title, Verdict.Exclude, null));
        Assert.Contains("secret", (await store.History(id))!.Entries[3].Line.What, StringComparison.Ordinal);

        await JournalTests.LiftGuards(database);
        await Run(database, """update entry set body = replace(body, 'exclude', 'include') where seq = 4""");
        history = (await store.History(id))!;
        Assert.Equal("was changed after it was written: its content does not give its hash.", Assert.Single(history.Problems).What);
        Assert.Equal(("This entry cannot be read.", true), (history.Entries[3].Line.What, history.Entries[3].Problem is not null));
        Assert.Equal((await ChainCheck.Of(new(database))).Problems, history.Problems);

        // A record that no longer folds still has its history.
        await Run(database, "update entry set body = '{' where seq = 4");
        await Assert.ThrowsAsync<InvalidDataException>(() => new ReviewStore(new(database), TimeProvider.System).Load(id));
        Assert.Equal(5, (await store.History(id))!.Entries.Count);

        await Run(database, "delete from entry where seq > 3");
        history = (await store.History(id))!;
        Assert.Equal("is the head, but the chain ends with entry 3.", Assert.Single(history.Problems).What);
        Assert.All(history.Entries, e => Assert.Null(e.Problem));
        await Run(database, "delete from entry where seq = 2");
        Assert.Contains("follows entry 1: entries are missing between them.", (await store.History(id))!.Entries[1].Problem, StringComparison.Ordinal);
    }

    /// <summary>The check reads heads and entries one after the other: what is written in between is no damage.</summary>
    [Fact]
    public async Task a_check_while_others_write_finds_nothing_wrong()
    {
        var database = await NewDatabase();
        var store = new ReviewStore(new(database), TimeProvider.System);
        var (id, _) = await store.Create(new("R", "", ["Ann", "Ben"], null), "Ann");
        await Import(store, id, "title\nOne trial of immunoglobulin", "PubMed");
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await store.Keep(id, "Ann", new Screened("r1", Stage.Title, i % 2 == 0 ? Verdict.Include : Verdict.Exclude, null));
            }
        });
        for (var i = 0; i < 20; i++)
        {
            Assert.Empty((await ChainCheck.Of(new(database))).Problems);
            Assert.True((await store.History(id))!.Whole);
        }

        await stop.CancelAsync();
        await writer;
    }

    private static async Task Run(Database database, string sql)
    {
        await using var opened = await database.Open();
        await using var command = opened.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static Task<ImportOutcome> Import(ReviewStore store, string id, string text, string source) =>
        Importing.Import(store, id, "Ann", "search.txt", Encoding.UTF8.GetBytes(text), null, source, false);
}

public sealed class KeepingReviewsOnSqlite : KeepingReviews, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-review").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    protected override async Task<Database> NewDatabase()
    {
        var database = Database.InFolder(folder);
        await Migrations.Apply(database, DateTimeOffset.UnixEpoch);
        return database;
    }
}

[Collection("postgres")]
public sealed class KeepingReviewsOnPostgres(PostgresServer server) : KeepingReviews
{
    protected override Task<Database> NewDatabase() => server.NewDatabase();
}
