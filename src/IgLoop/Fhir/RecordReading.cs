using System.Text;
using IgLoop.Core.Facts;

namespace IgLoop.Fhir;

/// <summary>What was read from a file or upload: one chart a patient, or why there is none.</summary>
/// <param name="Request">Parts of the request that a chart brought along.</param>
public sealed record ReadRecord(IReadOnlyList<Chart> Charts, IReadOnlyDictionary<string, string> Request, IReadOnlyList<InputProblem> Problems)
{
    public static ReadRecord Wrong(string code, string message, string where) => new([], new Dictionary<string, string>(), [new(code, message, where)]);
}

/// <summary>Tells FHIR JSON, NDJSON and chart YAML apart by content and reads them.</summary>
public static class RecordReading
{
    /// <summary>Largest file that is read: a bundle with years of history is a few MB.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    public static ReadRecord ReadFile(string path, FactCatalogue facts, DateOnly at)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists)
            {
                return ReadRecord.Wrong("no-file", "There is no such file.", path);
            }

            return info.Length > MaxBytes
                ? ReadRecord.Wrong("too-large", $"The file has {info.Length / 1024 / 1024} MB; at most {MaxBytes / 1024 / 1024} MB are read. Leave out documents and images, or split it by patient.", Path.GetFileName(path))
                : Read(File.ReadAllBytes(path), Path.GetFileName(path), facts, at);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ReadRecord.Wrong("unreadable", $"The file cannot be read: {e.Message.TrimEnd('.')}.", Path.GetFileName(path));
        }
    }

    /// <param name="bytes">The content.</param>
    /// <param name="label">A neutral label; a patient's name never gets into it.</param>
    public static ReadRecord Read(ReadOnlyMemory<byte> bytes, string label, FactCatalogue facts, DateOnly at)
    {
        if (bytes.Length > MaxBytes)
        {
            return ReadRecord.Wrong("too-large", $"The record has {bytes.Length / 1024 / 1024} MB; at most {MaxBytes / 1024 / 1024} MB are read. Leave out documents and images, or split it by patient.", label);
        }

        if (bytes.Span.StartsWith("\uFEFF"u8))
        {
            bytes = bytes[3..];
        }

        if (bytes.Span.StartsWith(new byte[] { 0x1F, 0x8B }) || bytes.Span.StartsWith("PK"u8))
        {
            return ReadRecord.Wrong("compressed", "The file is compressed; unpack it first.", label);
        }

        var invalid = InvalidUtf8(bytes.Span);
        if (invalid >= 0)
        {
            return ReadRecord.Wrong("not-utf-8", "The content is not valid UTF-8 here; save it as UTF-8.", $"byte {invalid + 1}");
        }

        var start = bytes.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (start < 0)
        {
            return ReadRecord.Wrong("empty", "The file is empty; give a FHIR bundle, NDJSON or a chart.", label);
        }

        if (bytes.Span[start] is (byte)'{' or (byte)'[')
        {
            return FhirReading.Read(bytes, facts, at);
        }

        if (bytes.Span[start] == (byte)'<')
        {
            return ReadRecord.Wrong("xml", "This is XML; FHIR is read as JSON, so export the record as JSON.", label);
        }

        var input = ChartReading.FromYaml(Encoding.UTF8.GetString(bytes.Span), facts, "chart", at);
        return new(input.Chart is null ? [] : [input.Chart], input.Request, input.Problems);
    }

    /// <summary>Offset of the first byte that is not UTF-8; -1 when all is.</summary>
    private static int InvalidUtf8(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += used;
        }

        return -1;
    }
}
