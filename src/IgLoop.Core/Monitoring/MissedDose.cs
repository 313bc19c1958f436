using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Monitoring;

/// <summary>What follows from a dose that was not given on its day.</summary>
/// <param name="Next">When the dose after it is due.</param>
/// <param name="OnTime">Given within the window of the visit.</param>
/// <param name="AsFirstInfusion">The gap is so long that it is given as a first infusion, with the baseline tests.</param>
public sealed record MissedDose(DateOnly Next, bool OnTime, bool AsFirstInfusion)
{
    /// <summary>Works out the next dose. A dose is never doubled: what was missed is given once, as soon as possible.</summary>
    /// <param name="planned">The day on which it was due.</param>
    /// <param name="intervalWeeks">Weeks between doses; more than 0.</param>
    /// <param name="givenOn">The day on which it is given.</param>
    /// <param name="anchor">Null: the rule's own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not more than 0.</exception>
    public static MissedDose Of(MissedDoseKnowledge rule, DateOnly planned, decimal intervalWeeks, DateOnly givenOn, ScheduleAnchor? anchor = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(intervalWeeks);
        var interval = (int)Math.Round(intervalWeeks * 7, MidpointRounding.AwayFromZero);
        var previous = planned.AddDays(-interval);
        var onTime = Math.Abs(givenOn.DayNumber - planned.DayNumber) <= rule.WindowDays;
        var asFirst = givenOn.DayNumber - previous.DayNumber > rule.LongGapWeeks * 7;
        return new((anchor ?? rule.Anchor) == ScheduleAnchor.Reset ? givenOn.AddDays(interval) : OnOldCalendar(rule, planned, interval, givenOn), onTime, asFirst);
    }

    /// <summary>The next day of the old calendar, but not sooner than the smallest gap after the dose just given.</summary>
    private static DateOnly OnOldCalendar(MissedDoseKnowledge rule, DateOnly planned, int interval, DateOnly givenOn)
    {
        var next = planned.AddDays(interval);
        while (next <= givenOn)
        {
            next = next.AddDays(interval);
        }

        var soonest = givenOn.AddDays((int)Math.Ceiling(interval * rule.MinGapFraction));
        return next < soonest ? soonest : next;
    }
}
