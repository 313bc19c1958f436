using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Products;

/// <summary>
/// Ranks the products for one patient and use: what may not be used is refused with every reason; the rest is ordered by keys that are shown as reasons.
/// Made once for a knowledge base and a site; asked for each decision.
/// </summary>
public sealed class ProductRanking
{
    // What a key is worth; a lower sum comes first. Our own order: a label for the use outweighs a warning, a warning outweighs a preference.
    private const int NotLabelled = 40;
    private const int OfOverride = 30;
    private const int OfWarning = 12;
    private const int OfPreference = 6;
    private const int ConventionLadder = 1;

    private readonly Prepared[] prepared;
    private readonly Dictionary<string, RateChoice[]> choices = new(StringComparer.Ordinal);
    private readonly SiteProfile site;

    public ProductRanking(KnowledgeBase knowledge, SiteProfile site)
    {
        this.site = site;
        var rules = knowledge.Rules.Where(r => r.OfProduct && r.Against is not (RuleTarget.Vaccine or RuleTarget.Line or RuleTarget.Rate)).ToList();
        prepared = [.. knowledge.Products.Values.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => Prepare(p, rules, knowledge))];

        // The rate table of a product depends on the condition only, so it is chosen once for each.
        foreach (var scopes in knowledge.Conditions.Values.Select(c => c.RateScopes).Append([]))
        {
            choices[Key(scopes)] = [.. prepared.Select(p => RateChoice.For(p.Product, scopes, site.Labels, site))];
        }
    }

    /// <summary>What can be said of a product before the patient is known.</summary>
    private Prepared Prepare(Product product, List<SafetyRule> rules, KnowledgeBase knowledge)
    {
        var facts = ProductFacts.Of(product, knowledge.Facts);
        var alone = new FactSet(knowledge.Facts).With(facts);
        var iga = product.IgaMax ?? product.IgaMean;
        return new(
            product,
            [.. facts.Select(f => (f.Key.Slot, f.Value))],
            // A rule that the product alone settles as false cannot fire for any patient.
            [.. rules.Where(r => !(r.When.IsMonotone && r.When.Evaluate(alone) == false))],
            VialSizes.Of([.. product.Vials.Where(v => v.Markets.Count == 0 || v.Markets.Contains(site.Labels)).Select(v => v.Grams)]),
            iga is { } content ? $"IgA {(product.IgaMax is null ? "mean" : "≤")} {Weighing.Show(content)} µg/mL" : null,
            product.Sugar switch { "none" => "no sugar", "unknown" => "sugar unknown", var s => s });
    }

    private static string Key(IReadOnlyList<string> scopes) => scopes.Count switch { 0 => "", 1 => scopes[0], _ => string.Join('|', scopes) };

    /// <summary>Usable products first, by rank; then the refused by name.</summary>
    /// <param name="facts">Facts of patient and request.</param>
    /// <param name="rateScopes">Label uses that fit the condition; empty: off label.</param>
    /// <param name="days">Grams of each day for the vials; empty: no dose yet.</param>
    public IReadOnlyList<RankedProduct> Of(FactSet facts, IReadOnlyList<string> rateScopes, IReadOnlyList<decimal> days)
    {
        var scratch = facts.Scratch();
        var patient = Patient.Of(facts);
        var usable = new List<(int Score, RankedProduct Product)>();
        var refused = new List<RankedProduct>();
        var chosen = choices[Key(rateScopes)];
        for (var i = 0; i < prepared.Length; i++)
        {
            var p = prepared[i];
            foreach (var (slot, value) in p.Facts)
            {
                scratch.Put(slot, value);
            }

            var score = 0;
            var reasons = new List<string>();
            var refusals = new List<ProductRefusal>();
            var choice = chosen[i];
            Standing(p.Product, choice, refusals);
            score += Rules(p.Rules, scratch, refusals, reasons);
            if (refusals.Count > 0)
            {
                refused.Add(new RankedProduct { Product = p.Product, Reasons = reasons, Refusals = refusals, Rates = choice.Table });
                continue;
            }

            score += Preferences(p, patient, reasons);
            if (choice.Labelled)
            {
                reasons.Insert(0, $"labelled for this use ({site.Labels}: {choice.Table!.Scope})");
            }
            else
            {
                score += NotLabelled;
            }

            score += choice.Table!.LadderBasis == "convention" ? ConventionLadder : 0;
            reasons.Add(choice.Why);
            var vials = VialSearch.Days(days, p.Vials);
            if (vials is { WasteGrams: > 0 })
            {
                score += 1;
                reasons.Add($"{Weighing.Show(vials.WasteGrams)} g left over");
            }

            usable.Add((score, new RankedProduct { Product = p.Product, Reasons = reasons, Refusals = [], Rates = choice.Table, Vials = vials }));
        }

        // Of equals the one with the least IgA comes first; an amount that is not known comes last.
        usable.Sort((a, b) => (a.Score, Iga(a.Product.Product), a.Product.Product.Id).CompareTo((b.Score, Iga(b.Product.Product), b.Product.Product.Id)));
        return [.. usable.Select((u, i) => u.Product with { Rank = i + 1 }), .. refused];
    }

    private static decimal Iga(Product product) => product.IgaMax ?? product.IgaMean ?? decimal.MaxValue;

    private static void Standing(Product product, RateChoice choice, List<ProductRefusal> refusals)
    {
        if (product.Historical)
        {
            refusals.Add(new("historical", product.MarketNote ?? "no longer made"));
        }

        if (product.Route == "SC")
        {
            refusals.Add(new("route", "subcutaneous only"));
        }

        if (choice.Table is null)
        {
            refusals.Add(new(choice.Code, choice.Why));
        }
    }

    private int Rules(SafetyRule[] rules, FactSet scratch, List<ProductRefusal> refusals, List<string> reasons)
    {
        var score = 0;
        foreach (var rule in rules)
        {
            if (rule.When.Evaluate(scratch) != true)
            {
                continue;
            }

            // An unverified rule does not refuse; it weighs like one that needs a reason, until the site confirms it.
            var mayBlock = rule.Provenance.Of("severity") != Status.Unverified || site.Confirms($"rule:{rule.Id}") is not null;
            switch (rule.Severity)
            {
                case Severity.Block when mayBlock:
                    refusals.Add(new(rule.Id, rule.Name));
                    break;
                case Severity.Block or Severity.Override:
                    score += OfOverride;
                    reasons.Add($"{rule.Id}: {rule.Name} needs a recorded reason");
                    break;
                case Severity.Warn:
                    score += OfWarning;
                    reasons.Add($"{rule.Id}: {rule.Name}");
                    break;
            }
        }

        return score;
    }

    /// <summary>Preferences of the patient, from the table "Reading the table for choice of product" of our product notes.</summary>
    private static int Preferences(Prepared prepared, Patient patient, List<string> reasons)
    {
        var product = prepared.Product;
        var score = product.Sugar == "none" ? 0 : 1;
        if (prepared.Iga is { } iga)
        {
            reasons.Add(iga);
        }

        if (patient.LowIga)
        {
            score += product.IgaClass switch { "depleted" => 0, "low" => OfPreference, "unknown" => 4 * OfPreference, _ => 3 * OfPreference };
        }

        reasons.Add(prepared.Sugar);
        score += (patient.RenalRisk || patient.Diabetes) && product.Sugar != "none" ? OfPreference : 0;
        if (patient.HeartFailure && product.GramsPer100mL < 10)
        {
            score += OfPreference;
            reasons.Add("5 %: twice the volume");
        }

        return score;
    }

    private sealed record Prepared(Product Product, (int Slot, FactValue? Value)[] Facts, SafetyRule[] Rules, VialSizes Vials, string? Iga, string Sugar);

    private sealed record Patient(bool LowIga, bool RenalRisk, bool Diabetes, bool HeartFailure)
    {
        // 0.07 g/L: anti-IgA was found in 25 to 30 % of people below it and in none above (R-RACHID2011).
        public static Patient Of(FactSet facts) => new(
            Value(facts, "iga") is { } iga && iga.Number < 0.07m,
            Yes(facts, "renal_risk"),
            Yes(facts, "diabetes"),
            Yes(facts, "heart_failure"));

        private static bool Yes(FactSet facts, string id) => Value(facts, id)?.AsBoolean == true;

        private static FactValue? Value(FactSet facts, string id) => facts.Catalogue.TryFind(id, out var fact) ? facts[fact.Slot] : null;
    }
}
