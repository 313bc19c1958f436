using System.Diagnostics;
using IgLoop.Records;
using Npgsql;

namespace IgLoop.Tests.Records;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary folder: it listens on a Unix socket in that folder and nowhere else, so that it needs neither a port
/// nor a password. PostgreSQL refuses to run as root; then the user that its package made runs it.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string HowToGet = "The tests of the record need the PostgreSQL server (15 or newer): on Debian 'apt-get install postgresql', or name the folder of initdb in the environment variable IGLOOP_PGBIN. './check' installs it.";

    private readonly string folder = Path.Combine(Path.GetTempPath(), "igpg" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal));
    private bool running;
    private int made;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
        {
            await Run("chown", [ServerUser, folder]);
        }

        await AsServer("initdb", ["-D", Data, "-U", "igloop", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        await AsServer("pg_ctl", ["-D", Data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o", $"-k {folder} -c listen_addresses='' -c fsync=off", "start"]);
        running = true;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (running)
        {
            await AsServer("pg_ctl", ["-D", Data, "-m", "immediate", "-w", "stop"]);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A new, empty database with the schema of the record.</summary>
    public async Task<Database> NewDatabase()
    {
        var name = $"test{Interlocked.Increment(ref made)}";
        await using (var opened = new NpgsqlConnection(Connection("postgres")))
        {
            await opened.OpenAsync();
            await using var command = new NpgsqlCommand($"create database {name}", opened);
            await command.ExecuteNonQueryAsync();
        }

        var database = Database.OnPostgres(Connection(name));
        await Migrations.Apply(database, DateTimeOffset.UnixEpoch);
        return database;
    }

    private static string ServerUser => Environment.GetEnvironmentVariable("IGLOOP_PGUSER") ?? "postgres";

    private static string Programs =>
        new[] { Environment.GetEnvironmentVariable("IGLOOP_PGBIN") }
            .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin")) : [])
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(d => d is { Length: > 0 } && File.Exists(Path.Combine(d, "initdb")))
        ?? throw new FileNotFoundException(HowToGet);

    private string Data => Path.Combine(folder, "data");

    private string Connection(string database) => $"Host={folder};Database={database};Username=igloop;Maximum Pool Size=20";

    private static Task AsServer(string program, string[] arguments)
    {
        var path = Path.Combine(Programs, program);
        return Environment.UserName == "root" ? Run("runuser", ["-u", ServerUser, "--", path, .. arguments]) : Run(path, arguments);
    }

    private static async Task Run(string program, string[] arguments)
    {
        // The server inherits its streams from pg_ctl and would hold a pipe open for ever: its words go to the log file, those of pg_ctl to a null stream.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "cd / && exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null", program, .. arguments]) { UseShellExecute = false };
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' ended with exit code {process.ExitCode}. {HowToGet}");
        }
    }
}
