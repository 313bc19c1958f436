using System.Globalization;
using IgLoop.Core.Costs;

namespace IgLoop.Features.Costs;

/// <summary>The answer about costs as plain text, and the words that text and pages share.</summary>
public static class CostText
{
    public static string Of(CostAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var currency = answer.Model.Currency;
        var lines = new List<string>();
        foreach (var a in answer.Arms)
        {
            lines.Add($"{a.Arm.Name}: {Number(a.Arm.GPerKg)} g/kg, {Number(a.GramsPerCourse)} g a course in {a.Arm.Infusions} {(a.Arm.Infusions == 1 ? "infusion" : "infusions")}");
            if (a.Vials is { } vials)
            {
                lines.Add($"  vials of a course   {string.Join(" + ", vials.Vials.Select(v => $"{v.Count} × {Number(v.Grams)} g"))}, {Number(a.WasteGramsPerCourse)} g left over, worth {Money(a.WasteCost)} {currency}");
            }

            lines.Add($"  cost of a course    {Money(a.PerCourse)} {currency} (product {Money(a.DrugCost)}, giving it {Money(a.InfusionCost)})");
            if (a.Arm.Courses != 1 || a.Arm.OtherCost is not null)
            {
                lines.Add($"  in all              {Money(a.TotalCost)} {currency} ({Number(a.Arm.Courses)} courses and all other cost)");
            }

            if (a.CostPerResponder is { } each)
            {
                lines.Add($"  cost of a responder {Money(each)} {currency} ({Number(a.Arm.ResponseRate!.Value * 100)} % respond)");
            }

            lines.Add($"  billing units       {a.BillingUnits} of {CourseCosts.BillingUnitMg} mg a course, {a.DiscardedUnits} of them thrown away");
        }

        lines.AddRange(answer.Comparisons.Select(c => $"{c.Arm} against {c.Against}: {Said(c, currency)}"));
        lines.Add($"One at a time ({answer.OneWay.Measure}, {Money(answer.OneWay.Base)} as given):");
        lines.AddRange(answer.OneWay.Bars.Select(b => $"  {b.Parameter,-28} {Number(b.Low)} to {Number(b.High)}: {Money(b.AtLow)} to {Money(b.AtHigh)}{(b.Range == Origin.Project ? " (range: project convention)" : "")}"));
        if (answer.Psa is { } psa)
        {
            lines.Add($"{psa.Draws} draws, seed {answer.Seed}: difference in cost {Money((decimal)psa.Cost.Mean)} (95 % of draws {Money((decimal)psa.Cost.Low)} to {Money((decimal)psa.Cost.High)}) {currency}");
            lines.AddRange(psa.Acceptability.Where(a => answer.Model.Thresholds.Contains((decimal)a.Threshold)).Select(a => $"  worth it at {Money((decimal)a.Threshold)} a QALY in {(a.Probability * 100).ToString("0.#", CultureInfo.InvariantCulture)} % of draws"));
        }

        lines.AddRange(answer.Model.Prices.Select(p => $"price {p.Name}: {Money(p.Price.Amount)} {p.Price.Currency}, {p.Price.Date:yyyy-MM-dd}, {p.Price.Source}"));
        return string.Join('\n', lines);
    }

    /// <summary>A comparison in a sentence.</summary>
    public static string Said(Comparison c, string currency)
    {
        ArgumentNullException.ThrowIfNull(c);
        var parts = new List<string> { $"costs {(c.DeltaCost < 0 ? "less by" : "more by")} {Money(Math.Abs(c.DeltaCost))} {currency}{(c.CostRatio is { } ratio ? $" ({Number(ratio)} times)" : "")}" };
        if (c.CostPerExtraResponder is { } extra)
        {
            parts.Add($"{Money(extra)} {currency} for one more who responds");
        }

        if (c.Utility is { } u)
        {
            parts.Add($"{Number(u.DeltaQaly)} QALY");
            parts.Add(u.Plane switch
            {
                Plane.CostsMoreHelpsMore => $"ICER {Money(u.Icer!.Value)} {currency} per QALY",
                Plane.SavesAndHelpsLess => $"saves {Money(u.Icer!.Value)} {currency} for each QALY given up",
                Plane.Dominant => "dominant: no ratio is needed",
                Plane.Dominated => "dominated: no ratio is meant",
                _ => "no difference",
            });
            parts.AddRange(u.NetBenefits.Select(n => $"net benefit {Money(n.Benefit)} {currency} at {Money(n.Threshold)} a QALY"));
        }

        return string.Join("; ", parts) + ".";
    }

    /// <summary>An amount with thousands apart, to hundredths, which are left out when there are none.</summary>
    public static string Money(decimal value)
    {
        var rounded = Math.Round(value, 2, MidpointRounding.AwayFromZero);
        var text = rounded.ToString(rounded == Math.Floor(rounded) ? "#,##0" : "#,##0.00", CultureInfo.InvariantCulture);
        return text.StartsWith('-') ? "−" + text[1..] : text;
    }

    public static string Number(decimal value) => Math.Round(value, 4, MidpointRounding.AwayFromZero).ToString("0.####", CultureInfo.InvariantCulture).Replace('-', '−');
}
