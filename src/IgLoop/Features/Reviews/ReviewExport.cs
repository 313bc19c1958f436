using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Literature;

namespace IgLoop.Features.Reviews;

/// <summary>Agreement in one line.</summary>
public static class AgreementText
{
    public static string Of(Agreement a) => a.Kappa is { } kappa
        ? string.Create(CultureInfo.InvariantCulture, $"kappa {kappa:0.00} (95 % CI {a.Low:0.00} to {a.High:0.00}), {a.Agreed} of {a.N} records judged alike")
        : a.N > 0 ? $"no kappa: {a.WhyNone} {a.Agreed} of {a.N} records judged alike" : "no record was judged by both yet";
}

/// <summary>The flow as JSON.</summary>
public static class FlowJson
{
    public static JsonObject Of(PrismaFlow f)
    {
        var flow = new JsonObject
        {
            ["identified"] = new JsonObject { ["databases"] = Named(f.Databases), ["registers"] = Named(f.Registers), ["total"] = f.Main.Identified },
        };
        Column(flow, f.Main);
        var other = new JsonObject
        {
            ["identified"] = new JsonArray([.. f.Others.Select(o => (JsonNode)new JsonObject { ["method"] = PrismaFlow.NameOf(o.Method).ToLowerInvariant(), ["name"] = o.Source, ["n"] = o.N })]),
            ["total"] = f.Other.Identified,
        };
        Column(other, f.Other);
        flow["other_methods"] = other;
        flow["studies_included"] = f.IncludedStudies;
        flow["reports_of_included_studies"] = f.IncludedReports;
        flow["complete"] = f.Complete;
        return flow;
    }

    private static void Column(JsonObject json, FlowColumn c)
    {
        json["duplicates_removed"] = c.Duplicates;
        json["records_screened"] = c.Screened;
        json["records_not_yet_decided"] = c.ScreeningOpen;
        json["records_excluded"] = c.ExcludedRecords;
        json["reports_sought"] = c.Sought;
        json["reports_not_retrieved"] = c.NotRetrieved;
        json["reports_assessed"] = c.Assessed;
        json["reports_not_yet_decided"] = c.AssessmentOpen;
        json["reports_excluded"] = Named(c.ExcludedReports);
        json["reports_included"] = c.IncludedReports;
    }

    private static JsonArray Named(IEnumerable<(string Name, int N)> list) => new([.. list.Select(x => (JsonNode)new JsonObject { ["name"] = x.Name, ["n"] = x.N })]);
}

/// <summary>What leaves a review: a study for the knowledge, and everything as JSON.</summary>
public static class ReviewExport
{
    /// <summary>What an included study changes in the knowledge; null with one sentence when it cannot go there yet.</summary>
    public static EvidenceChange? Change(Review review, string study, IReadOnlyList<KnowledgeFile> files, KnowledgeBase knowledge, out string? problem)
    {
        var (_, reports) = review.Studies.FirstOrDefault(s => s.Id == study);
        if (reports is null)
        {
            problem = $"There is no included study '{study}'; included are {(review.Studies.Count == 0 ? "none" : string.Join(", ", review.Studies.Select(s => s.Id)))}.";
            return null;
        }

        if (!review.Extractions.TryGetValue(study, out var extraction))
        {
            problem = $"{study} has no extraction yet; fill in its form first.";
            return null;
        }

        var others = reports.Select(r => r.Citation).Where(c => c.Pmid is null || c.Pmid != extraction.Pmid).Where(c => c.Doi is null || c.Doi != extraction.Doi).Select(c => c.Reference()).Where(r => r != extraction.Citation).ToList();
        var change = EvidenceChange.Of(files, knowledge, study, extraction, review.Bias.GetValueOrDefault(study, []), reports.Count > 1 ? others : [], out var problems);
        problem = change is null ? $"With {study} the knowledge would not load: {problems[0]}" : null;
        return change;
    }

    /// <summary>The change in words, for the command line.</summary>
    public static IEnumerable<string> Lines(EvidenceChange change, KnowledgeBase before, IReadOnlyList<PooledChange> pooled)
    {
        yield return $"{before.Conditions[change.Condition].Name}: {Totals(change.Before)} → {Totals(change.After)}";
        yield return change.Replaces ? $"changed  evidence/{change.Study}.yaml" : $"added    evidence/{change.Study}.yaml";
        foreach (var file in change.Files.Skip(1))
        {
            yield return $"changed  {file.Path}";
        }

        yield return $"certainty {string.Join(", ", change.Before.ByCertainty.Select(c => $"{c.N} {c.Certainty}"))} → {string.Join(", ", change.After.ByCertainty.Select(c => $"{c.N} {c.Certainty}"))}";
        yield return $"knowledge {before.Hash} → {change.Knowledge.Hash}";
        if (pooled.Count == 0)
        {
            yield return "";
            yield return "No outcome of the extraction names an outcome of the evidence profile (pool), so no pooled estimate changes.";
        }

        foreach (var p in pooled)
        {
            yield return "";
            yield return $"{p.Outcome} → {p.Title}";
            yield return p.Verdict;
            if (p.WhyNot is not null)
            {
                continue;
            }

            foreach (var (what, was, now) in p.Rows)
            {
                yield return $"  {what,-20} {was} → {now}";
            }

            foreach (var prompt in p.Prompts)
            {
                yield return $"  look again at {PooledChange.NameOf(prompt.Domain).ToLowerInvariant()}: {prompt.Seen}";
            }
        }

        if (pooled.Any(p => p.WhyNot is null))
        {
            yield return "";
            yield return "The steps of the profile and its certainty stay as they are until somebody changes them.";
        }
    }

    /// <summary>The change as JSON.</summary>
    public static JsonObject Json(EvidenceChange change, KnowledgeBase before, IReadOnlyList<PooledChange> pooled) => new()
    {
        ["study"] = change.Study,
        ["condition"] = change.Condition,
        ["files"] = new JsonArray([.. change.Files.Select(f => (JsonNode)f.Path)]),
        ["studies"] = new JsonArray(change.Before.Studies.Count, change.After.Studies.Count),
        ["patients"] = new JsonArray(change.Before.Patients, change.After.Patients),
        ["knowledge"] = new JsonArray(before.Hash, change.Knowledge.Hash),
        ["pooled"] = new JsonArray([.. pooled.Select(p => (JsonNode)p.Json())]),
    };

    public static string Totals(EvidenceOf e) => $"{e.Studies.Count} studies with {e.Patients} patients{(e.WithoutN > 0 ? $" ({e.WithoutN} without a number)" : "")}";

    /// <summary>The whole review: what it found and judged, with the flow and agreement.</summary>
    public static string Json(string id, Review review) => JsonSerializer.Serialize(
        new
        {
            id,
            review.Title,
            review.Question,
            review.Reviewers,
            review.Third,
            review.Imports,
            records = review.Records.Select(r => new
            {
                r.Id,
                r.Import,
                r.Citation,
                r.DuplicateOf,
                r.DuplicateWhy,
                title_and_abstract = Judged(r.Title),
                full_text = Judged(r.FullText),
                not_retrieved = r.NotRetrieved ? r.RetrievalNote ?? "" : null,
                study = r.Included ? r.Study : null,
            }),
            review.Extractions,
            risk_of_bias = review.Bias,
            flow = FlowJson.Of(PrismaFlow.Of(review)),
        },
        ReviewJson.Options);

    /// <summary>What only one of the two has judged stays hidden: an export must not unblind the other.</summary>
    private static object Judged(Judgements j) => j.Standing == Standing.Open ? new { standing = "open" } : new { j.Standing, j.First, j.Second, j.Settlement };
}
