using System.Globalization;

namespace IgLoop.Core.Knowledge.Reading;

/// <summary>A number or range as written in a knowledge file: <c>2 g/kg</c>, <c>0.5..2 g/kg</c>, <c>2..5</c>.</summary>
public readonly record struct Amount(decimal Low, decimal High, string? Unit)
{
    public static bool TryParse(string text, out Amount amount)
    {
        amount = default;
        var t = text.Trim();
        var space = t.IndexOf(' ', StringComparison.Ordinal);
        var number = space < 0 ? t : t[..space];
        var unit = space < 0 ? null : t[(space + 1)..].Trim();
        var dots = number.IndexOf("..", StringComparison.Ordinal);
        if (!Read(dots < 0 ? number : number[..dots], out var low) || !Read(dots < 0 ? number : number[(dots + 2)..], out var high) || high < low)
        {
            return false;
        }

        amount = new(low, high, unit is { Length: 0 } ? null : unit);
        return true;
    }

    private static bool Read(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
