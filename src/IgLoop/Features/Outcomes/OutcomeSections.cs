using IgLoop.Core.Outcomes;
using IgLoop.Core.Statistics;
using IgLoop.Pictures;

namespace IgLoop.Features.Outcomes;

/// <summary>One part of the report, for the page, the HTML file and the terminal alike.</summary>
public sealed record OutcomeSection(string Id, string Title, IReadOnlyList<string> Lines)
{
    public IReadOnlyList<PictureTable> Tables { get; init; } = [];

    public IReadOnlyList<Picture> Pictures { get; init; } = [];
}

/// <summary>The report in parts, masked by the minimum cell count.</summary>
public static class OutcomeSections
{
    /// <summary>More lanes than this do not fit a printed page; which are left out is said.</summary>
    private const int MostLanes = 80;

    public static IReadOnlyList<OutcomeSection> Of(OutcomeReport report, string version, ulong seed)
    {
        var shown = Shown.Of(report);
        return
        [
            new("limits", "What this design cannot show", [.. Methods.Limits(report, !shown.Hides("lost.3", ReportCounts.Included)).Select(l => $"{l.Name}. {l.Says}")]),
            new("inclusion", "Patients", [$"Patients included: {shown.Count(ReportCounts.Included, report.Included)}; assessable, with a value before and after: {shown.Count(ReportCounts.Assessable, report.Assessable)}.", $"Pairing rules. {Methods.PairingRule(report.Options)}"])
            {
                Tables = [new("Inclusion", ["Step", "Patients", "Left out"], [.. report.Attrition.Select((a, i) => (IReadOnlyList<string>)[a.Step, shown.Count($"step.{i}", a.Patients), shown.Count($"lost.{i}", a.Lost)])])],
            },
            Score(report, shown),
            new("manifestations", "Manifestations before and after", ["The odds ratio is of clearing to appearing; above 1 favours improvement. p-values are mid-p of McNemar's test, adjusted by Holm and by Benjamini and Hochberg."])
            {
                Tables = [.. report.Manifestations.GroupBy(m => m.Band).Select(g => new PictureTable(g.Key.Length == 0 ? "All included patients" : $"Patients with {g.Key}",
                    ["Manifestation", "Known", "Before", "After", "Cleared", "Appeared", "Odds ratio", shown.Interval, "p exact", "p mid", "p Holm", "p BH"], [.. g.Select(m => Sign(m, shown, shown.Adjusts(m, report.Manifestations)))]))],
            },
            Response(report, shown),
            Relapse(report, shown),
            new("steroid", "Steroid", [.. report.Steroid is { } s ? Paired(s, shown, "steroid", "steroid") : ["No patient has a steroid dose before and after."]])
            {
                Pictures = report.SteroidMeans.Count == 0 ? [] : [OutcomeCurves.OverTime(report, shown, "Steroid over time", "Prednisone equivalent, mg a day", c => c.Steroid, report.SteroidMeans, "steroid.time")],
            },
            Harm(report, shown),
            Cost(report, shown),
            Dose(report, shown),
            new("methods", "Methods", [Methods.Paragraph(report, version, seed)]),
        ];
    }

    /// <param name="pairs">The name of the count of pairs.</param>
    private static IEnumerable<string> Paired(PairedScores s, Shown shown, string name, string pairs)
    {
        var test = s.Test;
        if (s.Pairs > 0 && s.Pairs < shown.MinimumCell)
        {
            yield return $"{Name(s)}: too few pairs for their figures to be shown.";
            yield break;
        }

        yield return $"{Name(s)}: median {Shown.N(s.MedianBefore)} before and {Shown.N(s.MedianAfter)} after in {(shown.Hides(pairs) ? "the" : shown.Count(pairs, s.Pairs))} {(s.Pairs == 1 ? "pair" : "pairs")}. Change (Hodges-Lehmann, {s.Shift.Definition}) {Shown.N(s.Shift.Estimate)}{(s.Shift.Low is null ? "" : $", {shown.Shift(s.Shift, shown.Hides(pairs, $"{name}.same"))}")}.";
        if (shown.Hides(pairs, $"{name}.same"))
        {
            // Sums of ranks, degrees of freedom and means of whole numbers tell how many there were.
            yield return $"Wilcoxon's signed-rank test: unchanged pairs {(test.Rule == ZeroRule.Dropped ? "dropped" : "ranked with the others (Pratt)")}; normal p {Shown.P(test.PNormal)}. Further figures would tell a small count and are not shown.";
            yield break;
        }

        yield return $"Wilcoxon's signed-rank test: {test.Zeros} unchanged {(test.Zeros == 1 ? "pair" : "pairs")} {(test.Rule == ZeroRule.Dropped ? "dropped" : "ranked with the others (Pratt)")}, {(test.Tied ? "ties share mean ranks" : "no ties")}; sum of the ranks of rises {Shown.N(test.V)}, exact p {Shown.P(test.PExact)}, normal {Shown.P(test.PNormal)}, with continuity correction {Shown.P(test.PNormalCorrected)}; rank-biserial correlation {Shown.N(test.RankBiserial)}.";
        yield return $"For comparison: mean change {Shown.N(s.MeanChange)}{(s.T is { } t ? $" ({shown.Interval} {Shown.N(t.Low)} to {Shown.N(t.High)}, paired t {Shown.N(t.T)} on {t.Df} degree{(t.Df == 1 ? "" : "s")} of freedom, p {Shown.P(t.P)})" : "")}{(shown.MinimumCell > 1 ? "" : $"; sign test p {Shown.P(s.PSign)}")}.";
    }

    private static string Name(PairedScores s) => CohortReading.Called(s.Name) is { Length: > 0 } n ? Shell.Words.Sentence(n) : s.Name;

    private static OutcomeSection Score(OutcomeReport r, Shown shown)
    {
        List<string> lines = [.. r.Score is { } s ? Paired(s, shown, "score", ReportCounts.Assessable) : ["No patient can be assessed before and after."]];
        lines.Add(r.Trend is { Model: { } m, Slope: { } slope }
            ? $"Mixed model (REML, {m.Values} values of {(shown.Hides(ReportCounts.Included) ? "the" : m.Patients)} patients): {Shown.N(m.Fixed[0])} at the start and {Shown.N(m.Fixed[1], "0.###")} points a month, {shown.Interval} {Shown.N(slope.Low, "0.###")} to {Shown.N(slope.High, "0.###")}; random intercept{(m.RandomSlope ? " and slope" : "")}: standard deviation between patients {Shown.N(Math.Sqrt(m.VarianceIntercept))} at the start{(m.RandomSlope ? $" and {Shown.N(Math.Sqrt(m.VarianceSlope), "0.###")} a month" : "")}, within a patient {Shown.N(Math.Sqrt(m.ResidualVariance))}.{(r.Trend.WhyNot is { } why ? $" Here {why}." : "")}"
            : $"There is {r.Trend.WhyNot}.");
        if (r.Trend.Friedman is { } f && !(r.Trend.FriedmanPatients < shown.MinimumCell))
        {
            lines.Add($"Friedman over {string.Join(", ", r.Trend.FriedmanTimes)} in {(shown.Hides("friedman") ? "the" : r.Trend.FriedmanPatients)} patients with every time: chi-squared {Shown.N(f.ChiSquared)}, {f.Df} degrees of freedom, p {Shown.P(f.P)}.");
        }

        return new("score", $"{CohortReading.Called(r.Instrument)} over time", lines) { Pictures = [OutcomeCurves.OverTime(r, shown, "Score over time", CohortReading.Called(r.Instrument), c => c.Scores, r.Trend.Means, "time")] };
    }

    /// <param name="adjusted">Whether its adjusted p-values may be shown.</param>
    private static IReadOnlyList<string> Sign(ManifestationChange m, Shown shown, bool adjusted)
    {
        var of = $"{m.Name}.{m.Band}";
        IReadOnlyList<string> counts = [m.Name, .. new[] { ("known", m.Known), ("before", m.Before), ("after", m.After), ("cleared", m.Cleared), ("appeared", m.Appeared) }.Select(n => shown.Count($"{n.Item1}.{of}", n.Item2))];
        return shown.Hides($"cleared.{of}")
            ? [.. counts, "", "", "", "", "", ""]
            : [.. counts, m.Test.OddsRatio is { } or ? Shown.N(or) : "nobody changed", m.Test.OddsRatio is null ? "" : Shown.I(m.Test.Low, m.Test.High), Shown.P(m.Test.PExact), Shown.P(m.Test.PMid), .. adjusted ? [Shown.P(m.PHolm), Shown.P(m.PBh)] : new[] { Shown.Not, Shown.Not }];
    }

    private static OutcomeSection Response(OutcomeReport r, Shown shown)
    {
        IReadOnlyList<string> Row(string name, ResponseRate rate, string responders, string patients) => shown.Hides(responders, patients)
            ? [name, Shown.Not, "", ""]
            : [name, shown.Rate(rate, responders, patients), Shown.Percent(rate.Wilson), Shown.Percent(rate.ClopperPearson)];

        return new("response", "Responders", [$"A responder had a {r.Responders.Definition}."])
        {
            Tables = [new("Responders", ["Denominator", "Responders", "Wilson", "Clopper-Pearson"],
            [
                Row("All included (not assessed = not responding)", r.Responders.IntentionToTreat, "responders", ReportCounts.Included), Row("Assessable only", r.Responders.Assessable, "responders", ReportCounts.Assessable),
                .. r.Responders.ByBand.Select(b => Row($"All included, {b.Band}", b.Rate, $"responders.{b.Band}", $"band.{b.Band}")),
            ])],
        };
    }

    private static OutcomeSection Relapse(OutcomeReport r, Shown shown)
    {
        var groups = OutcomeCurves.Groups(r, shown);
        var test = groups.Count < 2 && shown.MinimumCell > 1 ? "The dose bands are not compared: there is one band only, or a count too small to be shown."
            : r.Relapses.LogRank is { } lr ? $"Log-rank, low against high dose: chi-squared {Shown.N(lr.Test.ChiSquared)}, {lr.Test.Df} degree{(lr.Test.Df == 1 ? "" : "s")} of freedom, p {Shown.P(lr.Test.P)}." : "The dose bands are not compared: there is one band only, or no relapse.";
        var pictures = new List<Picture> { OutcomeCurves.Draw(r, shown, groups, test) };
        if (r.Options.MinimumCell <= 1)
        {
            pictures.Add(Swimmers(r));
        }

        return new("relapse", "Time to relapse", [$"Relapses recorded: {shown.Count("relapses.recorded", r.Relapses.Recorded)}; by a rise of the score alone: {shown.Count("relapses.by score", r.Relapses.ByScore)}.", test])
        {
            Tables = groups.Count == 0 ? [] : [new("Median time to relapse, days", ["Group", "Patients", "Relapses", "Median", shown.Interval], [.. groups.Select(g => (IReadOnlyList<string>)[g.Name, shown.Count(g.Name == "all" ? ReportCounts.Included : $"band.{g.Name}", g.Curve.Patients), shown.Count(g.Name == "all" ? "relapses" : $"relapses.{g.Name}", g.Curve.Events), g.Curve.Median is { } m ? Shown.N(m) : "not reached", $"{(g.Curve.MedianLow is { } l ? Shown.N(l) : "not reached")} to {(g.Curve.MedianHigh is { } h ? Shown.N(h) : "not reached")}"])])],
            Pictures = pictures,
        };
    }

    private static Picture Swimmers(OutcomeReport r)
    {
        var shown = r.Courses.OrderByDescending(c => c.EndDay).Take(MostLanes).ToList();
        var title = r.Courses.Count == 1 ? "Course of the patient" : "Courses of the patients" + (shown.Count < r.Courses.Count ? $" (the {shown.Count} of {r.Courses.Count} that were watched longest)" : "");
        return SwimmerPlot.Draw(new(title, "Days after the first infusion", [.. shown.Select(c => new SwimmerLane($"patient {c.Number}", 0, c.EndDay, Group: OutcomeSides.Named(c.Band, r.Options))
        {
            Marks =
            [
                .. c.InfusionDays.Select(d => new SwimmerMark(d, "infusion")), .. c.EventDays.Select(d => new SwimmerMark(d, "adverse event")),
                .. c.ResponseDay is { } responded ? [new SwimmerMark(responded, "response assessed")] : Array.Empty<SwimmerMark>(), .. c.RelapseDay is { } d ? [new SwimmerMark(d, "relapse")] : Array.Empty<SwimmerMark>(),
            ],
        })]));
    }

    private static OutcomeSection Harm(OutcomeReport r, Shown shown) => new("harm", "Adverse events",
    [
        $"Events: {shown.Count("events", r.Harms.Events)} in {shown.Count("infusions", r.Harms.Infusions)} infusions{(r.Harms.PerInfusion is { } b && !shown.Hides("events", "infusions") ? $": {Shown.N(b.Estimate, "0.###")} an infusion, bootstrap {shown.Interval} over patients {Shown.N((b.Bca ?? b.Percentile).Low, "0.###")} to {Shown.N((b.Bca ?? b.Percentile).High, "0.###")}" : "")}; patients with any: {shown.Count("any", r.Harms.PatientsWithAny)}.",
        .. r.Harms.ByBand.Select(x => $"{x.Band}: events {shown.Count($"events.{x.Band}", x.Events)} in {shown.Count($"infusions.{x.Band}", x.Infusions)} infusions{(shown.Hides($"events.{x.Band}", $"infusions.{x.Band}") ? "" : $", {Shown.N(x.Events / (double)x.Infusions, "0.###")} an infusion")}."),
    ])
    {
        Tables = r.Harms.ByName.Count == 0 ? [] : [new("Adverse events", ["Event", "Events", "Patients", "Worst grade"], [.. r.Harms.ByName.Select(e => (IReadOnlyList<string>)[e.Name, shown.Count($"events.{e.Name}", e.Events), shown.Count($"patients.{e.Name}", e.Patients), shown.Hides($"patients.{e.Name}") ? "" : e.WorstGrade?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "not graded"])])],
    };

    private static OutcomeSection Cost(OutcomeReport r, Shown shown)
    {
        var s = r.Spending;
        var hidden = shown.Hides("grams.responders", "grams");
        return new("cost", "Grams and cost",
        [
            $"{(shown.Hides("grams") ? "An amount that is not shown" : $"{Shown.N(s.Grams)} g")} was given to patients whose grams are known ({shown.Count("grams.patients", s.PatientsWithGrams)}){(hidden || s.GramsPerResponder is null ? "" : $"; {Shown.N(s.GramsPerResponder, "0.#")} g for each responder{(s.GramsPerResponderInterval is { } i ? $", bootstrap {shown.Interval} {Shown.N(i.Low, "0.#")} to {Shown.N(i.High, "0.#")}" : "")}")}.",
            s.Price is { } p ? $"At {Shown.N(p.PerGram)} {p.Currency} a gram ({p.Source}): {(shown.Hides("grams", "grams.patients") ? "cost a patient not shown" : $"{Shown.N(s.CostPerPatient, "0")} {p.Currency} a patient")}{(hidden || s.CostPerResponder is null ? "" : $", {Shown.N(s.CostPerResponder, "0")} {p.Currency} for each responder")}." : "No price was given; give one with its date and source to see cost.",
            .. s.ByBand.Where(b => !shown.Hides($"grams.{b.Band}", $"grams.patients.{b.Band}", $"grams.responders.{b.Band}")).Select(b => $"{b.Band}: {Shown.N(b.Grams)} g, {b.Patients} {(b.Patients == 1 ? "patient" : "patients")}, {(b.Responders == 0 ? "no responder" : b.Responders == 1 ? "1 responder" : $"{b.Responders} responders")}{(b.Responders > 0 ? $", {Shown.N(b.Grams / b.Responders, "0.#")} g for each{(s.Price is { } q ? $" = {Shown.N(b.Grams / b.Responders * q.PerGram, "0")} {q.Currency}" : "")}" : "")}."),
        ]);
    }

    /// <summary>What is balanced exactly differs by the last bit of a sum, and 1E-15 says nothing to a reader.</summary>
    private static double? Rounded(double? difference) => difference is { } d ? Math.Round(d, 4) + 0.0 : null;

    private static OutcomeSection Dose(OutcomeReport r, Shown shown)
    {
        var c = r.Comparison;
        var lines = new List<string> { $"Assessable patients with low dose (below {r.Options.BandCutGPerKg} g/kg a course): {shown.Count($"assessable.{Analysis.Low}", c.Low)}; with high dose: {shown.Count($"assessable.{Analysis.High}", c.High)}." };
        var few = OutcomeSides.TooFew(r);
        if (c.ChangeDifference is { } d && !few)
        {
            lines.Add($"As they are, high minus low: change of the score {Shown.N(d)} (Hodges-Lehmann {Shown.N(c.ChangeShift!.Estimate)}, {shown.Interval} {Shown.I(c.ChangeShift.Low, c.ChangeShift.High)}; Mann-Whitney p {Shown.P(c.ChangeTest!.PExact ?? c.ChangeTest.PNormalCorrected)}){(OutcomeSides.HidesResponse(shown) ? "" : $"; responders {Shown.N(100 * c.ResponseDifference, "0.0")} percentage points, Newcombe's {shown.Interval} {Shown.I(c.ResponseInterval, 100, "0.0")}")}.");
        }

        lines.Add(few ? "The bands are not compared: one has too few patients to be shown." : c.WhyNot is { } why ? $"No weighted comparison: {why}."
            : $"Weighted to those who might have had either (overlap weights, effective numbers {Shown.N(c.EffectiveLow, "0.#")} and {Shown.N(c.EffectiveHigh, "0.#")}), high minus low: change of the score {Shown.N(c.WeightedChange!.Estimate)}, bootstrap {shown.Interval} {Shown.I(c.WeightedChange.Bca ?? c.WeightedChange.Percentile)}; responders {Shown.N(100 * c.WeightedResponse!.Estimate, "0.0")} percentage points, {(c.WeightedResponseInterval is { } wr ? $"{shown.Interval} by the standard error of the bootstrap {Shown.I(wr, 100, "0.0")}" : "without an interval, for no resample differed")}. The propensity score is a logistic model of {string.Join("; ", c.Balance.Select(b => b.Covariate))}.");
        if (c.LeftOut.Count > 0)
        {
            lines.Add($"Not balanced, because not known of every patient or the same in all: {string.Join("; ", c.LeftOut)}.");
        }

        var balance = few ? [] : c.Balance.Where(b => !OutcomeSides.HidesCovariate(b, shown)).ToList();
        if (!few && balance.Count < c.Balance.Count)
        {
            lines.Add($"Not in the table of balance, for the share would tell a small count: {string.Join("; ", c.Balance.Except(balance).Select(b => b.Covariate))}.");
        }

        return new("dose", "Low against high dose", lines)
        {
            Tables = [.. OutcomeSides.Of(r, shown) is { } sides ? [sides] : Array.Empty<PictureTable>(), .. balance.Count == 0 ? Array.Empty<PictureTable>() : [new("Balance at baseline", ["Covariate", "Mean, low", "Mean, high", "Standardised difference before", "after"], [.. balance.Select(b => (IReadOnlyList<string>)[b.Covariate, Shown.N(b.MeanLow), Shown.N(b.MeanHigh), Shown.N(b.Before, "0.000"), Shown.N(b.After is { } x && Math.Abs(x) < 0.0005 ? 0 : b.After, "0.000")])])]],
            Pictures = balance.Count == 0 ? [] : [LovePlot.Draw(new("Balance of high against low dose", [.. balance.Select(b => new LoveCovariate(b.Covariate, Rounded(b.Before), Rounded(b.After)))]))],
        };
    }
}
