using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring;

/// <summary>Runs the worked cases beside <c>instruments/</c>, and asks that every instrument that is scored has some.</summary>
public static class ScoreCases
{
    /// <summary>What fails; empty when all is well.</summary>
    public static IReadOnlyList<KnowledgeProblem> Of(KnowledgeBase knowledge)
    {
        var problems = new List<KnowledgeProblem>();
        foreach (var c in knowledge.InstrumentCases)
        {
            problems.AddRange(Wrong(knowledge, c).Select(message => new KnowledgeProblem(c.Place, "expect", $"'{c.Name}': {message}")));
        }

        var withCases = knowledge.InstrumentCases.Select(c => c.Place.File).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(knowledge.Instruments.Values
            .Where(i => !withCases.Contains($"instruments/{i.Id}.cases.yaml") && Scorers.Scores(knowledge, i.Id))
            .Select(i => new KnowledgeProblem(i.Place, "cases", $"'{i.Id}' has no case; write some in instruments/{i.Id}.cases.yaml.")));
        return problems;
    }

    private static IEnumerable<string> Wrong(KnowledgeBase knowledge, InstrumentCase c)
    {
        IReadOnlyList<(string Name, Given Value)> values;
        try
        {
            var result = Scorers.Score(knowledge, c.Instrument, c.Inputs);
            values = [.. result.Values, ("flags", Given.Of(result.Flags)), ("unverified", Given.Of(result.Unverified))];
        }
        catch (ScoringException e)
        {
            values = [("error", Given.Of(e.Code))];
        }

        foreach (var (name, expected) in c.Expected.Pairs)
        {
            var actual = values.FirstOrDefault(v => v.Name == name).Value;
            if (actual is null)
            {
                yield return $"expects {name} of {c.Instrument}, but the result has only {string.Join(", ", values.Select(v => v.Name == "error" ? $"error {v.Value.Show()}" : v.Name))}.";
            }
            else if (!actual.Same(expected))
            {
                yield return $"expects {name} {expected.Show()} of {c.Instrument}, but it is {actual.Show()}.";
            }
        }
    }
}
