using System.CommandLine;
using IgLoop.Features.Reviews;

namespace IgLoop.Cli.Literature;

/// <summary><c>igloop review history</c>: who did what in a review, and whether its chain of entries is whole.</summary>
internal static class ReviewHistoryCommand
{
    public static Command History()
    {
        var who = new Option<string?>("--who") { Description = "Only what this person did", HelpName = "NAME" };
        var topic = new Option<string?>("--topic") { Description = $"Only what is on one topic: {string.Join(", ", Features.Reviews.History.Topics.Select(t => t.Key))}", HelpName = "TOPIC" };
        var about = new Option<string?>("--about") { Description = "Only what names this record or study, for example r12 or ice-2008" };
        var command = new Command("history", "Who did what when, oldest first, with the state of each entry's hash; exit 1 when the chain is broken") { ReviewCommand.Id, who, topic, about, ReviewCommand.Json };
        command.SetAction(parsed =>
        {
            var (id, wanted) = (parsed.GetRequiredValue(ReviewCommand.Id), parsed.GetValue(topic));
            if (wanted is not null && Features.Reviews.History.Topics.All(t => t.Key != wanted))
            {
                throw new CliException($"There is no topic '{wanted}'; they are {string.Join(", ", Features.Reviews.History.Topics.Select(t => t.Key))}.");
            }

            var store = ReviewCommand.Store(parsed, make: false);
            var history = store.History(id).GetAwaiter().GetResult() ?? throw ReviewCommand.NoReview(store, id);
            var shown = history.Of(parsed.GetValue(who), wanted, parsed.GetValue(about));
            if (parsed.GetValue(ReviewCommand.Json))
            {
                Console.WriteLine(history.Json(id, shown).ToJsonString(Batch.Json));
                return history.Whole ? 0 : 1;
            }

            foreach (var e in shown)
            {
                Console.WriteLine(FormattableString.Invariant($"{e.Line.Seq,6}  {e.Recorded?.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {e.Line.Who}: {e.Line.What}{(e.Line.Hidden ? " [hidden until both have]" : "")}{(e.Problem is { } p ? $" [broken: {p}]" : "")}"));
            }

            if (shown.Count == 0)
            {
                Console.WriteLine("No entry fits.");
            }

            if (history.Whole)
            {
                Console.WriteLine(history.State);
                return 0;
            }

            foreach (var problem in history.Problems)
            {
                Console.Error.WriteLine(problem);
            }

            Console.Error.WriteLine(history.State);
            return 1;
        });
        return command;
    }
}
