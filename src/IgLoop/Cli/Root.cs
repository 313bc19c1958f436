using System.CommandLine;
using IgLoop.Cli.Literature;

namespace IgLoop.Cli;

/// <summary>The command line <c>igloop</c>. Exit 0: done; 1: the answer is a refusal or a check failed; 2: the input was wrong.</summary>
public static class Root
{
    public static int Run(string[] args)
    {
        var root = Create();
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            var first = parsed.Errors.FirstOrDefault(e => e.Message.StartsWith("Unrecognized", StringComparison.Ordinal)) ?? parsed.Errors[0];
            if (!first.Message.StartsWith("Unrecognized", StringComparison.Ordinal) && Missing(parsed.CommandResult) is { } missing)
            {
                Console.Error.WriteLine($"igloop: {missing} See 'igloop {string.Join(' ', Path(parsed.CommandResult))}--help'.");
                return 2;
            }

            Console.Error.WriteLine($"igloop: {first.Message.TrimEnd('.')}.{Nearest(first.Message, parsed.CommandResult)} See 'igloop {string.Join(' ', Path(parsed.CommandResult))}--help'.");
            return 2;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (BatchException e)
        {
            Console.Error.WriteLine($"igloop: {e.Message} ({e.Where})");
            return 2;
        }
        catch (CliException e)
        {
            Console.Error.WriteLine($"igloop: {e.Message}");
            return 2;
        }
        catch (Records.DatabaseException e)
        {
            Console.Error.WriteLine($"igloop: {e.Message}");
            return 2;
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            Console.Error.WriteLine($"igloop: A fault in the program, not in your input ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}). Please report it with the command; nothing was decided.");
            return 2;
        }
    }

    public static RootCommand Create()
    {
        var root = new RootCommand("IgLoop: immunoglobulin therapy in lupus and autoimmune neuromuscular disease. Decides, plans, measures and learns; explains every answer.");
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(DecideCommand.Create());
        root.Subcommands.Add(DoseCommand.Create());
        root.Subcommands.Add(InfusionCommand.Create());
        root.Subcommands.Add(ScoreCommand.Create());
        root.Subcommands.Add(CostsCommand.Create());
        root.Subcommands.Add(MetaCommand.Create());
        root.Subcommands.Add(ResponseCommand.Create());
        root.Subcommands.Add(OutcomesCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(CqlCommand.Create());
        root.Subcommands.Add(KnowledgeCommand.Create());
        root.Subcommands.Add(ReviewCommand.Create());
        root.Subcommands.Add(AuditCommand.Create());
        return root;
    }

    /// <summary>Everything that a command needs and was not given, in one sentence with what each is, and the command as it is written whole.</summary>
    private static string? Missing(System.CommandLine.Parsing.CommandResult given)
    {
        var command = given.Command;
        var path = $"igloop {string.Join(' ', Path(given))}".TrimEnd();
        if (command.Subcommands.Count > 0)
        {
            return given.Tokens.Count > 0 ? null : $"'{path}' needs to be told what to do: {string.Join(", ", command.Subcommands.Where(s => !s.Hidden).Select(s => s.Name))}.";
        }

        var arguments = command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0).ToList();
        var options = command.Options.Where(o => o.Required).ToList();
        var missing = arguments.Where(a => given.GetResult(a) is not { Tokens.Count: > 0 }).Select(a => (Name: a.Name.ToUpperInvariant(), a.Description))
            .Concat(options.Where(o => given.GetResult(o) is null or { Implicit: true }).Select(o => (o.Name, o.Description))).ToList();
        return missing.Count == 0 ? null
            : $"'{path}' also needs {string.Join("; ", missing.Select(m => $"{m.Name}{(string.IsNullOrEmpty(m.Description) ? "" : $" ({m.Description.TrimEnd('.')})")}"))}. Write: {string.Join(' ', [path, .. arguments.Select(a => a.Name.ToUpperInvariant()), .. options.Select(o => $"{o.Name} {o.HelpName ?? o.Name.TrimStart('-').ToUpperInvariant()}")])}.";
    }

    /// <summary>"Did you mean" for a misspelt command or option.</summary>
    private static string Nearest(string message, System.CommandLine.Parsing.CommandResult command)
    {
        var word = message.Split('\'') is [_, var quoted, ..] ? quoted : "";
        if (command.Command.Options.FirstOrDefault(o => o.Name == word) is { } required)
        {
            // It is spelt right and missing: what it is for helps, another spelling of it does not.
            return string.IsNullOrEmpty(required.Description) ? "" : $" It says: {required.Description.TrimEnd('.')}.";
        }

        var known = command.Command.Subcommands.Select(c => c.Name).Concat(command.Command.Options.Select(o => o.Name));
        return Core.Facts.Spelling.Nearest(word, known, 1) is [var near] ? $" Did you mean '{near}'?" : "";
    }

    private static IEnumerable<string> Path(System.CommandLine.Parsing.CommandResult command)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? c = command; c is not null; c = c.Parent)
        {
            if (c is System.CommandLine.Parsing.CommandResult { Command: not RootCommand } r)
            {
                names.Insert(0, r.Command.Name + " ");
            }
        }

        return names.Select(n => n.Trim()).Append("").Where((n, i) => n.Length > 0 || i > 0);
    }
}
