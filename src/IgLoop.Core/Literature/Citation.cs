using System.Text;

namespace IgLoop.Core.Literature;

/// <summary>One record of a search, as a database or register exported it.</summary>
public sealed record Citation
{
    public required string Title { get; init; }

    /// <summary>Names as exported, first author first: <c>Hughes, Richard A C</c> or <c>Hughes RA</c>.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public int? Year { get; init; }
    public string? Journal { get; init; }
    public string? Volume { get; init; }
    public string? Issue { get; init; }
    public string? Pages { get; init; }

    /// <summary>Without resolver address, in lower case: <c>10.1016/…</c>.</summary>
    public string? Doi { get; init; }

    /// <summary>Digits only.</summary>
    public string? Pmid { get; init; }
    public string? Abstract { get; init; }

    /// <summary>Line of the file where the record began.</summary>
    public int Line { get; init; }

    /// <summary>The record as a reference in one line.</summary>
    public string Reference()
    {
        var text = new StringBuilder();
        if (Authors.Count > 0)
        {
            text.Append(Authors.Count > 3 ? string.Join("; ", Authors.Take(3)) + "; et al." : string.Join("; ", Authors).TrimEnd('.') + ".").Append(' ');
        }

        text.Append(Title.TrimEnd('.')).Append('.');
        if (Journal is not null)
        {
            text.Append(' ').Append(Journal).Append('.');
        }

        if (Year is { } year)
        {
            text.Append(' ').Append(year);
            text.Append(Volume is null ? "" : $";{Volume}").Append(Issue is null ? "" : $"({Issue})").Append(Pages is null ? "" : $":{Pages}").Append('.');
        }

        return text.ToString();
    }

    /// <summary>A DOI in the form in which two can be compared; null when the text holds none.</summary>
    public static string? DoiOf(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var start = text.IndexOf("10.", StringComparison.Ordinal);
        if (start < 0 || text.IndexOf('/', start) < 0)
        {
            return null;
        }

        var end = text.AsSpan(start).IndexOfAny(' ', '\t', '[');
        return (end < 0 ? text[start..] : text.Substring(start, end)).TrimEnd('.', ',', ';').ToLowerInvariant();
    }

    /// <summary>A PubMed id: 1 to 8 digits; null otherwise.</summary>
    public static string? PmidOf(string? text) => text?.Trim() is { Length: > 0 and <= 8 } t && t.All(char.IsAsciiDigit) ? t.TrimStart('0') is { Length: > 0 } id ? id : null : null;

    /// <summary>The first run of four digits that can be a year of publication.</summary>
    public static int? YearOf(string? text)
    {
        for (var i = 0; text is not null && i + 4 <= text.Length; i++)
        {
            if (int.TryParse(text.AsSpan(i, 4), System.Globalization.NumberStyles.None, null, out var year) && year is >= 1800 and <= 2100
                && (i == 0 || !char.IsAsciiDigit(text[i - 1])) && (i + 4 == text.Length || !char.IsAsciiDigit(text[i + 4])))
            {
                return year;
            }
        }

        return null;
    }

    /// <summary>Title as letters and digits only, without case and accents.</summary>
    public string TitleKey() => Folded(Title);

    /// <summary>Family name of the first author, folded; empty without authors.</summary>
    public string FirstAuthorKey()
    {
        if (Authors.Count == 0)
        {
            return "";
        }

        var name = Authors[0].Trim();
        var comma = name.IndexOf(',', StringComparison.Ordinal);
        if (comma > 0)
        {
            return Folded(name[..comma]);
        }

        // "Hughes RA" ends with initials, "Richard Hughes" with the family name.
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var initials = words.Length > 1 && words[^1].Replace(".", "", StringComparison.Ordinal) is { Length: <= 4 } last && last.All(char.IsUpper);
        return Folded(initials ? string.Join(' ', words[..^1]) : words[^1]);
    }

    /// <summary>A name for the study of this report as the files of the knowledge have them, such as hughes-2008; null when the record gives none.</summary>
    public string? StudyName()
    {
        var family = new string([.. FirstAuthorKey().Where(char.IsAsciiLetterLower).Take(40)]);
        return family.Length > 1 && Year is { } year ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{family}-{year}") : null;
    }

    private const string Accented = "àaáaâaãaäaåaāaąaæaçcćcčcďdđdèeéeêeëeēeęeěeğgìiíiîiïiıiłlñnńnňnòoóoôoõoöoøoœořrśsšsşsťtùuúuûuüuůuűuýyÿyźzžzżzßs";

    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var low = char.ToLowerInvariant(c);
            if (char.IsLetterOrDigit(low))
            {
                var at = low < 128 ? -1 : Accented.IndexOf(low, StringComparison.Ordinal);
                folded.Append(at >= 0 && at % 2 == 0 ? Accented[at + 1] : low);
            }
        }

        return folded.ToString();
    }
}

/// <summary>A part of a file that was not understood.</summary>
public sealed record NotRead(int Line, string Why);
