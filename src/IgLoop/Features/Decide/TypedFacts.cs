using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IgLoop.Core.Facts;

namespace IgLoop.Features.Decide;

/// <summary>Reads what a person put into the inputs of a fact: a value, and its unit where there is a choice of units.</summary>
internal static class TypedFacts
{
    private static readonly string[] DateFormats = ["yyyy-MM-dd", "d MMMM yyyy", "d MMM yyyy"];

    public static bool TryRead(FactDefinition fact, string text, string unit, [NotNullWhen(true)] out FactValue? value, [NotNullWhen(false)] out string? problem)
    {
        if (fact.Type is FactType.Integer or FactType.Decimal or FactType.Quantity && text.Contains(',', StringComparison.Ordinal))
        {
            (value, problem) = (null, $"{fact.Name}: '{text}' is ambiguous, since a comma may mean thousands or decimals; write the decimal with a point, such as 64.5.");
            return false;
        }

        var written = fact.Type == FactType.Date && TryDate(text, out var date) ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : text;
        var read = ValueReading.TryRead(fact, written, unit.Length > 0 ? unit : fact.Unit?.Code, out var found, out var wrong);
        value = read ? found : null;

        // The sentence names the fact as a chart file would; on a form it is called by its name.
        problem = read ? null : wrong!.StartsWith(fact.Id, StringComparison.Ordinal) ? fact.Name + wrong[fact.Id.Length..] : wrong;
        return read;
    }

    /// <summary>A number with a decimal point only.</summary>
    public static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    /// <summary>A date with the year in four digits, from 1880 to 2200: a year half typed is no date yet.</summary>
    public static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out date) && date.Year is >= 1880 and <= 2200;
}
