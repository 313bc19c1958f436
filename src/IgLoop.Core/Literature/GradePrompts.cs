using System.Globalization;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Synthesis;

namespace IgLoop.Core.Literature;

/// <summary>A domain of GRADE that somebody should look at again, and what has changed for it. It is a question to a person: no step is taken by it.</summary>
public sealed record GradePrompt(GradeDomain Domain, string Seen);

/// <summary>
/// What a new trial gives a person to reconsider. The lines are conventions that the GRADE papers and the Cochrane Handbook use as rules of thumb; they
/// choose what to show and decide nothing.
/// </summary>
public static class GradePrompts
{
    /// <summary>I² that moves by as many percentage points as this is shown; our own convention.</summary>
    private const double NoticeableI2 = 10;

    /// <summary>With fewer trials tests of small-study effects say little (Cochrane Handbook, chapter 13).</summary>
    private const int EnoughForFunnel = 10;

    /// <param name="before">Null when nothing was pooled before.</param>
    /// <param name="after">Null when nothing can be pooled after.</param>
    /// <param name="study">Label of the new study in <paramref name="after"/>.</param>
    /// <param name="bias">Risk of bias of the new study as judged.</param>
    public static IReadOnlyList<GradePrompt> Of(Analysis? before, Analysis? after, string study, IReadOnlyList<RiskOfBias> bias)
    {
        ArgumentNullException.ThrowIfNull(bias);
        var prompts = new List<GradePrompt>();
        Bias(bias, prompts);
        if (after is { Pooled: { Est: { } est, Ci: { } ci } pooled })
        {
            Inconsistency(before?.Pooled, after, study, prompts);
            Imprecision(before?.Pooled, pooled, est, ci, prompts);
            Large(before, after, prompts);
            if (pooled.K >= EnoughForFunnel && (before?.Pooled.K ?? 0) < EnoughForFunnel)
            {
                prompts.Add(new(GradeDomain.PublicationBias, $"There are now {pooled.K} trials: a funnel plot and its tests can be looked at."));
            }
        }

        prompts.Add(new(GradeDomain.Indirectness, "Do the patients, dose, comparison and time of the new trial fit the question of the profile?"));
        return [.. prompts.OrderBy(p => p.Domain)];
    }

    private static void Bias(IReadOnlyList<RiskOfBias> bias, List<GradePrompt> prompts)
    {
        if (bias.Count == 0)
        {
            prompts.Add(new(GradeDomain.RiskOfBias, "The risk of bias of the new trial has not been judged."));
        }

        foreach (var b in bias.Where(b => b.Overall != BiasLevel.Low))
        {
            prompts.Add(new(GradeDomain.RiskOfBias, $"The new trial: {b.Line()}."));
        }
    }

    private static void Inconsistency(Pooled? before, Analysis after, string study, List<GradePrompt> prompts)
    {
        if (after.Pooled.I2 is { } now)
        {
            var was = before?.I2;
            if (Math.Abs(now - (was ?? 0)) >= NoticeableI2)
            {
                prompts.Add(new(GradeDomain.Inconsistency, was is { } w ? $"I² went from {Percent(w)} to {Percent(now)}." : $"I² is {Percent(now)}; there was none before."));
            }
        }

        if (before is { Ci: { } old } && after.Counted.FirstOrDefault(e => e.Study.Label == study) is { Y: { } y, V: { } v })
        {
            var half = Statistics.Distributions.NormalQuantile(0.5 + (after.Options.Level / 2)) * Math.Sqrt(v);
            if (y + half < old.Low || y - half > old.High)
            {
                prompts.Add(new(GradeDomain.Inconsistency, "The interval of the new trial does not meet the pooled interval from before."));
            }
        }
    }

    private static void Imprecision(Pooled? before, Pooled after, double est, Interval ci, List<GradePrompt> prompts)
    {
        var holds = ci.Low <= 0 && ci.High >= 0;
        if (before is not { Est: { } oldEst, Ci: { } old })
        {
            prompts.Add(new(GradeDomain.Imprecision, $"There is an interval for the first time, from {after.K} {(after.K == 1 ? "trial" : "trials")}; it {(holds ? "holds" : "does not hold")} no effect."));
            return;
        }

        var held = old.Low <= 0 && old.High >= 0;
        if (held != holds)
        {
            prompts.Add(new(GradeDomain.Imprecision, holds ? "The pooled interval did not hold no effect and now does." : "The pooled interval held no effect and no longer does."));
        }

        var width = (ci.High - ci.Low) / (old.High - old.Low);
        if (width is < 0.8 or > 1.25)
        {
            prompts.Add(new(GradeDomain.Imprecision, string.Create(CultureInfo.InvariantCulture, $"The interval is {width:0.00} times as wide as before.")));
        }

        if (Math.Sign(est) != Math.Sign(oldEst))
        {
            prompts.Add(new(GradeDomain.Imprecision, "The pooled estimate has changed its direction."));
        }
    }

    /// <summary>GRADE speaks of a large effect above 2 or below 0.5, and of a very large one above 5 or below 0.2, as a ratio.</summary>
    private static void Large(Analysis? before, Analysis after, List<GradePrompt> prompts)
    {
        if (!after.Options.IsLog)
        {
            return;
        }

        var (was, now) = (Size(before?.Pooled.Est), Size(after.Pooled.Est));
        if (was != now && before?.Pooled.Est is not null)
        {
            prompts.Add(new(GradeDomain.LargeEffect, $"The pooled ratio was {was} and is now {now}, by the usual lines of 2 and 5 (or 0.5 and 0.2)."));
        }

        static string Size(double? log) => Math.Abs(log ?? 0) switch { > 1.6094379124341003 => "very large", > 0.6931471805599453 => "large", _ => "not large" };
    }

    private static string Percent(double v) => v.ToString("0", CultureInfo.InvariantCulture) + " %";
}
