using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Knowledge;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Cli;

/// <summary><c>igloop dose --ndjson</c>: what a day carries, and what a list of worked cases carries beside the request.</summary>
public class DoseLines
{
    private static readonly Lazy<KnowledgeBase> Knowledge = new(() => KnowledgeFolder.Load(Path.Combine(Root(), "knowledge")));

    [Fact]
    public void days_and_concentration_give_grams_and_millilitres_of_a_day()
    {
        var r = Answer("""{"rule":"adjusted_0_4_devine","sex":"M","cm":175,"kg":100,"g_per_kg":2,"days":2,"pct":10}""");
        var dose = r["doses"]![0]!;

        Assert.Equal(82.28m, Math.Round((decimal)dose["g_per_day"]!, 2));
        Assert.Equal(822.79m, Math.Round((decimal)dose["mL_per_day"]!, 2));
        Assert.Equal((decimal)dose["rounded_g"]!, dose["rounded_g_by_day"]!.AsArray().Sum(g => (decimal)g!));
        Assert.Equal(2, dose["rounded_mL_by_day"]!.AsArray().Count);
    }

    [Fact]
    public void vials_of_a_split_course_are_chosen_by_the_day()
    {
        static decimal Grams(JsonNode dose) => dose["vials"]!.AsObject().Sum(v => decimal.Parse(v.Key, System.Globalization.CultureInfo.InvariantCulture) * (int)v.Value!);
        const string Request = """{"rule":"international","sex":"F","cm":165,"kg":64,"g_per_kg":2,"product":"privigen","days":5}""";
        var dose = Answer(Request)["doses"]![0]!;

        Assert.True(Grams(dose) >= (decimal)dose["rounded_g"]!);
        Assert.Equal(5, dose["rounded_g_by_day"]!.AsArray().Count);
    }

    [Fact]
    public void annotations_of_a_case_change_nothing_and_a_key_that_is_not_known_is_refused()
    {
        const string Bare = """{"rule":"ontario","sex":"F","cm":165,"kg":90,"g_per_kg":1""";
        var noted = Answer(Bare + ""","out":{"dw":1},"value":1,"expected":{"dw":1},"dp":1,"tolerance":0.1,"note":"n","source":"s","provenance":"stated","kind":"hand","status":"read"}""");

        Assert.Equal(Answer(Bare + "}").ToJsonString(), noted.ToJsonString());
        Assert.Equal("unknown-key", Assert.Throws<BatchException>(() => Answer(Bare + ""","weight":90}""")).Code);
    }

    [Theory]
    [InlineData("""{"rule":"ontario","sex":"F","cm":165,"kg":90,"g_per_kg":1,"days":0}""", "1 to 30 days")]
    [InlineData("""{"rule":"ontario","sex":"F","cm":165,"kg":90,"g_per_kg":1,"pct":0.1}""", "g per 100 mL")]
    public void a_split_or_a_concentration_that_cannot_be_is_refused(string request, string says) =>
        Assert.Contains(says, Assert.Throws<BatchException>(() => Answer(request)).Message, StringComparison.Ordinal);

    private static JsonObject Answer(string json) => DoseCommand.Answer(Knowledge.Value, JsonNode.Parse(json)!.AsObject());

    private static string Root([CallerFilePath] string caller = "") => Approved.RootOf(caller);
}
