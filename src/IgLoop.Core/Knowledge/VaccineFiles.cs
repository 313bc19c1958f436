using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>monitoring/vaccines.yaml</c>.</summary>
internal static class VaccineFiles
{
    public static VaccineKnowledge? Vaccines(Loading loading, Block b)
    {
        if (b.Inner("acip") is not { } acip || b.Inner("eu") is not { } eu)
        {
            b.Problem("acip", "and eu are both needed: how long live vaccines wait by each rule.");
            return null;
        }

        var steps = MonitoringFiles.Each(loading, acip, "steps", (l, s) => new VaccineStep(s.Number("up_to", "mg/kg"), Months(s, "wait"), l.Provenance(s)));
        if (steps.Count == 0 || steps[^1].UpToMgPerKg is not null || !steps.SkipLast(1).Zip(steps.Skip(1)).All(p => p.First.UpToMgPerKg is { } low && (p.Second.UpToMgPerKg is not { } high || high > low)))
        {
            acip.Problem("steps", "must rise by up_to, and the last must have none so that every dose finds a step.");
        }

        var vaccines = new VaccineKnowledge
        {
            Affected = b.Texts("affected"),
            Acip = steps,
            Published = MonitoringFiles.Each(loading, acip, "published", (l, p) => new PublishedInterval(p.Text("use"), p.Text("dose"), Months(p, "wait"), l.Provenance(p))),
            AcipNote = acip.Text("note"),
            EuMonths = Months(eu, "wait"),
            EuMeaslesMonths = Months(eu, "measles"),
            EuNote = eu.Text("note"),
            EuProvenance = loading.Provenance(eu),
            MaintenanceAtMostWeeks = MonitoringFiles.Required(b, "maintenance_at_most", "wk"),
            NotAffected = MonitoringFiles.Each(loading, b, "not_affected", MonitoringFiles.Sourced("vaccine")),
            Conflict = b.Text("conflict"),
        };
        _ = b.Name<Status>("maintenance_status");
        acip.Close();
        eu.Close();
        return vaccines;
    }

    /// <summary>Whole calendar months: they are added to a date, so 8 months stay 8 months whatever their days.</summary>
    private static int Months(Block b, string key)
    {
        var text = b.Text(key);
        if (Amount.TryParse(text, out var a) && a.Unit == "mo" && a.Low == a.High && a.Low == decimal.Truncate(a.Low))
        {
            return (int)a.Low;
        }

        b.Problem(key, $"must be whole months such as '8 mo', not '{text}'.");
        return 0;
    }
}
