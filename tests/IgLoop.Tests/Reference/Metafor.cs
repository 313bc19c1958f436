using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Reference;

/// <summary>Every answer of igloop meta equals metafor's on the sets of tests/reference/meta: to 1e-8 in closed form, to 1e-6 where the estimator is iterative,
/// to 2e-5 for the logistic-normal model, where the oracle's own optimiser stops.</summary>
public class Metafor
{
    private static readonly string[] Iterative = ["ML", "REML", "EB", "PM"];

    public static TheoryData<string> Families => [.. Pairs().Select(p => p.Family).Distinct()];

    [Theory]
    [MemberData(nameof(Families))]
    public void the_numbers_are_those_of_metafor(string family)
    {
        var wrong = new List<string>();
        var values = 0;
        foreach (var (request, expected, _) in Pairs().Where(p => p.Family == family))
        {
            var answer = Answer(request);
            Assert.True(answer["error"] is null, $"{request["id"]}: {answer["error"]}");
            var method = request["method"]!.GetValue<string>();
            var tolerance = method == "GLMM" ? 2e-5 : Iterative.Contains(method) ? 1e-6 : 1e-8;
            foreach (var (key, value) in expected.Where(p => p.Key != "id"))
            {
                values += Compare($"{request["id"]}: {key}", key, value, Named(answer, key), tolerance, wrong);
            }
        }

        Assert.True(values > 0, "nothing was compared");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    [Fact]
    public void the_sets_are_many_and_different()
    {
        Assert.True(Families.Count >= 45, $"{Families.Count} sets");
        Assert.True(Pairs().Count() >= 2700, $"{Pairs().Count()} requests");
    }

    private static int Compare(string what, string key, JsonNode? expected, JsonNode? got, double tolerance, List<string> wrong)
    {
        switch (expected)
        {
            case null:
                return 0;
            case JsonArray list:
                if (got is not JsonArray other || other.Count != list.Count)
                {
                    wrong.Add($"{what}: {list.ToJsonString()} against {got?.ToJsonString()}");
                    return 1;
                }

                return list.Zip(other).Sum(p => Compare(what, key, p.First, p.Second, tolerance, wrong));
            case JsonValue v when v.TryGetValue<double>(out var e):
                var g = got is JsonValue w && w.TryGetValue<double>(out var d) ? d : double.NaN;
                // On the boundary the oracle may stop a little above 0; and a difference of two like numbers keeps only their digits.
                var room = key.Contains("tau2", StringComparison.Ordinal) || key.StartsWith("I2", StringComparison.Ordinal) ? 1e-6 : 1e-11;
                if (!(Math.Abs(e - g) <= Math.Max(room, tolerance * Math.Abs(e))))
                {
                    wrong.Add($"{what}: {e:R} against {g:R}");
                }

                return 1;
            default:
                if (expected.ToJsonString() != got?.ToJsonString())
                {
                    wrong.Add($"{what}: {expected.ToJsonString()} against {got?.ToJsonString()}");
                }

                return 1;
        }
    }

    private static JsonNode? Named(JsonObject a, string key) => key switch
    {
        "k0" or "se_k0" or "side" or "p_k0" => a["trimfill"]?[key],
        "tf_est" => a["trimfill"]?["est_ci"],
        "tf_tau2" => a["trimfill"]?["tau2"],
        "mr_est" => Each(a["metareg"]?["coefficients"], "est"),
        "mr_se" => Each(a["metareg"]?["coefficients"], "se"),
        "mr_tau2" => a["metareg"]?["tau2"],
        "QE" or "QM" or "QMp" or "R2" => a["metareg"]?[key],
        "sub_est" => Each(a["subgroups"]?["groups"], "est"),
        "Q_between" => a["subgroups"]?["Q_between"],
        "sub_p" => a["subgroups"]?["p"],
        "glmm" => new JsonArray(a["est"]?.DeepClone(), a["se"]?.DeepClone(), a["tau2"]?.DeepClone()),
        "weights" => Each(a["studies"], "weight_pct"),
        "cumulative_est" => Each(a["cumulative"], "est"),
        _ => a[key],
    };

    private static JsonArray Each(JsonNode? list, string key) => [.. (list as JsonArray ?? []).Where(x => x![key] is not null).Select(x => x![key]!.DeepClone())];

    private static JsonObject Answer(JsonObject request)
    {
        using var input = new StringReader(request.ToJsonString());
        using var output = new StringWriter();
        Batch.Run(input, output, MetaCommand.Answer);
        return (JsonObject)JsonNode.Parse(output.ToString())!;
    }

    private static IEnumerable<(JsonObject Request, JsonObject Expected, string Family)> Pairs()
    {
        var folder = Path.Combine(Approved.RootOf(Here()), "tests", "reference", "meta");
        IEnumerable<string> Lines(string kind) => File.ReadLines(Path.Combine(folder, $"{kind}.ndjson")).Concat(File.ReadLines(Path.Combine(folder, $"conventions.{kind}.ndjson")));
        return Lines("requests").Zip(Lines("expected"))
            .Select(p => (Request: (JsonObject)JsonNode.Parse(p.First)!, Expected: (JsonObject)JsonNode.Parse(p.Second)!))
            .Select(p => (p.Request, p.Expected, string.Join(' ', p.Request["id"]!.GetValue<string>().Split(' ').Take(p.Request["id"]!.GetValue<string>().StartsWith("made", StringComparison.Ordinal) ? 3 : 2))));
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
