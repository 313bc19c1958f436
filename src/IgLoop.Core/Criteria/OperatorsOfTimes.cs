namespace IgLoop.Core.Criteria;

/// <summary>Dates and times.</summary>
internal static partial class Operators
{
    private static Call? Times(CallSyntax c, Node[] a)
    {
        switch (c.Name)
        {
            case "Today" when a.Length == 0:
                return new Call(c, CqlType.Date, a, (_, s) => s.Today is { } today ? CqlTemporal.Of(today) : null);
            case "Date" or "DateTime" or "Time" when a.Length >= 1:
                return Construct(c, a);
            case "duration" or "difference" when a.Length == 2:
                Need(c, a[0], "date or time", t => t.IsTemporal);
                Need(c, a[1], "date or time", t => t.IsTemporal);
                Comparable(c, a[0].Type, a[1].Type);
                return New(c, CqlType.Integer, a, v => v[0] is CqlTemporal x && v[1] is CqlTemporal y ? Between(c, x, y) : null);
            case "date from" or "time from" when a[0].Type.IsTemporal:
                return New(c, c.Name == "date from" ? CqlType.Date : CqlType.Time, a, v => v[0] is not CqlTemporal t ? null : c.Name == "date from" ? Convert(t, "Date") : t.End > 3 ? new CqlTemporal(CqlType.Time, [.. t.Fields.Skip(3 - t.First)]) : null);
            case "timezoneoffset from" when a[0].Type.IsTemporal:
                return New(c, CqlType.Decimal, a, v => (v[0] as CqlTemporal)?.OffsetHours);
            case var name when name.EndsWith(" from", StringComparison.Ordinal) && a[0].Type.IsTemporal:
                var index = Array.IndexOf(CqlTemporal.Names, name[..^5]);
                return index < 0 ? null : New(c, CqlType.Integer, a, v => v[0] is CqlTemporal t && index >= t.First && index < t.End ? t[index] : null);
            default:
                return Timing(c, a);
        }
    }

    private static Call? Timing(CallSyntax c, Node[] a)
    {
        var words = c.Name.Split(' ');
        var named = Array.Find(words, w => Array.IndexOf(CqlTemporal.Names, w) >= 0);
        var relation = named is null ? c.Name : c.Name.Replace(" " + named, "", StringComparison.Ordinal);
        if (relation is not ("before" or "after" or "same as" or "on or before" or "on or after") || a.Length != 2)
        {
            return null;
        }

        var precision = named ?? c.Precision;
        if (a.All(x => IsInterval(x)) || a.Any(IsInterval))
        {
            Comparable(c, PointOf(a[0]), PointOf(a[1]));
            return precision is null && relation is "before" or "after" ? New(c, CqlType.Boolean, a, v => Sides(relation, v[0], v[1])) : null;
        }

        if (!a.All(x => x.Type.IsTemporal || x.Type.IsAny))
        {
            return null;
        }

        Comparable(c, a[0].Type, a[1].Type);
        return New(c, CqlType.Boolean, a, v => v[0] is CqlTemporal x && v[1] is CqlTemporal y
            ? CqlTemporal.Compare(x, y, precision) switch
            {
                null => null,
                var n => relation switch { "before" => n < 0, "after" => n > 0, "same as" => n == 0, "on or before" => n <= 0, _ => n >= 0 },
            }
            : null);
    }

    private static bool? Sides(string relation, object? a, object? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        var first = relation == "before" ? (a as CqlInterval)?.Finish ?? a : (a as CqlInterval)?.Start ?? a;
        var second = relation == "before" ? (b as CqlInterval)?.Start ?? b : (b as CqlInterval)?.Finish ?? b;
        return Comparing.Inequality(relation == "before" ? "<" : ">", first, second);
    }

    private static Call Construct(CallSyntax c, Node[] a)
    {
        var type = CqlType.Named(c.Name)!;
        var most = c.Name switch { "Date" => 3, "Time" => 4, _ => 8 };
        if (a.Length > most)
        {
            throw CqlException.Type($"{c.Name} takes at most {most} parts.", c.At);
        }

        return Existing(c, $"such {c.Name}", New(c, type, a, v =>
        {
            var fields = new List<int>();
            foreach (var part in v.Take(7))
            {
                if (part is not int field)
                {
                    break;
                }

                fields.Add(field);
            }

            return fields.Count == 0 ? null : CqlTemporal.Create(type, fields, v.Length == 8 ? Comparing.Number(v[7]) : null);
        }));
    }

    /// <summary>Whole units between two times; null when the precision leaves more than one answer.</summary>
    private static object? Between(CallSyntax c, CqlTemporal a, CqlTemporal b)
    {
        var unit = c.Precision!;
        var needed = unit == "week" ? 2 : Array.IndexOf(CqlTemporal.Names, unit);
        if (needed < a.First || needed < b.First || (a.First != b.First))
        {
            return null;
        }

        if (a.Type != b.Type)
        {
            (a, b) = (a.ToDateTime(), b.ToDateTime());
        }

        // Hours of different zones are counted on one clock.
        (a, b) = (a.AtZero(), b.AtZero());
        if (c.Name == "difference")
        {
            (a, b) = (a.Cut(needed + 1), b.Cut(needed + 1));
        }
        else if (needed < 6)
        {
            // For whole seconds and longer, a second without milliseconds is a whole second.
            (a, b) = (a.WithMilliseconds(), b.WithMilliseconds());
        }

        return Count(c.Name, unit, a.LastInstant(), b.Instant()) is { } least && Count(c.Name, unit, a.Instant(), b.LastInstant()) is { } most
            ? CqlUncertainty.Of(Math.Min(least, most), Math.Max(least, most))
            : null;
    }

    private static int? Count(string name, string unit, DateTime x, DateTime y)
    {
        if (name == "difference")
        {
            (x, y) = (Cut(x, unit), Cut(y, unit));
        }

        var sign = y >= x ? 1 : -1;
        var (low, high) = sign > 0 ? (x, y) : (y, x);
        long count;
        switch (unit)
        {
            case "year" or "month":
                var months = ((high.Year - low.Year) * 12L) + high.Month - low.Month;
                if (name == "duration" && low.AddMonths((int)months) > high)
                {
                    months--;
                }

                count = unit == "month" ? months : name == "difference" ? high.Year - low.Year : months / 12;
                break;
            default:
                // CQL's weeks begin on a Sunday, and the calendar began on a Monday.
                var ticks = name == "difference" && unit == "week"
                    ? (((high.Ticks / TimeSpan.TicksPerDay) + 1) / 7 - ((low.Ticks / TimeSpan.TicksPerDay) + 1) / 7) * 7 * TimeSpan.TicksPerDay
                    : (high - low).Ticks;
                count = ticks / unit switch
                {
                    "week" => 7 * TimeSpan.TicksPerDay,
                    "day" => TimeSpan.TicksPerDay,
                    "hour" => TimeSpan.TicksPerHour,
                    "minute" => TimeSpan.TicksPerMinute,
                    "second" => TimeSpan.TicksPerSecond,
                    _ => TimeSpan.TicksPerMillisecond,
                };
                break;
        }

        return count <= int.MaxValue ? (int)(sign * count) : null;
    }

    private static DateTime Cut(DateTime t, string unit) => unit switch
    {
        "year" => new(t.Year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified),
        "month" => new(t.Year, t.Month, 1, 0, 0, 0, DateTimeKind.Unspecified),
        "week" or "day" => t.Date,
        "hour" => t.Date.AddHours(t.Hour),
        "minute" => t.Date.AddHours(t.Hour).AddMinutes(t.Minute),
        "second" => t.AddTicks(-(t.Ticks % TimeSpan.TicksPerSecond)),
        _ => t,
    };
}
