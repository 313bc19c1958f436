using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Scores.Calculations;

/// <summary>The form of one calculation as filled in, and what comes out. Nothing of it is kept.</summary>
/// <remarks>
/// Names of inputs: <c>w.NAME</c>, with <c>.ENTRY</c>, <c>.0</c>, <c>.1</c> … behind it for entries, numbers and rows; <c>at</c> the day.
/// What is left open is unknown; only the reader's own click makes the rest of a list absent.
/// </remarks>
public sealed class CalculationSheet
{
    /// <summary>Codes by which a rule says that it cannot begin without an input: on a form that is an open answer, not a mistake.</summary>
    private static readonly string[] NotYet = ["missing", "max_required", "uln_required"];

    private readonly Dictionary<string, string> fields;
    private readonly List<FieldProblem> problems = [];
    private readonly KnowledgeBase knowledge;

    private CalculationSheet(KnowledgeBase knowledge, Instrument instrument, Calculation calculation, Dictionary<string, string> fields) =>
        (this.knowledge, Instrument, Calculation, this.fields) = (knowledge, instrument, calculation, fields);

    public Instrument Instrument { get; }
    public Calculation Calculation { get; }
    public ScoreResult? Result { get; private set; }

    /// <summary>What must be known before the rule can begin, in a sentence; null when it could.</summary>
    public string? Open { get; private set; }
    public IReadOnlyList<FieldProblem> Problems => problems;
    public DateOnly? At { get; private set; }

    /// <summary>The latest earlier answers, as they were pasted; null: none.</summary>
    public EarlierAnswer? Last { get; private set; }
    public bool HasAnswers => fields.Keys.Any(k => k.StartsWith("w.", StringComparison.Ordinal));
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>Whether the rest of something that is looked for can be said to be absent.</summary>
    public bool HasAbsent => Calculation.Asks.Any(a => a.Kind == AskKind.Sort && a.Choices.Any(c => c.Id == "none"));

    /// <summary>The verdict in a few words.</summary>
    public string Headline => problems.Count > 0 ? (problems.Count == 1 ? "One input needs mending" : $"{problems.Count} inputs need mending")
        : Result is { } r ? $"{Calculation.Answers[0].Words}: {Shown(r[Calculation.Answers[0].Id])}"
        : "Nothing answered yet";

    /// <summary>The form as posted; <c>rest=absent</c> answers every open entry that can be absent.</summary>
    public static CalculationSheet Of(KnowledgeBase knowledge, Instrument instrument, Calculation calculation, IEnumerable<KeyValuePair<string, StringValues>> posted, DateOnly today)
    {
        var typed = TypedFields.Read(posted, today);
        var sheet = new CalculationSheet(knowledge, instrument, calculation, typed);
        if (typed.Remove("rest", out var rest) && rest == "absent")
        {
            foreach (var ask in calculation.Asks.Where(a => a.Kind == AskKind.Sort && a.Choices.Any(c => c.Id == "none")))
            {
                foreach (var entry in ask.Entries)
                {
                    typed.TryAdd($"w.{ask.Name}.{entry.Id}", "none");
                }
            }
        }

        sheet.Read(today);
        return sheet;
    }

    public string? Problem(string input) => problems.FirstOrDefault(p => p.Input == input)?.Message;

    /// <summary>What the verdict would be with another answer; null while something must be mended, or when it would stay the same.</summary>
    public string? With(string name, string value)
    {
        if (problems.Count > 0 || this[name] == value)
        {
            return null;
        }

        var wrong = new List<FieldProblem>();
        var inputs = CalculationInputs.Read(Calculation, new Dictionary<string, string>(fields, StringComparer.Ordinal) { [name] = value }, wrong);
        try
        {
            var verdict = wrong.Count > 0 ? null : Shown(Scorers.Score(knowledge, Calculation.Request, inputs)[Calculation.Answers[0].Id]);
            return verdict is null || (Result is { } now && verdict == Shown(now[Calculation.Answers[0].Id])) ? null : verdict;
        }
        catch (ScoringException)
        {
            return null;
        }
    }

    /// <summary>A value of the result in words: a verdict is yes, no or not known.</summary>
    public static string Shown(Given? value) => value switch
    {
        null or Given.Null => "not known",
        Given.Flag f => f.Value ? "yes" : "no",
        Given.Number n => ScoreInputs.Show(n.Value),
        Given.Text t => Words.Plain(t.Value),
        Given.List { Items.Count: 0 } => "none",
        Given.List l => string.Join(", ", l.Items.Select(Shown)),
        var other => other.Show(),
    };

    /// <summary>Our words for the name of an input, or of a part of the rule.</summary>
    public string WordsOf(string name) => Words.Tidy(ScoreNames.Part(Instrument, Calculation.Request, name));

    /// <summary>The inputs as one line that the page of a response takes.</summary>
    public string Line() => $"{Calculation.Request} {this["at"]} {ScoreJson.Node(CalculationInputs.Read(Calculation, fields, []))?.ToJsonString(Cli.Batch.Json)}";

    private void Read(DateOnly today)
    {
        At = TypedFields.Day(fields, today, problems);
        Last = EarlierAnswers.Read(this, today, problems, inputs => Shown(Scorers.Score(knowledge, Calculation.Request, inputs)[Calculation.Answers[0].Id])).Where(e => e.At < At).MaxBy(e => e.At);
        var inputs = CalculationInputs.Read(Calculation, fields, problems);
        if (problems.Count > 0)
        {
            return;
        }

        try
        {
            Result = Scorers.Score(knowledge, Calculation.Request, inputs);
        }
        catch (ScoringException e) when (NotYet.Contains(e.Code) && this[CalculationInputs.FieldOf(e.Where)].Length == 0)
        {
            var asked = Calculation.Asks.FirstOrDefault(a => a.Name == e.Where);
            Open = asked is null ? Words.Sentence(e.Message) : $"{asked.Words} is needed before anything can be said.";
            Result = ScoreResult.Of(Calculation.Request) with { Version = Instrument.Version, Missing = [e.Where] };
        }
        catch (ScoringException e)
        {
            var field = CalculationInputs.FieldOf(e.Where);
            var input = CalculationInputs.Inputs(Calculation).Contains(field) ? field : CalculationInputs.Inputs(Calculation).FirstOrDefault(i => i.StartsWith(field + ".", StringComparison.Ordinal)) ?? CalculationInputs.Inputs(Calculation)[0];
            problems.Add(new(input, Words.Sentence(e.Message)));
        }
    }
}
