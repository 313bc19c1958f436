using System.Globalization;

namespace IgLoop.Core.Criteria;

/// <summary>Texts and conversions.</summary>
internal static partial class Operators
{
    private static Call? Texts(CallSyntax c, Node[] a)
    {
        bool One(int i = 0) => a.Length > i && (a[i].Type == CqlType.String || a[i].Type.IsAny);
        return c.Name switch
        {
            "&" when a.Length == 2 => New(c, CqlType.String, a, v => $"{v[0]}{v[1]}"),
            "Concatenate" when a.Length >= 2 && Enumerable.Range(0, a.Length).All(One) => New(c, CqlType.String, a, v => v.Contains(null) ? null : string.Concat(v)),
            "Length" when a.Length == 1 && One() => New(c, CqlType.Integer, a, v => (v[0] as string)?.Length),
            "Upper" when One() => New(c, CqlType.String, a, v => (v[0] as string)?.ToUpperInvariant()),
            "Lower" when One() => New(c, CqlType.String, a, v => (v[0] as string)?.ToLowerInvariant()),
            "StartsWith" when One() && One(1) => New(c, CqlType.Boolean, a, v => v[0] is string s && v[1] is string t ? s.StartsWith(t, StringComparison.Ordinal) : null),
            "EndsWith" when One() && One(1) => New(c, CqlType.Boolean, a, v => v[0] is string s && v[1] is string t ? s.EndsWith(t, StringComparison.Ordinal) : null),
            "PositionOf" when One() && One(1) => New(c, CqlType.Integer, a, v => v[0] is string s && v[1] is string t ? t.IndexOf(s, StringComparison.Ordinal) : null),
            "LastPositionOf" when One() && One(1) => New(c, CqlType.Integer, a, v => v[0] is string s && v[1] is string t ? t.LastIndexOf(s, StringComparison.Ordinal) : null),
            "Substring" when One() && a.Length is 2 or 3 => New(c, CqlType.String, a, Substring),
            "Indexer" when One() && a.Length == 2 => New(c, CqlType.String, a, v => v[0] is string s && v[1] is int i && i >= 0 && i < s.Length ? s[i].ToString() : null),
            "Combine" when a.Length is 1 or 2 && (IsList(a[0]) || a[0].Type.IsAny) => New(c, CqlType.String, a, v => Known(v[0]) is { Count: > 0 } l && !(v.Length > 1 && v[1] is null) ? string.Join(v.Length > 1 ? (string)v[1]! : "", l) : null),
            "Split" when One() && a.Length == 2 => New(c, CqlType.List(CqlType.String), a, v => v[0] is string s ? v[1] is string by ? s.Split(by).Cast<object?>().ToList() : new List<object?> { s } : null),
            _ => null,
        };
    }

    private static string? Substring(object?[] v)
    {
        if (v[0] is not string s || v[1] is not int start || start < 0 || (start >= s.Length && start > 0))
        {
            return null;
        }

        return v.Length > 2 && v[2] is int length ? s.Substring(start, Math.Clamp(length, 0, s.Length - start)) : s[start..];
    }

    private static Call? Conversions(CallSyntax c, Node[] a)
    {
        var to = c.Name switch
        {
            "convert" => c.Target,
            "ToBoolean" or "ToInteger" or "ToLong" or "ToDecimal" or "ToString" or "ToQuantity" or "ToDate" or "ToDateTime" or "ToTime" => CqlType.Named(c.Name[2..]),
            _ => null,
        };
        if (to is not null && a.Length == 1)
        {
            return New(c, to, a, v => Convert(v[0], to.Name));
        }

        return c.Name switch
        {
            "is" => New(c, CqlType.Boolean, a, v => v[0] is not null && TypeOf(v[0]!) == c.Target!.Name),
            "as" => New(c, c.Target!, a, v => v[0] is not null && (TypeOf(v[0]!) == c.Target!.Name || c.Target.Element is not null) ? v[0] : null),
            _ => null,
        };
    }

    private static string TypeOf(object value) => value switch
    {
        bool => "Boolean",
        int => "Integer",
        CqlUncertainty => "Integer",
        long => "Long",
        decimal => "Decimal",
        string => "String",
        CqlQuantity => "Quantity",
        CqlTemporal t => t.Type.Name,
        CqlInterval => "Interval",
        _ => "List",
    };

    private static object? Convert(object? value, string to) => (value, to) switch
    {
        (null, _) => null,
        (bool b, "String") => b ? "true" : "false",
        (bool b, "Integer") => b ? 1 : 0,
        (bool b, "Long") => b ? 1L : 0L,
        (bool b, "Decimal") => b ? 1.0m : 0.0m,
        (bool, "Boolean") or (string, "String") or (CqlQuantity, "Quantity") => value,
        (string s, "Boolean") => s.ToLowerInvariant() switch { "true" or "t" or "yes" or "y" or "1" => true, "false" or "f" or "no" or "n" or "0" => false, _ => null },
        (string s, "Integer") => int.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i) ? i : null,
        (string s, "Long") => long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l) ? l : null,
        (string s, "Decimal") => decimal.TryParse(s, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var d) ? CqlNumber.Fit(d) : null,
        (string s, "Date" or "DateTime" or "Time") => Moment(s, to),
        (string s, "Quantity") => ReadQuantity(s),
        // A quantity keeps the decimals it was written with: 125 'cm' has none.
        (CqlQuantity { Calendar: null, Value.Scale: 0 } q, "String") => $"{q.Value.ToString(CultureInfo.InvariantCulture)} '{q.Unit.Code}'",
        (CqlQuantity q, "String") => CqlText.Literal(q),
        (CqlTemporal t, "String") => t.Literal()[(t.Type.Name == "Time" ? 2 : 1)..].TrimEnd('T'),
        (CqlTemporal t, "DateTime") => t.Type.Name == "Time" ? null : t.ToDateTime(),
        (CqlTemporal t, "Date") => t.Type.Name == "Time" ? null : new CqlTemporal(CqlType.Date, t.Cut(3).Fields),
        (CqlTemporal t, "Time") => t.Type.Name == "Time" ? t : null,
        (int or long or decimal, "String") => CqlText.Literal(value).TrimEnd('L'),
        (int or long or decimal, "Boolean") => Comparing.Number(value) switch { 1 => true, 0 => false, _ => null },
        (int or long or decimal, "Quantity") => new CqlQuantity(Comparing.Number(value)!.Value, Quantities.Unit.One),
        (int or long or decimal, "Decimal") => Comparing.Number(value),
        (int or long, "Long") => System.Convert.ToInt64(value, CultureInfo.InvariantCulture),
        (int or long, "Integer") => Comparing.Number(value) is >= int.MinValue and <= int.MaxValue and var n ? (int)n : null,
        _ => null,
    };

    private static CqlTemporal? Moment(string text, string to)
    {
        if (text.StartsWith('@'))
        {
            return null;
        }

        // A zone may follow a time in a text; the time of day has none.
        var t = CqlTemporal.Read(to == "Time" ? Zone().Replace(text.StartsWith('T') ? text : "T" + text, "") : text);
        return t is null ? null : Convert(t, to) as CqlTemporal;
    }

    [System.Text.RegularExpressions.GeneratedRegex(@"(?:Z|[+-][0-9]{2}:[0-5][0-9])\z")]
    private static partial System.Text.RegularExpressions.Regex Zone();

    private static CqlQuantity? ReadQuantity(string text)
    {
        var parts = text.Trim().Split(' ', 2);
        if (!decimal.TryParse(parts[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var unit = parts.Length > 1 ? parts[1].Trim() : "'1'";
        var quoted = unit.StartsWith('\'') && unit.EndsWith('\'');
        return (quoted || CqlTemporal.Names.Contains(unit.TrimEnd('s')) || unit.TrimEnd('s') == "week") && CqlQuantity.TryCreate(number, unit.Trim('\''), !quoted, out var quantity, out _) ? quantity : null;
    }
}
