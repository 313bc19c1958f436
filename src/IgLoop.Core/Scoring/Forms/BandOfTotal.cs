using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>What the schemes of an instrument call a total that is known already.</summary>
internal static class BandOfTotal
{
    public static Scorer For(string instrument, string total) => (knowledge, inputs) => Score(knowledge.Instruments[instrument], total, inputs);

    public static ScoreResult Score(Instrument instrument, string id, ScoreInputs inputs)
    {
        var total = instrument.Total(id)!;
        if (!inputs.Has(id))
        {
            throw inputs.Missing(id, $"the total from {ScoreInputs.Show(total.Low)} to {ScoreInputs.Show(total.High)}");
        }

        var value = inputs.OfTotal(id, total);
        var result = Banding.Read(instrument, [new(total, value, value ?? total.Low, value ?? total.High)]);
        return result with { Missing = value is null ? [id] : [], Working = [$"{total.Name}: {(value is { } w ? ScoreInputs.Show(w) : "unknown")}, as given"] };
    }
}
