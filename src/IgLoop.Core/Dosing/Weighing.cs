using System.Globalization;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Dosing;

/// <summary>What a weight rule is asked about.</summary>
/// <param name="Sex">Null when not known; most formulas need it.</param>
/// <param name="Cm">Height, cm.</param>
/// <param name="Kg">Actual weight, kg.</param>
/// <param name="Age">Years.</param>
/// <param name="IdealKg">Ideal weight where the rule takes it as given.</param>
public sealed record Build(Sex? Sex, decimal? Cm, decimal? Kg, decimal? Age, decimal? IdealKg = null);

/// <summary>The weights that a rule gives.</summary>
/// <param name="Readings">One reading, or two where the source leaves it open.</param>
public sealed record Weights(decimal? Bmi, decimal? IdealKg, decimal? AdjustedKg, IReadOnlyList<WeightReading> Readings, IReadOnlyList<DoseWarning> Warnings);

/// <param name="Basis">actual, ideal or adjusted.</param>
/// <param name="Why">The trigger in words, with numbers.</param>
public sealed record WeightReading(string Basis, decimal Kg, string Why);

/// <summary>Applies a weight rule.</summary>
public static class Weighing
{
    private const double EOfIgcalculator = 2.718;

    /// <summary>The dosing weight by a rule.</summary>
    /// <exception cref="DosingException">A value is missing or cannot be right; the message says which and how to mend it.</exception>
    public static Weights By(WeightRule rule, Build build)
    {
        Check(build);
        var onTheScales = build.Kg;
        if (rule.WholeNumbers)
        {
            build = build with { Cm = build.Cm is { } h ? Math.Truncate(h) : null, Kg = build.Kg is { } w ? Math.Truncate(w) : null };
        }

        var bmi = build is { Kg: { } kg1, Cm: { } cm1 } ? Formulas.Bmi(kg1, cm1) : (decimal?)null;
        if (rule.ChildActual && build.Age < 18)
        {
            return Closed(bmi, null, null, new("actual", Need(build.Kg, "weight"), "under 18 years: actual weight"), build);
        }

        var ideal = Ideal(rule, build);
        var adjusted = rule.Factor is { } factor && build.Kg is { } kg2 ? Formulas.Adjusted(ideal, kg2, factor) : (decimal?)null;
        var readings = Readings(rule, build, bmi, ideal, adjusted);
        var warnings = readings.Where(r => r.Kg > onTheScales).Take(1)
            .Select(r => new DoseWarning("dosing-weight-above-actual", $"The rule's {r.Basis} weight of {Show(r.Kg)} kg is above the {Show(onTheScales!.Value)} kg on the scales."));
        return new(bmi, ideal, adjusted, readings, [.. warnings]);
    }

    private static Weights Closed(decimal? bmi, decimal? ideal, decimal? adjusted, WeightReading reading, Build build) =>
        new(bmi, ideal, adjusted, [reading], build.Kg < reading.Kg ? [new("dosing-weight-above-actual", "The dosing weight is above the weight on the scales.")] : []);

    private static decimal Ideal(WeightRule rule, Build build) => rule.Ideal switch
    {
        "given" => Need(build.IdealKg, "ibw"),
        "traub_kichen" => Formulas.TraubKichen(Need(build.Cm, "height"), EOfIgcalculator),
        "robinson_metric" => Formulas.RobinsonMetric(NeedSex(build), Need(build.Cm, "height")),
        "child_standard" => Formulas.ChildStandard(NeedSex(build), Need(build.Cm, "height")),
        "devine_nba" => Formulas.Devine(NeedSex(build), Need(build.Cm, "height"), Formulas.InchesPerCmNba),
        _ => Formulas.Devine(NeedSex(build), Need(build.Cm, "height"), Formulas.InchesPerCm),
    };

    private static WeightReading[] Readings(WeightRule rule, Build build, decimal? bmi, decimal ideal, decimal? adjusted)
    {
        switch (rule.Adjust)
        {
            case "always_ideal":
                return [new("ideal", ideal, $"ideal weight {Show(ideal)} kg")];
            case "always_adjusted":
                return [Adjusted("adjusted weight")];
            case "above_ratio" or "above_ratio_else_ideal":
                var kg = Need(build.Kg, "weight");
                var percent = $"{Show(kg / ideal * 100)} % of ideal weight";
                return kg > ideal * rule.Ratio
                    ? [Adjusted($"{percent}, above {Show(rule.Ratio!.Value * 100)} %")]
                    : rule.Adjust == "above_ratio" || kg < ideal
                        ? [new("actual", kg, $"{percent}: actual weight")]
                        : [new("ideal", ideal, $"{percent}: ideal weight")];
            case "gate":
                return Gate(rule, build, Adjusted);
            default:
                var actual = Need(build.Kg, "weight");
                var over = bmi >= rule.Bmi || (rule.Adjust == "bmi_from_or_ratio" && actual > ideal * rule.Ratio);
                return over
                    ? [Adjusted($"BMI {Show(bmi!.Value)}, {Show(rule.Bmi!.Value)} or more{(rule.Adjust == "bmi_from" ? "" : " or over the ratio")}")]
                    : [new("actual", actual, $"BMI {Show(bmi!.Value)}: no adjustment")];
        }

        WeightReading Adjusted(string why) => new("adjusted", adjusted ?? throw new DosingException("missing", $"The rule {rule.Id} needs the weight; give it in kg.", "kg"), why);
    }

    /// <summary>Ontario: BMI above 30 must, height and weight above the gate should be adjusted. A short person with a BMI above 30 is left open by the source.</summary>
    private static WeightReading[] Gate(WeightRule rule, Build build, Func<string, WeightReading> adjusted)
    {
        var kg = Need(build.Kg, "weight");
        var bmi = Formulas.Bmi(kg, Need(build.Cm, "height"));
        var limit = NeedSex(build) == Sex.Male ? rule.GateMaleKg!.Value : rule.GateFemaleKg!.Value;
        var gate = build.Cm >= rule.GateHeightCm && kg > limit;
        if (gate)
        {
            return [adjusted(bmi > rule.Bmi ? $"BMI {Show(bmi)}, above {Show(rule.Bmi!.Value)}" : $"height at least {Show(rule.GateHeightCm!.Value)} cm and weight above {Show(limit)} kg")];
        }

        return bmi > rule.Bmi
            ? [adjusted($"BMI {Show(bmi)} above {Show(rule.Bmi!.Value)} must be adjusted"), new("actual", kg, $"height below {Show(rule.GateHeightCm!.Value)} cm or weight at or below {Show(limit)} kg: actual weight")]
            : [new("actual", kg, $"below the gate of {Show(rule.GateHeightCm!.Value)} cm or {Show(limit)} kg: actual weight")];
    }

    private static void Check(Build build)
    {
        if (build.Kg is <= 0)
        {
            throw new DosingException("bad-value", $"A weight of {Show(build.Kg.Value)} kg cannot be right; give the actual weight in kg.", "kg");
        }

        if (build.Kg is > 500 or < 0.3m)
        {
            throw new DosingException("bad-value", $"A weight of {Show(build.Kg.Value)} kg is outside 0.3 to 500 kg; check the unit.", "kg");
        }

        if (build.Cm is > 0.2m and < 2.7m)
        {
            throw new DosingException("bad-value", $"A height of {Show(build.Cm.Value)} cm looks like metres; write {Show(build.Cm.Value * 100)}.", "cm");
        }

        if (build.Cm is { } cm && (cm <= 0 || cm is < 20 or > 260))
        {
            throw new DosingException("bad-value", $"A height of {Show(cm)} cm is outside 20 to 260 cm; check the unit.", "cm");
        }

        if (build.Age is < 0 or > 130)
        {
            throw new DosingException("bad-value", $"An age of {Show(build.Age.Value)} years cannot be right.", "age");
        }
    }

    private static decimal Need(decimal? value, string what) =>
        value ?? throw new DosingException("missing", $"The {what} is missing and this rule needs it.", what == "height" ? "cm" : what == "weight" ? "kg" : what);

    private static Sex NeedSex(Build build) => build.Sex ?? throw new DosingException("missing", "The sex is missing and this rule's ideal weight needs it; give M or F.", "sex");

    internal static string Show(decimal d) => d.ToString("0.##", CultureInfo.InvariantCulture);
}

/// <summary>A dose or rate that cannot be worked out: one sentence that says what, where and how to mend it.</summary>
public sealed class DosingException(string code, string message, string where) : Exception(message)
{
    public string Code { get; } = code;

    public string Where { get; } = where;
}
