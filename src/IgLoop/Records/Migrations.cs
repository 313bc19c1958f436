using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;

namespace IgLoop.Records;

/// <summary>
/// Numbered steps of the schema, each applied once and never changed afterwards: <c>0001-journal.sql</c> for both engines, and beside it
/// <c>0001-journal.sqlite.sql</c> and <c>0001-journal.postgres.sql</c> where they differ.
/// </summary>
public static class Migrations
{
    private const long LockKey = 0x1641_0006;

    /// <summary>Brings the schema up to date; safe when several programs start at once.</summary>
    /// <exception cref="DatabaseException">The database was made by a newer or altered program.</exception>
    public static async Task Apply(Database database, DateTimeOffset now, CancellationToken stop = default)
    {
        var steps = Steps(database.Engine);
        await using var opened = await database.Open(stop);
        await using var transaction = await database.Begin(opened, stop);
        if (database.Engine == Engine.Postgres)
        {
            await opened.ExecuteAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, transaction);
        }

        await opened.ExecuteAsync("create table if not exists migration (number bigint not null primary key, name text not null, hash text not null, applied text not null)", transaction: transaction);
        var applied = (await opened.QueryAsync<(long Number, string Name, string Hash)>("select number, name, hash from migration order by number", transaction: transaction)).ToList();
        foreach (var (number, name, hash) in applied)
        {
            var step = steps.FirstOrDefault(s => s.Number == number)
                ?? throw new DatabaseException($"The database ({database.Place}) has step {number} ({name}), which this program does not know; run the newer program that made it.");
            if (step.Hash != hash)
            {
                throw new DatabaseException($"Step {number} ({name}) of the database ({database.Place}) is not the one of this program; run the program that made it.");
            }
        }

        foreach (var step in steps.Where(s => applied.All(a => a.Number != s.Number)))
        {
            await opened.ExecuteAsync(step.Sql, transaction: transaction);
            await opened.ExecuteAsync(
                "insert into migration (number, name, hash, applied) values (@Number, @Name, @Hash, @Applied)",
                new { step.Number, step.Name, step.Hash, Applied = JournalEntry.Instant(now) },
                transaction);
        }

        await transaction.CommitAsync(stop);
    }

    private static List<Step> Steps(Engine engine)
    {
        var assembly = typeof(Migrations).Assembly;
        var own = engine == Engine.Sqlite ? ".sqlite.sql" : ".postgres.sql";
        return [.. assembly.GetManifestResourceNames()
            .Where(n => n.EndsWith(".sql", StringComparison.Ordinal) && (n.EndsWith(own, StringComparison.Ordinal) || n.Count(c => c == '.') == 1))
            .GroupBy(n => n[..n.IndexOf('.', StringComparison.Ordinal)])
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
            {
                var sql = string.Join('\n', g.OrderBy(n => n.Length).Select(n => Text(assembly, n)));
                return new Step(long.Parse(g.Key.AsSpan(0, 4), CultureInfo.InvariantCulture), g.Key, sql, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))));
            })];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private sealed record Step(long Number, string Name, string Sql, string Hash);
}
