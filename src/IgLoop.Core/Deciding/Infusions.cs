using IgLoop.Core.Dosing;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Products;

namespace IgLoop.Core.Deciding;

/// <summary>The infusion of each day with the product that is asked or ranked first.</summary>
internal static class Infusions
{
    // Ceilings by grams of immunoglobulin: 3.3 mg/kg/min is the project default with renal or thrombotic risk where the label gives no number
    // (products notes, from the labels of Octagam 10 % and Panzyga); 4 mg/kg/min in dermatomyositis (R-OCT10).
    private const decimal RiskMgPerKgMin = 3.3m;
    private const decimal DermatomyositisMgPerKgMin = 4m;

    public static (IReadOnlyList<InfusionPlan> Days, string? Why) Of(DosePlan? dose, IReadOnlyList<RankedProduct> ranked, string? asked, IReadOnlyList<Finding> findings, SiteProfile site)
    {
        if (dose is null || dose.Days.Count == 0)
        {
            return ([], "There is no dose to infuse yet.");
        }

        var chosen = asked is null ? ranked.FirstOrDefault(p => p.Rank == 1) : ranked.First(p => p.Product.Id == asked);
        if (chosen is null)
        {
            return ([], "No product may be used; see the reasons for each.");
        }

        if (chosen.Rank is null)
        {
            return ([], $"{chosen.Product.Brand} is refused: {string.Join("; ", chosen.Refusals.Select(r => $"{r.Reason} ({r.Rule})"))}.");
        }

        if (findings.Any(f => f.Severity == Severity.Block && f.Rule.Against is RuleTarget.Treatment or RuleTarget.Product))
        {
            return ([], "A BLOCK stands; no infusion is planned.");
        }

        var table = chosen.Rates!;
        var basis = new List<string> { chosen.Reasons.First(r => r.StartsWith("rates:", StringComparison.Ordinal)) };
        var (cap, strict) = Cap(chosen.Product, findings, site, basis);
        var rungs = new Ladder(table.Ladder, table.FirstStepMinutes, table.StepMinutes, cap, strict);
        try
        {
            var plans = new List<InfusionPlan>(dose.Days.Count);
            foreach (var grams in dose.Days)
            {
                // Days of the same grams are the same plan.
                plans.Add(plans.Find(p => p.DayGrams == grams) ?? InfusionPlanner.For(chosen.Product.Id, dose.ActualKg, grams, chosen.Product.GramsPer100mL, rungs, basis));
            }

            return (plans, null);
        }
        catch (DosingException e)
        {
            return ([], e.Message);
        }
    }

    /// <summary>The lowest ceiling that the findings ask for, in mL/kg/min of this product, and whether the rate must stay below it.</summary>
    private static (decimal? Cap, bool Strict) Cap(Product product, IReadOnlyList<Finding> findings, SiteProfile site, List<string> basis)
    {
        var mgPerMl = product.GramsPer100mL * 10;
        decimal? cap = null;
        var strict = false;
        var risk = findings.Where(f => f.Rule.Effects.Contains(Effect.RiskRate)).Select(f => f.Rule.Id).Distinct(StringComparer.Ordinal).ToList();
        if (risk.Count > 0)
        {
            var general = RiskMgPerKgMin / mgPerMl;
            var labelled = product.RiskCap is not null && (product.RiskCapStatus != Status.Unverified || site.Confirms($"product:{product.Id}:risk_rate") is not null);
            (cap, strict) = labelled && product.RiskCap <= general ? (product.RiskCap, product.RiskCapStrict) : (general, false);
            basis.Add(labelled && product.RiskCap <= general
                ? $"cap {cap} mL/kg/min with {string.Join(", ", risk)}: {product.RiskCapText}"
                : $"cap {RiskMgPerKgMin} mg/kg/min with {string.Join(", ", risk)}: project default, the label says minimum practicable");
        }

        var dermatomyositis = findings.FirstOrDefault(f => f.Rule.Effects.Contains(Effect.DermatomyositisRate));
        if (dermatomyositis is not null && (cap is null || cap > DermatomyositisMgPerKgMin / mgPerMl))
        {
            (cap, strict) = (DermatomyositisMgPerKgMin / mgPerMl, false);
            basis.Add($"cap {DermatomyositisMgPerKgMin} mg/kg/min in dermatomyositis ({dermatomyositis.Rule.Id})");
        }

        return (cap, strict);
    }
}
