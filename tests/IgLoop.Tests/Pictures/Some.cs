using IgLoop.Core.Literature;
using IgLoop.Pictures;

namespace IgLoop.Tests.Pictures;

/// <summary>Data for pictures: small, large and awkward, the same every time.</summary>
public static class Some
{
    /// <summary>A value from 0 to 1 that depends on its arguments only.</summary>
    public static double Chance(int i, int salt)
    {
        var x = unchecked((uint)((i * 374761393) + (salt * 668265263)));
        x = (x ^ (x >> 13)) * 1274126177;
        return (x ^ (x >> 16)) / (double)uint.MaxValue;
    }

    public static ForestStudy Study(int i)
    {
        var se = 0.12 + (0.7 * Chance(i, 1));
        var y = -0.4 + ((Chance(i, 2) - 0.5) * 1.4);
        return new($"Author{(i % 7 == 3 ? " and the multicentre collaborative group for neuromuscular disease" : "")} {1990 + (i % 30)}",
            Math.Exp(y), Math.Exp(y - (1.96 * se)), Math.Exp(y + (1.96 * se)), Math.Round(100 / 60.0 * (0.4 + Chance(i, 3)), 2))
        {
            Cells = [$"{(int)(Chance(i, 4) * 40)}/{40 + i}", $"{(int)(Chance(i, 5) * 40)}/{41 + i}"],
        };
    }

    public static Forest Forest(int k) => new("IVIg against placebo, disability improved", "Risk ratio", [.. Enumerable.Range(0, k).Select(Study)],
        k == 0 ? [] : [new("Random effects (REML, HKSJ)", 0.71, 0.55, 0.92, 0.31, 1.62)], Log: true)
    {
        Columns = ["IVIg", "Control"],
        FavoursLow = "favours control",
        FavoursHigh = "favours IVIg",
        Notes = ["Heterogeneity: tau² 0.12, I² 48 %, Q 112.3 on 59 degrees of freedom, p < 0.0001. Prediction interval by t on k − 1 degrees of freedom."],
    };

    public static Forest Grouped => new("Mean change of SLEDAI by dose", "Mean difference",
    [
        new("Small 2001", -3.1, -6.0, -0.2, 12, "Low dose (0.5 g/kg)"),
        new("Other 2008", -5.2, -6.4, -4.0, 40, "Low dose (0.5 g/kg)"),
        new("Open series without a standard deviation 1999", -4, null, null, null, "Low dose (0.5 g/kg)", "no standard deviation given"),
        new("High 1998", -6.0, -20, 8, 3, "High dose (2 g/kg)"),
        new("Higher 2005", -4.1, -5.9, -2.3, 45, "High dose (2 g/kg)"),
        new("Never reported 2010", null, null, null, null, "High dose (2 g/kg)", "outcome not reported"),
    ], [new("Common effect", -4.6, -5.5, -3.7), new("Random effects", -4.5, -6.1, -2.9, -8.2, -0.8)])
    {
        Groups = [new("Low dose (0.5 g/kg)", new("Subtotal", -5.0, -6.1, -3.9)), new("High dose (2 g/kg)", new("Subtotal", -4.2, -6.0, -2.4))],
        FavoursLow = "favours IVIg",
        FavoursHigh = "favours control",
    };

    /// <summary>A flow whose boxes add up: a size, so many reasons to exclude full texts, some of them long, and whether other methods found records too.</summary>
    public static PrismaFlow Prisma(int size, int reasons, bool others)
    {
        string[] words = ["wrong population", "wrong intervention: subcutaneous immunoglobulin, plasma exchange, or immunoglobulin together with another drug that was begun at the same time", "no comparison", "congress abstract only", "outcome not measured in the time that the protocol of this review names, and the authors did not answer when they were asked twice", "Supercalifragilisticexpialidociousimmunoglobulinreplacementtherapyregistrystudy"];
        FlowColumn Column(int identified)
        {
            var (duplicates, outs) = (identified / 4, identified / 2);
            var (sought, notRetrieved) = (identified - duplicates - outs, identified / 20);
            var excluded = Enumerable.Range(0, identified == 0 ? 0 : reasons).Select(i => ($"{words[i % words.Length]}{(i >= words.Length ? $", kind {i}" : "")}", Math.Max(1, (sought - notRetrieved) / (2 * reasons)))).ToList();
            return new()
            {
                Identified = identified, Duplicates = duplicates, Screened = identified - duplicates, ScreeningOpen = 0, ExcludedRecords = outs, Sought = sought, NotRetrieved = notRetrieved,
                Assessed = sought - notRetrieved, AssessmentOpen = 0, ExcludedReports = excluded, IncludedReports = sought - notRetrieved - excluded.Sum(e => e.Item2),
            };
        }

        var (main, other) = (Column(size), Column(others ? size / 10 : 0));
        return new()
        {
            Databases = size == 0 ? [] : [("PubMed", size - (size / 3)), ("Embase, with Embase Classic, searched through a vendor with a very long name indeed", size / 3)],
            Registers = [],
            Others = others ? [(OtherMethod.Website, "Organisation for neuromuscular disease", size / 10)] : [],
            Main = main,
            Other = other,
            IncludedStudies = main.IncludedReports + other.IncludedReports,
        };
    }

    /// <summary>Intervals that leave any axis, an estimate beyond it, and names longer than their column.</summary>
    public static Forest Wide => new("Improved, with intervals of all sizes", "Risk ratio",
    [
        new("Tiny 1987", 9.0, 0.02, 4000, 0.1),
        new("Beyond 1990", 5000, 300, 80000, 0.2),
        new("Below 1991", 0.0002, 0.00001, 0.004, 0.2),
        new("The multicentre, double-blind, placebo-controlled collaborative study group of neuromuscular disease 2001", 1.4, 1.1, 1.8, 60),
        new("Precise 2012", 1.3, 1.28, 1.32, 39.5),
    ], [new("Random effects", 1.4, 0.9, 2.2, 0.01, 200)], Log: true) { Axis = (0.1, 10), FavoursLow = "favours control", FavoursHigh = "favours IVIg" };

    /// <summary>Effects that are all the same, to the last digit.</summary>
    public static Forest Identical => new("Improved, all alike", "Risk ratio", [.. Enumerable.Range(1, 5).Select(i => new ForestStudy($"Study {i}", 1.5, 1.5, 1.5, 20))], [new("Common effect", 1.5, 1.5, 1.5, 1.5, 1.5)], Log: true);

    public static Funnel Funnel(int k, int filled = 0) => new("Small-study effects", "Risk ratio", [.. Enumerable.Range(0, k).Select(i => FunnelStudy(i, -0.5))], k == 0 ? null : -0.4, Log: true)
    {
        Filled = [.. Enumerable.Range(100, filled).Select(i => FunnelStudy(i, 0.1))],
    };

    public static Trajectory Trajectory(int patients)
    {
        var weeks = new[] { 0.0, 4, 8, 12, 16, 24 };
        var lines = Enumerable.Range(0, patients).Select(i => new TrajectoryLine($"P{i + 1}", [.. weeks.Where((_, w) => w == 0 || Chance(i, 50 + w) > 0.15)
            .Select((t, w) => (t, Math.Round(Math.Max(0, 14 + (8 * (Chance(i, 7) - 0.5)) - (t * (0.2 + (0.3 * Chance(i, 8)))) + (4 * (Chance(i, 20 + w) - 0.5))))))])).ToList();
        return new("SLEDAI after the first infusion", "Weeks after the first infusion", "SLEDAI-2K, points", lines,
            patients < 2 ? [] : [.. weeks.Select(t => new TrajectoryMean(t, 14 - (0.36 * t), 12.6 - (0.36 * t), 15.4 - (0.36 * t), patients))])
        {
            Thresholds = [new(4, "low disease activity: 4 or less"), new(3.5, "a second level close to it")],
        };
    }

    public static Trajectory TwoGroups => Trajectory(40) with
    {
        Means = [.. new[] { 0.0, 12, 24 }.SelectMany(t => new[] { new TrajectoryMean(t, 14 - (0.2 * t), 12.9 - (0.2 * t), 15.1 - (0.2 * t), 20, "Low dose"), new TrajectoryMean(t, 13.5 - (0.4 * t), 12 - (0.4 * t), 15 - (0.4 * t), 20, "High dose") })],
    };

    public static KaplanMeier KaplanMeier(int patients, int groups = 2) => new("Time to relapse after the last infusion", "Weeks after the last infusion", "Without relapse",
        [.. Enumerable.Range(0, groups).Select(g => Group($"{(g == 0 ? "Low dose" : g == 1 ? "High dose" : "Another dose with a long name")}", patients, g))])
    {
        Notes = ["Log-rank test: chi-squared 3.21 on 1 degree of freedom, p = 0.073. Intervals on the log-log scale."],
    };

    public static LAbbe LAbbe(int k) => new("Improved with IVIg and with placebo", "Improved", "IVIg", "placebo",
        [.. Enumerable.Range(0, k).Select(i => (N: 12 + (int)(90 * Chance(i, 61)), C: 0.1 + (0.5 * Chance(i, 62)))).Select((x, i) => new LAbbeStudy($"Study {i + 1}", Math.Round(x.N * Math.Min(1, x.C * (1 + Chance(i, 63)))), x.N, Math.Round(x.N * x.C), x.N))])
    {
        Pooled = k == 0 ? null : c => c * 1.5,
        PooledLabel = "pooled risk ratio 1.5",
    };

    public static PatientTrajectory Patient(int visits, int infusions) => new("SLEDAI-2K of one patient", "SLEDAI-2K, points",
        [.. Enumerable.Range(0, visits).Select(i => new PatientPoint(new DateOnly(2025, 1, 14).AddDays(i * 31), i == 3 ? null : Math.Round(18 * Math.Exp(-i / 4.0)) + (i % 2), i == 3 ? 6 : null, i == 3 ? 14 : null, i == 1 ? "within six weeks of an infusion" : ""))])
    {
        Infusions = [.. Enumerable.Range(0, infusions).Select(i => new PatientMark(new DateOnly(2025, 1, 20).AddDays(i * 28), "35 g"))],
        Thresholds = [new(14, "fall of 4 from baseline: response"), new(4, "low disease activity")],
        Bands = [new("mild activity", 1, 5), new("moderate activity", 5, 10), new("high activity", 10, 20), new("very high activity", 20, 105)],
    };

    public static Swimmer Swimmer(int courses) => new("Courses of immunoglobulin", "Weeks from the first infusion",
        [.. Enumerable.Range(0, courses).Select(i => (Long: 6 + Math.Round(46 * Chance(i, 71)), Low: Chance(i, 72) < 0.5)).Select((x, i) => new SwimmerLane(i == 4 ? "Patient with a very long identifier from another registry" : $"Patient {i + 1}", 0, x.Long, Chance(i, 73) < 0.3, x.Low ? "low dose" : "high dose")
        {
            Marks = [.. Enumerable.Range(0, (int)(x.Long / 4) + 1).Select(w => new SwimmerMark(w * 4, "infusion")), .. Chance(i, 74) < 0.6 ? new[] { new SwimmerMark(Math.Round(x.Long / 2) + 1, "response") } : [],
                .. Chance(i, 75) < 0.3 ? new[] { new SwimmerMark(x.Long - 1, "relapse") } : [], .. Chance(i, 76) < 0.3 ? new[] { new SwimmerMark(2, "reaction") } : []],
        })]);

    public static Love Love(int covariates) => new("Balance of low and high dose", [.. Enumerable.Range(0, covariates).Select(i => new LoveCovariate(i % 9 == 4 ? "Prednisone equivalent in the four weeks before the first infusion, mg a day" : $"Covariate {i + 1}", (Chance(i, 81) - 0.5) * 1.4, i == 2 ? null : (Chance(i, 82) - 0.5) * 0.15))]);

    public static Tornado Tornado(int bars) => new("One parameter at a time", "net monetary benefit at 50,000 CAD per QALY", -115_215,
        [.. Enumerable.Range(0, bars).Select(i => new TornadoRow(i % 7 == 3 ? "the high dose: share of patients that responds by the composite score" : $"parameter {i + 1}", "0.8", "1.2", -115_215 + (40_000.0 / (i + 1) * (Chance(i, 91) < 0.5 ? 1 : -1)), -115_215 - (50_000.0 / (i + 1)), "as given"))]);

    public static CostPlane CostPlane(int draws) => new("Difference in cost and in QALYs", "Difference in QALYs", "Difference in cost, CAD",
        [.. Enumerable.Range(0, draws).Select(i => (0.05 + (0.2 * (Chance(i, 92) + Chance(i, 93) - 1)), 120_000 + (90_000 * (Chance(i, 94) + Chance(i, 95) - 1))))], [50_000, 100_000]);

    public static Acceptability Acceptability(int points) => new("Share of draws that are worth their cost", "What a QALY may cost, CAD", [.. Enumerable.Range(0, points).Select(i => (i * 100_000.0, 1 - Math.Exp(-i / 8.0)))]);

    private static FunnelStudy FunnelStudy(int i, double centre)
    {
        var se = 0.08 + (0.6 * Chance(i, 1));
        return new($"Study {i + 1}", centre + (se * 2.4 * (Chance(i, 2) - 0.5)), se);
    }

    private static KaplanMeierGroup Group(string name, int patients, int g)
    {
        var times = Enumerable.Range(0, patients).Select(i => (Time: 1 + Math.Round(51 * Chance(i, 30 + g)), Event: Chance(i, 40 + g) < 0.6)).ToList();
        var (survival, steps) = (1.0, new List<KaplanMeierStep>());
        foreach (var t in times.Where(t => t.Event).Select(t => t.Time).Distinct().Order())
        {
            survival *= 1 - (times.Count(x => x.Event && x.Time == t) / (double)times.Count(x => x.Time >= t));
            var half = 1.96 * Math.Sqrt(survival * (1 - survival) / patients);
            steps.Add(new(t, survival, Math.Max(0, survival - half), Math.Min(1, survival + half)));
        }

        return new(name, steps, times);
    }
}
