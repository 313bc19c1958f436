using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Literature;

/// <summary>The numbers of an extracted outcome as a row of a comparison, or the reason why they cannot stand there.</summary>
internal static class ProfileRows
{
    /// <param name="measure">Of the comparison: RR, OR, RD, MD or SMD.</param>
    /// <param name="randomisedOnly">Whether the profile is about randomised trials.</param>
    public static (ComparisonRow? Row, string? WhyNot) Of(string study, Extraction x, ExtractedOutcome o, string measure, bool randomisedOnly)
    {
        var pool = o.Pool!;
        var first = o.Results.FirstOrDefault(r => Same(r.Arm, pool.Arm1));
        var second = o.Results.FirstOrDefault(r => Same(r.Arm, pool.Arm2));
        if (WhyNotPooled(x, randomisedOnly) is { } why)
        {
            return (null, why);
        }

        var row = new ComparisonRow { Study = study, People = 0, Status = Status.Read, Note = null };
        int? inArms = null;
        var continuous = measure is "MD" or "SMD";
        if (!continuous && measure != "HR" && first is { Events: { } a, N: > 0 and { } n1 } && second is { Events: { } c, N: > 0 and { } n2 })
        {
            var derived = first.Derived || second.Derived;
            row = row with { Counts = new(a, n1, c, n2), Status = derived ? Status.Project : Status.Read, Note = derived ? "counts from percentages" : null };
            inArms = n1 + n2;
        }
        else if (continuous && first is { Mean: { } m1, N: > 0 and { } k1 } && second is { Mean: { } m2, N: > 0 and { } k2 })
        {
            row = row with { Means = new(m1, first.Sd, k1, m2, second.Sd, k2), Note = first.Sd is null || second.Sd is null ? "standard deviation missing: shown, not counted" : null };
            inArms = k1 + k2;
        }
        else if (o.Effect is { Low: { } low, High: { } high } e && e.Measure.ToString() == measure)
        {
            if (e.Level != 95)
            {
                return (null, $"its printed interval is a {e.Level} % one and the profile holds 95 % intervals; give the numbers of the arms.");
            }

            // The form asks for risk differences in percentage points, as papers print them; synthesis works with fractions.
            var scale = e.Measure == EffectMeasure.RD ? 100m : 1m;
            row = row with { Effect = new(e.Value / scale, low / scale, high / scale), Note = "effect as printed" };
            inArms = first?.N + second?.N ?? x.Patients;
        }
        else
        {
            return (null, measure == "HR" ? "a pooled HR needs the printed hazard ratio with its interval." : $"a pooled {measure} needs {(continuous ? "mean and n" : "events and n")} of both arms ({pool.Arm1}, {pool.Arm2}), or a printed {measure} with its interval.");
        }

        if (x.Design == StudyDesign.RandomisedCrossover)
        {
            var use = x.Crossover switch { CrossoverUse.FirstPeriod => "crossover, first period", CrossoverUse.Paired => "crossover, paired data", _ => "crossover, as parallel groups" };
            row = row with { Note = row.Note is null ? use : $"{use}; {row.Note}" };
            if (x.Crossover == CrossoverUse.Paired && row.Effect is null)
            {
                return (null, "paired data of a crossover trial are pooled by the printed effect with its interval; the counts or means of the arms would be read as two groups of people.");
            }

            if (x.Crossover != CrossoverUse.FirstPeriod)
            {
                inArms = x.Patients is { } p && (inArms is null || p <= inArms) ? p : null;
            }
        }

        return inArms is { } people and > 0 ? (row with { People = people }, null) : (null, "the number of people in the study is missing, and each of them is to be counted once.");
    }

    private static string? WhyNotPooled(Extraction x, bool randomisedOnly) =>
        x.Unit == CountingUnit.Courses ? "its n counts courses and not people: pooled it would be a unit-of-analysis error."
        : x.Design == StudyDesign.RandomisedCrossover && x.Crossover == CrossoverUse.NotStated ? "it is a crossover trial that does not say whether its first period, paired data or both periods are used."
        : randomisedOnly && x.Design is not (StudyDesign.RandomisedParallel or StudyDesign.RandomisedCrossover) ? "it is not randomised, and the profile is about randomised trials."
        : null;

    private static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);
}
