using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>manifestations/*.yaml</c>.</summary>
internal static class ManifestationFiles
{
    public static IReadOnlyDictionary<string, Manifestation> Read(Loading loading)
    {
        var all = new Dictionary<string, Manifestation>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("manifestations"))
        {
            var id = Loading.IdOf(file, b);
            all[id] = new Manifestation
            {
                Id = id,
                Name = b.Text("name"),
                Condition = loading.Reference(b, "condition", "conditions"),
                Bands = Bands(loading, b),
                Guidelines = b.TextsByKey("guidelines"),
                Subtypes = b.Texts("subtypes"),
                Caution = b.OptionalText("caution"),
                Conflict = b.OptionalText("conflict"),
                Note = b.OptionalText("note"),
                Place = b.Place,
            };
            b.Close();
        }

        return all;
    }

    private static Dictionary<DoseBand, BandEvidence> Bands(Loading loading, Block b)
    {
        var bands = new Dictionary<DoseBand, BandEvidence>();
        if (b.Inner("bands") is not { } list)
        {
            b.Problem("bands", "is missing: say what is known at low, mid and high dose.");
            return bands;
        }

        foreach (var band in Enum.GetValues<DoseBand>())
        {
            if (list.Inner(band.ToString().ToLowerInvariant()) is { } e)
            {
                bands[band] = new BandEvidence(e.Name<Direction>("direction"), [.. e.Inners("evidence").Select(i => Item(loading, i))], e.OptionalText("note"));
                e.Close();
            }
        }

        list.Close();
        return bands;
    }

    private static EvidenceItem Item(Loading loading, Block b)
    {
        var source = b.Text("source");
        if (source.Length > 0)
        {
            loading.Cited(b, "source", source);
        }

        var item = new EvidenceItem(
            source,
            loading.Reference(b, "study", "evidence"),
            b.Integer("n"),
            b.Integer("responders"),
            b.Integer("cohort_n"),
            b.OptionalText("outcome"),
            b.Name<Status>("status"));
        if (item is { Responders: { } r, N: { } n } && r > n)
        {
            b.Problem("responders", $"is {r}, more than n ({n}).");
        }

        b.Close();
        return item;
    }
}
