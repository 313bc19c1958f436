using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews;

/// <summary>Events of a review as JSON bodies of the journal. The names of the kinds and of the keys are stored for good: a new version reads the old ones.</summary>
public static class ReviewJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    private static readonly Dictionary<string, Type> Kinds = new(StringComparer.Ordinal)
    {
        ["review.created"] = typeof(Created),
        ["review.imported"] = typeof(Imported),
        ["review.records-added"] = typeof(RecordsAdded),
        ["review.duplicates-removed"] = typeof(DuplicatesRemoved),
        ["review.kept-apart"] = typeof(KeptApart),
        ["review.screened"] = typeof(Screened),
        ["review.settled"] = typeof(Settled),
        ["review.sought"] = typeof(Sought),
        ["review.grouped"] = typeof(Grouped),
        ["review.extracted"] = typeof(Extracted),
        ["review.bias-judged"] = typeof(BiasJudged),
    };

    private static readonly Dictionary<Type, string> Names = Kinds.ToDictionary(k => k.Value, k => k.Key);

    public static string KindOf(ReviewEvent e) => Names[e.GetType()];

    public static string Body(ReviewEvent e) => JsonSerializer.Serialize(e, e.GetType(), Options);

    /// <exception cref="InvalidDataException">The kind is not known (the record was written by a newer program), or the body is not what this kind holds (it was changed).</exception>
    public static ReviewEvent Read(string kind, string body)
    {
        if (!Kinds.TryGetValue(kind, out var type))
        {
            throw new InvalidDataException($"The record holds an entry of kind '{kind}', which this program does not know; use the newer one that wrote it.");
        }

        try
        {
            return (ReviewEvent?)JsonSerializer.Deserialize(body, type, Options) ?? throw new InvalidDataException($"The record holds an empty entry of kind '{kind}'; 'igloop audit verify' says whether it was changed.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The record holds an entry of kind '{kind}' that cannot be read; 'igloop audit verify' says whether it was changed.", e);
        }
    }
}
