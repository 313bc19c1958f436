using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Effects;

namespace IgLoop.Features.Synthesis;

/// <summary>Pools the trials of an evidence profile as <c>igloop meta</c> would.</summary>
internal static class ProfilePooling
{
    /// <exception cref="SynthesisException">The numbers cannot be pooled in this way; the message says why.</exception>
    public static MetaAnswer Of(TrialComparison comparison, KnowledgeBase knowledge)
    {
        var options = new JsonObject { ["tau2_ci"] = true };
        if (comparison.ZeroCells is { } zero)
        {
            options["zero_cells"] = zero;
        }

        var (o, extras) = MetaOptions.Read(comparison.Measure, comparison.Method, options);
        var rows = comparison.Rows.Select((r, i) => Row(r, i + 1, knowledge)).ToList();
        return MetaAnswer.To(new(Alike(rows, o), o, extras));
    }

    /// <summary>"Hahn 1996" from the study's id, since the citation is too long for a plot; names as the citation writes them: ICE, ProCID, van der Meche; a name of consonants alone is an abbreviation. What stands after the year is the disease: MG.</summary>
    public static string Label(string study, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        if (!knowledge.Studies.TryGetValue(study, out var known))
        {
            return study;
        }

        var written = known.Citation.Split([' ', ',', '.', ';', ':', '(', ')', '-', '/'], StringSplitOptions.RemoveEmptyEntries);
        var words = study.Split('-');
        var year = Array.FindIndex(words, w => w.Length == 4 && w.All(char.IsAsciiDigit));
        return string.Join(' ', words.Select((w, i) => year >= 0 && i > year ? w.ToUpperInvariant()
            : written.FirstOrDefault(x => x.Any(char.IsUpper) && string.Equals(x, w, StringComparison.OrdinalIgnoreCase))
                ?? Particles(written, w)
                ?? (w.Any(c => "aeiouy".Contains(c, StringComparison.Ordinal) || char.IsAsciiDigit(c)) ? char.ToUpperInvariant(w[0]) + w[1..] : w.ToUpperInvariant())));
    }

    /// <summary>"van der Meche" for vandermeche, where the citation begins so.</summary>
    private static string? Particles(string[] written, string word) => Enumerable.Range(2, 3).Where(n => n <= written.Length)
        .Select(n => written[..n]).FirstOrDefault(name => string.Equals(string.Concat(name), word, StringComparison.OrdinalIgnoreCase)) is { } found ? string.Join(' ', found) : null;

    private static TrialRow Row(ComparisonRow r, int number, KnowledgeBase knowledge) => new()
    {
        Label = Label(r.Study, knowledge),
        Row = number,
        A = r.Counts?.Events1,
        N1 = r.Counts?.N1 ?? r.Means?.N1,
        C = r.Counts?.Events2,
        N2 = r.Counts?.N2 ?? r.Means?.N2,
        Mean1 = (double?)r.Means?.Mean1,
        Sd1 = (double?)r.Means?.Sd1,
        Mean2 = (double?)r.Means?.Mean2,
        Sd2 = (double?)r.Means?.Sd2,
        Estimate = (double?)r.Effect?.Value,
        Low = (double?)r.Effect?.Low,
        High = (double?)r.Effect?.High,
        Persons = r.People,
    };

    /// <summary>
    /// A trial that prints only its effect stands beside trials with counts when the method weighs effects by their variance: each effect is worked out first,
    /// by the same rules. Mantel-Haenszel and Peto need the counts of all.
    /// </summary>
    private static IReadOnlyList<TrialRow> Alike(List<TrialRow> rows, SynthesisOptions o)
    {
        if (rows.TrueForAll(r => r.Estimate is null) || rows.TrueForAll(r => r.Estimate is not null))
        {
            return rows;
        }

        if (o.Method is Method.MH or Method.Peto)
        {
            throw new SynthesisException("needs-counts", $"{ConventionWords.Method(o)} pools counts, and {rows.First(r => r.Estimate is not null).Label} gives only an effect with its interval.", "rows");
        }

        var worked = EffectSizes.Of([.. rows.Where(r => r.Estimate is null)], o).ToDictionary(e => e.Study.Row);
        return [.. rows.Select(r => worked.TryGetValue(r.Row, out var e) ? r with { A = null, N1 = null, C = null, N2 = null, Mean1 = null, Mean2 = null, Sd1 = null, Sd2 = null, Yi = e.Y, Vi = e.V } : r)];
    }
}
