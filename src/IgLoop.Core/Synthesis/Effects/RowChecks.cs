namespace IgLoop.Core.Synthesis.Effects;

/// <summary>Numbers of a study that cannot be right.</summary>
internal static class RowChecks
{
    public static void Check(TrialRow r)
    {
        foreach (var (name, value) in new[] { ("ai", r.A), ("n1", r.N1), ("ci", r.C), ("n2", r.N2), ("m1", r.Mean1), ("sd1", r.Sd1), ("m2", r.Mean2), ("sd2", r.Sd2), ("xi", r.X), ("ni", r.N), ("est", r.Estimate), ("ci_low", r.Low), ("ci_high", r.High), ("yi", r.Yi), ("vi", r.Vi), ("sei", r.Se), ("people", r.Persons) })
        {
            if (value is { } v && v != 0 && !(Math.Abs(v) is >= 1e-30 and <= 1e15))
            {
                throw Wrong(r, name, "is too large or too small to be worked with; numbers lie between 1e-30 and 1e15 in size");
            }
        }

        Count(r, "ai", r.A, "n1", r.N1);
        Count(r, "ci", r.C, "n2", r.N2);
        Count(r, "xi", r.X, "ni", r.N);
        NotNegative(r, "people", r.Persons);
        if (r.Persons > r.People)
        {
            throw Wrong(r, "people", $"is {EffectSizes.Number(r.Persons.Value)}, above the {EffectSizes.Number(r.People!.Value)} of the arms; people of a crossover trial are fewer than the sum of its arms, never more");
        }

        NotNegative(r, "sd1", r.Sd1);
        NotNegative(r, "sd2", r.Sd2);
        NotNegative(r, "vi", r.Vi);
        NotNegative(r, "sei", r.Se);
        if (r.Vi == 0 || r.Se == 0)
        {
            throw Wrong(r, r.Vi == 0 ? "vi" : "sei", "is 0, which would give the study all the weight; leave it empty when it is not known");
        }

        if (r is { Low: { } low, High: { } high })
        {
            if (low > high)
            {
                throw Wrong(r, "ci", $"runs from {EffectSizes.Number(low)} to {EffectSizes.Number(high)}, the wrong way round");
            }

            if (low == high)
            {
                throw Wrong(r, "ci", "has no width; give both ends");
            }

            if ((r.Estimate ?? r.Yi) is { } e && (e < low || e > high))
            {
                throw Wrong(r, "ci", $"from {EffectSizes.Number(low)} to {EffectSizes.Number(high)} does not hold the estimate {EffectSizes.Number(e)}; a sign may be lost, or the estimate may be on another scale");
            }
        }
        else if (r.Low is not null || r.High is not null)
        {
            throw Wrong(r, "ci", "has only one end; give both");
        }
    }

    private static void Count(TrialRow r, string events, double? x, string people, double? n)
    {
        NotNegative(r, events, x);
        NotNegative(r, people, n);
        if (n == 0)
        {
            throw Wrong(r, people, "is 0: nobody was in this group; leave the study out or give the number");
        }

        if (x > n)
        {
            throw Wrong(r, events, $"is {EffectSizes.Number(x.Value)}, above {people} = {EffectSizes.Number(n.Value)}; events cannot outnumber people");
        }
    }

    private static void NotNegative(TrialRow r, string name, double? value)
    {
        if (value < 0)
        {
            throw Wrong(r, name, $"is {EffectSizes.Number(value.Value)}, which cannot be negative");
        }

        if (value is { } v && !double.IsFinite(v))
        {
            throw Wrong(r, name, "is not a finite number");
        }
    }

    private static SynthesisException Wrong(TrialRow r, string column, string what) => new("bad-value", $"{column} {what}.", $"{r.Where}, column {column}");
}
