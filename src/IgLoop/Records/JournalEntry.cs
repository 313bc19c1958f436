using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IgLoop.Records;

/// <summary>One entry as stored: the texts that were hashed.</summary>
/// <param name="Subject">Whom or what it is about, for example <c>review:ivig-in-cidp</c>.</param>
/// <param name="Seq">1, 2, 3 … within the subject.</param>
/// <param name="Recorded">When it was written, UTC.</param>
/// <param name="TrueAt">When what it says was true, UTC.</param>
/// <param name="Who">Who says it, as stated.</param>
/// <param name="Kind">What it says, for example <c>review.screened</c>.</param>
/// <param name="Body">JSON.</param>
/// <param name="Previous">Hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 over all of the above in the canonical form.</param>
public sealed record JournalEntry(string Subject, long Seq, string Recorded, string TrueAt, string Who, string Kind, string Body, string Previous, string Hash)
{
    public static readonly string NoPrevious = new('0', 64);

    public DateTimeOffset RecordedAt => DateTimeOffset.Parse(Recorded, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>
    /// The hash that the entry must have. Canonical form: the line <c>igloop-entry/1</c>, then for each field its name, the number of its UTF-8 bytes,
    /// a line feed, the bytes and a line feed: no two different entries have the same form.
    /// </summary>
    public static string HashOf(string subject, long seq, string recorded, string trueAt, string who, string kind, string body, string previous)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData("igloop-entry/1\n"u8);
        Add("subject", subject);
        Add("seq", seq.ToString(CultureInfo.InvariantCulture));
        Add("recorded", recorded);
        Add("true_at", trueAt);
        Add("who", who);
        Add("kind", kind);
        Add("body", body);
        Add("previous", previous);
        return Convert.ToHexStringLower(sha.GetHashAndReset());

        void Add(string name, string value)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            sha.AppendData(Encoding.UTF8.GetBytes($"{name} {bytes.Length.ToString(CultureInfo.InvariantCulture)}\n"));
            sha.AppendData(bytes);
            sha.AppendData("\n"u8);
        }
    }

    public string ExpectedHash() => HashOf(Subject, Seq, Recorded, TrueAt, Who, Kind, Body, Previous);

    /// <summary>An instant as it is stored: UTC to the millisecond.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Something to be written.</summary>
/// <param name="Who">Who says it; 1 to 200 characters, none of them a control character.</param>
/// <param name="TrueAt">When it was true; not the same as when it is written.</param>
/// <param name="Body">JSON text.</param>
public sealed record NewEntry(string Who, DateTimeOffset TrueAt, string Kind, string Body);

/// <summary>The last entry of a subject.</summary>
public sealed record Head(string Subject, string Kind, long Seq, string Hash);

/// <summary>Entries to be written to one subject.</summary>
/// <param name="After">The head that the writer has read; null: the subject is new.</param>
public sealed record Addition(string Subject, string SubjectKind, Head? After, IReadOnlyList<NewEntry> Entries);
