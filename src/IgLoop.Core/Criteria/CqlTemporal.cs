using System.Globalization;
using System.Text.RegularExpressions;

namespace IgLoop.Core.Criteria;

/// <summary>A Date, DateTime or Time, known to a precision. Fields: year, month, day, hour, minute, second, millisecond.</summary>
internal sealed partial record CqlTemporal(CqlType Type, IReadOnlyList<int> Fields, decimal? OffsetHours = null)
{
    public static readonly string[] Names = ["year", "month", "day", "hour", "minute", "second", "millisecond"];

    /// <summary>Index in <see cref="Names"/> of the first field: 0, or 3 for a Time.</summary>
    public int First => Type.Name == "Time" ? 3 : 0;

    /// <summary>Index after the last known field.</summary>
    public int End => First + Fields.Count;

    public int this[int index] => Fields[index - First];

    public static CqlTemporal Date(params int[] fields) => new(CqlType.Date, fields);

    public static CqlTemporal Of(DateOnly date) => Date(date.Year, date.Month, date.Day);

    /// <summary>Reads <c>@2024</c>, <c>@2024-02-29</c>, <c>@2024-02-29T10:30Z</c>, <c>@T10:30</c>; null when it does not exist.</summary>
    public static CqlTemporal? Read(string literal)
    {
        var m = Pattern().Match(literal.StartsWith('@') ? literal[1..] : literal);
        if (!m.Success)
        {
            return null;
        }

        var fields = new List<int>();
        for (var i = 1; i <= 7; i++)
        {
            if (m.Groups[i].Success)
            {
                var text = i == 7 ? m.Groups[i].Value.PadRight(3, '0')[..3] : m.Groups[i].Value;
                fields.Add(int.Parse(text, CultureInfo.InvariantCulture));
            }
        }

        if (fields.Count == 0)
        {
            return null;
        }

        var dated = m.Groups[1].Success;
        var timed = m.Groups["t"].Success;
        var offset = Offset(m.Groups["z"].Value);
        var type = !dated ? CqlType.Time : timed ? CqlType.DateTime : CqlType.Date;
        // A time of day has no zone.
        return type == CqlType.Time && offset is not null ? null : Create(type, fields, offset);
    }

    /// <summary>A value whose fields exist in the calendar; null otherwise.</summary>
    public static CqlTemporal? Create(CqlType type, IReadOnlyList<int> fields, decimal? offset)
    {
        if (offset is < -14 or > 14)
        {
            return null;
        }

        var value = new CqlTemporal(type, fields, offset);
        int[] low = [1, 1, 1, 0, 0, 0, 0], high = [9999, 12, 31, 23, 59, 59, 999];
        for (var i = value.First; i < value.End; i++)
        {
            var top = i == 2 ? DateTime.DaysInMonth(value[0], value[1]) : high[i];
            if (value[i] < low[i] || value[i] > top)
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>Negative, 0 or positive; null when the precision does not tell.</summary>
    /// <param name="to">Compare down to this precision only; null: as far as known.</param>
    public static int? Compare(CqlTemporal a, CqlTemporal b, string? to = null)
    {
        if (a.First != b.First)
        {
            // A time of day and a date have nothing in common.
            return null;
        }

        (a, b) = Aligned(a, b);
        var last = to is null ? 7 : Array.IndexOf(Names, to) + 1;
        for (var i = a.First; i < last; i++)
        {
            if (i >= a.End && i >= b.End)
            {
                return to is null || i == last ? 0 : null;
            }

            var x = i < a.End ? a[i] : (int?)null;
            var y = i < b.End ? b[i] : (int?)null;
            if (x is null || y is null)
            {
                return null;
            }

            if (x != y)
            {
                return x.Value.CompareTo(y.Value);
            }
        }

        return 0;
    }

    public CqlTemporal ToDateTime() => Type.Name == "Date" ? new(CqlType.DateTime, Fields) : this;

    /// <summary>Adds an amount of a calendar unit; null when it leaves the calendar.</summary>
    public CqlTemporal? Add(decimal amount, string unit)
    {
        // The whole calendar has fewer milliseconds than this.
        if (Math.Abs(amount) > 400_000_000_000_000m)
        {
            return null;
        }

        var whole = (long)Math.Truncate(amount);
        if (unit == "week")
        {
            (whole, unit) = (whole * 7, "day");
        }

        var index = Array.IndexOf(Names, unit);
        if (index < 0 || (First == 3 && index < 3))
        {
            return null;
        }

        // An amount finer than the precision is first brought to the precision, as the specification says.
        while (index >= End)
        {
            whole /= index switch { 1 => 12, 2 => 30, 3 => 24, 6 => 1000, _ => 60 };
            if (index == 2 && End == 1)
            {
                whole = (long)Math.Truncate(amount) / 365;
                index = 0;
                break;
            }

            index--;
        }

        if (index < 2 && Math.Abs(whole) > 12 * 9999)
        {
            return null;
        }

        try
        {
            var start = Instant();
            var moved = index switch
            {
                0 => start.AddYears((int)whole),
                1 => start.AddMonths((int)whole),
                2 => start.AddDays(whole),
                3 => start.AddHours(whole),
                4 => start.AddMinutes(whole),
                5 => start.AddSeconds(whole),
                _ => start.AddMilliseconds(whole),
            };
            int[] all = [moved.Year, moved.Month, moved.Day, moved.Hour, moved.Minute, moved.Second, moved.Millisecond];
            return this with { Fields = all[First..End] };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The first moment it may mean.</summary>
    public DateTime Instant() => new(At(0, 2000), At(1, 1), At(2, 1), At(3, 0), At(4, 0), At(5, 0), At(6, 0), DateTimeKind.Unspecified);

    /// <summary>The last moment it may mean; of a Date, which has no hours, the beginning of its last day.</summary>
    public DateTime LastInstant()
    {
        var (year, month) = (At(0, 2000), At(1, First == 3 ? 1 : 12));
        var day = At(2, First == 3 ? 1 : DateTime.DaysInMonth(year, month));
        return Type.Name == "Date"
            ? new(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)
            : new(year, month, day, At(3, 23), At(4, 59), At(5, 59), At(6, 999), DateTimeKind.Unspecified);
    }

    public CqlTemporal WithMilliseconds() => End == 6 ? this with { Fields = [.. Fields, 0] } : this;

    public CqlTemporal Cut(int end) => End <= end ? this : this with { Fields = [.. Fields.Take(end - First)] };

    public string Literal()
    {
        var text = "";
        for (var i = First; i < End; i++)
        {
            text += i switch { 0 => "", 1 or 2 => "-", 3 => "T", 6 => ".", _ => ":" };
            text += this[i].ToString(i switch { 0 => "0000", 6 => "000", _ => "00" }, CultureInfo.InvariantCulture);
        }

        if (Type.Name == "DateTime" && End <= 3)
        {
            text += "T";
        }

        if (OffsetHours is { } offset)
        {
            text += offset == 0 ? "Z" : $"{(offset < 0 ? '-' : '+')}{(int)Math.Abs(offset):00}:{(int)(Math.Abs(offset) * 60 % 60):00}";
        }

        return "@" + text;
    }

    private int At(int index, int otherwise) => index >= First && index < End ? this[index] : otherwise;

    private static (CqlTemporal A, CqlTemporal B) Aligned(CqlTemporal a, CqlTemporal b)
    {
        if (a.Type != b.Type)
        {
            (a, b) = (a.ToDateTime(), b.ToDateTime());
        }

        return (a.OffsetHours ?? 0) == (b.OffsetHours ?? 0) ? (a, b) : (a.AtZero(), b.AtZero());
    }

    /// <summary>The same moment at offset zero; a value without hours has no zone to move.</summary>
    public CqlTemporal AtZero()
    {
        if (End <= 3 || OffsetHours is null or 0)
        {
            return this;
        }

        var ticks = Instant().Ticks - (long)decimal.Round(OffsetHours.Value * TimeSpan.TicksPerHour);
        // The first and last hours of the calendar have no other zone.
        var moved = new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Unspecified);
        int[] all = [moved.Year, moved.Month, moved.Day, moved.Hour, moved.Minute, moved.Second, moved.Millisecond];
        return this with { Fields = all[First..End], OffsetHours = 0 };
    }

    private static decimal? Offset(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text == "Z")
        {
            return 0;
        }

        var parts = text[1..].Split(':');
        var hours = int.Parse(parts[0], CultureInfo.InvariantCulture) + (int.Parse(parts[1], CultureInfo.InvariantCulture) / 60m);
        return text[0] == '-' ? -hours : hours;
    }

    // A time follows only a whole date, and a zone only a time; decimals of a second beyond the third are cut.
    [GeneratedRegex(@"\A(?=.)(?:([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?)?(?<t>T(?:(?<=\A(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?T)([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?)?(?<z>Z|[+-][0-9]{2}:[0-5][0-9])?)?)?\z")]
    private static partial Regex Pattern();
}
