using System.Diagnostics;
using System.Text.Json;
using IgLoop.Cli;
using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Bench;

/// <summary>One full decision with its explanations, in process. The peer in the same run: parsing and writing back the same request as JSON.</summary>
internal static class DecisionBench
{
    private const int Warm = 20000;
    private const int Counted = 20000;

    public static int Run()
    {
        var decider = DecideCommand.Decider(null, null);
        (string Name, string Request, string Facts)[] cases =
        [
            ("lupus, platelets, 0.5 g/kg", """{"condition":"lupus_haematological","goal":"thrombocytopenia","g_per_kg":"0.5"}""", """{"age":34,"sex":"female","weight":64,"height":162,"platelets":14,"antiphospholipid_antibodies_positive":true,"refractory_cytopenia":true}"""),
            ("CIDP, first course", """{"condition":"cidp"}""", """{"age":58,"sex":"male","weight":110,"height":175,"cidp_probable":true,"significant_functional_impairment":true,"iga":2.4,"abo":"O","creatinine":88}"""),
            ("GBS, second course", """{"condition":"gbs","course_number":"2"}""", """{"age":51,"sex":"male","weight":78,"height":180,"hughes_grade":4}"""),
        ];
        foreach (var (name, request, facts) in cases)
        {
            using var document = JsonDocument.Parse(facts);
            var at = new DateOnly(2026, 11, 22);
            var chart = ChartReading.FromJson(document.RootElement, decider.Knowledge.Facts, "bench", at).Chart!;
            var keys = JsonSerializer.Deserialize<Dictionary<string, string?>>(request)!;
            var asked = DecideCommand.Request(keys, at);
            var decision = Median(() => decider.Decide(chart, asked));
            var echo = Median(() => JsonSerializer.Serialize(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(facts)));
            Console.WriteLine($"{name,-28} {decision,7:0.0} µs median a decision; the same facts parsed and written back as JSON {echo,5:0.0} µs; ratio {decision / echo:0.0}");
        }

        return 0;
    }

    private static double Median(Func<object> work)
    {
        for (var i = 0; i < Warm; i++)
        {
            GC.KeepAlive(work());
        }

        var times = new double[Counted];
        for (var i = 0; i < Counted; i++)
        {
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(work());
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Counted / 2];
    }
}
