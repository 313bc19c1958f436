using System.Globalization;

namespace IgLoop.Core.Deciding;

/// <summary>How lists, dates and numbers are written in sentences.</summary>
internal static class Words
{
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A name inside a sentence: small first letter unless it is an abbreviation.</summary>
    public static string Inside(string name)
    {
        var word = name.Split(' ', 2)[0];
        return word.Length > 0 && word.Skip(1).All(c => !char.IsUpper(c) && !char.IsDigit(c)) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    public static string And(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
    };

    public static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
