using IgLoop.Core.Criteria;
using IgLoop.Core.Deciding;
using IgLoop.Core.Dosing;
using IgLoop.Core.Facts;
using IgLoop.Core.Infusing;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Monitoring;

namespace IgLoop.Tests.Web;

/// <summary>A decision with every part filled, for the pages that show one.</summary>
internal static class SampleDecision
{
    private static readonly Provenance Read = new(["label_boxed"], Status.Read, new Dictionary<string, Status>());

    public static Decision Of(Chart chart, DecisionRequest request)
    {
        var k = SampleKnowledge.Base;
        var condition = k.Conditions["lupus_haematological"];
        var bleeding = Fact(k, "life_threatening_bleeding");
        var antibodies = Fact(k, "antiphospholipid_positive");
        var facts = new FactSet(k.Facts).With(chart.Entries.GroupBy(e => e.Fact).Select(e => KeyValuePair.Create(e.Key, (FactValue?)e.Last().Value)));
        var known = facts[bleeding];
        var leaf = new Explanation("bleeding is life-threatening", known?.AsBoolean, "leaf", [], bleeding, known);
        var goal = k.Manifestations["thrombocytopenia"];
        return new Decision
        {
            Request = request,
            Chart = new(facts, [new(Fact(k, "creatinine"), FactValue.Of(83, request.At.AddDays(-214), "Observation/9"))], chart.NotUnderstood, request.At, chart.Label, chart.Died),
            Condition = condition,
            Goal = goal,
            Subject = $"Lupus with thrombocytopenia · 1 g/kg · 34-year-old woman, 64 kg, 162 cm · as of {request.At:d MMMM yyyy}",
            Headline = known?.AsBoolean == true
                ? new(Outcome.Supported, "May be given as planned", "England 2021 supports it: bleeding is life-threatening.", "Take serum for anti-dsDNA today, then start.")
                : new(Outcome.Conditional, "Depends on how severe the bleeding is", "England 2021 supports it in life-threatening bleeding; that is not known.", "Say how severe the bleeding is: it decides England's verdict."),
            Verdicts =
            [
                new()
                {
                    Authority = "nhs_england", AuthorityName = "NHS England", Entry = condition.Entries[0], Kind = known is null ? VerdictKind.SupportedIf : known.AsBoolean ? VerdictKind.Supported : VerdictKind.NotSupported,
                    Reason = "If bleeding is life-threatening.", Missing = known is null ? [bleeding] : [], Qualifying = new("all", leaf.Result, "and", [leaf, new("not mild disease", true, "not", [], antibodies, FactValue.Of(false, request.At, "Condition/4"))], null, null), Exclusions = [],
                },
                new() { Authority = "bsr", AuthorityName = "British Society for Rheumatology", Entry = condition.Entries[1], Kind = VerdictKind.DoesNotCover, Reason = "Not mentioned in the part that was read; that is not a no.", Missing = [], Exclusions = [] },
            ],
            Findings = [new() { Rule = k.Rules[0], Severity = Severity.Warn, Why = new("antiphospholipid antibodies positive", true, "leaf", [], antibodies, FactValue.Of(true, new DateOnly(2026, 9, 3), "Observation/7")) }],
            OpenRules = [],
            Dose = new DosePlan
            {
                Rule = "international", Basis = "actual weight", ActualKg = 64, DosingKg = 64, Bmi = 24.4m, GPerKg = 1, UnroundedGrams = 64, RoundedGrams = 65, DeviationPercent = 1.6m,
                Working = ["BMI 24.4 kg/m²: below 30, so actual weight 64 kg", "64 kg × 1 g/kg = 64 g", "rounded to the vials: 65 g (+1.6 %)"], Days = [35, 30], SplitReasons = ["thrombosis risk: at most 35 g a day"], Candidates = [], Warnings = [],
            },
            RegimenFrom = "NHS England 2021, induction",
            OtherRegimens = ["BSR 2018: none stated"],
            Products =
            [
                new() { Product = SampleKnowledge.Privigen, Rank = 1, Reasons = ["IgA at most 25 µg/mL", "no sugar"], Refusals = [], Rates = SampleKnowledge.Privigen.Rates[0], Vials = new([new(40, 1), new(20, 1), new(5, 1)], 65, 0) },
                new() { Product = SampleKnowledge.Privigen with { Id = "octagam_5", Brand = "Octagam 5 %" }, Reasons = [], Refusals = [new("G01", "maltose, and a glucose meter is in use")] },
            ],
            Infusion = [Plan(35), Plan(30)],
            Monitoring = new MonitoringPlan
            {
                Before = [new("IgA", "before the first dose", "never measured", null, Read)],
                VitalSigns = [new("Pulse, blood pressure, temperature", "0, 15 and 30 min, each step, end", null, null, Read)],
                After = [new("Platelet count", "day 2 and day 5", null, null, Read)],
                Preparation = [],
                Vaccines = [new("Measles, varicella (live)", "not before 22 September 2027", "antibodies from the product", new DateOnly(2027, 9, 22), new(["label_boxed"], Status.Digest, new Dictionary<string, Status>()))],
                Reactions = [new("Grade 1", "halve the rate", null, null, Read)],
            },
            Review = new(["Platelet count"], [], ["first within 4 months (NHS England)"], ["platelets at least doubled (NHS England)"], ["no rise after the second dose (NHS England)"], ["igcalc_seeds"]),
            Missing = known is null ? [new(bleeding, ["NHS England (2021)", "the dose"], 40)] : [],
            Evidence = new(goal, DoseBand.Low, goal.Bands[DoseBand.Low], new Dictionary<DoseBand, BandEvidence> { [DoseBand.High] = goal.Bands[DoseBand.High] }),
            Studies = [SampleKnowledge.Maier],
            Conflicts = condition.Conflicts,
            Locked = [new("Gammagard S/D rates", "not verified in the source", "confirm product:gammagard_sd:rates in the site file")],
            KnowledgeHash = k.Hash,
            ProgramVersion = "0.1.0",
        };
    }

    private static InfusionPlan Plan(decimal grams)
    {
        var volume = grams * 10;
        decimal[] rates = [19.2m, 38.4m, 76.8m];
        var steps = new List<InfusionStep>();
        decimal at = 0, given = 0;
        foreach (var (rate, i) in rates.Select((r, i) => (r, i)))
        {
            var minutes = i < 2 ? 30 : (volume - given) / rate * 60;
            var step = rate * minutes / 60;
            given += step;
            steps.Add(new(i + 1, at, at + minutes, rate / 60 / 64, rate, step, given));
            at += minutes;
        }

        return new() { Product = "privigen", WeightKg = 64, DayGrams = grams, DayVolumeMl = volume, Steps = steps, TotalMinutes = at, CapMlPerKgMin = 0.02m, Basis = ["label gives start and ceiling; doubling every 30 min is our convention", "cap because of thrombosis risk"] };
    }

    private static FactDefinition Fact(KnowledgeBase k, string id) => k.Facts.TryFind(id, out var fact) ? fact : throw new KeyNotFoundException(id);
}
