namespace IgLoop.Core.Knowledge;

/// <summary>How far the source of a statement was read.</summary>
public enum Status
{
    /// <summary>The source was read.</summary>
    Read,

    /// <summary>A digest of the source was read.</summary>
    Digest,

    /// <summary>IgLoop's own convention.</summary>
    Project,

    /// <summary>From general knowledge: never used in a dose, rate or BLOCK until the site confirms it.</summary>
    Unverified,
}

/// <summary>Where a statement comes from.</summary>
/// <param name="Sources">Ids of sources in <c>knowledge/sources/</c> or of studies in <c>knowledge/evidence/</c>.</param>
/// <param name="Status">How far the statement's main source was read.</param>
/// <param name="FieldStatus">Fields of the same block whose status differs.</param>
public sealed record Provenance(IReadOnlyList<string> Sources, Status Status, IReadOnlyDictionary<string, Status> FieldStatus)
{
    public Status Of(string field) => FieldStatus.TryGetValue(field, out var s) ? s : Status;
}

/// <summary>A document that knowledge cites.</summary>
public sealed record Source(string Id, string Title, string? Url, string? Scope, Status Status, string? Note);

/// <summary>A place in a knowledge file.</summary>
public readonly record struct Place(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}

/// <summary>What is wrong with a knowledge file.</summary>
/// <param name="Place">File and line.</param>
/// <param name="Key">The key in question, as a dotted path.</param>
/// <param name="Message">What is wrong and how to mend it, one sentence.</param>
public sealed record KnowledgeProblem(Place Place, string Key, string Message)
{
    public override string ToString() => $"{Place}: {Key}: {Message}";
}
