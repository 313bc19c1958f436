using IgLoop.Core.Knowledge.Bias;

namespace IgLoop.Core.Literature;

public enum BiasTool
{
    /// <summary>RoB 2 for randomised trials with parallel groups.</summary>
    Rob2,

    /// <summary>RoB 2 for crossover trials: one domain more.</summary>
    Rob2Crossover,

    /// <summary>ROBINS-I for studies without randomisation.</summary>
    RobinsI,
}

public enum BiasLevel
{
    Low,
    SomeConcerns,
    High,
    Moderate,
    Serious,
    Critical,
    NoInformation,
}

/// <summary>Judgement of one domain with its reason.</summary>
/// <param name="Answers">Answers to the signalling questions; null or empty when they were not asked.</param>
/// <param name="Suggested">What the answers suggested when the judgement was made; null when they suggested nothing.</param>
public sealed record DomainJudgement(string Domain, BiasLevel Level, string Reason, IReadOnlyDictionary<string, Signal>? Answers = null, BiasLevel? Suggested = null)
{
    /// <summary>Whether a person judged otherwise than the answers suggest.</summary>
    public bool Overridden => Suggested is { } s && s != Level;
}

/// <summary>Risk of bias of one study (for one outcome, when it is named).</summary>
/// <param name="RaisedToHigh">RoB 2 only: concerns in several domains together make the overall judgement high; a human decision with a reason.</param>
public sealed record RiskOfBias(BiasTool Tool, string? Outcome, IReadOnlyList<DomainJudgement> Domains, bool RaisedToHigh = false, string? RaisedReason = null)
{
    private static readonly IReadOnlyList<(string Id, string Name)> Rob2Domains =
    [
        ("D1", "Randomisation process"),
        ("D2", "Deviations from the intended interventions"),
        ("D3", "Missing outcome data"),
        ("D4", "Measurement of the outcome"),
        ("D5", "Selection of the reported result"),
    ];

    private static readonly IReadOnlyList<(string Id, string Name)> RobinsDomains =
    [
        ("D1", "Confounding"),
        ("D2", "Selection of participants"),
        ("D3", "Classification of interventions"),
        ("D4", "Deviations from intended interventions"),
        ("D5", "Missing data"),
        ("D6", "Measurement of outcomes"),
        ("D7", "Selection of the reported result"),
    ];

    /// <summary>Domains of a tool, in its order. Crossover trials add period and carry-over effects after the first (domain S).</summary>
    public static IReadOnlyList<(string Id, string Name)> DomainsOf(BiasTool tool) => tool switch
    {
        BiasTool.Rob2 => Rob2Domains,
        BiasTool.Rob2Crossover => [Rob2Domains[0], ("DS", "Period and carry-over effects"), .. Rob2Domains.Skip(1)],
        _ => RobinsDomains,
    };

    public static IReadOnlyList<BiasLevel> LevelsOf(BiasTool tool) => tool == BiasTool.RobinsI
        ? [BiasLevel.Low, BiasLevel.Moderate, BiasLevel.Serious, BiasLevel.Critical, BiasLevel.NoInformation]
        : [BiasLevel.Low, BiasLevel.SomeConcerns, BiasLevel.High];

    public static string NameOf(BiasTool tool) => tool switch { BiasTool.Rob2 => "RoB 2", BiasTool.Rob2Crossover => "RoB 2 for crossover trials", _ => "ROBINS-I" };

    public static string WordOf(BiasLevel level) => level switch { BiasLevel.SomeConcerns => "some concerns", BiasLevel.NoInformation => "no information", _ => level.ToString().ToLowerInvariant() };

    /// <summary>Name of a tool in <c>knowledge/bias</c>.</summary>
    public static string IdOf(BiasTool tool) => tool switch { BiasTool.Rob2 => "rob2", BiasTool.Rob2Crossover => "rob2_crossover", _ => "robins_i" };

    /// <summary>What the answers suggest for a domain; null when that is nothing.</summary>
    public static BiasLevel? SuggestedBy(BiasQuestions? questions, string domain, IReadOnlyDictionary<string, Signal> answers) =>
        questions?.Domains.FirstOrDefault(d => d.Id == domain)?.Suggested(answers) switch
        {
            "low" => BiasLevel.Low,
            "some_concerns" => BiasLevel.SomeConcerns,
            "moderate" => BiasLevel.Moderate,
            "high" => BiasLevel.High,
            "serious" => BiasLevel.Serious,
            "critical" => BiasLevel.Critical,
            _ => null,
        };

    /// <summary>
    /// RoB 2: high when a domain is high, low when all are low, else some concerns (or high when raised). ROBINS-I: the worst domain; where the worst known is
    /// low or moderate and a domain has no information, the whole has none.
    /// </summary>
    public BiasLevel Overall
    {
        get
        {
            if (Tool == BiasTool.RobinsI)
            {
                return Any(BiasLevel.Critical) ? BiasLevel.Critical : Any(BiasLevel.Serious) ? BiasLevel.Serious
                    : Any(BiasLevel.NoInformation) ? BiasLevel.NoInformation : Any(BiasLevel.Moderate) ? BiasLevel.Moderate : BiasLevel.Low;
            }

            return Any(BiasLevel.High) ? BiasLevel.High : !Any(BiasLevel.SomeConcerns) ? BiasLevel.Low : RaisedToHigh ? BiasLevel.High : BiasLevel.SomeConcerns;
        }
    }

    /// <summary>What is missing or does not fit; null when it is complete.</summary>
    public string? Problem()
    {
        var domains = DomainsOf(Tool);
        var open = domains.Where(d => Domains.Count(j => j.Domain == d.Id) != 1).ToList();
        if (open.Count > 0)
        {
            return $"{(open.Count == 1 ? "Domain" : "Domains")} {string.Join(", ", open.Select(d => $"{d.Id} ({d.Name})"))} of {NameOf(Tool)} {(open.Count == 1 ? "needs" : "need")} one judgement{(open.Count == 1 ? "" : " each")}.";
        }

        var wordless = Domains.Where(d => string.IsNullOrWhiteSpace(d.Reason) && LevelsOf(Tool).Contains(d.Level)).ToList();
        if (wordless.Count > 1)
        {
            return $"Domains {string.Join(", ", domains.Where(d => wordless.Exists(w => w.Domain == d.Id)).Select(d => $"{d.Id} ({d.Name})"))} need a reason each.";
        }

        foreach (var (id, name) in domains)
        {
            var judged = Domains.Single(d => d.Domain == id);
            if (!LevelsOf(Tool).Contains(judged.Level))
            {
                return $"Domain {id} ({name}): {NameOf(Tool)} does not know '{WordOf(judged.Level)}'.";
            }

            if (string.IsNullOrWhiteSpace(judged.Reason))
            {
                return $"Domain {id} ({name}) needs a reason for '{WordOf(judged.Level)}'.";
            }
        }

        if (Domains.Count != domains.Count)
        {
            return $"{NameOf(Tool)} has the domains {string.Join(", ", domains.Select(d => d.Id))} and no others.";
        }

        if (!RaisedToHigh)
        {
            return null;
        }

        return Tool == BiasTool.RobinsI || Domains.Count(d => d.Level == BiasLevel.SomeConcerns) < 2 ? "The overall judgement can be raised to high only in RoB 2, for some concerns in two domains or more."
            : string.IsNullOrWhiteSpace(RaisedReason) ? "Raising the overall judgement to high needs a reason." : null;
    }

    /// <summary>In one line: tool, overall judgement, domains that are not low.</summary>
    public string Line()
    {
        var worse = Domains.Where(d => d.Level != BiasLevel.Low || d.Overridden).Select(d => $"{d.Domain} {WordOf(d.Level)} ({(d.Overridden ? $"the answers suggest {WordOf(d.Suggested!.Value)}; " : "")}{d.Reason})").ToList();
        return $"{NameOf(Tool)}{(Outcome is null ? "" : $" for {Outcome}")}: {WordOf(Overall)}{(worse.Count > 0 ? $"; {string.Join("; ", worse)}" : "; every domain low")}{(RaisedToHigh ? $"; raised: {RaisedReason}" : "")}";
    }

    private bool Any(BiasLevel level) => Domains.Any(d => d.Level == level);
}
