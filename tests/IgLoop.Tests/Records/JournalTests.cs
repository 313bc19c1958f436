using Dapper;
using FsCheck;
using FsCheck.Fluent;
using IgLoop.Records;

namespace IgLoop.Tests.Records;

/// <summary>What the journal promises, on each database.</summary>
public abstract class JournalTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 8, 30, 0, TimeSpan.FromHours(1));

    protected abstract Task<Database> NewDatabase();

    [Fact]
    public async Task entries_come_back_in_order_with_who_when_recorded_and_when_true()
    {
        var journal = new Journal(await NewDatabase());
        var head = await journal.Append("review:a", "review", 0, [Entry("first"), Entry("second")], Now);
        head = await journal.Append("review:a", "review", head!.Seq, [new("Ben Å.", Now.AddDays(-9), "said", """{"text":"Käse ✓ \u0000"}""")], Now.AddSeconds(1));

        var read = await journal.Read("review:a");

        Assert.Equal([1, 2, 3], read.Select(e => e.Seq));
        Assert.Equal(("Ben Å.", "said", "2026-11-16T07:30:00.000Z", "2026-11-25T07:30:01.000Z", """{"text":"Käse ✓ \u0000"}"""), (read[2].Who, read[2].Kind, read[2].TrueAt, read[2].Recorded, read[2].Body));
        Assert.Equal(read[1].Hash, read[2].Previous);
        Assert.Equal(head!.Hash, read[2].Hash);
        Assert.Equal([3], (await journal.Read("review:a", 2)).Select(e => e.Seq));
        Assert.Empty(await journal.Read("review:b"));
        Assert.Equal([head], await journal.Heads("review"));
        Assert.Empty(await journal.Heads("patient"));
    }

    [Fact]
    public async Task an_append_after_another_head_than_expected_stores_nothing()
    {
        var journal = new Journal(await NewDatabase());
        await journal.Append("review:a", "review", 0, [Entry("first")], Now);

        Assert.Null(await journal.Append("review:a", "review", 0, [Entry("late")], Now));
        Assert.Null(await journal.Append("review:a", "review", 2, [Entry("early")], Now));
        Assert.Null(await journal.Append("review:new", "review", 1, [Entry("early")], Now));

        Assert.Single(await journal.Read("review:a"));
        Assert.Single(await journal.Heads());
    }

    [Fact]
    public async Task writers_at_the_same_time_lose_nothing_and_leave_one_whole_chain()
    {
        var database = await NewDatabase();
        const int writers = 8, each = 12;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(async () =>
        {
            var journal = new Journal(database);
            for (var i = 0; i < each; i++)
            {
                while (true)
                {
                    var seen = (await journal.Heads("review")).Sum(h => h.Seq);
                    if (await journal.Append("review:a", "review", seen, [Entry($"{w}.{i}")], Now) is not null)
                    {
                        break;
                    }
                }
            }
        })));

        var read = await new Journal(database).Read("review:a");
        Assert.Equal(writers * each, read.Select(e => e.Body).Distinct().Count());
        Assert.Equal(Enumerable.Range(1, writers * each).Select(n => (long)n), read.Select(e => e.Seq));
        Assert.Empty((await ChainCheck.Of(new(database))).Problems);
    }

    [Fact]
    public async Task any_sequence_of_appends_verifies_and_any_changed_field_is_found()
    {
        var database = await NewDatabase();
        var journal = new Journal(database);
        var round = 0;
        var texts = ArbMap.Default.ArbFor<NonEmptyString>().Generator.Where(t => !t.Get.Contains('\0', StringComparison.Ordinal) && IsWhole(t.Get));
        var sizes = Gen.Choose(1, 4);
        foreach (var (text, size) in texts.Zip(sizes).Sample(25, 25))
        {
            var subject = $"review:{++round}";
            var body = System.Text.Json.JsonSerializer.Serialize(new { text = text.Get });
            long seq = 0;
            for (var i = 0; i < size; i++)
            {
                seq = (await journal.Append(subject, "review", seq, [new("Ann", Now.AddMinutes(i), "said", body), Entry("x")], Now))!.Seq;
            }
        }

        Assert.Empty((await ChainCheck.Of(journal)).Problems);

        foreach (var column in new[] { "body", "who", "kind", "recorded", "true_at", "previous", "hash" })
        {
            await using var opened = await database.Open();
            await LiftGuards(database, opened);
            var old = await opened.QuerySingleAsync<string>($"select {column} from entry where subject = 'review:3' and seq = 1");
            await opened.ExecuteAsync($"update entry set {column} = @changed where subject = 'review:3' and seq = 1", new { changed = Flip(old) });
            var found = (await ChainCheck.Of(journal)).Problems;
            Assert.Contains(found, p => p.Subject == "review:3" && p.Seq == 1);
            Assert.DoesNotContain(found, p => p.Subject != "review:3");
            await opened.ExecuteAsync($"update entry set {column} = @old where subject = 'review:3' and seq = 1", new { old });
        }

        Assert.Empty((await ChainCheck.Of(journal)).Problems);
    }

    [Fact]
    public async Task a_removed_entry_a_cut_end_and_a_moved_head_are_found()
    {
        var database = await NewDatabase();
        var journal = new Journal(database);
        await journal.Append("review:a", "review", 0, [Entry("1"), Entry("2"), Entry("3")], Now);
        await journal.Append("review:b", "review", 0, [Entry("1"), Entry("2"), Entry("3")], Now);
        var kept = ChainCheck.Parse(ChainCheck.Lines(await journal.Heads()));
        await using var opened = await database.Open();
        await LiftGuards(database, opened);

        await opened.ExecuteAsync("delete from entry where subject = 'review:a' and seq = 2");
        Assert.Contains((await ChainCheck.Of(journal)).Problems, p => p.ToString().StartsWith("review:a, entry 3: follows entry 1", StringComparison.Ordinal));

        await opened.ExecuteAsync("delete from entry where subject = 'review:b' and seq = 3");
        Assert.Contains((await ChainCheck.Of(journal)).Problems, p => p.Subject == "review:b" && p.What.Contains("the chain ends with entry 2", StringComparison.Ordinal));

        // The head is moved too: inside the database nothing shows it, the heads kept outside do.
        await opened.ExecuteAsync("update subject set head_seq = 2, head_hash = (select hash from entry where subject = 'review:b' and seq = 2) where id = 'review:b'");
        Assert.DoesNotContain((await ChainCheck.Of(journal)).Problems, p => p.Subject == "review:b");
        Assert.Contains((await ChainCheck.Of(journal, kept)).Problems, p => p.Subject == "review:b" && p.What.Contains("kept outside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_database_itself_refuses_to_change_or_delete_an_entry()
    {
        var database = await NewDatabase();
        await new Journal(database).Append("review:a", "review", 0, [Entry("1")], Now);
        await using var opened = await database.Open();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => opened.ExecuteAsync("update entry set who = 'x'"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => opened.ExecuteAsync("delete from entry"));
        Assert.Single(await new Journal(database).Read("review:a"));
    }

    [Fact]
    public async Task the_schema_is_made_once_by_many_that_start_together_and_an_unknown_step_is_refused()
    {
        var database = await NewDatabase();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Migrations.Apply(database, Now))));
        await using var opened = await database.Open();
        Assert.Equal(1, await opened.ExecuteScalarAsync<long>("select count(*) from migration where number = 1"));

        await opened.ExecuteAsync("insert into migration (number, name, hash, applied) values (9999, '9999-later', 'x', 'x')");
        var refused = await Assert.ThrowsAsync<DatabaseException>(() => Migrations.Apply(database, Now));
        Assert.Contains("step 9999", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two\nlines")]
    public async Task an_entry_without_a_usable_name_is_refused(string who)
    {
        var journal = new Journal(await NewDatabase());
        await Assert.ThrowsAsync<ArgumentException>(() => journal.Append("review:a", "review", 0, [Entry("x") with { Who = who }], Now));
        Assert.Empty(await journal.Heads());
    }

    private static NewEntry Entry(string text) => new("Ann Bell", Now, "said", $$"""{"text":"{{text}}"}""");

    private static string Flip(string text) => (text[0] == 'x' ? "y" : "x") + text[1..];

    private static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    internal static async Task LiftGuards(Database database)
    {
        await using var opened = await database.Open();
        await LiftGuards(database, opened);
    }

    /// <summary>As somebody with full rights on the database could.</summary>
    private static Task LiftGuards(Database database, System.Data.Common.DbConnection opened) => opened.ExecuteAsync(database.Engine == Engine.Sqlite
        ? "drop trigger if exists entry_stays; drop trigger if exists entry_is_kept"
        : "drop trigger if exists entry_stays on entry");
}

public sealed class JournalOnSqlite : JournalTests, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-journal").FullName;
    private int made;

    [Fact]
    public async Task a_commit_is_on_the_disk_before_it_is_acknowledged()
    {
        await using var opened = await (await NewDatabase()).Open();
        Assert.Equal("wal", await opened.ExecuteScalarAsync<string>("pragma journal_mode"));
        Assert.Equal(2, await opened.ExecuteScalarAsync<long>("pragma synchronous"));
    }

    [Fact]
    public async Task a_folder_that_is_a_file_is_named()
    {
        var file = Path.Combine(folder, "file");
        await File.WriteAllTextAsync(file, "x");
        var refused = await Assert.ThrowsAsync<DatabaseException>(async () => await Database.InFolder(file).Open());
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

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
public sealed class JournalOnPostgres(PostgresServer server) : JournalTests
{
    [Fact]
    public void a_password_is_never_in_a_message()
    {
        var refused = Assert.Throws<DatabaseException>(() => Database.OnPostgres("Host=db;Pass word=hunter2;x"));
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", Database.OnPostgres("Host=db;Password=hunter2").Place, StringComparison.Ordinal);
    }

    protected override Task<Database> NewDatabase() => server.NewDatabase();
}

[CollectionDefinition("postgres")]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>;

public sealed class AuditOnTheCommandLine : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-audit").FullName;

    [Fact]
    public async Task a_whole_record_ends_with_0_a_changed_byte_with_1_and_no_record_with_2()
    {
        var database = Database.InFolder(folder);
        await Migrations.Apply(database, DateTimeOffset.UnixEpoch);
        await new Journal(database).Append("review:a", "review", 0, [new("Ann", DateTimeOffset.UnixEpoch, "said", """{"dose":1}""")], DateTimeOffset.UnixEpoch);

        var whole = Cli.CommandLine.Run($"audit verify --data \"{folder}\"");
        Assert.Equal((0, "1 entries of 1 subjects: every chain is whole."), (whole.Exit, whole.Output.Trim()));
        Assert.EndsWith("1 review review:a", Cli.CommandLine.Run($"audit heads --data \"{folder}\"").Output.Trim(), StringComparison.Ordinal);

        await using (var opened = await database.Open())
        {
            await opened.ExecuteAsync("drop trigger entry_stays");
            await opened.ExecuteAsync("""update entry set body = '{"dose":2}'""");
        }

        var changed = Cli.CommandLine.Run($"audit verify --data \"{folder}\"");
        Assert.Equal(1, changed.Exit);
        Assert.StartsWith("review:a, entry 1: was changed after it was written", changed.Error, StringComparison.Ordinal);

        var missing = Cli.CommandLine.Run($"audit verify --data \"{Path.Combine(folder, "nowhere")}\"");
        Assert.Equal(2, missing.Exit);
        Assert.Contains("There is no record in", missing.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
