using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Quantities;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Reference;

/// <summary>The reference CQL engine gives the same verdicts on the exported knowledge, on generated charts with gaps and mixed units.</summary>
public partial class CqlEngine
{
    private const int Charts = 500;
    private const int Seed = 20261122;

    private static readonly Dictionary<string, string[]> OtherUnits = new(StringComparer.Ordinal)
    {
        ["g/L"] = ["g/dL", "mg/dL"], ["10*9/L"] = ["10*3/uL", "/uL"], ["umol/L"] = ["mmol/L"], ["g/kg"] = ["mg/kg"], ["kg"] = ["g"], ["d"] = ["h"], ["wk"] = ["d"], ["cm"] = ["m"], ["mmol/L"] = ["umol/L"],
    };

    [Fact]
    public void gives_the_same_verdicts_on_five_hundred_charts()
    {
        var knowledge = KnowledgeFolder.Load(null);
        var libraries = CqlExport.Libraries(knowledge);
        var made = Made(knowledge);
        var request = new JsonObject
        {
            ["libraries"] = new JsonObject(libraries.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
            ["charts"] = new JsonArray([.. made.Select(m => (JsonNode)m.Parameters)]),
        };

        var answer = Run(request.ToJsonString());

        var names = answer.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToList();
        var targets = CaseRun.Targets(knowledge);
        var differences = new List<string>();
        var seen = new HashSet<bool?>();
        var compared = 0;
        foreach (var (chart, i) in made.Select((m, i) => (m, i)))
        {
            var verdicts = answer.GetProperty("verdicts")[i];
            for (var k = 0; k < names.Count; k++)
            {
                if (!targets.TryGetValue(names[k][(names[k].IndexOf('|', StringComparison.Ordinal) + 1)..], out var target))
                {
                    continue;
                }

                var theirs = verdicts[k].ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, JsonValueKind.Null => (bool?)null, var other => throw new InvalidOperationException($"{names[k]} gave {other}") };
                var ours = target.Criterion.Evaluate(chart.Facts);
                compared++;
                seen.Add(ours);
                if (ours != theirs)
                {
                    differences.Add($"chart {i}, {names[k]}: ours {Word(ours)}, reference {Word(theirs)}: {target.Criterion.Text}   {chart.Parameters.ToJsonString()}");
                }
            }
        }

        Assert.Equal(targets.Count * Charts, compared);
        Assert.Equal(3, seen.Count);
        Assert.True(differences.Count == 0, $"{differences.Count} of {compared} verdicts differ (seed {Seed}):\n{string.Join('\n', differences.Take(10))}");
    }

    /// <summary>Charts as our facts and as parameters of the reference engine, quantities now and then in another unit.</summary>
    private static List<(FactSet Facts, JsonObject Parameters)> Made(KnowledgeBase knowledge)
    {
        var random = new Random(Seed);
        var derived = knowledge.Derivations.Steps.Select(s => s.Fact.Id).ToHashSet(StringComparer.Ordinal);
        var texts = CaseRun.Targets(knowledge).Values.Select(t => t.Criterion).Concat(knowledge.Derivations.Steps.Select(s => s.Criterion)).ToList();
        var edges = knowledge.Facts.All.ToDictionary(f => f.Id, f => texts.Where(t => t.Facts.Contains(f)).SelectMany(t => Numbers().Matches(t.Text).Select(m => decimal.Parse(m.Value, System.Globalization.CultureInfo.InvariantCulture))).Distinct().ToArray(), StringComparer.Ordinal);
        var charts = new List<(FactSet, JsonObject)>();
        for (var i = 0; i < Charts; i++)
        {
            // Some charts are nearly empty, some nearly full.
            var gaps = random.NextDouble();
            var values = new List<KeyValuePair<FactDefinition, FactValue?>>();
            var parameters = new JsonObject();
            foreach (var fact in knowledge.Facts.All)
            {
                if (random.NextDouble() < gaps || fact.Type == FactType.Date || (derived.Contains(fact.Id) && random.NextDouble() < 0.8))
                {
                    continue;
                }

                var (value, node) = Value(fact, edges[fact.Id], random);
                values.Add(new(fact, value));
                parameters[derived.Contains(fact.Id) ? fact.Id + " given" : fact.Id] = node;
            }

            charts.Add((knowledge.Derivations.Apply(new FactSet(knowledge.Facts).With(values)), parameters));
        }

        return charts;
    }

    private static (FactValue Value, JsonNode Node) Value(FactDefinition fact, decimal[] edges, Random random)
    {
        switch (fact.Type)
        {
            case FactType.Boolean:
                var yes = random.Next(2) == 1;
                return (FactValue.Of(yes), yes);
            case FactType.Choice:
                var choice = fact.Choices[random.Next(fact.Choices.Count)];
                return (FactValue.Of(choice), choice);
        }

        var near = edges.Length > 0 ? edges[random.Next(edges.Length)] : random.Next(100);
        var number = Math.Max(fact.Type == FactType.Integer ? Math.Floor(near) + random.Next(-1, 2) : near + (random.Next(-1, 2) * 0.25m), 0);
        if (fact.Type != FactType.Quantity)
        {
            return (FactValue.Of(number), number);
        }

        var unit = fact.Unit!.Code;
        var other = OtherUnits.TryGetValue(unit, out var units) && random.Next(2) == 0 ? units[random.Next(units.Length)] : unit;
        // Off the edge in another unit, because the reference engine converts in binary fractions.
        number = other == unit ? number : number + 0.125m;
        var told = fact.Unit.Convert(number, Unit.Parse(other));
        return (FactValue.Of(number), new JsonObject { ["value"] = told, ["unit"] = other });
    }

    private static JsonElement Run(string input, [System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var root = Approved.RootOf(here);
        Assert.True(Directory.Exists(Path.Combine(root, "node_modules", "cql-execution")), "The reference CQL engine is missing: run 'npm ci' at the top of the checkout.");
        var start = new ProcessStartInfo("node", "tests/reference/cql/evaluate.mjs") { WorkingDirectory = root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var node = Process.Start(start)!;
        var error = node.StandardError.ReadToEndAsync();
        var output = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(input);
        node.StandardInput.Close();
        node.WaitForExit();
        Assert.True(node.ExitCode == 0, $"The reference engine failed: {error.GetAwaiter().GetResult()}");
        return JsonDocument.Parse(output.GetAwaiter().GetResult()).RootElement;
    }

    private static string Word(bool? b) => b switch { true => "true", false => "false", null => "unknown" };

    [GeneratedRegex(@"(?<![\w*^])\d+(?:\.\d+)?(?![\w*/])")]
    private static partial Regex Numbers();
}
