using System.Text;
using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews.Import;

/// <summary>The tags of one record while it is read; both tagged formats share what happens at its end.</summary>
internal sealed class TaggedRecord(int line)
{
    private readonly Dictionary<string, List<StringBuilder>> tags = new(StringComparer.Ordinal);
    private string? last;

    public int Line { get; } = line;

    public void Add(string tag, string value)
    {
        last = tag;
        if (value.Length == 0)
        {
            return;
        }

        if (!tags.TryGetValue(tag, out var list))
        {
            tags[tag] = list = [];
        }

        list.Add(new(value));
    }

    /// <summary>A line without a tag goes on with the value before it; false when there is none.</summary>
    public bool Continue(string value)
    {
        if (last is null)
        {
            return false;
        }

        if (tags.TryGetValue(last, out var list))
        {
            list[^1].Append(' ').Append(value);
        }
        else
        {
            tags[last] = [new(value)];
        }

        return true;
    }

    public string? First(params string[] names) => names.Select(n => tags.TryGetValue(n, out var list) ? list[0].ToString() : null).FirstOrDefault(v => v is not null);

    public IReadOnlyList<string> All(params string[] names) => [.. names.Select(n => tags.GetValueOrDefault(n)).FirstOrDefault(l => l is { Count: > 0 })?.Select(v => v.ToString()) ?? []];

    /// <summary>Puts the record to the others, or says why it cannot be used.</summary>
    public void Finish(Citation? citation, List<Citation> citations, List<NotRead> notRead)
    {
        if (citation is null)
        {
            notRead.Add(new(Line, tags.Count == 0 ? "a record without any content." : "the record has no title, so it cannot be screened; it was left out."));
            return;
        }

        citations.Add(citation);
    }
}
