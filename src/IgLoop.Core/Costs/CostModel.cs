using System.Globalization;

namespace IgLoop.Core.Costs;

/// <summary>What is compared and at which prices. Costs never enter a clinical decision: no room of the core that decides knows this one.</summary>
public sealed record CostModel
{
    /// <summary>Weight that the grams are worked out from, kg: the dosing weight if the local rule has one.</summary>
    public decimal WeightKg { get; init; }

    public Price? PerGram { get; init; }

    /// <summary>What one administration costs beside the product: chair, staff, lines.</summary>
    public Price? PerInfusion { get; init; }

    /// <summary>Vials that can be had, grams; empty: the grams that are given are paid, no more.</summary>
    public IReadOnlyList<decimal> VialGrams { get; init; } = [];

    /// <summary>The first is what the others are compared with.</summary>
    public IReadOnlyList<TreatmentArm> Arms { get; init; } = [];

    /// <summary>Quality-adjusted life years that a response is worth; null: each arm gives its own or none.</summary>
    public decimal? QalyPerResponder { get; init; }

    /// <summary>A difference that was worked out elsewhere, instead of arms.</summary>
    public Increment? Increment { get; init; }

    /// <summary>What the payer would give for a QALY, in the currency of the prices.</summary>
    public IReadOnlyList<decimal> Thresholds { get; init; } = [];

    /// <summary>Every price of the model with its name.</summary>
    public IEnumerable<(string Name, Price Price)> Prices =>
        new (string, Price?)[] { ("prices.per_gram", PerGram), ("prices.per_infusion", PerInfusion), ("increment.cost", Increment?.Cost) }
            .Concat(Arms.Select(a => ($"arms.{a.Name}.other_cost", a.OtherCost))).Where(p => p.Item2 is not null).Select(p => (p.Item1, p.Item2!));

    public string Currency => Prices.First().Price.Currency;

    /// <summary>The model itself when it can be worked out.</summary>
    /// <exception cref="CostException">Something is missing, out of range or does not fit together.</exception>
    public CostModel Checked()
    {
        if (Increment is null && Arms.Count == 0)
        {
            throw new CostException("missing", "There is nothing to work out; give arms (name and g_per_kg), or increment (cost and qaly).", "arms");
        }

        if (Increment is not null && Arms.Count > 0)
        {
            throw new CostException("bad-value", "arms and increment are both given; give one of them, for the increment follows from the arms.", "increment");
        }

        if (!Prices.Any())
        {
            throw new CostException("missing", "There is no price; give prices.per_gram with amount, currency, date and source.", "prices.per_gram");
        }

        var (firstName, first) = Prices.First();
        foreach (var (name, price) in Prices.Where(p => p.Price.Currency != first.Currency))
        {
            throw new CostException("mixed-currencies", $"{name} is in {price.Currency} and {firstName} in {first.Currency}; convert them to one currency at a stated day first.", name);
        }

        if (Thresholds.FirstOrDefault(t => t is < 0 or > Price.Most) is var wrong and not 0)
        {
            throw new CostException("bad-value", $"A threshold of {Text(wrong)} per QALY cannot be; give amounts of 0 or more.", "thresholds");
        }

        Within(QalyPerResponder, -100, 100, "qaly_per_responder", "QALYs of a responder");
        Within(Increment?.Qaly, -100, 100, "increment.qaly", "a difference in QALYs");
        if (Arms.Count > 0)
        {
            CheckArms();
        }

        return this;
    }

    private void CheckArms()
    {
        if (Arms.Count > 8)
        {
            throw new CostException("bad-value", $"There are {Arms.Count} arms; give at most 8.", "arms");
        }

        if (Arms.GroupBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new CostException("bad-value", $"Two arms are called '{twice.Key}'; give each its own name.", "arms");
        }

        if (Arms.Any(a => a.GPerKg > 0))
        {
            Within(WeightKg, 0.5m, 400, "weight_kg", "a body weight in kg");
            _ = PerGram ?? throw new CostException("missing", "prices.per_gram is missing; give amount, currency, date and source.", "prices.per_gram");
        }

        foreach (var size in VialGrams)
        {
            if (size is < 0.1m or > 100 || size * 10 != Math.Floor(size * 10))
            {
                throw new CostException("bad-value", $"A vial of {Text(size)} g cannot be; vials are from 0.1 to 100 g, in tenths of a gram.", "vials_g");
            }
        }

        foreach (var arm in Arms)
        {
            arm.Check();
        }
    }

    internal static void Within(decimal? value, decimal low, decimal high, string where, string what)
    {
        if (value is { } v && (v < low || v > high))
        {
            throw new CostException("bad-value", $"{where} is {Text(v)}, and {what} is from {Text(low)} to {Text(high)}.", where);
        }
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One way to treat.</summary>
/// <param name="Name">For example "low dose" or "prednisolone".</param>
/// <param name="GPerKg">Immunoglobulin of one course, g/kg; 0 for treatment without it.</param>
public sealed record TreatmentArm(string Name, decimal GPerKg)
{
    /// <summary>Administrations that a course is split into, each with vials of its own.</summary>
    public int Infusions { get; init; } = 1;

    /// <summary>Courses over the time that is looked at, for example 6 months of monthly courses.</summary>
    public decimal Courses { get; init; } = 1;

    /// <summary>All other cost over that time: other medicines, stays, harm.</summary>
    public Price? OtherCost { get; init; }

    public int? Patients { get; init; }

    /// <summary>Of these patients those who responded.</summary>
    public int? Responders { get; init; }

    /// <summary>Share that responds, from 0 to 1; follows from the counts when they are given.</summary>
    public decimal? Response { get; init; }

    /// <summary>QALYs of a patient over the time that is looked at.</summary>
    public decimal? Qaly { get; init; }

    /// <summary>The share that responds, as given or from the counts; null: not known.</summary>
    public decimal? ResponseRate => Response ?? (Patients is > 0 && Responders is { } r ? (decimal)r / Patients.Value : null);

    internal void Check()
    {
        var where = $"arms.{Name}";
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 80)
        {
            throw new CostException("missing", "An arm has no name (or one above 80 letters); name it, such as 'low dose'.", "arms");
        }

        CostModel.Within(GPerKg, 0, 10, $"{where}.g_per_kg", "a dose of a course in g/kg");
        CostModel.Within(Infusions, 1, 100, $"{where}.infusions", "the number of infusions of a course");
        CostModel.Within(Courses, 0, 1000, $"{where}.courses", "the number of courses");
        CostModel.Within(Response, 0, 1, $"{where}.response", "a share");
        CostModel.Within(Qaly, -100, 200, $"{where}.qaly", "a number of QALYs");
        CostModel.Within(Patients, 1, 10_000_000, $"{where}.patients", "a number of patients");
        CostModel.Within(Responders, 0, 10_000_000, $"{where}.responders", "a number of patients");
        if (Responders is { } responders)
        {
            _ = Patients ?? throw new CostException("missing", $"{where} has responders but no patients; say of how many.", $"{where}.patients");
            if (responders > Patients)
            {
                throw new CostException("bad-value", $"{where} has {responders} responders of {Patients} patients; there cannot be more responders than patients.", $"{where}.responders");
            }
        }

        if (ResponseRate == 0)
        {
            throw new CostException("zero-responders", $"{where} has no responder, so a cost per responder does not exist; leave responders out to see the cost of a course.", $"{where}.responders");
        }
    }
}

/// <summary>A difference in cost and effect that was worked out elsewhere: new treatment less comparator.</summary>
/// <param name="Qaly">Difference in quality-adjusted life years.</param>
public sealed record Increment(Price Cost, decimal Qaly);
