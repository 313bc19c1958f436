using System.Globalization;

namespace IgLoop.Core.Monitoring;

internal static class Dates
{
    public static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    public static string Window(DateOnly from, DateOnly until) => from == until ? Day(from) : $"{Day(from)} to {Day(until)}";

    /// <summary>The first calendar day that is wholly at least this many hours after the day of a dose ended: 36 h → two days later.</summary>
    public static DateOnly After(DateOnly day, decimal hours) => day.AddDays((int)Math.Ceiling(hours / 24));
}
