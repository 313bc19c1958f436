using System.Globalization;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;
using IgLoop.Features.Decide;
using IgLoop.Features.Scores;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Response;

/// <summary>One column of a list of the form.</summary>
/// <param name="Name">Key of the request.</param>
/// <param name="Kind"><c>date</c>, <c>text</c>, <c>choice</c> or <c>check</c>.</param>
/// <param name="Needed">Whether a row that holds something must hold this.</param>
public sealed record RowColumn(string Name, string Words, string Kind, bool Needed = false, string? Example = null);

/// <summary>A list of the form, such as the infusions.</summary>
public sealed record RowList(string Name, string Words, string One, string Hint, IReadOnlyList<RowColumn> Columns, int Usual);

/// <summary>The form of a response as filled in, and the judgement. Nothing of it is kept.</summary>
/// <remarks>
/// Names of inputs: <c>LIST.ROW.COLUMN</c> of a list, <c>rows.LIST</c> how many rows are shown, <c>more</c> the list that gets more of them,
/// <c>m.MEASURE</c> of a bundle, <c>lines</c> what the score forms give to keep, <c>text</c> a request as the command line takes it.
/// </remarks>
public sealed class ResponseForm
{
    /// <summary>A larger file is not read.</summary>
    public const int MostBytes = 1024 * 1024;

    private const int MostRows = 60;
    private const int MoreRows = 4;

    /// <summary>The lists of the form, in the order of the questions.</summary>
    public static readonly IReadOnlyList<RowList> Lists =
    [
        new("assessments", "Assessments", "Assessment", "The totals before and after. Leave the value empty where it is not known.", [new("at", "Day", "date", true), new("instrument", "Instrument", "choice"), new("value", "Total", "text"), new("unit", "Unit, if any", "text")], 4),
        new("infusions", "Infusions", "Infusion", "What was given, not what is planned.", [new("at", "Day", "date", true), new("g", "Grams", "text")], 3),
        new("platelets", "Platelets", "Count", "", [new("at", "Day", "date", true), new("count", "Count, 10⁹/L", "text", true)], 2),
        new("steroids", "Steroids", "Dose", "A dose holds until the next entry of the drug; write 0 on the day it stops.", [new("from", "From", "date", true), new("drug", "Drug", "choice", true), new("mg", "mg a day", "text", true), new("every_days", "Every how many days", "text", Example: "1"), new("pulse", "One pulse", "check")], 2),
    ];

    private readonly Dictionary<string, string> fields;
    private readonly List<FieldProblem> problems = [];
    private readonly KnowledgeBase knowledge;

    private ResponseForm(KnowledgeBase knowledge, Dictionary<string, string> fields) => (this.knowledge, this.fields) = (knowledge, fields);

    public IReadOnlyList<FieldProblem> Problems => problems;
    public Review? Review { get; private set; }
    public CohortReview? Cohort { get; private set; }

    /// <summary>Grams of infusions by day, for the picture.</summary>
    public IReadOnlyDictionary<DateOnly, decimal> Grams { get; private set; } = new Dictionary<DateOnly, decimal>();
    public string this[string name] => fields.GetValueOrDefault(name, "");

    /// <summary>Whether anything was said that can be judged.</summary>
    public bool HasAnything => fields.Any(f => f.Value.Length > 0 && (Lists.Any(l => f.Key.StartsWith(l.Name + ".", StringComparison.Ordinal)) || f.Key is "lines" or "text"));

    /// <summary>Whether the answer is of a pasted or uploaded request; the questions are then not used.</summary>
    public bool IsOfText => this["text"].Length > 0;

    /// <summary>The bundle that an authority asks for in the chosen condition; null: none.</summary>
    public Core.Knowledge.Instruments.Instrument? Bundle => knowledge.Conditions.GetValueOrDefault(this["condition"])?.Entries.Select(e => e.Review?.Bundle).OfType<string>().Select(b => knowledge.Instruments.GetValueOrDefault(b)).FirstOrDefault(b => b is not null);

    /// <param name="file">An uploaded request; it takes the place of what was pasted.</param>
    public static ResponseForm Of(KnowledgeBase knowledge, IEnumerable<KeyValuePair<string, StringValues>> posted, string? file, DateOnly today)
    {
        var typed = TypedFields.Read(posted, today);
        if (file is not null)
        {
            typed["text"] = file;
        }

        var form = new ResponseForm(knowledge, typed);
        if (typed.Remove("more", out var list) && Lists.FirstOrDefault(l => l.Name == list) is { } more)
        {
            typed[$"rows.{list}"] = form.RowsOf(more, MoreRows).ToString(CultureInfo.InvariantCulture);
        }

        form.Judge(today);
        return form;
    }

    /// <summary>The form with a file that was not read; nothing is judged, what was typed stays.</summary>
    public static ResponseForm Refused(KnowledgeBase knowledge, IEnumerable<KeyValuePair<string, StringValues>> posted, string why, DateOnly today)
    {
        var form = new ResponseForm(knowledge, TypedFields.Read(posted, today));
        form.problems.Add(new("record", why));
        return form;
    }

    public string? Problem(string input) => problems.FirstOrDefault(p => p.Input == input)?.Message;

    /// <summary>How many rows a list shows: never fewer than are filled in.</summary>
    public int RowsOf(RowList list, int more = 0)
    {
        var filled = fields.Keys.Where(k => k.StartsWith(list.Name + ".", StringComparison.Ordinal)).Select(k => k.Split('.')).Where(k => k.Length == 3 && int.TryParse(k[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < MostRows).Select(k => int.Parse(k[1], CultureInfo.InvariantCulture) + 1).DefaultIfEmpty(0).Max();
        var shown = int.TryParse(this[$"rows.{list.Name}"], NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : list.Usual;
        return Math.Min(MostRows, Math.Max(filled, shown) + more);
    }

    private void Judge(DateOnly today)
    {
        if (!HasAnything)
        {
            return;
        }

        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var given = IsOfText ? (Given.Map)ScoreJson.Given(YamlInput.Read(this["text"])) : Request(places);
            if (problems.Count > 0)
            {
                return;
            }

            Cohort = CohortRequest.Of(knowledge, given, today);
            Review = Cohort is null ? Core.Reviewing.Reviews.Of(knowledge, ReviewReading.Read(knowledge, given, today, hours: IsOfText)) : null;
        }
        catch (BatchException e)
        {
            problems.Add(new("text", $"{e.Message} ({e.Where})"));
        }
        catch (ScoringException e)
        {
            var input = IsOfText ? "text" : places.GetValueOrDefault(e.Where) ?? (fields.ContainsKey(e.Where) ? e.Where : e.Where.StartsWith("composites", StringComparison.Ordinal) ? "lines" : e.Where is "at" or "condition" or "authority" or "phase" or "goal" or "instrument" ? e.Where : "at");
            problems.Add(new(input, Words.Sentence(places.TryGetValue(e.Where, out var field) ? Others(Said(e.Message, e.Where, NameOf(field)), places) : e.Message)));
        }
    }

    /// <summary>The request in the words of the command line; <paramref name="places"/> tells which field stands at each place of it.</summary>
    private Given.Map Request(Dictionary<string, string> places)
    {
        var request = new List<KeyValuePair<string, Given>>();
        foreach (var name in new[] { "at", "condition", "authority", "phase", "goal", "instrument" }.Where(n => this[n].Length > 0))
        {
            request.Add(new(name, name == "at" ? Day(name, "Today") : Given.Of(this[name])));
        }

        foreach (var name in new[] { "rescue", "flare", "bleeding" })
        {
            if (this[name] is not ("" or "yes" or "no"))
            {
                problems.Add(new(name, $"{Words.Sentence(name)} is yes, no or not known, not '{this[name]}'."));
            }
            else if (this[name].Length > 0)
            {
                request.Add(new(name, Given.Of(this[name] == "yes")));
            }
        }

        if (this["reason"].Length > 0)
        {
            request.Add(new("withdrawn", new Given.Map([new("reason", Given.Of(this["reason"])), .. this["stopped"].Length > 0 ? new[] { KeyValuePair.Create("at", Day("stopped", "The day of stopping")) } : []])));
            places["withdrawn.reason"] = "reason";
            places["withdrawn.at"] = "stopped";
        }

        if (Bundle is { } bundle)
        {
            foreach (var list in new[] { "improved", "not_improved" })
            {
                var named = bundle.List("measures").Where(m => this[$"m.{m}"] == list).ToList();
                request.AddRange(named.Count > 0 ? [new(list, Given.Of(named))] : []);
            }
        }

        var lines = KeptLines.Read(knowledge, this["lines"], problems);
        foreach (var list in Lists)
        {
            var rows = Rows(list, places);
            if (list.Name == "assessments")
            {
                rows.AddRange(lines.Assessments);
            }

            if (rows.Count > 0)
            {
                request.Add(new(list.Name, new Given.List(rows)));
            }
        }

        Said(request);
        if (lines.Composites.Count > 0)
        {
            request.Add(new("composites", new Given.Map(lines.Composites)));
        }

        return new(request);
    }

    /// <summary>The assessor's word on the instrument that decides, put to what is said of measures of a bundle.</summary>
    private void Said(List<KeyValuePair<string, Given>> request)
    {
        var word = this["said"];
        if (word.Length == 0)
        {
            return;
        }

        var first = request.Select(r => r.Value).OfType<Given.List>().SelectMany(l => l.Items).OfType<Given.Map>().Select(m => m.Find("instrument")).OfType<Given.Text>().FirstOrDefault()?.Value;
        if (word is not ("improved" or "not_improved"))
        {
            problems.Add(new("said", $"The assessor's word is improved or not improved, not '{word}'."));
        }
        else if ((this["instrument"] is { Length: > 0 } chosen ? chosen : first) is not { } of)
        {
            problems.Add(new("said", "Choose the instrument that decides; the assessor's word is about it."));
        }
        else
        {
            var said = request.Find(r => r.Key == word).Value is Given.List already ? already.Items.OfType<Given.Text>().Select(t => t.Value).ToList() : [];
            request.RemoveAll(r => r.Key == word);
            request.Add(new(word, Given.Of([.. said.Append(of).Distinct(StringComparer.Ordinal)])));
        }
    }

    private List<Given> Rows(RowList list, Dictionary<string, string> places)
    {
        var rows = new List<Given>();
        var grams = new Dictionary<DateOnly, decimal>();
        for (var n = 0; n < RowsOf(list); n++)
        {
            // An instrument alone is only the choice of the row before anything was typed in it.
            if (list.Columns.All(c => c.Name == "instrument" || this[$"{list.Name}.{n}.{c.Name}"].Length == 0))
            {
                continue;
            }

            var row = new List<KeyValuePair<string, Given>>();
            foreach (var c in list.Columns)
            {
                var field = $"{list.Name}.{n}.{c.Name}";
                places[$"{list.Name}[{rows.Count}].{c.Name}"] = field;
                places.TryAdd($"{list.Name}[{rows.Count}]", field);
                var text = this[field];
                if (text.Length == 0 && c.Needed)
                {
                    problems.Add(new(field, $"{NameOf(field)} is missing; give it, or empty the row."));
                }
                else if (text.Length > 0)
                {
                    row.Add(new(c.Name, c.Kind switch { "date" => Day(field, NameOf(field)), "check" => Given.Of(true), "choice" => Given.Of(text), _ => Typed(field, text, c.Name == "unit") }));
                }
                else if (c.Name == "value")
                {
                    row.Add(new(c.Name, Given.Nothing));
                }
            }

            if (list.Name == "infusions" && TypedFacts.TryDate(this[$"infusions.{n}.at"], out var day) && TypedFacts.TryNumber(this[$"infusions.{n}.g"], out var g))
            {
                grams[day] = grams.GetValueOrDefault(day) + g;
            }

            rows.Add(new Given.Map(row));
        }

        Grams = list.Name == "infusions" ? grams : Grams;
        return rows;
    }

    private Given Typed(string field, string text, bool word)
    {
        if (word || text == "unable")
        {
            return Given.Of(text);
        }

        if (text.Contains(',', StringComparison.Ordinal))
        {
            problems.Add(new(field, $"{NameOf(field)}: '{text}' is ambiguous, since a comma may mean thousands or decimals; write the decimal with a point."));
        }
        else if (!TypedFacts.TryNumber(text, out _))
        {
            problems.Add(new(field, $"{NameOf(field)} must be a number, not '{text}'."));
        }

        return TypedFacts.TryNumber(text, out var number) ? Given.Of(number) : Given.Nothing;
    }

    private Given Day(string field, string words)
    {
        if (TypedFacts.TryDate(this[field], out var day))
        {
            return Given.Of(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }

        problems.Add(new(field, $"{words} must be a date such as 2026-11-22, not '{this[field]}'."));
        return Given.Nothing;
    }

    /// <summary>A sentence of the core with the field of the form in place of the place in a request: brackets around it fall away.</summary>
    private static string Said(string message, string where, string field) => message.StartsWith(where, StringComparison.Ordinal) || !message.Contains($" ({where})", StringComparison.Ordinal)
        ? message.Replace(where, field, StringComparison.Ordinal)
        : $"{field}: {message.Replace($" ({where})", "", StringComparison.Ordinal)}";

    /// <summary>Another place that the sentence names, such as the row with the same day, is named as the form names it too.</summary>
    private static string Others(string message, Dictionary<string, string> places) =>
        places.Where(p => p.Key.Contains("].", StringComparison.Ordinal)).Aggregate(message, (said, p) => said.Replace(p.Key, NameOf(p.Value), StringComparison.Ordinal));

    private static string NameOf(string field)
    {
        var parts = field.Split('.');
        return parts.Length == 3 && Lists.FirstOrDefault(l => l.Name == parts[0]) is { } list && list.Columns.FirstOrDefault(c => c.Name == parts[2]) is { } column
            ? $"{list.One} {int.Parse(parts[1], CultureInfo.InvariantCulture) + 1}, {Words.Inside(column.Words)}"
            : Words.Sentence(Words.Plain(field));
    }
}
