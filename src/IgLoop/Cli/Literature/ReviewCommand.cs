using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;

namespace IgLoop.Cli.Literature;

/// <summary><c>igloop review …</c>: a systematic review from the search to the knowledge file.</summary>
public static class ReviewCommand
{
    internal static readonly Argument<string> Id = new("id") { Description = "Id of the review, as 'igloop review list' shows it" };
    internal static readonly Option<string> By = new("--by") { Description = "Who does this; kept in the record as stated", Required = true, HelpName = "NAME" };
    internal static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document" };
    internal static readonly Option<Stage> At = new("--stage") { Description = "title (title and abstract, the default) or full_text", HelpName = "title|full_text", CustomParser = ReadStage };

    public static Command Create()
    {
        var command = new Command("review", "A systematic review: import, duplicates, two reviewers, kappa, extraction, risk of bias, PRISMA flow, history, export");
        foreach (var sub in (Command[])[New(), List(), ReviewSearchCommands.Import(), ReviewSearchCommands.Dedupe(), ReviewScreeningCommands.Screen(), ReviewScreeningCommands.Agree(), ReviewStudyCommands.Group(), ReviewStudyCommands.Extract(), ReviewStudyCommands.Bias(), ReviewScreeningCommands.Flow(), ReviewHistoryCommand.History(), ReviewStudyCommands.Export()])
        {
            sub.Options.Add(DataPlace.Folder);
            sub.Options.Add(DataPlace.Postgres);
            command.Subcommands.Add(sub);
        }

        return command;
    }

    /// <summary>The words of the batch lines, and those that the option had before.</summary>
    private static Stage ReadStage(ArgumentResult given)
    {
        var word = given.Tokens[0].Value;
        switch (word.ToLowerInvariant().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal))
        {
            case "title":
                return Stage.Title;
            case "fulltext":
                return Stage.FullText;
            default:
                given.AddError($"--stage is title or full_text, not '{word}'.");
                return default;
        }
    }

    internal static ReviewStore Store(ParseResult parsed, bool make = true) => new(DataPlace.Required(parsed, make), TimeProvider.System);

    /// <summary>The review, which must exist and be readable.</summary>
    internal static Review Load(ReviewStore store, string id)
    {
        Review review;
        try
        {
            review = store.Load(id).GetAwaiter().GetResult();
        }
        catch (InvalidDataException e)
        {
            throw new CliException($"{e.Message} 'igloop review history {id}' says which entry it is.");
        }

        if (review.Exists)
        {
            return review;
        }

        throw NoReview(store, id);
    }

    internal static CliException NoReview(ReviewStore store, string id)
    {
        var near = Core.Facts.Spelling.Nearest(id, store.All().GetAwaiter().GetResult().Select(r => r.Id), 1);
        return new CliException($"There is no review '{id}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : "; 'igloop review list' shows them.")}");
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

}
