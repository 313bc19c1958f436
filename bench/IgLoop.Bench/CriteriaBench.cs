using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Bench;

/// <summary>One criterion of five comparisons with UCUM quantities, on the same charts, beside the reference CQL engine; the answers must agree.</summary>
internal static class CriteriaBench
{
    private const int Charts = 1000;
    private const int ReferenceRounds = 20;
    private const int Rounds = 20000;
    private const string Text = "platelets < 100 '10*9/L' and haemoglobin < 130 'g/L' and creatinine < 150 'umol/L' and iga >= 0.07 'g/L' and weight > 40 'kg'";

    public static int Run()
    {
        var knowledge = KnowledgeFolder.Load(null);
        if (!Criterion.TryCompile(Text, knowledge.Facts, out var criterion, out var error))
        {
            throw new InvalidOperationException(error.Message);
        }

        var (facts, parameters) = Made(knowledge);
        var ours = facts.Select(criterion.Evaluate).ToList();
        var reference = Reference(knowledge, criterion, parameters);
        var agree = ours.SequenceEqual(reference.Verdicts);
        var best = Enumerable.Range(0, 7).Select(_ => Time(criterion, facts)).Order().ToArray();
        Console.WriteLine($"criterion            {Text}");
        Console.WriteLine($"charts               {Charts}; {ours.Count(v => v == true)} true, {ours.Count(v => v == false)} false, {ours.Count(v => v is null)} unknown; same answers: {(agree ? "yes" : "NO")}");
        Console.WriteLine($"reference engine     {reference.Nanoseconds:0} ns an evaluation ({ReferenceRounds} rounds)");
        Console.WriteLine($"IgLoop               {best[best.Length / 2]:0.0} ns an evaluation (median of {best.Length}; {best[0]:0.0} to {best[^1]:0.0})");
        Console.WriteLine($"ratio                {reference.Nanoseconds / best[best.Length / 2]:0} times");
        return agree ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Time(Criterion criterion, FactSet[] facts)
    {
        var yes = 0;
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var f in facts)
            {
                yes += criterion.Evaluate(f) == true ? 1 : 0;
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        GC.KeepAlive(yes);
        return elapsed.TotalNanoseconds / ((double)Rounds * facts.Length);
    }

    private static (FactSet[] Facts, JsonArray Parameters) Made(KnowledgeBase knowledge)
    {
        var random = new Random(5);
        (string Id, double Low, double High)[] ranges = [("platelets", 5, 120), ("haemoglobin", 60, 140), ("creatinine", 40, 160), ("iga", 0.04, 3), ("weight", 38, 120)];
        var sets = new FactSet[Charts];
        var parameters = new JsonArray();
        for (var i = 0; i < Charts; i++)
        {
            var values = new List<KeyValuePair<FactDefinition, FactValue?>>();
            var chart = new JsonObject();
            foreach (var (id, low, high) in ranges.Where(_ => random.NextDouble() > 0.1))
            {
                knowledge.Facts.TryFind(id, out var fact);
                var number = Math.Round((decimal)(low + (random.NextDouble() * (high - low))), 3);
                values.Add(new(fact!, FactValue.Of(number)));
                chart[id] = new JsonObject { ["value"] = number, ["unit"] = fact!.Unit!.Code };
            }

            sets[i] = new FactSet(knowledge.Facts).With(values);
            parameters.Add(chart);
        }

        return (sets, parameters);
    }

    private static (double Nanoseconds, List<bool?> Verdicts) Reference(KnowledgeBase knowledge, Criterion criterion, JsonArray parameters)
    {
        var request = new JsonObject { ["libraries"] = new JsonObject { ["Bench"] = CqlExport.Library("Bench", [("criterion", criterion)], knowledge) }, ["charts"] = parameters, ["repeat"] = ReferenceRounds };
        var start = new ProcessStartInfo("node", "tests/reference/cql/evaluate.mjs") { WorkingDirectory = Root(), RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Process.Start(start) ?? throw new InvalidOperationException("node does not start");
        node.StandardInput.Write(request.ToJsonString());
        node.StandardInput.Close();
        var answer = JsonDocument.Parse(node.StandardOutput.ReadToEnd()).RootElement;
        node.WaitForExit();
        var verdicts = answer.GetProperty("verdicts").EnumerateArray().Select(v => v[0].ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => (bool?)null }).ToList();
        return (answer.GetProperty("nanoseconds").GetDouble() / (Charts * ReferenceRounds), verdicts);
    }

    private static string Root([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "IgLoop.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
