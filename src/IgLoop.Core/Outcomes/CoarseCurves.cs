namespace IgLoop.Core.Outcomes;

/// <summary>A stretch of a Kaplan-Meier curve: what happened in it and what is left at its end.</summary>
/// <param name="Day">Its last day.</param>
/// <param name="AtRisk">Patients still watched after that day without relapse.</param>
/// <param name="Survival">At its end, with the interval there.</param>
public sealed record CurveStretch(double Day, int Relapses, int Censored, int AtRisk, double Survival, double? Low, double? High);

/// <summary>
/// Kaplan-Meier curves under a minimum cell. Each step of a curve is one patient's day; here the curve is told at so few days, the same in every group, that
/// between two of them, and after the last, each group has no relapse or enough of them, and no one censored or enough.
/// </summary>
public static class CoarseCurves
{
    /// <param name="groups">All patients first, then the dose bands that are shown; whose dose is not known is what is left.</param>
    /// <returns>A curve for each group; empty where no day can be told.</returns>
    public static IReadOnlyList<(RelapseGroup Group, IReadOnlyList<CurveStretch> Stretches)> Of(IReadOnlyList<RelapseGroup> groups, int minimum)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0)
        {
            return [];
        }

        var left = groups[0].Times.ToList();
        foreach (var time in groups.Skip(1).SelectMany(g => g.Times))
        {
            left.Remove(time);
        }

        List<IReadOnlyList<(double Day, bool Event)>> lots = [groups[0].Times, .. groups.Count > 1 ? [.. groups.Skip(1).Select(g => g.Times), left] : Array.Empty<IReadOnlyList<(double, bool)>>()];
        var days = new List<double>();
        foreach (var day in groups[0].Times.Select(t => t.Day).Distinct().Order())
        {
            var from = days.Count > 0 ? days[^1] : double.NegativeInfinity;
            if (lots.All(l => Enough(l.Where(t => t.Day > from && t.Day <= day)) && Enough(l.Where(t => t.Day > day))))
            {
                days.Add(day);
            }
        }

        return [.. groups.Select(g => (g, (IReadOnlyList<CurveStretch>)[.. days.Select((day, i) => Stretch(g, i == 0 ? double.NegativeInfinity : days[i - 1], day))]))];

        bool Enough(IEnumerable<(double Day, bool Event)> times)
        {
            int relapses = 0, censored = 0;
            foreach (var t in times)
            {
                (relapses, censored) = t.Event ? (relapses + 1, censored) : (relapses, censored + 1);
            }

            return (relapses == 0 || relapses >= minimum) && (censored == 0 || censored >= minimum);
        }
    }

    private static CurveStretch Stretch(RelapseGroup group, double from, double day)
    {
        var step = group.Curve.Steps.LastOrDefault(s => s.Time <= day);
        return new(day, group.Times.Count(t => t.Event && t.Day > from && t.Day <= day), group.Times.Count(t => !t.Event && t.Day > from && t.Day <= day), group.Times.Count(t => t.Day > day), step?.Survival ?? 1, step?.Low, step?.High);
    }
}
