using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>Each rule that weighs several things exactly on its limits and one step beside them.</summary>
public class CompositeBoundaries
{
    private const string Calm = "present: [arthritis], haemolytic_anaemia: false, gi_activity: false, new_feature: false, maintenance_ok: true";

    [Theory]
    [InlineData("lldas", Calm + ", pga: 1.0, pred_eq: 7.5", "met", "true")]
    [InlineData("lldas", Calm + ", pga: 1.01, pred_eq: 7.5", "met", "false")]
    [InlineData("lldas", Calm + ", pga: 1.0, pred_eq: 7.504", "met", "false")]
    [InlineData("doris2021", "present: [dna_binding], pga: 0.49, pred_eq: 5, stable: true", "met", "true")]
    [InlineData("doris2021", "present: [dna_binding], pga: 0.5, pred_eq: 5, stable: true", "met", "false")]
    [InlineData("doris2021", "present: [fever], pga: 0.4, pred_eq: 5, stable: true", "met", "false")]
    [InlineData("sri4", "sledai_baseline: 10, sledai_now: 6, new_bilag_a: 0, new_bilag_b: 1, pga_baseline: 0.4, pga_now: 0.69, rescue: false", "responder", "true")]
    [InlineData("sri4", "sledai_baseline: 10, sledai_now: 6, new_bilag_a: 0, new_bilag_b: 1, pga_baseline: 0.4, pga_now: 0.7, rescue: false", "responder", "false")]
    [InlineData("sri4", "sledai_baseline: 10, sledai_now: 7, new_bilag_a: 0, new_bilag_b: 1, pga_baseline: 1, pga_now: 1, rescue: false", "responder", "false")]
    [InlineData("sri4", "sledai_baseline: 10, sledai_now: 6, new_bilag_a: 0, new_bilag_b: 2, pga_baseline: 1, pga_now: 1, rescue: false", "responder", "false")]
    [InlineData("sri4", "sledai_baseline: 3, new_bilag_a: 0, new_bilag_b: 0, pga_baseline: 1, pga_now: 1, rescue: false", "responder", "false")]
    [InlineData("bicla", "baseline_grades: {renal: A}, now_grades: {renal: B}, sledai_baseline: 8, sledai_now: 8, pga_baseline: 0.4, pga_now: 0.7, treatment_failure: false", "responder", "true")]
    [InlineData("bicla", "baseline_grades: {renal: A}, now_grades: {renal: B}, sledai_baseline: 8, sledai_now: 9, pga_baseline: 0.4, pga_now: 0.7, treatment_failure: false", "responder", "false")]
    [InlineData("bicla", "baseline_grades: {renal: A}, now_grades: {renal: B}, sledai_baseline: 8, sledai_now: 8, pga_baseline: 0.4, pga_now: 0.71, treatment_failure: false", "responder", "false")]
    [InlineData("bicla", "baseline_grades: {renal: null}, now_grades: {renal: A}", "responder", "false")]
    [InlineData("itp_iwg", "baseline: 15, counts: [30, 30], days_apart: 7, bleeding: false", "category", "'R'")]
    [InlineData("itp_iwg", "baseline: 15, counts: [29, 30], days_apart: 7, bleeding: false", "category", "'NR'")]
    [InlineData("itp_iwg", "baseline: 16, counts: [31, 40], days_apart: 7, bleeding: false", "category", "'NR'")]
    [InlineData("itp_iwg", "baseline: 15, counts: [30, 30], days_apart: 6, bleeding: false", "category", "null")]
    [InlineData("itp_iwg", "baseline: 15, counts: [100, 100], days_apart: 7, bleeding: false", "category", "'CR'")]
    [InlineData("itp_iwg", "baseline: 15, counts: [100, 100], days_apart: 7, bleeding: false, steroid_dependent: null", "category", "null")]
    [InlineData("itp_loss", "from: CR, baseline: 12, now: 100, bleeding: false", "lost", "false")]
    [InlineData("itp_loss", "from: R, baseline: 15, now: 30, bleeding: false", "lost", "false")]
    [InlineData("itp_loss", "from: R, baseline: 16, now: 31, bleeding: false", "lost", "true")]
    [InlineData("incat_adjusted_change", "arm_from: 2, leg_from: 2, arm_to: 0, leg_to: 2", "change", "-2")]
    [InlineData("onls_change", "arm_from: 1, leg_from: 3, arm_to: 0, leg_to: 3", "responder", "false")]
    [InlineData("onls_change", "arm_from: 1, leg_from: 3, arm_to: 0, leg_to: 2", "responder", "true")]
    [InlineData("onls_change", "arm_from: 0, leg_from: 7, arm_to: 1, leg_to: 7", "worse", "false")]
    [InlineData("onls_adjusted_change", "arm_baseline: 3, leg_baseline: 3, arm_now: 2, leg_now: 3", "responder", "true")]
    [InlineData("onls_change", "leg_from: 7, leg_to: 1", "responder", "true")]
    [InlineData("onls_change", "leg_from: 5, leg_to: 1", "responder", "null")]
    [InlineData("cidp_bundle", "improved: [onls, grip, irods]", "meets_england_rule", "true")]
    [InlineData("cidp_bundle", "improved: [onls, grip]", "meets_england_rule", "false")]
    [InlineData("cidp_bundle", "improved: [onls, grip], not_assessed: [berg]", "meets_england_rule", "null")]
    [InlineData("sps_bundle", "improved: [timed_up_and_go, timed_10m_walk]", "meets_england_rule", "false")]
    [InlineData("tis2016", "md_global_pct: 5, patient_global_pct: 5, mmt_pct: 2, haq_pct: 5, enzyme_pct: 5, extramuscular_pct: 5", "total", "0")]
    [InlineData("tis2016", "md_global_pct: 5.01, patient_global_pct: 5, mmt_pct: 2, haq_pct: 5, enzyme_pct: 5, extramuscular_pct: 5", "total", "7.5")]
    [InlineData("tis2016", "mmt_pct: 11", "at_least_minimal", "true")]
    [InlineData("tis2016", "mmt_pct: 10", "at_least_minimal", "null")]
    [InlineData("pga", "baseline: 0.4, now: 0.7", "change", "0.3")]
    [InlineData("pga", "baseline: 0.4, now: 0.7", "worsened", "true")]
    [InlineData("pga", "baseline: 0.4, now: 0.69", "worsened", "false")]
    [InlineData("clasi_response", "baseline: 15, now: 12", "improved", "true")]
    [InlineData("clasi_response", "baseline: 16, now: 13", "improved", "false")]
    [InlineData("clasi_response", "baseline: 16, now: 12", "project_improved", "true")]
    [InlineData("clasi_response", "baseline: 0, now: 0", "improved", "null")]
    [InlineData("skin4", "baseline_total: 0, end_total: 0", "band", "null")]
    [InlineData("skin4", "baseline_total: 12, end_total: 3", "band", "'partial_helpful'")]
    [InlineData("skin4", "baseline_total: 12, end_total: 2.99", "band", "'complete_or_near_complete'")]
    [InlineData("skin4", "baseline_total: 12, end_total: 6", "band", "'limited'")]
    [InlineData("mg_adl_change", "baseline: 1", "responder", "false")]
    [InlineData("mg_adl_change", "baseline: 3, now: 1", "responder", "true")]
    [InlineData("steroid_sparing", "baseline: 7.5, now: 5", "to_le_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: 7.6, now: 7.5", "to_le_7_5", "true")]
    [InlineData("steroid_sparing", "baseline: 10, now: 7.5", "cut_25pct_to_le_7_5", "true")]
    [InlineData("steroid_sparing", "baseline: 9.9, now: 7.5", "cut_25pct_to_le_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: 20, now: 10, flare: false", "cut_50pct", "true")]
    [InlineData("steroid_sparing", "baseline: 20, now: 10.01, flare: false", "cut_50pct", "false")]
    [InlineData("steroid_sparing", "baseline: 0, now: 0, flare: false", "cut_50pct", "null")]
    [InlineData("steroid_sparing", "baseline: null, now: 10, flare: false", "to_le_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: null, now: 10, flare: false", "cut_25pct_to_le_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: null, now: 10, flare: false", "increase_gt_7_5", "null")]
    [InlineData("steroid_sparing", "baseline: 5, now: null", "to_le_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: 20, now: null", "increase_gt_7_5", "false")]
    [InlineData("steroid_sparing", "baseline: 20, now: null, flare: true", "cut_50pct", "false")]
    [InlineData("steroid_equiv", "drug: methylprednisolone, mg: 6.0032", "prednisone_mg", "7.5")]
    [InlineData("steroid_equiv", "drug: methylprednisolone, mg: 6.0032", "prednisone_mg_unrounded", "7.504")]
    [InlineData("gbs_ds", "baseline: 4, week4: 3", "improved", "true")]
    [InlineData("gbs_ds", "baseline: 0, week4: null", "improved", "false")]
    [InlineData("gbs_ds_access", "grade: 3, progressing_to_ventilation: false, megris: 2, megos: 4", "meets_england_rule", "true")]
    [InlineData("gbs_ds_access", "grade: 3, progressing_to_ventilation: false, megris: 2, megos: 3", "meets_england_rule", "false")]
    [InlineData("mgfa_pis", "symptoms: false, exam_weakness: none, months_stable: 11, therapy: none", "status", "null")]
    [InlineData("mgfa_pis", "symptoms: false, exam_weakness: none, months_stable: 12, therapy: none", "status", "'CSR'")]
    [InlineData("mgfa_pis", "symptoms: false, exam_weakness: null, months_stable: null, therapy: both", "status", "'MM-3'")]
    [InlineData("mgfa_pis", "symptoms: false, exam_weakness: some, months_stable: 12, therapy: cholinesterase_high", "status", "null")]
    [InlineData("tug3", "baseline_s: 10, now_s: 13", "deteriorated_gt30", "false")]
    [InlineData("tug3", "baseline_s: 10, now_s: 13.01", "deteriorated_gt30", "true")]
    [InlineData("tug3", "baseline_s: unable, now_s: null", "deteriorated_gt30", "false")]
    [InlineData("grip", "baseline: 40, now: 48, unit: kPa", "meets_ge8", "true")]
    [InlineData("grip", "baseline: 40, now: 48, unit: kPa", "meets_gt8", "false")]
    [InlineData("imacs_doi", "pct: {md_global: 20, patient_global: 20, mmt: -24, haq: 20, enzyme: -25, extramuscular: -25}", "improved", "true")]
    [InlineData("imacs_doi", "pct: {md_global: 20, patient_global: 20, mmt: -25, haq: 20, enzyme: 0, extramuscular: 0}", "improved", "false")]
    public void a_limit_holds_exactly_where_the_file_says(string instrument, string inputs, string name, string expected) =>
        Assert.Equal(expected, Clinic.Score(instrument, inputs)[name]!.Show());

    [Theory]
    [InlineData("sledai_prev: 9, sledai_now: 12", "mild_moderate")]
    [InlineData("sledai_prev: 10, sledai_now: 12", "none")]
    [InlineData("sledai_prev: 12, sledai_now: 13", "severe")]
    [InlineData("sledai_prev: 13, sledai_now: 13", "none")]
    [InlineData("pga_prev: 1.5, pga_now: 2.5", "mild_moderate")]
    [InlineData("pga_prev: 1.51, pga_now: 2.5", "none")]
    [InlineData("pga_prev: 2.5, pga_now: 2.51", "severe")]
    [InlineData("prednisone_mg_kg_prev: 0.4, prednisone_mg_kg_now: 0.5", "mild_moderate")]
    [InlineData("prednisone_mg_kg_prev: 0.5, prednisone_mg_kg_now: 0.51", "severe")]
    [InlineData("new_manifestations: [nephritis], prednisone_mg_kg_prev: 0.1, prednisone_mg_kg_now: 0.2", "severe")]
    [InlineData("new_manifestations: [nephritis], prednisone_mg_kg_prev: 0.1, prednisone_mg_kg_now: 0.19", "mild_moderate")]
    public void a_flare_is_graded_exactly_on_its_limits(string inputs, string grade) =>
        Assert.Equal(grade, (Clinic.Score("sfi", inputs)["category"] as Given.Text)?.Value);

    [Fact]
    public void prednisone_started_from_none_is_no_doubling_and_leaves_severe_open_beside_a_severe_sign()
    {
        var started = Clinic.Score("sfi", "prednisone_mg_kg_prev: 0, prednisone_mg_kg_now: 0.2");
        var withSign = Clinic.Score("sfi", "new_manifestations: [nephritis], prednisone_mg_kg_prev: 0, prednisone_mg_kg_now: 0.2");

        Assert.Equal(("'mild_moderate'", 0), (started["category"]!.Show(), started.Flags.Count));
        Assert.Equal("'mild_moderate'", withSign["category"]!.Show());
        Assert.Contains("severe_not_excluded", withSign.Flags);
        Assert.Contains("severe_manifestation_with_escalation", withSign.Missing);
    }

    [Fact]
    public void no_weakness_on_a_cholinesterase_inhibitor_is_neither_remission_nor_by_the_letter_minimal_manifestations()
    {
        var r = Clinic.Score("mgfa_pis", "symptoms: false, exam_weakness: none, months_stable: 14, therapy: cholinesterase_low");

        Assert.Equal("'MM-2'", r["status"]!.Show());
        Assert.Contains("no_weakness", r.Flags);
        Assert.Empty(Clinic.Score("mgfa_pis", "symptoms: false, exam_weakness: some, months_stable: 14, therapy: cholinesterase_low").Flags);
    }
}
