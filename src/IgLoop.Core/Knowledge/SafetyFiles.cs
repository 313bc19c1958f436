using IgLoop.Core.Criteria;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>safety/*.yaml</c>; the same shape serves the <c>rules</c> of a condition.</summary>
internal static class SafetyFiles
{
    public static IReadOnlyList<SafetyRule> Read(Loading loading)
    {
        var rules = new List<SafetyRule>();
        foreach (var (file, b) in loading.Open("safety"))
        {
            _ = Loading.IdOf(file, b);
            if (Rule(loading, b) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules;
    }

    /// <summary>One rule; null, with a problem, when its criterion does not compile.</summary>
    public static SafetyRule? Rule(Loading loading, Block b)
    {
        var when = loading.Cql(b, "when");
        if (when is null && !b.Has("when"))
        {
            b.Problem("when", "is missing: say in CQL when the rule fires.");
        }

        var id = b.Text("id");
        var name = b.Text("name");
        var severity = b.Name<Severity>("severity");
        var against = b.Has("against") ? b.Name<RuleTarget>("against") : (RuleTarget?)null;
        var trigger = b.Text("trigger");
        var action = b.Text("action");
        var effects = b.Texts("effects");
        var numbers = b.Inner("numbers") is { } n ? Numbers(loading, n) : [];
        var study = loading.Reference(b, "study", "evidence");
        var note = b.OptionalText("note");
        var provenance = loading.Provenance(b);
        var parsed = effects.Select(e => Enum.TryParse<Effect>(e.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var effect) ? effect : (Effect?)null).ToList();
        if (parsed.Contains(null))
        {
            b.Problem("effects", $"holds an effect that is not known; known are {string.Join(", ", Enum.GetNames<Effect>())} in lower case with underscores.");
        }

        Sourced(b, when, numbers);
        b.Close();
        var ofProduct = when?.Facts.Any(f => f.Scope == FactScope.Product) == true;
        return when is null ? null : new SafetyRule
        {
            Id = id,
            Name = name,
            Label = $"{id} {name}",
            Severity = severity,
            Against = against ?? (ofProduct ? RuleTarget.Product : RuleTarget.Treatment),
            Trigger = trigger,
            Action = action,
            When = when,
            OfProduct = ofProduct,
            Effects = [.. parsed.OfType<Effect>()],
            Numbers = numbers,
            Study = study,
            Note = note,
            Provenance = provenance,
            Place = b.Place,
        };
    }

    /// <summary>A number of the criterion that stands nowhere under <c>numbers</c> would have neither source nor status, or not the one that is shown. Zero only asks whether there is any.</summary>
    private static void Sourced(Block b, Criterion? when, List<NamedNumber> numbers)
    {
        var amounts = numbers.Select(n => Amount.TryParse(n.Value, out var amount) ? amount : default).ToList();
        foreach (var number in when?.Numbers.Where(n => n.Value != 0 && !amounts.Exists(a => n.Says(a.Low, a.Unit) || n.Says(a.High, a.Unit))).Distinct() ?? [])
        {
            b.Problem("numbers", $"has no entry for {number}, which `when` uses; add it with its value, source and status, or mend whichever of the two is wrong.");
        }
    }

    private static List<NamedNumber> Numbers(Loading loading, Block block) =>
        [.. block.Keys.Select(block.Inner).OfType<Block>().Select(n =>
        {
            var text = n.Text("value");
            if (Amount.TryParse(text, out var amount) && amount.Unit is null && !n.Quoted("value"))
            {
                n.Problem("value", $"needs its unit, such as '{text} g/L'; a count or a ratio, which has none, is written in quotes: '{text}'.");
            }
            else if (!Amount.TryParse(text, out _))
            {
                n.Problem("value", $"must be a number or range with its unit, not '{text}'.");
            }

            var number = new NamedNumber(n.Path[(n.Path.LastIndexOf('.') + 1)..], text, loading.Provenance(n));
            n.Close();
            return number;
        })];
}
