namespace IgLoop.Core.Knowledge.Bias;

/// <summary>The signalling questions of a risk-of-bias tool, with the rules that lead from answers to a suggested judgement.</summary>
/// <param name="Id">Name of the tool: <c>rob2</c>, <c>rob2_crossover</c>, <c>robins_i</c>.</param>
/// <param name="Status">How far the rules were read in their source; unverified rules are shown as such.</param>
public sealed record BiasQuestions(string Id, string Name, string Version, string Source, Status Status, IReadOnlyList<BiasDomain> Domains, Place Place);

/// <param name="Parts">Each part gives a level; the suggestion is the worst of them.</param>
public sealed record BiasDomain(string Id, IReadOnlyList<SignallingQuestion> Questions, IReadOnlyList<IReadOnlyList<BiasRule>> Parts)
{
    /// <summary>
    /// The level that the answers suggest; null while questions that could change it have no answer, or where no rule speaks. The first rule of a part that
    /// holds decides; one that hangs on an open question leaves the part open unless every level that is still possible is the same.
    /// </summary>
    /// <param name="answers">By question. A question without an answer is open.</param>
    public string? Suggested(IReadOnlyDictionary<string, Signal> answers)
    {
        var levels = Parts.Select(p => OfPart(p, answers)).ToList();
        return levels.Contains(null) ? null : levels.MaxBy(l => Order.IndexOf(l!));
    }

    /// <summary>Every level that a rule may give, mildest first.</summary>
    internal static readonly List<string> Order = ["low", "some_concerns", "moderate", "high", "serious", "critical"];

    private static string? OfPart(IReadOnlyList<BiasRule> rules, IReadOnlyDictionary<string, Signal> answers)
    {
        var possible = new HashSet<string?>();
        foreach (var rule in rules)
        {
            var holds = rule.Holds(answers);
            if (holds != false)
            {
                possible.Add(rule.Then);
            }

            if (holds == true)
            {
                return possible.Count == 1 ? rule.Then : null;
            }
        }

        return null;
    }
}

/// <param name="About">What is asked, in our own short words.</param>
/// <param name="If">When it is asked; null: always.</param>
public sealed record SignallingQuestion(string Id, string About, string? If);

/// <param name="When">By question the answers for which the rule holds; all must.</param>
/// <param name="Then">The level.</param>
public sealed record BiasRule(IReadOnlyDictionary<string, IReadOnlyList<Signal>> When, string Then)
{
    /// <summary>Null while a question it asks for is open and none speaks against it.</summary>
    internal bool? Holds(IReadOnlyDictionary<string, Signal> answers) =>
        When.Any(w => answers.TryGetValue(w.Key, out var a) && !w.Value.Contains(a)) ? false : When.All(w => answers.ContainsKey(w.Key)) ? true : null;
}

/// <summary>Answer to a signalling question.</summary>
public enum Signal
{
    Y,
    PY,
    PN,
    N,
    NI,
}
