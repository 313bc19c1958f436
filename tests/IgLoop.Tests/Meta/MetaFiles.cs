using System.Text;
using System.Text.Json.Nodes;
using IgLoop.Tests.Cli;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Meta;

/// <summary>igloop meta on files, as a researcher brings them.</summary>
public sealed class MetaFiles : IDisposable
{
    private const string Trials = "study,ai,n1,ci,n2\nAzulay 1994,5,5,0,5\nvan den Berg 1995,5,6,1,6\nFederico 2000,11,16,0,16\n";
    private readonly string folder = Directory.CreateTempSubdirectory("igloop-meta").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void the_report_is_a_contract() => Approved.Text("meta-report.txt", Run(Trials, "--measure RR --method MH --zero-cells revman --title \"IVIg in motor neuropathy\" --leave-one-out").Output.Replace("\r", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\nA,7,5,0,5\n", "row 2 (A), column ai", "above n1 = 5")]
    [InlineData("--measure MD", "study,m1,sd1,n1,m2,sd2,n2\nA,1,-2,9,1,2,9\n", "row 2 (A), column sd1", "cannot be negative")]
    [InlineData("--measure RR", "study,ai,n1,ci,n_2\nA,1,5,0,x\n", "row 2, column n_2", "not a number")]
    [InlineData("--measure RR", "study,ai,n1,ci,n22\nA,1,5,0,5\n", "column n2", "is 'n22' meant?")]
    [InlineData("--measure MD", "study,md,ci_low,ci_high\nA,3,0,2\n", "row 2 (A), column ci", "does not hold the estimate")]
    [InlineData("--measure MD", "study,md,ci_low,ci_high\nA,3,4,2\n", "row 2 (A), column ci", "wrong way round")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2,rr,ci_low,ci_high\nA,1,5,2,5,,,\nB,,,,,2,1,4\n", "row 3 (B)", "one kind for all")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\nA,\"1,234\",5000,0,5\n", "row 2, column ai", "no mark for thousands")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\nA,1,5,0,5,9\n", "row 2", "6 cells and the header has 5")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\n", "row 2", "no studies")]
    [InlineData("--measure RR", "", "row 1", "empty")]
    [InlineData("--measure RX", "study,ai\nA,1\n", "measure", "There is no measure 'RX'")]
    [InlineData("--measure RR --method MH --hksj", "study,ai,n1,ci,n2\nA,1,5,0,5\n", "hksj", "belongs to random effects")]
    [InlineData("--measure RR --moderator yaer", "study,ai,n1,ci,n2,year\nA,1,5,0,5,1999\n", "column yaer", "did you mean 'year'?")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\nA,1,9,2,9\nB,1,9,2,9\nA,1,9,2,9\n", "row 4 (A)", "is there twice: row 2")]
    [InlineData("--measure MD", "study,m1,sd1,n1,m2,sd2,n2,unit\nA,1,2,9,1,2,9,g/L\nB,1,2,9,1,2,9,mg/dL\n", "row 3 (B), column unit", "bring all to one unit")]
    [InlineData("--measure MD", "study,m1,sd1,n1,m2,sd2,n2\nA,12 mg,2,9,1,2,9\n", "row 2, column m1", "its unit in a column 'unit'")]
    [InlineData("--measure RR", "study,ai,n1,ci,n2\nA,50%,9,2,9\n", "row 2, column ai", "write the events and the people")]
    [InlineData("--measure GEN", "study,yi,vi\nA,1e300,1\nB,1,1\n", "row 2 (A), column yi", "too large or too small")]
    [InlineData("--measure RR --i2 tau2 --method MH", "study,ai,n1,ci,n2\nA,1,5,2,5\n", "i2", "belongs to random effects")]
    [InlineData("--measure HR", "study,hr,ci_low,ci_high\nA,-0.2,-1,0.5\n", "row 2 (A)", "above 0")]
    [InlineData("--measure RR --cumulative date", "study,ai,n1,ci,n2,date\nA,5,10,3,10,2020-13-40\nB,2,10,1,9,2019-01-01\n", "row 2 (A), column date", "is no day")]
    public void wrong_data_is_named_with_row_and_column(string options, string csv, string where, string says)
    {
        var run = Run(csv, options);

        Assert.Equal(2, run.Exit);
        Assert.Contains(where, run.Error, StringComparison.Ordinal);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    /// <summary>Where nobody has an event no study is counted, and its people were given all the same.</summary>
    [Theory]
    [InlineData("study,ai,n1,ci,n2\nA,0,10,0,10\nB,0,20,0,21\n", "", "people 61 in the studies shown")]
    [InlineData("study,ai,n1,ci,n2\nA,5,10,3,10\nB,0,9,0,8\nC,1,30,0,31\n", "--method MH --zero-cells none", "2 counted of 3; people 81")]
    [InlineData("study,rr,ci_low,ci_high\nA,1.11,0.80,1.53\nB,0.9,0.5,1.6\n", "", "people not given")]
    [InlineData("study,rr,ci_low,ci_high,people\nA,1.11,0.80,1.53,318\nB,0.9,0.5,1.6,\n", "", "people 318 in the 1 of 2 studies that give them")]
    public void people_are_counted_where_they_are_given(string csv, string options, string says) => Assert.Contains(says, Run(csv, $"--measure RR {options}").Output, StringComparison.Ordinal);

    [Fact]
    public void semicolons_decimal_commas_and_a_byte_order_mark_are_read()
    {
        var comma = Json("\uFEFFstudy;m1;sd1;n1;m2;sd2;n2\r\nA;1,5;2,5;10;0,5;2;11\r\nB;2;1,5;20;1,25;1;19\r\n", "--measure MD");
        var point = Json("study,m1,sd1,n1,m2,sd2,n2\nA,1.5,2.5,10,0.5,2,11\nB,2,1.5,20,1.25,1,19\n", "--measure MD");

        Assert.Equal(point["est"]!.GetValue<double>(), comma["est"]!.GetValue<double>());
    }

    [Fact]
    public void a_study_without_standard_deviation_is_shown_and_not_counted()
    {
        var o = Json("study,m1,sd1,n1,m2,sd2,n2\nA,1.5,2.5,10,0.5,2,11\nB,2,NA,20,1.25,1,19\nC,2,1,20,1.25,1,19\n", "--measure MD");

        Assert.Equal(2, o["k"]!.GetValue<int>());
        Assert.Contains("standard deviation is missing (sd1 not given)", o["studies"]![1]!["not_counted"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(o["notes"]!.AsArray(), n => n!.GetValue<string>().Contains("shown and not counted", StringComparison.Ordinal));
    }

    [Fact]
    public void one_study_has_an_effect_and_no_heterogeneity()
    {
        var o = Json("study,ai,n1,ci,n2\nA,32,59,12,58\n", "--measure RR --method DL --hksj adhoc");

        Assert.Equal(2.621468927, Math.Exp(o["est"]!.GetValue<double>()), 8);
        Assert.All(new[] { "Q", "Qp", "I2", "H2", "tau2", "pi" }, key => Assert.Null(o[key]));
        Assert.Equal(1.503828205, Math.Exp(o["ci"]![0]!.GetValue<double>()), 7);
        Assert.Contains("need at least two studies", string.Join(' ', o["notes"]!.AsArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void no_event_anywhere_is_no_ratio_and_says_so_and_a_difference_can_be_given()
    {
        const string None = "study,ai,n1,ci,n2\nA,0,20,0,21\nB,0,30,0,29\n";
        var ratio = Run(None, "--measure RR --method MH");

        Assert.Equal(1, ratio.Exit);
        Assert.Contains("No study has an event", ratio.Output, StringComparison.Ordinal);
        Assert.Equal(0, Run(None, "--measure RD").Exit);
    }

    [Fact]
    public void the_html_report_stands_alone()
    {
        var file = Path.Combine(folder, "report.html");
        var run = Run(Trials, $"--measure OR --method REML --hksj --egger --trim-fill --leave-one-out --html \"{file}\"");
        var html = File.ReadAllText(file);

        Assert.Equal(0, run.Exit);
        Assert.Equal(3, html.Split("<svg ").Length - 1);
        Assert.Contains("<h2>L'Abbé plot</h2>", html, StringComparison.Ordinal);
        Assert.Contains("Computed with IgLoop", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
    }

    [Fact]
    public void the_report_shows_a_study_without_standard_deviation_in_picture_and_table()
    {
        var file = Path.Combine(folder, "report.html");
        Run("study,m1,sd1,n1,m2,sd2,n2,unit\nA,1.5,2.5,10,0.5,2,11,g/L\nB,2,,20,1.25,1,19,g/L\nC,2,1,20,1.25,1,19,g/L\n", $"--measure MD --html \"{file}\"");
        var html = File.ReadAllText(file);

        Assert.Contains("<th scope=\"row\">B</th>", html, StringComparison.Ordinal);
        Assert.Contains("not counted, the standard deviation is missing (sd1 not given)", html, StringComparison.Ordinal);
        Assert.Contains("Mean difference in g/L", html, StringComparison.Ordinal);
        Assert.Contains("1 of 3 studies is shown and not counted", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Abbé plot", html, StringComparison.Ordinal);
    }

    [Fact]
    public void a_report_of_one_study_has_no_funnel_and_no_diamond()
    {
        var file = Path.Combine(folder, "report.html");
        Run("study,ai,n1,ci,n2\nA,32,59,12,58\n", $"--measure RR --egger --trim-fill --html \"{file}\"");
        var html = File.ReadAllText(file);

        Assert.DoesNotContain("Funnel plot", html, StringComparison.Ordinal);
        Assert.DoesNotContain("All studies", html, StringComparison.Ordinal);
        Assert.Contains("Trim and fill needs at least two studies.", html, StringComparison.Ordinal);
        Assert.Contains("Egger&#39;s test needs at least three studies of different size.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void the_methods_name_every_convention_that_was_used()
    {
        var text = Run("study,xi,ni,year\nA,3,9,1999\nB,40,200,2001\nC,7,7,2000\nD,5,9,2004\n", "--measure PFT --method PM --hksj adhoc --i2 Q --pft-n Geometric --prediction t_km2 --level 90 --egger --egger-predictor NINV --begg --trim-fill R0 --side Left --leave-one-out --cumulative year --influence --moderator year").Output;
        var methods = text.Split("methods: ")[1];

        Assert.All(
            new[] { "Freeman-Tukey double arcsine", "Paule and Mandel", "90 % intervals", "variance factor at least 1", "geometric mean of n", "I² and H², the last two from Q", "Q-profile", "t, k − 2", "Meta-regression on year", "on 1/n", "(Begg and Mazumdar)", "trim and fill by R0, the side given", "leaving out each study", "in the order of year", "Cook's distances", "Computed with IgLoop" },
            part => Assert.Contains(part, methods, StringComparison.Ordinal));
    }

    [Fact]
    public void capitals_of_an_option_do_not_matter()
    {
        var lines = CommandLine.Run("meta --ndjson", """
            {"id": 1, "measure": "rr", "method": "mh", "options": {"zero_cells": "REVMAN", "double_zero": "Drop", "trim_fill": "l0", "egger_predictor": "SEI", "egger": true}, "data": [{"ai": 3, "n1": 9, "ci": 0, "n2": 9}, {"ai": 4, "n1": 8, "ci": 2, "n2": 9}]}
            {"id": 2, "measure": "RR", "method": "MH", "options": {"zero_cells": "revman", "double_zero": "drop", "trim_fill": "L0", "egger_predictor": "sei", "egger": true}, "data": [{"ai": 3, "n1": 9, "ci": 0, "n2": 9}, {"ai": 4, "n1": 8, "ci": 2, "n2": 9}]}
            """).Output.TrimEnd().Split('\n');

        Assert.Equal(lines[1].Replace("\"id\":2", "\"id\":1", StringComparison.Ordinal), lines[0]);
        Assert.DoesNotContain("error", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void a_bad_request_line_says_where_and_the_rest_goes_on()
    {
        var lines = CommandLine.Run("meta --ndjson", """
            {"id": 1, "measure": "RR", "method": "EE", "data": [{"ai": 7, "n1": 5, "ci": 0, "n2": 5}]}
            {"id": 2, "measure": "RR", "method": "EE", "data": [{"ai": "x", "n1": 5, "ci": 0, "n2": 5}]}
            {"id": 3, "measure": "RR", "method": "EE", "data": []}
            {"id": 4, "measure": "RR", "method": "EE", "options": {"hksi": true}, "data": [{"ai": 1, "n1": 5, "ci": 1, "n2": 5}]}
            {"id": 5, "measure": "RR", "method": "EE", "data": [{"ai": 1, "n1": 5, "ci": 1, "n2": 5}]}
            """).Output.TrimEnd().Split('\n').Select(l => JsonNode.Parse(l)!).ToList();

        Assert.Equal(["bad-value", "not-a-number", "no-studies", "unknown-key"], lines[..4].Select(l => l["error"]!["code"]!.GetValue<string>()));
        Assert.Contains("did you mean 'hksj'?", lines[3]["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, lines[4]["est"]!.GetValue<double>());
    }

    [Fact]
    public void the_examples_of_the_manual_page_are_answered_as_shown()
    {
        var page = File.ReadAllText(Path.Combine(Approved.RootOf(Here()), "docs", "meta.md"));
        var blocks = page.Split("```json\n").Skip(1).Select(b => JsonNode.Parse(b.Split("\n```")[0])!).ToList();

        Assert.Equal(6, blocks.Count);
        foreach (var pair in blocks.Chunk(2))
        {
            var answer = IgLoop.Cli.MetaCommand.Answer((JsonObject)pair[0]);
            foreach (var (key, value) in pair[1].AsObject())
            {
                var shown = value is JsonArray list ? [.. list.Select(v => v!.GetValue<double>())] : new[] { value!.GetValue<double>() };
                var got = answer[key] is JsonArray other ? [.. other.Select(v => v!.GetValue<double>())] : new[] { Convert.ToDouble(answer[key]!.ToString(), System.Globalization.CultureInfo.InvariantCulture) };
                Assert.Equal(shown.Length, got.Length);
                Assert.All(shown.Zip(got), p => Assert.Equal(p.First, p.Second, 7));
            }
        }
    }

    private JsonNode Json(string csv, string options) => JsonNode.Parse(Run(csv, options + " --json").Output)!;

    private (int Exit, string Output, string Error) Run(string csv, string options)
    {
        var file = Path.Combine(folder, "trials.csv");
        File.WriteAllText(file, csv, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return CommandLine.Run($"meta \"{file}\" {options}");
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
