using System.CommandLine;
using System.Text.Json.Nodes;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews;
using IgLoop.Pictures;

namespace IgLoop.Cli.Literature;

/// <summary>The part of <c>igloop review</c> that is about judging records: screening, agreement, and the flow that comes of it.</summary>
internal static class ReviewScreeningCommands
{
    public static Command Screen()
    {
        var record = new Argument<string?>("record") { Description = "Record, for example r12", Arity = ArgumentArity.ZeroOrOne };
        var verdict = new Argument<string?>("verdict") { Description = "include, exclude, maybe; undo takes an earlier one back", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why; needed to exclude a full text" };
        var settle = new Option<string?>("--settle") { Description = "Settle a conflict: consensus, or third", HelpName = "HOW" };
        var missing = new Option<bool>("--not-retrieved") { Description = "The full text could not be had" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one judgement a line: {id, record, verdict, stage, reason, settle}" };
        var command = new Command("screen", "Judge records; two reviewers independently, conflicts settled by consensus or the third") { ReviewCommand.Id, record, verdict, ReviewCommand.By, ReviewCommand.At, reason, settle, missing, ndjson };
        command.SetAction(parsed =>
        {
            var (store, id, who) = (ReviewCommand.Store(parsed), parsed.GetRequiredValue(ReviewCommand.Id), parsed.GetRequiredValue(ReviewCommand.By).Trim());
            ReviewCommand.Load(store, id);
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
            var at = parsed.GetValue(ReviewCommand.At);
            if (parsed.GetValue(missing))
            {
                ReviewCommand.Keep(store, id, who, new Sought(one, Retrieved: false, parsed.GetValue(reason)));
                Console.WriteLine($"{one}: full text not retrieved.");
                return 0;
            }

            CliAnswer.Of(() => ReviewCommand.Keep(store, id, who, Judgement(one, parsed.GetValue(verdict), at, parsed.GetValue(reason), parsed.GetValue(settle))));

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

    public static Command Agree()
    {
        var command = new Command("agreement", "Cohen's kappa of the two reviewers with its interval") { ReviewCommand.Id, ReviewCommand.At, ReviewCommand.Json };
        command.SetAction(parsed =>
        {
            var review = ReviewCommand.Load(ReviewCommand.Store(parsed, make: false), parsed.GetRequiredValue(ReviewCommand.Id));
            var stage = parsed.GetValue(ReviewCommand.At);
            var (two, three) = (review.AgreementAt(stage, maybeGoesOn: true), review.AgreementAt(stage, maybeGoesOn: false));
            if (parsed.GetValue(ReviewCommand.Json))
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

    public static Command Flow()
    {
        var svg = new Option<bool>("--svg") { Description = "Print the drawing" };
        var command = new Command("flow", "The PRISMA 2020 flow: table, JSON or drawing") { ReviewCommand.Id, svg, ReviewCommand.Json };
        command.SetAction(parsed =>
        {
            var review = ReviewCommand.Load(ReviewCommand.Store(parsed, make: false), parsed.GetRequiredValue(ReviewCommand.Id));
            var flow = PrismaFlow.Of(review);
            if (parsed.GetValue(svg))
            {
                Console.WriteLine(PrismaPicture.Draw(flow, $"PRISMA flow: {review.Title}").Svg);
            }
            else if (parsed.GetValue(ReviewCommand.Json))
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
