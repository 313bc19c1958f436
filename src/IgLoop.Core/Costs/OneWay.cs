namespace IgLoop.Core.Costs;

/// <summary>The result at both ends of the range of one parameter; all others stay as they are.</summary>
public sealed record TornadoBar(string Parameter, decimal Low, decimal High, decimal AtLow, decimal AtHigh, Origin Range)
{
    public decimal Width => Math.Abs(AtHigh - AtLow);
}

/// <summary>One-way sensitivity analysis.</summary>
/// <param name="Measure">What the numbers are, in words.</param>
/// <param name="Base">The result with every parameter as given.</param>
/// <param name="Bars">Widest first.</param>
public sealed record OneWay(string Measure, decimal Base, IReadOnlyList<TornadoBar> Bars)
{
    /// <summary>Range of a parameter for which none was given: this part below and above its value. A convention of this project.</summary>
    public const decimal ProjectRange = 0.2m;

    /// <param name="ranges">Lowest and highest value by name of the parameter; those not named get <see cref="ProjectRange"/> to both sides.</param>
    /// <exception cref="CostException">The model cannot be worked out, a parameter is not known, or a range is turned round or outside what can be.</exception>
    public static OneWay Of(CostModel model, IReadOnlyDictionary<string, (decimal Low, decimal High)>? ranges = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var parameters = CostParameter.Of(model.Checked());
        foreach (var (name, (low, high)) in ranges ?? new Dictionary<string, (decimal, decimal)>())
        {
            var parameter = CostParameter.Named(parameters, name, $"one_way.{name}");
            if (low > high || low < parameter.Low || high > parameter.High)
            {
                throw new CostException("bad-value", $"The range of {name} is from {Text(low)} to {Text(high)}; give the lower value first, both from {Text(parameter.Low)} to {Text(parameter.High)}.", $"one_way.{name}");
            }
        }

        var sizes = CostResult.Sizes(model);
        var (measure, read) = Measured(model, CostResult.Of(model, sizes));

        // One course is one course: a fifth of a course more or less is nothing that happens, unless somebody asks.
        var bars = parameters.Where(p => ranges?.ContainsKey(p.Name) == true || !(p.Value == 1 && p.Name.EndsWith(".courses", StringComparison.Ordinal))).Select(p =>
        {
            var given = ranges is not null && ranges.TryGetValue(p.Name, out var r) ? r : ((decimal, decimal)?)null;
            var spread = Math.Abs(p.Value) * ProjectRange;
            var (low, high) = given ?? (Math.Max(p.Low, p.Value - spread), Math.Min(p.High, p.Value + spread));
            return new TornadoBar(p.Name, low, high, read(CostResult.Of(p.Set(model, low), sizes)), read(CostResult.Of(p.Set(model, high), sizes)), given is null ? Origin.Project : Origin.Given);
        }).OrderByDescending(b => b.Width).ThenBy(b => b.Parameter, StringComparer.Ordinal).ToList();
        return new(measure, read(CostResult.Of(model, sizes)), bars);
    }

    /// <summary>Net benefit at the first threshold where there are QALYs and a threshold: unlike the ratio it has no jump where the effect is 0.</summary>
    private static (string Measure, Func<CostResult, decimal> Read) Measured(CostModel model, CostResult result) =>
        result.Qaly is not null && model.Thresholds is [var threshold, ..] ? ($"net monetary benefit at {Text(threshold)} {model.Currency} per QALY", r => (threshold * r.Qaly!.Value) - r.Cost)
        : model.Increment is null && model.Arms.Count == 1 ? ($"cost, {model.Currency}", r => r.Cost)
        : ($"incremental cost, {model.Currency}", r => r.Cost);

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
