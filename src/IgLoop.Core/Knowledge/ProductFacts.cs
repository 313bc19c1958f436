using IgLoop.Core.Facts;

namespace IgLoop.Core.Knowledge;

/// <summary>What criteria may ask of a product, as facts.</summary>
public static class ProductFacts
{
    /// <summary>Products whose sodium is a concern in heart failure, by their label texts (rule F02).</summary>
    private static readonly string[] HighSodium = ["gammagard_sd_5", "gammagard_sd_10", "bivigam", "asceniv"];

    /// <summary>The values of a product, by fact.</summary>
    public static IReadOnlyList<KeyValuePair<FactDefinition, FactValue?>> Of(Product product, FactCatalogue catalogue)
    {
        const string source = "product file";
        var values = new List<KeyValuePair<FactDefinition, FactValue?>>();
        Add("product_id", FactValue.Of(product.Id, null, source));
        Add("product_sugar", FactValue.Of(product.Sugar, null, source));
        Add("product_iga_class", FactValue.Of(product.IgaClass, null, source));
        Add("product_iga_max", (product.IgaMax ?? product.IgaMean) is { } iga ? FactValue.Of(iga, null, source) : null);
        Add("product_g_per_100ml", FactValue.Of(product.GramsPer100mL, null, source));
        Add("product_proline", FactValue.Of(product.Excipients.Contains("proline"), null, source));
        Add("product_polysorbate", FactValue.Of(product.Excipients.Contains("polysorbate 80"), null, source));
        Add("product_high_sodium", FactValue.Of(HighSodium.Contains(product.Id), null, source));
        Add("product_route", FactValue.Of(product.Route == "SC" ? "SC" : "IV", null, source));
        return values;

        void Add(string id, FactValue? value)
        {
            if (catalogue.TryFind(id, out var fact))
            {
                values.Add(new(fact, value));
            }
        }
    }

    internal static void Put(Product product, FactSet scratch)
    {
        foreach (var (fact, value) in Of(product, scratch.Catalogue))
        {
            scratch.Put(fact.Slot, value);
        }
    }
}
