using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;
using IgLoop.Features.Reviews.Import;

namespace IgLoop.Cli.Literature;

/// <summary>The part of <c>igloop review</c> that is about the searches: their records, and which of them repeat others.</summary>
internal static class ReviewSearchCommands
{
    public static Command Import()
    {
        var file = new Argument<string>("file") { Description = "PubMed/MEDLINE (.nbib), RIS or CSV" };
        var source = new Option<string>("--source") { Description = "Database, register, website … that was searched, for example PubMed", Required = true };
        var register = new Option<bool>("--register") { Description = "The source is a trial register" };
        var other = new Option<OtherMethod?>("--other") { Description = "Found otherwise: Website, Organisation, CitationSearching or Other", HelpName = "METHOD" };
        var format = new Option<string?>("--format") { Description = "nbib, ris or csv; left out: told by the content" };
        var command = new Command("import", "Add the records of a search; the same file twice adds nothing") { ReviewCommand.Id, file, source, register, other, format, ReviewCommand.By, ReviewCommand.Json };
        command.SetAction(parsed =>
        {
            var (path, store, id) = (parsed.GetRequiredValue(file), ReviewCommand.Store(parsed), parsed.GetRequiredValue(ReviewCommand.Id));
            ReviewCommand.Load(store, id);
            byte[] bytes;
            try
            {
                bytes = new FileInfo(path) is { Exists: true, Length: > CitationFile.MaxBytes and var size }
                    ? throw new CliException($"{path} has {size / 1024 / 1024} MB; at most {CitationFile.MaxBytes / 1024 / 1024} MB are read. Export in parts.")
                    : File.ReadAllBytes(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"{path} cannot be read: {e.Message.TrimEnd('.')}.");
            }

            var done = Importing.Import(store, id, parsed.GetRequiredValue(ReviewCommand.By).Trim(), Path.GetFileName(path), bytes, parsed.GetValue(format), parsed.GetRequiredValue(source), parsed.GetValue(register) && parsed.GetValue(other) is not null ? throw new CliException("A source is a register or was found otherwise; give --register or --other.") : parsed.GetValue(register), parsed.GetValue(other)).GetAwaiter().GetResult();
            if (done.Refusal is { } refusal)
            {
                throw new CliException($"{Path.GetFileName(path)}: {refusal}");
            }

            if (parsed.GetValue(ReviewCommand.Json))
            {
                Console.WriteLine(new JsonObject
                {
                    ["added"] = done.Added,
                    ["already_imported"] = done.Earlier is not null,
                    ["format"] = done.File.Format,
                    ["not_read"] = new JsonArray([.. done.File.NotRead.Select(n => (JsonNode)new JsonObject { ["line"] = n.Line, ["message"] = n.Why })]),
                    ["proposed_duplicates"] = done.Review.Proposals().Count,
                }.ToJsonString(Batch.Json));
                return 0;
            }

            Console.WriteLine(done.Earlier is { } earlier
                ? $"This very file was imported before, as {earlier.File} of {earlier.Source}; nothing was added."
                : $"{done.Added} records of {parsed.GetRequiredValue(source)} ({done.File.Format}); {done.Review.Proposals().Count} look like duplicates.");
            foreach (var n in done.File.NotRead)
            {
                Console.Error.WriteLine(n.Line > 0 ? $"line {n.Line}: {n.Why}" : n.Why);
            }

            return 0;
        });
        return command;
    }

    public static Command Dedupe()
    {
        var remove = new Option<string?>("--remove") { Description = "certain: those with the same DOI or PubMed id; all: every proposal; left out: show only", HelpName = "WHICH" };
        var keep = new Option<string?>("--keep") { Description = "A removed record that is no duplicate: it returns", HelpName = "RECORD" };
        var by = new Option<string?>("--by") { Description = "Who does this; needed with --remove and --keep", HelpName = "NAME" };
        var command = new Command("dedupe", "Show what looks like a duplicate and why; remove it, or take that back") { ReviewCommand.Id, remove, keep, by };
        command.SetAction(parsed =>
        {
            var (store, id) = (ReviewCommand.Store(parsed), parsed.GetRequiredValue(ReviewCommand.Id));
            var review = ReviewCommand.Load(store, id);
            var who = parsed.GetValue(by)?.Trim() ?? (parsed.GetValue(remove) is null && parsed.GetValue(keep) is null ? "" : throw new CliException("Say who does this: --by NAME."));
            if (parsed.GetValue(keep) is { } record)
            {
                ReviewCommand.Keep(store, id, who, new KeptApart(record));
                Console.WriteLine(review[record]?.DuplicateOf is { } of ? $"{record} is back; it is no longer a duplicate of {of}." : $"{record} was not removed; it is kept apart and not proposed again.");
                return 0;
            }

            var proposals = parsed.GetValue(remove) switch
            {
                null or "all" => review.Proposals(),
                "certain" => [.. review.Proposals().Where(p => p.Certain)],
                var other => throw new CliException($"--remove takes certain or all, not '{other}'."),
            };
            foreach (var p in proposals)
            {
                Console.WriteLine($"{p.Record,-7} of {p.Of,-7} {(p.Certain ? "certain" : "look   ")} {p.Why}: {review[p.Record]!.Citation.Title}");
            }

            if (parsed.GetValue(remove) is not null && proposals.Count > 0)
            {
                ReviewCommand.Keep(store, id, who, new DuplicatesRemoved(proposals));
            }

            Console.WriteLine(parsed.GetValue(remove) is null ? $"{proposals.Count} proposed." : $"{proposals.Count} removed.");
            return 0;
        });
        return command;
    }
}
