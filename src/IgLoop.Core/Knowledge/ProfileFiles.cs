using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>profiles/*.yaml</c>, one condition a file.</summary>
internal static class ProfileFiles
{
    public static IReadOnlyDictionary<string, EvidenceProfile> Read(Loading loading)
    {
        var all = new Dictionary<string, EvidenceProfile>(StringComparer.Ordinal);
        foreach (var (file, b) in loading.Open("profiles"))
        {
            var profile = new EvidenceProfile
            {
                Id = Loading.IdOf(file, b),
                Question = b.Text("question"),
                Position = b.Text("position"),
                Finding = b.Name<EvidenceFinding>("finding"),
                Start = b.Name<Certainty>("start"),
                Certainty = b.Name<Certainty>("certainty"),
                Steps = Steps(b),
                Comparisons = [.. b.Inners("comparisons").Select(c => Compared(loading, c))],
                NotPooled = b.OptionalText("not_pooled"),
                NotGraded = b.OptionalText("not_graded"),
                Status = b.Name<Status>("status"),
                Place = b.Place,
            };
            loading.Exists(b, "id", "conditions", profile.Id);
            Check(b, profile);
            b.Close();
            all[profile.Id] = profile;
        }

        return all;
    }

    private static List<GradeStep> Steps(Block b)
    {
        var steps = new List<GradeStep>();
        foreach (var domain in Enum.GetValues<GradeDomain>())
        {
            var key = string.Concat(domain.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
            if (b.Inner(key) is not { } s)
            {
                b.Problem(key, "is missing: every domain is judged, with its reason, also when it changes nothing.");
                continue;
            }

            var step = s.Integer("step") ?? 0;
            if (!s.Has("step") || (domain < GradeDomain.LargeEffect ? step is < -2 or > 0 : step is < 0 or > 2))
            {
                s.Problem("step", domain < GradeDomain.LargeEffect ? "must be 0, -1 or -2." : "must be 0, 1 or 2.");
            }

            steps.Add(new(domain, step, s.Text("why")));
            s.Close();
        }

        return steps;
    }

    private static void Check(Block b, EvidenceProfile p)
    {
        var reached = Math.Clamp((int)p.Start + p.Steps.Sum(s => s.Steps), 0, 3);
        if (reached != (int)p.Certainty)
        {
            b.Problem("certainty", $"is {p.Certainty}, but the start and the steps lead to {(Certainty)reached}.");
        }

        if (p.NotGraded is not null && (p.Certainty != Certainty.VeryLow || p.Steps.Any(s => s.Steps != 0) || p.Comparisons.Count > 0))
        {
            b.Problem("not_graded", "is for a profile without studies: it starts and ends very low, takes no step and pools nothing.");
        }

        if (p.Comparisons.Count == 0 && p.NotPooled is null)
        {
            b.Problem("not_pooled", "is missing: say why nothing can be pooled, or give comparisons.");
        }
    }

    private static TrialComparison Compared(Loading loading, Block c)
    {
        var comparison = new TrialComparison(c.Text("id"), c.Text("title"), c.Text("arm1"), c.Text("arm2"), c.Text("measure"), c.Text("method"), c.OptionalText("zero_cells"), c.Text("why"), [.. c.Inners("rows").Select(r => ComparisonRows.Read(loading, r))], c.Place)
        {
            Published = [.. c.Inners("published").Select(Published)],
        };
        if (comparison.Rows.Count == 0)
        {
            c.Problem("rows", "must hold at least one trial.");
        }

        foreach (var twice in comparison.Rows.GroupBy(r => r.Study, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            c.Problem("rows", $"hold {twice.Key} twice; its people would count twice.");
        }

        if (comparison.Measure is not ("RR" or "OR" or "RD" or "MD" or "SMD" or "HR"))
        {
            c.Problem("measure", $"must be RR, OR, RD, MD, SMD or HR, not '{comparison.Measure}'.");
        }

        foreach (var row in comparison.Rows.Where(r => r.Effect is null && (comparison.Measure == "HR" || (r.Means is not null) != (comparison.Measure is "MD" or "SMD"))))
        {
            c.Problem("rows", $"give {(row.Means is null ? "counts" : "means")} of {row.Study}, from which no {comparison.Measure} can be worked out.");
        }

        c.Close();
        return comparison;
    }

    private static PublishedPool Published(Block b)
    {
        var (low, high) = ComparisonRows.Interval(b);
        var pool = new PublishedPool(b.Count("est") ?? 0, low, high, b.Text("of"), b.Text("source"), b.Name<Status>("status"), b.Text("beside"));
        b.Close();
        return pool;
    }
}
