using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;
using IgLoop.Features.Reviews.Import;
using IgLoop.Pictures;

namespace IgLoop.Cli;

/// <summary><c>igloop review …</c>: a systematic review from the search to the knowledge file.</summary>
public static class ReviewCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "Id of the review, as 'igloop review list' shows it" };
    private static readonly Option<string> By = new("--by") { Description = "Who does this; kept in the record as stated", Required = true, HelpName = "NAME" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document" };
    private static readonly Option<Stage> At = new("--stage") { Description = "Title (title and abstract, the default) or FullText" };

    public static Command Create()
    {
        var command = new Command("review", "A systematic review: import, duplicates, two reviewers, kappa, extraction, risk of bias, PRISMA flow, export");
        foreach (var sub in (Command[])[New(), List(), Import(), Dedupe(), Screen(), Agree(), ReviewStudyCommands.Group(), ReviewStudyCommands.Extract(), ReviewStudyCommands.Bias(), Flow(), ReviewStudyCommands.Export()])
        {
            sub.Options.Add(DataPlace.Folder);
            sub.Options.Add(DataPlace.Postgres);
            command.Subcommands.Add(sub);
        }

        return command;
    }

    internal static ReviewStore Store(ParseResult parsed, bool make = true) => new(DataPlace.Required(parsed, make), TimeProvider.System);

    /// <summary>The review, which must exist.</summary>
    internal static Review Load(ReviewStore store, string id)
    {
        var review = store.Load(id).GetAwaiter().GetResult();
        if (review.Exists)
        {
            return review;
        }

        var near = Core.Facts.Spelling.Nearest(id, store.All().GetAwaiter().GetResult().Select(r => r.Id), 1);
        throw new CliException($"There is no review '{id}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "; 'igloop review list' shows them.")}");
    }

    internal static Review Keep(ReviewStore store, string id, string who, ReviewEvent e)
    {
        Load(store, id);
        var kept = store.Keep(id, who.Trim(), e).GetAwaiter().GetResult();
        return kept.Refusal is { } refusal ? throw new CliException(refusal) : kept.Review;
    }

    private static Command New()
    {
        var title = new Argument<string>("title") { Description = "Title of the review" };
        var reviewers = new Option<string[]>("--reviewer") { Description = "One of the two who judge independently; give it twice", Required = true, HelpName = "NAME" };
        var third = new Option<string?>("--third") { Description = "Who settles conflicts; left out: consensus", HelpName = "NAME" };
        var question = new Option<string?>("--question") { Description = "What the review asks" };
        var command = new Command("new", "Begin a review; prints its id") { title, reviewers, third, question };
        command.SetAction(parsed =>
        {
            var names = parsed.GetRequiredValue(reviewers);
            if (names.Select(ReviewStore.NameProblem).Append(parsed.GetValue(third) is { } t ? ReviewStore.NameProblem(t) : null).FirstOrDefault(p => p is not null) is { } wrong)
            {
                throw new CliException(wrong);
            }

            var created = new Created(parsed.GetRequiredValue(title).Trim(), parsed.GetValue(question) ?? "", [.. names.Select(n => n.Trim())], parsed.GetValue(third)?.Trim());
            var (id, kept) = Store(parsed).Create(created, created.Reviewers[0]).GetAwaiter().GetResult();
            if (kept.Refusal is { } refusal)
            {
                throw new CliException(refusal);
            }

            Console.WriteLine(id);
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var one = new Argument<string?>("id") { Description = "A review whose records are listed; left out: all reviews", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List the reviews, or the records of one") { one, Json };
        command.SetAction(parsed =>
        {
            var store = Store(parsed, make: false);
            if (parsed.GetValue(one) is { } id)
            {
                foreach (var r in Load(store, id).Records)
                {
                    var state = r.DuplicateOf is { } of ? $"duplicate of {of}" : r.NotRetrieved ? "not retrieved" : r.Title.Standing != Standing.In ? $"title {Word(r.Title.Standing)}" : $"full text {Word(r.FullText.Standing)}";
                    Console.WriteLine(parsed.GetValue(Json)
                        ? new JsonObject { ["record"] = r.Id, ["state"] = state, ["study"] = r.Included ? r.Study : null, ["title"] = r.Citation.Title, ["year"] = r.Citation.Year, ["doi"] = r.Citation.Doi, ["pmid"] = r.Citation.Pmid }.ToJsonString(Batch.Json)
                        : $"{r.Id,-7} {state,-22} {r.Citation.Reference()}");
                }

                return 0;
            }

            foreach (var (reviewId, review) in store.All().GetAwaiter().GetResult())
            {
                var f = PrismaFlow.Of(review);
                Console.WriteLine(parsed.GetValue(Json)
                    ? new JsonObject { ["id"] = reviewId, ["title"] = review.Title, ["records"] = f.Identified, ["to_screen"] = f.ScreeningOpen, ["to_assess"] = f.AssessmentOpen, ["studies"] = f.IncludedStudies }.ToJsonString(Batch.Json)
                    : $"{reviewId,-40} {f.Identified} records, {f.ScreeningOpen} to screen, {f.AssessmentOpen} to assess, {f.IncludedStudies} studies: {review.Title}");
            }

            return 0;
        });
        return command;

        static string Word(Standing s) => s switch { Standing.In => "in", Standing.Out => "out", Standing.Conflict => "conflict", _ => "open" };
    }

    private static Command Import()
    {
        var file = new Argument<string>("file") { Description = "PubMed/MEDLINE (.nbib), RIS or CSV" };
        var source = new Option<string>("--source") { Description = "Database, register, website … that was searched, for example PubMed", Required = true };
        var register = new Option<bool>("--register") { Description = "The source is a trial register" };
        var other = new Option<OtherMethod?>("--other") { Description = "Found otherwise: Website, Organisation, CitationSearching or Other", HelpName = "METHOD" };
        var format = new Option<string?>("--format") { Description = "nbib, ris or csv; left out: told by the content" };
        var command = new Command("import", "Add the records of a search; the same file twice adds nothing") { Id, file, source, register, other, format, By, Json };
        command.SetAction(parsed =>
        {
            var (path, store, id) = (parsed.GetRequiredValue(file), Store(parsed), parsed.GetRequiredValue(Id));
            Load(store, id);
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

            var done = Importing.Import(store, id, parsed.GetRequiredValue(By).Trim(), Path.GetFileName(path), bytes, parsed.GetValue(format), parsed.GetRequiredValue(source), parsed.GetValue(register) && parsed.GetValue(other) is not null ? throw new CliException("A source is a register or was found otherwise; give --register or --other.") : parsed.GetValue(register), parsed.GetValue(other)).GetAwaiter().GetResult();
            if (done.Refusal is { } refusal)
            {
                throw new CliException($"{Path.GetFileName(path)}: {refusal}");
            }

            if (parsed.GetValue(Json))
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

    private static Command Dedupe()
    {
        var remove = new Option<string?>("--remove") { Description = "certain: those with the same DOI or PubMed id; all: every proposal; left out: show only", HelpName = "WHICH" };
        var keep = new Option<string?>("--keep") { Description = "A removed record that is no duplicate: it returns", HelpName = "RECORD" };
        var by = new Option<string?>("--by") { Description = "Who does this; needed with --remove and --keep", HelpName = "NAME" };
        var command = new Command("dedupe", "Show what looks like a duplicate and why; remove it, or take that back") { Id, remove, keep, by };
        command.SetAction(parsed =>
        {
            var (store, id) = (Store(parsed), parsed.GetRequiredValue(Id));
            var review = Load(store, id);
            var who = parsed.GetValue(by)?.Trim() ?? (parsed.GetValue(remove) is null && parsed.GetValue(keep) is null ? "" : throw new CliException("Say who does this: --by NAME."));
            if (parsed.GetValue(keep) is { } record)
            {
                Keep(store, id, who, new KeptApart(record));
                Console.WriteLine($"{record} is back.");
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
                Keep(store, id, who, new DuplicatesRemoved(proposals));
            }

            Console.WriteLine(parsed.GetValue(remove) is null ? $"{proposals.Count} proposed." : $"{proposals.Count} removed.");
            return 0;
        });
        return command;
    }

    private static Command Screen()
    {
        var record = new Argument<string?>("record") { Description = "Record, for example r12", Arity = ArgumentArity.ZeroOrOne };
        var verdict = new Argument<string?>("verdict") { Description = "include, exclude, maybe; undo takes an earlier one back", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why; needed to exclude a full text" };
        var settle = new Option<string?>("--settle") { Description = "Settle a conflict: consensus, or third", HelpName = "HOW" };
        var missing = new Option<bool>("--not-retrieved") { Description = "The full text could not be had" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one judgement a line: {id, record, verdict, stage, reason, settle}" };
        var command = new Command("screen", "Judge records; two reviewers independently, conflicts settled by consensus or the third") { Id, record, verdict, By, At, reason, settle, missing, ndjson };
        command.SetAction(parsed =>
        {
            var (store, id, who) = (Store(parsed), parsed.GetRequiredValue(Id), parsed.GetRequiredValue(By).Trim());
            Load(store, id);
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line =>
                {
                    line.OnlyKeys("id", "record", "verdict", "stage", "reason", "settle");
                    var r = line.Text("record") ?? throw new BatchException("missing", "record is missing; name one, for example r12.", "record");
                    var stage = line.Text("stage") switch { null or "title" => Stage.Title, "full_text" => Stage.FullText, var s => throw new BatchException("bad-value", $"stage must be title or full_text, not '{s}'.", "stage") };
                    var kept = store.Keep(id, who, Judgement(r, line.Text("verdict"), stage, line.Text("reason"), line.Text("settle"))).GetAwaiter().GetResult();
                    return kept.Refusal is { } refusal ? throw new BatchException("refused", refusal, r) : new JsonObject { ["record"] = r, ["done"] = true };
                });
            }

            var one = parsed.GetValue(record) ?? throw new CliException("Name a record and a verdict: igloop review screen ID r12 include --by NAME.");
            var at = parsed.GetValue(At);
            if (parsed.GetValue(missing))
            {
                Keep(store, id, who, new Sought(one, Retrieved: false, parsed.GetValue(reason)));
                Console.WriteLine($"{one}: full text not retrieved.");
                return 0;
            }

            CliAnswer.Of(() => Keep(store, id, who, Judgement(one, parsed.GetValue(verdict), at, parsed.GetValue(reason), parsed.GetValue(settle))));

            // What the other reviewer judged is not shown here: it would bias this one.
            Console.WriteLine($"{one}: {parsed.GetValue(verdict)}.");
            return 0;
        });
        return command;
    }

    private static ReviewEvent Judgement(string record, string? verdict, Stage stage, string? reason, string? settle)
    {
        Verdict? v = verdict switch
        {
            "include" => Verdict.Include,
            "exclude" => Verdict.Exclude,
            "maybe" => Verdict.Maybe,
            "undo" => null,
            _ => throw new BatchException("bad-value", $"The verdict must be include, exclude, maybe or undo, not '{verdict}'.", "verdict"),
        };
        return settle switch
        {
            null => new Screened(record, stage, v, reason),
            "consensus" => new Settled(record, stage, v, reason, ByThird: false),
            "third" => new Settled(record, stage, v, reason, ByThird: true),
            _ => throw new BatchException("bad-value", $"A conflict is settled by consensus or third, not '{settle}'.", "settle"),
        };
    }

    private static Command Agree()
    {
        var command = new Command("agreement", "Cohen's kappa of the two reviewers with its interval") { Id, At, Json };
        command.SetAction(parsed =>
        {
            var review = Load(Store(parsed, make: false), parsed.GetRequiredValue(Id));
            var stage = parsed.GetValue(At);
            var (two, three) = (review.AgreementAt(stage, maybeGoesOn: true), review.AgreementAt(stage, maybeGoesOn: false));
            if (parsed.GetValue(Json))
            {
                Console.WriteLine(new JsonObject { ["stage"] = stage == Stage.Title ? "title" : "full_text", ["two_groups"] = AgreementJson(two), ["three_groups"] = AgreementJson(three) }.ToJsonString(Batch.Json));
                return 0;
            }

            Console.WriteLine($"goes on or out:         {AgreementText.Of(two)}");
            if (stage == Stage.Title)
            {
                Console.WriteLine($"include, maybe, out:    {AgreementText.Of(three)}");
            }

            return 0;
        });
        return command;
    }

    private static JsonObject AgreementJson(Agreement a) => new()
    {
        ["n"] = a.N,
        ["agreed"] = a.Agreed,
        ["kappa"] = a.Kappa,
        ["se"] = a.StandardError,
        ["ci"] = a.Kappa is null ? null : new JsonArray(a.Low, a.High),
        ["why_none"] = a.WhyNone,
    };

    private static Command Flow()
    {
        var svg = new Option<bool>("--svg") { Description = "Print the drawing" };
        var command = new Command("flow", "The PRISMA 2020 flow: table, JSON or drawing") { Id, svg, Json };
        command.SetAction(parsed =>
        {
            var review = Load(Store(parsed, make: false), parsed.GetRequiredValue(Id));
            var flow = PrismaFlow.Of(review);
            if (parsed.GetValue(svg))
            {
                Console.WriteLine(PrismaPicture.Draw(flow, $"PRISMA flow: {review.Title}").Svg);
            }
            else if (parsed.GetValue(Json))
            {
                Console.WriteLine(FlowJson.Of(flow).ToJsonString(Batch.Json));
            }
            else
            {
                foreach (var (phase, what, n) in PrismaPicture.Rows(flow))
                {
                    Console.WriteLine($"{phase,-15} {what,-60} {n,7}");
                }
            }

            return 0;
        });
        return command;
    }
}
