using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Infusing;

/// <summary>Which of a product's rate tables fits a use, and why.</summary>
/// <param name="Table">Null when none may be used.</param>
/// <param name="Labelled">True when the table is of the very use in the jurisdiction.</param>
/// <param name="Code"><c>ok</c>, <c>no-rates</c> or <c>rates-unverified</c>.</param>
/// <param name="Why">One sentence.</param>
public sealed record RateChoice(RateTable? Table, bool Labelled, string Code, string Why)
{
    /// <summary>
    /// The most specific table: the very use, then all uses, then other uses, then, off label, the most cautious table of the jurisdiction,
    /// then of another jurisdiction, which is said. A table that was not verified is not used until the site confirms it.
    /// </summary>
    public static RateChoice For(Product product, IReadOnlyList<string> scopes, string jurisdiction, SiteProfile site)
    {
        if (product.Rates.Count == 0)
        {
            return new(null, false, "no-rates", $"No infusion rates were read for {product.Brand}; take them from its label before planning.");
        }

        var confirmed = site.Confirms($"product:{product.Id}:rates") is not null;
        RateTable? best = null;
        var bestPlace = int.MaxValue;
        foreach (var table in product.Rates)
        {
            var place = Place(table, scopes, jurisdiction);
            if ((table.Provenance.Status != Status.Unverified || confirmed) && (place < bestPlace || (place == bestPlace && place >= 4 && table.Max < best!.Max)))
            {
                (best, bestPlace) = (table, place);
            }
        }

        if (best is null)
        {
            return new(null, false, "rates-unverified", $"The rates of {product.Brand} were not verified; a site confirmation of product:{product.Id}:rates unlocks them.");
        }

        var where = string.Join("/", best.Jurisdictions);
        var basis = best.LadderBasis switch { "convention" => "start and ceiling from the label, steps by convention", "label" => "steps printed in the label", "trial" => "ladder of the pivotal trial", _ => "steps of the manufacturer" };
        var fit = bestPlace switch
        {
            < 4 => $"{where} label, {best.Scope}",
            < 8 => $"off label here: the most cautious {where} table ({best.Scope})",
            _ => $"no table of {jurisdiction}: {where} label, {best.Scope}",
        };
        return new(best, bestPlace == 0, "ok", $"rates: {fit}; {basis}{(best.Requires is { } r ? $"; for {r}" : "")}");
    }

    /// <summary>0 to 3 by use in the jurisdiction, 4 off label in it, 8 and more in another.</summary>
    private static int Place(RateTable table, IReadOnlyList<string> scopes, string jurisdiction)
    {
        var scope = scopes.Contains(table.Scope) ? 0 : table.Scope == "all" ? 1 : table.Scope == "other" ? 2 : 4;
        // A table for patients who tolerated more before comes after the plain one.
        return scope + (table.Requires is not null && table.Requires != "first infusion" ? 1 : 0) + (table.Jurisdictions.Contains(jurisdiction) ? 0 : 8);
    }
}
