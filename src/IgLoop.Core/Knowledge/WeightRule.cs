using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>How an authority turns height and weight into the weight that doses are reckoned on, and rounds the grams. Data; the formulas are in Dosing.</summary>
public sealed record WeightRule
{
    public required string Id { get; init; }
    public required string Name { get; init; }

    /// <summary>devine, devine_nba, robinson_metric, traub_kichen, child_standard or given.</summary>
    public required string Ideal { get; init; }

    /// <summary>Fraction of the excess over ideal weight that is added.</summary>
    public decimal? Factor { get; init; }

    /// <summary>always_ideal, always_adjusted, above_ratio, above_ratio_else_ideal, bmi_from, bmi_from_or_ratio, or gate (Ontario).</summary>
    public required string Adjust { get; init; }

    /// <summary>Adjust when the BMI is above (gate) or at least (bmi_from) this, kg/m².</summary>
    public decimal? Bmi { get; init; }

    /// <summary>Adjust when actual over ideal weight is above this ratio.</summary>
    public decimal? Ratio { get; init; }

    /// <summary>Gate: height at least this, cm.</summary>
    public decimal? GateHeightCm { get; init; }

    /// <summary>Gate: weight above this, kg.</summary>
    public decimal? GateMaleKg { get; init; }
    public decimal? GateFemaleKg { get; init; }

    /// <summary>True when height and weight are cut to whole numbers first.</summary>
    public bool WholeNumbers { get; init; }

    /// <summary>True when under 18 the actual weight is used.</summary>
    public bool ChildActual { get; init; }

    /// <summary>Grams to whose multiple a dose is rounded.</summary>
    public required decimal RoundToGrams { get; init; }

    /// <summary>nearest, nearest_tie_open (a tie was not stated), down, or igcalculator (whole grams below 14.9 g, 5 g down otherwise, at least 5 g).</summary>
    public required string RoundMode { get; init; }

    /// <summary>Status of the rounding, which is ours where the source states none.</summary>
    public required Status RoundStatus { get; init; }
    public required IReadOnlyList<string> Ambiguities { get; init; }
    public string? Note { get; init; }
    public required Provenance Provenance { get; init; }
    public required Place Place { get; init; }
}

/// <summary>Reads <c>weight-rules/*.yaml</c>.</summary>
internal static class WeightRuleFiles
{
    private static readonly string[] Ideals = ["devine", "devine_nba", "robinson_metric", "traub_kichen", "child_standard", "given"];
    private static readonly string[] Adjusts = ["always_ideal", "always_adjusted", "above_ratio", "above_ratio_else_ideal", "bmi_from", "bmi_from_or_ratio", "gate"];
    private static readonly string[] Modes = ["nearest", "nearest_tie_open", "down", "igcalculator"];

    public static IReadOnlyDictionary<string, WeightRule> Read(Loading loading)
    {
        var all = new Dictionary<string, WeightRule>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("weight-rules"))
        {
            var round = b.Inner("rounding");
            var gate = b.Inner("gate");
            if (round is null)
            {
                b.Problem("rounding", "is missing: say to how many grams and how.");
            }

            var rule = new WeightRule
            {
                Id = Loading.IdOf(file, b),
                Name = b.Text("name"),
                Ideal = OneOf(b, "ideal", Ideals),
                Factor = b.Count("factor"),
                Adjust = OneOf(b, "adjust", Adjusts),
                Bmi = b.Number("bmi", "kg/m2"),
                Ratio = b.Count("ratio"),
                GateHeightCm = gate?.Number("height", "cm"),
                GateMaleKg = gate?.Number("male", "kg"),
                GateFemaleKg = gate?.Number("female", "kg"),
                WholeNumbers = b.Flag("whole_numbers"),
                ChildActual = b.Flag("child_actual"),
                RoundToGrams = round?.Number("to", "g") ?? 5,
                RoundMode = round is null ? "nearest" : OneOf(round, "mode", Modes),
                RoundStatus = round?.Name<Status>("status", Status.Read) ?? Status.Project,
                Ambiguities = b.Texts("ambiguities"),
                Note = b.OptionalText("note"),
                Provenance = loading.Provenance(b),
                Place = b.Place,
            };
            gate?.Close();
            round?.Close();
            b.Close();
            all[rule.Id] = rule;
        }

        return all;
    }

    private static string OneOf(Block b, string key, string[] known)
    {
        var text = b.Text(key);
        if (text.Length > 0 && !known.Contains(text))
        {
            b.Problem(key, $"must be one of {string.Join(", ", known)}, not '{text}'.");
        }

        return text;
    }
}
