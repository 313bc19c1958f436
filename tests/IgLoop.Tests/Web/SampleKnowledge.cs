using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Tests.Web;

/// <summary>A small knowledge base with one of everything that a page can show.</summary>
internal static class SampleKnowledge
{
    private const string Facts = """
        facts:
          - {id: birth_date, name: Date of birth, type: date, group: Patient}
          - {id: sex, name: Sex, type: choice, choices: [female, male], group: Patient}
          - {id: weight, name: Body weight, type: quantity, unit: kg, plausible: 1..350, valid_for: 30 d, group: Patient, question: What does the patient weigh?}
          - {id: height, name: Height, type: quantity, unit: cm, plausible: 40..230, group: Patient}
          - {id: platelets, name: Platelet count, type: quantity, unit: 10*9/L, plausible: 0..2000, valid_for: 7 d, group: Blood}
          - {id: life_threatening_bleeding, name: Life-threatening bleeding, type: boolean, group: Blood, question: Is bleeding life-threatening?}
          - {id: failed_agents, name: Agents that failed, type: integer, plausible: 0..20, group: Treatment so far}
          - {id: antiphospholipid_positive, name: Antiphospholipid antibodies, type: boolean, group: Thrombosis}
          - {id: creatinine, name: Serum creatinine, type: quantity, unit: umol/L, units: {mg/dL: 88.42}, plausible: 10..3000, valid_for: 7 d, group: Kidney}
          - {id: last_live_vaccine, name: Last live vaccine, type: date, group: Vaccines}
        """;

    private const string Sources = """
        sources:
          igcalc_seeds: {title: Digest of the England 2021 policy, url: 'https://example.org/digest', scope: whole file, status: digest}
          bsr2018: {title: BSR guideline 2018, scope: abstract, status: read}
          label_boxed: {title: Boxed warning of the labels, status: read}
          seed_imaj2008: {title: Low dose IVIg in SLE, scope: abstract, status: read}
        """;

    private const string England = """
        id: nhs_england
        name: NHS England
        jurisdiction: England
        kind: policy
        labels: EU
        rules:
          - {text: dose on ideal weight when BMI is 30 or more, source: igcalc_seeds, status: digest}
        """;

    private const string Bsr = """
        id: bsr
        name: British Society for Rheumatology
        kind: guideline
        """;

    private const string Condition = """
        id: lupus_haematological
        name: Lupus with low blood counts
        codes: {icd10: ['D69.59'], snomed: ['55464009']}
        codes_status: unverified
        rate_scopes: [ITP]
        default_goal: thrombocytopenia
        measures: [Platelet count]
        note: Sample of one condition.
        authorities:
          - id: nhs_england_itp
            authority: nhs_england
            edition: 2021 (digest, ITP rows)
            category: first_line
            qualifying: {text: bleeding is life-threatening, when: life_threatening_bleeding}
            exclusions:
              - {text: mild disease, status: read}
            regimens:
              - {id: one, phase: induction, total: 1 g/kg, days: 1..2}
            review: {first: 4 mo, instruments: [Platelet count], success: [platelets at least doubled], status: unverified}
            stop: [no rise after the second dose]
            source: igcalc_seeds
            status: digest
          - id: bsr_2018
            authority: bsr
            edition: 2018
            category: not_mentioned
            source: bsr2018
            status: read
        conflicts:
          - topic: Low or high dose
            sides: ['Low dose: platelets did not rise', 'High dose: most rose, then fell']
            source: [seed_imaj2008]
        """;

    private const string Rule = """
        id: T01
        name: Thrombosis risk
        severity: WARN
        trigger: antiphospholipid antibodies
        action: slow rate, hydrate, split over days
        when: antiphospholipid_positive
        effects: [risk_rate]
        source: [label_boxed]
        status: read
        """;

    private const string Goal = """
        id: thrombocytopenia
        name: Thrombocytopenia
        condition: lupus_haematological
        bands:
          low: {direction: no_improvement, evidence: [{source: seed_imaj2008, cohort_n: 62, outcome: did not improve, status: read}]}
          high: {direction: benefit_transient, evidence: [{source: seed_imaj2008, n: 7, responders: 5, outcome: platelets rose, status: unverified}]}
        """;

    private const string Cases = """
        cases:
          - {name: antibodies present, kind: positive, rule: T01, chart: {antiphospholipid_positive: true}, expect: true}
        """;

    public static Product Privigen { get; } = new()
    {
        Id = "privigen",
        Brand = "Privigen 10 %",
        Manufacturer = "CSL Behring",
        Route = "IV",
        GramsPer100mL = 10,
        Form = "liquid",
        Vials = [new(5, 50, []), new(10, 100, []), new(20, 200, []), new(40, 400, ["US"])],
        IgaMax = 25,
        IgaClass = "low",
        Stabiliser = "L-proline 250 mmol/L",
        Sugar = "none",
        Excipients = ["proline"],
        Indications = new Dictionary<string, IReadOnlyList<string>> { ["US"] = ["PI", "chronic ITP"] },
        LabelDose = new Dictionary<string, string> { ["ITP_US"] = "1 g/kg a day for 2 days" },
        Rates = [new() { Scope = "ITP", Jurisdictions = ["US"], Ladder = [0.005m, 0.01m, 0.02m, 0.04m], Max = 0.04m, FirstStepMinutes = 30, StepMinutes = 30, LadderBasis = "convention", Provenance = new(["label_boxed"], Status.Read, new Dictionary<string, Status>()) }],
        Contraindications = ["hyperprolinaemia"],
        ExcipientWarnings = ["hyperprolinaemia"],
        Fields = new Dictionary<string, Provenance> { ["iga"] = new(["label_boxed"], Status.Read, new Dictionary<string, Status>()) },
        Place = new("products/privigen.yaml", 1),
    };

    public static Study Maier { get; } = new()
    {
        Id = "maier-1990",
        Condition = "lupus_haematological",
        Citation = "Maier WP et al. 1990",
        Pmid = "2104513",
        Design = "case_series",
        N = 7,
        Arms = [new("high dose", 7, 2, "0.4 g/kg a day for 5 days")],
        Outcomes = [new("platelets", "response", ["responders: 5", "n: 7"])],
        Certainty = "very_low",
        UnverifiedFields = [],
        Status = Status.Digest,
        Place = new("evidence/maier-1990.yaml", 1),
    };

    // After what it holds: static members are made in the order in which they stand.
    public static KnowledgeBase Base { get; } = Load();

    private static KnowledgeBase Load()
    {
        KnowledgeFile[] files =
        [
            new("facts/facts.yaml", Facts), new("sources/sources.yaml", Sources), new("authorities/nhs_england.yaml", England), new("authorities/bsr.yaml", Bsr),
            new("conditions/lupus_haematological.yaml", Condition), new("safety/T01.yaml", Rule), new("safety/T01.cases.yaml", Cases), new("manifestations/thrombocytopenia.yaml", Goal),
        ];
        Assert.True(KnowledgeBase.TryLoad(files, out var k, out var problems), string.Join('\n', problems));
        return new KnowledgeBase
        {
            Hash = k.Hash,
            Facts = k.Facts,
            Derivations = k.Derivations,
            Sources = k.Sources,
            Authorities = k.Authorities,
            Conditions = k.Conditions,
            Manifestations = k.Manifestations,
            Rules = k.Rules,
            Cases = k.Cases,
            Products = new Dictionary<string, Product> { ["privigen"] = Privigen },
            Studies = new Dictionary<string, Study> { ["maier-1990"] = Maier },
        };
    }
}
