using System.Text;
using IgLoop.Cli;

namespace IgLoop.Features.Outcomes;

/// <summary>A comma, semicolon or tab separated table with its header, as read: every row with its number in the file.</summary>
/// <param name="DecimalComma">True for a file separated by semicolons or tabs, where 0,5 is a half.</param>
public sealed record Csv(string Name, IReadOnlyList<string> Header, IReadOnlyList<(int Row, IReadOnlyList<string> Cells)> Rows, bool DecimalComma)
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

        var first = text.Split('\n')[0];
        var separator = new[] { ',', ';', '\t' }.MaxBy(s => first.Count(c => c == s));
        var rows = Split(name, text, separator).Where(r => r.Cells.Exists(c => c.Length > 0)).ToList();
        if (rows.Count == 0)
        {
            throw new BatchException("empty", $"{name} is empty; the first row must name the columns.", name);
        }

        var header = rows[0].Cells.Select(h => h.ToLowerInvariant().Replace(' ', '_')).ToList();
        if (header.GroupBy(h => h).FirstOrDefault(g => g.Key.Length > 0 && g.Count() > 1) is { } twice)
        {
            throw new BatchException("duplicate-column", $"{name} has the column '{twice.Key}' twice; keep one.", $"{name}, row {rows[0].Row}");
        }

        if (rows.Skip(1).FirstOrDefault(r => r.Cells.Count != header.Count) is { Cells: { } } odd && odd.Cells.Count > 0)
        {
            throw new BatchException("ragged", $"Row {odd.Row} of {name} has {odd.Cells.Count} cells and the header {header.Count}; a text with a separator in it needs quotes.", $"{name}, row {odd.Row}");
        }

        return new(name, header, [.. rows.Skip(1).Select(r => (r.Row, (IReadOnlyList<string>)r.Cells))], separator != ',');
    }

    private static List<(int Row, List<string> Cells)> Split(string name, string text, char separator)
    {
        var rows = new List<(int, List<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        int line = 1, start = 1;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else if (c == '\n')
            {
                End();
                start = line;
            }
            else
            {
                cell.Append(c);
            }
        }

        if (quoted)
        {
            throw new BatchException("open-quote", $"A quote in row {start} of {name} is never closed.", $"{name}, row {start}");
        }

        End();
        return rows;

        void End()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
            rows.Add((start, cells));
            cells = [];
        }
    }
}
