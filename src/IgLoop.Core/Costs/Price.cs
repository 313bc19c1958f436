namespace IgLoop.Core.Costs;

/// <summary>A price as somebody stated it. Prices differ by country, year and contract, so one without currency, date and source is refused.</summary>
/// <param name="Amount">In whole units of the currency, not below 0.</param>
/// <param name="Currency">Three capital letters of ISO 4217, for example GBP.</param>
/// <param name="Date">Day (or first day of the year) at which it held.</param>
/// <param name="Source">Where it was found: contract, list, publication.</param>
public sealed record Price(decimal Amount, string Currency, DateOnly Date, string Source)
{
    /// <summary>Largest amount that is taken, in units of the currency: beyond it a typing error is likelier than a price.</summary>
    public const decimal Most = 1_000_000_000_000m;

    /// <param name="where">Name of the price in the request, for messages.</param>
    /// <param name="today">A price dated after it is refused; null: not checked.</param>
    /// <exception cref="CostException">Missing, negative or too large amount, no currency, no date or one after today, no source.</exception>
    public static Price Of(decimal? amount, string? currency, DateOnly? date, string? source, string where, DateOnly? today = null)
    {
        var value = amount ?? throw new CostException("missing", $"{where} has no amount; give one.", where);
        if (value < 0)
        {
            throw new CostException("negative-price", $"{where} is {Text(value)}, and a price cannot be below 0; give the amount that is paid.", where);
        }

        return Signed(value, currency, date, source, where, today);
    }

    /// <summary>The same for a difference of costs, which may be below 0.</summary>
    /// <exception cref="CostException">As <see cref="Of"/>, but for the sign.</exception>
    public static Price Signed(decimal? amount, string? currency, DateOnly? date, string? source, string where, DateOnly? today = null)
    {
        var value = amount ?? throw new CostException("missing", $"{where} has no amount; give one.", where);
        if (Math.Abs(value) > Most)
        {
            throw new CostException("bad-value", $"{where} is {Text(value)}, which is more than any price; check the digits.", where);
        }

        if (currency is not { Length: 3 } || !currency.All(char.IsAsciiLetterUpper))
        {
            throw new CostException("no-currency", $"{where} needs a currency of three capital letters, such as GBP{(string.IsNullOrWhiteSpace(currency) ? "" : $", not '{currency}'")}.", where);
        }

        if (date is not { } day)
        {
            throw new CostException("undated-price", $"{where} has no date; say at which day it held, such as 2026-04-01, for prices age.", where);
        }

        if (day > today)
        {
            throw new CostException("bad-date", $"{where} is dated {day:yyyy-MM-dd}, after today ({today:yyyy-MM-dd}); give the day at which it held.", where);
        }

        return string.IsNullOrWhiteSpace(source)
            ? throw new CostException("no-source", $"{where} has no source; say where it is from, such as a contract, a list or a publication.", where)
            : new Price(value, currency, day, source.Trim());
    }

    private static string Text(decimal value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Something in the request about costs is wrong: one sentence that says what and how to mend it.</summary>
public sealed class CostException(string code, string message, string where) : Exception(message)
{
    /// <summary>For scripts: <c>negative-price</c>, <c>undated-price</c>, <c>mixed-currencies</c>, <c>zero-responders</c> …</summary>
    public string Code { get; } = code;

    /// <summary>The key of the request.</summary>
    public string Where { get; } = where;
}
