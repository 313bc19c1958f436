namespace IgLoop.Core.Dosing;

public enum Sex
{
    Female,
    Male,
}

/// <summary>Ideal body weight formulas. Heights in centimetres, weights in kilograms.</summary>
public static class Formulas
{
    /// <summary>Devine 1974: 50 kg (man) or 45.5 kg (woman) at 60 inches and 2.3 kg for each inch above; below 60 inches it extrapolates.</summary>
    public static decimal Devine(Sex sex, decimal cm, decimal inchesPerCm) => (sex == Sex.Male ? 50m : 45.5m) + (2.3m * ((cm * inchesPerCm) - 60m));

    /// <summary>Inches in a centimetre, exact enough for any height.</summary>
    public const decimal InchesPerCm = 1m / 2.54m;

    /// <summary>Inches in a centimetre as the Australian calculator prints them.</summary>
    public const decimal InchesPerCmNba = 0.393701m;

    /// <summary>Robinson in metric form with a floor: 52 + 0.75 or 49 + 0.67 for each cm above 152.</summary>
    public static decimal RobinsonMetric(Sex sex, decimal cm)
    {
        var above = Math.Max(cm - 152m, 0);
        return sex == Sex.Male ? 52m + (0.75m * above) : 49m + (0.67m * above);
    }

    /// <summary>Traub and Kichen for children: 2.396 · e^(0.01863 · cm), with the value of e that the program read uses.</summary>
    public static decimal TraubKichen(decimal cm, double e) => (decimal)(2.396 * Math.Pow(e, 0.01863 * (double)cm));

    /// <summary>Weight of a child of standard build: height squared times 1.65 over 1000 below 60 inches, otherwise 39 or 42.2 plus 2.27 for each inch above 60.</summary>
    public static decimal ChildStandard(Sex sex, decimal cm)
    {
        var inches = cm * InchesPerCm;
        return inches < 60 ? cm * cm * 1.65m / 1000 : (sex == Sex.Male ? 39m : 42.2m) + (2.27m * (inches - 60));
    }

    /// <summary>Ideal weight plus a fraction of the excess.</summary>
    public static decimal Adjusted(decimal ideal, decimal actual, decimal factor) => ideal + (factor * (actual - ideal));

    /// <summary>Body mass index, kg/m².</summary>
    public static decimal Bmi(decimal kg, decimal cm) => kg / (cm * cm / 10000m);
}
