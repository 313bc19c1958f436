using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace IgLoop.Core.Facts;

/// <summary>A text that is not YAML with one mapping at its top: what is wrong in our words, where, and how to mend it.</summary>
public sealed class YamlMistakeException(string message, int line, int column) : Exception(message)
{
    /// <summary>From 1.</summary>
    public int Line { get; } = line;

    /// <summary>From 1.</summary>
    public int Column { get; } = column;

    /// <summary>The place as messages write it.</summary>
    public string Where => $"line {Line}, column {Column}";
}

/// <summary>Opens what people type as YAML. The parser speaks of its own inner states; a clinician is told what to mend.</summary>
public static class YamlText
{
    private const string Markers = "@`%*&!|>";

    /// <summary>The mapping at the top; null when the text holds nothing but comments.</summary>
    /// <exception cref="YamlMistakeException">It is not YAML, or its top is no mapping.</exception>
    public static YamlMappingNode? Mapping(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new Parser(new Scanner(new StringReader(text))));
        }
        catch (YamlException e)
        {
            throw Mistake(text, e.Message, Math.Max(1, (int)e.Start.Line), Math.Max(1, (int)e.Start.Column));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // The parser itself stumbles over a brace that is never closed.
            throw Mistake(text, "", 1, 1);
        }

        return stream.Documents.Count switch
        {
            0 => null,
            1 when stream.Documents[0].RootNode is YamlMappingNode top => top,
            1 when stream.Documents[0].RootNode is YamlSequenceNode => throw new YamlMistakeException("the top is a list; write names and values, one 'key: value' a line", 1, 1),
            1 => throw NoMapping(text),
            _ => throw new YamlMistakeException("there are several documents, divided by ---; keep one", 1, 1),
        };
    }

    private static YamlMistakeException NoMapping(string text)
    {
        var lines = Lines(text);
        var glued = lines.FindIndex(l => l.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && colon + 1 < l.Length && l[colon + 1] != ' ');
        return glued >= 0 ? new($"a space is missing behind the colon of '{Short(lines[glued])}'", glued + 1, lines[glued].IndexOf(':', StringComparison.Ordinal) + 2)
            : new("there is no 'key: value' here; write one a line", 1, 1);
    }

    private static YamlMistakeException Mistake(string text, string parser, int line, int column)
    {
        var lines = Lines(text);
        if (lines.FindIndex(l => l[..Indent(l)].Contains('\t', StringComparison.Ordinal)) is >= 0 and var tabbed)
        {
            return new("a tab stands in the indentation; indent with spaces", tabbed + 1, lines[tabbed].IndexOf('\t', StringComparison.Ordinal) + 1);
        }

        if (parser.Contains("Duplicate key", StringComparison.Ordinal))
        {
            var key = parser[(parser.IndexOf("key", StringComparison.Ordinal) + 3)..].Trim().TrimEnd('.');
            return new($"{(key.Length > 0 ? $"'{key}'" : "a key")} is given twice; keep one of the two", line, column);
        }

        if (Unbalanced(text) is { } open)
        {
            return open;
        }

        // An alias that is not known is told without its place.
        var at = Array.FindIndex([.. lines], l => StartOfValue(l) is { } s && Markers.Contains(l[s], StringComparison.Ordinal) && (parser.Contains("anchor", StringComparison.Ordinal) || lines.IndexOf(l) + 1 == line));
        if (at >= 0)
        {
            var start = StartOfValue(lines[at])!.Value;
            return new($"a value that begins with {lines[at][start]} means something else in YAML; put it in quotation marks", at + 1, start + 1);
        }

        var here = line <= lines.Count ? lines[line - 1] : "";
        if (parser.Contains("flow", StringComparison.Ordinal) || parser.Contains("expected ','", StringComparison.Ordinal))
        {
            return new("a comma is missing before this place, between two entries in braces or brackets", line, column);
        }

        if (Colons(here) > 1)
        {
            return new($"'{Short(here)}' holds two colons; put the text behind the first one in quotation marks", line, here.IndexOf(": ", StringComparison.Ordinal) + 3);
        }

        if (Before(lines, line) is { } before && Colons(lines[before]) == 0 && !lines[before].TrimStart().StartsWith('-'))
        {
            return new($"'{Short(lines[before])}' has no colon; write 'key: value'", before + 1, Indent(lines[before]) + 1);
        }

        return here.Trim().Length > 0 && Colons(here) == 0 && !here.TrimStart().StartsWith('-')
            ? new($"'{Short(here)}' has no colon; write 'key: value'", line, Indent(here) + 1)
            : new("the line does not begin in the column of those it belongs to; entries of one list or one patient begin in the same column", line, here.Length == 0 ? column : Indent(here) + 1);
    }

    /// <summary>A quotation mark, brace or bracket that is opened and never closed, or closed and never opened; null when all are in pairs.</summary>
    private static YamlMistakeException? Unbalanced(string text)
    {
        var open = new Stack<(char Mark, int Line, int Column)>();
        var (line, column) = (1, 0);
        (char Mark, int Line, int Column)? quote = null;
        var comment = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            column++;
            if (c == '\n')
            {
                (line, column, comment) = (line + 1, 0, false);
                continue;
            }

            var first = i == 0 || text[i - 1] is ' ' or '\n' or '\t' or '[' or '{' or ',' or ':';
            if (comment)
            {
                continue;
            }
            else if (quote is { } q)
            {
                if (c == '\\' && q.Mark == '"')
                {
                    i++;
                    column++;
                }
                else if (c == q.Mark)
                {
                    quote = null;
                }
            }
            else if (c is '"' or '\'' && first)
            {
                quote = (c, line, column);
            }
            else if (c == '#' && first)
            {
                comment = true;
            }
            else if (c is '{' or '[' && (first || open.Count > 0))
            {
                open.Push((c, line, column));
            }
            else if (c is '}' or ']' && open.Count > 0)
            {
                var (mark, l, k) = open.Pop();
                if ((mark == '{') != (c == '}'))
                {
                    return new($"the {mark} of line {l}, column {k} is closed by {c}; write {(mark == '{' ? '}' : ']')}", line, column);
                }
            }
        }

        return quote is { } never ? new($"the quotation mark {never.Mark} that opens here is never closed; close it at the end of the text", never.Line, never.Column)
            : open.Count > 0 ? Never(open.Last())
            : null;

        static YamlMistakeException Never((char Mark, int Line, int Column) o) => new($"the {o.Mark} that opens here is never closed; write {(o.Mark == '{' ? '}' : ']')} where it ends", o.Line, o.Column);
    }

    private static List<string> Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n')];

    private static int Indent(string line) => line.Length - line.TrimStart(' ', '\t').Length;

    private static int Colons(string line) => line.Split(": ").Length - 1 + (line.TrimEnd().EndsWith(':') ? 1 : 0);

    private static int? StartOfValue(string line) => line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && line[(colon + 2)..].TrimStart() is { Length: > 0 } value ? line.Length - value.Length : null;

    /// <summary>The last line before that holds something.</summary>
    private static int? Before(List<string> lines, int line)
    {
        for (var i = Math.Min(line - 2, lines.Count - 1); i >= 0; i--)
        {
            if (lines[i].Trim() is { Length: > 0 } text && !text.StartsWith('#'))
            {
                return i;
            }
        }

        return null;
    }

    private static string Short(string line) => line.Trim() is { Length: > 40 } text ? text[..40] + "…" : line.Trim();
}
