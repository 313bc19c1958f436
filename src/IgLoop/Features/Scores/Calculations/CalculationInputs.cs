using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;

namespace IgLoop.Features.Scores.Calculations;

/// <summary>From the fields of a form to the inputs of its calculation, by what the file declares.</summary>
internal static class CalculationInputs
{
    /// <summary>The inputs; what cannot be read is a problem at its field. Open is null, never left out: a rule may take what is not named as not having happened.</summary>
    public static Given.Map Read(Calculation calculation, IReadOnlyDictionary<string, string> fields, List<FieldProblem> problems)
    {
        var inputs = new List<KeyValuePair<string, Given>>();
        foreach (var ask in calculation.Asks)
        {
            if (ask.Kind == AskKind.Sort)
            {
                inputs.AddRange(Sorted(ask, fields, problems));
            }
            else
            {
                inputs.Add(new(ask.Name, One(ask, "w." + ask.Name, ask.Words, fields, problems)));
            }
        }

        var known = Inputs(calculation).ToHashSet(StringComparer.Ordinal);
        foreach (var name in fields.Keys.Where(k => k.StartsWith("w.", StringComparison.Ordinal) && !known.Contains(k)))
        {
            problems.Add(new("at", $"{calculation.Name} does not ask '{name[2..]}'{ScoreInputs.Near(name[2..], known.Select(k => k[2..]))}"));
        }

        return new(inputs);
    }

    /// <summary>The names of all fields, in order.</summary>
    public static IReadOnlyList<string> Inputs(Calculation calculation) => [.. calculation.Asks.SelectMany(a => Fields(a, "w." + a.Name))];

    /// <summary>The field of a place in the inputs, as <c>visits[1].mmt8_worse_pct</c> is <c>w.visits.1.mmt8_worse_pct</c>.</summary>
    public static string FieldOf(string where) => "w." + where.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    public static IEnumerable<string> Fields(Ask ask, string name) => ask.Kind switch
    {
        AskKind.Sort or AskKind.Each => ask.Entries.Select(e => $"{name}.{e.Id}"),
        AskKind.Numbers => Enumerable.Range(0, ask.Most).Select(n => $"{name}.{n}"),
        AskKind.Rows => Enumerable.Range(0, ask.Most).SelectMany(n => ask.Columns.SelectMany(c => Fields(c, $"{name}.{n}.{c.Name}"))),
        _ => [name],
    };

    private static IEnumerable<KeyValuePair<string, Given>> Sorted(Ask ask, IReadOnlyDictionary<string, string> fields, List<FieldProblem> problems)
    {
        var lists = ask.Choices.Select(c => c.Id).Where(c => c != "none").Append(ask.Rest).OfType<string>().ToDictionary(l => l, _ => new List<Given>(), StringComparer.Ordinal);
        foreach (var entry in ask.Entries)
        {
            var field = $"w.{ask.Name}.{entry.Id}";
            var answer = fields.GetValueOrDefault(field, "");
            if (answer.Length == 0)
            {
                if (ask.Rest is { } rest)
                {
                    lists[rest].Add(Given.Of(entry.Id));
                }
            }
            else if (ask.Choices.All(c => c.Id != answer))
            {
                problems.Add(new(field, Wrong(entry.Words, answer, ask.Choices)));
            }
            else if (answer != "none")
            {
                lists[answer].Add(Given.Of(entry.Id));
            }
        }

        return lists.Select(l => KeyValuePair.Create(l.Key, (Given)new Given.List(l.Value)));
    }

    private static Given One(Ask ask, string name, string words, IReadOnlyDictionary<string, string> fields, List<FieldProblem> problems)
    {
        var text = fields.GetValueOrDefault(name, "");
        switch (ask.Kind)
        {
            case AskKind.YesNo:
                return text switch
                {
                    "" => Given.Nothing,
                    "yes" => Given.Of(true),
                    "no" => Given.Of(false),
                    _ => Refused(new(name, $"{words} is yes, no or not known, not '{text}'.")),
                };
            case AskKind.Choice:
                return text.Length == 0 ? Given.Nothing
                    : ask.Choices.Any(c => c.Id == text) ? TypedFacts.TryNumber(text, out var level) ? Given.Of(level) : Given.Of(text)
                    : Refused(new(name, Wrong(words, text, ask.Choices)));
            case AskKind.Text:
                return text.Length == 0 ? Given.Nothing : Given.Of(text);
            case AskKind.Number:
                return Number(ask, name, words, text, problems);
            case AskKind.Each:
                return new Given.Map([.. ask.Entries.Select(e => KeyValuePair.Create(e.Id, One(ask.Columns[0], $"{name}.{e.Id}", e.Words, fields, problems)))]);
            case AskKind.Numbers:
                return List(ask, n => Number(ask, $"{name}.{n}", $"{words}, {n + 1}", fields.GetValueOrDefault($"{name}.{n}", ""), problems), n => fields.ContainsKey($"{name}.{n}"));
            case AskKind.Rows:
                return List(
                    ask,
                    n => new Given.Map([.. ask.Columns.Select(c => KeyValuePair.Create(c.Name, One(c, $"{name}.{n}.{c.Name}", $"{c.Words}, {n + 1}", fields, problems)))]),
                    n => ask.Columns.SelectMany(c => Fields(c, $"{name}.{n}.{c.Name}")).Any(fields.ContainsKey));
            default:
                throw new InvalidOperationException($"{ask.Name} is sorted, not read alone.");
        }

        Given Refused(FieldProblem problem)
        {
            problems.Add(problem);
            return Given.Nothing;
        }
    }

    /// <summary>Up to the last that is filled in: an empty one between is unknown, those behind it are not there. Where none is, the least count is unknown.</summary>
    private static Given.List List(Ask ask, Func<int, Given> one, Func<int, bool> filled)
    {
        var count = Enumerable.Range(0, ask.Most).LastOrDefault(filled, -1) + 1;
        return new([.. Enumerable.Range(0, count == 0 || ask.Least == ask.Most ? ask.Least : count).Select(one)]);
    }

    private static Given Number(Ask ask, string name, string words, string text, List<FieldProblem> problems)
    {
        if (text.Length == 0)
        {
            return Given.Nothing;
        }

        if (ask.Codes.Contains(text))
        {
            return Given.Of(text);
        }

        try
        {
            var given = ScoreSheet.Value(text, words);
            var number = ScoreInputs.Within(ScoreInputs.NumberOf(given, words, ask.Unit) ?? throw new ScoringException("bad_value", $"{words} must be a number, not '{text}'.", name), ask.Low, ask.High, words);
            return ask.Whole && number != Math.Floor(number) ? throw new ScoringException("not_whole", $"{words} must be a whole number, not {ScoreInputs.Show(number)}.", name) : Given.Of(number);
        }
        catch (ScoringException e)
        {
            problems.Add(new(name, e.Message));
            return Given.Nothing;
        }
    }

    private static string Wrong(string words, string text, IReadOnlyList<AskEntry> choices) => $"{words} must be one of the answers ({string.Join(", ", choices.Select(c => c.Words))}), not '{text}'.";
}
