using System.Security.Cryptography;
using System.Text.Json;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Literature;
using IgLoop.Features.Reviews.Forms;
using IgLoop.Features.Reviews.Pages;
using IgLoop.Features.Shell;

namespace IgLoop.Features.Reviews;

/// <summary>One included study: extraction, risk of bias, the file for the knowledge and what it changes.</summary>
internal static class StudyRoutes
{
    public static void Map(RouteGroupBuilder reviews)
    {
        reviews.MapGet("/{id}/studies/{study}/extraction", ShowExtraction);
        reviews.MapPost("/{id}/studies/{study}/extraction", KeepExtraction);
        reviews.MapGet("/{id}/studies/{study}/bias", ShowBias);
        reviews.MapPost("/{id}/studies/{study}/bias", KeepBias);
        reviews.MapGet("/{id}/studies/{study}/change", ShowChange);
        reviews.MapGet("/{id}/studies/{study}/study.yaml", File);
    }

    private static async Task<IResult> ShowExtraction(HttpContext http, string id, string study) => await Of(http, id, study) is var (view, reports)
        ? ReviewRoutes.Render<ExtractionPage>(view, ("Study", study), ("Form", ExtractionForm.Of(view.Review.Extractions.GetValueOrDefault(study), reports[0].Citation)), ("Flags", view.Review.Extractions.GetValueOrDefault(study)?.Check() ?? []))
        : ReviewRoutes.NoReview;

    private static async Task<IResult> KeepExtraction(HttpContext http, string id, string study)
    {
        if (await Of(http, id, study) is not var (view, _))
        {
            return ReviewRoutes.NoReview;
        }

        var form = ExtractionForm.Posted(await http.Request.ReadFormAsync(http.RequestAborted));
        if (Overtaken(form["seen"], view.Review.Extractions.GetValueOrDefault(study)))
        {
            return ReviewRoutes.Render<ExtractionPage>(view with { Problem = OvertakenText }, ("Study", study), ("Form", form), ("Overtaken", true));
        }

        var (extraction, wrong) = form.Read();
        var stops = extraction.Check().Where(f => f.Stops).Select(f => new FieldWrong("extraction", f.ToString()));
        IReadOnlyList<FieldWrong> problems = wrong.Count > 0 ? wrong : [.. stops];
        return problems.Count > 0
            ? ReviewRoutes.Render<ExtractionPage>(view with { Problem = problems.Count == 1 ? "One input needs mending before the form can be kept." : $"{problems.Count} inputs need mending before the form can be kept." }, ("Study", study), ("Form", form), ("Wrong", problems))
            : await ReviewRoutes.Write<ExtractionPage>(http, id, $"studies/{study}/extraction", new Extracted(study, extraction), ("Study", study), ("Form", form));
    }

    private static async Task<IResult> ShowBias(HttpContext http, string id, string study) => await Of(http, id, study) is var (view, _)
        ? ReviewRoutes.Render<BiasPage>(view, ("Study", study), ("Tool", ToolOf(http.Request.Query["tool"], view.Review, study)), ("Typed", view.Review.Bias.GetValueOrDefault(study, []).LastOrDefault(b => b.Tool == ToolOf(http.Request.Query["tool"], view.Review, study))))
        : ReviewRoutes.NoReview;

    private static async Task<IResult> KeepBias(HttpContext http, string id, string study, Site site)
    {
        if (await Of(http, id, study) is not var (view, _))
        {
            return ReviewRoutes.NoReview;
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var tool = ToolOf(form["tool"], view.Review, study);
        var overtaken = form["do"] != "suggest" && Overtaken(form["seen"].ToString(), view.Review.Bias.GetValueOrDefault(study));
        var questions = site.Knowledge.BiasTools.GetValueOrDefault(RiskOfBias.IdOf(tool));
        var bias = BiasForm.Read(tool, form, questions);
        return overtaken
            ? ReviewRoutes.Render<BiasPage>(view with { Problem = OvertakenText }, ("Study", study), ("Tool", tool), ("Typed", bias), ("Posted", form), ("Overtaken", true))
            : form["do"] == "suggest"
            ? ReviewRoutes.Render<BiasPage>(view with { Message = "Nothing is kept yet: the suggestions follow from the answers." }, ("Study", study), ("Tool", tool), ("Typed", bias), ("Posted", form))
            : await ReviewRoutes.Write<BiasPage>(http, id, $"studies/{study}/bias", new BiasJudged(study, bias), ("Study", study), ("Tool", tool), ("Typed", bias), ("Posted", form));
    }

    private static async Task<IResult> ShowChange(HttpContext http, string id, string study, Site site)
    {
        if (await Of(http, id, study) is not var (view, _))
        {
            return ReviewRoutes.NoReview;
        }

        var change = Change(site, view.Review, study, out var problem);
        IReadOnlyList<PooledChange> pooled = change is null ? [] : PooledChange.Of(change, site.Knowledge, view.Review.Bias.GetValueOrDefault(study, []));
        return new Rendered<ChangePage>(200, ("View", view), ("Study", study), ("Change", change), ("Pooled", pooled), ("WhyNot", problem));
    }

    private static async Task<IResult> File(HttpContext http, string id, string study, Site site)
    {
        if (await Of(http, id, study) is not var (view, _))
        {
            return ReviewRoutes.NoReview;
        }

        if (Change(site, view.Review, study, out var problem) is not { } change)
        {
            return ErrorPage.Of(422, "There is no file of this study yet", problem!);
        }

        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{study}.yaml\"";
        return Results.Text(change.Files[0].Text, "application/yaml");
    }

    private static EvidenceChange? Change(Site site, Review review, string study, out string? problem)
    {
        var files = site.KnowledgeFiles();
        if (KnowledgeBase.HashOf(files) != site.Knowledge.Hash)
        {
            problem = "The knowledge files are not those that this server started with; start it again to compare.";
            return null;
        }

        return ReviewExport.Change(review, study, files, site.Knowledge, out problem);
    }

    private const string OvertakenText = "Somebody else kept this form after you had opened it. Nothing of yours was stored; it stands below as you typed it. Look at theirs in another tab; to put yours in its place, keep it again. Both stay in the record.";

    /// <summary>A mark of what a form was opened with, so that one person does not overwrite unseen what the other has kept meanwhile.</summary>
    internal static string MarkOf(object? kept) => kept is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(kept, kept.GetType(), ReviewJson.Options)))[..16];

    private static bool Overtaken(string seen, object? kept) => seen.Length > 0 && seen != MarkOf(kept);

    /// <summary>The view and the reports of an included study; null when there is none.</summary>
    private static async Task<(ReviewView View, IReadOnlyList<ReviewRecord> Reports)?> Of(HttpContext http, string id, string study) =>
        await ReviewRoutes.View(http, id) is { } view && view.Review.Studies.FirstOrDefault(s => s.Id == study) is { Reports: { } reports } ? (view, reports) : null;

    private static BiasTool ToolOf(string? text, Review review, string study) =>
        Enum.TryParse<BiasTool>(text, ignoreCase: true, out var tool) && Enum.IsDefined(tool) ? tool : BiasForm.ToolFor(review.Extractions.GetValueOrDefault(study)?.Design);
}
