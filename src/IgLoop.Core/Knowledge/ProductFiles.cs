using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>products/*.yaml</c>.</summary>
internal static class ProductFiles
{
    public static IReadOnlyDictionary<string, Product> Read(Loading loading)
    {
        var all = new Dictionary<string, Product>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("products"))
        {
            var product = Read(loading, file, b);
            all[product.Id] = product;
        }

        return all;
    }

    private static Product Read(Loading loading, KnowledgeFile file, Block b)
    {
        var iga = b.Inner("iga");
        var risk = b.Inner("risk_rate");
        var fields = b.Inner("fields");
        var riskProvenance = risk is null ? null : loading.Provenance(risk, required: false);
        var product = new Product
        {
            Id = Loading.IdOf(file, b),
            Brand = b.Text("brand"),
            Manufacturer = b.Text("manufacturer"),
            Route = b.Text("route"),
            GramsPer100mL = b.Number("concentration", "g/dL") ?? 0,
            Form = b.Text("form"),
            Vials = [.. b.Inners("vials").Select(Vial)],
            IgaMax = iga?.Number("max", "ug/mL"),
            IgaMean = iga?.Number("mean", "ug/mL"),
            IgaNote = string.Join("; ", new[] { iga?.OptionalText("class_basis"), iga?.OptionalText("note"), iga?.OptionalText("min") is { } min ? $"at least {min}" : null }.OfType<string>()),
            IgaClass = b.Text("iga_class"),
            Stabiliser = b.Text("stabiliser"),
            Sugar = b.Text("sugar"),
            SugarMgPerMl = b.Number("sugar_content", "mg/mL"),
            SugarNote = b.OptionalText("sugar_note"),
            Excipients = b.Texts("excipients"),
            Sodium = b.OptionalText("sodium"),
            Osmolality = b.OptionalText("osmolality"),
            Ph = b.OptionalText("ph"),
            Indications = b.ListsByKey("indications"),
            LabelDose = b.TextsByKey("label_dose"),
            Rates = [.. b.Inners("rates").Select(r => Rates(loading, r))],
            RiskCap = risk?.Number("cap", "mL/kg/min"),
            RiskCapStrict = risk?.Flag("below") ?? false,
            RiskCapText = risk?.OptionalText("text"),
            RiskCapNote = risk?.OptionalText("note"),
            RiskCapStatus = riskProvenance?.Status ?? Status.Unverified,
            Reconstitution = b.OptionalText("reconstitution"),
            Storage = b.OptionalText("storage"),
            Contraindications = b.Texts("contraindications"),
            ExcipientWarnings = b.Texts("excipient_warnings"),
            Ndc = b.Texts("ndc"),
            MarketNote = b.OptionalText("market_note"),
            Subcutaneous = b.Lines("subcutaneous"),
            Historical = b.Flag("historical"),
            Fields = fields?.Keys.ToDictionary(k => k, k => Field(loading, fields.Inner(k)), StringComparer.Ordinal) ?? [],
            Place = b.Place,
        };
        _ = b.OptionalText("contraindication_source");
        _ = b.OptionalText("route_note");
        if (product.Route is not ("IV" or "SC" or "IV/SC"))
        {
            b.Problem("route", $"must be IV, SC or IV/SC, not '{product.Route}'.");
        }

        if (product.GramsPer100mL <= 0)
        {
            b.Problem("concentration", "is missing: grams of immunoglobulin in 100 mL, such as '10 g/dL'.");
        }

        iga?.Close();
        risk?.Close();
        b.Close();
        return product;
    }

    private static Provenance Field(Loading loading, Block? b)
    {
        if (b is null)
        {
            return new([], Status.Unverified, new Dictionary<string, Status>());
        }

        var provenance = loading.Provenance(b, required: false);
        b.Close();
        return provenance;
    }

    private static Vial Vial(Block b)
    {
        var vial = new Vial(b.Number("grams", "g") ?? 0, b.Number("volume", "mL") ?? 0, b.Texts("markets"));
        if (vial.Grams <= 0)
        {
            b.Problem("grams", "is missing: grams of immunoglobulin in the vial, such as '10 g'.");
        }

        b.Close();
        return vial;
    }

    private static RateTable Rates(Loading loading, Block b)
    {
        var table = new RateTable
        {
            Scope = b.Text("scope"),
            Jurisdictions = b.Texts("jurisdictions"),
            Ladder = b.Numbers("ladder", "mL/kg/min"),
            Max = b.Number("max", "mL/kg/min") ?? 0,
            FirstStepMinutes = b.Number("first_step", "min") ?? 0,
            StepMinutes = b.Number("step", "min") ?? 0,
            LadderBasis = b.Text("ladder_basis"),
            Requires = b.OptionalText("requires"),
            Note = b.OptionalText("note"),
            Provenance = loading.Provenance(b, required: false),
        };
        _ = b.Name<Status>("ladder_status", Status.Read);
        if (table.Ladder.Count == 0 || table.Ladder[0] <= 0 || table.Ladder.Zip(table.Ladder.Skip(1)).Any(p => p.Second <= p.First) || table.Ladder[^1] > table.Max)
        {
            b.Problem("ladder", "must be above 0, rise from step to step and end at or below max.");
        }

        if (table.FirstStepMinutes <= 0 || table.StepMinutes <= 0)
        {
            b.Problem("step", "and first_step must be longer than 0 min.");
        }

        if (table.Provenance is { Status: Status.Read or Status.Digest, Sources.Count: 0 })
        {
            b.Problem("source", "is missing: rates that were read need their source.");
        }

        b.Close();
        return table;
    }
}
