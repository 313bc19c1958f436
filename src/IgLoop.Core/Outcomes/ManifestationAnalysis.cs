using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>Each manifestation before and after, in all patients and in each dose band; p-values adjusted within all patients and within the bands.</summary>
internal static class ManifestationAnalysis
{
    public static IReadOnlyList<ManifestationChange> Of(Cohort cohort, IReadOnlyList<CohortPatient> included, OutcomeOptions o)
    {
        var all = Family(cohort, included, "", o);
        var bands = new[] { Analysis.Low, Analysis.High }.Where(b => included.Any(p => Analysis.BandOf(p, o) == b)).ToList();
        return bands.Count == 0 ? all : [.. all, .. Adjusted([.. bands.SelectMany(b => Raw(cohort, [.. included.Where(p => Analysis.BandOf(p, o) == b)], b, o))])];
    }

    private static IReadOnlyList<ManifestationChange> Family(Cohort cohort, IReadOnlyList<CohortPatient> patients, string band, OutcomeOptions o) => Adjusted(Raw(cohort, patients, band, o));

    private static List<ManifestationChange> Raw(Cohort cohort, IReadOnlyList<CohortPatient> patients, string band, OutcomeOptions o) =>
    [
        .. cohort.Manifestations.Select(name =>
        {
            var pairs = Pairing.Pairs(patients, p => Pairing.SignsOf(p, name), o);
            int cleared = pairs.Count(p => p.Baseline && !p.After), appeared = pairs.Count(p => !p.Baseline && p.After);
            return new ManifestationChange(name, band, pairs.Count, pairs.Count(p => p.Baseline), pairs.Count(p => p.After), cleared, appeared, McNemar.Of(appeared, cleared, o.Level), 1, 1);
        }),
    ];

    private static IReadOnlyList<ManifestationChange> Adjusted(IReadOnlyList<ManifestationChange> rows)
    {
        // Adjusted for every manifestation that was looked at, changed or not: leaving out the still ones would make the others look better.
        double[] p = [.. rows.Select(r => r.Test.PMid)], holm = Multiplicity.Holm(p), bh = Multiplicity.BenjaminiHochberg(p);
        return [.. rows.Select((r, i) => r with { PHolm = holm[i], PBh = bh[i] })];
    }
}
