using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Cli;

namespace IgLoop.Tests.Meta;

/// <summary>Whatever is sent to igloop meta gives an answer or one clear sentence, as a request and as a file; the seed makes a failure repeatable.</summary>
public class MetaNonsense
{
    private static readonly string[] Measures = ["RR", "OR", "RD", "Peto", "MD", "SMD", "PR", "PLO", "PAS", "PFT", "HR", "GEN", "or", "XX"];
    private static readonly string[] Methods = ["EE", "MH", "PETO", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM", "reml+HKSJ", "DL+HKSJ adhoc", "GLMM"];
    private static readonly string[] Fields = ["study", "ai", "n1", "ci", "n2", "bi", "di", "m1", "sd1", "m2", "sd2", "xi", "ni", "yi", "vi", "sei", "est", "ci_low", "ci_high", "rr", "md", "subgroup", "year", "unit", "people"];
    private static readonly string[] Values = ["0", "1", "2", "5", "7", "12", "20", "0.5", "-1", "3.25", "1e-9", "1e9", "1e15", "1e300", "-1e-40", "1e400", "NaN", "Infinity", "null", "true", "\"x\"", "\"\"", "\"NA\"", "\"5\"", "[1,2]", "[2,1]", "{}", "\"g/L\"", "\"12 mg\""];

    private static readonly string[][] Sensible =
    [
        ["study", "ai", "n1", "ci", "n2"], ["study", "m1", "sd1", "n1", "m2", "sd2", "n2"], ["study", "xi", "ni"], ["study", "yi", "vi"], ["study", "yi", "sei"], ["study", "est", "ci_low", "ci_high"],
    ];

    private static readonly string[] Options =
    [
        "\"hksj\":true", "\"hksj\":\"adhoc\"", "\"zero_cells\":\"NONE\"", "\"zero_cells\":\"revman\"", "\"zero_cells\":\"all\"", "\"double_zero\":\"Keep\"", "\"double_zero\":\"drop\"", "\"add\":0.1", "\"add\":0", "\"prediction\":\"t_km2\"", "\"prediction\":\"all\"",
        "\"level\":99", "\"level\":100", "\"level\":1e-9", "\"variance\":\"UB\"", "\"variance\":\"av\"", "\"hedges\":\"Approximate\"", "\"i2\":\"Q\"", "\"pft_n\":\"variance\"", "\"tau2_ci\":true", "\"egger\":true", "\"egger_predictor\":\"ni\"", "\"begg\":true",
        "\"trim_fill\":\"r0\"", "\"trim_fill\":true", "\"side\":\"LEFT\"", "\"leave_one_out\":true", "\"cumulative\":true", "\"cumulative\":\"year\"", "\"influence\":true", "\"moderators\":[\"year\"]", "\"subgroup\":\"subgroup\"", "\"subgroup_tau2\":\"common\"", "\"studies\":true", "\"fisher\":true", "\"hksi\":1",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void a_request_gives_an_answer_or_a_clear_error(int seed)
    {
        var chance = new Random(seed);
        var answered = 0;
        for (var n = 0; n < 4000; n++)
        {
            var request = Request(chance);
            var line = Line(request);
            var answer = JsonNode.Parse(line)!;
            Assert.DoesNotContain("NaN", Numbers(line), StringComparison.Ordinal);
            Assert.DoesNotContain("Infinity", Numbers(line), StringComparison.Ordinal);
            if (answer["error"] is { } error)
            {
                Assert.True(error["code"]!.GetValue<string>() != "internal", request);
                Assert.True(error["message"]!.GetValue<string>().Length > 10 && error["where"]!.GetValue<string>().Length > 0, request);
            }
            else
            {
                answered++;
            }
        }

        Assert.True(answered > 400, $"only {answered} requests were answered: nonsense alone proves little");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void a_file_gives_an_answer_or_a_clear_error(int seed)
    {
        var chance = new Random(seed);
        for (var n = 0; n < 3000; n++)
        {
            var (measure, fields) = (Pick(chance, Measures), Pick(chance, Sensible).ToList());
            if (chance.Next(4) == 0)
            {
                fields[chance.Next(fields.Count)] = Pick(chance, Fields);
            }

            var separator = Pick(chance, [",", ";", "\t"]);
            var rows = Enumerable.Range(0, chance.Next(6)).Select(i => string.Join(separator, fields.Select(f => f == "study" ? $"S{i}" : chance.Next(12) == 0 ? Pick(chance, Values).Trim('"') : Sane(chance, f))));
            var csv = string.Join('\n', rows.Prepend(string.Join(separator, fields)));
            try
            {
                var answer = MetaCommand.Answer(csv, measure, Pick(chance, Methods), chance.Next(3) == 0 ? (JsonObject)JsonNode.Parse($"{{{Pick(chance, Options)}}}")! : []);
                Assert.NotNull(answer["k"]);
                _ = answer.ToJsonString();
            }
            catch (BatchException e)
            {
                Assert.True(e.Message.Length > 10 && e.Message.EndsWith('.') | e.Message.EndsWith('?'), $"{e.Message} for {measure}: {csv}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                Assert.Fail($"{e.GetType().Name}: {e.Message} for {measure}: {csv}");
            }
        }
    }

    private static string Request(Random chance)
    {
        var fields = Pick(chance, Sensible).ToList();
        if (chance.Next(4) == 0)
        {
            fields.Add(Pick(chance, Fields));
        }

        var rows = Enumerable.Range(0, chance.Next(7)).Select(i => "{" + string.Join(',', fields.Distinct().Select(f => $"\"{f}\":{(f == "study" ? $"\"S{i}\"" : chance.Next(20) == 0 ? Legal(Pick(chance, Values)) : Sane(chance, f))}")) + "}");
        var options = string.Join(',', Enumerable.Range(0, chance.Next(4)).Select(_ => Pick(chance, Options)).DistinctBy(o => o.Split(':')[0]));
        return $"{{\"id\":1,\"measure\":\"{Pick(chance, Measures)}\",\"method\":\"{Pick(chance, Methods)}\",\"options\":{{{options}}},\"data\":[{string.Join(',', rows)}]}}";
    }

    /// <summary>A value such as a researcher would write in this column, zero cells and full groups included.</summary>
    private static string Sane(Random chance, string field) => field switch
    {
        "ai" or "ci" or "xi" or "bi" or "di" => chance.Next(0, 6).ToString(CultureInfo.InvariantCulture),
        "n1" or "n2" or "ni" or "people" => chance.Next(5, 30).ToString(CultureInfo.InvariantCulture),
        "ci_low" => "0.5",
        "ci_high" => (4 + chance.NextDouble()).ToString("0.00", CultureInfo.InvariantCulture),
        "subgroup" => chance.Next(2).ToString(CultureInfo.InvariantCulture),
        "unit" => "1",
        _ => (0.6 + (3 * chance.NextDouble())).ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Legal(string value) => value is "NaN" or "Infinity" ? $"\"{value}\"" : value;

    /// <summary>The line without its texts, which may quote what was sent.</summary>
    private static string Numbers(string line) => string.Concat(line.Split('"').Where((_, i) => i % 2 == 0));

    private static string Line(string request)
    {
        using var input = new StringReader(request);
        using var output = new StringWriter();
        Batch.Run(input, output, MetaCommand.Answer);
        return output.ToString();
    }

    private static T Pick<T>(Random chance, IReadOnlyList<T> from) => from[chance.Next(from.Count)];
}
