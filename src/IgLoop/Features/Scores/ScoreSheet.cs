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

    /// <summary>The latest earlier assessment that holds a total.</summary>
    public EarlierAssessment? LastOf(string total) => At is { } at ? Earlier.Where(e => e.At < at && e.Of(total) is not null).MaxBy(e => e.At) : null;

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
        var typed = TypedFields.Read(posted, today);
        var sheet = new ScoreSheet(knowledge, instrument, typed);
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
        // Not every lowest level is a finding: a system that was never involved, or a time above a limit, is known or measured.
        { Levels.Count: > 0 } => item.Levels.FirstOrDefault(l => l is { Value: 0, Points: 0, Label: "none" or "no" or "absent" or "normal" }) is null ? null : "0",
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
        .Concat(TotalWords switch
        {
            [_] => Result is { Totals: [{ Value: { } total }, ..] } ? [$"total={ScoreInputs.Show(total)}"] : [],
            var several => several.Where(w => this["w." + w.Name].Length > 0).Select(w => $"{w.Name}={this["w." + w.Name]}"),
        }));

    /// <summary>A word that an item takes instead of a number, typed with spaces or with capitals.</summary>
    private static string Code(InstrumentItem item, string text) => item.Table?.Codes.Keys.FirstOrDefault(c => string.Equals(c, text.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase)) ?? text;

    private void Read(DateOnly today)
    {
        At = TypedFields.Day(fields, today, problems);
        Chosen("form", Forms.Count > 1 ? [.. Forms.Select(f => f.Id)] : []);
        Chosen("sex", AsksSex ? ["female", "male"] : []);
        foreach (var choice in Choices)
        {
            Chosen("w." + choice.Name, choice.Totals);
        }

        (Earlier, Infusions) = EarlierAssessments.Read(this, today, problems, inputs => Scorers.Score(knowledge, Request, inputs));
        // Each scale for itself: a mistake in one would else hide those behind it.
        foreach (var (word, total) in TotalWords.Where(w => this["w." + w.Name].Length > 0).Select(w => (w, Instrument.Total(w.Totals[0])!)))
        {
            Try("w." + word.Name, () => ScoreInputs.Within(ScoreInputs.NumberOf(Value(this["w." + word.Name], total.Name), total.Name, null) ?? total.Low, total.Low, total.High, total.Name));
        }

        foreach (var item in Items.Where(i => this["a." + i.Id].Length > 0))
        {
            Try("a." + item.Id, () => Answer.Read(item, Value(Code(item, this["a." + item.Id]), item.Label), item.Label, this["sex"] is { Length: > 0 } sex ? sex : null));
        }

        foreach (var id in fields.Keys.Where(k => k.StartsWith("a.", StringComparison.Ordinal)).Select(k => k[2..]).Where(id => Instrument.Items.All(i => i.Id != id)))
        {
            problems.Add(new("at", $"{Instrument.Name} has no item '{id}'{ScoreInputs.Near(id, Instrument.Items.Select(i => i.Id))}"));
        }

        foreach (var name in fields.Keys.Where(k => k.StartsWith("w.", StringComparison.Ordinal)).Select(k => k[2..]).Where(n => TotalWords.Concat(Choices).All(w => w.Name != n)))
        {
            problems.Add(new("at", $"{Instrument.Name} does not ask '{name}'{ScoreInputs.Near(name, TotalWords.Concat(Choices).Select(w => w.Name))}"));
        }

        if (problems.Count == 0 && (Items.Count > 0 || HasAnswers))
        {
            Try(TotalWords is [var first, ..] ? "w." + first.Name : "at", () => Result = Scorers.Score(knowledge, Request, Inputs(fields)));
        }
    }

    /// <summary>A choice that the form does not offer is said, not taken for its first.</summary>
    private void Chosen(string field, IReadOnlyList<string> offered)
    {
        if (this[field].Length > 0 && offered.Count > 0 && !offered.Contains(this[field]))
        {
            problems.Add(new(field, $"'{this[field]}' is not offered here; choose {string.Join(" or ", offered.Select(Words.Plain))}."));
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
            inputs.Add(new(word.Name, Value(from["w." + word.Name], Instrument.Total(word.Totals[0])!.Name)));
        }

        foreach (var item in Items)
        {
            var value = from.TryGetValue("a." + item.Id, out var text) ? Value(Code(item, text), item.Label) : Given.Nothing;
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

        if (Instrument.NeverFalls && LastOf(Instrument.Totals[0].Id)?.Of(Instrument.Totals[0].Id)?.Value is { } before)
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
