using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Quantities;

namespace IgLoop.Features.Decide;

/// <summary>Reads what a person typed into the input of a fact.</summary>
internal static class TypedFacts
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy"];

    public static bool TryRead(FactDefinition fact, string text, string unit, DateOnly? at, string source, [NotNullWhen(true)] out FactValue? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = fact.Type switch
        {
            FactType.Boolean => text switch
            {
                "yes" => (FactValue.Of(true, at, source), null),
                "no" => (FactValue.Of(false, at, source), null),
                _ => (null, $"{fact.Name} must be yes, no or not known."),
            },
            FactType.Choice => fact.Choices.Count == 0 || fact.Choices.Contains(text, StringComparer.Ordinal)
                ? (FactValue.Of(text, at, source), null)
                : (null, $"{fact.Name} must be one of {string.Join(", ", fact.Choices)}."),
            FactType.Date => TryDate(text, out var date)
                ? (FactValue.Of(date, at, source), null)
                : (null, $"{fact.Name} must be a date such as 2026-11-22 or 22 November 2026, not '{text}'."),
            _ => Number(fact, text, unit, at, source),
        };
        return value is not null;
    }

    private static (FactValue? Value, string? Problem) Number(FactDefinition fact, string text, string unit, DateOnly? at, string source)
    {
        if (!TryNumber(text, out var number))
        {
            return (null, $"{fact.Name} must be a number such as 72 or 0.5, not '{text}'.");
        }

        if (fact.Type == FactType.Integer && number != decimal.Truncate(number))
        {
            return (null, $"{fact.Name} must be a whole number, not '{text}'.");
        }

        if (fact.Unit is { } canonical && unit.Length > 0 && unit != canonical.Code)
        {
            if (fact.UnitFactors.TryGetValue(unit, out var factor))
            {
                number *= factor;
            }
            else if (Unit.TryParse(unit, out var given, out _) && given.IsComparableTo(canonical))
            {
                number = given.Convert(number, canonical);
            }
            else
            {
                return (null, $"{fact.Name} cannot be read in '{unit}': choose one of the units offered.");
            }
        }

        if (number < fact.PlausibleLow || number > fact.PlausibleHigh)
        {
            return (null, $"{fact.Name} of {text} {Shell.Words.Unit(unit.Length > 0 ? unit : fact.Unit?.Code ?? "")} is implausible: it must lie {Between(fact)}. Check the number and its unit.".Replace("  ", " ", StringComparison.Ordinal));
        }

        return (FactValue.Of(number, at, source), null);
    }

    private static string Between(FactDefinition fact)
    {
        var unit = fact.Unit is { } u ? " " + Shell.Words.Unit(u.Code) : "";
        return string.Create(CultureInfo.InvariantCulture, $"between {fact.PlausibleLow} and {fact.PlausibleHigh}{unit}").TrimEnd();
    }

    /// <summary>A decimal point only: a comma may mean thousands or decimals, and the two differ by a thousand.</summary>
    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A date with the year in four digits, from 1880 to 2200: a year half typed is no date yet.</summary>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date) && date.Year is >= 1880 and <= 2200;
}
