namespace IgLoop.Core.Criteria;

/// <summary>The functions that are understood, with what each takes. Checked before anything is bound, so nothing is taken half.</summary>
internal static class Signatures
{
    // One letter an operand: a anything, b Boolean, i Integer, n number, q number or quantity, s String, l list, o text or list,
    // t date or time. What follows '?' may be left out; '*' repeats the last one.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["Abs"] = "q", ["Ceiling"] = "n", ["Floor"] = "n", ["Truncate"] = "n", ["Round"] = "n?i", ["Exp"] = "n", ["Ln"] = "n", ["Log"] = "nn", ["Power"] = "nn",
        ["IsNull"] = "a", ["IsTrue"] = "b", ["IsFalse"] = "b", ["Coalesce"] = "a*", ["AtLeast"] = "il",
        ["Count"] = "l", ["Sum"] = "l", ["Product"] = "l", ["Min"] = "l", ["Max"] = "l", ["Avg"] = "l", ["Median"] = "l", ["AllTrue"] = "l", ["AnyTrue"] = "l",
        ["Exists"] = "l", ["First"] = "l", ["Last"] = "l", ["Flatten"] = "l", ["IndexOf"] = "la", ["Indexer"] = "oi", ["Length"] = "o", ["Skip"] = "li", ["Take"] = "li", ["Tail"] = "l",
        ["Combine"] = "l?s", ["Concatenate"] = "ss*", ["EndsWith"] = "ss", ["StartsWith"] = "ss", ["LastPositionOf"] = "ss", ["PositionOf"] = "ss", ["Lower"] = "s", ["Upper"] = "s",
        ["Split"] = "ss", ["Substring"] = "si?i",
        ["Date"] = "i?ii", ["DateTime"] = "i?iiiiiin", ["Time"] = "i?iii", ["Today"] = "", ["AgeInYears"] = "",
        ["ToBoolean"] = "a", ["ToDate"] = "a", ["ToDateTime"] = "a", ["ToDecimal"] = "a", ["ToInteger"] = "a", ["ToLong"] = "a", ["ToQuantity"] = "a", ["ToString"] = "a", ["ToTime"] = "a",
    };

    /// <summary>Functions of CQL that are left out. What is neither here nor understood is no CQL function at all.</summary>
    private static readonly HashSet<string> Outside = new(StringComparer.Ordinal)
    {
        "Add", "After", "Aggregate", "AgeInDays", "AgeInDaysAt", "AgeInHours", "AgeInMinutes", "AgeInMonths", "AgeInMonthsAt", "AgeInSeconds", "AgeInWeeks",
        "AgeInWeeksAt", "AgeInYearsAt", "And", "Before", "CalculateAgeInDays", "CalculateAgeInDaysAt", "CalculateAgeInMonths", "CalculateAgeInMonthsAt",
        "CalculateAgeInWeeks", "CalculateAgeInWeeksAt", "CalculateAgeInYears", "CalculateAgeInYearsAt", "CanConvertQuantity", "Children", "Collapse", "Contains",
        "ConvertQuantity", "ConvertsToBoolean", "ConvertsToDate", "ConvertsToDateTime", "ConvertsToDecimal", "ConvertsToInteger", "ConvertsToLong",
        "ConvertsToQuantity", "ConvertsToRatio", "ConvertsToString", "ConvertsToTime", "Descendents", "Distinct", "Divide", "End", "Ends", "Equal", "Equivalent",
        "Except", "Expand", "GeometricMean", "Greater", "GreaterOrEqual", "HighBoundary", "Implies", "In", "IncludedIn", "Includes", "Intersect", "Less", "LessOrEqual",
        "LowBoundary", "Matches", "Meets", "Message", "Mode", "Modulo", "Multiply", "Negate", "Not", "NotEqual", "Now", "Or", "Overlaps", "PointFrom", "PopulationStdDev",
        "PopulationVariance", "Precision", "Predecessor", "Quantity", "Ratio", "Repeat", "ReplaceMatches", "SameAs", "SingletonFrom", "Size", "Slice", "SplitOnMatches", "Start",
        "Starts", "StdDev", "SubsumedBy", "Subsumes", "Subtract", "Successor", "TimeOfDay", "ToChars", "ToConcept", "ToList", "ToRatio", "TruncatedDivide", "Union", "Variance",
        "Width", "Xor",
    };

    /// <exception cref="CqlException">It is outside the subset, no function of CQL, or its operands do not fit.</exception>
    public static void Check(CallSyntax c, string name, Func<Syntax, CqlType> typeOf)
    {
        if (!Known.TryGetValue(name, out var kinds))
        {
            if (Outside.Contains(name))
            {
                throw CqlException.Unsupported($"function {name}", c.At);
            }

            var near = Facts.Spelling.Nearest(name, Known.Keys, 1);
            throw new CqlException(new("unknown-identifier", $"CQL has no function '{name}'{(near.Count > 0 ? $"; did you mean '{near[0]}'?" : ".")}", c.At.Line, c.At.Column));
        }

        if (name is "AtLeast")
        {
            return;
        }

        var least = kinds.IndexOf('?', StringComparison.Ordinal) is >= 0 and var open ? open : kinds.TrimEnd('*').Length;
        var each = kinds.Replace("?", "", StringComparison.Ordinal).TrimEnd('*');
        if (c.Arguments.Count < least || (c.Arguments.Count > each.Length && !kinds.EndsWith('*')))
        {
            throw CqlException.Type($"{name} takes {(least == each.Length ? $"{least}" : $"{least} to {each.Length}")} {(each.Length == 1 ? "value" : "values")}, not {c.Arguments.Count}.", c.At);
        }

        for (var i = 0; i < c.Arguments.Count; i++)
        {
            var type = typeOf(c.Arguments[i]);
            var (fits, what) = Fits(each[Math.Min(i, each.Length - 1)], type);
            if (!fits && !type.IsAny)
            {
                throw CqlException.Type($"{name} needs a {what}, not {CqlText.Of(c.Arguments[i])}, which is {Binder.Article(type)}.", c.Arguments[i].At);
            }
        }
    }

    private static (bool Fits, string What) Fits(char kind, CqlType type) => kind switch
    {
        'b' => (type == CqlType.Boolean, "Boolean"),
        'i' => (type == CqlType.Integer, "whole number"),
        'n' => (type.IsNumber, "number"),
        'q' => (type.IsNumber || type == CqlType.Quantity, "number or quantity"),
        's' => (type == CqlType.String, "text"),
        'l' => (type.Name == "List", "list"),
        'o' => (type == CqlType.String || type.Name == "List", "text or list"),
        _ => (true, ""),
    };
}
