namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>sources/*.yaml</c> and <c>authorities/*.yaml</c>.</summary>
internal static class SourceFiles
{
    public static IReadOnlyDictionary<string, Source> Read(Loading loading)
    {
        var all = new Dictionary<string, Source>(StringComparer.Ordinal);
        foreach (var (_, top) in loading.Open("sources"))
        {
            if (top.Inner("sources") is { } list)
            {
                foreach (var id in list.Keys)
                {
                    if (list.Inner(id) is not { } b)
                    {
                        continue;
                    }

                    var source = new Source(id, b.Text("title"), b.OptionalText("url"), b.OptionalText("scope"), b.Name<Status>("status", Status.Read), b.OptionalText("note"));
                    b.Close();
                    if (!all.TryAdd(id, source))
                    {
                        list.Problem(id, "is declared twice in sources/.");
                    }
                }
            }

            top.Close();
        }

        loading.SourceIds.UnionWith(all.Keys);
        return all;
    }

    public static IReadOnlyDictionary<string, Authority> ReadAuthorities(Loading loading)
    {
        var all = new Dictionary<string, Authority>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("authorities"))
        {
            var authority = new Authority
            {
                Id = Loading.IdOf(file, b),
                Name = b.Text("name"),
                Jurisdiction = b.OptionalText("jurisdiction"),
                Kind = b.Text("kind"),
                WeightRule = loading.Reference(b, "weight_rule", "weight-rules"),
                IgaRule = b.OptionalText("iga_rule"),
                VaccineRule = b.OptionalText("vaccine_rule"),
                Labels = b.OptionalText("labels"),
                Rules = [.. b.Inners("rules").Select(r =>
                {
                    var rule = new GeneralRule(r.Text("text"), loading.Provenance(r));
                    r.Close();
                    return rule;
                })],
                Note = b.OptionalText("note"),
                Place = b.Place,
            };
            b.Close();
            all[authority.Id] = authority;
        }

        return all;
    }
}
