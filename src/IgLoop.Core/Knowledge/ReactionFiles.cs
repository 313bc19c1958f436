using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads reactions, adverse events and reporting from <c>monitoring/</c>.</summary>
internal static class ReactionFiles
{
    public static ReactionKnowledge Reactions(Loading loading, Block b)
    {
        var onset = new SourcedText(b.Text("onset"), Cited(loading, b, "onset_source"));
        var reactions = new ReactionKnowledge(
            onset, b.Texts("stop_at_once"), Cited(loading, b, "stop_source"), (int)MonitoringFiles.RequiredCount(b, "restarts_at_most"),
            MonitoringFiles.Each(loading, b, "grades", Grade));
        _ = Cited(loading, b, "restart_source");
        return reactions;
    }

    public static AdverseEvent AdverseEvent(Loading loading, Block b) => new(
        b.Text("id"), b.Text("term"), b.Text("body_system"), b.Text("timing"), b.Text("onset"), b.Text("incidence"), b.Flag("serious"), b.Number("watch", "h"),
        b.OptionalText("tell_patient"), b.OptionalText("note"), loading.Provenance(b));

    public static HaemovigilanceKnowledge? Haemovigilance(Loading loading, Block b)
    {
        var schemes = MonitoringFiles.Each(loading, b, "schemes", (l, s) => new ReportingScheme(
            s.Text("name"), s.OptionalText("covers"), s.OptionalText("not_covers"), s.Texts("severity"), s.Texts("case_definition"), s.Texts("imputability"), s.Texts("categories"), s.OptionalText("notify"), l.Provenance(s)));
        var duties = MonitoringFiles.Each(loading, b, "duties", MonitoringFiles.Sourced("duty"));
        var lots = b.Texts("lot_record");
        var optional = b.Texts("lot_record_optional");
        if (b.Inner("model") is not { } model)
        {
            b.Problem("model", "is missing: how IgLoop itself grades a reaction.");
            return null;
        }

        _ = loading.Provenance(model);
        var all = new HaemovigilanceKnowledge(schemes, model.Text("severity"), model.Texts("imputability"), model.Texts("state"), duties, lots, optional);
        model.Close();
        return all;
    }

    private static ReactionGrade Grade(Loading loading, Block b) => new(
        (int)MonitoringFiles.RequiredCount(b, "grade"), b.Text("name"), b.Text("ctcae"), b.Texts("signs"), b.Text("action"),
        b.Count("restart_fraction"), b.Count("ceiling_fraction"), b.Number("pause", "min"), loading.Provenance(b));

    private static Provenance Cited(Loading loading, Block b, string key)
    {
        var sources = b.Texts(key);
        foreach (var source in sources)
        {
            loading.Cited(b, key, source);
        }

        return new(sources, Status.Read, new Dictionary<string, Status>());
    }
}
