using System.Text;
using System.Text.Json.Nodes;
using IgLoop.Cli;
using IgLoop.Core.Facts;
using IgLoop.Fhir;

namespace IgLoop.Tests.Fhir;

/// <summary>What is understood of a FHIR R4 record, and which records are refused as a whole.</summary>
public class Bundles
{
    private static readonly FactCatalogue Facts = DecideCommand.Decider(null, null).Knowledge.Facts;
    private static readonly DateOnly At = new(2026, 11, 22);

    [Theory]
    [InlineData("29463-7", 154, "[lb_av]", "weight", 69.853)]
    [InlineData("8302-2", 69, "[in_i]", "height", 175.26)]
    [InlineData("8302-2", 1.75, "m", "height", 175)]
    [InlineData("2160-0", 1.2, "mg/dL", "creatinine", 106.104)]
    [InlineData("777-3", 20000, "/uL", "platelets", 20)]
    [InlineData("2458-8", 5, "mg/dL", "iga", 0.05)]
    [InlineData("718-7", 12.1, "g/dL", "haemoglobin", 121)]
    public void a_laboratory_value_comes_in_the_unit_of_its_fact(string loinc, double value, string unit, string fact, double expected)
    {
        var facts = Chart(Bundle(Observation(loinc, value, unit))).At(Facts, At).Facts;

        Assert.Equal(expected, (double)facts[fact]!.Number, 2);
    }

    [Fact]
    public void a_unit_that_is_not_known_is_refused_by_name_and_the_value_is_listed()
    {
        var resolved = Chart(Bundle(Observation("29463-7", 11, "stone"), Observation("8302-2", 170, "cm"))).At(Facts, At);

        Assert.Null(resolved.Facts["weight"]);
        Assert.Contains(resolved.NotUnderstood, n => n.Why.Contains("stone", StringComparison.Ordinal));
    }

    [Fact]
    public void an_old_value_is_shown_and_not_used_and_the_latest_of_several_is_used()
    {
        var resolved = Chart(Bundle(
            Observation("777-3", 12, "10*3/uL", "2026-11-20"),
            Observation("777-3", 300, "10*3/uL", "2026-11-10"),
            Observation("718-7", 12, "g/dL", "2026-01-10"))).At(Facts, At);

        Assert.Equal(12, resolved.Facts["platelets"]!.Number);
        Assert.Null(resolved.Facts["haemoglobin"]);
        Assert.Equal("haemoglobin", Assert.Single(resolved.Stale).Fact.Id);
    }

    [Fact]
    public void a_height_taken_in_childhood_is_no_height_of_the_grown_up()
    {
        var child = Patient("2004-05-01");
        var resolved = Chart(Bundle(child, Observation("8302-2", 120, "cm", "2013-05-01"))).At(Facts, At);

        Assert.Null(resolved.Facts["height"]);
        Assert.Equal("height", Assert.Single(resolved.Stale).Fact.Id);
    }

    [Theory]
    [InlineData("449868002", true)]
    [InlineData("266919005", false)]
    [InlineData("8517006", false)]
    public void the_smoking_status_is_a_coded_answer(string snomed, bool smokes)
    {
        var status = new JsonObject { ["resourceType"] = "Observation", ["id"] = "s", ["status"] = "final", ["code"] = Code("http://loinc.org", "72166-2"), ["effectiveDateTime"] = "2026-11-01", ["valueCodeableConcept"] = Code("http://snomed.info/sct", snomed) };

        Assert.Equal(smokes, Chart(Bundle(status)).At(Facts, At).Facts["smoker"]!.AsBoolean);
    }

    [Theory]
    [InlineData("collection")]
    [InlineData("searchset")]
    [InlineData("transaction")]
    public void these_kinds_of_bundle_are_read_alike(string type)
    {
        var bundle = Bundle(Observation("29463-7", 70, "kg"));
        bundle["type"] = type;

        Assert.Equal(70, Chart(bundle).At(Facts, At).Facts["weight"]!.Number);
    }

    [Fact]
    public void bulk_data_gives_a_chart_a_patient_each_with_its_own_values()
    {
        var lines = string.Join('\n', new[] { Patient("1980-01-01", "a"), Patient("1990-01-01", "b"), Observation("29463-7", 70, "kg", subject: "Patient/a"), Observation("29463-7", 50, "kg", subject: "Patient/b") }.Select(l => l.ToJsonString()));
        var read = RecordReading.Read(Encoding.UTF8.GetBytes(lines), "record", Facts, At);

        Assert.Empty(read.Problems);
        Assert.Equal([70m, 50m], read.Charts.Select(c => c.At(Facts, At).Facts["weight"]!.Number));
    }

    [Fact]
    public void a_weight_below_zero_refuses_the_record()
    {
        Refused(Bundle(Observation("29463-7", -70, "kg")), "Weight cannot be negative");
    }

    [Fact]
    public void a_height_in_metres_that_calls_itself_centimetres_refuses_the_record()
    {
        Refused(Bundle(Observation("29463-7", 70, "kg"), Observation("8302-2", 1.75, "cm")), "if metres are meant, write 175 cm");
    }

    [Fact]
    public void a_later_weight_mends_one_that_cannot_be()
    {
        Assert.Equal(70, Chart(Bundle(Observation("29463-7", -70, "kg", "2026-11-01"), Observation("29463-7", 70, "kg", "2026-11-02"))).At(Facts, At).Facts["weight"]!.Number);
    }

    [Fact]
    public void a_birth_date_in_the_future_refuses_the_record() => Refused(Bundle(Patient("2031-01-01")), "after the day of the decision");

    [Fact]
    public void a_history_refuses_itself()
    {
        var bundle = Bundle(Observation("29463-7", 70, "kg"));
        bundle["type"] = "history";

        Refused(bundle, "holds older versions");
    }

    [Theory]
    [InlineData("""{"resourceType":"MedicationPrescription","id":"m"}""", "DSTU2")]
    [InlineData("""{"resourceType":"MedicationOrder","id":"m"}""", "DSTU2")]
    [InlineData("""{"resourceType":"Condition","id":"m","clinicalStatus":"active","verificationStatus":"confirmed"}""", "DSTU2 or STU3")]
    [InlineData("""{"resourceType":"Observation","id":"m","status":"final","comments":"x"}""", "DSTU2")]
    [InlineData("""{"resourceType":"Observation","id":"m","status":"final","context":{"reference":"Encounter/1"}}""", "STU3")]
    [InlineData("""{"resourceType":"MedicationRequest","id":"m","medication":{"concept":{"text":"x"}}}""", "R5")]
    public void another_version_of_FHIR_is_refused_by_name(string resource, string version) =>
        Refused(Bundle(JsonNode.Parse(resource)!.AsObject()), $"This is FHIR {version}");

    [Theory]
    [InlineData("""{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", """, "broken off")]
    [InlineData("<Bundle xmlns='http://hl7.org/fhir'/>", "This is XML")]
    [InlineData("[]", "not FHIR")]
    public void what_is_no_bundle_is_told_apart(string content, string says)
    {
        var read = RecordReading.Read(Encoding.UTF8.GetBytes(content), "record", Facts, At);

        Assert.Empty(read.Charts);
        Assert.Contains(says, Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    private static void Refused(JsonObject bundle, string says)
    {
        var read = RecordReading.Read(Encoding.UTF8.GetBytes(bundle.ToJsonString()), "record", Facts, At);

        Assert.Empty(read.Charts);
        Assert.Contains(says, Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    private static Chart Chart(JsonObject bundle)
    {
        var read = RecordReading.Read(Encoding.UTF8.GetBytes(bundle.ToJsonString()), "record", Facts, At);

        Assert.Empty(read.Problems);
        return Assert.Single(read.Charts);
    }

    private static JsonObject Bundle(params JsonObject[] resources) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "collection",
        ["entry"] = new JsonArray([.. (resources.Any(r => (string?)r["resourceType"] == "Patient") ? resources : [Patient("1980-01-01"), .. resources]).Select(r => (JsonNode)new JsonObject { ["resource"] = r })]),
    };

    private static JsonObject Patient(string born, string id = "1") => new() { ["resourceType"] = "Patient", ["id"] = id, ["gender"] = "female", ["birthDate"] = born };

    private static JsonObject Observation(string loinc, double value, string unit, string on = "2026-11-20", string subject = "Patient/1") => new()
    {
        ["resourceType"] = "Observation", ["id"] = $"o{loinc}", ["status"] = "final", ["subject"] = new JsonObject { ["reference"] = subject }, ["code"] = Code("http://loinc.org", loinc), ["effectiveDateTime"] = on,
        ["valueQuantity"] = new JsonObject { ["value"] = value, ["unit"] = unit, ["code"] = unit, ["system"] = "http://unitsofmeasure.org" },
    };

    private static JsonObject Code(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
}
