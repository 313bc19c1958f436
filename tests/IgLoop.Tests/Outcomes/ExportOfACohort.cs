using System.Text;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Outcomes;

namespace IgLoop.Tests.Outcomes;

public class ExportOfACohort
{
    private static readonly OutcomeOptions Options = new() { Resamples = 200 };
    private static readonly IReadOnlyList<CohortEntry> Cohort = OutcomeRun.Entries(Cli.OutcomesPage.Simulated(40), null);
    private static readonly string[] Codes = [.. Cohort.Select(e => e.Patient).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void as_it_is_held_it_gives_the_same_report_when_read_again() =>
        Assert.Equal(Report(Cohort), Report(Read(CohortExport.AsHeld(Cohort).Csv)));

    [Fact]
    public void for_research_no_code_no_day_of_the_calendar_and_no_day_of_birth_is_left()
    {
        var csv = CohortExport.ForResearch(Cohort, 5, [.. Codes.Reverse()]).Csv;

        Assert.Empty(Codes.Intersect(Read(csv).Select(e => e.Patient)));
        var days = Cohort.Where(e => e.On is not null).Select(e => e.On!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Concat(Cohort.Where(e => e.Name == "birth_date").Select(e => e.Value)).Where(d => d.CompareTo("2009") > 0).Distinct();
        Assert.DoesNotContain(days, d => csv.Contains(d, StringComparison.Ordinal));
        Assert.All(Read(csv).Where(e => e.Name == "birth_date"), e => Assert.EndsWith("-01-01", e.Value, StringComparison.Ordinal));
        Assert.All(Read(csv).Where(e => e.Kind == EntryKind.Infusion).GroupBy(e => e.Patient), g => Assert.Equal(new DateOnly(2000, 1, 1), g.Min(e => e.On)));
    }

    [Fact]
    public void for_research_what_is_measured_within_patients_stays_what_it_was()
    {
        var held = OutcomeRun.Of(Cohort, Options, 1);
        var research = OutcomeRun.Of(Read(CohortExport.ForResearch(Cohort, 1, Codes).Csv), Options, 1);

        Assert.Equal(held.Score!.Test.V, research.Score!.Test.V);
        Assert.Equal(held.Responders.IntentionToTreat.Responders, research.Responders.IntentionToTreat.Responders);
        Assert.Equal(held.Relapses.LogRank!.Test.ChiSquared, research.Relapses.LogRank!.Test.ChiSquared, 1e-9);
        Assert.Equal(held.Harms.Events, research.Harms.Events);
    }

    [Fact]
    public void what_fewer_than_the_minimum_cell_share_is_left_out_and_said()
    {
        var rows = new StringBuilder("patient,date,kind,name,value,unit\n");
        for (var i = 1; i <= 6; i++)
        {
            rows.Append($"q{i},,patient,sex,{(i == 1 ? "M" : "F")},\nq{i},2024-01-10,score,sledai,12,\nq{i},2024-01-11,infusion,,30,g\nq{i},2024-01-10,manifestation,arthritis,{(i < 6 ? 1 : 0)},\nq{i},2024-01-10,manifestation,chorea,{(i == 1 ? 1 : 0)},\nq{i},2024-01-11,adverse_event,headache,1,\n");
        }

        rows.Append("q1,2024-01-11,adverse_event,met the mayor and fainted,1,\n");
        var export = CohortExport.ForResearch(Read(rows.ToString()), 5, ["q1", "q2", "q3", "q4", "q5", "q6"]);

        Assert.DoesNotContain("chorea", export.Csv, StringComparison.Ordinal);
        Assert.DoesNotContain("mayor", export.Csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",sex,", export.Csv, StringComparison.Ordinal);
        Assert.Contains("arthritis", export.Csv, StringComparison.Ordinal);
        Assert.Equal(7, Read(export.Csv).Count(e => e.Kind == EntryKind.AdverseEvent));
        Assert.Equal(3, export.LeftOut.Count(l => l.Contains("fewer than 5", StringComparison.Ordinal)));
        Assert.Equal("too-small", Assert.Throws<BatchException>(() => CohortExport.ForResearch(Read(rows.ToString()), 7, ["q1", "q2", "q3", "q4", "q5", "q6"])).Code);
    }

    [Fact]
    public void a_text_that_a_spreadsheet_would_run_is_written_as_text()
    {
        var csv = CohortExport.AsHeld(Read("patient,date,kind,name,value,unit\na,2024-01-11,adverse_event,\"=HYPERLINK(\"\"x\"\")\",1,\na,2024-01-11,adverse_event,\"pain, chest\",1,\n")).Csv;

        Assert.Contains("'=hyperlink", csv, StringComparison.Ordinal);
        Assert.DoesNotContain(",=", csv, StringComparison.Ordinal);
        Assert.Contains("\"pain, chest\"", csv, StringComparison.Ordinal);
    }

    private static string Report(IReadOnlyList<CohortEntry> entries) => OutcomesJson.Of(OutcomeRun.Of(entries, Options, 1), "x", 1).ToJsonString();

    private static IReadOnlyList<CohortEntry> Read(string csv) => OutcomeRun.Entries([("cohort.csv", Encoding.UTF8.GetBytes(csv))], null);
}
