using System.Text;
using System.Text.Json;
using IgLoop.Core.Facts;

namespace IgLoop.Fhir;

/// <summary>Reads FHIR R4: a Bundle of one patient, or Bulk Data NDJSON of several. What is not understood is listed.</summary>
public static class FhirReading
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <param name="bytes">UTF-8 without byte order mark.</param>
    /// <param name="facts">The known facts with their codes.</param>
    /// <param name="at">Day of the decision: a birth date after it is refused.</param>
    public static ReadRecord Read(ReadOnlyMemory<byte> bytes, FactCatalogue facts, DateOnly at)
    {
        var codes = new FactCodes(facts);
        if (IsLines(bytes.Span))
        {
            return Lines(bytes, codes, at);
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return One(document.RootElement, codes, at);
        }
        catch (JsonException e)
        {
            return NotJson(e, "line", (e.LineNumber ?? 0) + 1);
        }
    }

    private static ReadRecord One(JsonElement root, FactCodes codes, DateOnly at)
    {
        if (root.ValueKind != JsonValueKind.Object || root.Text("resourceType") is not { } type)
        {
            return ReadRecord.Wrong("not-fhir", "This is JSON but not FHIR: a FHIR R4 Bundle says \"resourceType\": \"Bundle\" at its top.", "top");
        }

        if (type != "Bundle")
        {
            return type == "Patient"
                ? Charts([new(root, "")], codes, at)
                : ReadRecord.Wrong("not-a-bundle", $"One {type} resource alone cannot be decided on; give a Bundle that holds the Patient and the record.", "resourceType");
        }

        var resources = new List<FhirEntry>();
        foreach (var entry in root.Items("entry"))
        {
            if (entry.TryGetProperty("resource", out var resource) && resource.ValueKind == JsonValueKind.Object)
            {
                resources.Add(new(resource, entry.Text("fullUrl") ?? ""));
            }
        }

        if (root.Text("type") is "history")
        {
            return ReadRecord.Wrong("history", "This bundle is a history: it holds older versions of each resource. Give the record as it is now (collection, searchset or transaction).", "type");
        }

        if (resources.Count == 0)
        {
            return ReadRecord.Wrong("empty-bundle", "The bundle holds no resources; export it again with the patient's record.", "entry");
        }

        if (OtherVersion.Of(root, resources) is { } version)
        {
            return ReadRecord.Wrong("fhir-version", $"This is FHIR {version.Name}, not R4; export it as R4 (4.0.1).", version.Where);
        }

        var patients = resources.Count(r => r.Type == "Patient");
        return patients switch
        {
            0 => ReadRecord.Wrong("no-patient", "The bundle holds no Patient; add the Patient resource.", "entry"),
            1 => Charts(resources, codes, at),
            _ => ReadRecord.Wrong("several-patients", $"The bundle holds {patients} patients; give one bundle a patient, or NDJSON of Bulk Data.", "entry"),
        };
    }

    /// <summary>NDJSON: each line a resource; the charts by patient, in the order of the Patient lines.</summary>
    private static ReadRecord Lines(ReadOnlyMemory<byte> bytes, FactCodes codes, DateOnly at)
    {
        var documents = new List<JsonDocument>();
        var resources = new List<FhirEntry>();
        try
        {
            var number = 0;
            var text = Encoding.UTF8.GetString(bytes.Span);
            foreach (var line in text.Split('\n'))
            {
                number++;
                if (string.IsNullOrWhiteSpace(line))
                {
                    continue;
                }

                try
                {
                    var document = JsonDocument.Parse(line, Strict);
                    documents.Add(document);
                    if (document.RootElement.ValueKind != JsonValueKind.Object || document.RootElement.Text("resourceType") is null)
                    {
                        return ReadRecord.Wrong("not-fhir", "Each line of NDJSON must be a FHIR resource with its resourceType.", $"line {number}");
                    }

                    resources.Add(new(document.RootElement, ""));
                }
                catch (JsonException e)
                {
                    return NotJson(e, "line", number);
                }
            }

            if (OtherVersion.Of(default, resources) is { } version)
            {
                return ReadRecord.Wrong("fhir-version", $"This is FHIR {version.Name}, not R4; export it as R4 (4.0.1).", version.Where);
            }

            return resources.Exists(r => r.Type == "Patient") ? Charts(resources, codes, at) : ReadRecord.Wrong("no-patient", "No line is a Patient; add the Patient lines.", "all lines");
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }

    private static ReadRecord Charts(IReadOnlyList<FhirEntry> resources, FactCodes codes, DateOnly at)
    {
        var patients = resources.Where(r => r.Type == "Patient").ToList();
        var charts = new List<Chart>();
        foreach (var patient in patients)
        {
            var own = patients.Count == 1 ? resources : [patient, .. resources.Where(r => r.Type != "Patient" && r.BelongsTo(patient))];
            var (chart, problem) = new PatientRecord(codes, own).Read(patient, at);
            if (chart is null)
            {
                return new([], new Dictionary<string, string>(), [problem!]);
            }

            charts.Add(chart);
        }

        return new(charts, new Dictionary<string, string>(), []);
    }

    /// <summary>True when the first line is whole JSON and another follows.</summary>
    private static bool IsLines(ReadOnlySpan<byte> bytes)
    {
        var trimmed = bytes.TrimStart(" \t\r\n"u8);
        var end = trimmed.IndexOf((byte)'\n');
        if (end < 0 || trimmed[(end + 1)..].TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(trimmed[..end], isFinalBlock: true, default);
            reader.Read();
            return reader.TrySkip() && reader.BytesConsumed > 2;
        }
        catch (JsonException)
        {
            // The first line is not whole JSON, so this is one document over several lines.
            return false;
        }
    }

    private static ReadRecord NotJson(JsonException e, string unit, long number)
    {
        // At the end of a file that breaks off the parser speaks of its depth as well.
        var message = e.Message.Contains("maximum", StringComparison.OrdinalIgnoreCase) && e.Message.Contains("depth", StringComparison.OrdinalIgnoreCase) ? "The JSON is nested deeper than 64 levels, which FHIR never is."
            : e.Message.Contains("uplicate", StringComparison.Ordinal) ? "A key is given twice in one object; keep one."
            : "The JSON is broken off or wrong here; export it again and check that it arrived whole.";
        return ReadRecord.Wrong("not-json", message, $"{unit} {number}, byte {(e.BytePositionInLine ?? 0) + 1}");
    }
}

/// <summary>A resource with the address it has in its bundle.</summary>
internal sealed record FhirEntry(JsonElement Resource, string FullUrl)
{
    public string Type { get; } = Resource.Text("resourceType") ?? "";

    public string Id { get; } = Resource.Text("id") ?? "";

    public string Where => Id.Length > 0 ? $"{Type}/{Id}" : Type;

    public bool IsAt(string reference) => reference.Length > 0 && (reference == FullUrl || reference == $"{Type}/{Id}" || (Id.Length > 0 && reference.EndsWith($"{Type}/{Id}", StringComparison.Ordinal)));

    public bool BelongsTo(FhirEntry patient)
    {
        var reference = Resource.Inner("subject")?.Text("reference") ?? Resource.Inner("patient")?.Text("reference");
        return reference is not null && patient.IsAt(reference);
    }
}

/// <summary>Signs of another FHIR version in what claims to be R4.</summary>
internal static class OtherVersion
{
    public static (string Name, string Where)? Of(JsonElement bundle, IReadOnlyList<FhirEntry> resources)
    {
        var told = bundle.ValueKind == JsonValueKind.Object ? bundle.Text("fhirVersion") ?? bundle.Inner("meta")?.Text("fhirVersion") : null;
        if (told is not null && !told.StartsWith("4.0", StringComparison.Ordinal))
        {
            return (told, "fhirVersion");
        }

        if (bundle.ValueKind == JsonValueKind.Object && OfProfiles(bundle) is { } named)
        {
            return (named, "meta.profile");
        }

        foreach (var r in resources)
        {
            var element = r.Resource;
            var sign = OfProfiles(element) ?? r.Type switch
            {
                "Condition" when Kind(element, "clinicalStatus") == JsonValueKind.String => "DSTU2 or STU3",
                "AllergyIntolerance" when Kind(element, "clinicalStatus") == JsonValueKind.String => "STU3",
                "MedicationOrder" or "MedicationPrescription" or "DiagnosticOrder" or "DeviceUseRequest" or "Order" or "OrderResponse" or "Contraindication" or "Alert" => "DSTU2 or older",
                "ProcedureRequest" or "ReferralRequest" or "BodySite" or "Sequence" or "ImagingManifest" => "DSTU2 or STU3",
                "Condition" or "Procedure" or "AllergyIntolerance" when Kind(element, "verificationStatus") == JsonValueKind.String || element.Inner("substance") is not null => "DSTU2 or STU3",
                "Condition" or "MedicationRequest" or "Observation" when element.Inner("context") is not null => "STU3",
                "Observation" or "Condition" when element.Text("comments") is not null || element.Text("dateRecorded") is not null => "DSTU2",
                "MedicationUsage" or "ActorDefinition" or "InventoryItem" or "Permission" or "Transport" => "R5",
                "MedicationRequest" or "MedicationStatement" when element.Inner("medication") is { } m && (m.TryGetProperty("concept", out _) || m.TryGetProperty("reference", out _)) => "R5",
                "Encounter" when Kind(element, "class") == JsonValueKind.Array => "R5",
                _ => null,
            };
            if (sign is not null)
            {
                return (sign, r.Where);
            }
        }

        return null;
    }

    /// <summary>The version that a profile of the standard itself names; profiles of others carry version numbers of their own.</summary>
    private static string? OfProfiles(JsonElement resource)
    {
        if (resource.Inner("meta") is not { } meta)
        {
            return null;
        }

        foreach (var profile in meta.Items("profile"))
        {
            if (profile.ValueKind != JsonValueKind.String || profile.GetString() is not { } text || !text.StartsWith("http://hl7.org/fhir/", StringComparison.Ordinal))
            {
                continue;
            }

            var rest = text["http://hl7.org/fhir/".Length..];
            foreach (var (sign, name) in new[] { ("5.", "R5"), ("R5/", "R5"), ("4.3", "R4B"), ("R4B/", "R4B"), ("3.", "STU3"), ("STU3/", "STU3"), ("DSTU2/", "DSTU2"), ("1.", "DSTU2") })
            {
                if (rest.StartsWith(sign, StringComparison.Ordinal) || (rest.StartsWith("StructureDefinition/", StringComparison.Ordinal) && !rest.Contains('-', StringComparison.Ordinal) && sign[^1] != '/' && rest.Contains($"|{sign}", StringComparison.Ordinal)))
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static JsonValueKind Kind(JsonElement e, string name) => e.TryGetProperty(name, out var v) ? v.ValueKind : JsonValueKind.Undefined;
}
