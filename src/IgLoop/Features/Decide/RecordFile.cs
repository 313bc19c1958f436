using System.Text;
using IgLoop.Core.Facts;

namespace IgLoop.Features.Decide;

/// <summary>A record that was given to the page as a file: read in memory, never kept.</summary>
public static class RecordFile
{
    private static readonly Dictionary<string, string> InputOf = new(StringComparer.Ordinal)
    {
        ["condition"] = "condition", ["goal"] = "goal", ["product"] = "product", ["authority"] = "authority", ["g_per_kg"] = "dose", ["days"] = "days", ["phase"] = "phase", ["course_number"] = "course", ["weight_rule"] = "weight_rule", ["at"] = "at",
    };

    /// <summary>The form with what the record holds in every place where nothing was typed.</summary>
    /// <param name="form">The form as typed.</param>
    /// <param name="file">The file.</param>
    /// <param name="facts">The known facts.</param>
    /// <param name="at">Day of the decision, for which the latest values are taken.</param>
    public static async Task<(DecideForm Form, IReadOnlyList<NotUnderstood> NotUnderstood, IReadOnlyList<FieldProblem> Problems)> Fill(DecideForm form, IFormFile file, FactCatalogue facts, DateOnly at)
    {
        if (await Text(file) is not { } text)
        {
            return (form, [], [new("record", "The file is not text in UTF-8: give a FHIR R4 bundle in JSON, NDJSON or a chart in YAML.")]);
        }

        var read = Read(text, facts, Label(file), at);
        if (read.Chart is not { } chart)
        {
            return (form, [], [.. read.Problems.Take(20).Select(p => new FieldProblem("record", $"{p.Where}: {p.Message}"))]);
        }

        var resolved = chart.At(facts, at);
        var filled = form.Filled(resolved);
        return (filled.With(read.Request.Where(r => InputOf.ContainsKey(r.Key)).Select(r => KeyValuePair.Create(InputOf[r.Key], r.Value)).Where(r => r.Key == "at" || form[r.Key].Length == 0)), resolved.NotUnderstood, []);
    }

    private static ChartInput Read(string text, FactCatalogue facts, string label, DateOnly at) => ChartReading.FromYaml(text, facts, label, at);

    /// <summary>The kind of the file, not its name: a name may be a patient's.</summary>
    private static string Label(IFormFile file) => Path.GetExtension(file.FileName).ToLowerInvariant() switch
    {
        ".yaml" or ".yml" => "chart",
        ".ndjson" => "FHIR NDJSON",
        _ => "record",
    };

    private static async Task<string?> Text(IFormFile file)
    {
        try
        {
            using var reader = new StreamReader(file.OpenReadStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
            return await reader.ReadToEndAsync();
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
