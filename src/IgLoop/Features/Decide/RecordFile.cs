using IgLoop.Core.Facts;
using IgLoop.Features.Shell;
using IgLoop.Fhir;

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
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var read = RecordReading.Read(bytes.ToArray(), "record", facts, at);
        if (read.Charts.Count != 1)
        {
            return (form, [], read.Charts.Count > 1
                ? [new("record", $"The file holds {read.Charts.Count} patients: give a record of one.")]
                : [.. read.Problems.Take(20).Select(p => new FieldProblem("record", $"{Words.Sentence(p.Where)}: {p.Message}"))]);
        }

        var chart = read.Charts[0];
        var resolved = chart.At(facts, at);
        var filled = form.Filled(resolved);
        return (filled.With(read.Request.Where(r => InputOf.ContainsKey(r.Key)).Select(r => KeyValuePair.Create(InputOf[r.Key], r.Value)).Where(r => r.Key == "at" || form[r.Key].Length == 0)), resolved.NotUnderstood, []);
    }
}
