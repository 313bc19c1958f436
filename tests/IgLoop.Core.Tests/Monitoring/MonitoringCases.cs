using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Monitoring;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>The worked cases that clinicians keep beside <c>monitoring/</c>.</summary>
public class MonitoringCases
{
    private static readonly MonitoringKnowledge Knowledge = Ward.Knowledge.Monitoring;

    public static TheoryData<string, string> Names => [.. Cases().Select(c => (c.File, c.Block.Text("name")))];

    [Theory]
    [MemberData(nameof(Names))]
    public void a_worked_case_holds(string file, string name)
    {
        var block = Cases().Single(c => c.File == file && c.Block.Text("name") == name).Block;
        var given = block.TextsByKey("given");
        var expected = block.TextsByKey("expect");

        Assert.NotEmpty(expected);
        Assert.Equal(expected.OrderBy(p => p.Key, StringComparer.Ordinal), Result(block.Text("of"), given).Where(r => expected.ContainsKey(r.Key)).OrderBy(p => p.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("vaccines")]
    [InlineData("missed-dose")]
    [InlineData("subcutaneous")]
    [InlineData("sugar-load")]
    public void every_calculation_has_cases(string file) => Assert.Contains(Cases(), c => c.File == $"monitoring/{file}.cases.yaml");

    [Fact]
    public void an_interval_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MissedDose.Of(Knowledge.MissedDose!, new(2026, 3, 2), 0, new(2026, 3, 2)));

    private static Dictionary<string, string> Result(string of, IReadOnlyDictionary<string, string> given)
    {
        switch (of)
        {
            case "vaccine":
                var ended = Day(given["ended"]);
                var date = given["rule"] == "eu"
                    ? VaccineInterval.Eu(Knowledge.Vaccines!, ended).Others
                    : VaccineInterval.Acip(Knowledge.Vaccines!, [(ended, Number(given["course"], "g/kg") * 1000)]).Date;
                return new() { ["date"] = Iso(date) };
            case "missed_dose":
                var missed = MissedDose.Of(Knowledge.MissedDose!, Day(given["planned"]), Number(given["interval"], "wk"), Day(given["given_on"]), Enum.Parse<ScheduleAnchor>(given["anchor"], ignoreCase: true));
                return new() { ["next"] = Iso(missed.Next), ["on_time"] = missed.OnTime ? "true" : "false", ["as_first"] = missed.AsFirstInfusion ? "true" : "false" };
            case "subcutaneous":
                var factor = Knowledge.Subcutaneous!.Factors.Single(f => f.Product == given["product"] && f.Jurisdiction == given["jurisdiction"]);
                return Weekly(WeeklySubcutaneous.From(factor, Number(given["grams"], "g"), Number(given["every"], "wk"), Number(given["g_per_100_ml"], null)));
            case "weekly_dose":
                return Weekly(WeeklySubcutaneous.ByWeight(Number(given["weight"], "kg"), Number(given["dose"], "g/kg"), Number(given["g_per_100_ml"], null)));
            case "sugar_load":
                return new() { ["sugar_g"] = Text(SugarWithDose.Grams(Knowledge.SugarLoads.Single(s => s.Product == given["product"]), Number(given["grams"], "g"))) };
            default:
                throw new InvalidOperationException($"No calculation is called '{of}'.");
        }
    }

    private static IEnumerable<(string File, Block Block)> Cases()
    {
        var problems = new List<KnowledgeProblem>();
        foreach (var file in Ward.Files.Where(f => f.Folder == "monitoring" && f.IsCases))
        {
            foreach (var block in Block.Open(file, problems)!.Inners("cases"))
            {
                yield return (file.Path, block);
            }
        }

        Assert.Empty(problems);
    }

    private static Dictionary<string, string> Weekly(WeeklySubcutaneous w) => new() { ["weekly_g"] = Text(w.Grams), ["weekly_ml"] = Text(w.Millilitres) };

    private static decimal Number(string text, string? unit)
    {
        Assert.True(Amount.TryParse(text, out var amount) && amount.Unit == unit, $"'{text}' must be in {unit}.");
        return amount.Low;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
