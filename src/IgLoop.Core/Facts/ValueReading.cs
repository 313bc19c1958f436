using System.Globalization;
using System.Text.RegularExpressions;
using IgLoop.Core.Quantities;

namespace IgLoop.Core.Facts;

/// <summary>Reads one value of one fact from text, or from a number and a unit.</summary>
public static partial class ValueReading
{
    private static readonly string[] Yes = ["yes", "true", "y", "positive", "present", "1"];
    private static readonly string[] No = ["no", "false", "n", "negative", "absent", "0"];

    /// <summary>Reads a value as a person types it: <c>64 kg</c>, <c>5 ft 4 in</c>, <c>yes</c>, <c>14 x10^9/L</c>, <c>2026-11-20</c>.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="text">What was typed.</param>
    /// <param name="bareUnit">Unit meant by a bare number; null: a bare number is refused where the fact has a unit.</param>
    /// <param name="value">The value in the fact's canonical unit, without time and source.</param>
    /// <param name="problem">One sentence that says what is wrong and how to mend it; null when it was read.</param>
    public static bool TryRead(FactDefinition fact, string text, string? bareUnit, out FactValue value, out string? problem)
    {
        value = FactValue.Of(false);
        var t = text.Trim();
        problem = null;
        switch (fact.Type)
        {
            case FactType.Boolean:
                if (Yes.Contains(t, StringComparer.OrdinalIgnoreCase) || No.Contains(t, StringComparer.OrdinalIgnoreCase))
                {
                    value = FactValue.Of(Yes.Contains(t, StringComparer.OrdinalIgnoreCase));
                    return true;
                }

                problem = $"{fact.Id} must be yes or no, not '{t}'; leave it out when it is not known.";
                return false;
            case FactType.Choice:
                return Choice(fact, t, out value, out problem);
            case FactType.Date:
                if (DateOnly.TryParseExact(t.Length > 10 ? t[..10] : t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                {
                    value = FactValue.Of(date);
                    return true;
                }

                problem = $"{fact.Id} must be a date written year-month-day, such as 1991-04-30, not '{t}'.";
                return false;
            default:
                return Number(fact, t, bareUnit, out value, out problem);
        }
    }

    /// <summary>Reads a number with its unit, as a laboratory sends it.</summary>
    public static bool TryRead(FactDefinition fact, decimal number, string unit, out FactValue value, out string? problem)
    {
        value = FactValue.Of(number);
        if (fact.Type != FactType.Quantity)
        {
            return Plausible(fact, fact.Type == FactType.Integer ? Math.Floor(number) : number, number.ToString(CultureInfo.InvariantCulture), out value, out problem);
        }

        var code = UnitSpelling.ToUcum(unit);
        if (code == "C" && fact.Unit!.Code == "Cel")
        {
            code = "Cel";
        }

        if (!Unit.TryParse(code, out var given, out var why))
        {
            problem = $"{fact.Id}: {why} Accepted are {Accepted(fact)}.";
            return false;
        }

        decimal canonical;
        if (given.IsComparableTo(fact.Unit!))
        {
            canonical = given.Convert(number, fact.Unit!);
        }
        else if (fact.UnitFactors.Select(f => (Unit: Unit.Parse(f.Key), f.Value)).FirstOrDefault(f => f.Unit.IsComparableTo(given)) is { Unit: not null } factor)
        {
            canonical = given.Convert(number, factor.Unit) * factor.Value;
        }
        else
        {
            problem = $"{fact.Id} cannot be in '{unit.Trim()}'; accepted are {Accepted(fact)}.";
            return false;
        }

        return Plausible(fact, canonical, $"{number.ToString(CultureInfo.InvariantCulture)} {unit.Trim()}", out value, out problem);
    }

    /// <summary>The units in which a fact may be given, the canonical one first.</summary>
    public static string Accepted(FactDefinition fact) => string.Join(", ", Units(fact));

    /// <summary>The units offered in a form, the canonical one first.</summary>
    public static IReadOnlyList<string> Units(FactDefinition fact) => fact.Unit is null
        ? []
        : [fact.Unit.Code, .. fact.UnitFactors.Keys, .. fact.Unit.Code switch { "kg" => new[] { "lb" }, "cm" => ["in"], "g/L" => ["g/dL", "mg/dL"], "10*9/L" => ["10*3/uL", "/uL"], "Cel" => ["[degF]"], _ => [] }];

    private static bool Choice(FactDefinition fact, string t, out FactValue value, out string? problem)
    {
        var found = fact.Choices.FirstOrDefault(c => string.Equals(Joined(c), Joined(t), StringComparison.OrdinalIgnoreCase))
            ?? fact.Words.FirstOrDefault(w => string.Equals(Joined(w.Key), Joined(t), StringComparison.OrdinalIgnoreCase)).Value
            ?? (fact.Id == "sex" ? t.ToUpperInvariant() switch { "F" or "W" or "WOMAN" => "female", "M" or "MAN" => "male", _ => null } : null);
        value = FactValue.Of(found ?? t);
        var near = found is null ? Spelling.Nearest(t, fact.Choices, 1) : [];
        problem = found is not null ? null : $"{fact.Id} is '{t}'{(near.Count > 0 ? $"; did you mean '{near[0]}'? It" : "; it")} must be one of {string.Join(", ", fact.Choices.Take(12))}{(fact.Choices.Count > 12 ? " …" : "")}.";
        return found is not null;
    }

    /// <summary>GDH-PQQ, gdh pqq and gdh_pqq are one choice.</summary>
    private static string Joined(string choice) => choice.Replace('-', '_').Replace(' ', '_');

    private static bool Number(FactDefinition fact, string t, string? bareUnit, out FactValue value, out string? problem)
    {
        value = FactValue.Of(0m);
        if (fact.Unit?.Code == "cm" && FeetAndInches().Match(t) is { Success: true } feet)
        {
            var inches = (decimal.Parse(feet.Groups[1].Value, CultureInfo.InvariantCulture) * 12) + (feet.Groups[2].Success ? decimal.Parse(feet.Groups[2].Value, CultureInfo.InvariantCulture) : 0);
            return TryRead(fact, inches, "[in_i]", out value, out problem);
        }

        var m = NumberWithUnit().Match(t);
        if (!m.Success || m.Groups[2].Value.StartsWith(','))
        {
            problem = t.Contains(',', StringComparison.Ordinal)
                ? $"{fact.Id}: '{t}' is ambiguous; write the decimal with a point, such as 1.5."
                : $"{fact.Id} must be a number{(fact.Unit is null ? "" : $" with its unit, such as 12 {fact.Unit.Code}")}, not '{t}'.";
            return false;
        }

        if (!decimal.TryParse(m.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            problem = $"{fact.Id}: '{m.Groups[1].Value}' is too large a number.";
            return false;
        }

        var unit = m.Groups[2].Value.Trim();
        if (fact.Type != FactType.Quantity)
        {
            if (unit.Length > 0 && !(fact.Id == "age" && UnitSpelling.ToUcum(unit) == "a"))
            {
                problem = $"{fact.Id} has no unit; write the number alone, not '{t}'.";
                return false;
            }

            if (fact.Type == FactType.Integer && number != Math.Floor(number))
            {
                problem = $"{fact.Id} must be a whole number, not {t}.";
                return false;
            }

            return Plausible(fact, number, t, out value, out problem);
        }

        if (unit.Length == 0 && bareUnit is null)
        {
            problem = $"{fact.Id} needs its unit: write {t} followed by {Accepted(fact).Replace(", ", " or ", StringComparison.Ordinal)}.";
            return false;
        }

        return TryRead(fact, number, unit.Length == 0 ? bareUnit! : unit, out value, out problem);
    }

    private static bool Plausible(FactDefinition fact, decimal canonical, string typed, out FactValue value, out string? problem)
    {
        value = FactValue.Of(canonical);
        problem = null;
        if (canonical < 0 && (fact.PlausibleLow ?? 0) >= 0)
        {
            problem = $"{fact.Id} cannot be negative ({typed}).";
        }
        else if (canonical < fact.PlausibleLow || canonical > fact.PlausibleHigh)
        {
            var unit = fact.Unit is null ? "" : $" {fact.Unit.Code}";
            problem = $"{fact.Id} of {typed} is outside what is plausible ({Show(fact.PlausibleLow)} to {Show(fact.PlausibleHigh)}{unit}){Guess(fact, canonical)}.";
        }

        return problem is null;
    }

    private static string Guess(FactDefinition fact, decimal canonical) => fact.Unit?.Code switch
    {
        "cm" when canonical is > 0.4m and < 2.6m => $"; if metres are meant, write {Show(canonical * 100)} cm",
        "umol/L" when fact.Id.StartsWith("creatinine", StringComparison.Ordinal) && canonical is > 0.1m and < 10 => $"; if mg/dL is meant, write {Show(canonical)} mg/dL",
        "g/L" when canonical is > 1 and < 25 && fact.PlausibleLow > 15 => $"; if g/dL is meant, write {Show(canonical)} g/dL",
        "g/L" when canonical > 150 => "; check whether the unit is right",
        "10*9/L" when canonical > 1000 => $"; if cells in a microlitre are meant, write {Show(canonical)} /uL",
        "kg" when canonical > 400 => "; if grams are meant, write g",
        _ => "",
    };

    private static string Show(decimal? d) => d?.ToString("0.####", CultureInfo.InvariantCulture) ?? "…";

    [GeneratedRegex(@"^([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*(.*)$")]
    private static partial Regex NumberWithUnit();

    [GeneratedRegex(@"^(\d+)\s*(?:ft|')\s*(?:(\d+(?:\.\d+)?)\s*(?:in|""|inches)?)?$")]
    private static partial Regex FeetAndInches();
}
