namespace IgLoop.Core.Scoring.Forms;

/// <summary>Instruments whose answers need more than adding: one file each in this folder.</summary>
internal static class FormTable
{
    public static readonly IReadOnlyDictionary<string, Scorer> All = new Dictionary<string, Scorer>(StringComparer.Ordinal)
    {
        ["sledai_arthritis"] = SledaiArthritis.Score,
        ["sledai_band"] = BandOfTotal.For("sledai2k", "total"),
        ["clasi_band"] = BandOfTotal.For("clasi", "activity"),
        ["cdasi_band"] = BandOfTotal.For("cdasi", "activity"),
        ["cdasi_severity"] = BandOfTotal.For("cdasi", "activity"),
        ["pga"] = GlobalAndGrade.Pga,
        ["pga_change"] = GlobalAndGrade.Pga,
        ["gbs_ds"] = GlobalAndGrade.GbsGrade,
        ["gbs_ds_change"] = GlobalAndGrade.GbsGrade,
        ["incat_arm"] = ArmAndLegGrades.IncatArm,
        ["onls_arm"] = ArmAndLegGrades.OnlsArm,
        ["onls_leg"] = ArmAndLegGrades.OnlsLeg,
        ["irods"] = LicensedForms.Irods,
        ["irods_change"] = IrodsChange.Score,
        ["eq5d"] = LicensedForms.Eq5d,
        ["sf36_scale"] = LicensedForms.Sf36Scale,
        ["qmg_item"] = QmgItem.One,
        ["qmg_item_table"] = QmgItem.Several,
    };
}
