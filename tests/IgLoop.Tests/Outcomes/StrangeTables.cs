using System.Globalization;
using System.Text;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;
using IgLoop.Features.Outcomes;
using Cohorts = IgLoop.Tests.Cli.OutcomesPage;

namespace IgLoop.Tests.Outcomes;

/// <summary>Tables as people send them: whatever is in them, there is a report or a sentence that says what, where and how to mend it.</summary>
public class StrangeTables
{
    private const int Tries = 400;

    private static readonly OutcomeOptions Quick = new() { Resamples = 100 };

    private static readonly string[] Oddities =
    [
        "", " ", "0", "-1", "-0", "1e9", "1e400", "99999999999999999999999999999", "79228162514264337593543950335", "0.0000000000000000000000000001", "NaN", "Infinity", "n/a", "?", "12,5", "1.2.3", "１２", "−4",
        "2024-02-30", "0001-01-01", "9999-12-31", "03/04/2024", "45292", "-30", "120", "#####", "1.1.2024", "yes", "YES", "unchecked", "2", "F", "X", "g", "g/kg", "mg/kg", "mL", "P0001", "p0001", "P9999", "\"", "'", ";", ",", "\t", "|", "=1+1",
        "relapse", "last_seen", "patient", "score", "sledai", "sledia", "date", "<script>", "\u0000", "\uFEFF", "𝟙", new('9', 400), new('x', 5000),
    ];

    [Fact]
    public void a_report_or_a_sentence_whatever_a_cell_a_row_or_a_header_becomes()
    {
        var chance = new Chance(20261125);
        for (var i = 0; i < Tries; i++)
        {
            var files = Cohorts.Simulated(4 + chance.Below(12)).ToDictionary(f => f.Name, f => Encoding.UTF8.GetString(f.Bytes), StringComparer.Ordinal);
            for (var change = chance.Below(3); change >= 0; change--)
            {
                var name = files.Keys.Order(StringComparer.Ordinal).ElementAt(chance.Below(files.Count));
                files[name] = Spoilt(files[name], chance);
            }

            if (chance.Happens(0.1))
            {
                files.Remove(files.Keys.Order(StringComparer.Ordinal).ElementAt(chance.Below(files.Count)));
            }

            var said = Answer([.. files.Select(f => (f.Key, Encoding.UTF8.GetBytes(f.Value)))]);
            Assert.True(said.Length > 0 && !said.Contains("Exception", StringComparison.Ordinal), $"try {i}: {said}");
        }
    }

    [Theory]
    [InlineData("visits.csv", "sledai", "sledia", "has a column 'sledia'; is it 'sledai'?", "visits.csv, row 1, column sledia")]
    [InlineData("visits.csv", "prednisone_mg_day", "predisone_mg_day", "is it 'prednisone_mg_day'?", "visits.csv, row 1")]
    [InlineData("patients.csv", "birth_date", "brith_date", "is it 'birth_date'?", "patients.csv, row 1")]
    [InlineData("patients.csv", "weight_kg", "wieght_kg", "is it 'weight_kg'?", "patients.csv, row 1")]
    [InlineData("patients.csv", "weight_kg", "weight_lb", "is it 'weight_kg'?", "patients.csv, row 1")]
    [InlineData("patients.csv", "patient", "pateint", "no column 'patient'; is it 'pateint'?", "patients.csv, row 1")]
    [InlineData("adverse_events.csv", "event", "evnt", "no column 'event'; is it 'evnt'?", "adverse_events.csv, row 1")]
    [InlineData("follow_up.csv", "what", "wat", "no column 'what'; is it 'wat'?", "follow_up.csv, row 1")]
    [InlineData("infusions.csv", "dose", "doze", "no column 'dose'; is it 'doze'?", "infusions.csv, row 1")]
    public void a_header_with_a_slip_of_the_pen_is_told_the_nearest(string file, string column, string slip, string says, string where)
    {
        var files = Cohorts.Simulated(10).Select(f => f.Name == file ? (f.Name, Encoding.UTF8.GetBytes(Replaced(f.Bytes, column, slip))) : f).ToList();

        var wrong = Assert.Throws<BatchException>(() => OutcomeRun.Of(files, null, Quick, 1));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.StartsWith(where, wrong.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledia,3,", "There is no score 'sledia'; is it 'sledai'?", "row 2, column name")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,adverse_event,headache,9,", "grades are 1, 2, 3, 4 or 5", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,adverse_event,headache,99999999999,", "larger than anything a chart holds", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,,patient,weight,60,kg\na,2024-01-01,infusion,,79228162514264337593543950335,g/kg", "larger than anything a chart holds", "row 3, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,30,score,sledai,3,", "is a number of days and not a date", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,-14,score,sledai,3,", "is a number of days and not a date", "row 2, column date")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,\"12,5\",", "write 12.5", "row 2, column value")]
    [InlineData("patient,date,kind,name,value,unit\na,2024-01-01,score,sledai,n/a,", "leave the cell empty when it is not known", "row 2, column value")]
    [InlineData("patient date kind name value unit\na 2024-01-01 score sledai 3 g", "separate them by comma, semicolon or tab", "row 1")]
    public void a_cell_that_cannot_be_is_told_how_to_mend_it(string csv, string says, string where)
    {
        var wrong = Assert.Throws<BatchException>(() => OutcomeRun.Of([("cohort.csv", Encoding.UTF8.GetBytes(csv))], null, Quick, 1));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(where, wrong.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void other_scores_and_numbers_may_be_called_what_they_are_called()
    {
        var files = Cohorts.Simulated(12).Select(f => (f.Name, Bytes: Encoding.UTF8.GetBytes(f.Name == "visits.csv" ? Replaced(f.Bytes, "sledai", "bilag") : f.Name == "patients.csv" ? Replaced(f.Bytes, "disease_years", "height_cm") : Encoding.UTF8.GetString(f.Bytes)))).ToList();

        Assert.Equal("bilag", OutcomeRun.Of(files, null, Quick, 1).Instrument);
    }

    [Fact]
    public void a_mapping_with_a_slip_of_the_pen_is_refused_and_not_half_read()
    {
        var wrong = Assert.Throws<BatchException>(() => RedcapMap.Read("map.yaml", "patient: id\nrows:\n  - date: d\n    scors: {sledai: s}\n"));

        Assert.Contains("'scors', which is not known; did you mean 'scores'?", wrong.Message, StringComparison.Ordinal);
        Assert.Equal("map.yaml, line 4", wrong.Where);
    }

    private static string Replaced(byte[] bytes, string column, string by)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return text[..end].Replace(column, by, StringComparison.Ordinal) + text[end..];
    }

    /// <summary>The message, or "report" when all of its forms could be written.</summary>
    private static string Answer(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        try
        {
            var report = OutcomeRun.Of(OutcomeRun.Entries(files, null), Quick, 1, today: new(2026, 11, 25));
            var sections = OutcomeSections.Of(report, "0.1.0", 1);
            _ = OutcomesText.Of(sections);
            _ = OutcomesHtml.Of(sections, "0.1.0");
            _ = OutcomesJson.Of(report, "0.1.0", 1).ToJsonString(Batch.Json);
            return "report";
        }
        catch (BatchException e)
        {
            return e.Where.Length > 0 ? e.Message : "";
        }
    }

    private static string Spoilt(string csv, Chance chance)
    {
        var rows = csv.TrimEnd('\n').Split('\n').ToList();
        var at = chance.Below(rows.Count);
        var cells = rows[at].Split(',');
        var cell = chance.Below(cells.Length);
        var odd = Oddities[chance.Below(Oddities.Length)];
        switch (chance.Below(8))
        {
            case 0: rows.Add(rows[at]); break;
            case 1: rows.RemoveAt(at); break;
            case 2: rows[at] = rows[at] + "," + odd; break;
            case 3: return string.Join('\n', rows).Replace(',', ";|\t "[chance.Below(4)]);
            case 4: return csv[..chance.Below(csv.Length)];
            case 5:
                var column = chance.Below(rows[0].Split(',').Length);
                rows = [.. rows.Select(r => string.Join(',', r.Split(',').Where((_, c) => c != column)))];
                break;
            default:
                cells[cell] = odd;
                rows[at] = string.Join(',', cells);
                break;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{string.Join('\n', rows)}\n");
    }
}
