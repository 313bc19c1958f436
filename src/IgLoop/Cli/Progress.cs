using System.Globalization;
using Spectre.Console;

namespace IgLoop.Cli;

/// <summary>Long work: a bar on a terminal, plain lines otherwise, both on standard error so that the output stays clean. Work that is soon done says nothing.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    /// <param name="work">Is given what to tell: what is being done, and how much of all is done, from 0 to 1.</param>
    public static T Show<T>(Func<Action<string, double>, T> work) => Console.IsErrorRedirected
        ? work(Lines(Console.Error, TimeProvider.System))
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Progress().AutoClear(true).Start(context =>
        {
            var task = context.AddTask("reading");
            return work((what, done) =>
            {
                task.Description = Markup.Escape(what);
                task.Value = 100 * done;
            });
        });

    /// <summary>A line when the work has gone on for a while, then one every few seconds.</summary>
    public static Action<string, double> Lines(TextWriter output, TimeProvider clock)
    {
        var (start, last) = (clock.GetTimestamp(), TimeSpan.Zero);
        return (what, done) =>
        {
            var now = clock.GetElapsedTime(start);
            if (done < 1 && now >= Patience && (last == TimeSpan.Zero || now - last >= BetweenLines))
            {
                last = now;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {100 * done:0} %"));
            }
        };
    }
}
