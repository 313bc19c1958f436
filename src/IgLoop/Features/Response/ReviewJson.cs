using System.Text.Json.Nodes;
using IgLoop.Core.Reviewing;

namespace IgLoop.Features.Response;

/// <summary>A review as JSON: the verdict first, then every judge with its arithmetic.</summary>
public static class ReviewJson
{
    public static JsonObject Of(Review r)
    {
        var o = new JsonObject { ["patient"] = r.Request.Patient, ["condition"] = r.Request.Condition?.Id, ["instrument"] = r.Request.Instrument, ["at"] = Day(r.Request.At) };
        o["phase"] = r.Request.Phase;
        o["goal"] = r.Request.Goal;
        foreach (var key in new[] { "patient", "condition", "phase", "goal" }.Where(k => o[k] is null))
        {
            o.Remove(key);
        }

        o["responder"] = r.Responder;
        o["band"] = r.Band;
        o["assessable"] = r.Assessable;
        o["may_decide_review"] = r.MayDecide;
        o["why"] = r.Why;
        o["pairing"] = r.Pairing;
        o["baseline"] = Value(r.Baseline);
        o["end"] = Value(r.End);
        foreach (var (key, judge) in new[] { ("by_instrument", Judge.Instrument), ("by_composite", Judge.Composite), ("by_authority", Judge.Authority) })
        {
            o[key] = new JsonArray([.. r.Verdicts.Where(v => v.Judge == judge).Select(v => (JsonNode)Verdict(v))]);
        }

        o["left_out"] = new JsonArray([.. r.LeftOut.Select(l => (JsonNode)new JsonObject { ["by"] = l.Entry, ["name"] = l.Name, ["when"] = l.When })]);
        o["missing"] = Texts(r.Missing);
        o["warnings"] = new JsonArray([.. r.Warnings.Select(w => (JsonNode)new JsonObject { ["code"] = w.Code, ["text"] = w.Text })]);
        return o;
    }

    public static JsonObject Of(CohortReview c) => new()
    {
        ["intention_to_treat"] = Share(c.IntentionToTreat),
        ["assessable"] = Share(c.Assessable),
        ["bands"] = new JsonObject(c.Bands.Select(b => KeyValuePair.Create(b.Band, (JsonNode?)b.Count))),
        ["not_assessable"] = new JsonObject(c.NotAssessable.Select(b => KeyValuePair.Create(b.Reason, (JsonNode?)b.Count))),
        ["patients"] = new JsonArray([.. c.Reviews.Select(r => (JsonNode)Of(r))]),
    };

    private static JsonObject Verdict(ReviewVerdict v) => new()
    {
        ["by"] = v.By,
        ["name"] = v.Name,
        ["met"] = v.Met,
        ["band"] = v.Band,
        ["may_decide_review"] = v.MayDecide,
        ["flags"] = Texts(v.Flags),
        ["working"] = Texts(v.Working),
        ["source"] = Texts(v.Sources),
    };

    private static JsonObject Share(Proportion p) => new() { ["denominator"] = p.Denominator, ["meaning"] = p.Meaning, ["responders"] = p.Responders, ["of"] = p.Of, ["pct"] = p.Percent, ["ci_pct"] = p.Low is null ? null : new JsonArray(p.Low, p.High), ["level"] = 0.95, ["interval"] = "Wilson" };

    private static JsonObject? Value(Assessed? a) => a is null ? null : new() { ["at"] = Day(a.Day), ["value"] = a.IsUnable ? "unable" : a.IsKnown ? a.Low : null, ["lower"] = a.IsUnable ? null : a.Low, ["upper"] = a.IsUnable ? null : a.High, ["unit"] = a.Unit };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
