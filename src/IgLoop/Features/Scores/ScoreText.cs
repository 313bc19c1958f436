using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Features.Scores.Calculations;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Scores;

/// <summary>A score as a person reads it: total or bounds, arithmetic, bands with the scheme's name, look-back, source and status.</summary>
public static class ScoreText
{
    private const int Column = 18;

    public static string Of(KnowledgeBase knowledge, ScoreResult result)
    {
        var lines = new List<string>();
        var instrument = ScoreNames.Owner(knowledge, result.Instrument);
        lines.Add($"{ScoreNames.Of(knowledge, result.Instrument)}{(instrument?.Version is { } v ? $" ({v})" : "")}");
        foreach (var total in result.Totals)
        {
            Put(total.Total.Name, total.Value is { } value
                ? $"{ScoreInputs.Show(value)} of {Range(total.Total)}"
                : $"not known: {ScoreInputs.Show(total.Lower)} to {ScoreInputs.Show(total.Upper)} of {Range(total.Total)}");
        }

        var shown = result.Totals.SelectMany((t, n) => new[] { t.Total.Result, Prefix(t, n) + "lower", Prefix(t, n) + "upper", Prefix(t, n) + "max" }).Concat(result.Bands.Select(b => b.Scheme.Result)).Concat(result.Limits.Select(l => l.Limit.Id)).Append("look_back_days").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in result.Values.Where(x => !shown.Contains(x.Name)))
        {
            Put(instrument is null ? Words.Sentence(Words.Plain(name)) : ScoreNames.Value(instrument, result.Instrument, name), Shown(value));
        }

        foreach (var line in result.Working)
        {
            Put("working", line);
        }

        foreach (var band in result.Bands)
        {
            Put("band", $"{band.Band?.Label ?? "open: the bounds lie in different bands"} - {band.Scheme.Name} {Cite(band.Scheme.Provenance)}");
        }

        foreach (var limit in result.Limits)
        {
            Put(limit.Limit.Name, $"{(limit.Holds is { } h ? h ? "yes" : "no" : "open")} {Cite(limit.Limit.Provenance)}");
        }

        foreach (var flag in result.Flags)
        {
            Put("flag", Words.Plain(flag));
        }

        foreach (var warning in result.Warnings)
        {
            Put("warning", warning);
        }

        if (result.Missing.Count > 0)
        {
            Put("missing", string.Join(", ", result.Missing.Select(m => instrument is null ? m : ScoreNames.WithId(ScoreNames.Part(instrument, result.Instrument, m), m))));
        }

        if (result.Unverified.Count > 0)
        {
            var totals = result.Totals.Count > 0 && result.Totals.All(t => t.MayDecide);
            Put("unverified", $"{string.Join(", ", result.Unverified.Select(u => instrument is null ? Words.Plain(u) : InstrumentWords.Unverified(instrument, u)))}: not read in a source; {(totals ? "shown, but the total does not rest on it" : "shown, but decides no review alone")}");
        }

        if (instrument is not null)
        {
            if (LookBack(instrument) is { } back)
            {
                Put("look-back", result["look_back_days"] is Given.Number days && days.Value != instrument.LookBack!.Days ? $"{ScoreInputs.Show(days.Value)} days instead of: {back}" : back);
            }

            foreach (var change in instrument.Changes)
            {
                Put("change", $"{change.Name} ({Words.Plain(change.Kind)}{(change.Decides ? "" : ", shown beside the deciding one")}) {Cite(change.Provenance)}");
            }

            Put("source", Cite(instrument.Provenance));
        }

        return string.Join('\n', lines);

        void Put(string label, string text) => lines.Add(label.Length < Column ? $"{label,-Column} {text}" : $"{label}: {text}");

        string Shown(Given value) => value is Given.List { Items.Count: > 0 } list
            ? string.Join("; ", list.Items.Select(i => i is Given.Text t && instrument is not null ? ScoreNames.Part(instrument, result.Instrument, t.Value) : CalculationSheet.Shown(i)))
            : CalculationSheet.Shown(value);
    }

    /// <summary>The look-back with its accepted variants, as one line.</summary>
    public static string? LookBack(Instrument instrument)
    {
        if (instrument.LookBack is not { } back)
        {
            return null;
        }

        var days = back.Days is { } d ? $"{d} days{(back.AcceptedDays.Count > 0 ? $" (also in use: {string.Join(", ", back.AcceptedDays)})" : "")}" : null;
        return $"{string.Join(". ", new[] { days, back.Text?.TrimEnd('.') }.OfType<string>())} {Cite(back.Provenance)}";
    }

    private static string Prefix(TotalScore total, int n) => n == 0 ? "" : total.Total.Result + "_";

    private static string Range(ScoreTotal total) => $"{ScoreInputs.Show(total.Low)} to {ScoreInputs.Show(total.High)}";

    private static string Cite(Provenance p) => $"[{string.Join(", ", p.Sources.Append(p.Status.ToString().ToLowerInvariant()))}]";
}
