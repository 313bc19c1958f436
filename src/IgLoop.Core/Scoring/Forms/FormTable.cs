namespace IgLoop.Core.Scoring.Forms;

/// <summary>Instruments whose answers need more than adding: one file each in this folder.</summary>
internal static class FormTable
{
    public static readonly IReadOnlyDictionary<string, Scorer> All = new Dictionary<string, Scorer>(StringComparer.Ordinal)
    {
        ["sledai_arthritis"] = SledaiArthritis.Score,
        ["qmg_item"] = QmgItem.One,
        ["qmg_item_table"] = QmgItem.Several,
    };
}
