using System.Security.Cryptography;
using System.Text;
using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Import;

/// <summary>A file of citations as read.</summary>
/// <param name="Problem">Why nothing can be taken from it: one sentence; null when it was read.</param>
/// <param name="NotRead">Parts that were left out, by line.</param>
public sealed record CitationFile(string Format, string Sha256, IReadOnlyList<Citation> Citations, IReadOnlyList<NotRead> NotRead, string? Problem = null)
{
    /// <summary>Largest file that is read: about 40,000 records with abstracts.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>More lines than this are counted, not listed.</summary>
    private const int MostNotRead = 500;

    public static readonly IReadOnlyList<string> Formats = ["nbib", "ris", "csv"];

    /// <summary>Reads PubMed/MEDLINE (.nbib), RIS or CSV.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="format">nbib, ris or csv; null: told by the content, not by the name.</param>
    public static CitationFile Read(ReadOnlySpan<byte> bytes, string? format = null)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (bytes.Length > MaxBytes)
        {
            return Wrong($"The file has {bytes.Length / 1024 / 1024} MB; at most {MaxBytes / 1024 / 1024} MB are read. Export in parts.");
        }

        if (Decoded(bytes, out var problem) is not { } text)
        {
            return Wrong(problem!);
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return Wrong("The file is empty.");
        }

        var kind = format?.ToLowerInvariant() ?? FormatOf(text);
        if (kind is null)
        {
            return Wrong("The file is neither PubMed/MEDLINE (lines such as 'PMID- 123'), nor RIS ('TY  - JOUR'), nor CSV with a column 'title'. Export it in one of these.");
        }

        var (citations, notRead, wrong) = kind switch
        {
            "nbib" => NbibReading.Read(text),
            "ris" => RisReading.Read(text),
            "csv" => CsvReading.Read(text),
            _ => ([], [], $"There is no format '{format}'; known are {string.Join(", ", Formats)}."),
        };
        if (wrong is null && citations.Count == 0)
        {
            wrong = notRead.Count > 0 ? $"No citation was found; line {notRead[0].Line}: {notRead[0].Why}" : "No citation was found in the file.";
        }

        return new(kind, hash, citations, notRead.Count > MostNotRead ? [.. notRead.Take(MostNotRead), new(0, $"{notRead.Count - MostNotRead} more lines were not read.")] : notRead, wrong);

        CitationFile Wrong(string why) => new(format ?? "", hash, [], [], why);
    }

    /// <summary>The two tagged formats look alike ("TI  - "): MEDLINE has a line with PMID for each record, RIS begins with TY.</summary>
    private static string? FormatOf(string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsWhiteSpace())
            {
                var first = line.ToString();
                return first.StartsWith("TY  -", StringComparison.Ordinal) ? "ris"
                    : text.StartsWith("PMID-", StringComparison.Ordinal) || text.Contains("\nPMID-", StringComparison.Ordinal) || text.Contains("\rPMID-", StringComparison.Ordinal) ? "nbib"
                    : RisReading.IsTagged(first) ? "ris"
                    : CsvReading.IsHeader(first) ? "csv" : null;
            }
        }

        return null;
    }

    /// <summary>UTF-8, or UTF-16 with its mark; anything else is named with its line.</summary>
    private static string? Decoded(ReadOnlySpan<byte> bytes, out string? problem)
    {
        problem = null;
        if (bytes.StartsWith(new byte[] { 0xFF, 0xFE }) || bytes.StartsWith(new byte[] { 0xFE, 0xFF }))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        if (bytes.StartsWith("PK"u8) || bytes.StartsWith(new byte[] { 0x1F, 0x8B }))
        {
            problem = "The file is compressed (or a spreadsheet); unpack it, or save the sheet as CSV.";
            return null;
        }

        if (bytes.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        var line = 1;
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] < 128)
            {
                line += bytes[at] == (byte)'\n' ? 1 : 0;
                if (bytes[at] == 0)
                {
                    problem = $"Line {line} holds a zero byte: this is no text file, or it is UTF-16 without its mark; save it as UTF-8.";
                    return null;
                }

                at++;
                continue;
            }

            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                problem = $"Line {line} is not UTF-8 (byte 0x{bytes[at]:X2}): the file has another encoding, such as Windows-1252; save it as UTF-8 and import it again.";
                return null;
            }

            at += used;
        }

        return Encoding.UTF8.GetString(bytes);
    }
}
