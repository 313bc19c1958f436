using System.CommandLine;
using IgLoop.Core.Knowledge;

namespace IgLoop.Cli;

/// <summary><c>igloop knowledge check|list|show</c>.</summary>
public static class KnowledgeCommand
{
    public static readonly Option<string?> Folder = new("--knowledge") { Description = "Folder with the knowledge files (default: the one that ships)", HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("knowledge", "The knowledge behind every answer: check it, list it, show one thing");
        command.Subcommands.Add(Check());
        return command;
    }

    private static Command Check()
    {
        var check = new Command("check", "Check every file: keys, sources, units, references, CQL, and run the cases") { Folder };
        check.SetAction(parsed =>
        {
            var files = KnowledgeFolder.Read(parsed.GetValue(Folder) ?? KnowledgeFolder.Shipped);
            if (!KnowledgeBase.TryLoad(files, out var knowledge, out var problems))
            {
                foreach (var problem in problems)
                {
                    Console.Error.WriteLine(problem);
                }

                Console.Error.WriteLine($"{problems.Count} problem{(problems.Count == 1 ? "" : "s")} in {files.Count} files.");
                return 1;
            }

            Console.WriteLine($"{files.Count} files, {knowledge.Facts.Count} facts, {knowledge.Conditions.Count} conditions, {knowledge.Rules.Count} safety rules, {knowledge.Cases.Count} cases.");
            Console.WriteLine($"Knowledge {knowledge.Hash}");
            return 0;
        });
        return check;
    }
}
