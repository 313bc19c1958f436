using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;

namespace IgLoop.Tables;

/// <summary>One row of a file. Blank rows count, so that numbers are those that a spreadsheet or an editor shows.</summary>
/// <param name="Number">Row as a spreadsheet counts it; the first is 1.</param>
/// <param name="Line">Line of the file at which it begins: more than <paramref name="Number"/> after a cell with line breaks in it.</param>
public sealed record CsvRow(int Number, int Line, IReadOnlyList<string> Cells)
{
    public bool Blank => Cells.All(string.IsNullOrWhiteSpace);
}

/// <summary>
/// The rows of a comma, semicolon or tab separated text, the only reader of such files here. What columns mean is for the caller to say, who can name
/// row and column of whatever is wrong: nothing is refused, guessed or mended at this level.
/// </summary>
/// <param name="Rows">Rows with something in them; the first is the header.</param>
/// <param name="Unclosed">The row in which a quotation mark opens that is never closed, so that the rest of the file became one cell.</param>
public sealed partial record CsvRows(char Separator, IReadOnlyList<CsvRow> Rows, CsvRow? Unclosed)
{
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>A semicolon or tab leaves the comma free: 0,5 is a half.</summary>
    public bool DecimalComma => Separator != ',';

    /// <summary>The text of a number with a decimal point where the file writes a decimal comma; any other text as it is.</summary>
    public string Plain(string cell) => DecimalComma && CommaNumber().IsMatch(cell) ? cell.Replace(',', '.') : cell;

    public static CsvRows Read(string text)
    {
        text = text.TrimStart('\uFEFF');
        var rows = new List<CsvRow>();
        CsvRow? unclosed = null;
        var (separator, hint) = SeparatorOf(text);
        List<string> strange = [];
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            IgnoreBlankLines = false,
            TrimOptions = TrimOptions.Trim,
            BadDataFound = found => strange.Add(found.Field),
        });
        for (var line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            strange.Clear();
            var row = new CsvRow(parser.Row, line, parser.Record ?? []);
            if (!row.Blank && !(hint && row.Number == 1))
            {
                rows.Add(row);
            }

            // Quotation marks pair up in every row but the one that the end of the text cuts off; a mark inside a text (5" tall) is not one of them.
            unclosed = (strange.Count == 0 ? [parser.RawRecord] : strange.Where(f => f.TrimStart().StartsWith('"'))).Any(t => t.Count(c => c == '"') % 2 == 1) ? row : null;
        }

        return new(separator, rows, unclosed);
    }

    /// <summary>The separator that the first row has most of, outside quotation marks; or the one that a first row "sep=;" names, as spreadsheets write it.</summary>
    private static (char Separator, bool Hint) SeparatorOf(string text)
    {
        var first = text.AsSpan().TrimStart("\r\n");
        first = first.IndexOfAny('\r', '\n') is >= 0 and var end ? first[..end] : first;
        if (first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first is [_, _, _, _, var named] && Separators.Contains(named))
        {
            return (named, true);
        }

        var counts = new int[Separators.Length];
        var quoted = false;
        foreach (var c in first)
        {
            quoted ^= c == '"';
            if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var i)
            {
                counts[i]++;
            }
        }

        return (Separators[Array.IndexOf(counts, counts.Max())], false);
    }

    [GeneratedRegex(@"^[-\u2212]?\d*,\d+([eE][-+]?\d+)?$")]
    private static partial Regex CommaNumber();
}
