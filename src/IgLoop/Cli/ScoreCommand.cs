using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Scores;

namespace IgLoop.Cli;

/// <summary><c>igloop score</c>: an outcome instrument, with its arithmetic.</summary>
public static class ScoreCommand
{
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static Command Create()
    {
        var instrument = new Argument<string?>("instrument") { Description = "sledai2k, clasi, mg_adl, qmg, incat … ('igloop knowledge list instruments' shows all)", Arity = ArgumentArity.ZeroOrOne };
        var answers = new Argument<string[]>("answers") { Description = "NAME=VALUE, NAME=? for unknown, LIST=1,0,2, or the names of the signs that are present", Arity = ArgumentArity.ZeroOrMore };
        var at = new Option<string?>("--at") { Description = "Day (and hour) of the assessment: 2026-11-24 or 2026-11-24T09:30" };
        var today = new Option<string?>("--today") { Description = "Today, for the check of --at (default: the clock)" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var ndjson = new Option<bool>("--ndjson") { Description = "Read one JSON request a line: {\"id\", \"instrument\", \"inputs\"}" };
        var command = new Command("score", "An outcome instrument: total or bounds, bands by scheme, the arithmetic, sources and status") { instrument, answers, at, today, json, ndjson, KnowledgeCommand.Folder };
        command.SetAction(parsed =>
        {
            var knowledge = KnowledgeFolder.Load(parsed.GetValue(KnowledgeCommand.Folder));
            var day = parsed.GetValue(today) is { } t ? DateOnly.FromDateTime(Time(t, "--today")) : DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
            if (parsed.GetValue(ndjson))
            {
                return Batch.RunOnConsole(line => Answer(knowledge, line, day));
            }

            var id = parsed.GetValue(instrument) ?? throw new CliException("Name an instrument, such as 'igloop score mg_adl talking=1 …'; 'igloop knowledge list instruments' shows all.");
            var result = CliAnswer.Of(() => Refusal(() =>
            {
                if (parsed.GetValue(at) is { } moment)
                {
                    AssessmentTimes.Check([(Time(moment, "--at"), "--at")], day);
                }

                return Scorers.Score(knowledge, id, Typed(knowledge, id, parsed.GetValue(answers) ?? []));
            }));
            Console.WriteLine(parsed.GetValue(json) ? ScoreJson.Of(result).ToJsonString(Batch.Json) : ScoreText.Of(knowledge, result));
            return 0;
        });
        return command;
    }

    /// <summary>The answer to one request line: one assessment under <c>inputs</c>, or several under <c>assessments</c>.</summary>
    /// <exception cref="BatchException">The request is wrong.</exception>
    public static JsonObject Answer(KnowledgeBase knowledge, JsonObject request, DateOnly today)
    {
        request.OnlyKeys("id", "instrument", "inputs", "assessments", "at", "today", "expected", "kind", "source", "note");
        var id = request.Text("instrument") ?? throw new BatchException("missing", "instrument is missing; name one.", "instrument");
        var day = request.Text("today") is { } t ? DateOnly.FromDateTime(Time(t, "today")) : today;
        return Refusal(() =>
        {
            if (request["assessments"] is JsonArray list)
            {
                if (list.Count == 0)
                {
                    throw new BatchException("missing", "assessments is empty; list objects with at and inputs.", "assessments");
                }

                var items = list.Select((x, n) => x as JsonObject ?? throw new BatchException("bad-value", "assessments must list objects with at and inputs.", $"assessments[{n}]")).ToList();
                AssessmentTimes.Check(items.Select((x, n) => (x.Text("at") is { } at ? Time(at, $"assessments[{n}].at") : throw new BatchException("missing", "at is missing; say when.", $"assessments[{n}].at"), $"assessments[{n}].at")), day);
                return new JsonObject
                {
                    ["instrument"] = id,
                    ["assessments"] = new JsonArray([.. items.Select(x =>
                    {
                        var one = ScoreJson.Of(Scorers.Score(knowledge, id, Inputs(x)));
                        one.Insert(0, "at", x.Text("at"));
                        return (JsonNode)one;
                    })]),
                };
            }

            if (request.Text("at") is { } moment)
            {
                AssessmentTimes.Check([(Time(moment, "at"), "at")], day);
            }

            return ScoreJson.Of(Scorers.Score(knowledge, id, Inputs(request)));
        });
    }

    /// <summary>Runs work of the scores; what they refuse becomes a refusal of the request.</summary>
    internal static T Refusal<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ScoringException e)
        {
            throw new BatchException(e.Code, e.Message, e.Where);
        }
    }

    /// <summary>A day, or a day and an hour.</summary>
    internal static DateTime Time(string text, string where) =>
        DateTimeOffset.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.DateTime
            : throw new BatchException("bad_value", $"{where} must be a day such as 2026-11-24, or with the hour 2026-11-24T09:30, not '{text}'.", where);

    private static Given.Map Inputs(JsonObject request) => request["inputs"] switch
    {
        null => throw new BatchException("missing", "inputs is missing; give the answers.", "inputs"),
        JsonObject o => (Given.Map)ScoreJson.Given(o),
        _ => throw new BatchException("bad-value", "inputs must be an object of names and values.", "inputs"),
    };

    /// <summary>Answers as a person types them.</summary>
    private static Given.Map Typed(KnowledgeBase knowledge, string id, string[] words)
    {
        var found = Scorers.Find(knowledge, id);
        var inputs = new List<KeyValuePair<string, Given>>();
        var answers = new List<KeyValuePair<string, Given>>();
        var present = new List<Given>();
        foreach (var word in words)
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (word, (Given?)null) : (word[..equals], Value(word[(equals + 1)..]));
            if (value is not null && name.Split('.') is [{ Length: > 0 } outer, { Length: > 0 } inner])
            {
                // erythema.chest=1 is one entry of a mapping; several of one name are put together.
                var at = inputs.FindIndex(x => x.Key == outer && x.Value is Given.Map);
                inputs.RemoveAll(x => at < 0 && x.Key == outer);
                var entry = KeyValuePair.Create(inner, value);
                if (at >= 0)
                {
                    inputs[at] = new(outer, new Given.Map([.. ((Given.Map)inputs[at].Value).Pairs, entry]));
                }
                else
                {
                    inputs.Add(new(outer, new Given.Map([entry])));
                }
            }
            else if (value is null)
            {
                present.Add(Given.Of(name));
            }
            else if (found?.Instrument is { } i && !i.Inputs.Any(w => w.Name == name) && Core.Facts.Spelling.Nearest(name, i.Items.Select(x => x.Id), 1).Count > 0)
            {
                answers.Add(new(name, value));
            }
            else
            {
                inputs.Add(new(name, value));
            }
        }

        if (present.Count > 0)
        {
            var list = found?.Instrument.Inputs.FirstOrDefault(w => w.Shape == Core.Knowledge.Instruments.InputShape.Present)?.Name
                ?? throw new CliException($"'{((Given.Text)present[0]).Value}' has no name; write NAME=VALUE{Example(knowledge, id, ((Given.Text)present[0]).Value)}.");
            inputs.Add(new(list, new Given.List(present)));
        }

        if (answers.Count > 0)
        {
            inputs.Add(new("answers", new Given.Map(answers)));
        }

        return new(inputs);
    }

    /// <summary>How the value would be written, with what it may be: ", such as value=2 (Global assessment, 0 to 3)".</summary>
    private static string Example(KnowledgeBase knowledge, string id, string typed)
    {
        if (Scorers.Find(knowledge, id) is not { } found)
        {
            var asks = ScoreNames.Owner(knowledge, id)?.Calculations.Where(c => c.Request == id).SelectMany(c => c.Asks).ToList() ?? [];
            return asks.Count == 0 ? "" : $"; names are {string.Join(", ", asks.Select(a => $"{a.Name} ({a.Words})"))}";
        }

        var named = found.Instrument.Items.FirstOrDefault(i => i.Id == typed);
        if (named is not null)
        {
            return $", such as {typed}={(named.Levels.Count > 0 ? ScoreInputs.Show(named.Levels[^1].Value) : ScoreInputs.Show(named.Highest))} ({named.Label}, {ScoreInputs.Show(named.Least)} to {ScoreInputs.Show(named.Highest)})";
        }

        if (found.Instrument.Items.Count == 0 && found.Instrument.Inputs.FirstOrDefault(w => w.Shape == Core.Knowledge.Instruments.InputShape.Total) is { } word)
        {
            var total = found.Total ?? found.Instrument.Total(word.Totals[0])!;
            return $", such as {word.Name}={ScoreInputs.Show(total.High)} ({total.Name}, {ScoreInputs.Show(total.Low)} to {ScoreInputs.Show(total.High)})";
        }

        return found.Instrument.Items is [var first, ..] ? $", such as {first.Id}={ScoreInputs.Show(first.Highest)} ({first.Label}, {ScoreInputs.Show(first.Least)} to {ScoreInputs.Show(first.Highest)})" : "";
    }

    private static Given Value(string text)
    {
        if (text.StartsWith('{') || text.StartsWith('['))
        {
            try
            {
                return ScoreJson.Given(JsonNode.Parse(text));
            }
            catch (System.Text.Json.JsonException)
            {
                throw new CliException($"'{text}' is not valid JSON; write a list as 1,0,2.");
            }
        }

        return text.Contains(',', StringComparison.Ordinal) ? new Given.List([.. text.Split(',').Select(t => Given.Scalar(t.Trim()))]) : Given.Scalar(text);
    }
}
