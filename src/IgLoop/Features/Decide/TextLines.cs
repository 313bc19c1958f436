using System.Globalization;
using System.Text;

namespace IgLoop.Features.Decide;

/// <summary>Lines of a text for a terminal, and how it writes days, grams and durations.</summary>
internal static class TextLines
{
    private const int Width = 118;

    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string G(decimal grams) => grams.ToString("0.##", CultureInfo.InvariantCulture) + " g";

    public static string Kg(decimal kg) => kg.ToString("0.##", CultureInfo.InvariantCulture) + " kg";

    public static string N(decimal n) => n.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Duration(decimal minutes)
    {
        var whole = (int)Math.Round(minutes, MidpointRounding.AwayFromZero);
        return whole < 60 ? $"{whole} min" : $"{whole / 60} h {whole % 60} min";
    }

    public static void Head(StringBuilder t, string title)
    {
        Line(t);
        Line(t, title);
    }

    public static void Line(StringBuilder t, string text = "") => t.Append(text).Append('\n');

    /// <summary>A label, then text wrapped to the width and hanging at <paramref name="indent"/>.</summary>
    public static void Wrap(StringBuilder t, string label, string text, int indent)
    {
        var line = new StringBuilder(label.Length >= indent ? label + " " : label.PadRight(indent));
        var start = true;
        foreach (var word in text.Split(' '))
        {
            if (!start && line.Length + 1 + word.Length > Width)
            {
                Line(t, line.ToString().TrimEnd());
                line.Clear().Append(' ', indent);
                start = true;
            }

            line.Append(start ? "" : " ").Append(word);
            start = false;
        }

        Line(t, line.ToString().TrimEnd());
    }
}
