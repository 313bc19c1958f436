using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;

namespace IgLoop.Features.Costs;

/// <summary>The fields of the page about costs, as typed. They come in the address, so that a result can be kept as a link; none of them says who a patient is.</summary>
public sealed class CostForm(IReadOnlyDictionary<string, string> typed)
{
    /// <summary>Draws of the probabilistic analysis on the page, and their seed: the same form gives the same picture.</summary>
    public const int Draws = 1000;

    public const int Seed = 1;

    private const int LongestText = 300;

    private static readonly (string Name, string Label)[] Numbers =
    [
        ("weight", "Weight"), ("low", "Low dose"), ("high", "High dose"), ("low_infusions", "Infusions of the low course"), ("high_infusions", "Infusions of the high course"), ("price", "Price of a gram"), ("visit", "Cost of an infusion"),
        ("low_patients", "Patients on low dose"), ("low_responders", "Responders to low dose"), ("high_patients", "Patients on high dose"), ("high_responders", "Responders to high dose"), ("qaly", "QALYs of a response"), ("threshold", "Threshold"),
    ];

    private static readonly string[] Needed = ["weight", "low", "high", "price"];

    /// <summary>All fields in the order of the form.</summary>
    private static readonly string[] Fields = ["weight", "low", "low_infusions", "high", "high_infusions", "product", "price", "visit", "currency", "date", "source", "low_patients", "low_responders", "high_patients", "high_responders", "qaly", "threshold"];

    /// <summary>What stands in a field; empty when nothing does.</summary>
    public string this[string name] => typed.TryGetValue(name, out var text) ? text : "";

    /// <summary>Whether anything was asked.</summary>
    public bool Asked => typed.Count > 0;

    public static CostForm Of(IQueryCollection query) => new(query.ToDictionary(q => q.Key, q => q.Value.ToString() is { Length: <= LongestText } t ? t.Trim() : q.Value.ToString()[..LongestText].Trim(), StringComparer.Ordinal));

    /// <summary>The answer, or what is wrong by name of the field.</summary>
    public (CostAnswer? Answer, IReadOnlyDictionary<string, string> Problems) Read(KnowledgeBase knowledge, DateOnly today)
    {
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var numbers = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (name, label) in Numbers.Where(n => this[n.Name].Length > 0))
        {
            if (decimal.TryParse(this[name], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            {
                numbers[name] = value;
            }
            else
            {
                problems[name] = $"{label} must be a number such as 0.5, not '{this[name]}'.";
            }
        }

        foreach (var name in Needed.Where(n => this[n].Length == 0))
        {
            problems[name] = $"{Numbers.First(n => n.Name == name).Label} is missing; give a number.";
        }

        var form = new CostForm(new Dictionary<string, string>(typed, StringComparer.Ordinal));
        foreach (var name in problems.Keys)
        {
            form.StandIn(name, numbers);
        }

        // What is wrong is said all at once: a field that is refused gets a value that is none of the reader's, so that the next refusal can be found.
        while (true)
        {
            try
            {
                var answer = CostAnswer.To(form.Request(numbers), knowledge, today);
                return problems.Count == 0 ? (answer, problems) : (null, InOrder(problems));
            }
            catch (BatchException e)
            {
                var field = Field(e);
                if (!problems.TryAdd(field, Said(e.Message)))
                {
                    return (null, InOrder(problems));
                }

                form.StandIn(field, numbers);
            }
        }
    }

    /// <summary>In the order of the form, as it is read.</summary>
    private static Dictionary<string, string> InOrder(Dictionary<string, string> problems) =>
        problems.OrderBy(p => Array.IndexOf(Fields, p.Key)).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);

    /// <summary>Makes a field that was refused pass: with a possible value where there must be one, else by leaving it out.</summary>
    private void StandIn(string field, Dictionary<string, decimal> numbers)
    {
        if (Needed.Contains(field))
        {
            numbers[field] = field == "weight" ? 70 : 1;
            return;
        }

        if (field.EndsWith("_patients", StringComparison.Ordinal) || field.EndsWith("_responders", StringComparison.Ordinal))
        {
            var arm = field.Split('_')[0];
            numbers.Remove($"{arm}_patients");
            numbers.Remove($"{arm}_responders");
            return;
        }

        numbers.Remove(field);
        ((Dictionary<string, string>)typed)[field] = field switch { "currency" => "XXX", "date" => "2000", "source" => "none", _ => "" };
    }

    private JsonObject Request(Dictionary<string, decimal> numbers)
    {
        var prices = new JsonObject { ["per_gram"] = numbers["price"], ["currency"] = this["currency"], ["date"] = this["date"], ["source"] = this["source"] };
        Put(prices, "per_infusion", "visit");
        var request = new JsonObject { ["weight_kg"] = numbers["weight"], ["prices"] = prices, ["arms"] = new JsonArray(Arm("low"), Arm("high")), ["psa"] = new JsonObject { ["draws"] = Draws, ["seed"] = Seed } };
        Put(request, "qaly_per_responder", "qaly");
        Put(request, "thresholds", "threshold");
        if (this["product"].Length > 0)
        {
            request["product"] = this["product"];
        }

        return request;

        JsonObject Arm(string name)
        {
            var arm = new JsonObject { ["name"] = name, ["g_per_kg"] = numbers[name] };
            Put(arm, "infusions", $"{name}_infusions");
            Put(arm, "patients", $"{name}_patients");
            Put(arm, "responders", $"{name}_responders");
            return arm;
        }

        void Put(JsonObject o, string key, string field)
        {
            if (numbers.TryGetValue(field, out var value))
            {
                o[key] = value;
            }
        }
    }

    /// <summary>The message with the names that the fields have, not those of a request.</summary>
    private static string Said(string message)
    {
        foreach (var (key, name) in new[] { ("prices.per_gram", "the price of a gram"), ("prices.per_infusion", "the cost of an infusion"), ("weight_kg", "weight"), ("qaly_per_responder", "QALYs of a response"), ("arms.low.", "low dose: "), ("arms.high.", "high dose: "), ("arms.low", "the low dose"), ("arms.high", "the high dose"), ("g_per_kg", "g/kg") })
        {
            message = message.Replace(key, name, StringComparison.Ordinal);
        }

        return Shell.Words.Sentence(message);
    }

    /// <summary>The field to mend.</summary>
    private static string Field(BatchException e) => (e.Code, e.Where) switch
    {
        ("no-currency", _) => "currency",
        ("undated-price" or "bad-date", _) => "date",
        ("no-source", _) => "source",
        (_, "weight_kg") => "weight",
        (_, "prices.per_infusion") => "visit",
        (_, "product") => "product",
        (_, "qaly_per_responder") => "qaly",
        (_, "thresholds") => "threshold",
        (_, "infusions") => "low_infusions",
        (_, "patients") => "low_patients",
        (_, "responders") => "low_responders",
        (_, var where) when where.Split('.') is ["arms", "low" or "high", var key] => key == "g_per_kg" ? where.Split('.')[1] : $"{where.Split('.')[1]}_{key}",
        _ => "price",
    };
}
