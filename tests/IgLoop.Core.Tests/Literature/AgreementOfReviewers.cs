using System.Runtime.CompilerServices;
using System.Text.Json;
using IgLoop.Core.Literature;

namespace IgLoop.Core.Tests.Literature;

public class AgreementOfReviewers
{
    public static TheoryData<string> Cases => [.. Reference().Select(c => c.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void kappa_and_its_standard_error_are_those_of_r(string name)
    {
        var expected = Reference().Single(c => c.GetProperty("name").GetString() == name);
        var table = expected.GetProperty("table").EnumerateArray().Select(r => (IReadOnlyList<int>)[.. r.EnumerateArray().Select(x => x.GetInt32())]).ToList();

        var found = Agreement.Of(table);

        Assert.Equal(expected.GetProperty("kappa").GetDouble(), found.Kappa!.Value, 1e-10);
        Assert.Equal(expected.GetProperty("se").GetDouble(), found.StandardError!.Value, 1e-10);
        Assert.Equal(Math.Max(-1, expected.GetProperty("low").GetDouble()), found.Low!.Value, 1e-10);
        Assert.Equal(Math.Min(1, expected.GetProperty("high").GetDouble()), found.High!.Value, 1e-10);
    }

    [Fact]
    public void everything_in_one_group_has_no_kappa_and_says_why()
    {
        var found = Agreement.Of([[0, 0], [0, 12]]);
        Assert.Null(found.Kappa);
        Assert.Equal((12, 12), (found.N, found.Agreed));
        Assert.Contains("not defined", found.WhyNone, StringComparison.Ordinal);
    }

    [Fact]
    public void nothing_judged_by_both_has_no_kappa() => Assert.Contains("No record", Agreement.Of([[0, 0], [0, 0]]).WhyNone, StringComparison.Ordinal);

    [Fact]
    public void a_table_that_is_not_square_is_refused() => Assert.Throws<ArgumentException>(() => Agreement.Of([[1, 2], [3]]));

    private static List<JsonElement> Reference([CallerFilePath] string here = "") =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "reference", "kappa", "kappa.json"))).RootElement.GetProperty("cases").EnumerateArray()];
}
