using System.Globalization;
using IgLoop.Core.Synthesis;
using IgLoop.Tables;

namespace IgLoop.Features.Synthesis;

/// <summary>Studies from a CSV file: comma, semicolon or tab; with or without byte order mark; decimal comma where the separator leaves it free.</summary>
internal static class MetaCsv
{
    private static readonly string[] Nothing = ["", "NA", "N/A", ".", "-", "NR"];

    /// <exception cref="SynthesisException">The file cannot be used; the message names row and column. The header is row 1.</exception>
    public static IReadOnlyList<TrialRow> Read(string text, SynthesisOptions options, MetaExtras extras)
    {
        var read = CsvRows.Read(text);
        var lines = read.Rows;
        if (read.Unclosed is { } open)
        {
            throw new SynthesisException("bad-row", "A quotation mark is opened and never closed.", $"row {open.Number}");
        }

        if (lines.Count == 0)
        {
            throw new SynthesisException("empty", "The file is empty; the first row must name the columns.", "row 1");
        }

        var header = lines[0].Cells.Select(c => c.Trim()).ToList();
        if (header.Where(h => h.Length > 0).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new SynthesisException("mixed-columns", $"The column '{twice.Key}' is there twice; keep one.", $"row 1, column {twice.Key}");
        }

        if (lines.Count == 1)
        {
            throw new SynthesisException("no-studies", "The file names columns and has no studies; give at least one row.", "row 2");
        }

        var asked = extras.Moderators.Concat(new[] { extras.Subgroup, extras.Cumulative }.Where(c => !string.IsNullOrEmpty(c)).Select(c => c!));
        foreach (var column in asked.Where(c => !header.Contains(c)))
        {
            var near = Core.Facts.Spelling.Nearest(column, header, 1);
            throw new SynthesisException("missing-column", $"There is no column '{column}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : $"; there are {string.Join(", ", header)}.")}", $"column {column}");
        }

        var fields = header.Select(Columns.FieldOf).ToList();
        Columns.Need(options.Measure, [.. fields.SelectMany(f => Means(f, options.Measure, fields))], header.Where((_, i) => fields[i] is null));
        return [.. lines.Skip(1).Select(l => Row(l.Number, [.. l.Cells.Select(c => read.Plain(c.Trim()))], header, fields, options, extras))];
    }

    /// <summary>What a field brings beside itself: events and non-events bring the number of people; an effect named for the measure is the effect.</summary>
    public static IEnumerable<string> Means(string? field, Measure measure, IEnumerable<string?> all) => field switch
    {
        null => [],
        "bi" when all.Contains("ai") => ["bi", "n1"],
        "di" when all.Contains("ci") => ["di", "n2"],
        "bi" or "di" => [field],
        _ when Columns.Ratios.Contains(field) => string.Equals(field, measure.ToString(), StringComparison.OrdinalIgnoreCase) || measure == Measure.GEN ? ["est"] : [],
        _ => [field],
    };

    private static TrialRow Row(int number, List<string> cells, List<string> header, List<string?> fields, SynthesisOptions options, MetaExtras extras)
    {
        if (cells.Count > header.Count && cells.Skip(header.Count).Any(c => c.Trim().Length > 0))
        {
            throw new SynthesisException("bad-row", $"This row has {cells.Count} cells and the header has {header.Count}; a decimal comma or a separator inside a text may need quotation marks.", $"row {number}");
        }

        var reading = new RowReading(number, $"row {number}", options.Measure);
        for (var i = 0; i < header.Count && i < cells.Count; i++)
        {
            var cell = cells[i];
            if (header[i] == extras.Subgroup || (fields[i] == "subgroup" && extras.Subgroup is null))
            {
                reading.Subgroup = cell.Length > 0 ? cell : null;
            }

            if (Nothing.Contains(cell, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            reading.Other(header[i], cell);
            if (fields[i] == "study")
            {
                reading.Label = cell;
            }
            else if (fields[i] == "unit")
            {
                reading.Unit = cell;
            }
            else if (fields[i] is { } field and not "subgroup")
            {
                reading.Number(field, TryNumber(cell, out var value)
                    ? value
                    : throw new SynthesisException("not-a-number", $"'{cell}' is not a number{HowToMend(cell)}.", $"row {number}, column {header[i]}"));
            }
        }

        return reading.Row();
    }

    private static string HowToMend(string cell) => cell switch
    {
        _ when cell.Contains(',', StringComparison.Ordinal) => "; write a decimal point, and no mark for thousands",
        _ when cell.EndsWith('%') => "; write the events and the people, or the proportion as a number below 1",
        _ when char.IsAsciiDigit(cell.TrimStart('-', '+', '.').FirstOrDefault()) => "; write the number alone, and its unit in a column 'unit'",
        _ => "; leave the cell empty when it is not known",
    };

    private static bool TryNumber(string cell, out double value)
    {
        return double.TryParse(cell.Replace('\u2212', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }
}
