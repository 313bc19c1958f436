using System.Globalization;

namespace IgLoop.Core.Literature;

/// <summary>
/// The checks of an extraction form. Each trap stands in a printed paper: categories that do not add up to their total, groups that exceed the patients,
/// courses counted as patients, intervals that no formula gives back, counts rebuilt from percentages, denominators that differ from the arm.
/// </summary>
internal static class ExtractionCheck
{
    public static readonly IReadOnlyList<string> Certainties = ["high", "moderate", "low", "very low"];

    public static IReadOnlyList<ExtractionFlag> Of(Extraction x)
    {
        var flags = new List<ExtractionFlag>();
        Whole(x, flags);
        foreach (var (arm, i) in x.Arms.Select((a, i) => (a, i)))
        {
            Arm(arm, $"arm {i + 1}", flags);
        }

        Totals(x, flags);
        foreach (var (outcome, i) in x.Outcomes.Select((o, i) => (o, i)))
        {
            Outcome(x, outcome, outcome.Instrument.Length > 0 ? outcome.Instrument : $"outcome {i + 1}", flags);
        }

        return flags;
    }

    private static void Whole(Extraction x, List<ExtractionFlag> flags)
    {
        Need(x.Condition, "condition", "choose the condition");
        Need(x.Citation, "citation", "give the reference");
        Need(x.SourceRead, "source read", "say what was read: full text, abstract, registry entry");
        if (!Certainties.Contains(x.Certainty))
        {
            flags.Add(new("certainty", $"must be one of {string.Join(", ", Certainties)}.", true));
        }

        if (x.Patients is < 1)
        {
            flags.Add(new("patients", "must be at least 1.", true));
        }

        if (x.Arms.Count == 0)
        {
            flags.Add(new("arms", "give at least one arm.", true));
        }

        if (x.Outcomes.Count == 0)
        {
            flags.Add(new("outcomes", "give at least one outcome.", true));
        }

        foreach (var twice in x.Arms.GroupBy(a => a.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            flags.Add(new("arms", $"two arms are named '{twice.Key}'; give each its own name.", true));
        }

        if (x.Design == StudyDesign.RandomisedCrossover && x.Crossover == CrossoverUse.NotStated)
        {
            flags.Add(new("crossover", "a crossover trial can enter as its first period, as paired data or as if parallel; say which, or it is not pooled.", false));
        }

        if (x.Design == StudyDesign.RandomisedCrossover && x.Crossover == CrossoverUse.AsParallel)
        {
            flags.Add(new("crossover", "treated as if parallel: the interval is wider than a paired analysis would give, and one patient counts in both arms.", false));
        }

        void Need(string? text, string where, string how)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                flags.Add(new(where, $"{how}.", true));
            }
        }
    }

    private static void Arm(ExtractedArm arm, string where, List<ExtractionFlag> flags)
    {
        if (arm.Name.Length == 0)
        {
            flags.Add(new(where, "needs a name.", true));
        }

        if (arm.N is < 0)
        {
            flags.Add(new($"{where} ({arm.Name})", $"n cannot be {arm.N}.", true));
        }

        if (arm.CourseGPerKg is <= 0 or > 10)
        {
            flags.Add(new($"{where} ({arm.Name})", $"{Number(arm.CourseGPerKg.Value)} g/kg is no dose of a course; give grams per kilogram of one course, between 0 and 10.", true));
        }
    }

    private static void Totals(Extraction x, List<ExtractionFlag> flags)
    {
        if (x.Unit == CountingUnit.Courses)
        {
            flags.Add(new("unit", $"n counts courses, not patients{(x.Patients is { } p ? $" ({p} people)" : "")}: pooled as patients it would be a unit-of-analysis error.", false));
        }

        if (x.Patients is { } all && x.Arms.All(a => a.N is not null) && x.Arms.Count > 1)
        {
            var sum = x.Arms.Sum(a => a.N!.Value);
            var text = $"the arms have {string.Join(" + ", x.Arms.Select(a => a.N))} = {sum}, the study {all} patients";
            if (sum > all && x.Unit == CountingUnit.Patients && x.Design != StudyDesign.RandomisedCrossover)
            {
                flags.Add(new("arms", $"{text}: somebody is counted twice, or courses are counted.", false));
            }
            else if (sum < all && x.Design != StudyDesign.RandomisedCrossover)
            {
                flags.Add(new("arms", $"{text}: {all - sum} are in no arm.", false));
            }
        }
    }

    private static void Outcome(Extraction x, ExtractedOutcome o, string where, List<ExtractionFlag> flags)
    {
        if (o.Instrument.Length == 0)
        {
            flags.Add(new(where, "needs the instrument or event that was measured.", true));
        }

        if (o.Page is null)
        {
            flags.Add(new(where, "no page or table is named, so nobody can check it quickly.", false));
        }

        foreach (var r in o.Results)
        {
            Result(x, r, $"{where}, {r.Arm}", flags);
        }

        if (o.Categories is { Count: > 0 } categories)
        {
            var sum = categories.Sum(c => c.N);
            if (o.CategoriesOf is { } printed && sum != printed)
            {
                flags.Add(new(where, $"the categories add up to {sum} ({string.Join(" + ", categories.Select(c => c.N))}), printed is {printed}.", false));
            }

            if (x.Patients is { } all && x.Unit == CountingUnit.Patients && sum > all)
            {
                flags.Add(new(where, $"the categories hold {sum}, the study has {all} patients.", false));
            }
        }

        if (o.Effect is { } effect)
        {
            Effect(o, effect, where, flags);
        }

        if (o.Pool is { } pool)
        {
            Pool(x, pool, where, flags);
        }
    }

    private static void Pool(Extraction x, ProfileEntry pool, string where, List<ExtractionFlag> flags)
    {
        if (!Review.IsId(pool.Comparison))
        {
            flags.Add(new(where, $"'{pool.Comparison}' cannot name an outcome of the profile: use small letters, digits and hyphens, such as improved-weeks.", true));
        }

        foreach (var name in new[] { pool.Arm1, pool.Arm2 }.Where(name => !x.Arms.Any(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase))))
        {
            flags.Add(new(where, $"the profile is to compare '{name}', which is no arm; the arms are {string.Join(", ", x.Arms.Select(a => a.Name))}.", true));
        }

        if (string.Equals(pool.Arm1, pool.Arm2, StringComparison.OrdinalIgnoreCase))
        {
            flags.Add(new(where, "an arm cannot be compared with itself in the profile.", true));
        }

        if ((pool.Title ?? pool.Why) is not null && (pool.Title is null || pool.Why is null || pool.Measure is null))
        {
            flags.Add(new(where, "a new outcome of the profile needs its title, its measure and why trials like this one are alike.", true));
        }
    }

    private static void Result(Extraction x, ArmResult r, string where, List<ExtractionFlag> flags)
    {
        var arm = x.Arms.FirstOrDefault(a => string.Equals(a.Name, r.Arm, StringComparison.OrdinalIgnoreCase));
        if (arm is null)
        {
            flags.Add(new(where, $"there is no arm '{r.Arm}'; the arms are {string.Join(", ", x.Arms.Select(a => a.Name))}.", true));
        }

        if (r.Events is < 0 || r.N is < 0)
        {
            flags.Add(new(where, "a count cannot be negative.", true));
        }
        else if (r.Events > r.N)
        {
            flags.Add(new(where, $"{r.Events} events are more than n = {r.N}.", true));
        }

        if (r.Sd is < 0)
        {
            flags.Add(new(where, $"an SD cannot be {Number(r.Sd.Value)}.", true));
        }

        if (r.Mean is not null && r.Sd is null)
        {
            flags.Add(new(where, "the SD is missing: the study is shown but not counted in a pooled mean.", false));
        }

        if (r.Derived)
        {
            flags.Add(new(where, "the count was rebuilt from a percentage; it is marked and never mixed silently with printed counts.", false));
        }

        if (r is { Events: { } e, N: > 0 and { } n, Percent: { } percent } && !r.Derived)
        {
            var exact = 100m * e / n;
            if (Math.Abs(exact - percent) > Step(percent) / 2 + 0.000001m)
            {
                flags.Add(new(where, $"{e} of {n} is {exact.ToString("0.0", CultureInfo.InvariantCulture)} %, printed is {Number(percent)} %.", false));
            }
        }

        if (arm?.N is { } randomised && r.N is { } counted && counted != randomised)
        {
            flags.Add(counted > randomised
                ? new(where, $"n = {counted} exceeds the {randomised} of the arm.", false)
                : new(where, $"n = {counted} of {randomised} in the arm: {randomised - counted} are not counted here, so the denominators stay apart.", false));
        }
    }

    private static void Effect(ExtractedOutcome o, PrintedEffect effect, string where, List<ExtractionFlag> flags)
    {
        if (effect.Low is { } low && effect.High is { } high && (low > high || effect.Value < low || effect.Value > high))
        {
            flags.Add(new(where, $"the printed {effect.Measure} {Number(effect.Value)} lies outside its interval {Number(low)} to {Number(high)}.", true));
            return;
        }

        if (effect.Measure is EffectMeasure.RR or EffectMeasure.OR or EffectMeasure.HR && (effect.Value <= 0 || effect.Low is <= 0))
        {
            flags.Add(new(where, $"a ratio is above 0; {effect.Measure} {Number(effect.Value)} with lower bound {Number(effect.Low ?? effect.Value)} is not.", true));
            return;
        }

        if (o.Results is not [var a, var b] || Rederived.Of(effect, a, b) is not { } again)
        {
            if (effect.Low is not null)
            {
                flags.Add(new(where, $"the interval of the printed {effect.Measure} cannot be checked: the counts of two arms, or means with SD, are not given.", false));
            }

            return;
        }

        if (!Near(again.Value, effect.Value))
        {
            flags.Add(new(where, $"the numbers of the arms give {effect.Measure} {Show(again.Value)}, printed is {Number(effect.Value)}.", false));
        }

        if (effect.Low is { } l && effect.High is { } h && !again.Intervals.Any(i => Near(i.Low, l) && Near(i.High, h)))
        {
            flags.Add(new(where, $"the printed interval {Number(l)} to {Number(h)} is not re-derivable from the arms: {string.Join(", ", again.Intervals.Select(i => $"{i.Method} {Show(i.Low)} to {Show(i.High)}"))}. An adjusted analysis may explain it; do not use it as a check.", false));
        }
    }

    /// <summary>Equal to one unit of the last digit that is printed.</summary>
    private static bool Near(double value, decimal printed) => Math.Abs(value - (double)printed) <= (double)Step(printed) + 1e-9;

    private static decimal Step(decimal printed) => 1m / (decimal)Math.Pow(10, printed.Scale);

    private static string Number(decimal d) => d.ToString(CultureInfo.InvariantCulture);

    private static string Show(double d) => d.ToString(Math.Abs(d) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
