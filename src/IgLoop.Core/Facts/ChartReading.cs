using System.Globalization;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IgLoop.Core.Facts;

/// <summary>What is wrong with what was given.</summary>
/// <param name="Code">For scripts: <c>unknown-fact</c>, <c>bad-value</c>, <c>not-yaml</c> …</param>
/// <param name="Message">One sentence: what, and how to mend it.</param>
/// <param name="Where">The place: a line, a key, a resource.</param>
public sealed record InputProblem(string Code, string Message, string Where)
{
    public override string ToString() => $"{Where}: {Message}";
}

/// <summary>A chart that was typed or sent, with the parts of the request that came with it.</summary>
/// <param name="Chart">The chart; null when anything was wrong.</param>
/// <param name="Request">Keys and texts of the <c>request</c> section.</param>
public sealed record ChartInput(Chart? Chart, IReadOnlyDictionary<string, string> Request, IReadOnlyList<InputProblem> Problems);

/// <summary>Reads charts that people type (YAML) or programs send (JSON object of facts).</summary>
public static class ChartReading
{
    /// <summary>Keys of the <c>request</c> section.</summary>
    public static readonly IReadOnlyList<string> RequestKeys = ["condition", "goal", "product", "authority", "g_per_kg", "days", "phase", "course_number", "weight_rule", "at"];

    private static readonly (string Suffix, string Unit)[] UnitsInNames = [("_g_L", "g/L"), ("_umol_L", "umol/L"), ("_kg", "kg"), ("_cm", "cm")];

    /// <summary>Reads a chart as a person types it; all problems are told, and any problem means no chart.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="catalogue">The known facts.</param>
    /// <param name="label">A neutral label such as the file's name.</param>
    /// <param name="at">Day of the decision: a birth date after it is refused; null: not checked.</param>
    public static ChartInput FromYaml(string text, FactCatalogue catalogue, string label, DateOnly? at = null)
    {
        var problems = new List<InputProblem>();
        var request = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = new List<ChartEntry>();
        YamlMappingNode? top;
        try
        {
            top = YamlText.Mapping(text);
        }
        catch (YamlMistakeException e)
        {
            return new(null, request, [new("not-yaml", $"This cannot be read as a chart: {e.Message}. A chart has one 'fact: value' a line.", e.Where)]);
        }

        if (top is null || top.Children.Count == 0)
        {
            return new(null, request, [new("not-a-chart", "A chart holds one 'fact: value' a line; this holds none.", "line 1")]);
        }

        foreach (var (keyNode, node) in top.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            var where = $"line {keyNode.Start.Line}";
            if (key == "request")
            {
                ReadRequest(node, where, request, problems);
            }
            else
            {
                foreach (var (value, on, line) in Dated(node, where, problems))
                {
                    Add(catalogue, key, value, on, line, $"{label}:{line.Replace("line ", "", StringComparison.Ordinal)}", bareAllowed: false, entries, problems);
                }
            }
        }

        return Finish(entries, request, problems, label, at);
    }

    /// <summary>Reads a JSON object of facts by identifier. A bare number is in the fact's canonical unit; <c>{"value": …, "unit": …, "on": …}</c> says it.</summary>
    public static ChartInput FromJson(JsonElement facts, FactCatalogue catalogue, string label, DateOnly? at = null)
    {
        var problems = new List<InputProblem>();
        var entries = new List<ChartEntry>();
        var request = new Dictionary<string, string>(StringComparer.Ordinal);
        if (facts.ValueKind != JsonValueKind.Object)
        {
            return new(null, request, [new("not-a-chart", "A chart must be a JSON object of facts by identifier.", label)]);
        }

        foreach (var property in facts.EnumerateObject())
        {
            var where = $"chart.{property.Name}";
            var values = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToList() : [property.Value];
            foreach (var value in values)
            {
                var dated = value.ValueKind == JsonValueKind.Object;
                var plain = dated ? value.TryGetProperty("value", out var v) ? v : default : value;
                var unit = dated && value.TryGetProperty("unit", out var u) ? " " + u.GetString() : "";
                var on = dated && value.TryGetProperty("on", out var o) ? o.GetString() : null;
                var text = plain.ValueKind switch
                {
                    JsonValueKind.String => plain.GetString() + unit,
                    JsonValueKind.Number => plain.GetRawText() + unit,
                    JsonValueKind.True => "yes",
                    JsonValueKind.False => "no",
                    _ => null,
                };
                if (text is not null)
                {
                    Add(catalogue, property.Name, text, on, where, where, bareAllowed: true, entries, problems);
                }
                else if (plain.ValueKind != JsonValueKind.Null)
                {
                    problems.Add(new("bad-value", $"{property.Name} must be a value, or an object with value, unit and on.", where));
                }
            }
        }

        return Finish(entries, request, problems, label, at);
    }

    /// <summary>Reads one fact by name; adds an entry or a problem.</summary>
    private static void Add(FactCatalogue catalogue, string name, string text, string? on, string where, string source, bool bareAllowed, List<ChartEntry> entries, List<InputProblem> problems)
    {
        if (!catalogue.TryFind(name, out var fact))
        {
            var near = catalogue.Nearest(name);
            problems.Add(new("unknown-fact", $"There is no fact '{name}'{(near.Count > 0 ? $"; did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?" : "; 'igloop knowledge show patient' lists what can be told.")}", where));
            return;
        }

        if (fact.Scope == FactScope.Product)
        {
            problems.Add(new("bad-value", $"{name} belongs to the product and cannot be told; name the product instead.", where));
            return;
        }

        DateOnly? time = null;
        if (on is not null)
        {
            if (!DateOnly.TryParseExact(on.Length > 10 ? on[..10] : on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                problems.Add(new("bad-date", $"{name}: 'on' must be a date written year-month-day, such as 2026-11-20, not '{on}'.", where));
                return;
            }

            time = day;
        }

        var bare = fact.Unit is null ? null : Array.Find(UnitsInNames, u => name != fact.Id && name.EndsWith(u.Suffix, StringComparison.Ordinal) && Quantities.Unit.Parse(u.Unit).IsComparableTo(fact.Unit)).Unit ?? (bareAllowed || fact.Scope == FactScope.Request ? fact.Unit.Code : null);
        if (!ValueReading.TryRead(fact, text, bare, out var value, out var problem))
        {
            problems.Add(new("bad-value", problem!, where));
            return;
        }

        entries.Add(new(fact, value with { At = time, Source = source }));
    }

    private static ChartInput Finish(List<ChartEntry> entries, Dictionary<string, string> request, List<InputProblem> problems, string label, DateOnly? at)
    {
        foreach (var entry in entries)
        {
            if (entry.Fact.Id == "birth_date" && at is { } day && entry.Value.AsDate > day)
            {
                problems.Add(new("birth-date-in-the-future", $"The birth date {entry.Value.AsDate:yyyy-MM-dd} is after the day of the decision ({day:yyyy-MM-dd}).", entry.Value.Source));
            }
        }

        return new(problems.Count == 0 ? new Chart { Entries = entries, Label = label } : null, request, problems);
    }

    private static IEnumerable<(string Value, string? On, string Where)> Dated(YamlNode node, string where, List<InputProblem> problems)
    {
        switch (node)
        {
            case YamlScalarNode s:
                if (s.Value is { Length: > 0 } v && v is not ("~" or "null" or "unknown"))
                {
                    yield return (v, null, where);
                }

                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children)
                {
                    foreach (var one in Dated(item, $"line {item.Start.Line}", problems))
                    {
                        yield return one;
                    }
                }

                break;
            case YamlMappingNode map:
                var parts = map.Children.ToDictionary(p => (p.Key as YamlScalarNode)?.Value ?? "", p => (p.Value as YamlScalarNode)?.Value, StringComparer.Ordinal);
                var strange = parts.Keys.FirstOrDefault(k => k is not ("value" or "on"));
                if (strange is not null || !parts.TryGetValue("value", out var value) || value is null)
                {
                    problems.Add(new("bad-value", $"A dated value is written {{value: 83 umol/L, on: 2026-04-22}}{(strange is null ? "" : $"; '{strange}' does not belong there")}.", where));
                }
                else
                {
                    yield return (value, parts.GetValueOrDefault("on"), where);
                }

                break;
        }
    }

    private static void ReadRequest(YamlNode node, string where, Dictionary<string, string> request, List<InputProblem> problems)
    {
        if (node is not YamlMappingNode map)
        {
            problems.Add(new("bad-request", "request must be a mapping such as {condition: cidp, g_per_kg: 2}.", where));
            return;
        }

        foreach (var (keyNode, value) in map.Children)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            if (!RequestKeys.Contains(key))
            {
                var near = Spelling.Nearest(key, RequestKeys, 1);
                problems.Add(new("unknown-request-key", $"The request has no '{key}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; it may hold {string.Join(", ", RequestKeys)}.")}", $"line {keyNode.Start.Line}"));
            }
            else if (value is YamlScalarNode { Value: { Length: > 0 } text })
            {
                request[key] = text;
            }
        }
    }
}
