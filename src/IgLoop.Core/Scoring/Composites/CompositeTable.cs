namespace IgLoop.Core.Scoring.Composites;

/// <summary>Rules that weigh several instruments, or one at two times: one file each in this folder.</summary>
internal static class CompositeTable
{
    public static readonly IReadOnlyDictionary<string, Scorer> All = new Dictionary<string, Scorer>(StringComparer.Ordinal)
    {
        ["sri4"] = Sri4.Score,
        ["bicla"] = Bicla.Score,
        ["lldas"] = LupusStates.Lldas,
        ["lldas_cohort"] = LupusStates.Cohort,
        ["doris2021"] = LupusStates.Doris,
        ["sfi"] = FlareIndex.Score,
        ["itp_iwg"] = Platelets.Response,
        ["itp_loss"] = Platelets.Loss,
        ["incat_adjusted_change"] = AdjustedChange.For("incat"),
        ["incat_change"] = AdjustedChange.For("incat"),
        ["onls_adjusted_change"] = AdjustedChange.For("onls"),
        ["onls_change"] = AdjustedChange.For("onls"),
        ["steroid_equiv"] = Steroids.Equivalent,
        ["steroid_sparing"] = Steroids.Sparing,
        ["tis2016"] = Myositis.Improvement,
        ["tis2016_pct"] = Myositis.Percent,
        ["tis_cohort"] = Myositis.Cohort,
        ["imacs_doi"] = Myositis.EarlierDefinition,
        ["dm_deterioration"] = Myositis.Deterioration,
        ["mgfa_pis"] = PostIntervention.Score,
        ["cidp_bundle"] = Bundle.For("cidp_bundle"),
        ["mmn_bundle"] = Bundle.For("mmn_bundle"),
        ["myositis_bundle"] = Bundle.For("myositis_bundle"),
        ["sps_bundle"] = Bundle.For("sps_bundle"),
        ["gbs_ds_access"] = GbsAccess.Score,
        ["tug3"] = Changes.Tug3,
        ["clasi_response"] = Changes.Clasi,
        ["cdasi_change"] = Changes.Cdasi,
        ["mg_adl_change"] = Changes.OfTotal("mg_adl"),
        ["mgc_change"] = Changes.OfTotal("mgc"),
        ["qmg_change"] = Changes.OfTotal("qmg"),
        ["grip"] = Changes.Grip,
        ["skin4"] = Skin.Score,
    };
}
