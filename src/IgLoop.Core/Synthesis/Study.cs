namespace IgLoop.Core.Synthesis;

/// <summary>One study as given; what is null was not given. Counts may be fractions when they come from a correction.</summary>
public sealed record TrialRow
{
    public required string Label { get; init; }

    /// <summary>Position in the input, from 1, for messages.</summary>
    public required int Row { get; init; }

    /// <summary>Events in arm 1.</summary>
    public double? A { get; init; }

    /// <summary>People in arm 1.</summary>
    public double? N1 { get; init; }

    /// <summary>Events in arm 2.</summary>
    public double? C { get; init; }

    /// <summary>People in arm 2.</summary>
    public double? N2 { get; init; }
    public double? Mean1 { get; init; }
    public double? Sd1 { get; init; }
    public double? Mean2 { get; init; }
    public double? Sd2 { get; init; }

    /// <summary>Events of a single group.</summary>
    public double? X { get; init; }

    /// <summary>People of a single group.</summary>
    public double? N { get; init; }

    /// <summary>Ready-made effect as people print it (a ratio, not its logarithm).</summary>
    public double? Estimate { get; init; }
    public double? Low { get; init; }
    public double? High { get; init; }

    /// <summary>Ready-made effect on the analysis scale.</summary>
    public double? Yi { get; init; }

    /// <summary>Its variance on the analysis scale.</summary>
    public double? Vi { get; init; }

    /// <summary>Its standard error on the analysis scale.</summary>
    public double? Se { get; init; }
    public string? Subgroup { get; init; }

    /// <summary>Unit of the means or of the ready-made effect, as written; null when not given.</summary>
    public string? Unit { get; init; }

    /// <summary>People in the study, each counted once, where that is not the sum of its arms: a crossover trial. For reports only; no formula uses it.</summary>
    public double? Persons { get; init; }

    /// <summary>Other columns by name, as written.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();

    /// <summary>"row 3 (Azulay 1994)", for messages.</summary>
    public string Where => $"row {Row} ({Label})";

    /// <summary>Sum of the arms as given, as the formulas use it; null when not given.</summary>
    public double? People => N ?? N1 + N2;

    /// <summary>People to be named in a report: each once; null when not given.</summary>
    public double? PeopleOnce => Persons ?? People;
}

/// <summary>A study's effect on the analysis scale, or the reason why it cannot be counted.</summary>
/// <param name="Y">Null when not counted.</param>
/// <param name="V">Sampling variance, above 0; null when not counted.</param>
/// <param name="NotCounted">Why the study is shown and not counted; null when it is counted.</param>
/// <param name="Note">What was done to it, for example "0.5 added to every cell".</param>
public sealed record Effect(TrialRow Study, double? Y, double? V, string? NotCounted, string? Note)
{
    public bool Counted => NotCounted is null;

    internal static Effect Of(TrialRow study, double y, double v, string? note = null) => double.IsFinite(y) && double.IsFinite(v) && v > 0
        ? new(study, y, v, null, note)
        : new(study, null, null, v == 0 && double.IsFinite(y) ? "its variance is 0" : "its effect is not finite", note);

    internal static Effect Missing(TrialRow study, string why) => new(study, null, null, why, null);
}

/// <summary>Lower and upper end.</summary>
public readonly record struct Interval(double Low, double High)
{
    public Interval Map(Func<double, double> f) => new(f(Low), f(High));

    internal static Interval Around(double middle, double half) => new(middle - half, middle + half);
}

/// <summary>The data or the options cannot be used; one sentence that says what, where and how to mend it.</summary>
public sealed class SynthesisException(string code, string message, string where) : Exception(message)
{
    public string Code { get; } = code;

    /// <summary>Row and column, or the option.</summary>
    public string Where { get; } = where;
}
