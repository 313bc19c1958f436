using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Scoring;

namespace IgLoop.Features.Scores;

/// <summary>A score as a person reads it: total or bounds, arithmetic, bands with the scheme's name, look-back, source and status.</summary>
public static class ScoreText
{
    public static string Of(KnowledgeBase knowledge, ScoreResult result)
    {
        var lines = new List<string>();
        var instrument = Scorers.Find(knowledge, result.Instrument)?.Instrument ?? knowledge.Instruments.GetValueOrDefault(result.Instrument);
        lines.Add(instrument is null ? result.Instrument : $"{instrument.Name}{(instrument.Version is { } v ? $" ({v})" : "")}");
        foreach (var total in result.Totals)
        {
            Put(total.Total.Name, total.Value is { } value
                ? $"{ScoreInputs.Show(value)} of {Range(total.Total)}"
                : $"not known: {ScoreInputs.Show(total.Lower)} to {ScoreInputs.Show(total.Upper)} of {Range(total.Total)}");
        }

        var shown = result.Totals.SelectMany((t, n) => new[] { t.Total.Result, Prefix(t, n) + "lower", Prefix(t, n) + "upper", Prefix(t, n) + "max" }).Concat(result.Bands.Select(b => b.Scheme.Result)).Concat(result.Limits.Select(l => l.Limit.Id)).Append("look_back_days").ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in result.Values.Where(x => !shown.Contains(x.Name)))
        {
            Put(name, value.Show().Trim('\'').Replace("null", "not known", StringComparison.Ordinal));
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
            Put("flag", flag.Replace('_', ' '));
        }

        foreach (var warning in result.Warnings)
        {
            Put("warning", warning);
        }

        if (result.Missing.Count > 0)
        {
            Put("missing", string.Join(", ", result.Missing));
        }

        if (result.Unverified.Count > 0)
        {
            Put("unverified", $"{string.Join(", ", result.Unverified)}: not read in a source; shown, but decides no review alone");
        }

        if (instrument is not null)
        {
            if (LookBack(instrument) is { } back)
            {
                Put("look-back", result["look_back_days"] is Core.Knowledge.Reading.Given.Number days && days.Value != instrument.LookBack!.Days ? $"{ScoreInputs.Show(days.Value)} days instead of: {back}" : back);
            }

            foreach (var change in instrument.Changes)
            {
                Put("change", $"{change.Name} ({change.Kind}) {Cite(change.Provenance)}");
            }

            Put("source", Cite(instrument.Provenance));
        }

        return string.Join('\n', lines);

        void Put(string label, string text) => lines.Add($"{label,-18} {text}");
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
