using System.Globalization;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>The words of a report: the methods paragraph with every option, and what the design cannot show.</summary>
public static class Methods
{
    /// <summary>Ready for a paper.</summary>
    public static string Paragraph(OutcomeReport report, string version, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(report);
        var o = report.Options;
        var level = (o.Level * 100).ToString("0.##", CultureInfo.InvariantCulture);
        var covariates = report.Comparison.Balance.Select(b => b.Covariate).ToList();
        var weighing = report.Comparison.WeightedChange is null
            ? "The bands were not compared with weights, as said in the report. "
            : $"The bands were compared with overlap weights from a logistic propensity score of {string.Join("; ", covariates)}{(report.Comparison.LeftOut.Count == 0 ? "" : $" (not known of every patient, or the same in all, and left out: {string.Join("; ", report.Comparison.LeftOut)})")}, fitted anew in each resample; standardised differences are over the pooled unweighted standard deviation. ";
        var parts = new[]
        {
            $"We analysed retrospectively all patients with at least one immunoglobulin infusion and {CohortReading.Called(report.Instrument)} recorded within {o.BaselineWithinDays} days before it. {PairingRule(o)}",
            $"Changes were tested with Wilcoxon's signed-rank test ({(o.Zeros == ZeroRule.Dropped ? "unchanged pairs dropped" : "unchanged pairs ranked by Pratt's method")}, ties sharing mean ranks, exact two-sided p by convolution) and estimated by Hodges and Lehmann ({report.Score?.Shift.Definition ?? "no pair"}; {level} % interval: {report.Score?.Shift.IntervalBy ?? "none"}).",
            $"The course over time was modelled with a linear mixed model by restricted maximum likelihood, with a random intercept{(report.Trend.Model is { RandomSlope: true } ? " and slope" : "")} per patient and Wald intervals; times that at least half of the patients have were compared by Friedman's test in those with all of them.",
            "Manifestations before and after were compared with McNemar's exact and mid-p tests; the paired odds ratio is conditional with a Clopper-Pearson interval; mid-p values were adjusted by Holm and by Benjamini and Hochberg, within all patients and within the dose bands.",
            $"Response was a {report.Responders.Definition}; proportions have Wilson and Clopper-Pearson intervals with all included patients and with assessable patients as denominators.",
            $"Time from the last infusion to relapse (a recorded relapse, else a rise of {o.RelapsePoints} points) was estimated by Kaplan and Meier with log-log intervals and compared by the log-rank test. Adverse events were counted from the first infusion on and divided by infusions; grams of patients in whom all doses are known were divided by responders among them.",
            $"Infusions at most seven days apart were one course; patients with a median course below {o.BandCutGPerKg} g/kg had low dose, others high dose. As they are, the bands were compared by the Mann-Whitney test, the Hodges-Lehmann shift and Newcombe's interval for the difference of proportions.",
            $"{weighing}Bootstrap intervals used {o.Resamples} resamples of patients (bias-corrected and accelerated where possible, percentile for grams, by the standard error for the weighted difference of responders; seed {seed}). Intervals are at {level} %, tests two-sided. No value was imputed.{(o.MinimumCell > 1 ? $" Counts from 1 to {o.MinimumCell - 1} are not shown, nor others from which they would follow." : "")}",
            $"Analyses were made with IgLoop {version}, whose statistics agree with R 4.2.2 (survival, lme4, exactRankTests).",
        };
        return string.Join(' ', parts);
    }

    /// <summary>Which values are before and after: one rule for the score, every manifestation and steroid.</summary>
    public static string PairingRule(OutcomeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return $"Baseline was the last value in the {options.BaselineWithinDays} days before the first infusion, its day included; the value after treatment was the one nearest to {options.AfterDays} days after the first infusion, within {options.AfterWithinDays} days to either side, of two as near the earlier. Manifestations and steroid are paired by the same rule, each on its own; a patient with one of the two values only is not a pair.";
    }

    /// <summary>What a cohort without control cannot show, in words for its readers.</summary>
    /// <param name="lostShown">Whether the minimum cell lets the number be said of those who were not assessed.</param>
    public static IReadOnlyList<(string Name, string Says)> Limits(OutcomeReport report, bool lostShown = true)
    {
        ArgumentNullException.ThrowIfNull(report);
        var lost = report.Included - report.Assessable;
        return
        [
            ("Regression to the mean", "Treatment starts when disease is at its worst. A score chosen for being high falls by itself the next time it is measured; some or all of the fall here may be that, and nothing in these data can tell the two apart."),
            ("No control", "Nobody was left untreated for comparison. Other treatment, steroid above all, changed at the same time. Before and after is not with and without."),
            ("Confounding by indication and severity", "The dose was chosen by physicians, for reasons that also shape the outcome. Weighting balances what was recorded at baseline; it does nothing about what was not."),
            ("Those who are missing", $"{(lostShown ? $"{lost} of {report.Included} included patients {(lost == 1 ? "has" : "have")}" : "Some of the included patients may have")} no value after treatment. Those who stopped for harm or want of effect are more likely to be among them; the two denominators show how far this can matter."),
            ("Many looks", "Every manifestation was tested. Adjusted p-values are given; an unadjusted one below 0.05 is to be expected somewhere."),
            ("Time after the last infusion", "It is counted from an event that was itself a decision: who stopped because of success differs from who stopped because of failure."),
        ];
    }
}
