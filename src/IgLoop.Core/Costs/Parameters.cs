namespace IgLoop.Core.Costs;

/// <summary>Whether a range or distribution was given by the user or is our own convention.</summary>
public enum Origin
{
    Given,

    /// <summary>A convention of this project, shown as such.</summary>
    Project,
}

/// <summary>A number of the model that sensitivity analysis may change.</summary>
/// <param name="Name">As the request names it: <c>price_per_g</c>, <c>high.response</c>.</param>
/// <param name="Low">Lowest value it can have at all.</param>
/// <param name="High">Highest value it can have at all.</param>
public sealed record CostParameter(string Name, decimal Value, decimal Low, decimal High, Func<CostModel, decimal, CostModel> Set)
{
    /// <summary>All numbers of a model that can be changed.</summary>
    public static IReadOnlyList<CostParameter> Of(CostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var all = new List<CostParameter>();
        if (model.Increment is { } increment)
        {
            all.Add(new("delta_cost", increment.Cost.Amount, -Price.Most, Price.Most, (m, v) => m with { Increment = m.Increment! with { Cost = m.Increment.Cost with { Amount = v } } }));
            all.Add(new("delta_qaly", increment.Qaly, -100, 100, (m, v) => m with { Increment = m.Increment! with { Qaly = v } }));
            return all;
        }

        if (model.Arms.Any(a => a.GPerKg > 0))
        {
            all.Add(new("weight_kg", model.WeightKg, 0.5m, 400, (m, v) => m with { WeightKg = v }));
            all.Add(new("price_per_g", model.PerGram!.Amount, 0, Price.Most, (m, v) => m with { PerGram = m.PerGram! with { Amount = v } }));
        }

        if (model.PerInfusion is { } visit)
        {
            all.Add(new("price_per_infusion", visit.Amount, 0, Price.Most, (m, v) => m with { PerInfusion = m.PerInfusion! with { Amount = v } }));
        }

        if (model.QalyPerResponder is { } worth)
        {
            all.Add(new("qaly_per_responder", worth, -100, 100, (m, v) => m with { QalyPerResponder = v }));
        }

        foreach (var (i, arm) in model.Arms.Index())
        {
            void Add(string name, decimal value, decimal low, decimal high, Func<TreatmentArm, decimal, TreatmentArm> set) =>
                all.Add(new($"{arm.Name}.{name}", value, low, high, (m, v) => m with { Arms = [.. m.Arms.Select((a, j) => j == i ? set(a, v) : a)] }));
            if (arm.GPerKg > 0)
            {
                Add("g_per_kg", arm.GPerKg, 0, 10, (a, v) => a with { GPerKg = v });
                Add("courses", arm.Courses, 0, 1000, (a, v) => a with { Courses = v });
            }

            if (arm.OtherCost is { } other)
            {
                Add("other_cost", other.Amount, 0, Price.Most, (a, v) => a with { OtherCost = a.OtherCost! with { Amount = v } });
            }

            if (arm.ResponseRate is { } rate)
            {
                Add("response", rate, 0, 1, (a, v) => a with { Response = v });
            }

            if (arm.Qaly is { } qaly)
            {
                Add("qaly", qaly, -100, 200, (a, v) => a with { Qaly = v });
            }
        }

        return all;
    }

    /// <summary>The parameter of that name.</summary>
    /// <exception cref="CostException">There is none.</exception>
    public static CostParameter Named(IReadOnlyList<CostParameter> all, string name, string where) => all.FirstOrDefault(p => p.Name == name)
        ?? throw new CostException("unknown-parameter", $"There is no parameter '{name}' in this model{(Facts.Spelling.Nearest(name, all.Select(p => p.Name), 1) is [var near] ? $"; did you mean '{near}'?" : "")} It has {string.Join(", ", all.Select(p => p.Name))}.", where);
}

/// <summary>What sensitivity analysis looks at: cost, and QALYs where they are known, of the second arm against the first (or of the only arm).</summary>
internal readonly record struct CostResult(decimal Cost, decimal? Qaly)
{
    public static CostResult Of(CostModel model, Dosing.VialSizes? sizes)
    {
        if (model.Increment is { } increment)
        {
            return new(increment.Cost.Amount, increment.Qaly);
        }

        var first = CourseCosts.Of(model, model.Arms[0], sizes);
        if (model.Arms.Count == 1)
        {
            return new(first.TotalCost, null);
        }

        var second = CourseCosts.Of(model, model.Arms[1], sizes);
        return new(second.TotalCost - first.TotalCost, second.Qaly - first.Qaly);
    }

    public static Dosing.VialSizes? Sizes(CostModel model) => model.VialGrams.Count > 0 ? Dosing.VialSizes.Of(model.VialGrams) : null;
}
