namespace IgLoop.Core.Scoring.Composites;

/// <summary>Rules that weigh several instruments, or one at two times: one file each in this folder.</summary>
internal static class CompositeTable
{
    public static readonly IReadOnlyDictionary<string, Scorer> All = new Dictionary<string, Scorer>(StringComparer.Ordinal)
    {
    };
}
