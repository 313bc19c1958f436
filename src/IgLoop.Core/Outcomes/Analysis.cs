using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>The analysis of a cohort, in the order in which a paper tells it.</summary>
public static class Analysis
{
    public const string Low = "low dose";
    public const string High = "high dose";
    public const string Unknown = "dose not known";

    private const string SteroidName = "prednisone equivalent, mg a day";

    /// <param name="chance">For the bootstrap: the same seed gives the same report.</param>
    /// <exception cref="CohortException">No patient with an infusion, or no score.</exception>
    public static OutcomeReport Of(Cohort cohort, OutcomeOptions options, Chance chance, Action<string, double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(options);
        var instrument = InstrumentOf(cohort, options);
        var treated = cohort.Patients.Where(p => p.FirstInfusion is not null).ToList();
        if (treated.Count == 0)
        {
            throw new CohortException("No patient has an infusion: there is no before and after. Give the infusions (kind infusion, or infusions.csv).");
        }

        var included = treated.Where(p => Pairing.Baseline(p, Pairing.ScoresOf(p, instrument), options) is not null).ToList();
        var pairs = Pairing.Pairs(included, p => Pairing.ScoresOf(p, instrument), options);
        progress?.Invoke("before and after", 0.1);
        var responseOn = pairs.Where(p => Responds(p.Baseline, p.After, options)).ToDictionary(p => p.Patient.Id, p => p.AfterOn, StringComparer.Ordinal);
        var responders = responseOn.Keys.ToHashSet(StringComparer.Ordinal);
        var steroid = Pairing.Pairs(included, Pairing.SteroidOf, options);
        var relapse = RelapseAnalysis.Of(included, instrument, options);
        var report = new OutcomeReport(options, instrument, Steps(cohort, treated, included, pairs.Count, instrument, options), included.Count, pairs.Count)
        {
            Score = Compare(instrument, pairs, options),
            Courses = Courses(included, instrument, responseOn, relapse.Times, options),
            Trend = TrendAnalysis.Of(included, instrument, options),
            Manifestations = ManifestationAnalysis.Of(cohort, included, options),
            Responders = ResponderRates(included, pairs, responders, options),
            Relapses = relapse.Result,
            Steroid = Compare(SteroidName, steroid, options),
            SteroidMeans = TrendAnalysis.Means(included, Pairing.SteroidOf, options),
            Harms = HarmAnalysis.Of(included, options, chance),
            Spending = SpendingAnalysis.Of(included, responders, options, chance),
            Comparison = ComparisonAnalysis.Of(included, pairs, instrument, options, chance, progress),
            Sides = [.. new[] { Low, High }.Select(b => (Band: b, Patients: included.Count(p => BandOf(p, options) == b))).Where(b => b.Patients > 0)
                .Select(b => new Side(b.Band, b.Patients, Compare(instrument, [.. pairs.Where(p => BandOf(p.Patient, options) == b.Band)], options), Compare(SteroidName, [.. steroid.Where(p => BandOf(p.Patient, options) == b.Band)], options)))],
        };
        progress?.Invoke("done", 1);
        return report;
    }

    /// <summary>The dose band of a patient by the median grams per kilogram of the courses.</summary>
    public static string BandOf(CohortPatient patient, OutcomeOptions options)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(options);
        return patient.DoseGPerKg is { } dose ? dose < options.BandCutGPerKg ? Low : High : Unknown;
    }

    public static bool Responds(decimal before, decimal after, OutcomeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ResponseShare is { } share ? before > 0 && (before - after) / before >= share : before - after >= options.ResponsePoints;
    }

    private static string InstrumentOf(Cohort cohort, OutcomeOptions options)
    {
        var known = cohort.Instruments;
        if (known.Count == 0)
        {
            throw new CohortException("No score is recorded: give at least one instrument (kind score, or visits.csv).");
        }

        if (options.Instrument is { } asked)
        {
            return known.FirstOrDefault(k => string.Equals(k, asked, StringComparison.OrdinalIgnoreCase))
                ?? throw new CohortException($"There is no score '{asked}' in these files; recorded are {string.Join(", ", known)}.");
        }

        return known.FirstOrDefault(k => k.StartsWith("sledai", StringComparison.OrdinalIgnoreCase))
            ?? known.MaxBy(k => cohort.Patients.Sum(p => p.Scores.Count(s => s.Instrument == k)))!;
    }

    private static List<AttritionStep> Steps(Cohort cohort, List<CohortPatient> treated, List<CohortPatient> included, int assessable, string instrument, OutcomeOptions o)
    {
        var steps = new List<AttritionStep> { new("Patients in the files", cohort.Patients.Count, 0) };
        Add("With at least one infusion", treated.Count);
        Add($"Included: {CohortReading.Called(instrument)} within {o.BaselineWithinDays} days before the first infusion", included.Count);
        Add($"Assessable: {CohortReading.Called(instrument)} {o.AfterDays - o.AfterWithinDays} to {o.AfterDays + o.AfterWithinDays} days after it", assessable);
        return steps;
        void Add(string step, int patients) => steps.Add(new(step, patients, steps[^1].Patients - patients));
    }

    private static PairedScores? Compare(string name, IReadOnlyList<Pair<decimal>> pairs, OutcomeOptions o)
    {
        if (pairs.Count == 0)
        {
            return null;
        }

        var change = pairs.Select(p => (double)(p.After - p.Baseline)).ToArray();
        return new(
            name,
            pairs.Count,
            Sample.Median([.. pairs.Select(p => (double)p.Baseline)]),
            Sample.Median([.. pairs.Select(p => (double)p.After)]),
            change.Average(),
            SignedRank.Of(change, o.Zeros),
            HodgesLehmann.Of(change, o.Zeros, o.Level),
            change.Length > 1 && change.Distinct().Count() > 1 ? PairedT.Of(change, o.Level) : null,
            Binomial.SignTest(change.Count(c => c > 0), change.Count(c => c != 0)));
    }

    private static List<Course> Courses(List<CohortPatient> included, string instrument, Dictionary<string, DateOnly> responseOn, IReadOnlyDictionary<string, (double Day, bool Event)> relapse, OutcomeOptions o) =>
    [
        .. included.Select((p, i) =>
        {
            var first = p.FirstInfusion!.Value.DayNumber;
            int? relapseDay = relapse.TryGetValue(p.Id, out var r) && r.Event ? p.LastInfusion!.Value.DayNumber - first + (int)r.Day : null;
            return new Course(
                i + 1,
                BandOf(p, o),
                Math.Max(0, p.EndOfWatch!.Value.DayNumber - first),
                [.. p.Infusions.Select(g => g.On.DayNumber - first)],
                relapseDay,
                responseOn.TryGetValue(p.Id, out var on) ? on.DayNumber - first : null,
                [.. p.Events.Where(e => e.On.DayNumber >= first).Select(e => e.On.DayNumber - first).Distinct().Order()],
                [.. Pairing.ScoresOf(p, instrument).Select(s => ((double)(s.On.DayNumber - first), (double)s.Value))])
            {
                Steroid = [.. Pairing.SteroidOf(p).Select(s => ((double)(s.On.DayNumber - first), (double)s.Value))],
            };
        }),
    ];

    private static Responders ResponderRates(List<CohortPatient> included, IReadOnlyList<Pair<decimal>> pairs, HashSet<string> responders, OutcomeOptions o)
    {
        var definition = o.ResponseShare is { } share ? $"fall of at least {share * 100:0.#} % of the baseline" : $"fall of at least {o.ResponsePoints:0.##} points";
        return new(
            definition,
            responders.Count,
            ResponseRate.Of(responders.Count, included.Count, o.Level),
            ResponseRate.Of(responders.Count, pairs.Count, o.Level),
            [.. new[] { Low, High, Unknown }.Select(b => (b, included.Where(p => BandOf(p, o) == b).ToList())).Where(x => x.Item2.Count > 0)
                .Select(x => (x.b, ResponseRate.Of(x.Item2.Count(p => responders.Contains(p.Id)), x.Item2.Count, o.Level)))]);
    }
}

/// <summary>A cohort that cannot be analysed: one sentence that says why and how to mend it.</summary>
public sealed class CohortException(string message) : Exception(message);
