using System.Globalization;
using System.Text;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;
using IgLoop.Features.Scores;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Response;

/// <summary>A review as a clinician reads it: the verdict, why, what to mind, then every judge with its arithmetic.</summary>
public static class ReviewText
{
    public static string Of(KnowledgeBase knowledge, Review r)
    {
        var text = new StringBuilder();
        var who = string.Join(" · ", new[] { r.Request.Patient, r.Request.Condition?.Name, $"judged by {ScoreNames.Of(knowledge, r.Request.Instrument)}", string.Create(CultureInfo.InvariantCulture, $"as of {r.Request.At:d MMMM yyyy}") }.OfType<string>());
        text.AppendLine(who).AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Head(r)}  {Sentence(r.Why)}");
        foreach (var m in r.Missing)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"NEXT STEP  {Sentence($"give {Words.Inside(m)}")}");
        }

        if (r.Responder is not null && !r.MayDecide)
        {
            text.AppendLine("A limit that nobody read in its source took part: this decides no review by itself.");
        }

        if (r.Warnings.Count > 0)
        {
            text.AppendLine().AppendLine("Mind");
            foreach (var w in r.Warnings)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  WARN  {w.Text}");
            }
        }

        Section(text, r, Judge.Instrument, "By the instrument");
        Section(text, r, Judge.Composite, "By rules that weigh several things");
        Section(text, r, Judge.Authority, "By each authority's review rule");
        if (r.LeftOut.Count > 0)
        {
            text.AppendLine().AppendLine("Speaks of another phase or goal, and was left out");
            foreach (var l in r.LeftOut)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {l.Name}: holds {l.When}");
            }
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Pairing: {r.Pairing}.");
        return text.ToString().TrimEnd();
    }

    public static string Of(CohortReview c)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{c.Reviews.Count} patients").AppendLine();
        foreach (var p in new[] { c.IntentionToTreat, c.Assessable })
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{p.Responders} of {p.Of}{(p.Percent is { } q ? string.Create(CultureInfo.InvariantCulture, $" ({q:0.#} %, 95 % interval {p.Low:0.#} to {p.High:0.#} %)") : "")} responded, {p.Denominator}: {p.Meaning}");
        }

        if (c.Bands.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Bands: {string.Join(", ", c.Bands.Select(b => $"{Words.Plain(b.Band)} {b.Count}"))}");
        }

        if (c.NotAssessable.Count > 0)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Not assessable: {string.Join(", ", c.NotAssessable.Select(b => $"{Words.Plain(b.Reason)} {b.Count}"))}");
        }

        text.AppendLine();
        var n = 0;
        foreach (var r in c.Reviews)
        {
            n++;
            text.AppendLine(CultureInfo.InvariantCulture, $"  {r.Request.Patient ?? $"{n}",-8} {Head(r),-14} {InstrumentWords.Line(r.Why)}");
        }

        return text.ToString().TrimEnd();
    }

    private static void Section(StringBuilder text, Review r, Judge judge, string title)
    {
        var verdicts = r.Verdicts.Where(v => v.Judge == judge).ToList();
        if (verdicts.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(title);
        foreach (var v in verdicts)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {v.Met switch { true => "met", false => "not met", null => "open" },-8} {v.Name}{(v.Band is { } b ? $": {Words.Plain(b)}" : "")}{(v.MayDecide ? "" : "   [unverified: decides nothing by itself]")}{(v.Sources.Count > 0 ? $"   [{string.Join(", ", v.Sources)}]" : "")}");
            foreach (var line in v.Working.Where(l => l.Length > 0))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"             {InstrumentWords.Line(line)}");
            }
        }
    }

    private static string Head(Review r) => r.Responder switch { true => "RESPONSE", false => "NO RESPONSE", null => r.Request.Withdrawn is null ? "OPEN" : "NOT JUDGED" };

    private static string Sentence(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}
