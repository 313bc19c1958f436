using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>Reads <c>monitoring/*.yaml</c>. A folder without one of the files has nothing to say there.</summary>
internal static class MonitoringFiles
{
    public static MonitoringKnowledge Read(Loading loading)
    {
        var all = new MonitoringKnowledge();
        foreach (var (file, b) in loading.Open("monitoring"))
        {
            all = file.Stem switch
            {
                "laboratory" => all with { Baseline = Each(loading, b, "baseline", Baseline), FollowUp = Each(loading, b, "on_treatment", FollowUp), Thresholds = Each(loading, b, "thresholds", Threshold) },
                "vital-signs" => all with { VitalSigns = Each(loading, b, "schedule", VitalSign) },
                "preparation" => all with { Preparation = [.. Each(loading, b, "hydration", Hydration), .. Each(loading, b, "premedication", Premedication)] },
                "reactions" => all with { Reactions = ReactionFiles.Reactions(loading, b) },
                "vaccines" => all with { Vaccines = VaccineFiles.Vaccines(loading, b) },
                "serology" => all with { Serology = Each(loading, b, "windows", Serology) },
                "course-split" => all with { Splits = Each(loading, b, "splits", Split) },
                "missed-dose" => all with { MissedDose = MissedDose(loading, b) },
                "subcutaneous" => all with { Subcutaneous = Subcutaneous(loading, b) },
                "sugar-load" => all with { SugarLoads = Each(loading, b, "products", Sugar) },
                "adverse-events" => all with { AdverseEventFigures = Each(loading, b, "summary", Sourced("text")), AdverseEvents = Each(loading, b, "terms", ReactionFiles.AdverseEvent) },
                "haemovigilance" => all with { Haemovigilance = ReactionFiles.Haemovigilance(loading, b) },
                _ => Unknown(b, file, all),
            };
            _ = b.OptionalText("note");
            b.Close();
        }

        return all;
    }

    /// <summary>Each mapping of a list, read and closed.</summary>
    public static IReadOnlyList<T> Each<T>(Loading loading, Block block, string key, Func<Loading, Block, T> read) =>
        [.. block.Inners(key).Select(b =>
        {
            var item = read(loading, b);
            b.Close();
            return item;
        })];

    public static Func<Loading, Block, SourcedText> Sourced(string key) => (loading, b) => new(b.Text(key), loading.Provenance(b));

    private static MonitoringKnowledge Unknown(Block b, KnowledgeFile file, MonitoringKnowledge all)
    {
        b.Problem("(file)", $"'{file.Stem}' is no known file of monitoring/; see docs/knowledge-format.md.");
        return all;
    }

    private static BaselineTest Baseline(Loading loading, Block b) => new(
        b.Text("test"), b.Text("when"), b.OptionalText("why"), b.Number("within", "d"), [.. b.Texts("done_by").Select(id => Fact(loading, b, id)).OfType<FactDefinition>()],
        b.Flag("first_course"), loading.Cql(b, "only"), b.OptionalText("only_text"), loading.Provenance(b));

    private static FactDefinition? Fact(Loading loading, Block b, string id)
    {
        if (loading.Facts.TryFind(id, out var fact))
        {
            return fact;
        }

        b.Problem("done_by", $"names '{id}', which is no fact{(loading.Facts.Nearest(id, 1) is [var near] ? $"; did you mean '{near}'?" : ".")}");
        return null;
    }

    private static FollowUpTest FollowUp(Loading loading, Block b) => new(
        b.Text("test"), b.Text("when"), b.OptionalText("why"), EffectOf(b, "after_effect"), loading.Reference(b, "after_rule", "safety"), EffectOf(b, "unless_effect"),
        Each(loading, b, "checks", (_, c) => new CheckWindow(Required(c, "from", "h"), Required(c, "until", "h"), c.Text("text"))),
        Each(loading, b, "policies", (l, p) => new NamedPolicy(p.Text("name"), p.Text("text"), l.Provenance(p))), loading.Provenance(b));

    private static Effect? EffectOf(Block b, string key) => b.Has(key) ? b.Name<Effect>(key) : null;

    private static ResultThreshold Threshold(Loading loading, Block b) => new(b.Text("finding"), b.Text("action"), loading.Provenance(b));

    private static VitalSignTime VitalSign(Loading loading, Block b) => new(b.Text("at"), b.OptionalText("at_first_infusion"), b.Text("take"), loading.Provenance(b));

    private static PreparationStep Hydration(Loading loading, Block b) =>
        new(b.Text("text"), null, loading.References(b, "rules", "safety"), loading.References(b, "not_rules", "safety"), loading.Provenance(b));

    private static PreparationStep Premedication(Loading loading, Block b)
    {
        var dose = b.OptionalText("dose");
        return new(dose is null ? b.Text("drug") : $"{b.Text("drug")}: {dose}", b.Text("when"), loading.References(b, "rules", "safety"), loading.References(b, "not_rules", "safety"), loading.Provenance(b));
    }

    private static SerologyWindow Serology(Loading loading, Block b) =>
        new(b.Texts("tests"), b.Number("evidence", "d"), Required(b, "window", "d"), b.Text("why"), b.OptionalText("instead"), loading.Provenance(b));

    private static SplitGuidance Split(Loading loading, Block b) => new(
        Required(b, "total", "g/kg"), (int)RequiredCount(b, "days"), [.. b.Numbers("allowed", "").Select(n => (int)n)], b.OptionalText("two_days_when"), loading.References(b, "two_days_without", "safety"),
        b.Number("max_day", "g/kg"), b.Number("max_day_high_thrombosis", "g"), loading.Provenance(b));

    private static MissedDoseKnowledge MissedDose(Loading loading, Block b)
    {
        if (!b.Flag("never_double"))
        {
            b.Problem("never_double", "must be true: a dose is never doubled to make up for a missed one.");
        }

        return new MissedDoseKnowledge
        {
            Published = Each(loading, b, "published", Sourced("rule")),
            Anchor = b.Name<ScheduleAnchor>("anchor"),
            WindowDays = Required(b, "window", "d"),
            MinGapFraction = RequiredCount(b, "min_gap_fraction"),
            LongGapWeeks = Required(b, "long_gap", "wk"),
            FinishCourseWithinDays = Required(b, "finish_course_within", "d"),
            Provenance = loading.Provenance(b),
        };
    }

    private static SubcutaneousKnowledge Subcutaneous(Loading loading, Block b)
    {
        foreach (var source in b.Texts("starts_source"))
        {
            loading.Cited(b, "starts_source", source);
        }

        return new(
            Required(b, "starts_after", "d"),
            Each(loading, b, "factors", (l, f) => new SubcutaneousFactor(Product(l, f), f.Text("use"), f.OptionalText("jurisdiction"), RequiredCount(f, "factor"), f.OptionalText("note"), l.Provenance(f))),
            Each(loading, b, "weekly_doses", (l, d) =>
            {
                var range = d.Range("dose", "g/kg");
                if (range is null && !d.Has("dose"))
                {
                    d.Problem("dose", "is missing.");
                }

                return new WeeklyDose(Product(l, d), d.Text("use"), range?.Low ?? 0, range?.High ?? 0, l.Provenance(d));
            }),
            b.Text("practice"));
    }

    private static SugarLoad Sugar(Loading loading, Block b) => new(Product(loading, b), b.Text("sugar"), Required(b, "per_ml", "mg/mL"), RequiredCount(b, "g_per_100_ml"), loading.Provenance(b));

    private static string Product(Loading loading, Block b) => loading.Reference(b, "product", "products") ?? b.Text("product");

    /// <summary>A number with its unit that must be there.</summary>
    internal static decimal Required(Block b, string key, string unit)
    {
        if (!b.Has(key))
        {
            b.Problem(key, "is missing.");
        }

        return b.Number(key, unit) ?? 0;
    }

    internal static decimal RequiredCount(Block b, string key)
    {
        if (!b.Has(key))
        {
            b.Problem(key, "is missing.");
        }

        return b.Count(key) ?? 0;
    }
}
