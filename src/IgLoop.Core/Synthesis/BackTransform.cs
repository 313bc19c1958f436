namespace IgLoop.Core.Synthesis;

/// <summary>From the analysis scale to the scale that people read.</summary>
public static class BackTransform
{
    /// <summary>The function for this analysis; null where the analysis scale is the one people read.</summary>
    public static Func<double, double>? Of(Analysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        var o = analysis.Options;
        if (o.IsLog)
        {
            return Math.Exp;
        }

        switch (o.Measure)
        {
            case Measure.PLO:
                return x => 1 / (1 + Math.Exp(-x));
            case Measure.PAS:
                return x => Math.Pow(Math.Sin(Math.Clamp(x, 0, Math.PI / 2)), 2);
            case Measure.PFT:
                return PeopleOf(analysis) is { } n ? Doubled(n) : null;
            default:
                return null;
        }
    }

    /// <summary>The function for one study: a double arcsine goes back by the study's own number of people, which gives its own proportion.</summary>
    public static Func<double, double>? Of(Analysis analysis, Effect study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Of(analysis) is { } shared ? analysis.Options.Measure == Measure.PFT && study.Study.N is { } n ? Doubled(n) : shared : null;
    }

    private static double? PeopleOf(Analysis analysis)
    {
        var people = analysis.Counted.Select(e => e.Study.N).ToList();
        if (people.Count == 0 || people.Any(n => n is null))
        {
            return null;
        }

        return analysis.Options.DoubleArcsine switch
        {
            DoubleArcsineN.Arithmetic => people.Sum(n => n!.Value) / people.Count,
            DoubleArcsineN.Geometric => Math.Exp(people.Sum(n => Math.Log(n!.Value)) / people.Count),
            DoubleArcsineN.FromVariance => analysis.Pooled.Se is > 0 and var se && (1 / (4 * se * se)) - 0.5 is > 0 and var n ? n : null,
            _ => people.Count / people.Sum(n => 1 / n!.Value),
        };
    }

    /// <summary>Miller, Am Stat 1978;32:138.</summary>
    private static Func<double, double> Doubled(double n) => x =>
    {
        double Of(double events) => 0.5 * (Math.Asin(Math.Sqrt(events / (n + 1))) + Math.Asin(Math.Sqrt((events + 1) / (n + 1))));
        if (x > Of(n) || x < Of(0))
        {
            return x > Of(n) ? 1 : 0;
        }

        var sine = Math.Sin(2 * x);
        var inner = sine + ((sine - (1 / sine)) / n);
        return 0.5 * (1 - (Math.Sign(Math.Cos(2 * x)) * Math.Sqrt(Math.Max(0, 1 - (inner * inner)))));
    };
}
