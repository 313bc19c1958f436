using System.Globalization;
using System.Text.Json;

namespace IgLoop.Fhir;

/// <summary>Looks into FHIR JSON without trusting its shape.</summary>
internal static class FhirJson
{
    public static string? Text(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.String ? v.GetString() : null;

    public static JsonElement? Inner(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Object ? v : null;

    public static IEnumerable<JsonElement> Items(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Array ? v.EnumerateArray() : [];

    public static decimal? Number(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var v) && v.ValueKind == JsonValueKind.Number && v.TryGetDecimal(out var d) ? d : null;

    public static bool? Flag(this JsonElement e, string name) =>
        e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var v) ? v.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null } : null;

    /// <summary>The day of a FHIR date, dateTime or instant; a date known to the year or month only gives none.</summary>
    public static DateOnly? Day(this JsonElement e, string name) =>
        e.Text(name) is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The codings of a CodeableConcept.</summary>
    public static IEnumerable<(string System, string Code, string Display)> Codings(this JsonElement? concept) => concept is not { } c
        ? []
        : c.Items("coding").Select(x => (x.Text("system") ?? "", x.Text("code") ?? "", x.Text("display") ?? ""));

    /// <summary>Words for a CodeableConcept, without invisible characters.</summary>
    public static string Words(this JsonElement? concept)
    {
        var coding = concept.Codings().FirstOrDefault();
        var words = coding.Display is { Length: > 0 } d ? d : concept?.Text("text") ?? coding.Code ?? "";
        var plain = new string([.. words.Where(ch => !char.IsControl(ch) && CharUnicodeInfo.GetUnicodeCategory(ch) != UnicodeCategory.Format)]);
        return coding.Code is { Length: > 0 } code && code != plain ? $"{plain} ({code})" : plain;
    }
}
