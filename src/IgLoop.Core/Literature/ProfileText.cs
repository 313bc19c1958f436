using System.Globalization;
using System.Text;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Literature;

/// <summary>The text of a profile file with one row or comparison more; everything else, comments too, stays as it was.</summary>
internal static class ProfileText
{
    /// <summary>The text with the row at the end of its comparison, or in the place of the row that the study had there.</summary>
    /// <exception cref="FormatException">The file is laid out so that the comparison cannot be found by its lines.</exception>
    public static string WithRow(string text, string comparison, ComparisonRow row)
    {
        var lines = Lines(text);
        var at = lines.FindIndex(l => Bare(l) is { } b && (b == $"id: {comparison}" || b == $"id: '{comparison}'"));
        var rows = at < 0 ? -1 : lines.FindIndex(at, l => l.Trim() == "rows:");
        if (rows < 0)
        {
            throw new FormatException($"The rows of '{comparison}' are not found in the file by their lines; write one row a line below 'rows:'.");
        }

        var indent = Indent(lines[rows]);
        var end = rows + 1;
        while (end < lines.Count && (lines[end].Trim().Length == 0 || Indent(lines[end]) > indent || (Indent(lines[end]) == indent && lines[end].TrimStart().StartsWith("- ", StringComparison.Ordinal))))
        {
            end++;
        }

        while (lines[end - 1].Trim().Length == 0)
        {
            end--;
        }

        var items = Enumerable.Range(rows + 1, end - rows - 1).Where(i => Indent(lines[i]) == Indent(lines[rows + 1]) && lines[i].TrimStart().StartsWith('-')).ToList();
        var line = new string(' ', items.Count > 0 ? Indent(lines[items[0]]) : indent + 2) + Row(row);
        var same = items.FindIndex(i => lines[i].Contains($"study: {row.Study},", StringComparison.Ordinal) || lines[i].TrimEnd().EndsWith($"study: {row.Study}", StringComparison.Ordinal));
        if (same >= 0)
        {
            var next = same + 1 < items.Count ? items[same + 1] : end;
            lines.RemoveRange(items[same], next - items[same]);
            lines.Insert(items[same], line);
        }
        else
        {
            lines.Insert(end, line);
        }

        return string.Join('\n', lines);
    }

    /// <summary>The text with a comparison of one trial more.</summary>
    public static string WithComparison(string text, ProfileEntry entry, ComparisonRow row)
    {
        var lines = Lines(text);
        string[] block =
        [
            $"  - id: {entry.Comparison}",
            $"    title: {StudyFile.Quoted(entry.Title!)}",
            $"    arm1: {StudyFile.Quoted(entry.Arm1)}",
            $"    arm2: {StudyFile.Quoted(entry.Arm2)}",
            $"    measure: {entry.Measure}",
            "    method: REML",
            $"    why: {StudyFile.Quoted(entry.Why!)}",
            "    rows:",
            "      " + Row(row),
        ];
        var at = lines.FindIndex(l => l.TrimEnd() == "comparisons:");
        if (at >= 0)
        {
            var end = at + 1;
            while (end < lines.Count && (lines[end].StartsWith(' ') || lines[end].StartsWith('-')))
            {
                end++;
            }

            lines.InsertRange(end, block);
            return string.Join('\n', lines);
        }

        var before = lines.FindIndex(l => l.StartsWith("not_pooled:", StringComparison.Ordinal) || l.StartsWith("status:", StringComparison.Ordinal));
        lines.InsertRange(before < 0 ? lines.Count : before, block.Prepend("comparisons:"));
        return string.Join('\n', lines);
    }

    private static string Row(ComparisonRow r)
    {
        var text = new StringBuilder($"- {{study: {r.Study}");
        int? arms = null;
        if (r.Counts is { } c)
        {
            text.Append(CultureInfo.InvariantCulture, $", ai: {c.Events1}, n1: {c.N1}, ci: {c.Events2}, n2: {c.N2}");
            arms = c.N1 + c.N2;
        }
        else if (r.Means is { } m)
        {
            text.Append(CultureInfo.InvariantCulture, $", m1: {m.Mean1}");
            text.Append(m.Sd1 is { } s1 ? string.Create(CultureInfo.InvariantCulture, $", sd1: {s1}") : "");
            text.Append(CultureInfo.InvariantCulture, $", n1: {m.N1}, m2: {m.Mean2}");
            text.Append(m.Sd2 is { } s2 ? string.Create(CultureInfo.InvariantCulture, $", sd2: {s2}") : "");
            text.Append(CultureInfo.InvariantCulture, $", n2: {m.N2}");
            arms = m.N1 + m.N2;
        }
        else if (r.Effect is { } e)
        {
            text.Append(CultureInfo.InvariantCulture, $", est: {e.Value}, ci: [{e.Low}, {e.High}]");
        }

        text.Append(arms == r.People ? "" : string.Create(CultureInfo.InvariantCulture, $", people: {r.People}"));
        text.Append(CultureInfo.InvariantCulture, $", status: {r.Status.ToString().ToLowerInvariant()}");
        return text.Append(r.Note is { } note ? $", note: {StudyFile.Quoted(note)}" : "").Append('}').ToString();
    }

    private static List<string> Lines(string text) => [.. text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n')];

    private static string? Bare(string line) => line.TrimStart() is ['-', ' ', .. var rest] ? rest.Trim() : null;

    private static int Indent(string line) => line.Length - line.TrimStart().Length;
}
