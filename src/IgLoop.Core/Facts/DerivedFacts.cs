namespace IgLoop.Core.Facts;

/// <summary>Facts that follow from others by arithmetic. A value that was given is kept.</summary>
internal static class DerivedFacts
{
    public static void Fill(FactSet facts, DateOnly at)
    {
        Put(facts, "age", () => facts["birth_date"] is { } born && born.AsDate <= at ? Years(born.AsDate, at) : null);
        Put(facts, "bmi", () => Number(facts, "weight") is { } kg && Number(facts, "height") is { } cm ? Math.Round(kg / (cm * cm / 10000), 4) : null);
        Put(facts, "ideal_weight", () => Number(facts, "height") is { } cm && Number(facts, "age") is null or >= 18 ? Devine(facts["sex"]?.Text, cm) : null);
        Put(facts, "weight_over_ideal_percent", () => Number(facts, "weight") is { } kg && Number(facts, "ideal_weight") is { } ideal and > 0 ? Math.Round((kg / ideal * 100) - 100, 4) : null);
        Put(facts, "egfr", () => Number(facts, "creatinine") is { } c && Number(facts, "age") is { } age and >= 18 ? CkdEpi2021(c, age, facts["sex"]?.Text) : null);
        Put(facts, "prednisone_dose", () => Prednisone(facts));
        Put(facts, "weeks_since_last_ig", () => facts["last_ig_date"] is { } last && last.AsDate <= at ? Math.Round((at.DayNumber - last.AsDate.DayNumber) / 7m, 2) : null);
        Put(facts, "weeks_since_last_ig", () => Number(facts, "days_since_last_ig") is { } days ? Math.Round(days / 7m, 2) : Number(facts, "hours_since_last_ig") is { } hours ? Math.Round(hours / 168m, 2) : null);
    }

    /// <summary>Full years on a day.</summary>
    internal static decimal Years(DateOnly born, DateOnly at) =>
        at.Year - born.Year - (at < born.AddYears(at.Year - born.Year) ? 1 : 0);

    /// <summary>Devine 1974: 50 kg (man) or 45.5 kg (woman) at 60 inches, and 2.3 kg for each inch above.</summary>
    internal static decimal? Devine(string? sex, decimal cm) => sex switch
    {
        "male" => Math.Round(50m + (2.3m * ((cm / 2.54m) - 60)), 6),
        "female" => Math.Round(45.5m + (2.3m * ((cm / 2.54m) - 60)), 6),
        _ => null,
    };

    /// <summary>CKD-EPI 2021 without race (Inker, N Engl J Med 2021;385:1737), mL/min/1.73 m²; creatinine in µmol/L; adults.</summary>
    internal static decimal? CkdEpi2021(decimal creatinine, decimal age, string? sex)
    {
        if (sex is not ("male" or "female"))
        {
            return null;
        }

        var (kappa, alpha, factor) = sex == "female" ? (0.7, -0.241, 1.012) : (0.9, -0.302, 1.0);
        var ratio = (double)creatinine / 88.42 / kappa;
        var egfr = 142 * Math.Pow(Math.Min(ratio, 1), alpha) * Math.Pow(Math.Max(ratio, 1), -1.2) * Math.Pow(0.9938, (double)age) * factor;
        return Math.Round((decimal)egfr, 1);
    }

    /// <summary>Milligrams of prednisone a day: prednisolone 1, methylprednisolone 1.25, hydrocortisone 0.25, dexamethasone 20/3 (conventional ratios).</summary>
    private static decimal? Prednisone(FactSet facts)
    {
        (string Id, decimal Ratio)[] steroids = [("prednisolone_dose", 1m), ("methylprednisolone_dose", 1.25m), ("hydrocortisone_dose", 0.25m), ("dexamethasone_dose", 20m / 3m)];
        decimal? total = null;
        foreach (var (id, ratio) in steroids)
        {
            if (Number(facts, id) is { } mg)
            {
                total = (total ?? 0) + (mg * ratio);
            }
        }

        return total is null ? null : Math.Round(total.Value, 2);
    }

    private static decimal? Number(FactSet facts, string id) => facts.Catalogue.TryFind(id, out var fact) ? facts[fact.Slot]?.Number : null;

    private static void Put(FactSet facts, string id, Func<decimal?> work)
    {
        if (facts.Catalogue.TryFind(id, out var fact) && facts[fact.Slot] is null && work() is { } value)
        {
            facts.Put(fact.Slot, FactValue.Of(value, null, "derived"));
        }
    }
}
