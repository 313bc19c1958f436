namespace IgLoop.Pictures;

/// <summary>What a forest plot is drawn from. Every value is on the scale of the axis: ratios themselves when <paramref name="Log"/>, not their logarithms.</summary>
/// <param name="Title">What was put together, in a line.</param>
/// <param name="Measure">Name of the effect, for example "Risk ratio".</param>
/// <param name="Studies">In the order they are shown; those of one group stand together whatever their order here.</param>
/// <param name="Summaries">The overall diamonds, for example common and random effects; none is right too.</param>
/// <param name="Log">Whether the axis is logarithmic, as ratios need.</param>
public sealed record Forest(string Title, string Measure, IReadOnlyList<ForestStudy> Studies, IReadOnlyList<ForestSummary> Summaries, bool Log = false)
{
    /// <summary>Diamonds of subgroups; a group without one is shown without.</summary>
    public IReadOnlyList<ForestGroup> Groups { get; init; } = [];

    /// <summary>Value of no effect, or any other value to compare with; 1 on a logarithmic axis and 0 otherwise when not given.</summary>
    public double? Reference { get; init; }

    /// <summary>Headers of the texts that each study carries in <see cref="ForestStudy.Cells"/>, for example "IVIg" and "Control".</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>Lowest and highest value of the axis; found from the data when not given.</summary>
    public (double Low, double High)? Axis { get; init; }

    /// <summary>Confidence of the intervals, a fraction.</summary>
    public double Level { get; init; } = 0.95;

    public string FavoursLow { get; init; } = "";

    public string FavoursHigh { get; init; } = "";

    /// <summary>A line below the axis, for example heterogeneity and method.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Writes a value of the axis; <see cref="Show.Short"/> when not given.</summary>
    public Func<double, string>? Format { get; init; }
}

/// <summary>One study of a forest plot.</summary>
/// <param name="Estimate">Null when it could not be worked out; then <paramref name="NotCounted"/> says why.</param>
/// <param name="WeightPercent">Its part in the summary; null: not weighted (drawn hollow).</param>
/// <param name="Group">Name of its subgroup; null: none.</param>
/// <param name="NotCounted">Why the study is shown but does not enter the summary; null: it does.</param>
public sealed record ForestStudy(string Label, double? Estimate, double? Low, double? High, double? WeightPercent = null, string? Group = null, string? NotCounted = null)
{
    /// <summary>Texts for the columns of the plot, as many as those, or none.</summary>
    public IReadOnlyList<string> Cells { get; init; } = [];
}

/// <summary>A diamond: its middle, its two ends, and where a new study would be expected.</summary>
public sealed record ForestSummary(string Label, double Estimate, double Low, double High, double? PredictionLow = null, double? PredictionHigh = null);

/// <summary>A subgroup and its diamond.</summary>
public sealed record ForestGroup(string Name, ForestSummary? Summary);
