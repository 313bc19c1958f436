using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews;

/// <summary>What every page of a review shows.</summary>
/// <param name="Who">The name the reader goes by, one of the review's; null until it is chosen. Nobody verifies it.</param>
/// <param name="Token">Hidden field of every form that writes, by name and value.</param>
/// <param name="Message">What was just done.</param>
/// <param name="Problem">Why something was not done.</param>
public sealed record ReviewView(string Id, Review Review, string? Who, (string Name, string Value) Token, string? Message = null, string? Problem = null)
{
    public string Path(string page, params (string Name, string? Value)[] query) => Address(Id, page, Who, query);

    /// <summary>Everybody who has a part in the review.</summary>
    public IEnumerable<string> People => Review.Third is { } third ? Review.Reviewers.Append(third) : Review.Reviewers;

    public static string Address(string id, string page, string? who, params (string Name, string? Value)[] query)
    {
        var parts = query.Prepend(("who", who)).Where(q => q.Item2 is { Length: > 0 }).Select(q => $"{q.Item1}={Uri.EscapeDataString(q.Item2!)}").ToList();
        return $"/reviews/{id}{(page.Length > 0 ? "/" + page : "")}{(parts.Count > 0 ? "?" + string.Join('&', parts) : "")}";
    }
}
