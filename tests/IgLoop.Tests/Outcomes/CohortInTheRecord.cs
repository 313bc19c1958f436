using System.Text;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Outcomes;
using IgLoop.Records;
using IgLoop.Tests.Records;

namespace IgLoop.Tests.Outcomes;

/// <summary>What the record of a cohort promises, on each database.</summary>
public abstract class CohortInTheRecord
{
    private static readonly OutcomeOptions Options = new() { Resamples = 200 };
    private readonly Clock clock = new(new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));

    protected abstract Task<Database> NewDatabase();

    [Fact]
    public async Task the_report_from_the_record_is_the_report_from_the_files_to_the_letter()
    {
        var files = Cli.OutcomesPage.Simulated(40);
        var store = await NewStore();
        await Import(store, OutcomeRun.Entries(files, null));

        var record = OutcomeRun.Of(await store.Entries(), Options, 1);

        Assert.Equal(Texts(OutcomeRun.Of(files, null, Options, 1)), Texts(record));
        Assert.Equal(40, await store.Patients());
    }

    [Fact]
    public async Task a_redcap_export_in_the_record_gives_the_same_report_too()
    {
        var csv = "record_id,event,dob,visit,total,given,grams\n1,base,1985-02-03,2024-01-05,15,2024-01-08,30\n1,later,,2024-07-05,6,,\n2,base,1990-02-03,2024-02-05,9,2024-02-08,20\n2,later,,2024-08-05,8,,\n";
        var map = "patient: record_id\nrows:\n  - when: {event: base}\n    about: {birth_date: dob}\n    date: given\n    infusion: {dose: grams, unit: g}\n  - date: visit\n    scores: {sledai: total}\n";
        var entries = OutcomeRun.Entries([("redcap.csv", Encoding.UTF8.GetBytes(csv))], map);
        var store = await NewStore();
        await Import(store, entries);

        Assert.Equal(Texts(OutcomeRun.Of(entries, Options, 1)), Texts(OutcomeRun.Of(await store.Entries(), Options, 1)));
    }

    [Theory]
    [InlineData("patient,date,dob,weight_kg,sledai,ivig_g,prednisone,arthritis,ae,grade\na,2024-01-05,1985-02-03,60,16,30,20,1,headache,1\na,2024-07-05,,,6,,5,0,,\nb,2024-02-05,1990-02-03,70,9,70,10,0,,\nb,2024-08-05,,,8,,9,0,,\n")]
    [InlineData("record_id,redcap_event_name,redcap_repeat_instrument,dob,weight_kg,visit_date,sledai,prednisone,arthritis,infusion_date,ivig_g,visit_complete\na,base_arm_1,,1985-02-03,60,2024-01-05,16,20,1,,,2\na,base_arm_1,infusion,,,,,,,2024-01-08,30,2\na,later_arm_1,,,,2024-07-05,6,5,0,,,2\n")]
    public async Task a_hospitals_own_table_in_the_record_gives_the_same_report_and_twice_is_once(string csv)
    {
        var entries = OutcomeRun.Entries([("table.csv", Encoding.UTF8.GetBytes(csv))], null);
        var store = await NewStore();
        await Import(store, entries);

        Assert.Equal(Texts(OutcomeRun.Of(entries, Options, 1)), Texts(OutcomeRun.Of(await store.Entries(), Options, 1)));
        Assert.Equal(0, (await Import(store, entries)).New);
    }

    [Fact]
    public async Task the_same_files_twice_add_nothing_in_whatever_order()
    {
        var files = Cli.OutcomesPage.Simulated(12);
        var database = await NewDatabase();
        var store = new CohortStore(new(database), clock);
        var first = await Import(store, OutcomeRun.Entries(files, null));
        var heads = await new Journal(database).Heads();

        var again = await Import(store, [.. OutcomeRun.Entries(files, null).Reverse()]);

        Assert.Equal((0, 0, 0, first.New), (again.New, again.Corrected, again.Withdrawn, again.Unchanged));
        Assert.Equal(heads, await new Journal(database).Heads());
    }

    [Fact]
    public async Task a_changed_cell_is_a_new_entry_that_corrects_and_the_old_one_stays()
    {
        var database = await NewDatabase();
        var store = new CohortStore(new(database), clock);
        await Import(store, Long("a,2024-01-10,score,sledai,16,\na,2024-01-15,infusion,,30,g"));
        clock.Now = clock.Now.AddDays(3);

        var done = await Import(store, Long("a,2024-01-10,score,sledai,14,\na,2024-01-15,infusion,,30.0,g\na,2024-07-10,score,sledai,5,"), by: "Ben");

        Assert.Equal((1, 1, 0, 1), (done.New, done.Corrected, done.Withdrawn, done.Unchanged));
        Assert.Equal(["14", "5"], (await store.Entries()).Where(e => e.Kind == EntryKind.Score).OrderBy(e => e.On).Select(e => e.Value));
        var chain = await new Journal(database).Read("patient:a");
        Assert.Equal(["16", "14"], chain.Where(e => e.Body.Contains("\"on\":\"2024-01-10\"", StringComparison.Ordinal)).Select(e => System.Text.Json.JsonDocument.Parse(e.Body).RootElement.GetProperty("value").GetString()));
        var correction = chain.Single(e => e.Body.Contains("\"corrects\"", StringComparison.Ordinal));
        Assert.Equal(("Ben", "cohort.score", "2024-01-10T00:00:00.000Z", "2026-11-28T09:00:00.000Z"), (correction.Who, correction.Kind, correction.TrueAt, correction.Recorded));
        Assert.Contains("\"corrects\":1", correction.Body, StringComparison.Ordinal);
        Assert.Empty((await ChainCheck.Of(new(database))).Problems);
    }

    [Fact]
    public async Task the_record_can_be_asked_what_was_true_and_what_was_known_at_a_day()
    {
        var store = await NewStore();
        await Import(store, Long("a,2024-01-10,score,sledai,16,\na,2024-01-15,infusion,,30,g\na,2024-02-01,last_seen,,,"));
        clock.Now = clock.Now.AddDays(3);
        await Import(store, Long("a,2024-01-10,score,sledai,14,\na,2024-07-10,score,sledai,5,\na,2024-08-01,last_seen,,,"));

        Assert.Equal(["16"], Scores(await store.Entries(knownAt: new(2026, 11, 25))));
        Assert.Equal(["14", "5"], Scores(await store.Entries(knownAt: new(2026, 11, 28))));
        Assert.Equal(["14"], Scores(await store.Entries(at: new(2024, 6, 1))));
        Assert.Equal(["16"], Scores(await store.Entries(at: new(2024, 6, 1), knownAt: new(2026, 11, 27))));
        Assert.Empty(await store.Entries(knownAt: new(2026, 11, 24)));
        Assert.Equal(new DateOnly(2024, 2, 1), (await store.Entries(at: new(2024, 6, 1))).Single(e => e.Kind == EntryKind.LastSeen).On);

        static IEnumerable<string> Scores(IEnumerable<CohortEntry> entries) => entries.Where(e => e.Kind == EntryKind.Score).OrderBy(e => e.On).Select(e => e.Value);
    }

    [Fact]
    public async Task files_that_are_complete_withdraw_what_they_no_longer_say_of_their_patients()
    {
        var store = await NewStore();
        await Import(store, Long("a,2024-01-10,score,sledai,16,\na,2024-01-15,infusion,,30,g\na,2024-01-15,infusion,,30,g\nb,2024-01-10,score,sledai,9,"));

        Assert.Equal(0, (await Import(store, Long("a,2024-01-11,score,sledai,16,"))).Withdrawn);
        var done = await Import(store, Long("a,2024-01-11,score,sledai,16,\na,2024-01-15,infusion,,30,g"), complete: true);

        Assert.Equal((0, 0, 2), (done.New, done.Corrected, done.Withdrawn));
        var now = await store.Entries();
        Assert.Equal([new DateOnly(2024, 1, 11)], now.Where(e => e.Patient == "a" && e.Kind == EntryKind.Score).Select(e => e.On!.Value));
        Assert.Single(now, e => e.Kind == EntryKind.Infusion);
        Assert.Contains(now, e => e.Patient == "b" && e.Kind == EntryKind.Score);
        Assert.Equal(1, (await Import(store, Long("a,2024-01-10,score,sledai,16,"))).New);
    }

    [Theory]
    [InlineData("b,2024-02-30,score,sledai,3,", "row 3, column date")]
    [InlineData("b,2024-02-20,score,sledai,-3,", "row 3, column value")]
    [InlineData("b,2027-02-20,score,sledai,3,", "row 3, column date")]
    [InlineData("Ann Bell,2024-02-20,score,sledai,3,", "row 3, column patient")]
    [InlineData("ann@example.org,2024-02-20,score,sledai,3,", "row 3, column patient")]
    [InlineData("b,,patient,nhs_number,9434765919,", "row 3, column value")]
    public async Task one_bad_row_keeps_everything_out_and_is_named(string row, string where)
    {
        var database = await NewDatabase();
        var store = new CohortStore(new(database), clock);
        string told;
        try
        {
            var (done, problems) = await store.Import(Long("a,2024-01-10,score,sledai,16,\n" + row), "Ann", false);
            Assert.Null(done);
            told = string.Join(' ', problems.Select(p => p.Where.ToString()));
        }
        catch (IgLoop.Cli.BatchException e)
        {
            told = e.Where;
        }

        Assert.Contains(where, told, StringComparison.Ordinal);
        Assert.Empty(await new Journal(database).Heads());
    }

    [Fact]
    public async Task what_would_contradict_the_record_is_refused_with_both_places()
    {
        var store = await NewStore();
        await Import(store, Long("a,2024-01-10,score,sledai,16,\na,2024-05-01,last_seen,,,"));

        var (done, problems) = await store.Import(Long("a,2024-06-10,score,sledai,5,"), "Ann", false);

        Assert.Null(done);
        var problem = Assert.Single(problems);
        Assert.Contains("out of order", problem.Message, StringComparison.Ordinal);
        Assert.Single(await store.Entries(), e => e.Kind == EntryKind.Score);
    }

    [Fact]
    public async Task two_who_import_the_same_patients_at_once_leave_one_whole_chain_each()
    {
        var database = await NewDatabase();
        var files = OutcomeRun.Entries(Cli.OutcomesPage.Simulated(8), null);

        var both = await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Task.Run(() => new CohortStore(new(database), clock).Import(files, $"writer {i}", false))));

        Assert.All(both, b => Assert.NotNull(b.Done));
        Assert.Single(both, b => b.Done!.New > 0);
        Assert.Empty((await ChainCheck.Of(new(database))).Problems);
    }

    private static string Texts(OutcomeReport report) => OutcomesText.Of(OutcomeSections.Of(report, "x", 1)) + OutcomesJson.Of(report, "x", 1).ToJsonString() + OutcomesHtml.Of(OutcomeSections.Of(report, "x", 1), "x");

    private static IReadOnlyList<CohortEntry> Long(string rows) => OutcomeRun.Entries([("cohort.csv", Encoding.UTF8.GetBytes("patient,date,kind,name,value,unit\n" + rows))], null);

    private async Task<CohortStore> NewStore() => new(new(await NewDatabase()), clock);

    private static async Task<Imported> Import(CohortStore store, IReadOnlyList<CohortEntry> entries, string by = "Ann", bool complete = false)
    {
        var (done, problems) = await store.Import(entries, by, complete);
        Assert.Empty(problems);
        return done!;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

public sealed class CohortOnSqlite : CohortInTheRecord, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-cohort").FullName;
    private int made;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    protected override async Task<Database> NewDatabase()
    {
        var database = Database.InFolder(Path.Combine(folder, $"d{Interlocked.Increment(ref made)}"));
        await Migrations.Apply(database, DateTimeOffset.UnixEpoch);
        return database;
    }
}

[Collection("postgres")]
public sealed class CohortOnPostgres(PostgresServer server) : CohortInTheRecord
{
    protected override Task<Database> NewDatabase() => server.NewDatabase();
}

/// <summary>The page of a server that keeps a record, without script.</summary>
public sealed class CohortOfTheRecordOnThePage(Literature.ReviewSite site) : IClassFixture<Literature.ReviewSite>
{
    [Fact]
    public async Task the_page_offers_the_record_and_never_shows_a_single_patient_of_it()
    {
        using var http = new HttpClient { BaseAddress = site.Address };
        Assert.Contains("Those of the record (0)", await http.GetStringAsync("/outcomes"), StringComparison.Ordinal);
        Assert.Contains("holds no patient yet", await Ask(http, "1"), StringComparison.Ordinal);

        await new CohortStore(site.Journal, TimeProvider.System).Import(OutcomeRun.Entries(Cli.OutcomesPage.Simulated(30), null), "Ann", false);
        var page = await Ask(http, "1");

        Assert.Contains("Patients included: 30;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("patient 1<", page, StringComparison.Ordinal);
        Assert.Contains("value=\"5\"", page, StringComparison.Ordinal);
    }

    private static async Task<string> Ask(HttpClient http, string cell)
    {
        using var form = new MultipartFormDataContent { { new StringContent("record"), "from" }, { new StringContent(cell), "min_cell" } };
        using var answer = await http.PostAsync("/outcomes", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
