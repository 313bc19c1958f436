using System.Globalization;
using IgLoop.Core.Synthesis;
using IgLoop.Core.Synthesis.Asymmetry;
using IgLoop.Core.Synthesis.Exploring;
using IgLoop.Core.Synthesis.Pooling;

namespace IgLoop.Features.Synthesis;

/// <summary>An analysis with everything that was asked for beside it.</summary>
public sealed record MetaAnswer(Analysis Analysis, MetaExtras Extras)
{
    public TauInterval? Tau2Ci { get; init; }
    public RegressionTest? EggerModel { get; init; }
    public RegressionTest? EggerOrdinary { get; init; }
    public RankTest? Begg { get; init; }
    public Filling? Filling { get; init; }
    public IReadOnlyList<WithoutOne> LeaveOneOut { get; init; } = [];
    public IReadOnlyList<UpToOne> Cumulative { get; init; } = [];
    public IReadOnlyList<Influence> Influences { get; init; } = [];
    public Regression? Regression { get; init; }
    public SubgroupAnalysis? Subgroups { get; init; }

    /// <summary>What cannot be said from these studies: the notes of the analysis and those of what was asked for beside it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = Analysis.Notes;

    /// <exception cref="SynthesisException">The data or the options cannot be used.</exception>
    public static MetaAnswer To(MetaRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var analysis = Synthesiser.Of(request.Rows, request.Options);
        var x = request.Extras;
        var answer = Worked(analysis, x);
        return answer with { Notes = [.. analysis.Notes, .. Unsaid(answer)] };
    }

    /// <summary>What was asked for and cannot be given, with the reason.</summary>
    private static IEnumerable<string> Unsaid(MetaAnswer a)
    {
        if (a.Extras.Egger && a.EggerModel is null)
        {
            yield return "Egger's test needs at least three studies of different size.";
        }

        if (a.Extras.Begg && a.Begg?.P is null)
        {
            yield return "Begg's test needs at least two studies that differ in effect and in variance.";
        }

        if (a.Extras.Fill is not null && a.Filling is null)
        {
            yield return a.Analysis.Counted.Count < 2 ? "Trim and fill needs at least two studies." : "Trim and fill does not settle on a number of missing studies here, so none is given.";
        }

        if (a.Extras.Influence && a.Influences.Count == 0)
        {
            yield return "The influence of single studies needs at least three of them and a model by inverse variance.";
        }
    }

    private static MetaAnswer Worked(Analysis analysis, MetaExtras x)
    {
        return new(analysis, x)
        {
            Tau2Ci = x.Tau2Ci ? TauInterval.Of(analysis) : null,
            EggerModel = x.Egger ? SmallStudies.WithinModel(analysis, x.Predictor) : null,
            EggerOrdinary = x.Egger ? SmallStudies.Ordinary(analysis, x.Predictor) : null,
            Begg = x.Begg ? SmallStudies.Begg(analysis) : null,
            Filling = x.Fill is { } estimator ? TrimAndFill.Of(analysis, estimator, x.FillOnTheRight) : null,
            LeaveOneOut = x.LeaveOneOut ? Sensitivity.LeaveOneOut(analysis) : [],
            Cumulative = x.Cumulative is { } column ? Cumulate(analysis, column) : [],
            Influences = x.Influence ? Sensitivity.Influences(analysis) : [],
            Regression = x.Moderators.Count > 0 ? Moderators.Regression(analysis, x.Moderators) : null,
            Subgroups = x.Subgroup is not null ? Moderators.Subgroups(analysis, r => r.Subgroup, x.CommonTau2) : null,
        };
    }

    private static IReadOnlyList<UpToOne> Cumulate(Analysis analysis, string column)
    {
        if (column.Length == 0)
        {
            return Sensitivity.Cumulative(analysis, e => e.Study.Row);
        }

        string Of(Effect e) => e.Study.Others.TryGetValue(column, out var v) ? v : throw new SynthesisException("missing", $"The study has no value for '{column}'.", $"{e.Study.Where}, column {column}");

        // A column of days that holds one that is none would be sorted as text, and the order be wrong in silence.
        static bool Day(string v) => DateOnly.TryParseExact(v.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        if (analysis.Counted.Count(e => Day(Of(e))) * 2 >= analysis.Counted.Count && analysis.Counted.FirstOrDefault(e => !Day(Of(e))) is { } wrong)
        {
            throw new SynthesisException("bad-date", $"'{Of(wrong)}' is no day as the other rows have them; write year-month-day, such as 2019-04-01.", $"{wrong.Study.Where}, column {column}");
        }

        return analysis.Counted.All(e => double.TryParse(Of(e), NumberStyles.Float, CultureInfo.InvariantCulture, out _))
            ? Sensitivity.Cumulative(analysis, e => double.Parse(Of(e), CultureInfo.InvariantCulture))
            : Sensitivity.Cumulative(analysis, e => Of(e));
    }
}
