using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores.Calculations;

/// <summary>A calculation made before, as it was pasted: its verdict, and what was answered by field, in words.</summary>
public sealed record EarlierAnswer(DateOnly At, string Verdict, IReadOnlyDictionary<string, string> Words);

/// <summary>Reads the lines that the form of a calculation gives to keep: <c>sri4 2026-05-01 {"sledai_now":6}</c>.</summary>
internal static class EarlierAnswers
{
    private const int Most = 200;

    public static IReadOnlyList<EarlierAnswer> Read(CalculationSheet sheet, DateOnly today, List<FieldProblem> problems, Func<Given.Map, string> verdict)
    {
        var lines = sheet["earlier"].Split('\n').Select((l, n) => (Number: n + 1, Text: l.Trim())).Where(l => l.Text.Length > 0).ToList();
        if (lines.Count > Most)
        {
            problems.Add(new("earlier", $"There are {lines.Count} lines; at most {Most} are read."));
            return [];
        }

        var found = new List<EarlierAnswer>();
        foreach (var (number, text) in lines)
        {
            try
            {
                found.Add(One(sheet.Calculation, text, verdict));
            }
            catch (ScoringException e)
            {
                problems.Add(new("earlier", $"Line {number}: {e.Message}"));
            }
        }

        try
        {
            AssessmentTimes.Check(found.Select((e, n) => (e.At.ToDateTime(TimeOnly.MinValue), $"Earlier line {n + 1}")), today);
        }
        catch (ScoringException e)
        {
            problems.Add(new("earlier", e.Message));
        }

        return found;
    }

    private static EarlierAnswer One(Calculation calculation, string line, Func<Given.Map, string> verdict)
    {
        var words = line.Split([' ', '\t'], 3, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3 || !TypedFacts.TryDate(words[1], out var day))
        {
            throw new ScoringException("bad_value", "paste the whole line that this page gave to keep: the name, the day and what stands in braces.", "earlier");
        }

        if (words[0] != calculation.Request && words[0] != calculation.Id)
        {
            throw new ScoringException("unknown_instrument", $"it is of '{words[0]}', this page is of '{calculation.Request}'.", "earlier");
        }

        try
        {
            return JsonNode.Parse(words[2]) is JsonObject o && ScoreJson.Given(o) is Given.Map inputs
                ? new(day, verdict(inputs), In(calculation, inputs))
                : throw new ScoringException("bad_value", "what stands in braces is not readable; paste the whole line.", "earlier");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // A name that stands twice is refused when it is looked up, not when it is parsed.
            throw new ScoringException("bad_value", "what stands in braces is cut off or not readable; paste the whole line.", "earlier");
        }
    }

    /// <summary>The inputs by field, in the words of the form; what was not known is left out.</summary>
    internal static IReadOnlyDictionary<string, string> In(Calculation calculation, Given.Map inputs)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ask in calculation.Asks)
        {
            if (ask.Kind == AskKind.Sort)
            {
                Sorted(ask, inputs, words);
            }
            else
            {
                One(ask, "w." + ask.Name, inputs.Find(ask.Name), words);
            }
        }

        return words;
    }

    /// <summary>An entry is in the list of its answer. One that is in none is absent only where what is open has a list of its own.</summary>
    private static void Sorted(Ask ask, Given.Map inputs, Dictionary<string, string> words)
    {
        foreach (var entry in ask.Entries)
        {
            var named = ask.Choices.FirstOrDefault(c => Holds(inputs.Find(c.Id), entry.Id));
            var none = ask.Rest is { } rest && !Holds(inputs.Find(rest), entry.Id) ? ask.Choices.FirstOrDefault(c => c.Id == "none") : null;
            if ((named ?? none) is { } answer)
            {
                words[$"w.{ask.Name}.{entry.Id}"] = answer.Words;
            }
        }
    }

    private static bool Holds(Given? list, string id) => list is Given.List l && l.Items.Any(i => i is Given.Text t && t.Value == id);

    private static void One(Ask ask, string field, Given? value, Dictionary<string, string> words)
    {
        switch (value)
        {
            case Given.Flag or Given.Number or Given.Text:
                words[field] = Shown(ask, value);
                break;
            case Given.List list:
                for (var n = 0; n < list.Items.Count; n++)
                {
                    One(ask, $"{field}.{n}", list.Items[n], words);
                }

                break;
            case Given.Map map when ask.Columns.Count > 0:
                foreach (var (name, one) in map.Pairs)
                {
                    One(ask.Columns.FirstOrDefault(c => c.Name == name) ?? ask.Columns[0], $"{field}.{name}", one, words);
                }

                break;
        }
    }

    private static string Shown(Ask ask, Given value)
    {
        var text = CalculationSheet.Shown(value);
        var plain = value is Given.Text t ? t.Value : text;
        return ask.Choices.FirstOrDefault(c => c.Id == plain)?.Words ?? (value is Given.Number && ask.Unit is { } unit ? $"{text} {Words.Unit(unit)}" : text);
    }
}
