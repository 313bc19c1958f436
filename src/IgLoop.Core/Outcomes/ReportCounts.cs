namespace IgLoop.Core.Outcomes;

/// <summary>Every count of a report and how the counts add up, for the minimum cell. A new count in the report needs its line here.</summary>
public static class ReportCounts
{
    public const string Included = "step.2";
    public const string Assessable = "step.3";

    private const string Rest = "rest";
    private static readonly string[] Changes = ["cleared", "appeared"];

    /// <summary>The names of counts that may not be shown at the minimum cell of the report's options.</summary>
    public static IReadOnlySet<string> Hidden(OutcomeReport r)
    {
        ArgumentNullException.ThrowIfNull(r);
        var c = new CountSystem(r.Options.MinimumCell);
        if (r.Options.MinimumCell <= 1)
        {
            return c.Hidden();
        }

        var bands = r.Responders.ByBand.Select(b => b.Band).ToList();
        Patients(c, r, bands);
        Response(c, r, bands);
        Spending(c, r, bands);
        Harm(c, r, bands);
        Relapse(c, r, bands);
        Pairs(c, r, bands);
        foreach (var sign in r.Manifestations.GroupBy(m => m.Name, StringComparer.Ordinal))
        {
            Sign(c, [.. sign]);
        }

        foreach (var b in r.Comparison.Balance.Where(b => b.Yes is not null))
        {
            foreach (var (band, yes) in new[] { (Analysis.Low, b.Yes!.Value.Low), (Analysis.High, b.Yes.Value.High) })
            {
                c.Add($"yes.{b.Covariate}.{band}", yes).Part($"assessable.{band}", $"yes.{b.Covariate}.{band}", $"no.{b.Covariate}.{band}");
            }

            c.Together(new[] { Analysis.Low, Analysis.High }.SelectMany(band => new[] { $"yes.{b.Covariate}.{band}", $"no.{b.Covariate}.{band}" }).Where(c.Has));
        }

        return c.Hidden();
    }

    private static void Patients(CountSystem c, OutcomeReport r, List<string> bands)
    {
        foreach (var (i, step) in r.Attrition.Index())
        {
            c.Add($"step.{i}", step.Patients, keep: 1000 - i).Add($"lost.{i}", step.Lost, keep: 500);
            if (i > 0)
            {
                c.Sum($"step.{i - 1}", $"step.{i}", $"lost.{i}");
            }
        }

        foreach (var b in r.Responders.ByBand)
        {
            var pairs = b.Band switch { Analysis.Low => r.Comparison.Low, Analysis.High => r.Comparison.High, _ => r.Assessable - r.Comparison.Low - r.Comparison.High };
            c.Add($"band.{b.Band}", b.Rate.Patients, keep: 300).Add($"assessable.{b.Band}", pairs, keep: 200).Part($"band.{b.Band}", $"assessable.{b.Band}", $"lost.{b.Band}");
        }

        c.Sum(Included, bands.Select(b => $"band.{b}")).Sum(Assessable, bands.Select(b => $"assessable.{b}"));
    }

    private static void Response(CountSystem c, OutcomeReport r, List<string> bands)
    {
        c.Add("responders", r.Responders.Count, keep: 400).Part(Included, "responders", "not responding").Part(Assessable, "responders", "assessed, not responding");
        foreach (var b in r.Responders.ByBand)
        {
            c.Add($"responders.{b.Band}", b.Rate.Responders, keep: 150).Part($"band.{b.Band}", $"responders.{b.Band}", $"not responding.{b.Band}").Part($"assessable.{b.Band}", $"responders.{b.Band}", $"assessed, not responding.{b.Band}");
        }

        c.Sum("responders", bands.Select(b => $"responders.{b}"));
    }

    private static void Spending(CountSystem c, OutcomeReport r, List<string> bands)
    {
        var s = r.Spending;
        bool Few(int n) => n > 0 && n < r.Options.MinimumCell;
        c.Add("grams.patients", s.PatientsWithGrams).Part(Included, "grams.patients", "grams.not known")
            .Add("grams.responders", s.Responders).Part("responders", "grams.responders", "grams.other responders").Part("grams.patients", "grams.responders", "grams.not responding")
            .Add("grams", s.Grams, small: Few(s.PatientsWithGrams));
        var unknown = (Band: Analysis.Unknown, Grams: s.Grams - s.ByBand.Sum(b => b.Grams), Patients: s.PatientsWithGrams - s.ByBand.Sum(b => b.Patients), Responders: s.Responders - s.ByBand.Sum(b => b.Responders));
        var all = s.ByBand.Append(unknown).Where(b => b.Patients > 0 && bands.Contains(b.Band)).ToList();
        foreach (var b in all)
        {
            c.Add($"grams.patients.{b.Band}", b.Patients).Part($"band.{b.Band}", $"grams.patients.{b.Band}", $"grams.not known.{b.Band}")
                .Add($"grams.responders.{b.Band}", b.Responders).Part($"responders.{b.Band}", $"grams.responders.{b.Band}", $"grams.other responders.{b.Band}").Part($"grams.patients.{b.Band}", $"grams.responders.{b.Band}", $"grams.not responding.{b.Band}")
                .Add($"grams.{b.Band}", b.Grams, small: Few(b.Patients));
        }

        if (all.Count > 0)
        {
            c.Sum("grams", all.Select(b => $"grams.{b.Band}")).Sum("grams.patients", all.Select(b => $"grams.patients.{b.Band}")).Sum("grams.responders", all.Select(b => $"grams.responders.{b.Band}"));
        }
    }

    private static void Harm(CountSystem c, OutcomeReport r, List<string> bands)
    {
        var h = r.Harms;
        c.Add("infusions", h.Infusions, keep: 100).Add("events", h.Events, keep: 100).Add("any", h.PatientsWithAny, keep: 50).Part(Included, "any", "without event");
        foreach (var b in h.ByBand)
        {
            c.Add($"infusions.{b.Band}", b.Infusions).Add($"events.{b.Band}", b.Events);
        }

        c.Sum("infusions", h.ByBand.Select(b => $"infusions.{b.Band}")).Sum("events", h.ByBand.Select(b => $"events.{b.Band}"));
        foreach (var e in h.ByName)
        {
            // Events beyond the first of a patient: with one each the two numbers are one.
            c.Add($"events.{e.Name}", e.Events).Add($"patients.{e.Name}", e.Patients).Together($"events.{e.Name}", $"patients.{e.Name}");
        }

        c.Sum("events", h.ByName.Select(e => $"events.{e.Name}"));
        if (h.ByName.Count == 1)
        {
            c.Sum("any", $"patients.{h.ByName[0].Name}");
        }
    }

    private static void Relapse(CountSystem c, OutcomeReport r, List<string> bands)
    {
        c.Add("relapses.recorded", r.Relapses.Recorded).Add("relapses.by score", r.Relapses.ByScore).Add("relapses", r.Relapses.Recorded + r.Relapses.ByScore, keep: 100)
            .Sum("relapses", "relapses.recorded", "relapses.by score").Part(Included, "relapses", "without relapse");
        var shown = r.Relapses.Groups.Where(g => bands.Contains(g.Name)).ToList();
        foreach (var g in shown)
        {
            c.Add($"relapses.{g.Name}", g.Curve.Events).Part($"band.{g.Name}", $"relapses.{g.Name}", $"without relapse.{g.Name}");
        }

        var rest = r.Relapses.Groups[0].Curve.Events - shown.Sum(g => g.Curve.Events);
        if (shown.Count > 0)
        {
            WithRest(c, "relapses", [.. shown.Select(g => $"relapses.{g.Name}")], rest);
        }
    }

    private static void Pairs(CountSystem c, OutcomeReport r, List<string> bands)
    {
        Of("score", Assessable, r.Score, s => s.Score, b => $"assessable.{b}");
        c.Add("steroid", r.Steroid?.Pairs ?? 0).Part(Included, "steroid", "steroid.not known");
        foreach (var s in r.Sides)
        {
            c.Add($"steroid.{s.Band}", s.Steroid?.Pairs ?? 0).Part($"band.{s.Band}", $"steroid.{s.Band}", $"steroid.not known.{s.Band}");
        }

        if (r.Sides.Count > 0)
        {
            WithRest(c, "steroid", [.. r.Sides.Select(s => $"steroid.{s.Band}")], (r.Steroid?.Pairs ?? 0) - r.Sides.Sum(s => s.Steroid?.Pairs ?? 0));
        }

        Of("steroid", "steroid", r.Steroid, s => s.Steroid, b => $"steroid.{b}");
        Alike(c, "steroid", Assessable);
        foreach (var (i, point) in r.Trend.Means.Index())
        {
            c.Add($"time.{i}", point.Patients).Part(Included, $"time.{i}", $"not at time.{i}");
            Alike(c, $"time.{i}", Assessable);
        }

        foreach (var (i, point) in r.SteroidMeans.Index())
        {
            c.Add($"steroid.time.{i}", point.Patients).Part(Included, $"steroid.time.{i}", $"no steroid at time.{i}");
            Alike(c, $"steroid.time.{i}", Assessable);
            Alike(c, $"steroid.time.{i}", "steroid");
            foreach (var (j, _) in r.Trend.Means.Index().Where(t => t.Item.Month == point.Month))
            {
                Alike(c, $"steroid.time.{i}", $"time.{j}");
            }
        }

        c.Add("friedman", r.Trend.FriedmanPatients).Part(Included, "friedman", "not in friedman");
        Alike(c, "friedman", Assessable);

        // Pairs that did not change are counted in the report, those that did can be worked out.
        void Of(string name, string pairs, PairedScores? all, Func<Side, PairedScores?> side, Func<string, string> pairsOf)
        {
            if (all is null)
            {
                return;
            }

            c.Add($"{name}.same", all.Test.Zeros).Part(pairs, $"{name}.same", $"{name}.changed");
            var sides = r.Sides.Where(s => side(s) is not null).ToList();
            foreach (var s in sides)
            {
                c.Add($"{name}.same.{s.Band}", side(s)!.Test.Zeros).Part(pairsOf(s.Band), $"{name}.same.{s.Band}", $"{name}.changed.{s.Band}");
            }

            if (sides.Count > 0)
            {
                WithRest(c, $"{name}.same", [.. sides.Select(s => $"{name}.same.{s.Band}")], all.Test.Zeros - sides.Sum(s => side(s)!.Test.Zeros));
            }
        }
    }

    /// <summary>A total of the dose bands; whose dose is not known stands in none, and if there is nobody like that the reader knows.</summary>
    private static void WithRest(CountSystem c, string total, IReadOnlyList<string> parts, int rest)
    {
        if (rest == 0)
        {
            c.Sum(total, parts);
            return;
        }

        c.Add($"{total}.{Rest}", rest, published: false).Sum(total, [.. parts, $"{total}.{Rest}"]);
    }

    /// <summary>Two numbers that are the same are read as one: hidden here and shown there, the reader would know.</summary>
    private static void Alike(CountSystem c, string one, string other)
    {
        if (c.Value(one) == c.Value(other))
        {
            c.Sum(one, other);
        }
    }

    private static void Sign(CountSystem c, List<ManifestationChange> rows)
    {
        foreach (var m in rows)
        {
            var of = $"{m.Name}.{m.Band}";
            var keep = m.Band.Length == 0 ? 40 : 20;
            Row(c, of, m, keep);
            c.Part(m.Band.Length == 0 ? Included : $"band.{m.Band}", $"known.{of}", $"not known.{of}");
            Alike(c, $"known.{of}", m.Band.Length == 0 ? Assessable : $"assessable.{m.Band}");
        }

        if (rows.Where(m => m.Band.Length > 0).ToList() is { Count: > 0 } banded && rows.Find(m => m.Band.Length == 0) is { } all)
        {
            // Patients whose dose is not known stand in no band; they are what is left of all.
            foreach (var (what, value) in new (string, Func<ManifestationChange, int>)[] { ("known", m => m.Known), ("before", m => m.Before), ("after", m => m.After), ("cleared", m => m.Cleared), ("appeared", m => m.Appeared), ("both", m => m.Before - m.Cleared), ("neither", m => m.Known - m.Before - m.Appeared) })
            {
                WithRest(c, $"{what}.{all.Name}.", [.. banded.Select(m => $"{what}.{m.Name}.{m.Band}")], value(all) - banded.Sum(value));
            }
        }
    }

    /// <summary>The odds ratio and the p-values are of those who changed and of nobody else: with one of the two hidden they would tell it, so the two go together; who had it before and after may stay.</summary>
    private static void Row(CountSystem c, string of, ManifestationChange m, int keep) => c
        .Add($"known.{of}", m.Known, keep: keep + 10).Add($"before.{of}", m.Before, keep: keep + 5).Add($"after.{of}", m.After, keep: keep + 5).Add($"cleared.{of}", m.Cleared, keep: keep).Add($"appeared.{of}", m.Appeared, keep: keep)
        .Add($"both.{of}", m.Before - m.Cleared, published: false).Add($"neither.{of}", m.Known - m.Before - m.Appeared, published: false)
        .Sum($"before.{of}", $"both.{of}", $"cleared.{of}").Sum($"after.{of}", $"both.{of}", $"appeared.{of}").Sum($"known.{of}", $"before.{of}", $"appeared.{of}", $"neither.{of}")
        .Part($"known.{of}", $"before.{of}", $"not before.{of}").Part($"known.{of}", $"after.{of}", $"not after.{of}")
        .Together(Changes.Select(what => $"{what}.{of}"));
}
