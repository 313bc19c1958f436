using System.Text;
using IgLoop.Cli;
using IgLoop.Tables;

namespace IgLoop.Features.Outcomes;

/// <summary>A table with its header: every row with its number in the file, numbers with a decimal point.</summary>
public sealed partial record Csv(string Name, IReadOnlyList<string> Header, IReadOnlyList<(int Row, IReadOnlyList<string> Cells)> Rows)
{
    /// <exception cref="BatchException">The file is empty, not UTF-8, or a row has more or fewer cells than the header.</exception>
    public static Csv Read(string name, byte[] bytes)
    {
        var text = Text(name, bytes);
        var read = CsvRows.Read(text);
        if (read.Unclosed is { } open)
        {
            throw new BatchException("open-quote", $"A quote in row {open.Number} of {name} is never closed.", $"{name}, row {open.Number}");
        }

        var rows = read.Rows.Select(r => r with { Cells = [.. r.Cells.Select(c => c.Trim())] }).ToList();
        if (rows.Count == 0)
        {
            throw new BatchException("empty", $"{name} is empty; the first row must name the columns.", name);
        }

        var header = rows[0].Cells.Select(h => h.ToLowerInvariant().Replace(' ', '_')).ToList();
        if (header is [_] && rows[0].Cells[0] is var only && only.Split(['|', ':', ' '], StringSplitOptions.RemoveEmptyEntries).Length > 2)
        {
            throw new BatchException("one-column", $"{name} has its columns in one cell ('{only}'); separate them by comma, semicolon or tab.", $"{name}, row {rows[0].Number}");
        }

        if (header.GroupBy(h => h).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
        {
            throw new BatchException("duplicate-column", $"{name} has the column '{twice.Key}' twice; keep one.", $"{name}, row {rows[0].Number}");
        }

        if (rows.Skip(1).FirstOrDefault(r => r.Cells.Count != header.Count) is { } odd)
        {
            throw new BatchException("ragged", $"Row {odd.Number} of {name} has {odd.Cells.Count} cells and the header {header.Count}; a text with a separator in it needs quotes.", $"{name}, row {odd.Number}");
        }

        Thousands(name, read, header, rows);
        return new(name, header, [.. rows.Skip(1).Select(r => (r.Number, (IReadOnlyList<string>)[.. r.Cells.Select(read.Plain)]))]);
    }

    private static string Text(string name, byte[] bytes)
    {
        // A spreadsheet's "Unicode text" says by its first two bytes that it is UTF-16.
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes).TrimStart('\uFEFF');
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            // Which letter a byte of an older encoding is, only its writer knows; where it stands can be said.
            var rows = CsvRows.Read(Encoding.Latin1.GetString(bytes)).Rows;
            var at = rows.SelectMany(r => r.Cells.Select((c, i) => (r.Number, Cell: c, Column: rows[0].Cells.ElementAtOrDefault(i) ?? ""))).FirstOrDefault(x => x.Cell.Any(c => c > 127));
            throw new BatchException("not-utf8", $"{name} is not UTF-8 (byte {e.Index + 1}); save it as 'CSV UTF-8', for letters such as é or µ would be read wrongly.", at.Number > 0 ? $"{name}, row {at.Number}{(at.Number == rows[0].Number ? "" : $", column {at.Column}")}" : name);
        }
    }

    /// <summary>Where a comma begins decimals a point may separate thousands, and where none does a comma may: 1.200 and 1,200 are then 1200 or 1.2.</summary>
    private static void Thousands(string name, CsvRows read, List<string> header, List<CsvRow> rows)
    {
        if (!read.DecimalComma)
        {
            return;
        }

        var commas = rows.Skip(1).Any(r => r.Cells.Any(c => Decimals().IsMatch(c)));
        foreach (var row in rows.Skip(1))
        {
            for (var i = 1; i < header.Count; i++)
            {
                if ((commas ? PointThousands() : CommaThousands()).IsMatch(row.Cells[i]))
                {
                    var whole = row.Cells[i].Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
                    throw new BatchException("two-readings", $"'{row.Cells[i]}' can be read two ways in this file; write {whole} if it separates thousands, or its decimals as the other numbers have them.", $"{name}, row {row.Number}, column {header[i]}");
                }
            }
        }
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"^-?\d+,(\d{1,2}|\d{4,})$|^-?0,\d{3}$")]
    private static partial System.Text.RegularExpressions.Regex Decimals();

    [System.Text.RegularExpressions.GeneratedRegex(@"^[1-9]\d{0,2}(\.\d{3})+$")]
    private static partial System.Text.RegularExpressions.Regex PointThousands();

    [System.Text.RegularExpressions.GeneratedRegex(@"^[1-9]\d{0,2}(,\d{3})+$")]
    private static partial System.Text.RegularExpressions.Regex CommaThousands();
}
