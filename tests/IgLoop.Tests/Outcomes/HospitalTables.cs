using System.Text;
using IgLoop.Cli;
using IgLoop.Core.Outcomes;
using IgLoop.Features.Outcomes;

namespace IgLoop.Tests.Outcomes;

/// <summary>Tables as a hospital's own spreadsheet or REDCap writes them: a score and a dose in one row, each read rightly or refused by row and column.</summary>
public class HospitalTables
{
    private const string Wide = """
        patient,date,sledai,ivig_g,prednisone,arthritis
        a,2024-01-05,16,,20,1
        a,2024-01-08,,30,,
        a,2024-02-05,12,30,15,1
        a,2024-07-05,6,,5,0
        b,2024-01-10,12,35,10,0
        b,2024-07-08,11,,10,0
        """;

    private static readonly OutcomeOptions Quick = new() { Resamples = 100 };

    [Fact]
    public void a_row_with_a_score_and_a_dose_is_an_assessment_and_an_infusion()
    {
        var report = Report(Wide);

        Assert.Equal((2, 2), (report.Included, report.Assessable));
        Assert.Equal(3, report.Harms.Infusions);
        Assert.Equal(95, report.Spending.Grams);
        Assert.Equal(-5.5, report.Score!.MeanChange);
        Assert.Equal(-7.5, report.Steroid!.MeanChange);
        Assert.Equal((1, 0), (report.Manifestations[0].Before, report.Manifestations[0].After));
    }

    [Theory]
    [InlineData("semicolons, decimal commas and a byte order mark", "\uFEFFpatient;date;sledai;ivig_g_kg;weight_kg\r\na;2024-01-05;16;0,5;60,5\r\na;2024-07-05;6;;61\r\n")]
    [InlineData("tabs", "patient\tdate\tsledai\tivig_g\na\t2024-01-05\t16\t30\na\t2024-07-05\t6\t\n")]
    [InlineData("units in brackets and capitals", "Patient ID,Visit Date,SLEDAI,IVIG (g/kg),Weight\na,2024-01-05,16,0.5,60\na,2024-07-05,6,,60\n")]
    [InlineData("milligrams", "patient,date,sledai,ivig_mg\na,2024-01-05,16,30000\na,2024-07-05,6,\n")]
    [InlineData("milligrams per kilogram", "patient,date,sledai,ivig_mg_kg,weight_kg\na,2024-01-05,16,500,60\na,2024-07-05,6,,\n")]
    [InlineData("a column of units", "patient,date,sledai,dose,unit\na,2024-01-05,16,30,g\na,2024-07-05,6,,\n")]
    [InlineData("an infusion on another day than the visit", "patient,visit_date,sledai,infusion_date,ivig_g\na,2024-01-05,16,2024-01-09,30\na,2024-07-05,6,,\n")]
    [InlineData("comments with line breaks", "patient,date,sledai,ivig_g,comments\na,2024-01-05,16,30,\"well,\nno headache\"\na,2024-07-05,6,,\n")]
    [InlineData("steroid by weight", "patient,date,sledai,ivig_g,weight_kg,pred_mg_kg\na,2024-01-05,16,30,60,0.5\na,2024-07-05,6,,60,0.25\n")]
    [InlineData("sex and birth repeated in each row", "patient,date,dob,gender,sledai,ivig_g\na,2024-01-05,1980-01-01,F,16,30\na,2024-07-05,1980-01-01,f,6,\n")]
    [InlineData("REDCap, longitudinal, with a repeated instrument", "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,dob,visit_date,sledai,visit_complete,infusion_date,ivig_g\n1,baseline_arm_1,,,1980-01-01,2024-01-05,16,2,,\n1,baseline_arm_1,infusion,1,,,,,2024-01-08,30\n1,month6_arm_1,,,,2024-07-05,6,2,,\n")]
    public void shapes_that_are_read(string shape, string csv)
    {
        var report = Report(csv);

        Assert.True(report is { Included: 1, Assessable: 1, Score.MeanChange: -10, Harms.Infusions: 1 }, shape);
        if (csv.Contains("pred_mg_kg", StringComparison.Ordinal))
        {
            Assert.Equal((30, 15), (report.Steroid!.MedianBefore, report.Steroid.MedianAfter));
        }
    }

    [Fact]
    public void a_table_saved_as_unicode_text_is_read() =>
        Assert.Equal(-5.5, OutcomeRun.Of([("wide.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Wide.Replace(',', '\t'))])], null, Quick, 1).Score!.MeanChange);

    [Theory]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,16,30\na,2024-02-05,,\n", "Row 3 has neither a score nor a dose", "row 3, column patient")]
    [InlineData("patient,date,sledai,ivig\na,2024-01-05,16,30\n", "call the column ivig_g, ivig_g_kg or ivig_mg_kg", "row 2, column ivig")]
    [InlineData("patient,date,sledai,ivig_g\na,05/01/2024,16,30\n", "write it as 2024-05-31", "row 2, column date")]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,16,0.5\n", "as a dose by weight in the wrong unit would be", "row 2, column ivig_g")]
    [InlineData("patient,date,sledai,ivig_g_kg\na,2024-01-05,16,30\n", "above any regimen", "row 2, column ivig_g_kg")]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,16,-30\n", "-30 g cannot be right", "row 2, column ivig_g")]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,16,0\n", "where nothing was given, leave it out", "row 2, column ivig_g")]
    [InlineData("patient,date,sledai,ivig_g,unit\na,2024-01-05,16,0.5,g/kg\n", "in g by the name of its column 'ivig_g' and in 'g/kg' here", "row 2, column unit")]
    [InlineData("patient,date,sledai,ivig_g,ivig_g_kg\na,2024-01-05,16,30,0.5\n", "keep one of them", "row 2, column ivig_g_kg")]
    [InlineData("patient,date,sledai,ivig_g,pred_mg_kg\na,2024-01-05,16,30,0.5\n", "no weight of the patient is known", "row 2, column pred_mg_kg")]
    [InlineData("patient,date,sledai,ivig_g,methylprednisolone_mg\na,2024-01-05,16,30,8\n", "convert it", "row 1, column methylprednisolone_mg")]
    [InlineData("patient;date;sledai;ivig_mg;weight_kg\na;2024-01-05;16;30.000;60,5\n", "can be read two ways in this file; write 30000", "row 2, column ivig_mg")]
    [InlineData("patient,date,sledai,ivig_mg\na,2024-01-05,16,\"30,000\"\n", "write 30000 if the comma separates thousands", "row 2, column ivig_mg")]
    [InlineData("patient,date,sledai,ivig_g,surname\na,2024-01-05,16,30,Smith\n", "tells who a patient is", "row 1, column surname")]
    [InlineData("patient,date,sledai,ivig_g,how\na,2024-01-05,16,30,slowly\n", "'slowly' is neither a number", "row 2, column how")]
    [InlineData("patient,date,sledia,ivig_g\na,2024-01-05,16,30\n", "is it 'sledai'?", "row 1, column sledia")]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,120,30\n", "outside its range of 0 to 105", "row 2, column sledai")]
    [InlineData("patient,date,sledai,ivig_g\na,2024-01-05,16,30\na,2024-01-05,14,\n", "has sledai twice on 2024-01-05, first in row 2", "row 3, column sledai")]
    [InlineData("patient,dat,sledai,ivig_g\na,2024-01-05,16,30\n", "no column 'date'; is it 'dat'?", "row 1")]
    [InlineData("sledai,date,ivig_g\n16,2024-01-05,30\n", "no column 'patient'.", "row 1")]
    [InlineData("patient,date,sledai,ivig_ml\na,2024-01-05,16,300\n", "is of a dose in ml, which is not grams", "row 1, column ivig_ml")]
    [InlineData("patient,date,sledai,ivig_g,dose_vials\na,2024-01-05,16,30,3\n", "is of a dose in vials, which is not grams", "row 1, column dose_vials")]
    [InlineData("record_id,patient_id,date,sledai,ivig_g\na,a,2024-01-05,16,30\n", "either may be the patient; keep one", "row 1, column record_id")]
    [InlineData("patient,date,sledai,ivig_g,sex\na,2024-01-05,16,30,F\na,2024-07-05,16,,M\n", "sex 'M' here and 'F' in row 2", "row 3, column sex")]
    [InlineData("patient,date,sledai,infusion_date,ivig_g\na,2024-01-05,16,2024-01-09,\n", "date of an infusion and no dose", "row 2, column infusion_date")]
    [InlineData("patient,date,sledai,ivig_g,ae_grade\na,2024-01-05,16,30,2\n", "a grade and no adverse event", "row 2, column ae_grade")]
    [InlineData("patient,date,sledai,ivig_g,death_date\na,2024-02-05,16,30,2024-01-20\n", "patient a died on 2024-01-20 but has", "row 2, column death_date")]
    [InlineData("patient,date,sledai,ivig_g\n,2024-01-05,16,30\n", "The patient is missing", "row 2, column patient")]
    public void shapes_that_are_refused_by_row_and_column(string csv, string says, string where) => Refused([("wide.csv", Encoding.UTF8.GetBytes(csv))], says, where);

    [Fact]
    public void letters_of_an_old_encoding_are_refused_where_they_stand() =>
        Refused([("wide.csv", Encoding.Latin1.GetBytes("patient,date,sledai,ivig_g,comments\na,2024-01-05,16,30,ok\na,2024-07-05,6,,très bien\n"))], "save it as 'CSV UTF-8'", "row 3, column comments");

    [Theory]
    [InlineData("patient,date,dose,unit\na,2024-01-05,,g\n", "The dose is missing; write it with its unit", "row 2, column dose")]
    [InlineData("patient,date,dosis,unit\na,2024-01-05,30,g\n", "no column 'dose'; is it 'dosis'?", "row 1")]
    [InlineData("patient,date,amount,unit\na,2024-01-05,30,g\n", "no column 'dose'. Its columns are", "row 1")]
    [InlineData("patient,date,dose,unit,rate,nurse\na,2024-01-05,30,g,2,x\n", "'rate', 'nurse' would not be read", "row 1, column rate")]
    [InlineData("patient,date,dose,unit\na,2024-01-05,400,mg\n", "as a dose by weight in the wrong unit would be", "row 2, column dose")]
    public void a_table_of_infusions_is_refused_by_row_and_column(string csv, string says, string where) => Refused([("infusions.csv", Encoding.UTF8.GetBytes(csv))], says, where);

    [Fact]
    public void tables_one_wide_table_and_a_redcap_export_with_and_without_mapping_give_the_same_report()
    {
        var tables = Cli.OutcomesPage.Simulated(40).ToDictionary(f => f.Name, f => Encoding.UTF8.GetString(f.Bytes).TrimEnd('\n').Split('\n').Skip(1).Select(l => l.Split(',')).ToList());
        var wide = new StringBuilder("patient,date,sledai,prednisone_mg_day,arthritis,rash,serositis,thrombocytopenia,alopecia,ivig_g,birth_date,sex,weight_kg,adverse_event,grade,relapse,last_seen\n");
        var redcap = new StringBuilder("record_id,redcap_event_name,redcap_repeat_instrument,dob,gender,weight,visit_date,sledai,prednisone,arthritis,rash,serositis,thrombocytopenia,alopecia,infusion_date,ivig_g\n");
        var about = tables["patients.csv"].ToDictionary(p => p[0]);
        foreach (var p in about.Values)
        {
            redcap.Append(System.Globalization.CultureInfo.InvariantCulture, $"{p[0]},start_arm_1,,{p[1]},{p[2]},{p[3]},,,,,,,,,,\n");
        }

        foreach (var (visit, signs) in tables["visits.csv"].Zip(tables["manifestations.csv"]))
        {
            Assert.Equal(visit[..2], signs[..2]);
            var p = about[visit[0]];
            var dose = tables["infusions.csv"].Find(i => i[0] == visit[0] && i[1] == visit[1]);
            wide.Append(System.Globalization.CultureInfo.InvariantCulture, $"{visit[0]},{visit[1]},{visit[2]},{visit[3]},{string.Join(',', signs[2..])},{dose?[2]},{p[1]},{p[2]},{p[3]},,,,\n");
            redcap.Append(System.Globalization.CultureInfo.InvariantCulture, $"{visit[0]},visit_arm_1,,,,,{visit[1]},{visit[2]},{visit[3]},{string.Join(',', signs[2..])},,\n");
        }

        foreach (var i in tables["infusions.csv"])
        {
            redcap.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i[0]},visit_arm_1,infusion,,,,,,,,,,,,{i[1]},{i[2]}\n");
            if (!tables["visits.csv"].Exists(v => v[0] == i[0] && v[1] == i[1]))
            {
                wide.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i[0]},{i[1]},,,,,,,,{i[2]},,,,,,,\n");
            }
        }

        foreach (var e in tables["adverse_events.csv"])
        {
            wide.Append(System.Globalization.CultureInfo.InvariantCulture, $"{e[0]},{e[1]},,,,,,,,,,,,{e[2]},{e[3]},,\n");
        }

        foreach (var f in tables["follow_up.csv"])
        {
            wide.Append(System.Globalization.CultureInfo.InvariantCulture, $"{f[0]},{f[1]},,,,,,,,,,,,,,{(f[2] == "relapse" ? "1," : "," + f[1])}\n");
        }

        const string map = """
            patient: record_id
            rows:
              - when: {redcap_event_name: start_arm_1}
                about: {birth_date: dob, sex: gender, weight_kg: weight}
              - when: {redcap_event_name: visit_arm_1, redcap_repeat_instrument: ""}
                date: visit_date
                scores: {sledai: sledai}
                steroid: prednisone
                manifestations: {arthritis: arthritis, rash: rash, serositis: serositis, thrombocytopenia: thrombocytopenia, alopecia: alopecia}
              - when: {redcap_repeat_instrument: infusion}
                date: infusion_date
                infusion: {dose: ivig_g, unit: g}
            """;

        // The covariate of the patients' table has no column in the other shapes, and events and follow-up none in this export.
        string Of(IReadOnlyList<(string Name, byte[] Bytes)> files, string? mapping = null) => OutcomesJson.Of(OutcomeRun.Of(files, mapping, Quick, 1), "0.1.0", 1).ToJsonString();
        var plain = Cli.OutcomesPage.Simulated(40).Select(f => f.Name == "patients.csv" ? (f.Name, Encoding.UTF8.GetBytes("patient,birth_date,sex,weight_kg\n" + string.Join('\n', about.Values.Select(p => string.Join(',', p[..4]))))) : f).ToList();
        Assert.Equal(Of(plain), Of([("wide.csv", Encoding.UTF8.GetBytes(wide.ToString()))]));

        var without = Of([.. plain.Where(f => f.Name is not ("adverse_events.csv" or "follow_up.csv"))]);
        Assert.Equal(without, Of([("redcap.csv", Encoding.UTF8.GetBytes(redcap.ToString()))], map));
        Assert.Equal(without, Of([("redcap.csv", Encoding.UTF8.GetBytes(redcap.ToString()))]));
    }

    private static OutcomeReport Report(string csv) => OutcomeRun.Of([("wide.csv", Encoding.UTF8.GetBytes(csv))], null, Quick, 1);

    private static void Refused(IReadOnlyList<(string Name, byte[] Bytes)> files, string says, string where)
    {
        var wrong = Assert.Throws<BatchException>(() => OutcomeRun.Of(files, null, Quick, 1));

        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
        Assert.Contains(where, wrong.Where, StringComparison.Ordinal);
    }
}
