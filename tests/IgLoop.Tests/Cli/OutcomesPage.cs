using System.Text;
using System.Text.RegularExpressions;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;
using IgLoop.Features.Outcomes;
using IgLoop.Tests.Golden;

namespace IgLoop.Tests.Cli;

/// <summary><c>igloop outcomes</c> and its files: every example of docs/outcomes.md, one report to the letter, and what wrong files are told.</summary>
public partial class OutcomesPage
{
    private static readonly OutcomeOptions Options = new() { Resamples = 300 };

    [Fact]
    public void the_report_of_a_simulated_cohort_stays_as_approved()
    {
        var report = OutcomeRun.Of(Simulated(62), null, Options with { Price = new(60, "EUR", "an example") }, 1);

        Approved.Text("outcomes/report.txt", OutcomesText.Of(OutcomeSections.Of(report, "0.1.0", 1)));
    }

    [Fact]
    public void the_order_of_the_files_does_not_matter()
    {
        var one = OutcomesJson.Of(OutcomeRun.Of(Simulated(30), null, Options, 1), "0.1.0", 1).ToJsonString();
        var other = OutcomesJson.Of(OutcomeRun.Of([.. Simulated(30).AsEnumerable().Reverse()], null, Options, 1), "0.1.0", 1).ToJsonString();

        Assert.Equal(one, other);
    }

    [Fact]
    public void the_examples_of_the_document_work()
    {
        var document = File.ReadAllText(Path.Combine(Root(), "docs", "outcomes.md"));
        var blocks = Block().Matches(document).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["body"].Value);

        var longTable = OutcomeRun.Of([("cohort.csv", Encoding.UTF8.GetBytes(blocks["cohort.csv"]))], null, Options, 1);
        var redcap = OutcomeRun.Of([("redcap.csv", Encoding.UTF8.GetBytes(blocks["redcap.csv"]))], blocks["map.yaml"], Options, 1);

        Assert.Equal(2, longTable.Assessable);
        Assert.Equal(1, redcap.Assessable);
        Assert.Equal(-9, redcap.Score!.MeanChange);

        var wide = OutcomeRun.Of([("wide.csv", Encoding.UTF8.GetBytes(blocks["wide.csv"]))], blocks["wide.yaml"], Options, 1);
        Assert.Equal(2, wide.Assessable);
        Assert.Equal(-6.5, wide.Score!.MeanChange);
        Assert.Equal(3, wide.Harms.Infusions);
        Assert.Equal(1, wide.Harms.Events);
        Assert.Equal((2, 1), (wide.Manifestations[0].Before, wide.Manifestations[0].After));

        // A hospital's own table: the row of the infusion is an assessment too.
        var hospital = OutcomeRun.Of([("hospital.csv", Encoding.UTF8.GetBytes(blocks["hospital.csv"]))], null, Options, 1);
        Assert.Equal((1, -10, 1), (hospital.Assessable, hospital.Score!.MeanChange, hospital.Harms.Infusions));
        Assert.Equal((20, 5), (hospital.Steroid!.MedianBefore, hospital.Steroid.MedianAfter));
        Assert.Equal(("arthritis", 1, 0), (hospital.Manifestations[0].Name, hospital.Manifestations[0].Before, hospital.Manifestations[0].After));
    }

    [Theory]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,12,\na,2024-01-01,score,sledai,10,", "twice on 2024-01-01, first in row 2", "row 3")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,120,", "outside its range of 0 to 105", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,infusion,,30,ml", "dose unit 'ml' is not known", "row 2, column unit")]
    [InlineData("patient,date,kind,name,value,unit\na,,patient,birth_date,1990-01-01,\na,1989-01-01,infusion,,30,g", "before the date of birth", "row 3, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-05-01,last_seen,,,\na,2024-06-01,score,sledai,3,", "Dates are out of order", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,03/04/2024,score,sledai,3,", "can be read one way only", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,scor,sledai,3,", "did you mean 'score'?", "row 2, column kind")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,pain,3,mm\nb,2024-01-01,score,pain,3,cm", "give one unit throughout", "row 3")]
    [InlineData("patient_id,date,kind,name,value,unit\na,2024-01-01,score,sledai,3,", "no column 'patient'; is it 'patient_id'?", "row 1")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score", "has 3 cells and the header 6", "row 2")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,infusion,,900,g", "above any regimen", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,45292,score,sledai,3,", "perhaps 2024-01-01", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,########,score,sledai,3,", "cannot show a date", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,05-Jan-24,score,sledai,3,", "one way only", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,-3,", "sledai is -3, outside its range", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,infusion,,-30,g", "-30 g cannot be right", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,steroid,prednisone,-5,", "-5 mg a day cannot be right", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,steroid,prednisone,5,g", "in 'g'", "row 2, column value")]
    [InlineData("patient|date|kind|name|value|unit\na|2024-01-01|score|sledai|3|", "separate them by comma, semicolon or tab", "row 1")]
    [InlineData("patient,date,kind,nmae,value,unit\na,2024-01-01,score,sledai,3,", "no column 'name'; is it 'nmae'?", "row 1")]
    [InlineData("patient,date,kind,name,value,unit\na,,patient,nhs_number,9434765919,", "tells who a patient is", "row 2, column value")]
    [InlineData("", "is empty", "cohort.csv")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,3,", "No patient has an infusion", "files")]
    public void wrong_input_names_row_and_column(string csv, string says, string where)
    {
        var wrong = Assert.Throws<BatchException>(() => OutcomeRun.Of([("cohort.csv", Encoding.UTF8.GetBytes(csv))], null, Options, 1));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(where, wrong.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient,date,sledai\na,2024-01-01,3\nb1,2024-01-01,3", "Patient 'b1' is not in patients.csv", "visits.csv, row 3, column patient")]
    [InlineData("patient,date,sledai\na,2024-01-01,3\na,2024-01-01,4", "Patient a has sledai twice on 2024-01-01, first in row 2", "visits.csv, row 3, column sledai")]
    [InlineData("patient,dat,sledai\na,2024-01-01,3", "no column 'date'; is it 'dat'?", "visits.csv, row 1")]
    [InlineData("patient,date,sledai\na,2024-01-01,high", "'high' is not a number", "visits.csv, row 2, column sledai")]
    [InlineData("patient,date,sledai\na,2099-01-01,3", "2099-01-01 is after today", "visits.csv, row 2, column date")]
    public void a_second_table_is_told_by_its_own_row_and_column(string visits, string says, string where)
    {
        var wrong = Assert.Throws<BatchException>(() => OutcomeRun.Of(OutcomeRun.Entries([("patients.csv", "patient,sex\na,F\nb,F"u8.ToArray()), ("visits.csv", Encoding.UTF8.GetBytes(visits))], null), Options, 1, today: new(2026, 11, 25)));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Equal(where, wrong.Where);
    }

    [Fact]
    public void byte_order_mark_semicolons_and_decimal_commas_are_read()
    {
        var csv = "\uFEFFpatient;date;kind;name;value;unit\r\na;2024-01-01;score;sledai;12;\r\na;2024-01-02;infusion;;0,5;g/kg\r\na;2024-07-01;score;sledai;4;\r\n";
        var report = OutcomeRun.Of([("cohort.csv", Encoding.UTF8.GetBytes(csv))], null, Options, 1);

        Assert.Equal(-8, report.Score!.MeanChange);
        Assert.Equal(Analysis.Low, report.Responders.ByBand.Single().Band);
    }

    [Fact]
    public void a_minimum_cell_hides_small_counts_and_single_patients()
    {
        var report = OutcomeRun.Of(Simulated(30), null, Options with { MinimumCell = 5 }, 1);
        var json = OutcomesJson.Of(report, "0.1.0", 1);
        var html = OutcomesHtml.Of(OutcomeSections.Of(report, "0.1.0", 1), "0.1.0");

        Assert.DoesNotContain("patient 1<", html, StringComparison.Ordinal);
        Assert.Contains(json["manifestations"]!.AsArray(), m => m!["not_shown"] is not null);
        Assert.All(json["manifestations"]!.AsArray().Where(m => m!["not_shown"] is not null), m => Assert.All(new[] { "cleared", "appeared", "p_mid", "p_holm", "odds_ratio" }, k => Assert.Null(m![k])));
        Assert.All(json["manifestations"]!.AsArray(), m => Assert.All(new[] { "before", "after", "cleared", "appeared" }, k => Assert.True(m![k] is null || m[k]!.GetValue<int>() is 0 or >= 5)));
    }

    [Theory]
    [InlineData(40, 5)]
    [InlineData(62, 5)]
    [InlineData(150, 7)]
    public void no_hidden_count_is_a_sum_or_a_difference_of_published_ones(int patients, int minimum)
    {
        var files = Simulated(patients);
        var truth = Leaves(OutcomesJson.Of(OutcomeRun.Of(files, null, Options, 1), "0.1.0", 1));
        var said = Leaves(OutcomesJson.Of(OutcomeRun.Of(files, null, Options with { MinimumCell = minimum }, 1), "0.1.0", 1));

        // How the counts of the document add up, in the words of the document and not of the program that hid them.
        var sums = new List<(string Total, string[] Parts)>();
        for (var i = 1; i < 4; i++)
        {
            sums.Add(($"attrition.{i - 1}.patients", [$"attrition.{i}.patients", $"attrition.{i}.left_out"]));
        }

        sums.Add(("attrition.2.patients", ["responders.by_band.0.patients", "responders.by_band.1.patients"]));
        sums.Add(("attrition.3.patients", ["dose.low", "dose.high"]));
        sums.Add(("responders.intention_to_treat.responders", ["responders.by_band.0.responders", "responders.by_band.1.responders"]));
        sums.Add(("adverse_events.events", ["adverse_events.by_band.0.events", "adverse_events.by_band.1.events"]));
        sums.Add(("adverse_events.events", [.. truth.Keys.Where(k => k.StartsWith("adverse_events.by_name.", StringComparison.Ordinal) && k.EndsWith(".events", StringComparison.Ordinal))]));
        for (var m = 0; m < 5; m++)
        {
            foreach (var what in new[] { "known", "before", "after", "cleared", "appeared" })
            {
                sums.Add(($"manifestations.{m}.{what}", [$"manifestations.{m + 5}.{what}", $"manifestations.{m + 10}.{what}"]));
            }
        }

        foreach (var same in new[] { "responders.intention_to_treat.patients", "trend.mixed_model.patients", "trend.means.0.patients", "cost.patients_with_grams" })
        {
            sums.Add(("attrition.2.patients", [same]));
        }

        foreach (var same in new[] { "score.pairs", "steroid.pairs", "manifestations.0.known", "responders.assessable.patients" })
        {
            sums.Add(("attrition.3.patients", [same]));
        }

        Assert.All(sums, s => Assert.Equal(truth[s.Total], s.Parts.Sum(p => truth[p])));
        var known = said.ToDictionary(StringComparer.Ordinal);
        for (var found = true; found;)
        {
            found = false;
            foreach (var (total, parts) in sums)
            {
                string[] open = [.. parts.Append(total).Where(k => !known.ContainsKey(k))];
                if (open is [var one])
                {
                    known[one] = one == total ? parts.Sum(p => known[p]) : known[total] - parts.Where(p => p != one).Sum(p => known[p]);
                    found = true;
                }
            }
        }

        string[] small = [.. truth.Where(t => sums.Exists(s => s.Total == t.Key || s.Parts.Contains(t.Key)) && t.Value > 0 && t.Value < minimum).Select(t => t.Key)];
        Assert.NotEmpty(small);
        Assert.All(small, s => Assert.False(known.ContainsKey(s), $"{s} = {truth[s]} follows from the published numbers"));
    }

    [Theory]
    [InlineData(40, 5)]
    [InlineData(62, 5)]
    [InlineData(62, 10)]
    [InlineData(150, 7)]
    public void a_hidden_count_of_a_manifestation_has_more_than_one_value_in_the_tables_that_fit(int patients, int minimum)
    {
        var files = Simulated(patients);
        var truth = OutcomesJson.Of(OutcomeRun.Of(files, null, Options, 1), "0.1.0", 1)["manifestations"]!.AsArray();
        var said = OutcomesJson.Of(OutcomeRun.Of(files, null, Options with { MinimumCell = minimum }, 1), "0.1.0", 1)["manifestations"]!.AsArray();
        string[] counts = ["known", "before", "after", "cleared", "appeared"];
        var (shown, hidden) = (0, 0);
        foreach (var name in truth.Select(m => m!["name"]!.GetValue<string>()).Distinct())
        {
            // The rows of all, low and high dose: what fits each, then what fits together.
            List<System.Text.Json.Nodes.JsonNode> rows = [.. said.Where(m => m!["name"]!.GetValue<string>() == name).Select(m => m!)], real = [.. truth.Where(m => m!["name"]!.GetValue<string>() == name).Select(m => m!)];
            bool Fits(int row, int[] table) => counts.Index().All(c => rows[row][c.Item] is null || rows[row][c.Item]!.GetValue<int>() == table[c.Index]);
            List<int[]> Fitting(int row) => [.. Near([.. counts.Select(c => real[row][c]!.GetValue<int>())]).Where(t => Fits(row, t))];
            var possible = counts.SelectMany(_ => Enumerable.Range(0, 3), (c, r) => (c, r)).ToDictionary(k => k, _ => new HashSet<int>());
            var ofHigh = Fitting(2);
            foreach (var low in Fitting(1))
            {
                foreach (var high in ofHigh.Where(h => Fits(0, [.. low.Zip(h, (l, x) => l + x)])))
                {
                    foreach (var (i, c) in counts.Index())
                    {
                        possible[(c, 0)].Add(low[i] + high[i]);
                        possible[(c, 1)].Add(low[i]);
                        possible[(c, 2)].Add(high[i]);
                    }
                }
            }

            foreach (var ((c, r), values) in possible)
            {
                var n = real[r][c]!.GetValue<int>();
                if (n > 0 && n < minimum)
                {
                    hidden++;
                    Assert.Null(rows[r][c]);
                    Assert.True(values.Count > 1, $"{c} of {name}, row {r}, can only be {n}");
                }

                shown += rows[r][c] is null ? 0 : 1;
            }
        }

        Assert.True(hidden > 0 && shown > hidden / 2, $"{shown} shown, {hidden} small");
    }

    /// <summary>Known, before, after, cleared, appeared of every table whose four cells are at most three from the true ones: more would fit, and one more is enough.</summary>
    private static IEnumerable<int[]> Near(int[] truth)
    {
        int[] cells = [truth[1] - truth[3], truth[3], truth[4], truth[0] - truth[1] - truth[4]];
        IEnumerable<int> Around(int n) => Enumerable.Range(Math.Max(0, n - 3), n + 4 - Math.Max(0, n - 3));
        return from both in Around(cells[0]) from cleared in Around(cells[1]) from appeared in Around(cells[2]) from neither in Around(cells[3])
            select new[] { both + cleared + appeared + neither, both + cleared, both + appeared, cleared, appeared };
    }

    /// <summary>Whole numbers of a document by their path.</summary>
    private static Dictionary<string, int> Leaves(System.Text.Json.Nodes.JsonNode? node, string path = "")
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var inside = node switch
        {
            System.Text.Json.Nodes.JsonObject o => o.Select(p => (p.Key, p.Value)),
            System.Text.Json.Nodes.JsonArray a => a.Select((v, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), v)),
            _ => [],
        };
        foreach (var (key, value) in inside)
        {
            var at = path.Length == 0 ? key : $"{path}.{key}";
            if (value is System.Text.Json.Nodes.JsonValue number && number.TryGetValue<int>(out var n))
            {
                found[at] = n;
            }

            foreach (var (k, v) in Leaves(value, at))
            {
                found[k] = v;
            }
        }

        return found;
    }

    [Fact]
    public void the_html_report_needs_no_other_file_and_holds_the_same_parts_as_the_json()
    {
        var report = OutcomeRun.Of(Simulated(40), null, Options, 1);
        var html = OutcomesHtml.Of(OutcomeSections.Of(report, "0.1.0", 1), "0.1.0");

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.Contains("Regression to the mean", html, StringComparison.Ordinal);
        Assert.True(Regex.Count(html, "<svg ") >= 4);
        Assert.Equal(report.Included, OutcomesJson.Of(report, "0.1.0", 1)["responders"]!["intention_to_treat"]!["patients"]!.GetValue<int>());
    }

    internal static List<(string Name, byte[] Bytes)> Simulated(int patients) =>
        [.. SimulateCommand.Tables(Simulation.Of(patients, Truth.LowHelpsArthritisNotPlatelets, new Chance(1)), Truth.LowHelpsArthritisNotPlatelets).Select(t => (t.Name, Encoding.UTF8.GetBytes(t.Text)))];

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Approved.RootOf(here);

    [GeneratedRegex(@"<!-- (?<name>\S+) -->\s*```\w*\n(?<body>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
