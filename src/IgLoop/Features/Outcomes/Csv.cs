using System.Text;
using IgLoop.Cli;
using IgLoop.Tables;

namespace IgLoop.Features.Outcomes;

/// <summary>A table with its header: every row with its number in the file, numbers with a decimal point.</summary>
public sealed record Csv(string Name, IReadOnlyList<string> Header, IReadOnlyList<(int Row, IReadOnlyList<string> Cells)> Rows)
{
    /// <exception cref="BatchException">The file is empty, not UTF-8, or a row has more or fewer cells than the header.</exception>
    public static Csv Read(string name, byte[] bytes)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw new BatchException("not-utf8", $"{name} is not UTF-8; save it as 'CSV UTF-8'.", name);
        }

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

        return new(name, header, [.. rows.Skip(1).Select(r => (r.Number, (IReadOnlyList<string>)[.. r.Cells.Select(read.Plain)]))]);
    }
}
