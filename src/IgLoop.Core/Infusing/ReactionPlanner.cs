using IgLoop.Core.Dosing;

namespace IgLoop.Core.Infusing;

/// <summary>An infusion with a reaction in it: what was given, and how the rest runs.</summary>
/// <param name="Segments">Stretches at one rate, pauses included; they add up to what is given.</param>
/// <param name="TotalMinutes">Minutes from start to end.</param>
/// <param name="GivenMl">Given until the end of the session.</param>
/// <param name="RemainingMl">Not given today.</param>
/// <param name="Ended">True when the session ends with the reaction.</param>
/// <param name="Ceiling">Highest rate for the rest of the session, mL/kg/min; null when it ended.</param>
public sealed record ReplannedInfusion(IReadOnlyList<InfusionStep> Segments, decimal TotalMinutes, decimal GivenMl, decimal RemainingMl, bool Ended, decimal? Ceiling);

/// <summary>
/// Re-plans the rest after a reaction at minute t (safety files, reaction grading): grade 1 halves the rate for 30 minutes, then steps up
/// one rung at a time and never above the rate at onset; grade 2 pauses 30 minutes, restarts at half for 30 minutes and stays at three quarters
/// of the rate at onset; from grade 3 the session ends.
/// </summary>
public static class ReactionPlanner
{
    private const decimal Half = 0.5m;
    private const decimal SessionCeilingAfterGrade2 = 0.75m;
    private const decimal RestMinutes = 30;

    /// <exception cref="DosingException">The grade or the minute cannot be right.</exception>
    public static ReplannedInfusion After(InfusionPlan plan, Ladder ladder, decimal reactionMin, int grade)
    {
        var volume = plan.DayVolumeMl;
        var raw = InfusionPlanner.Raw(InfusionPlanner.Rungs(ladder), ladder, plan.WeightKg, volume);
        var end = raw[^1].End;
        if (grade is < 1 or > 5)
        {
            throw new DosingException("bad-value", $"A grade of {grade} does not exist; reactions are graded 1 (mild) to 5.", "grade");
        }

        if (reactionMin < 0 || reactionMin > end)
        {
            throw new DosingException("bad-value", $"Minute {reactionMin:0.#} is outside the infusion, which runs from 0 to {end:0.#} minutes; for a later reaction stop, treat and record it.", "reaction_min");
        }

        var run = new Running(plan.WeightKg);
        foreach (var s in raw.Where(s => s.Start < reactionMin))
        {
            run.For(Math.Min(s.End, reactionMin) - s.Start, s.Rate);
        }

        var onset = raw.Last(s => s.Start < reactionMin || s.Start == 0).Rate;
        if (grade >= 3)
        {
            return new(run.Segments, Math.Round(run.At, 1), Math.Round(run.Given, 2), Math.Round(volume - run.Given, 2), true, null);
        }

        var ceiling = grade == 1 ? onset : onset * SessionCeilingAfterGrade2;
        if (grade == 2)
        {
            run.For(RestMinutes, 0);
        }

        run.Until(RestMinutes, onset * Half, volume);
        if (grade == 1)
        {
            foreach (var rung in InfusionPlanner.Rungs(ladder).Where(r => r > onset * Half && r < onset))
            {
                run.Until(ladder.StepMinutes, rung, volume);
            }
        }

        run.Until(null, ceiling, volume);
        return new(run.Segments, Math.Round(run.At, 1), Math.Round(volume, 2), 0, false, ceiling);
    }

    /// <summary>An infusion as it runs on.</summary>
    private sealed class Running(decimal kg)
    {
        private readonly List<InfusionStep> segments = [];

        public IReadOnlyList<InfusionStep> Segments => segments;

        public decimal At { get; private set; }

        public decimal Given { get; private set; }

        /// <summary>Runs at a rate for minutes.</summary>
        public void For(decimal minutes, decimal rate)
        {
            if (minutes <= 0)
            {
                return;
            }

            var before = Math.Round(Given, 2);
            var start = At;
            At += minutes;
            Given += minutes * rate * kg;
            var after = Math.Round(Given, 2);
            segments.Add(new(segments.Count + 1, Math.Round(start, 1), Math.Round(At, 1), rate, Math.Round(rate * kg * 60, 2), after - before, after));
        }

        /// <summary>Runs at a rate for minutes, or to the end when it comes first (null: to the end).</summary>
        public void Until(decimal? minutes, decimal rate, decimal volume)
        {
            var left = (volume - Given) / (rate * kg);
            if (left > 0)
            {
                For(minutes is { } m ? Math.Min(m, left) : left, rate);
            }
        }
    }
}
