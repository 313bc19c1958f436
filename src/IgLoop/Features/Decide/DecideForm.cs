using System.Globalization;
using IgLoop.Core.Deciding;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Features.Shell;
using Microsoft.Extensions.Primitives;

namespace IgLoop.Features.Decide;

/// <summary>Something typed that cannot be used.</summary>
/// <param name="Input">Id of the input, for the link to it.</param>
/// <param name="Message">One sentence: what is wrong and how to mend it.</param>
public sealed record FieldProblem(string Input, string Message);

/// <summary>The form of the Decide page as typed: texts by the names of the inputs. Nothing of it is kept.</summary>
/// <remarks>
/// Names: <c>condition</c>, <c>goal</c>, <c>phase</c>, <c>dose</c>, <c>days</c>, <c>course</c>, <c>product</c>, <c>authority</c>, <c>weight_rule</c>, <c>at</c>;
/// of a fact <c>f.ID</c> its value, <c>u.ID</c> its unit, <c>t.ID</c> when it was taken, <c>s.ID</c> where a record gave it and <c>o.ID</c>
/// what the record gave, so that a value that was changed by hand is not credited to the record.
/// </remarks>
public sealed class DecideForm
{
    private readonly Dictionary<string, string> fields;

    public DecideForm(IEnumerable<KeyValuePair<string, string>> fields) =>
        this.fields = fields.Where(f => f.Value.Length > 0).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    public static DecideForm Of(IEnumerable<KeyValuePair<string, StringValues>> posted) =>
        new(posted.Where(f => f.Key.Length <= 100).Select(f => KeyValuePair.Create(f.Key, (f.Value[^1] ?? "").Trim())));

    /// <summary>What was typed; empty when nothing was.</summary>
    public string this[string name] => fields.GetValueOrDefault(name, "");

    public IEnumerable<KeyValuePair<string, string>> Fields => fields;

    /// <summary>True when the form holds anything about the patient.</summary>
    public bool HasFacts => fields.Keys.Any(k => k.StartsWith("f.", StringComparison.Ordinal));

    public DecideForm With(params IEnumerable<KeyValuePair<string, string>> more)
    {
        var all = new Dictionary<string, string>(fields, StringComparer.Ordinal);
        foreach (var (name, text) in more)
        {
            all[name] = text;
        }

        return new(all);
    }

    /// <summary>The form with the values of a record in every place where nothing was typed.</summary>
    public DecideForm Filled(ChartAt record)
    {
        var more = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var fact in record.Facts.Catalogue.All)
        {
            var value = record.Facts[fact] ?? record.Stale.FirstOrDefault(s => s.Fact.Id == fact.Id)?.Value;
            if (value is null || fact.Scope == FactScope.Product || this["f." + fact.Id].Length > 0 || value.Source is "derived")
            {
                continue;
            }

            var text = Typed(fact, value);
            var taken = value.At is { } at ? Iso(at) : "";
            more["f." + fact.Id] = text;
            more["u." + fact.Id] = fact.Unit?.Code ?? "";
            more["t." + fact.Id] = taken;
            more["s." + fact.Id] = value.Source;
            more["o." + fact.Id] = Mark(text, fact.Unit?.Code ?? "", taken);
        }

        if (record.Label is { } label)
        {
            more["label"] = label;
        }

        if (record.Died is { } died)
        {
            more["died"] = Iso(died);
        }

        return With(more);
    }

    /// <summary>What is asked, what is known, and what could not be read; with any problem there is nothing to decide on.</summary>
    public (DecisionRequest? Request, Chart Chart, IReadOnlyList<FieldProblem> Problems) Read(KnowledgeBase knowledge)
    {
        var problems = new List<FieldProblem>();
        var entries = new List<ChartEntry>();
        foreach (var fact in knowledge.Facts.All.Where(f => f.Scope != FactScope.Product))
        {
            if (this["f." + fact.Id].Length > 0 && ReadFact(fact, problems) is { } value)
            {
                entries.Add(new(fact, value));
            }
        }

        var at = Day("at", "decision date", problems);
        if (at is null && problems.All(p => p.Input != "at"))
        {
            problems.Add(new("at", "Enter the decision date, for example 2026-11-22: what is too old or too young depends on it."));
        }

        if (at is { } day)
        {
            problems.AddRange(entries.Select(e => AfterTheDay(e, day)).OfType<FieldProblem>());
        }

        var request = new DecisionRequest
        {
            Condition = Known("condition", knowledge.Conditions.ContainsKey, problems),
            Goal = Known("goal", knowledge.Manifestations.ContainsKey, problems),
            Product = Known("product", knowledge.Products.ContainsKey, problems),
            Authority = Known("authority", knowledge.Authorities.ContainsKey, problems),
            GPerKg = Amount("dose", "dose", 0.01m, 10m, "g/kg", problems),
            Days = (int?)Whole("days", "number of days", 1, 30, problems),
            CourseNumber = (int?)Whole("course", "course number", 1, 1000, problems),
            WeightRule = Known("weight_rule", knowledge.WeightRules.ContainsKey, problems),
            Phase = this["phase"] == "maintenance" ? Phase.Maintenance : Phase.Induction,
            At = at ?? default,
        };
        var chart = new Chart
        {
            Entries = entries,
            Label = this["label"] is { Length: > 0 } label ? label : null,
            Died = Day("died", "day of death", problems),
        };
        return (problems.Count == 0 ? request : null, chart, problems);
    }

    /// <summary>A refusal of the core as a problem of the input it speaks of.</summary>
    public static FieldProblem Refused(DosingException refusal) => new(
        refusal.Where switch
        {
            "g_per_kg" => "dose",
            "course_number" => "course",
            "condition" or "goal" or "product" or "authority" or "days" or "weight_rule" => refusal.Where,
            "cm" or "height" => "f.height",
            "sex" => "f.sex",
            "age" => "f.birth_date",
            _ => "f.weight",
        },
        refusal.Message);

    private FactValue? ReadFact(FactDefinition fact, List<FieldProblem> problems)
    {
        var (text, unit, taken) = (this["f." + fact.Id], this["u." + fact.Id], this["t." + fact.Id]);
        var at = Day("t." + fact.Id, $"date of {fact.Name}", problems);
        var source = this["s." + fact.Id] is { Length: > 0 } s && this["o." + fact.Id] == Mark(text, unit, taken) ? s : "entered";
        if (TypedFacts.TryRead(fact, text, unit, out var value, out var problem))
        {
            return value with { At = at, Source = source };
        }

        problems.Add(new("f." + fact.Id, problem));
        return null;
    }

    /// <summary>A birth, or a value typed by hand, that is dated after the decision; a later value of a record is only not used yet.</summary>
    private static FieldProblem? AfterTheDay(ChartEntry entry, DateOnly day) => entry switch
    {
        { Fact.Id: "birth_date" } when entry.Value.AsDate > day =>
            new("f.birth_date", $"The birth date {Words.Date(entry.Value.AsDate)} is after the decision date ({Words.Date(day)}): mend one of the two."),
        { Value: { Source: "entered", At: { } taken } } when taken > day =>
            new("t." + entry.Fact.Id, $"{entry.Fact.Name}: {Words.Date(taken)} is after the decision date ({Words.Date(day)}): mend one of the two."),
        _ => null,
    };

    private string? Known(string name, Func<string, bool> exists, List<FieldProblem> problems)
    {
        var id = this[name];
        if (id.Length > 0 && !exists(id))
        {
            problems.Add(new(name, $"The {name.Replace('_', ' ')} '{id}' is not in this knowledge: choose one from the list."));
        }

        return id.Length == 0 ? null : id;
    }

    private decimal? Amount(string name, string what, decimal low, decimal high, string unit, List<FieldProblem> problems)
    {
        var text = this[name];
        if (text.Length == 0)
        {
            return null;
        }

        if (TypedFacts.TryNumber(text, out var number) && number >= low && number <= high)
        {
            return number;
        }

        problems.Add(new(name, string.Create(CultureInfo.InvariantCulture, $"The {what} must be a number from {low} to {high} {unit}, not '{text}'.").Replace("  ", " ", StringComparison.Ordinal).Replace(" ,", ",", StringComparison.Ordinal)));
        return null;
    }

    private decimal? Whole(string name, string what, int low, int high, List<FieldProblem> problems)
    {
        var number = Amount(name, what, low, high, "", problems);
        if (number is { } n && n != decimal.Truncate(n))
        {
            problems.Add(new(name, $"The {what} must be a whole number, not '{this[name]}'."));
            return null;
        }

        return number;
    }

    private DateOnly? Day(string name, string what, List<FieldProblem> problems)
    {
        var text = this[name];
        if (text.Length == 0)
        {
            return null;
        }

        if (TypedFacts.TryDate(text, out var date))
        {
            return date;
        }

        problems.Add(new(name, $"The {what} must be a date such as 2026-11-22 or 22 November 2026, not '{text}'."));
        return null;
    }

    /// <summary>A value as its input shows it.</summary>
    private static string Typed(FactDefinition fact, FactValue value) => fact.Type switch
    {
        FactType.Boolean => value.AsBoolean ? "yes" : "no",
        FactType.Choice => value.Text ?? "",
        FactType.Date => Iso(value.AsDate),
        _ => value.Number.ToString("0.######", CultureInfo.InvariantCulture),
    };

    private static string Mark(string text, string unit, string taken) => $"{text}|{unit}|{taken}";

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
