using IgLoop.Core.Knowledge;

namespace IgLoop.Core.Tests.Monitoring;

/// <summary>Which rules fire on which patient, in the short names that other people's batch files use.</summary>
public class SafetyRules
{
    [Theory]
    [InlineData("hyperprolinaemia: true", "privigen", "C06 BLOCK")]
    [InlineData("age: 72, ckd: true", "carimune_nf", "K02 BLOCK, K01 WARN, T01 WARN, G03 WARN")]
    [InlineData("abo: A, course_g_kg: 2.0", "privigen", "H01 WARN")]
    [InlineData("cad: true, daily_g: 70", "privigen", "T02 OVERRIDE, T01 WARN")]
    [InlineData("iga_g_L: 0.38", "privigen", "C04 INFO")]
    [InlineData("iga_g_L: 0.03, anti_iga: true, past_hypersensitivity: true, jurisdiction: US", "privigen", "C02 BLOCK")]
    [InlineData("anti_iga: true, jurisdiction: EU", "privigen", "C02 BLOCK")]
    [InlineData("iga_g_L: 0.03", "privigen", "C03 OVERRIDE")]
    [InlineData("iga_g_L: 0.03, anti_iga: true, past_hypersensitivity: false, jurisdiction: US", "privigen", "C03 OVERRIDE")]
    [InlineData("hfi: true", "flebogamma_dif_5", "C07 BLOCK")]
    [InlineData("age: 1", "gammaplex_5", "C07 BLOCK")]
    [InlineData("corn_allergy: true", "octagam_5", "C08 BLOCK")]
    [InlineData("corn_allergy: true", "gamten", "C08 BLOCK")]
    [InlineData("polysorbate_allergy: true", "gammaplex_10", "C09 BLOCK")]
    [InlineData("diabetes: true, meter: unknown", "octagam_10", "D03 BLOCK, D01 WARN")]
    [InlineData("meter: gdh_pqq", "octagam_5", "D03 BLOCK, D01 WARN")]
    [InlineData("diabetes: true, meter: GDH-PQQ", "octagam_10", "D03 BLOCK, D01 WARN")]
    [InlineData("diabetes: true, meter: glucose_specific", "octagam_10", "D01 WARN")]
    [InlineData("diabetes: true", "gammagard_sd_5", "D02 WARN, K01 WARN, T01 WARN")]
    [InlineData("egfr: 25", "privigen", "K03 OVERRIDE, K01 WARN, F01 WARN")]
    [InlineData("lvef: 35", "privigen", "F01 WARN")]
    [InlineData("migraine: true", "privigen", "A01 WARN")]
    [InlineData("apl: true", "privigen", "T01 WARN")]
    [InlineData("aps: true", "privigen", "T05 OVERRIDE, T02 OVERRIDE, T01 WARN")]
    [InlineData("surgery_days: 7", "privigen", "T07 WARN")]
    [InlineData("weeks_since_last: 9", "privigen", "M02 WARN")]
    [InlineData("product_last_given: octagam_10", "privigen", "M01 WARN")]
    [InlineData("course_g_kg: 2.4", "privigen", "M04 OVERRIDE")]
    [InlineData("pregnant: true", "privigen", "G01 INFO")]
    [InlineData("live_vaccine: true, immunosuppressant: true", "privigen", "X04 BLOCK, X01 WARN")]
    public void a_patient_raises_the_rules_that_fit(string patient, string product, string expected)
    {
        var fired = Ward.Fired(patient, product);

        Assert.All(expected.Split(", "), rule => Assert.Contains(rule, fired));
    }

    [Fact]
    public void low_iga_alone_raises_nothing_but_its_own_note() => Assert.Equal(["C04 INFO"], Ward.Fired("iga_g_L: 0.38", "privigen"));

    [Fact]
    public void nothing_known_raises_only_the_missing_iga() => Assert.Equal(["C05 WARN"], Ward.Fired("", "privigen"));

    [Theory]
    [InlineData("abo: O, course_g_kg: 2.0", "privigen", "H01")]
    [InlineData("apl: true", "privigen", "T05")]
    [InlineData("hyperprolinaemia: true", "gamunex_c", "C06")]
    [InlineData("weeks_since_last: 8", "privigen", "M02")]
    [InlineData("course_g_kg: 2", "privigen", "M04")]
    [InlineData("iga_g_L: 0.03, anti_iga: true, jurisdiction: US", "privigen", "C02")]
    [InlineData("diabetes: true, meter: glucose_specific", "octagam_10", "D03")]
    public void a_rule_that_does_not_fit_stays_silent(string patient, string product, string rule) =>
        Assert.DoesNotContain(Ward.Fired(patient, product), fired => fired.StartsWith(rule, StringComparison.Ordinal));

    [Theory]
    [InlineData("K01", "renal_risk")]
    [InlineData("T01", "thrombosis_risk")]
    public void the_fact_that_other_rules_use_is_the_same_list_as_its_rule(string rule, string fact)
    {
        var listed = Ward.Knowledge.Rules.Single(r => r.Id == rule).When.Canonical;

        Assert.Equal(listed, Ward.Knowledge.Derivations.Steps.Single(s => s.Fact.Id == fact).Criterion.Canonical);
    }

    [Fact]
    public void a_block_of_rate_vaccine_or_line_says_that_it_does_not_block_the_treatment() => Assert.Equal(
        ["M07 Line", "T04 Rate", "X04 Vaccine"],
        Ward.Knowledge.Rules.Where(r => r.Severity == Severity.Block && r.Against is not (RuleTarget.Treatment or RuleTarget.Product)).Select(r => $"{r.Id} {r.Against}").Order(StringComparer.Ordinal));

    [Fact]
    public void the_blocks_that_rest_on_general_knowledge_are_known() => Assert.Equal(
        ["H03"],
        Ward.Knowledge.Rules.Where(r => r.Severity == Severity.Block && r.Provenance.Of("severity") == Status.Unverified).Select(r => r.Id));

    [Fact]
    public void every_case_of_the_safety_rules_holds() => Assert.Empty(CaseRun.Of(Ward.Knowledge));
}
