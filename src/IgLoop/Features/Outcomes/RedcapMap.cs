using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Core.Outcomes;
using YamlDotNet.RepresentationModel;

namespace IgLoop.Features.Outcomes;

/// <summary>
/// Reads a flat REDCap export by a small mapping file: which rows (by event name or repeat instrument) hold what, in which column.
/// docs/outcomes.md has an example.
/// </summary>
public sealed class RedcapMap
{
    private readonly string patient;
    private readonly List<YamlMappingNode> rows;

    private RedcapMap(string patient, List<YamlMappingNode> rows) => (this.patient, this.rows) = (patient, rows);

    /// <exception cref="BatchException">Not a mapping file.</exception>
    public static RedcapMap Read(string name, string text)
    {
        try
        {
            if (YamlText.Mapping(text) is { } root && Child(root, "rows") is YamlSequenceNode list && list.All(n => n is YamlMappingNode) && Child(root, "patient") is YamlScalarNode { Value: { Length: > 0 } id })
            {
                Known(name, root, "patient", "rows");
                foreach (var rule in list.Cast<YamlMappingNode>())
                {
                    Known(name, rule, "when", "date", "about", "scores", "manifestations", "steroid", "infusion", "adverse_event", "relapse", "last_seen");
                    foreach (var (part, keys) in new[] { ("infusion", new[] { "dose", "unit" }), ("adverse_event", ["name", "grade"]) })
                    {
                        if (Child(rule, part) is YamlMappingNode inner)
                        {
                            Known(name, inner, keys);
                        }
                    }
                }

                return new(id.ToLowerInvariant(), [.. list.Cast<YamlMappingNode>()]);
            }
        }
        catch (YamlMistakeException e)
        {
            throw new BatchException("bad-map", $"The mapping {name} cannot be read as YAML: {e.Message}.", $"{name}, {e.Where}");
        }

        throw new BatchException("bad-map", $"The mapping {name} needs 'patient' (the column of the record id) and 'rows' (a list).", name);
    }

    /// <exception cref="BatchException">A column of the mapping is not in the file, or a cell cannot be read.</exception>
    public IReadOnlyList<CohortEntry> Entries(Csv csv)
    {
        Column(csv, patient);
        var renamed = csv with { Header = [.. csv.Header.Select(h => h == patient ? "patient" : h)] };
        var entries = new List<CohortEntry>();
        foreach (var (row, cells) in renamed.Rows)
        {
            var line = new CohortFiles.Line(renamed, row, cells);
            foreach (var rule in rows.Where(r => Fits(r, line, csv)))
            {
                entries.AddRange(Apply(rule, line, csv));
            }
        }

        return entries;
    }

    private static bool Fits(YamlMappingNode rule, CohortFiles.Line line, Csv csv) => Child(rule, "when") is not YamlMappingNode when
        || when.Children.All(c => string.Equals(line[Column(csv, Text(c.Key))], Text(c.Value), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<CohortEntry> Apply(YamlMappingNode rule, CohortFiles.Line line, Csv csv)
    {
        var date = Child(rule, "date") is { } d ? Column(csv, Text(d)) : "date";
        foreach (var (name, column) in Pairs(rule, "about", csv))
        {
            yield return line.Entry(EntryKind.Patient, name == "weight_kg" ? "weight" : name, column, name == "weight_kg" ? "kg" : "", undated: true);
        }

        foreach (var (kind, key) in new[] { (EntryKind.Score, "scores"), (EntryKind.Manifestation, "manifestations") })
        {
            foreach (var (name, column) in Pairs(rule, key, csv).Where(p => line[p.Column].Length > 0))
            {
                yield return line.Entry(kind, name, column, "", date: date);
            }
        }

        if (Child(rule, "steroid") is { } steroid && line[Column(csv, Text(steroid))].Length > 0)
        {
            yield return line.Entry(EntryKind.Steroid, "prednisone", Column(csv, Text(steroid)), "mg/day", date: date);
        }

        if (Child(rule, "infusion") is YamlMappingNode given && (Given(line, csv, given, "dose") || line[date].Length > 0))
        {
            yield return line.Entry(EntryKind.Infusion, "", Column(csv, Text(Child(given, "dose"))), Text(Child(given, "unit")), date: date);
        }

        if (Child(rule, "adverse_event") is YamlMappingNode harm && Given(line, csv, harm, "name"))
        {
            yield return line.Entry(EntryKind.AdverseEvent, line[Column(csv, Text(Child(harm, "name")))], Child(harm, "grade") is { } g ? Column(csv, Text(g)) : "", "", date: date);
        }

        foreach (var (kind, key) in new[] { (EntryKind.Relapse, "relapse"), (EntryKind.LastSeen, "last_seen") })
        {
            if (Child(rule, key) is { } day && line[Column(csv, Text(day))].Length > 0)
            {
                yield return line.Entry(kind, key, "", "", date: Column(csv, Text(day)));
            }
        }
    }

    /// <summary>Whether the column that a rule names has something in this row; in a wide file most rows have fewer infusions than columns for them.</summary>
    private static bool Given(CohortFiles.Line line, Csv csv, YamlMappingNode rule, string key) => line[Column(csv, Text(Child(rule, key)))].Length > 0;

    /// <summary>A misspelt key would leave its columns unread without a word.</summary>
    private static void Known(string name, YamlMappingNode node, params string[] keys)
    {
        foreach (var key in node.Children.Keys.Where(k => !keys.Contains(Text(k))))
        {
            throw new BatchException("bad-map", $"The mapping {name} has '{Text(key)}', which is not known{(Spelling.Nearest(Text(key), keys, 1) is [var near] ? $"; did you mean '{near}'?" : $"; known are {string.Join(", ", keys)}.")}", $"{name}, line {key.Start.Line}");
        }
    }

    private static IEnumerable<(string Name, string Column)> Pairs(YamlMappingNode rule, string key, Csv csv) =>
        Child(rule, key) is YamlMappingNode map ? map.Children.Select(c => (Text(c.Key), Column(csv, Text(c.Value)))) : [];

    private static string Column(Csv csv, string name)
    {
        var column = name.ToLowerInvariant();
        return csv.Header.Contains(column) ? column
            : throw new BatchException("missing-column", $"{csv.Name} has no column '{name}' that the mapping names{(Spelling.Nearest(column, csv.Header, 1) is [var near] ? $"; did you mean '{near}'?" : ".")}", $"{csv.Name}, row 1");
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.FirstOrDefault(c => Text(c.Key) == key).Value;

    private static string Text(YamlNode? node) => (node as YamlScalarNode)?.Value ?? "";
}
