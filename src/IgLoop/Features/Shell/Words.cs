using System.Globalization;
using IgLoop.Core.Deciding;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;

namespace IgLoop.Features.Shell;

/// <summary>How the pages write dates, units, numbers and the words of the knowledge.</summary>
public static class Words
{
    public static string Date(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Number(decimal value, string format = "0.####") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Grams(decimal grams) => Number(grams, "0.##") + " g";

    /// <summary>Minutes as hours and minutes, to the nearest minute.</summary>
    public static string Duration(decimal minutes)
    {
        var whole = (int)Math.Round(minutes, MidpointRounding.AwayFromZero);
        return whole < 60 ? $"{whole} min" : $"{whole / 60} h {whole % 60:00} min";
    }

    /// <summary>A fact's value with its unit as a clinician writes it.</summary>
    public static string Value(FactDefinition fact, FactValue value) => fact.Type switch
    {
        FactType.Quantity => $"{Measured(value.Number)} {Unit(fact.Unit!.Code)}".TrimEnd(),
        FactType.Choice => Plain(value.Text ?? ""),
        _ => value.Show(fact),
    };

    /// <summary>A sentence of the core with its units and comparisons as they are written on a chart.</summary>
    public static string Tidy(string text) => text
        .Replace("<=", "≤", StringComparison.Ordinal).Replace(">=", "≥", StringComparison.Ordinal)
        .Replace("x10^9/L", "×10⁹/L", StringComparison.Ordinal).Replace("10*9/L", "×10⁹/L", StringComparison.Ordinal)
        .Replace("umol/L", "µmol/L", StringComparison.Ordinal).Replace("ug/mL", "µg/mL", StringComparison.Ordinal).Replace("mm[Hg]", "mmHg", StringComparison.Ordinal)
        .Replace("kg/m2", "kg/m²", StringComparison.Ordinal).Replace("/{1.73_m2}", "/1.73 m²", StringComparison.Ordinal);

    /// <summary>A number or range with its UCUM unit, as knowledge files write it: <c>65 a</c> is 65 years.</summary>
    public static string Quantity(string text)
    {
        var space = text.LastIndexOf(' ');
        return space > 0 && char.IsDigit(text[space - 1]) ? $"{text[..space]} {Unit(text[(space + 1)..])}".TrimEnd() : text;
    }

    /// <summary>A measured number with about four digits that mean something; the record's own digits go into the decision unrounded.</summary>
    private static string Measured(decimal value) => Number(value, Math.Abs(value) switch { >= 1000 => "0", >= 100 => "0.#", >= 1 => "0.##", _ => "0.####" });

    /// <summary>A UCUM code as it is written on a chart: <c>10*9/L</c> is ×10⁹/L.</summary>
    public static string Unit(string ucum) => ucum switch
    {
        "1" => "",
        "%" => "%",
        "a" => "years",
        "mo" => "months",
        "wk" => "weeks",
        "d" => "days",
        "h" => "hours",
        "Cel" => "°C",
        "[degF]" => "°F",
        "[lb_av]" => "lb",
        "in" => "inches",
        "/uL" => "per µL",
        "[in_i]" => "inches",
        "mm[Hg]" => "mmHg",
        "kg/m2" => "kg/m²",
        "m2" => "m²",
        "mL/min/{1.73_m2}" => "mL/min/1.73 m²",
        "10*9/L" => "×10⁹/L",
        "10*12/L" => "×10¹²/L",
        "10*6/L" => "×10⁶/L",
        "10*3/uL" => "×10³/µL",
        "10*6/uL" => "×10⁶/µL",
        _ when ucum.StartsWith('{') && ucum.EndsWith('}') => ucum[1..^1].Replace('_', ' '),
        _ => ucum.Replace("ug", "µg", StringComparison.Ordinal).Replace("umol", "µmol", StringComparison.Ordinal).Replace("uL", "µL", StringComparison.Ordinal)
            .Replace("[IU]", "IU", StringComparison.Ordinal).Replace("[iU]", "IU", StringComparison.Ordinal).Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal),
    };

    /// <summary>An identifier as words: <c>first_line</c> is "first line".</summary>
    public static string Plain(string id) => id.Replace('_', ' ');

    /// <summary>Words with a capital first letter.</summary>
    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>A name inside a sentence: its first letter small, unless it begins an abbreviation such as IgA or CIDP.</summary>
    public static string Inside(string name) => name.Length > 1 && char.IsLower(name[1]) && !name.StartsWith("Ig", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;

    public static string Of(Status status) => status switch
    {
        Status.Read => "source read",
        Status.Digest => "read in a digest",
        Status.Project => "our own convention",
        _ => "unverified",
    };

    public static string Meaning(Status status) => status switch
    {
        Status.Read => "the source itself was read",
        Status.Digest => "a digest of the source was read, not the source",
        Status.Project => "a convention of this project, not of a source",
        _ => "from general knowledge: locked, never used in a dose, a rate or a block until the site confirms it",
    };

    public static string Of(VerdictKind kind) => kind switch
    {
        VerdictKind.Supported => "Supported",
        VerdictKind.SupportedIf => "Supported if …",
        VerdictKind.NotSupported => "Not supported",
        _ => "Does not cover",
    };

    public static string Of(Outcome outcome) => outcome switch
    {
        Outcome.Supported => "Supported",
        Outcome.Conditional => "Depends on missing facts",
        Outcome.NeedsReason => "Needs a recorded reason",
        Outcome.NotSupported => "Not supported",
        Outcome.Refused => "Must not be given as asked",
        _ => "No condition asked",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Block => "BLOCK",
        Severity.Override => "OVERRIDE",
        Severity.Warn => "WARN",
        _ => "INFO",
    };

    public static string Meaning(Severity severity) => severity switch
    {
        Severity.Block => "must not be given as asked",
        Severity.Override => "only with a named prescriber and a written reason",
        Severity.Warn => "to be acknowledged before giving",
        _ => "to know",
    };

    public static string Of(Category category) => category switch
    {
        Category.FirstLine => "First line",
        Category.SecondLine => "Second line",
        Category.ThirdLineOrLater => "Third line or later",
        Category.Emerging => "Emerging role",
        Category.Exceptional => "In exceptional circumstances only",
        Category.RecommendedIndication => "Recommended indication",
        Category.NotCommissioned => "Not funded; individual request only",
        Category.NotSupported => "Not supported",
        Category.InsufficientEvidence => "Evidence found insufficient",
        Category.NotMentioned => "Not mentioned; that is not a no",
        _ => "Evidence, not a decision",
    };

    public static string Of(Direction direction) => direction switch
    {
        Direction.Benefit => "Most reported patients improved",
        Direction.BenefitTransient => "Improved, then lost within weeks to months",
        Direction.Mixed => "Reports point both ways",
        Direction.NoImprovement => "Did not improve",
        Direction.NamedOnly => "Named among uses, without numbers",
        Direction.HarmSignal => "Appeared or worsened on treatment",
        _ => "Nothing found; that is not the same as no effect",
    };

    public static string Of(DoseBand band) => band switch
    {
        DoseBand.Low => "Low dose, up to 0.6 g/kg a course",
        DoseBand.Mid => "Middle dose, above 0.6 and below 1.5 g/kg a course",
        DoseBand.High => "High dose, 1.5 g/kg a course or more",
        _ => "Dose not stated",
    };
}
