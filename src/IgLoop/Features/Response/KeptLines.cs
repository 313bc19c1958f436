using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Scores;

namespace IgLoop.Features.Response;

/// <summary>
/// The lines that the score forms give to keep: <c>mg_adl 2026-05-01 talking=1 chewing=0</c>, <c>mg_adl 2026-05-01 7</c>, and of what is worked
/// out from several values <c>sri4 2026-05-01 {…}</c>.
/// </summary>
internal static class KeptLines
{
    private const int Most = 200;

    public sealed record Found(List<Given> Assessments, List<KeyValuePair<string, Given>> Composites);

    public static Found Read(KnowledgeBase knowledge, string text, List<FieldProblem> problems)
    {
        var found = new Found([], []);
        var lines = text.Split('\n').Select((l, n) => (Number: n + 1, Text: l.Trim())).Where(l => l.Text.Length > 0).ToList();
        if (lines.Count > Most)
        {
            problems.Add(new("lines", $"There are {lines.Count} lines; at most {Most} are read."));
            return found;
        }

        foreach (var (number, line) in lines)
        {
            if (Problem(knowledge, line, found) is { } wrong)
            {
                problems.Add(new("lines", $"Line {number}: {wrong}"));
            }
        }

        return found;
    }

    private static string? Problem(KnowledgeBase knowledge, string line, Found found)
    {
        var words = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !TypedFacts.TryDate(words[1], out _))
        {
            return "write the instrument, the day and the total, such as mg_adl 2026-05-01 7, or paste the line that a score form gives.";
        }

        var (id, day, rest) = (words[0], words[1], words[2]);
        if (!Scorers.Scores(knowledge, id))
        {
            return $"there is no instrument '{id}'{ScoreInputs.Near(id, Scorers.Ids(knowledge))}";
        }

        return rest.StartsWith('{') ? Composite(id, rest, found) : Assessment(knowledge, id, day, rest, found);
    }

    private static string? Composite(string id, string json, Found found)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject o)
            {
                return "what stands in braces is not readable.";
            }

            if (found.Composites.Exists(c => c.Key == id))
            {
                return $"{id} is given twice; keep the one of the last visit.";
            }

            found.Composites.Add(new(id, ScoreJson.Given(o)));
            return null;
        }
        catch (JsonException)
        {
            return "what stands in braces is cut off; paste the whole line.";
        }
    }

    private static string? Assessment(KnowledgeBase knowledge, string id, string day, string rest, Found found)
    {
        var instrument = Scorers.Find(knowledge, id)?.Instrument;
        var answers = new List<KeyValuePair<string, Given>>();
        Given? total = null;
        foreach (var word in rest.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = word.Split('=') is [var n, var v] ? (n, v) : ("total", word);
            if (name == "total")
            {
                total = TypedFacts.TryNumber(value, out var number) ? Given.Of(number) : value == "unable" ? Given.Of(value) : null;
                if (total is null)
                {
                    return $"'{value}' is no total.";
                }
            }
            else if (instrument is { Items.Count: 0 } && instrument.Inputs.Any(w => w.Shape == InputShape.Total && w.Name == name))
            {
                if (!TypedFacts.TryNumber(value, out var scale))
                {
                    return $"'{value}' is no value of {name}.";
                }

                answers.Add(new(name, Given.Of(scale)));
            }
            else if (instrument is null || instrument.Items.All(i => i.Id != name))
            {
                return $"{instrument?.Name ?? id} has no item '{name}'{ScoreInputs.Near(name, instrument?.Items.Select(i => i.Id) ?? [])}";
            }
            else
            {
                answers.Add(new(name, value is "unknown" ? Given.Nothing : value is "yes" or "no" ? Given.Of(value == "yes") : TypedFacts.TryNumber(value, out var number) ? Given.Of(number) : Given.Of(value)));
            }
        }

        if (total is not null && answers.Count > 0)
        {
            return "give either the total or the answers.";
        }

        found.Assessments.Add(new Given.Map([
            new("instrument", Given.Of(id)),
            new("at", Given.Of(day)),
            total is null ? new("items", Items(instrument!, answers)) : new("value", total),
        ]));
        return null;
    }

    /// <summary>The answers under the words of the scores: by the item's own key where one is declared, since some rules read the parts.</summary>
    private static Given.Map Items(Instrument instrument, List<KeyValuePair<string, Given>> answers) =>
        answers.TrueForAll(a => instrument.Inputs.Any(w => w.Shape is InputShape.Item or InputShape.Total && w.Name == a.Key))
            ? new(answers)
            : new([new("answers", new Given.Map(answers))]);
}
