using System.Globalization;
using System.Text;

namespace IgLoop.Pictures;

/// <summary>How pictures and their tables write numbers and texts.</summary>
public static class Show
{
    // Widths of Arial in thousandths of the size, from space to tilde; Liberation Sans and Helvetica share them.
    private static readonly short[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>Width of a text in drawing units.</summary>
    public static double Width(string text, double size = 13, bool bold = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Sum(r => r.Value is >= 32 and < 127 ? Widths[r.Value - 32] : r.Value < 0x1100 ? 600 : 1000) * size / 1000 * (bold ? 1.08 : 1);
    }

    /// <summary>Cuts a text that would not fit, with an ellipsis, between whole characters.</summary>
    public static string Fit(string text, double room, double size = 13, bool bold = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Width(text, size, bold) <= room)
        {
            return text;
        }

        var kept = new StringBuilder();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext() && Width(kept + elements.GetTextElement() + "…", size, bold) <= room)
        {
            kept.Append(elements.GetTextElement());
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>A number for an axis or a table: six digits that mean something, powers of ten only beyond nine digits or below a hundred-thousandth; "—" when it is not finite.</summary>
    public static string Number(double value) => Math.Abs(value) switch
    {
        double.NaN => "—",
        double.PositiveInfinity => value > 0 ? "∞" : "−∞",
        0 => "0",
        >= 1e9 or < 1e-5 => Minus(value.ToString("0.#####E0", CultureInfo.InvariantCulture)),
        >= 1e6 => Minus(value.ToString("0", CultureInfo.InvariantCulture)),
        var size => Minus(Math.Round(value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(size)), 0, 10)).ToString("0.##########", CultureInfo.InvariantCulture)),
    };

    /// <summary>A number beside a drawing, short: two decimals, more only when it is small.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        double.NaN => "—",
        double.PositiveInfinity => value > 0 ? "∞" : "−∞",
        0 => "0.00",
        >= 1e6 or < 1e-4 => Minus(value.ToString("0.##E0", CultureInfo.InvariantCulture)),
        >= 1000 => Minus(value.ToString("0", CultureInfo.InvariantCulture)),
        >= 0.095 => Minus(value.ToString("0.00", CultureInfo.InvariantCulture)),
        >= 0.00095 => Minus(value.ToString("0.000", CultureInfo.InvariantCulture)),
        _ => Minus(value.ToString("0.0000", CultureInfo.InvariantCulture)),
    };

    /// <summary>An amount with thousands apart, for money on an axis.</summary>
    public static string Thousands(double value) => Math.Abs(value) is >= 1e12 or (> 0 and < 0.01) ? Number(value) : Minus(value.ToString(Math.Abs(value) >= 1000 || value == Math.Floor(value) ? "#,##0" : "#,##0.##", CultureInfo.InvariantCulture));

    public static string Number(double? value) => value is { } v ? Number(v) : "";

    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Percent(double fraction) => Number(Math.Round(fraction * 100, 4)) + " %";

    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Minus(string number) => number is "-0" ? "0" : number is ['-', ..] ? "−" + number[1..] : number;
}
