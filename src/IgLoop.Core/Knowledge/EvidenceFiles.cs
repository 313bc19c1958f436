using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>evidence/*.yaml</c>, one study a file.</summary>
internal static class EvidenceFiles
{
    public static IReadOnlyDictionary<string, Study> Read(Loading loading)
    {
        var all = new Dictionary<string, Study>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("evidence"))
        {
            var study = new Study
            {
                Id = Loading.IdOf(file, b),
                Condition = b.Text("condition"),
                Subset = b.OptionalText("subset"),
                Citation = b.Text("citation"),
                Pmid = b.OptionalText("pmid"),
                Doi = b.OptionalText("doi"),
                Design = b.Text("design"),
                Products = b.Texts("products"),
                N = b.Integer("n"),
                Arms = [.. b.Inners("arms").Select(Arm)],
                Outcomes = [.. b.Inners("outcomes").Select(Outcome)],
                AdverseEvents = b.Has("adverse_events") ? string.Join("; ", b.Lines("adverse_events")) : null,
                Certainty = b.Text("certainty"),
                SourceRead = b.OptionalText("source_read"),
                Notes = b.OptionalText("notes"),
                UnverifiedFields = b.Texts("unverified_fields"),
                Status = b.Name<Status>("status"),
                Place = b.Place,
            };
            _ = b.OptionalText("n_text");
            _ = b.OptionalText("provenance_note");
            b.Close();
            all[study.Id] = study;
        }

        return all;
    }

    private static StudyArm Arm(Block b)
    {
        var arm = new StudyArm(b.Text("name"), b.Integer("n"), b.Number("course", "g/kg") ?? b.Number("induction", "g/kg"), string.Join("; ", b.Lines("details").Prepend(b.OptionalText("n_text") ?? "").Where(l => l.Length > 0)));
        _ = b.Number("induction", "g/kg");
        b.Close();
        return arm;
    }

    private static StudyOutcome Outcome(Block b)
    {
        var outcome = new StudyOutcome(b.Text("instrument"), b.Text("type"), b.Lines("data"));
        b.Close();
        return outcome;
    }
}
