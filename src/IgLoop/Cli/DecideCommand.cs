using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Deciding;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Features.Decide;
using IgLoop.Fhir;

namespace IgLoop.Cli;

/// <summary><c>igloop decide</c>: the whole answer for one record, or one a line.</summary>
public static class DecideCommand
{
    public static readonly Option<string?> SiteFile = new("--site") { Description = "Site file: leading authority, labels, confirmations", HelpName = "FILE" };

    public static Command Create()
    {
        var file = new Argument<string?>("file") { Description = "FHIR R4 Bundle, NDJSON of Bulk Data, or chart YAML", Arity = ArgumentArity.ZeroOrOne };
        var condition = new Option<string?>("--condition") { Description = "Condition (igloop knowledge list conditions)" };
        var goal = new Option<string?>("--goal") { Description = "Goal of treatment in lupus (igloop knowledge list manifestations)" };
        var product = new Option<string?>("--product") { Description = "Product asked" };
        var authority = new Option<string?>("--authority") { Description = "Authority whose word comes first" };
        var dose = new Option<decimal?>("--g-per-kg") { Description = "Grams per kilogram of the course asked" };
        var days = new Option<int?>("--days") { Description = "Days of the course" };
        var phase = new Option<string?>("--phase") { Description = "induction or maintenance" };
        var course = new Option<int?>("--course") { Description = "Which course this would be; 1 is the first" };
        var weightRule = new Option<string?>("--weight-rule") { Description = "Weight rule" };
        var at = new Option<string?>("--at") { Description = "Day of the decision, 2026-11-22 (default: today)", HelpName = "DATE" };
        var why = new Option<bool>("--why") { Description = "Explain leaf by leaf" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line from standard input" };
        var command = new Command("decide", "May this patient have it, how much, which product, what first, and why") { file, condition, goal, product, authority, dose, days, phase, course, weightRule, at, why, json, ndjson, SiteFile, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var decider = Decider(parsed.GetValue(KnowledgeCommand.Folder), parsed.GetValue(SiteFile));
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(decider, line, Today()));
            }

            var path = parsed.GetValue(file) ?? throw new CliException("Name a file: a FHIR bundle, NDJSON or a chart in YAML; or use --ndjson for lines on standard input.");
            var keys = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["condition"] = parsed.GetValue(condition), ["goal"] = parsed.GetValue(goal), ["product"] = parsed.GetValue(product), ["authority"] = parsed.GetValue(authority),
                ["g_per_kg"] = parsed.GetValue(dose)?.ToString(CultureInfo.InvariantCulture), ["days"] = parsed.GetValue(days)?.ToString(CultureInfo.InvariantCulture), ["phase"] = parsed.GetValue(phase),
                ["course_number"] = parsed.GetValue(course)?.ToString(CultureInfo.InvariantCulture), ["weight_rule"] = parsed.GetValue(weightRule), ["at"] = parsed.GetValue(at),
            };
            return CliAnswer.Of(() => Run(decider, path, keys, parsed.GetValue(json), parsed.GetValue(why)));
        });
        return command;
    }

    /// <summary>The decider for a knowledge folder and a site file.</summary>
    public static Decider Decider(string? folder, string? siteFile) => new(KnowledgeFolder.Load(folder), Site(siteFile), ProgramVersion.Text);

    /// <summary>The answer to one request line: <c>condition, goal, product, authority, at, chart | bundle</c>.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(Decider decider, JsonObject request, DateOnly today)
    {
        request.OnlyKeys("id", "condition", "goal", "product", "authority", "at", "g_per_kg", "days", "phase", "course_number", "weight_rule", "chart", "facts", "bundle", "expect");
        var keys = ChartReading.RequestKeys.ToDictionary(k => k, k => request[k] is null ? null : request[k]!.ToString(), StringComparer.Ordinal);
        var at = Day(keys["at"]) ?? today;
        var (chart, problem) = Record(decider, request, at);
        if (chart is null)
        {
            throw new BatchException(problem!.Code, problem.Message, problem.Where);
        }

        return BatchException.From(() => DecisionJson.Of(decider.Decide(chart, Request(keys, at))));
    }

    private static (Chart? Chart, InputProblem? Problem) Record(Decider decider, JsonObject request, DateOnly at)
    {
        var facts = decider.Knowledge.Facts;
        if (request["bundle"] is { } bundle)
        {
            var read = RecordReading.Read(System.Text.Encoding.UTF8.GetBytes(bundle.ToJsonString()), "bundle", facts, at);
            return read.Charts.Count == 1 ? (read.Charts[0], null) : (null, read.Problems.Count > 0 ? read.Problems[0] : new("several-patients", "A bundle in a request line must hold one patient.", "bundle"));
        }

        var chart = (request["chart"] ?? request["facts"])?.ToJsonString() ?? "{}";
        using var document = JsonDocument.Parse(chart);
        var input = ChartReading.FromJson(document.RootElement, facts, "chart", at);
        return (input.Chart, input.Problems.Count > 0 ? input.Problems[0] : null);
    }

    private static int Run(Decider decider, string path, Dictionary<string, string?> keys, bool json, bool why)
    {
        var today = Day(keys["at"]) ?? Today();
        var read = RecordReading.ReadFile(path, decider.Knowledge.Facts, today);
        if (read.Charts.Count == 0)
        {
            foreach (var problem in read.Problems.Take(20))
            {
                Console.Error.WriteLine($"igloop: {Path.GetFileName(path)}: {problem.Where}: {problem.Message}");
            }

            return 2;
        }

        foreach (var (key, text) in read.Request)
        {
            keys[key] ??= text;
        }

        var at = Day(keys["at"]) ?? today;
        var refused = false;
        foreach (var chart in read.Charts)
        {
            var decision = BatchException.From(() => decider.Decide(chart, Request(keys, at)));
            refused |= decision.Headline.Outcome is Outcome.Refused or Outcome.NotSupported or Outcome.NoIndication;
            Console.WriteLine(json ? DecisionJson.Of(decision).ToJsonString(Batch.Json) : DecisionText.Of(decision, decider.Knowledge, why));
        }

        return refused ? 1 : 0;
    }

    /// <summary>The request in its words.</summary>
    /// <exception cref="BatchException">A word is not understood.</exception>
    public static DecisionRequest Request(IReadOnlyDictionary<string, string?> keys, DateOnly at) => new()
    {
        Condition = keys.GetValueOrDefault("condition"),
        Goal = keys.GetValueOrDefault("goal"),
        Product = keys.GetValueOrDefault("product"),
        Authority = keys.GetValueOrDefault("authority"),
        GPerKg = Number(keys.GetValueOrDefault("g_per_kg"), "g_per_kg"),
        Days = Whole(keys.GetValueOrDefault("days"), "days"),
        Phase = keys.GetValueOrDefault("phase") switch
        {
            null => null,
            "induction" => Phase.Induction,
            "maintenance" => Phase.Maintenance,
            var other => throw new BatchException("bad-value", $"phase is '{other}'{Core.Scoring.ScoreInputs.Suggestion(other, ["induction", "maintenance"])}; it must be induction (a first course) or maintenance (continuation).", "phase"),
        },
        CourseNumber = Whole(keys.GetValueOrDefault("course_number"), "course_number"),
        WeightRule = keys.GetValueOrDefault("weight_rule"),
        At = at,
    };

    /// <summary>Today, in the time zone of the machine; only the default of the day of a decision.</summary>
    internal static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);

    internal static DateOnly? Day(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new BatchException("bad-date", $"at must be a date written year-month-day, such as 2026-11-22, not '{text}'.", "at");
    }

    internal static SiteProfile Site(string? file)
    {
        if (file is null)
        {
            return SiteProfile.International;
        }

        if (!File.Exists(file))
        {
            throw new CliException($"There is no site file at {file}.");
        }

        var problems = new List<KnowledgeProblem>();
        return SiteProfile.Read(new KnowledgeFile(Path.GetFileName(file), File.ReadAllText(file)), problems) ?? throw new CliException($"The site file cannot be used: {problems[0]}");
    }

    private static decimal? Number(string? text, string key)
    {
        if (text is null)
        {
            return null;
        }

        var plain = text.EndsWith("g/kg", StringComparison.Ordinal) ? text[..^4].Trim() : text;
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new BatchException("bad-value", $"{key} must be a number such as 0.5, not '{text}'.", key);
    }

    private static int? Whole(string? text, string key) => Number(text, key) is not { } n ? null
        : n == Math.Floor(n) && Math.Abs(n) < 1000 ? (int)n : throw new BatchException("bad-value", $"{key} must be a whole number, not '{text}'.", key);
}
