using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IgLoop.Core.Synthesis;
using IgLoop.Features.Synthesis;

namespace IgLoop.Cli;

/// <summary><c>igloop meta</c>: combines the studies of a CSV file, or answers one request a line.</summary>
public static class MetaCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo?>("file") { Description = "CSV with one study a row; docs/meta.md names the columns", Arity = ArgumentArity.ZeroOrOne };
        var measure = new Option<string?>("--measure") { Description = "RR, OR, RD, Peto, MD, SMD, PR, PLO, PAS, PFT, HR or GEN (ready-made)" };
        var method = new Option<string>("--method") { Description = "EE, MH, PETO, DL, HE, HS, SJ, ML, REML, EB, PM or GLMM", DefaultValueFactory = _ => "REML" };
        var hksj = new Option<string?>("--hksj") { Description = "Hartung-Knapp interval; 'adhoc' keeps its factor at 1 or above", Arity = ArgumentArity.ZeroOrOne };
        var texts = new (string Key, Option<string?> Option)[]
        {
            ("zero_cells", new("--zero-cells") { Description = "metafor (default), revman, if0all, all or none" }),
            ("double_zero", new("--double-zero") { Description = "default (out for ratios, in for RD), drop or keep" }),
            ("prediction", new("--prediction") { Description = "default (as the interval), z, t_km1, t_km2, all or none" }),
            ("variance", new("--variance") { Description = "MD: separate or pooled; SMD: ls, ls2, ub, av or revman; RD, PR: ls or ub" }),
            ("hedges", new("--hedges") { Description = "SMD: exact, approximate or none" }),
            ("i2", new("--i2") { Description = "I² and H² from tau2 (default of random effects) or q" }),
            ("pft_n", new("--pft-n") { Description = "PFT: back by the harmonic (default), arithmetic or geometric mean of n, or by variance" }),
            ("subgroup", new("--subgroup") { Description = "Column with the subgroup" }),
            ("subgroup_tau2", new("--subgroup-tau2") { Description = "separate (default) or common" }),
            ("egger_predictor", new("--egger-predictor") { Description = "sei (default), vi, ninv, sqrtninv, ni or sqrtni" }),
            ("side", new("--side") { Description = "Trim and fill: left or right; found from the data when not given" }),
        };
        var optional = new (string Key, string Default, Option<string?> Option)[]
        {
            ("trim_fill", "L0", new("--trim-fill") { Description = "Trim and fill by L0 (default) or R0", Arity = ArgumentArity.ZeroOrOne }),
            ("cumulative", "", new("--cumulative") { Description = "Add the studies one at a time, by this column or in the order given", Arity = ArgumentArity.ZeroOrOne }),
        };
        var numbers = new (string Key, Option<decimal?> Option)[]
        {
            ("level", new("--level") { Description = "Coverage of intervals, percent (95)" }),
            ("add", new("--add") { Description = "What is added to a zero cell (0.5)" }),
        };
        var flags = new (string Key, Option<bool> Option)[]
        {
            ("egger", new("--egger") { Description = "Regression tests of funnel asymmetry" }),
            ("begg", new("--begg") { Description = "Rank test of funnel asymmetry" }),
            ("leave_one_out", new("--leave-one-out") { Description = "The result without each study" }),
            ("influence", new("--influence") { Description = "Studentised residual and Cook's distance of each study" }),
        };
        var moderators = new Option<string[]>("--moderator") { Description = "Column for meta-regression; may be repeated" };
        var title = new Option<string?>("--title") { Description = "Title of the report" };
        var html = new Option<FileInfo?>("--html") { Description = "Write a self-contained report with forest, funnel and L'Abbé plot to this file" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("meta", "Meta-analysis: pooled effect, heterogeneity, prediction, bias tests, forest plot, methods paragraph") { file, measure, method, hksj, moderators };
        foreach (var option in texts.Select(t => (Option)t.Option).Concat(optional.Select(t => t.Option)).Concat(numbers.Select(n => n.Option)).Concat(flags.Select(f => f.Option)).Concat([title, html, json, ndjson]))
        {
            command.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(Answer);
            }

            var options = new JsonObject { ["tau2_ci"] = true, ["studies"] = true };
            if (parsed.GetResult(hksj) is { Implicit: false })
            {
                options["hksj"] = parsed.GetValue(hksj) ?? "true";
            }

            foreach (var (key, option) in texts.Where(t => parsed.GetValue(t.Option) is not null))
            {
                options[key] = parsed.GetValue(option);
            }

            foreach (var (key, standard, option) in optional.Where(t => parsed.GetResult(t.Option) is { Implicit: false }))
            {
                options[key] = parsed.GetValue(option) ?? standard;
            }

            foreach (var (key, option) in numbers.Where(n => parsed.GetValue(n.Option) is not null))
            {
                options[key] = parsed.GetValue(option);
            }

            foreach (var (key, _) in flags.Where(f => parsed.GetValue(f.Option)))
            {
                options[key] = true;
            }

            if (parsed.GetValue(moderators) is { Length: > 0 } columns)
            {
                options["moderators"] = new JsonArray([.. columns.Select(c => (JsonNode)c)]);
            }

            return CliAnswer.Of(() => Run(parsed.GetValue(file), parsed.GetValue(measure), parsed.GetValue(method), options, parsed.GetValue(title), parsed.GetValue(html), parsed.GetValue(json)));
        });
        return command;
    }

    /// <summary>The answer to one request line.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Guarded(() => MetaJson.Of(MetaAnswer.To(MetaRequest.Read(request))));
    }

    /// <summary>The answer to a file of studies with options by name.</summary>
    /// <exception cref="BatchException">The file or an option is wrong; the message names row and column.</exception>
    internal static JsonObject Answer(string csv, string? measure, string? method, JsonObject options) => MetaJson.Of(Answered(csv, measure, method, options));

    private static MetaAnswer Answered(string csv, string? measure, string? method, JsonObject options) => Guarded(() =>
    {
        var (o, extras) = MetaOptions.Read(measure, method, options);
        return MetaAnswer.To(new(MetaCsv.Read(csv, o, extras), o, extras));
    });

    private static int Run(FileInfo? file, string? measure, string? method, JsonObject options, string? title, FileInfo? html, bool json)
    {
        var path = file ?? throw new CliException("Name a CSV file with the studies, or use --ndjson.");
        if (!path.Exists)
        {
            throw new CliException($"There is no such file: {path}.");
        }

        var answer = Answered(File.ReadAllText(path.FullName, Encoding.UTF8), measure, method, options);
        var name = title ?? Path.GetFileNameWithoutExtension(path.Name);
        if (html is not null)
        {
            try
            {
                File.WriteAllText(html.FullName, MetaHtml.Of(answer, name));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"The report cannot be written to {html}: {e.Message}");
            }
        }

        if (json)
        {
            var o = MetaJson.Of(answer);
            o.Insert(0, "title", name);
            o["methods"] = MetaText.Methods(answer);
            Console.WriteLine(o.ToJsonString(new(Batch.Json) { WriteIndented = true }));
        }
        else
        {
            Console.WriteLine(MetaText.Of(answer, name));
            if (html is not null)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nreport written to {html}"));
            }
        }

        return answer.Analysis.Pooled.Est is null ? 1 : 0;
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SynthesisException e)
        {
            throw new BatchException(e.Code, e.Message, e.Where);
        }
    }
}
