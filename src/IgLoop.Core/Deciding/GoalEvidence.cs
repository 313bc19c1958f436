using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Deciding;

/// <summary>What is known for a goal at a dose. Keyed on dose band AND manifestation: low dose and high dose differ (IMAJ 2008 against Hum Immunol 2005).</summary>
internal static class GoalEvidence
{
    // Edges are a project convention: no lupus study read used a course between 0.6 and 1.0 or between 1.0 and 2.0 g/kg.
    private const decimal LowUpTo = 0.6m;
    private const decimal HighFrom = 1.5m;

    /// <summary>Band of a course in g/kg; unstated when no dose is known.</summary>
    public static DoseBand BandOf(decimal? courseGPerKg) => courseGPerKg switch
    {
        null => DoseBand.Unstated,
        <= LowUpTo => DoseBand.Low,
        < HighFrom => DoseBand.Mid,
        _ => DoseBand.High,
    };

    public static EvidenceForGoal? Of(Manifestation? goal, decimal? courseGPerKg)
    {
        if (goal is null)
        {
            return null;
        }

        var band = BandOf(courseGPerKg);
        var evidence = goal.Bands.GetValueOrDefault(band) ?? new BandEvidence(Direction.NoData, [], null);
        return new(goal, band, evidence, goal.Bands.Where(b => b.Key != band).ToDictionary(b => b.Key, b => b.Value));
    }
}
