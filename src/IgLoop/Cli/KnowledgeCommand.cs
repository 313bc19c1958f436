using System.CommandLine;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Cli;

/// <summary><c>igloop knowledge check|list|show|diff|cql</c>.</summary>
public static class KnowledgeCommand
{
    public static readonly Option<string?> Folder = new("--knowledge") { Description = "Folder with the knowledge files (default: the one that ships)", HelpName = "DIR" };

    public static Command Create()
    {
        var command = new Command("knowledge", "The knowledge behind every answer: check it, list it, show one thing");
        command.Subcommands.Add(Check());
        command.Subcommands.Add(List());
        command.Subcommands.Add(Show());
        command.Subcommands.Add(Diff());
        command.Subcommands.Add(Cql());
        return command;
    }

    private static Command Check()
    {
        var check = new Command("check", "Check every file: keys, sources, units, references, CQL; and run the cases") { Folder };
        check.SetAction(parsed =>
        {
            var files = KnowledgeFolder.Read(parsed.GetValue(Folder) ?? KnowledgeFolder.Shipped);
            if (!KnowledgeBase.TryLoad(files, out var knowledge, out var problems))
            {
                return Report(problems, files.Count);
            }

            IReadOnlyList<KnowledgeProblem> failures = [.. CaseRun.Of(knowledge), .. Core.Scoring.ScoreCases.Of(knowledge)];
            if (failures.Count > 0)
            {
                return Report(failures, files.Count);
            }

            Console.WriteLine($"{files.Count} files: {knowledge.Facts.Count} facts, {knowledge.Conditions.Count} conditions with {knowledge.Conditions.Values.Sum(c => c.Entries.Count)} entries of authorities, "
                + $"{knowledge.Manifestations.Count} goals, {knowledge.Rules.Count} safety rules and {knowledge.Conditions.Values.Sum(c => c.Rules.Count)} rules of conditions, {knowledge.Instruments.Count} instruments; {knowledge.Cases.Count + knowledge.InstrumentCases.Count} cases pass.");
            Console.WriteLine($"Knowledge {knowledge.Hash}");
            return 0;
        });
        return check;

        static int Report(IReadOnlyList<KnowledgeProblem> problems, int files)
        {
            foreach (var problem in problems)
            {
                Console.Error.WriteLine(problem);
            }

            Console.Error.WriteLine($"{problems.Count} problem{(problems.Count == 1 ? "" : "s")} in {files} files.");
            return 1;
        }
    }

    private static Command List()
    {
        var kind = new Argument<string?>("kind") { Description = "A folder of the knowledge: conditions, products, safety …; left out: all kinds with counts", Arity = ArgumentArity.ZeroOrOne };
        var list = new Command("list", "List what the knowledge holds") { kind, Folder };
        list.SetAction(parsed =>
        {
            var files = Loadable(parsed.GetValue(Folder));
            if (parsed.GetValue(kind) is not { } folder)
            {
                foreach (var group in files.GroupBy(f => f.Folder, StringComparer.Ordinal))
                {
                    Console.WriteLine($"{group.Key,-16} {group.Count(f => !f.IsCases),4}");
                }

                return 0;
            }

            var found = files.Where(f => f.Folder == folder && !f.IsCases).ToList();
            if (found.Count == 0)
            {
                throw new CliException($"There is no kind '{folder}'; known are {string.Join(", ", files.Select(f => f.Folder).Distinct(StringComparer.Ordinal))}.");
            }

            foreach (var file in found)
            {
                Console.WriteLine($"{file.Stem,-34} {Title(file)}");
            }

            return 0;
        });
        return list;
    }

    private static Command Show()
    {
        var id = new Argument<string>("id") { Description = "The id of a condition, product, rule, study, fact …" };
        var show = new Command("show", "Show one thing as its file says it, with sources and status") { id, Folder };
        show.SetAction(parsed =>
        {
            var files = Loadable(parsed.GetValue(Folder));
            var wanted = parsed.GetRequiredValue(id);
            var found = files.Where(f => !f.IsCases && (f.Stem == wanted || f.Path == wanted)).ToList();
            if (found.Count == 0)
            {
                var near = Spelling.Nearest(wanted, files.Where(f => !f.IsCases).Select(f => f.Stem), 3);
                throw new CliException($"Nothing is named '{wanted}'{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near)}?" : "; 'igloop knowledge list' shows what there is.")}");
            }

            foreach (var file in found)
            {
                Console.WriteLine($"# knowledge/{file.Path}");
                Console.WriteLine(file.Text.TrimEnd());
            }

            return 0;
        });
        return show;
    }

    private static Command Diff()
    {
        var other = new Argument<string>("dir") { Description = "Folder with the other knowledge" };
        var diff = new Command("diff", "Name the things that another knowledge folder adds, removes or changes") { other, Folder };
        diff.SetAction(parsed =>
        {
            var before = Loadable(parsed.GetValue(Folder)).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
            var after = KnowledgeFolder.Read(parsed.GetRequiredValue(other)).ToDictionary(f => f.Path, f => f.Text, StringComparer.Ordinal);
            var changes = 0;
            foreach (var path in before.Keys.Union(after.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                var word = !after.ContainsKey(path) ? "removed" : !before.TryGetValue(path, out var old) ? "added" : old == after[path] ? null : "changed";
                if (word is not null)
                {
                    changes++;
                    Console.WriteLine($"{word,-8} {path}");
                }
            }

            Console.WriteLine(changes == 0 ? "The two are the same." : $"{changes} file{(changes == 1 ? "" : "s")} differ.");
            return changes == 0 ? 0 : 1;
        });
        return diff;
    }

    private static Command Cql()
    {
        var outDir = new Argument<string?>("dir") { Description = "Folder to write the libraries to; left out: print them", Arity = ArgumentArity.ZeroOrOne };
        var cql = new Command("cql", "Export the criteria as CQL libraries that other engines run") { outDir, Folder };
        cql.SetAction(parsed =>
        {
            var libraries = CqlExport.Libraries(KnowledgeFolder.Load(parsed.GetValue(Folder)));
            if (parsed.GetValue(outDir) is not { } dir)
            {
                Console.Write(string.Join('\n', libraries.Values));
                return 0;
            }

            try
            {
                Directory.CreateDirectory(dir);
                foreach (var (name, text) in libraries)
                {
                    File.WriteAllText(Path.Combine(dir, name + ".cql"), text);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"The libraries cannot be written to {dir}: {e.Message.TrimEnd('.')}.");
            }

            Console.WriteLine($"{libraries.Count} libraries written to {dir}.");
            return 0;
        });
        return cql;
    }

    private static IReadOnlyList<KnowledgeFile> Loadable(string? folder) => KnowledgeFolder.Read(folder ?? KnowledgeFolder.Shipped);

    private static string Title(KnowledgeFile file)
    {
        foreach (var key in (string[])["name: ", "brand: ", "citation: ", "title: "])
        {
            if (file.Text.Split('\n').FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal)) is { } line)
            {
                return line[key.Length..].Trim().Trim('"', '\'');
            }
        }

        return "";
    }
}
