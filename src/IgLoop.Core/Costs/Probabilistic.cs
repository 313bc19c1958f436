using IgLoop.Core.Statistics;

namespace IgLoop.Core.Costs;

/// <summary>Mean and the middle 95 % of the draws.</summary>
public sealed record Spread(double Mean, double Low, double High)
{
    internal static Spread Of(IReadOnlyList<double> x) => new(Sample.Mean(x), Sample.Quantile(x, 0.025), Sample.Quantile(x, 0.975));
}

/// <summary>How a parameter was drawn.</summary>
/// <param name="Clamped">Draws beyond what the parameter can be, set to the nearest value that it can be.</param>
public sealed record DrawnParameter(string Name, Distribution Distribution, Origin Origin, int Clamped);

/// <summary>Probabilistic sensitivity analysis.</summary>
/// <param name="Cost">Incremental cost (or the cost of the only arm).</param>
/// <param name="Qaly">Null when QALYs are not known.</param>
/// <param name="Points">Every draw: cost and QALYs (0 when not known).</param>
/// <param name="Acceptability">For each threshold the share of draws with a net benefit above 0; empty without QALYs.</param>
/// <param name="Planes">Share of draws in each part of the plane; empty without QALYs.</param>
public sealed record Probabilistic(int Draws, Spread Cost, Spread? Qaly, IReadOnlyList<(double Cost, double Qaly)> Points, IReadOnlyList<(double Threshold, double Probability)> Acceptability, IReadOnlyDictionary<Plane, double> Planes, IReadOnlyList<DrawnParameter> Parameters)
{
    public const int MostDraws = 100_000;

    /// <param name="given">Distributions by name of the parameter; those not named get <see cref="Distribution.Project"/>.</param>
    /// <param name="draws">From 2 to <see cref="MostDraws"/>.</param>
    /// <param name="uniform">Gives numbers from 0 to below 1; the same stream gives the same result.</param>
    /// <exception cref="CostException">The model cannot be worked out, a parameter is not known, or a distribution cannot be.</exception>
    public static Probabilistic Of(CostModel model, IReadOnlyDictionary<string, Distribution>? given, int draws, Func<double> uniform)
    {
        ArgumentNullException.ThrowIfNull(model);
        CostModel.Within(draws, 2, MostDraws, "psa.draws", "the number of draws");
        var parameters = CostParameter.Of(model.Checked());
        var distributions = new Dictionary<string, Distribution>(StringComparer.Ordinal);
        foreach (var (name, distribution) in given ?? new Dictionary<string, Distribution>())
        {
            var where = $"psa.distributions.{name}";
            distributions[CostParameter.Named(parameters, name, where).Name] = distribution.Checked(where);
        }

        var drawn = parameters.Select(p => (Parameter: p, Distribution: distributions.GetValueOrDefault(p.Name) ?? Distribution.Project(model, p), Origin: distributions.ContainsKey(p.Name) ? Origin.Given : Origin.Project)).ToList();
        var clamped = new int[drawn.Count];
        var sizes = CostResult.Sizes(model);
        var asGiven = CostResult.Of(model, sizes);
        var known = asGiven.Qaly is not null;
        var points = new (double Cost, double Qaly)[draws];
        for (var i = 0; i < draws; i++)
        {
            var varied = model;
            for (var p = 0; p < drawn.Count; p++)
            {
                var (parameter, distribution, _) = drawn[p];
                if (distribution.Kind == "fixed" && distribution.First == (double)parameter.Value)
                {
                    continue;
                }

                var value = distribution.Draw(uniform);
                var inside = Math.Clamp(value, (double)parameter.Low, (double)parameter.High);
                clamped[p] += inside == value ? 0 : 1;
                varied = parameter.Set(varied, (decimal)inside);
            }

            var result = CostResult.Of(varied, sizes);
            points[i] = ((double)result.Cost, (double)(result.Qaly ?? 0));
        }

        return new(draws, Spread.Of([.. points.Select(p => p.Cost)]), known ? Spread.Of([.. points.Select(p => p.Qaly)]) : null, points,
            known ? [.. Grid(model, asGiven).Select(t => (t, points.Count(p => (t * p.Qaly) - p.Cost > 0) / (double)draws))] : [],
            known ? points.GroupBy(p => CostUtility.Of((decimal)p.Cost, (decimal)p.Qaly, []).Plane).ToDictionary(g => g.Key, g => g.Count() / (double)draws) : new Dictionary<Plane, double>(),
            [.. drawn.Select((d, p) => new DrawnParameter(d.Parameter.Name, d.Distribution, d.Origin, clamped[p]))]);
    }

    /// <summary>Thresholds of the acceptability curve: twenty steps from 0 beyond twice the highest that was asked and the ratio as given, or to 100,000; and those asked themselves.</summary>
    private static IEnumerable<double> Grid(CostModel model, CostResult given)
    {
        var ratio = given is { Cost: > 0, Qaly: > 0 } ? 1.5 * (double)given.Cost / (double)given.Qaly.Value : 0;
        var most = Math.Min((double)Price.Most, Math.Max(ratio, model.Thresholds.Count > 0 && model.Thresholds.Max() > 0 ? 2 * (double)model.Thresholds.Max() : 100_000));
        var round = Math.Pow(10, Math.Floor(Math.Log10(most)));
        most = Math.Ceiling(most / round) * round;
        return Enumerable.Range(0, 21).Select(i => i * most / 20).Concat(model.Thresholds.Select(t => (double)t)).Distinct().Order();
    }
}
