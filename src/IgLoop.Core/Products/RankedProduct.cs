using IgLoop.Core.Dosing;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Products;

/// <summary>A product with its place in the ranking, or the reasons why it is refused.</summary>
public sealed record RankedProduct
{
    public required Product Product { get; init; }

    /// <summary>From 1; null when refused.</summary>
    public int? Rank { get; init; }

    /// <summary>What speaks for and against it, one short phrase each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Why it is refused, with rule ids; empty when it is not.</summary>
    public required IReadOnlyList<ProductRefusal> Refusals { get; init; }

    /// <summary>The rate table that fits indication and jurisdiction; null when none does.</summary>
    public RateTable? Rates { get; init; }
    public VialChoice? Vials { get; init; }
}

/// <param name="Rule">Safety rule id, or <c>rates-unverified</c>, <c>no-rates</c>, <c>route</c>, <c>historical</c>.</param>
public sealed record ProductRefusal(string Rule, string Reason);
