using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>Which rules fire, and which cannot be settled.</summary>
internal static class Findings
{
    /// <summary>The rules that fire, without their explanations: enough to shape the dose.</summary>
    public static IReadOnlyList<SafetyRule> Fired(IReadOnlyList<SafetyRule> rules, FactSet facts, string? product)
    {
        var fired = new List<SafetyRule>();
        foreach (var rule in rules)
        {
            if ((!rule.OfProduct || product is not null) && rule.When.Evaluate(facts) == true)
            {
                fired.Add(rule);
            }
        }

        return fired;
    }

    /// <summary>Rules that fire, gravest first; a rule fires only when it is true, and what is unknown is listed apart.</summary>
    /// <param name="rules">Rules of safety and of the condition.</param>
    /// <param name="facts">Facts with the request's and, when one is asked, the product's.</param>
    /// <param name="product">Product asked; null: rules of products are left to the ranking.</param>
    public static (IReadOnlyList<Finding> Fired, IReadOnlyList<OpenRule> Open) Of(IEnumerable<SafetyRule> rules, FactSet facts, string? product, SiteProfile site)
    {
        var fired = new List<Finding>();
        var open = new List<OpenRule>();
        foreach (var rule in rules)
        {
            if (rule.OfProduct && product is null)
            {
                continue;
            }

            switch (rule.When.Evaluate(facts))
            {
                case true:
                    fired.Add(Fire(rule, facts, product, site));
                    break;
                case null:
                    open.Add(new(rule, [.. rule.When.Facts.Where(f => facts[f.Slot] is null && f.Scope == FactScope.Patient)]));
                    break;
            }
        }

        return ([.. fired.OrderByDescending(f => f.Severity)], open);
    }

    /// <summary>An unverified rule may not block: it is shown one step lower until the site confirms it.</summary>
    private static Finding Fire(SafetyRule rule, FactSet facts, string? product, SiteProfile site)
    {
        var locked = rule.Severity == Severity.Block && rule.Provenance.Of("severity") == Status.Unverified && site.Confirms($"rule:{rule.Id}") is null;
        return new Finding
        {
            Rule = rule,
            Severity = locked ? Severity.Override : rule.Severity,
            Why = rule.When.Explain(facts),
            Product = rule.OfProduct ? product : null,
            Locked = locked ? $"{rule.Id} would block, but its source was not verified: a site confirmation of rule:{rule.Id} makes it a BLOCK." : null,
        };
    }
}
