using IgLoop.Core.Knowledge.Instruments;

namespace IgLoop.Core.Scoring.Composites;

/// <summary>Whether a change reaches a limit, exactly.</summary>
public static class ChangeVerdict
{
    /// <summary>
    /// Points or percent of the baseline; either suffices where both are given. Null while a value is unknown, and when a percentage is asked
    /// of a baseline of zero. Percentages are compared without dividing, so that 15 to 12 is a fall of exactly 20 %.
    /// </summary>
    public static bool? Of(ChangeLimit limit, decimal? baseline, decimal? now)
    {
        if (baseline is not { } b || now is not { } n || (b == 0 && limit.Percent is not null))
        {
            return null;
        }

        var change = limit.Rises ? n - b : b - n;
        return (limit.Points is { } points && Reaches(change, points, limit.Strict)) || (limit.Percent is { } percent && Reaches(100 * change, percent * Math.Abs(b), limit.Strict));
    }

    /// <summary>The verdict that every value within bounds gives; null where they disagree.</summary>
    public static bool? Of(ChangeLimit limit, (decimal Low, decimal High) baseline, (decimal Low, decimal High) now)
    {
        var first = Of(limit, baseline.Low, now.High);
        return first == Of(limit, baseline.High, now.Low) && first == Of(limit, baseline.Low, now.Low) && first == Of(limit, baseline.High, now.High) ? first : null;
    }

    /// <summary>The verdict where an unknown value may be anything in the range of its total: whoever starts at 1 cannot fall by 2.</summary>
    public static bool? Within(ChangeLimit limit, decimal? baseline, decimal? now, ScoreTotal total) =>
        Of(limit, (baseline ?? total.Low, baseline ?? total.High), (now ?? total.Low, now ?? total.High));

    private static bool Reaches(decimal change, decimal limit, bool strict) => strict ? change > limit : change >= limit;
}
