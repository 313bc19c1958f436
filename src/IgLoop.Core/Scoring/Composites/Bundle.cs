using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>
/// At least k of a list of measures improved (rules of NHS England as one transcription shows them, source I-66). A measure that was not
/// assessed could be one of them, so the answer stays open while it could decide; a listed measure that is not named did not improve.
/// </summary>
internal static class Bundle
{
    public static Scorer For(string id) => (knowledge, inputs) => Score(knowledge, id, inputs.Texts("improved"), inputs.Texts("not_assessed"), inputs.Texts("not_improved"), inputs.Names.Any());

    public static ScoreResult Score(KnowledgeBase knowledge, string id, IReadOnlyList<string> better, IReadOnlyList<string> unseen, IReadOnlyList<string> same, bool told = true)
    {
        var rule = knowledge.Instruments[id];
        if (better.Count + unseen.Count + same.Count == 0 && !told)
        {
            throw new ScoringException("missing", "Nothing was given to score; give improved, not_assessed or not_improved.", "inputs");
        }

        var list = rule.List("measures");
        (better, unseen, same) = ([.. better.Select(b => Canonical(rule, b))], [.. unseen.Select(u => Canonical(rule, u))], [.. same.Select(x => Canonical(rule, x))]);
        foreach (var (name, where) in better.Select(b => (b, "improved")).Concat(unseen.Select(u => (u, "not_assessed"))).Concat(same.Select(s => (s, "not_improved"))))
        {
            if (!list.Contains(name))
            {
                throw new ScoringException("not_in_bundle", $"{where}: '{name}' is not in the list of {rule.Name}{ScoreInputs.Near(name, list)}", where);
            }
        }

        if (better.FirstOrDefault(b => unseen.Contains(b) || same.Contains(b)) is { } both)
        {
            throw new ScoringException("contradiction", $"{ScoreNames.Typed(rule, both)} stands under improved and under {(unseen.Contains(both) ? "not_assessed" : "not_improved")}; keep one.", "improved");
        }

        string Names(IEnumerable<string> measures) => string.Join(", ", measures.Select(m => ScoreNames.Measure(rule, m)));

        // Measures that the list takes as one count once.
        string One(string measure) => rule.Lists.TryGetValue("one_measure", out var together) && together.Contains(measure) ? together[0] : measure;
        var improved = better.Select(One).Distinct(StringComparer.Ordinal).ToList();
        var open = unseen.Select(One).Distinct(StringComparer.Ordinal).Except(improved).ToList();
        var least = rule.Number("improved_least");
        bool? meets = improved.Count >= least ? true : improved.Count + open.Count >= least ? null : false;
        return ScoreResult.Of(id, ("meets_england_rule", Given.Of(meets)), ("n_improved", Given.Of((decimal)improved.Count)), ("needed", Given.Of(least))) with
        {
            Version = rule.Version,
            Missing = meets is null ? [.. unseen] : [],
            Working = [$"{improved.Count} improved ({(improved.Count == 0 ? "none" : Names(improved))}), {open.Count} not assessed{(open.Count == 0 ? "" : $" ({Names(open)})")}; {Parts.Show(least)} asked for, of {Length(rule, list)} - {meets switch { true => "met", false => "not met", null => "open, what was not assessed could decide" }}"],
        };
    }

    /// <summary>How long the list is: what the list ends with, any other validated measure, is no measure with a name of its own.</summary>
    private static string Length(Instrument rule, IReadOnlyList<string> list)
    {
        var named = list.Where(m => m != "other").Select(m => rule.Lists.TryGetValue("one_measure", out var together) && together.Contains(m) ? together[0] : m).Distinct(StringComparer.Ordinal).Count();
        return list.Contains("other") ? $"{named} named measures and another validated one" : $"{named} measures";
    }

    /// <summary>The name that the list uses, of a measure by another name that the file knows.</summary>
    public static string Canonical(Instrument rule, string name) =>
        rule.List("measures").Contains(name) ? name : rule.Lists.FirstOrDefault(l => l.Key.StartsWith("also_", StringComparison.Ordinal) && l.Value.Contains(name)).Key is { } key ? key["also_".Length..] : name;

    /// <summary>Whether the instrument counts improved measures of a list.</summary>
    public static bool IsOf(Instrument rule) => rule.Lists.ContainsKey("measures") && rule.Numbers.ContainsKey("improved_least");

    /// <summary>The instruments of a series that tell of a measure: under its own name, or as the file says.</summary>
    public static IReadOnlyList<string> Series(Instrument rule, string measure) => [measure, .. rule.Lists.GetValueOrDefault($"series_{measure}") ?? []];

    /// <summary>A measure without a file of its own: the bundle that lists it, the one with a limit of change first.</summary>
    public static (Instrument Bundle, string Measure)? Of(KnowledgeBase knowledge, string name) =>
        knowledge.Instruments.Values.Where(IsOf)
            .Select(b => (Bundle: b, Measure: Canonical(b, name)))
            .Where(x => x.Bundle.List("measures").Contains(x.Measure))
            .OrderBy(x => x.Bundle.Changes.Any(c => c.Id == x.Measure) ? 0 : 1)
            .ThenBy(x => x.Bundle.Id, StringComparer.Ordinal)
            .Select(x => ((Instrument, string)?)x)
            .FirstOrDefault();
}
