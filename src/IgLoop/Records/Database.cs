using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace IgLoop.Records;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>
/// Where the record is kept: one SQLite file in a folder, or a PostgreSQL database. SQL is written once, in what both understand;
/// the two places that differ are here and in the migrations.
/// </summary>
public sealed class Database
{
    public const string FileName = "igloop.db";

    private readonly string connection;

    private Database(Engine engine, string connection, string place)
    {
        Engine = engine;
        this.connection = connection;
        Place = place;
    }

    public Engine Engine { get; }

    /// <summary>The folder, or host and database; never a password.</summary>
    public string Place { get; }

    /// <summary>The SQLite file in a folder; the folder is made, readable by its owner alone.</summary>
    /// <exception cref="DatabaseException">The folder cannot be made.</exception>
    public static Database InFolder(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(folder);
                }
                else
                {
                    Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"The data folder {folder} cannot be made: {e.Message.TrimEnd('.')}.", e);
        }

        var text = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, FileName), Mode = SqliteOpenMode.ReadWriteCreate, ForeignKeys = true, DefaultTimeout = 30 };
        return new(Engine.Sqlite, text.ToString(), folder);
    }

    /// <param name="connection">An Npgsql connection string: <c>Host=…;Database=…;Username=…</c>.</param>
    /// <exception cref="DatabaseException">The text is not a connection string.</exception>
    public static Database OnPostgres(string connection)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connection);
            return new(Engine.Postgres, text.ToString(), $"{text.Host}, database {text.Database}");
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message of the parser may quote the password.
            throw new DatabaseException("The PostgreSQL connection is not understood; write it as 'Host=…;Database=…;Username=…'.", e);
        }
    }

    /// <exception cref="DatabaseException">The database does not answer.</exception>
    public async Task<DbConnection> Open(CancellationToken stop = default)
    {
        DbConnection opened = Engine == Engine.Sqlite ? new SqliteConnection(connection) : new NpgsqlConnection(connection);
        try
        {
            await opened.OpenAsync(stop);
            if (Engine == Engine.Sqlite)
            {
                // WAL lets readers go on beside a writer; FULL has a commit on the disk before it is acknowledged.
                await opened.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full;");
            }

            return opened;
        }
        catch (Exception e) when (e is DbException or IOException or TimeoutException or System.Net.Sockets.SocketException or ArgumentException)
        {
            await opened.DisposeAsync();
            throw new DatabaseException($"The database ({Place}) cannot be opened: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>A transaction that holds the right to write from its start, where the engine has such a thing.</summary>
    public async Task<DbTransaction> Begin(DbConnection opened, CancellationToken stop = default) =>
        opened is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await opened.BeginTransactionAsync(stop);

    /// <summary>Rows of the journal: by PostgreSQL's own bulk load, by one prepared statement elsewhere.</summary>
    public async Task Insert(DbConnection opened, DbTransaction transaction, IReadOnlyList<JournalEntry> rows, CancellationToken stop = default)
    {
        if (opened is NpgsqlConnection postgres)
        {
            await using var copy = await postgres.BeginBinaryImportAsync("copy entry (subject, seq, recorded, true_at, who, kind, body, previous, hash) from stdin (format binary)", stop);
            foreach (var e in rows)
            {
                await copy.StartRowAsync(stop);
                await copy.WriteAsync(e.Subject, NpgsqlTypes.NpgsqlDbType.Text, stop);
                await copy.WriteAsync(e.Seq, NpgsqlTypes.NpgsqlDbType.Bigint, stop);
                foreach (var text in new[] { e.Recorded, e.TrueAt, e.Who, e.Kind, e.Body, e.Previous, e.Hash })
                {
                    await copy.WriteAsync(text, NpgsqlTypes.NpgsqlDbType.Text, stop);
                }
            }

            await copy.CompleteAsync(stop);
            return;
        }

        await opened.ExecuteAsync(
            """
            insert into entry (subject, seq, recorded, true_at, who, kind, body, previous, hash)
            values (@Subject, @Seq, @Recorded, @TrueAt, @Who, @Kind, @Body, @Previous, @Hash)
            """,
            rows,
            transaction);
    }
}

/// <summary>The database cannot be used; the message is one sentence for whoever started the program.</summary>
public sealed class DatabaseException(string message, Exception? inner = null) : Exception(message, inner);
