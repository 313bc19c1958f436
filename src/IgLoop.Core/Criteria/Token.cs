namespace IgLoop.Core.Criteria;

internal enum TokenKind
{
    Word,
    QuotedName,
    Text,
    Number,
    Temporal,
    Symbol,
    End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int Line, int Column)
{
    public bool Is(string text) => Kind is TokenKind.Word or TokenKind.Symbol && Text == text;
}

/// <summary>An error with its place, thrown inside the compiler and caught at its door.</summary>
internal sealed class CqlException(CqlError error) : Exception(error.Message)
{
    public CqlError Error { get; } = error;

    public static CqlException Syntax(string message, Token at) => new(new("syntax", message, at.Line, at.Column));

    public static CqlException Unsupported(string construct, Token at) => new(new("unsupported", $"'{construct}' is CQL, but outside the subset that is understood here; see docs/cql.md.", at.Line, at.Column, construct));

    /// <summary>What CQL ends with a run-time error, found before anything runs.</summary>
    public static CqlException Value(string message, Token at) => new(new("value", message, at.Line, at.Column));

    public static CqlException Type(string message, Token at) => new(new("type", message, at.Line, at.Column));
}

/// <summary>Cuts CQL text into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] Symbols = ["<=", ">=", "!=", "!~", "->", "..", "(", ")", "{", "}", "[", "]", ",", ".", "+", "-", "*", "/", "^", "&", "|", "=", "~", "<", ">", ":", ";", "$", "%"];

    public static List<Token> Read(string text)
    {
        var tokens = new List<Token>();
        int i = 0, line = 1, start = 0;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '\n')
            {
                line++;
                start = ++i;
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                i++;
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '/')
            {
                while (i < text.Length && text[i] != '\n')
                {
                    i++;
                }
            }
            else if (c == '/' && i + 1 < text.Length && text[i + 1] == '*')
            {
                var end = text.IndexOf("*/", i + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw CqlException.Syntax("A comment is not closed with */.", new(TokenKind.End, "", line, i - start + 1));
                }

                var to = end + 2;
                for (; i < to; i++)
                {
                    if (text[i] == '\n')
                    {
                        line++;
                        start = i + 1;
                    }
                }
            }
            else
            {
                var at = new Token(TokenKind.End, "", line, i - start + 1);
                var token = Next(text, ref i, at);
                line += token.Text.Count(x => x == '\n');
                tokens.Add(token);
            }
        }

        tokens.Add(new(TokenKind.End, "end of the expression", line, i - start + 1));
        return tokens;
    }

    private static Token Next(string text, ref int i, Token at)
    {
        var c = text[i];
        if (c == '\'')
        {
            return at with { Kind = TokenKind.Text, Text = Quoted(text, ref i, at) };
        }

        if (c is '"' or '`')
        {
            return at with { Kind = TokenKind.QuotedName, Text = Quoted(text, ref i, at) };
        }

        var from = i;
        if (char.IsAsciiDigit(c))
        {
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            if (i + 1 < text.Length && text[i] == '.' && char.IsAsciiDigit(text[i + 1]))
            {
                i++;
                while (i < text.Length && char.IsAsciiDigit(text[i]))
                {
                    i++;
                }
            }
            else if (i < text.Length && text[i] == 'L')
            {
                i++;
            }

            return at with { Kind = TokenKind.Number, Text = text[from..i] };
        }

        if (c == '@')
        {
            i++;
            while (i < text.Length && (char.IsAsciiDigit(text[i]) || text[i] is 'T' or ':' or 'Z' || (text[i] is '-' or '+' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])) || (text[i] == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))))
            {
                i++;
            }

            return at with { Kind = TokenKind.Temporal, Text = text[from..i] };
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_'))
            {
                i++;
            }

            return at with { Kind = TokenKind.Word, Text = text[from..i] };
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, i, symbol, 0, symbol.Length) == 0)
            {
                i += symbol.Length;
                return at with { Kind = TokenKind.Symbol, Text = symbol };
            }
        }

        throw CqlException.Syntax($"'{c}' does not belong in CQL.", at);
    }

    private static string Quoted(string text, ref int i, Token at)
    {
        var quote = text[i++];
        var value = new System.Text.StringBuilder();
        while (i < text.Length && text[i] != quote)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                value.Append(text[i++]);
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'n': value.Append('\n'); break;
                case 'r': value.Append('\r'); break;
                case 't': value.Append('\t'); break;
                case 'f': value.Append('\f'); break;
                case 'u' when i + 4 < text.Length && int.TryParse(text.AsSpan(i + 1, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code):
                    value.Append((char)code);
                    i += 4;
                    break;
                default: value.Append(text[i]); break;
            }

            i++;
        }

        if (i >= text.Length)
        {
            throw CqlException.Syntax($"A closing {quote} is missing.", at);
        }

        i++;
        return value.ToString();
    }
}
