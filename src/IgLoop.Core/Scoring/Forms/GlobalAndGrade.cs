using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Scoring.Forms;

/// <summary>Single values that are also read as a change between two visits.</summary>
internal static class GlobalAndGrade
{
    /// <summary>Physician's global assessment, 0..3 in decimals: its value, or its change. A rise of exactly 0.3 is a worsening.</summary>
    public static ScoreResult Pga(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var instrument = knowledge.Instruments["pga"];
        string[] earlier = ["baseline", "pga_baseline", "pga_prev"];
        string[] later = ["now", "pga_now"];
        if (!earlier.Concat(later).ToList().Exists(inputs.Has))
        {
            return Addition.Score(instrument, null, inputs);
        }

        var (low, high) = (instrument.Totals[0].Low, instrument.Totals[0].High);
        decimal? First(string[] names) => names.Select(n => inputs.Number(n, low, high)).FirstOrDefault(v => v is not null);
        var (baseline, now) = (First(earlier), First(later));
        var worsening = instrument.Changes.First(c => c.Id == "worsening");
        var limit = worsening.Points!.Value;
        var change = now - baseline;
        return ScoreResult.Of("pga", ("change", Given.Of(change)), ("worsened", Given.Of(ChangeVerdict.Within(worsening, baseline, now, instrument.Totals[0])))) with
        {
            Version = instrument.Version,
            Missing = [.. new[] { ("baseline", baseline), ("now", now) }.Where(x => x.Item2 is null).Select(x => x.Item1)],
            Working = [change is { } d ? $"{ScoreInputs.Show(now!.Value)} - {ScoreInputs.Show(baseline!.Value)} = {ScoreInputs.Show(d)}; worse from {ScoreInputs.Show(limit)} on" : "one of the two is unknown"],
        };
    }

    /// <summary>Disability grade of Guillain-Barré syndrome, 0..6: the grade, or whether it is a grade better at four weeks.</summary>
    public static ScoreResult GbsGrade(KnowledgeBase knowledge, ScoreInputs inputs)
    {
        var instrument = knowledge.Instruments["gbs_ds"];
        if (!inputs.Has("baseline") && !inputs.Has("week4") && !inputs.Has("now"))
        {
            return Addition.Score(instrument, null, inputs);
        }

        var baseline = inputs.Whole("baseline", 0, 6);
        var week4 = inputs.Whole("week4", 0, 6) ?? inputs.Whole("now", 0, 6);
        var improvement = instrument.Changes.First(c => c.Id == "improvement");
        var limit = improvement.Points!.Value;
        var change = week4 - baseline;
        return ScoreResult.Of("gbs_ds", ("improved", Given.Of(ChangeVerdict.Within(improvement, baseline, week4, instrument.Totals[0]))), ("change", Given.Of((decimal?)change))) with
        {
            Version = instrument.Version,
            Missing = [.. new[] { ("baseline", baseline), ("week4", week4) }.Where(x => x.Item2 is null).Select(x => x.Item1)],
            Working = [change is { } d ? $"grade {baseline} to {week4}: {d.ToString("+0;-0;0", System.Globalization.CultureInfo.InvariantCulture)}; better from one grade down on" : "one of the two grades is unknown"],
        };
    }
}
