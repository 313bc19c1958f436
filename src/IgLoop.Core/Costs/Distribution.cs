using System.Globalization;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Costs;

/// <summary>How a parameter is uncertain.</summary>
/// <param name="Kind">fixed, normal, lognormal, gamma, beta, uniform or triangular.</param>
/// <param name="First">Mean (normal, lognormal, gamma), first shape (beta), lowest value (uniform, triangular), the value (fixed).</param>
/// <param name="Second">Standard deviation, second shape, highest value.</param>
/// <param name="Mode">Likeliest value of a triangular distribution.</param>
public sealed record Distribution(string Kind, double First, double Second = 0, double Mode = 0)
{
    public static readonly IReadOnlyList<string> Kinds = ["fixed", "normal", "lognormal", "gamma", "beta", "uniform", "triangular"];

    /// <summary>Standard deviation as a part of the value where none was given. A convention of this project.</summary>
    public const double ProjectSpread = 0.2;

    /// <summary>The distribution when none was given: gamma for money, beta by Jeffreys from the counts for a share that responds, normal for QALYs and differences, all else fixed.</summary>
    public static Distribution Project(CostModel model, CostParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameter);
        var value = (double)parameter.Value;
        var name = parameter.Name;
        if (name is "price_per_g" or "price_per_infusion" || name.EndsWith(".other_cost", StringComparison.Ordinal))
        {
            return value > 0 ? new("gamma", value, value * ProjectSpread) : new("fixed", value);
        }

        if (name.EndsWith(".response", StringComparison.Ordinal) && model.Arms.First(a => $"{a.Name}.response" == name) is { Response: null, Patients: { } n, Responders: { } r })
        {
            return new("beta", r + 0.5, n - r + 0.5);
        }

        return name is "delta_cost" or "delta_qaly" or "qaly_per_responder" || name.EndsWith(".qaly", StringComparison.Ordinal)
            ? value == 0 ? new("fixed", value) : new("normal", value, Math.Abs(value) * ProjectSpread)
            : new("fixed", value);
    }

    /// <exception cref="CostException">The kind is not known, or its numbers cannot be.</exception>
    public Distribution Checked(string where)
    {
        if (!Kinds.Contains(Kind))
        {
            throw new CostException("unknown-distribution", $"There is no distribution '{Kind}'; known are {string.Join(", ", Kinds)}.", where);
        }

        var good = double.IsFinite(First) && double.IsFinite(Second) && double.IsFinite(Mode) && Kind switch
        {
            "normal" => Second >= 0,
            "lognormal" or "gamma" => First > 0 && Second > 0,
            "beta" => First > 0 && Second > 0,
            "uniform" => First <= Second,
            "triangular" => First <= Mode && Mode <= Second && First < Second,
            _ => true,
        };
        return good ? this : throw new CostException("bad-value", $"{this} cannot be: {Kind switch
        {
            "normal" => "the standard deviation must be 0 or more",
            "lognormal" or "gamma" => "mean and standard deviation must be above 0",
            "beta" => "both shapes must be above 0",
            "uniform" => "the lowest value must come first",
            "triangular" => "give low, mode and high in rising order",
            _ => "give a number",
        }}.", where);
    }

    /// <summary>One draw.</summary>
    /// <param name="uniform">Gives numbers from 0 to below 1; chance is an argument.</param>
    public double Draw(Func<double> uniform)
    {
        ArgumentNullException.ThrowIfNull(uniform);
        switch (Kind)
        {
            case "normal":
                return First + (Second * Normal(uniform));
            case "lognormal":
                // Mean and standard deviation are of the value itself, not of its logarithm.
                var variance = Math.Log(1 + (Second / First * (Second / First)));
                return Math.Exp(Math.Log(First) - (variance / 2) + (Math.Sqrt(variance) * Normal(uniform)));
            case "gamma":
                var shape = First / Second * (First / Second);
                return Gamma(shape, uniform) * (First / shape);
            case "beta":
                var (a, b) = (Gamma(First, uniform), Gamma(Second, uniform));
                return a + b > 0 ? a / (a + b) : First >= Second ? 1 : 0;
            case "uniform":
                return First + ((Second - First) * uniform());
            case "triangular":
                var (u, cut) = (uniform(), (Mode - First) / (Second - First));
                return u < cut ? First + Math.Sqrt(u * (Second - First) * (Mode - First)) : Second - Math.Sqrt((1 - u) * (Second - First) * (Second - Mode));
            default:
                return First;
        }
    }

    public override string ToString() => Kind switch
    {
        "fixed" => $"fixed at {Text(First)}",
        "triangular" => $"triangular({Text(First)}, {Text(Mode)}, {Text(Second)})",
        _ => $"{Kind}({Text(First)}, {Text(Second)})",
    };

    private static double Normal(Func<double> uniform) => Distributions.NormalQuantile((uniform() * (1 - 1e-15)) + 5e-16);

    /// <summary>Gamma of scale 1 by Marsaglia and Tsang (ACM Trans Math Softw 2000;26:363); shapes below 1 by the power of a uniform number.</summary>
    private static double Gamma(double shape, Func<double> uniform)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1, uniform) * Math.Pow(1 - uniform(), 1 / shape);
        }

        var d = shape - (1 / 3.0);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal(uniform);
            var v = 1 + (c * x);
            if (v > 0 && Math.Log(1 - uniform()) < (0.5 * x * x) + d - (d * v * v * v) + (d * Math.Log(v * v * v)))
            {
                return d * v * v * v;
            }
        }
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
