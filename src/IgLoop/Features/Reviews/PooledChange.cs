using System.Globalization;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Literature;
using IgLoop.Core.Synthesis;
using IgLoop.Features.Synthesis;
using IgLoop.Pictures;

namespace IgLoop.Features.Reviews;

/// <summary>An outcome of the evidence profile before and after a new study, worked out anew.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Before">Null when nothing was pooled before; with one trial its own effect.</param>
/// <param name="After">Null when it cannot be worked out.</param>
/// <param name="WhyNot">Why the study does not join, or why its comparison cannot be worked out; null otherwise.</param>
/// <param name="Prompts">What somebody should look at again.</param>
public sealed record PooledChange(string Outcome, string Comparison, string Title, MetaAnswer? Before, MetaAnswer? After, string? WhyNot, IReadOnlyList<GradePrompt> Prompts)
{
    /// <summary>What the arms of the comparison are called.</summary>
    public (string First, string Second)? Arms { get; private init; }

    public static IReadOnlyList<PooledChange> Of(EvidenceChange change, KnowledgeBase before, IReadOnlyList<RiskOfBias> bias)
    {
        ArgumentNullException.ThrowIfNull(change);
        return [.. change.Joined.Select(j =>
        {
            var old = j.Before is null ? null : Pool(j.Before, before, out _);
            string? problem = null;
            var now = j.After is null ? null : Pool(j.After, change.Knowledge, out problem);
            var whyNot = j.WhyNot ?? problem;
            return new PooledChange(j.Outcome, j.Comparison, (j.After ?? j.Before)?.Title ?? j.Comparison, old, now, whyNot, whyNot is null
                ? GradePrompts.Of(old?.Analysis, now?.Analysis, ProfilePooling.Label(change.Study, change.Knowledge), bias) : []) { Arms = (j.After ?? j.Before) is { } c ? (c.Arm1, c.Arm2) : null };
        })];
    }

    /// <summary>What happened to the outcome as a whole, in a sentence.</summary>
    public string Verdict => WhyNot is { } why ? $"The study is not pooled here, because {why}" : (Trials(Before), Trials(After)) switch
    {
        (0, 1) => "The outcome is new in the profile. It cannot be pooled, because there is one comparable trial, and pooling needs two.",
        (1, > 1) => "It could not be pooled, because there was one comparable trial. It can be pooled now.",
        var (was, now) when was == now => $"The numbers of the study replace those it had: {now} {(now == 1 ? "trial" : "trials")} as before.",
        var (was, now) => $"Pooled from {was} trials before and {now} now.",
    };

    /// <summary>What is shown side by side: name, before, after.</summary>
    public IReadOnlyList<(string What, string Before, string After)> Rows
    {
        get
        {
            string[] names = ["Estimate (95 % CI)", "Trials counted", "People, each once", "I²", "tau²", "Q", "Prediction interval"];
            return [.. names.Zip(Cells(Before), Cells(After)).Select(x => (x.First, x.Second, x.Third))];
        }
    }

    public JsonObject Json() => new()
    {
        ["outcome"] = Outcome,
        ["comparison"] = Comparison,
        ["title"] = Title,
        ["verdict"] = Verdict,
        ["before"] = Numbers(Before),
        ["after"] = Numbers(After),
        ["why_not"] = WhyNot,
        ["look_again"] = new JsonArray([.. Prompts.Select(p => (JsonNode)new JsonObject { ["domain"] = NameOf(p.Domain), ["seen"] = p.Seen })]),
    };

    public static string NameOf(GradeDomain d) => string.Concat(d.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? " " + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>Forest plots before and after; none for what does not exist.</summary>
    public IEnumerable<(string When, Picture Picture)> Forests(string id)
    {
        if (Before is { } old)
        {
            yield return ("Before", MetaPictures.Forest(old, $"Before: {Title}", $"before-{id}", Arms));
        }

        if (After is { } now)
        {
            yield return ("With the new study", MetaPictures.Forest(now, $"With the new study: {Title}", $"after-{id}", Arms));
        }
    }

    private static MetaAnswer? Pool(TrialComparison comparison, KnowledgeBase knowledge, out string? problem)
    {
        try
        {
            problem = null;
            return ProfilePooling.Of(comparison, knowledge);
        }
        catch (SynthesisException e)
        {
            problem = e.Message;
            return null;
        }
    }

    private static int Trials(MetaAnswer? a) => a?.Analysis.Effects.Count ?? 0;

    private static IEnumerable<string> Cells(MetaAnswer? a)
    {
        if (a?.Analysis is not { } analysis)
        {
            return Enumerable.Repeat("none", 7);
        }

        var p = analysis.Pooled;
        return
        [
            $"{MetaText.Shown(analysis, p)}{(p.K == 1 ? ", of one trial, not pooled" : "")}",
            p.K == analysis.Effects.Count ? $"{p.K}" : $"{p.K} of {analysis.Effects.Count}; {string.Join("; ", analysis.Effects.Where(e => !e.Counted).Select(e => $"{e.Study.Label}: {e.NotCounted}"))}",
            MetaText.Number(analysis.InPool.Sum(e => e.Study.PeopleOnce ?? 0)),
            p.I2 is { } i2 ? $"{i2.ToString("0.0", CultureInfo.InvariantCulture)} %{(a.Tau2Ci is { Empty: false } t ? $" ({t.I2.Low.ToString("0.0", CultureInfo.InvariantCulture)} to {t.I2.High.ToString("0.0", CultureInfo.InvariantCulture)} %)" : "")}" : "none",
            !analysis.Options.IsRandom ? "none: the model has no tau²" : p.K > 1 && p.Tau2 is { } tau2 ? $"{MetaText.Significant(tau2)}{(a.Tau2Ci is { Empty: false } q ? $" ({MetaText.Significant(q.Tau2.Low)} to {MetaText.Significant(q.Tau2.High)})" : "")}" : "none",
            p.Q is { } qv ? $"{qv.ToString("0.00", CultureInfo.InvariantCulture)} on {p.QDf} df, p {MetaText.P(p.Qp!.Value)}" : "none",
            p is { K: > 2, Pi: { } pi } ? MetaText.Range(analysis, pi) : analysis.Options.IsRandom ? "none: needs three trials" : "none: the model has none",
        ];
    }

    private static JsonObject? Numbers(MetaAnswer? a) => a is null ? null : new JsonObject
    {
        ["k"] = a.Analysis.Pooled.K,
        ["people"] = a.Analysis.InPool.Sum(e => e.Study.PeopleOnce ?? 0),
        ["measure"] = a.Analysis.Options.Measure.ToString(),
        ["method"] = a.Analysis.Options.Method.ToString(),
        ["est"] = a.Analysis.Pooled.Est,
        ["ci"] = Ends(a.Analysis.Pooled.Ci),
        ["I2"] = a.Analysis.Pooled.I2,
        ["tau2"] = a.Analysis.Pooled.Tau2,
        ["Q"] = a.Analysis.Pooled.Q,
        ["pi"] = a.Analysis.Pooled.K > 2 ? Ends(a.Analysis.Pooled.Pi) : null,
    };

    private static JsonArray? Ends(Interval? i) => i is { } x ? new JsonArray(x.Low, x.High) : null;
}
