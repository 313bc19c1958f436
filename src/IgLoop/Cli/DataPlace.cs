using System.CommandLine;
using IgLoop.Records;

namespace IgLoop.Cli;

/// <summary>Where the record is: <c>--data DIR</c> or <c>--postgres CONN</c>.</summary>
internal static class DataPlace
{
    public static readonly Option<string?> Folder = new("--data") { Description = "Folder with the record (a SQLite file); made when it is missing", HelpName = "DIR" };

    public static readonly Option<string?> Postgres = new("--postgres") { Description = "PostgreSQL that holds the record: 'Host=…;Database=…;Username=…'", HelpName = "CONN" };

    /// <summary>The journal that was named, with its schema up to date; null when none was.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="make">False: a folder without a record is an error, as for a command that only reads.</param>
    /// <exception cref="CliException">Both are named, or the database cannot be used.</exception>
    public static Journal? Optional(ParseResult parsed, bool make = true)
    {
        var (folder, postgres) = (parsed.GetValue(Folder), parsed.GetValue(Postgres));
        if (folder is not null && postgres is not null)
        {
            throw new CliException("Name one place for the record: --data or --postgres, not both.");
        }

        if (folder is null && postgres is null)
        {
            return null;
        }

        if (!make && folder is not null && !File.Exists(Path.Combine(folder, Database.FileName)))
        {
            throw new CliException($"There is no record in {folder}: it holds no {Database.FileName}. Check --data.");
        }

        try
        {
            var database = folder is not null ? Database.InFolder(folder) : Database.OnPostgres(postgres!);
            Migrations.Apply(database, TimeProvider.System.GetUtcNow()).GetAwaiter().GetResult();
            return new(database);
        }
        catch (DatabaseException e)
        {
            throw new CliException(e.Message);
        }
    }

    /// <exception cref="CliException">No place is named, or it cannot be used.</exception>
    public static Journal Required(ParseResult parsed, bool make = true) =>
        Optional(parsed, make) ?? throw new CliException("Say where the record is: --data DIR for a folder, or --postgres 'Host=…;Database=…;Username=…'.");
}
