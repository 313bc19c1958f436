using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Scores;

/// <summary>The form of one instrument as filled in, and what it comes to. Nothing of it is kept.</summary>
/// <remarks>
/// Names of inputs: <c>a.ITEM</c> an answer, <c>w.WORD</c> a total or a choice, <c>sex</c>, <c>at</c> the day, <c>earlier</c> and <c>infusions</c> lines of
/// text. An answer that is left open is unknown; only the reader's own click makes the rest of a list absent.
/// </remarks>
public sealed class ScoreSheet
{
    private readonly Dictionary<string, string> fields;
    private readonly List<FieldProblem> problems = [];
    private readonly KnowledgeBase knowledge;

    private ScoreSheet(KnowledgeBase knowledge, Instrument instrument, Dictionary<string, string> fields)
    {
        (this.knowledge, Instrument, this.fields) = (knowledge, instrument, fields);
    }

    public Instrument Instrument { get; }
    public ScoreResult? Result { get; private set; }
    public IReadOnlyList<FieldProblem> Problems => problems;
    public IReadOnlyList<EarlierAssessment> Earlier { get; private set; } = [];
    public IReadOnlyList<GivenInfusion> Infusions { get; private set; } = [];

    /// <summary>Day of the assessment; null while it cannot be read.</summary>
    public DateOnly? At { get; private set; }

    /// <summary>The latest earlier assessment.</summary>
    public EarlierAssessment? Last => At is { } at ? Earlier.Where(e => e.At < at).MaxBy(e => e.At) : null;

    /// <summary>The latest earlier assessment of which the single answers are known.</summary>
    public EarlierAssessment? LastAnswered => At is { } at ? Earlier.Where(e => e.At < at && e.Answers.Count > 0).MaxBy(e => e.At) : null;

    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>Whether anything was answered.</summary>
    public bool HasAnswers => fields.Keys.Any(k => k.StartsWith("a.", StringComparison.Ordinal) || k.StartsWith("w.", StringComparison.Ordinal) && !Choices.Any(c => k == "w." + c.Name));

    /// <summary>What was answered, by item.</summary>
    public IReadOnlyDictionary<string, string> Answers => fields.Where(f => f.Key.StartsWith("a.", StringComparison.Ordinal)).ToDictionary(f => f.Key[2..], f => f.Value, StringComparer.Ordinal);

    public bool CanBeScored => Items.Count > 0 || TotalWords.Count > 0;

    /// <summary>The items of the form, without those of totals that are another form of the same score.</summary>
    public IReadOnlyList<InstrumentItem> Items => Instrument.Items.Count == 0 ? [] : [.. Instrument.Items.Where(i => i.IsFlag || Asked.Any(t => t.Items.Contains(i.Id)))];

    /// <summary>Totals that are entered as worked out elsewhere, where the file holds no items.</summary>
    public IReadOnlyList<InputWord> TotalWords => Instrument.Items.Count > 0 ? [] : [.. Instrument.Inputs.Where(w => w.Shape == InputShape.Total).DistinctBy(w => w.Totals[0])];

    /// <summary>Which form of the instrument is meant, where there are several.</summary>
    public IReadOnlyList<InputWord> Choices => [.. Instrument.Inputs.Where(w => w.Shape == InputShape.Choice)];

    public bool AsksSex => Items.Any(i => i.Table?.BySex == true);

    /// <summary>Totals that are the same score on another form, such as six and seven pairs of muscles; empty where a choice of the inputs says it.</summary>
    public IReadOnlyList<ScoreTotal> Forms => Choices.Count > 0 ? [] : [.. Instrument.Totals.Where(t => t == Instrument.Totals[0] || (t.Request is not null && t.Result == Instrument.Totals[0].Result))];

    /// <summary>The form that is meant; the first unless another is chosen.</summary>
    public ScoreTotal? Form => Forms.Count > 1 ? Forms.FirstOrDefault(t => t.Id == this["form"]) ?? Forms[0] : null;

    /// <summary>What is asked of the scores.</summary>
    public string Request => Form?.Request ?? Instrument.Id;

    private IReadOnlyList<ScoreTotal> Asked => Choices is [var choice, ..]
        ? [Instrument.Total(this["w." + choice.Name]) ?? Instrument.Total(choice.Totals[0])!]
        : Form is { } form ? [form] : Instrument.Totals;

    /// <summary>The form as posted; <c>rest=absent</c> answers every open item that can be absent with no.</summary>
    public static ScoreSheet Of(KnowledgeBase knowledge, Instrument instrument, IEnumerable<KeyValuePair<string, StringValues>> posted, DateOnly today)
    {
        var typed = posted.Where(f => f.Key.Length <= 100).Select(f => KeyValuePair.Create(f.Key, (f.Value[^1] ?? "").Trim())).Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        var sheet = new ScoreSheet(knowledge, instrument, typed);
        typed.TryAdd("at", today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (typed.Remove("rest", out var rest) && rest == "absent")
        {
            foreach (var item in sheet.Items)
            {
                if (Absent(item) is { } no)
                {
                    typed.TryAdd("a." + item.Id, no);
                }
            }
        }

        sheet.Read(today);
        return sheet;
    }

    /// <summary>What the item's answer is when it was looked for and not found; null where there is no such answer.</summary>
    public static string? Absent(InstrumentItem item) => item switch
    {
        { IsFlag: true } or { Weight: not null } => "no",
        { Levels.Count: > 0 } => item.Levels.FirstOrDefault(l => l is { Value: 0, Points: 0 }) is null ? null : "0",
        _ => null,
    };

    /// <summary>What the total would be with another answer of one item: a number, or its bounds; null while something must be mended.</summary>
    public string? With(InstrumentItem item, string value)
    {
        if (problems.Count > 0)
        {
            return null;
        }

        try
        {
            var all = new Dictionary<string, string>(fields, StringComparer.Ordinal) { ["a." + item.Id] = value };
            var result = Scorers.Score(knowledge, Request, Inputs(all));
            return result.Totals.Count == 0 ? null : Shown(result.Totals.FirstOrDefault(t => t.Total.Items.Contains(item.Id)) ?? result.Totals[0]);
        }
        catch (ScoringException)
        {
            return null;
        }
    }

    /// <summary>A total, or its bounds while an answer is unknown.</summary>
    public static string Shown(TotalScore total) => total.Value is { } v ? ScoreInputs.Show(v) : $"{ScoreInputs.Show(total.Lower)} to {ScoreInputs.Show(total.Upper)}";

    /// <summary>The answers as one line that the next assessment can be given as an earlier one.</summary>
    public string Line() => string.Join(' ', new[] { Request, this["at"] }
        .Concat(fields.Where(f => f.Key.StartsWith("a.", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key[2..]}={f.Value.Replace(' ', '_')}"))
        .Concat(Items.Count == 0 && Result is { Totals: [{ Value: { } total }, ..] } ? [$"total={ScoreInputs.Show(total)}"] : []));

    private void Read(DateOnly today)
    {
        At = TypedFacts.TryDate(this["at"], out var at) ? at : null;
        if (At is null)
        {
            problems.Add(new("at", $"The day of the assessment must be a date such as 2026-11-22, not '{this["at"]}'."));
        }
        else if (at > today)
        {
            problems.Add(new("at", $"{Words.Date(at)} is after today ({Words.Date(today)}); an assessment cannot lie in the future."));
        }

        (Earlier, Infusions) = EarlierAssessments.Read(this, today, problems, inputs => Scorers.Score(knowledge, Request, inputs));
        foreach (var item in Items.Where(i => this["a." + i.Id].Length > 0))
        {
            Try("a." + item.Id, () => Answer.Read(item, Value(this["a." + item.Id], item.Label), item.Label, this["sex"] is { Length: > 0 } sex ? sex : null));
        }

        foreach (var id in fields.Keys.Where(k => k.StartsWith("a.", StringComparison.Ordinal)).Select(k => k[2..]).Where(id => Instrument.Items.All(i => i.Id != id)))
        {
            problems.Add(new("at", $"{Instrument.Name} has no item '{id}'{ScoreInputs.Near(id, Instrument.Items.Select(i => i.Id))}"));
        }

        if (problems.Count == 0 && (Items.Count > 0 || HasAnswers))
        {
            Try(TotalWords is [var first, ..] ? "w." + first.Name : "at", () => Result = Scorers.Score(knowledge, Request, Inputs(fields)));
        }
    }

    private void Try(string input, Action work)
    {
        try
        {
            work();
        }
        catch (ScoringException e)
        {
            var field = e.Where.StartsWith("answers.", StringComparison.Ordinal) ? "a." + e.Where["answers.".Length..] : fields.ContainsKey("w." + e.Where) ? "w." + e.Where : input;
            problems.Add(new(field, Words.Sentence(e.Message)));
        }
    }

    /// <summary>The inputs in the words of the scores: what is open is unknown.</summary>
    internal Given.Map Inputs(IReadOnlyDictionary<string, string> from)
    {
        var inputs = new List<KeyValuePair<string, Given>>();
        var answers = new List<KeyValuePair<string, Given>>();
        foreach (var word in Choices)
        {
            inputs.Add(new(word.Name, Given.Of(from.GetValueOrDefault("w." + word.Name) ?? word.Totals[0])));
        }

        foreach (var word in TotalWords.Where(w => from.ContainsKey("w." + w.Name)))
        {
            inputs.Add(new(word.Name, Value(from["w." + word.Name], word.Name)));
        }

        foreach (var item in Items)
        {
            var value = from.TryGetValue("a." + item.Id, out var text) ? Value(text, item.Label) : Given.Nothing;
            answers.Add(new(item.Id, value));
        }

        if (answers.Count > 0)
        {
            inputs.Add(new("answers", new Given.Map(answers)));
        }

        if (AsksSex && from.GetValueOrDefault("sex") is { Length: > 0 } sex)
        {
            inputs.Add(new("sex", Given.Of(sex)));
        }

        if (Instrument.NeverFalls && Last?.Total.Value is { } before)
        {
            inputs.Add(new("previous_total", Given.Of(before)));
        }

        return new(inputs);
    }

    /// <summary>A typed answer; a comma is refused, since it may mean thousands or decimals.</summary>
    internal static Given Value(string text, string where) => text switch
    {
        "" or "unknown" => Given.Nothing,
        "yes" => Given.Of(true),
        "no" => Given.Of(false),
        _ when text.Contains(',', StringComparison.Ordinal) => throw new ScoringException("bad_value", $"{where}: '{text}' is ambiguous, since a comma may mean thousands or decimals; write the decimal with a point.", where),
        _ => TypedFacts.TryNumber(text, out var n) ? Given.Of(n) : Given.Of(text),
    };
}
