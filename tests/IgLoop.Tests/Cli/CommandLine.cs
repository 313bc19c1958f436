using System.Diagnostics;
using System.Text.Json.Nodes;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Cli;

/// <summary>The program as a script runs it: output, errors, exit codes.</summary>
public class CommandLine
{
    [Theory]
    [InlineData("--help")]
    [InlineData("decide --help")]
    [InlineData("dose --help")]
    [InlineData("infusion --help")]
    [InlineData("score --help")]
    [InlineData("outcomes --help")]
    [InlineData("simulate --help")]
    [InlineData("cql --help")]
    [InlineData("meta --help")]
    [InlineData("serve --help")]
    [InlineData("knowledge --help")]
    public void the_help_is_a_contract(string arguments)
    {
        var run = Run(arguments);

        Assert.Equal(0, run.Exit);
        Approved.Text($"help/{arguments.Replace(" ", "-", StringComparison.Ordinal)}.txt", run.Output.Replace("igloop.dll", "igloop", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("decid x", "Did you mean 'decide'?")]
    [InlineData("dose --rul ontario", "Did you mean '--rule'?")]
    [InlineData("dose --rule ontaro --kg 70 --cm 170 --sex F", "did you mean 'ontario'?")]
    [InlineData("dose --rule ontario --sex F --cm 1.65 --kg 64 --g-per-kg 1", "looks like metres; write 165")]
    [InlineData("dose --rule ontario --sex F --cm 165 --kg -64 --g-per-kg 1", "cannot be right")]
    [InlineData("dose --rule ontario --cm 165 --kg 64 --g-per-kg 1", "The sex is missing")]
    [InlineData("dose --rule ontario --sex F --cm 165 --kg 64 --g-per-kg 60", "above any regimen")]
    [InlineData("infusion --product gamten --kg 70 --grams 30", "No infusion rates were read")]
    [InlineData("infusion --product gammaked --indication CIDP --kg 70 --grams 30", "were not verified")]
    [InlineData("infusion --product privigen --kg 70 --grams 28 --reaction-min 75 --grade 6", "A grade of 6 does not exist")]
    [InlineData("infusion --product privigen --kg 70 --grams 28 --reaction-min 75", "needs both reaction_min and grade")]
    [InlineData("score mg_adl talkin=1", "did you mean 'talking'?")]
    [InlineData("score sledai2k arthritus", "did you mean 'arthritis'?")]
    [InlineData("score mg_adl talking", "write NAME=VALUE")]
    [InlineData("score qmg_item item=fvc_pct value=2.4L", "is in 'L', which cannot be converted to '%'; give the number in %")]
    [InlineData("score clasi erythema.chst=1", "did you mean 'chest'? Known are scalp")]
    [InlineData("score pga 3.5", "such as value=3 (Global assessment, 0 to 3)")]
    [InlineData("score pga value=3.5", "Global assessment (value) is 3.5, but must lie between 0 and 3")]
    [InlineData("score grip left=20mmHg", "There is no input 'left' here; known are unit (Device: kPa or kg)")]
    [InlineData("score grip unit=kPa baseline=20mmHg now=30", "baseline is in 'mmHg', but the values are in kPa")]
    [InlineData("score sledai2k fever --at 2026-11-26 --today 2026-11-25", "give the day on which it was made")]
    [InlineData("score sledai2k fever --at yesterday", "must be a day such as 2026-11-24")]
    [InlineData("score", "Name an instrument")]
    [InlineData("score megris days=5", "mEGRIS is a later model")]
    [InlineData("response nowhere.yaml", "There is no file 'nowhere.yaml'")]
    [InlineData("response /dev/null", "/dev/null is empty; write instrument and assessments")]
    [InlineData("decide nowhere.yaml", "There is no such file")]
    [InlineData("outcomes nowhere.csv", "There is no such file")]
    [InlineData("outcomes --data /nowhere", "There is no record in /nowhere")]
    [InlineData("outcomes", "the record with --data or --postgres")]
    [InlineData("outcomes x.csv --data /nowhere", "not both")]
    [InlineData("outcomes --at 2024-01-01 x.csv", "name it with --data")]
    [InlineData("outcomes --at 1/2/2024 x.csv", "'1/2/2024' is not a date")]
    [InlineData("import /nowhere.csv", "/nowhere.csv")]
    [InlineData("import", "'igloop import' also needs FILE (CSV files as")]
    [InlineData("review import", "'igloop review import' also needs ID (Id of the review, as 'igloop review list' shows it); FILE (PubMed/MEDLINE (.nbib), RIS or CSV); --source (Database, register")]
    [InlineData("review import ivig x.nbib --by Ann", "also needs --source (Database, register, website … that was searched, for example PubMed). Write: igloop review import ID FILE --source SOURCE --by NAME.")]
    [InlineData("review import ivig x.nbib --source PubMed", "also needs --by (Who does this; kept in the record as stated). Write:")]
    [InlineData("review import --source PubMed --by Ann", "also needs ID")]
    [InlineData("review import ivig x.nbib --surce PubMed --by Ann", "Did you mean '--source'?")]
    [InlineData("review", "'igloop review' needs to be told what to do: ")]
    [InlineData("simulate", "also needs --out (Folder for the CSV tables).")]
    [InlineData("export --data /nowhere", "There is no record in /nowhere")]
    [InlineData("simulate --patients 5 --out x --truth all-helps", "There is no truth")]
    [InlineData("knowledge show privigenn", "did you mean privigen?")]
    [InlineData("knowledge check --knowledge /nowhere", "There is no knowledge folder")]
    public void wrong_input_is_one_sentence_and_exit_code_2(string arguments, string says)
    {
        var run = Run(arguments);

        Assert.Equal(2, run.Exit);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        if (says.Contains("also needs", StringComparison.Ordinal))
        {
            // What is missing is spelt right: no other word is meant.
            Assert.DoesNotContain("id you mean", run.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("sledai-with-unknown", "score sledai2k arthritis rash fever low_complement=? --at 2026-11-24 --today 2026-11-25")]
    [InlineData("qmg-partly-unverified", "score qmg points=1,1,0,0,1,1,2,0,1,1,1,1,2")]
    public void a_scored_instrument_reads_as_approved(string name, string arguments)
    {
        var run = Run(arguments);

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
        Approved.Text($"score/{name}.txt", run.Output);
    }

    [Fact]
    public void a_batch_of_scores_answers_in_order_with_errors_in_place()
    {
        var run = Run("score --ndjson", """
            {"id": "a", "instrument": "sledai2k", "inputs": {"present": ["arthritis"], "unknown": ["fever"]}}
            {"id": "b", "instrument": "mg_adl", "inputs": {"items": [9, 0, 0, 0, 0, 0, 0, 0]}}
            {"id": "c", "instrument": "sledai2k", "today": "2026-11-25", "assessments": [{"at": "2026-11-01", "inputs": {"present": []}}, {"at": "2026-11-01", "inputs": {"present": ["rash"]}}]}
            {"id": "d", "instrument": "sledai2k", "today": "2026-11-25", "at": "2026-11-26", "inputs": {"present": []}}
            {"id": "e", "instrument": "mg_adl", "today": "2026-11-25", "assessments": [{"at": "2026-11-01", "inputs": {"items": [1, 1, 1, 0, 0, 0, 0, 0]}}, {"at": "2026-11-08", "inputs": {"items": [0, 0, 1, 0, 0, 0, 0, 0]}}]}
            {"id": "f", "instrument": "egris", "inputs": {"days": 1e40, "facial_bulbar": true, "mrc": 12}}
            """);
        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonNode.Parse(l)!).ToList();

        Assert.Equal(0, run.Exit);
        Assert.Null(lines[0]["total"]);
        Assert.Equal((4, 5), (lines[0]["lower"]!.GetValue<int>(), lines[0]["upper"]!.GetValue<int>()));
        Assert.Equal(["out_of_range", "duplicate_time", "after_today", "out_of_range"], new[] { 1, 2, 3, 5 }.Select(n => lines[n]["error"]!["code"]!.GetValue<string>()));
        Assert.Equal([3, 1], lines[4]["assessments"]!.AsArray().Select(a => a!["total"]!.GetValue<int>()));
    }

    [Fact]
    public void the_knowledge_that_ships_passes_its_own_check()
    {
        var run = Run("knowledge check");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Exit);
    }

    [Fact]
    public void a_bad_line_gives_an_error_and_the_rest_goes_on()
    {
        var run = Run("dose --ndjson", """
            {"id": "a", "rule": "ontario", "sex": "M", "cm": 175, "kg": 100, "g_per_kg": [1, 2]}
            {"id": "b", "rule": "ontario", "sex": "M", "cm": 175, "kg": -1, "g_per_kg": 1}
            not json
            {"id": "d", "rule": "ontario", "sex": "F", "cm": 150, "kg": 80, "g_per_kg": 1}
            """);
        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonNode.Parse(l)!).ToList();

        Assert.Equal(0, run.Exit);
        Assert.Equal(82.278740m, lines[0]["dosing_weight_kg"]!.GetValue<decimal>(), 4);
        Assert.Equal("bad-value", lines[1]["error"]!["code"]!.GetValue<string>());
        Assert.Equal("b", lines[1]["id"]!.GetValue<string>());
        Assert.Equal("not-json", lines[2]["error"]!["code"]!.GetValue<string>());
        Assert.True(lines[3]["unresolved"]!.GetValue<bool>());
        Assert.Equal(2, lines[3]["candidates"]!.AsArray().Count);
        Assert.Null(lines[3]["doses"]);
    }

    [Theory]
    [InlineData("""{"rule": "ontario", "sex": "M", "cm": 175, "g_per_kg": 1}""", "missing", "The weight is missing")]
    [InlineData("""{"rule": "ontario", "sex": "M", "kg": 75, "g_per_kg": 1}""", "missing", "The height is missing")]
    [InlineData("""{"rule": "igcalculator", "sex": "M", "cm": 175, "g_per_kg": 1}""", "missing", "The weight is missing")]
    [InlineData("""{"rule": "adjusted_0_4", "kg": 75, "g_per_kg": 1}""", "missing", "The ibw is missing")]
    [InlineData("""{"sex": "M", "cm": 175, "kg": 75, "g_per_kg": 1}""", "missing", "rule is missing")]
    public void what_is_missing_for_a_dose_is_named(string request, string code, string says)
    {
        var error = JsonNode.Parse(Run("dose --ndjson", request).Output)!["error"]!;

        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.Contains(says, error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void rounding_that_doubles_the_dose_of_an_infant_is_said()
    {
        var result = JsonNode.Parse(Run("dose --ndjson", """{"rule": "international", "sex": "F", "cm": 60, "kg": 6, "age": 0.5, "g_per_kg": 0.4}""").Output)!;

        Assert.Contains(result["warnings"]!.AsArray(), w => w!["code"]!.GetValue<string>() == "rounding-over-10-percent");
    }

    [Fact]
    public void a_line_with_a_key_twice_or_half_a_character_is_no_reason_to_stop()
    {
        var run = Run("cql --ndjson", """
            {"id": 1, "id": 2, "expression": "1"}
            {"id": 3, "expression": "1", "chart": {"platelets": "14 10*9/L", "platelets": "15 10*9/L"}}
            {"id": 4, "expression": "'\ud800'"}
            {"id": 5, "expression": "1", "chart": 7}
            {"id": 6, "expression": "1 + 1"}
            """);
        var lines = run.Output.TrimEnd().Split('\n').Select(l => JsonNode.Parse(l)!).ToList();

        Assert.Equal(["duplicate-key", "duplicate-key", "not-text", "not-a-chart"], lines[..4].Select(l => l["error"]!["code"]!.GetValue<string>()));
        Assert.Equal(2, lines[4]["value"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"hyperprolinaemia": true}""", "privigen", "C06 BLOCK", null)]
    [InlineData("""{"age": 72, "ckd": true}""", "carimune_nf", "K02 BLOCK,K01 WARN,T01 WARN,G03 WARN", null)]
    [InlineData("""{"abo": "A", "course_g_kg": 2.0}""", "privigen", "H01 WARN", null)]
    [InlineData("""{"abo": "O", "course_g_kg": 2.0}""", "privigen", "", "H01")]
    [InlineData("""{"cad": true, "daily_g": 70}""", "privigen", "T02 OVERRIDE", null)]
    [InlineData("""{"iga_g_L": 0.38}""", "privigen", "C04 INFO", "C05,C03,C02")]
    public void rule_checks_hold_through_the_batch(string chart, string product, string expected, string? absent)
    {
        var run = Run("decide --ndjson", $$"""{"id": 1, "product": "{{product}}", "chart": {{chart}}}""");
        var found = JsonNode.Parse(run.Output)!["findings"]!.AsArray().Select(f => $"{f!["rule"]} {f["severity"]}").ToList();

        Assert.All(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), e => Assert.Contains(e, found));
        Assert.All((absent ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), a => Assert.DoesNotContain(found, f => f.StartsWith(a + " ", StringComparison.Ordinal)));
    }

    [Fact]
    public void a_reaction_is_planned_from_options_too()
    {
        var run = Run("infusion --product privigen --indication CIDP --kg 70 --grams 28 --reaction-min 75 --grade 2 --json");

        Assert.Equal(331.7m, JsonNode.Parse(run.Output)!["total_min"]!.GetValue<decimal>());
    }

    [Fact]
    public void an_empty_ladder_is_a_product_without_rates()
    {
        var run = Run("infusion --ndjson", """{"id": 1, "inputs": {"product": "privigen", "weight_kg": 70, "day_dose_g": 28, "conc_g_per_100mL": 10, "ladder_mL_kg_min": [], "first_step_min": 30, "step_min": 30}}""");

        Assert.Equal("no-rates", JsonNode.Parse(run.Output)!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("intragam_10", "No infusion rates were read")]
    [InlineData("gammaked", "were not verified")]
    [InlineData("hizentra", "subcutaneous only")]
    public void a_product_that_cannot_be_planned_is_refused_in_the_first_line(string product, string says)
    {
        var chart = Path.Combine(Approved.RootOf(Here()), "tests", "IgLoop.Tests", "Charts", "cidp-first-course.yaml");
        var run = Run($"decide \"{chart}\" --product {product}");

        Assert.Equal(1, run.Exit);
        Assert.Contains("NOT THIS PRODUCT", run.Output, StringComparison.Ordinal);
        Assert.Contains(says, string.Join(' ', run.Output.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public void a_refusal_ends_with_exit_code_1()
    {
        var chart = Path.Combine(Approved.RootOf(Here()), "tests", "IgLoop.Tests", "Charts", "gbs-second-course.yaml");

        Assert.Equal(1, Run($"decide \"{chart}\"").Exit);
    }

    internal static (int Exit, string Output, string Error) Run(string arguments, string input = "")
    {
        var start = new ProcessStartInfo("dotnet", $"\"{typeof(IgLoop.Cli.Root).Assembly.Location}\" {arguments}") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string here = "") => here;
}
