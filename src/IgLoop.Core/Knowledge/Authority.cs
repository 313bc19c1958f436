namespace IgLoop.Core.Knowledge;

/// <summary>A body that sets criteria, with its rules on weight, vaccines, IgA and review.</summary>
public sealed record Authority
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>Country or region; null for literature.</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>policy, guideline, payer, label or literature.</summary>
    public required string Kind { get; init; }

    /// <summary>Id in <c>knowledge/weight-rules/</c>; null: none of its own.</summary>
    public string? WeightRule { get; init; }

    /// <summary>US or EU wording of the IgA rule.</summary>
    public string? IgaRule { get; init; }

    /// <summary>acip or eu.</summary>
    public string? VaccineRule { get; init; }

    /// <summary>Jurisdiction of product labels: US, EU, AU.</summary>
    public string? Labels { get; init; }

    /// <summary>General rules, in our words.</summary>
    public required IReadOnlyList<GeneralRule> Rules { get; init; }
    public string? Note { get; init; }
    public required Place Place { get; init; }
}

public sealed record GeneralRule(string Text, Provenance Provenance);
