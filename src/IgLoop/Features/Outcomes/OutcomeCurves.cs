using IgLoop.Core.Outcomes;
using IgLoop.Pictures;

namespace IgLoop.Features.Outcomes;

/// <summary>The pictures over time: score and steroid, and Kaplan-Meier curves; under a minimum cell they are told in stretches that hide every single patient.</summary>
internal static class OutcomeCurves
{
    /// <summary>Days of a mean month.</summary>
    private const double Month = 30.4375;

    /// <summary>Groups of which the curve may be shown: all bands or none of them, for the last would follow from the others.</summary>
    public static IReadOnlyList<RelapseGroup> Groups(OutcomeReport r, Shown shown)
    {
        var groups = r.Relapses.Groups;
        return shown.MinimumCell <= 1 ? groups
            : shown.Hides(ReportCounts.Included, "relapses") || !Whole(groups[0], shown) ? []
            : groups.Skip(1).All(g => !shown.Hides($"band.{g.Name}", $"relapses.{g.Name}")) && groups.All(g => Whole(g, shown)) ? groups : [groups[0]];
    }

    public static Picture Draw(OutcomeReport r, Shown shown, IReadOnlyList<RelapseGroup> groups, string test) => KaplanMeierPlot.Draw(new("Time to relapse after the last infusion", "Days after the last infusion", "Without relapse",
        shown.MinimumCell <= 1
            ? [.. groups.Select(g => new KaplanMeierGroup(g.Name, [.. g.Curve.Steps.Select(s => new KaplanMeierStep(s.Time, s.Survival, s.Low, s.High))], [.. g.Times.Select(t => (t.Day, t.Event))]))]
            : [.. CoarseCurves.Of(groups, shown.MinimumCell).Where(c => c.Stretches.Count > 0).Select(c => new KaplanMeierGroup(c.Group.Name, [.. c.Stretches.Select(s => new KaplanMeierStep(s.Day, s.Survival, s.Low, s.High))], [])
            {
                Blocks = [.. c.Stretches.Select(s => new KaplanMeierBlock(s.Day, s.Relapses, s.Censored, s.AtRisk))],
            })])
    {
        Notes = shown.MinimumCell <= 1 ? [test] : [test, $"Told at so few days that between them, and after the last, at least {shown.MinimumCell} patients or none relapsed or were censored."],
    });

    /// <summary>A number of each patient over time, and its mean.</summary>
    /// <param name="name">Of the counts of patients behind the means, followed by the number of the bin.</param>
    public static Picture OverTime(OutcomeReport r, Shown shown, string title, string valueLabel, Func<Course, IReadOnlyList<(double Day, double Value)>> values, IReadOnlyList<TrendPoint> means, string name)
    {
        // Lines of single patients leave the house only when every count may.
        var lanes = r.Options.MinimumCell > 1 ? [] : r.Courses;
        return TrajectoryPlot.Draw(new(title, "Months after the first infusion", valueLabel, [.. lanes.Select(c => new TrajectoryLine($"patient {c.Number}", [.. values(c).Select(x => (Math.Round(x.Day / Month, 2), x.Value))]))],
            [.. means.Index().Where(t => t.Item.Patients >= shown.MinimumCell).Select(t => new TrajectoryMean(Math.Round(t.Item.Month, 2), Math.Round(t.Item.Mean, 2), Rounded(t.Item.Low), Rounded(t.Item.High), shown.Hides($"{name}.{t.Index}") ? null : t.Item.Patients))]) { MeanLabel = $"Mean with {shown.Interval}" }, name.Replace('.', '-'));

        static double? Rounded(double? limit) => limit is { } x ? Math.Round(x, 2) : null;
    }

    /// <summary>Relapses, and patients without one, are none or enough.</summary>
    private static bool Whole(RelapseGroup g, Shown shown) => Enough(g.Curve.Events, shown) && Enough(g.Curve.Patients - g.Curve.Events, shown);

    private static bool Enough(int n, Shown shown) => n == 0 || n >= shown.MinimumCell;
}
