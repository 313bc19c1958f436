using System.CommandLine;
using IgLoop.Features;
using IgLoop.Features.Shell;

namespace IgLoop.Cli;

/// <summary><c>igloop serve</c>: the web application.</summary>
public static class ServeCommand
{
    public const string DefaultUrl = "http://127.0.0.1:5117";

    public static Command Create()
    {
        var urls = new Option<string>("--urls") { Description = "Address to listen on", DefaultValueFactory = _ => DefaultUrl, HelpName = "URL" };
        var command = new Command("serve", "The web application: the Decide page and the knowledge browser; with a record, systematic reviews too") { urls, DecideCommand.SiteFile, KnowledgeCommand.Folder, DataPlace.Folder, DataPlace.Postgres };
        command.SetAction(parsed =>
        {
            var address = parsed.GetValue(urls)!;
            var site = Site(parsed.GetValue(KnowledgeCommand.Folder), parsed.GetValue(DecideCommand.SiteFile));
            var record = DataPlace.Optional(parsed);
            using var app = WebApplicationSetup.Build(site, address, record: record);
            try
            {
                app.Start();
            }
            catch (Exception e) when (e is IOException or UriFormatException or FormatException or InvalidOperationException)
            {
                throw new CliException($"The server cannot listen on {address}: {e.Message.TrimEnd('.')}. Choose another with --urls.");
            }

            Console.WriteLine($"IgLoop listens on {address}. Open it in a browser; Ctrl+C stops it. {(record is null ? "Nothing that is entered is stored." : $"Reviews are kept in {record.Database.Place}; nothing that is entered on Decide is stored.")}");
            app.WaitForShutdown();
            return 0;
        });
        return command;
    }

    /// <summary>What the pages answer from.</summary>
    public static Site Site(string? folder, string? siteFile)
    {
        var decider = DecideCommand.Decider(folder, siteFile);
        return new Site(decider.Knowledge, decider.Site, decider.Decide, ProgramVersion.Text, TimeProvider.System)
        {
            KnowledgeFiles = () => KnowledgeFolder.Read(folder ?? KnowledgeFolder.Shipped),
            DecideLine = line => DecideCommand.Answer(decider, line, DecideCommand.Today()),
        };
    }
}
