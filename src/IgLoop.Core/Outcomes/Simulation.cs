using System.Globalization;
using IgLoop.Core.Statistics;

namespace IgLoop.Core.Outcomes;

/// <summary>What is true of a simulated cohort, so that an analysis can be asked to find it.</summary>
/// <param name="SlopeLow">Points of the score a month at low dose; below 0 is a fall.</param>
/// <param name="Manifestations">Share with it before, and chance that it clears at low and high dose beyond what comes and goes by itself.</param>
/// <param name="RelapseDaysLow">Mean days from the last infusion to a relapse at low dose.</param>
public sealed record Truth(string Name, string Says, double SlopeLow, double SlopeHigh, IReadOnlyList<TrueManifestation> Manifestations, double EventsPerInfusionLow, double EventsPerInfusionHigh, double RelapseDaysLow, double RelapseDaysHigh)
{
    /// <summary>As in the chart review of low dose (IMAJ 2008;10:55): many manifestations improve, thrombocytopenia, alopecia and vasculitis do not; at high dose platelets do.</summary>
    public static Truth LowHelpsArthritisNotPlatelets { get; } = new("low-helps-arthritis", "low dose helps arthritis, rash and serositis but not thrombocytopenia or alopecia; high dose helps all but alopecia", -0.8, -1.0,
        [new("arthritis", 0.55, 0.65, 0.65), new("rash", 0.45, 0.5, 0.55), new("serositis", 0.3, 0.5, 0.5), new("thrombocytopenia", 0.45, 0, 0.7), new("alopecia", 0.3, 0, 0)], 0.08, 0.2, 200, 260);

    public static Truth NothingHelps { get; } = new("nothing-helps", "no dose helps anything; high dose only has more adverse events", 0, 0, [.. LowHelpsArthritisNotPlatelets.Manifestations.Select(m => m with { ClearsLow = 0, ClearsHigh = 0 })], 0.08, 0.2, 200, 200);

    public static Truth HighIsBetter { get; } = LowHelpsArthritisNotPlatelets with { Name = "high-is-better", Says = "the score falls by 0.4 points a month at low and 1.4 at high dose", SlopeLow = -0.4, SlopeHigh = -1.4 };

    public static IReadOnlyList<Truth> All { get; } = [LowHelpsArthritisNotPlatelets, NothingHelps, HighIsBetter];
}

/// <param name="Before">Share of patients with it at the first infusion.</param>
public sealed record TrueManifestation(string Name, double Before, double ClearsLow, double ClearsHigh);

/// <summary>
/// A synthetic cohort. Who has a higher score on the day of the decision is more often given high dose. Part of that score is a bad day
/// that passes by itself, so that a plain comparison flatters high dose on purpose; what decided is recorded, so that weighting can mend it.
/// </summary>
public static class Simulation
{
    /// <summary>Standard deviation of the score from one visit to the next in a patient who does not change, in points.</summary>
    private const double BadDays = 2;

    /// <summary>What comes and goes by itself, in balance: as many lose a manifestation as gain it.</summary>
    public const double Drift = 0.1;

    private static readonly int[] VisitDays = [-14, 30, 91, 183, 274];
    private static readonly string[] Events = ["headache", "chills", "rash at the infusion site", "aseptic meningitis"];

    /// <summary>Chance that a patient with this score at baseline is given high dose: the true propensity.</summary>
    public static double ChanceOfHigh(decimal baseline) => 1 / (1 + Math.Exp(-0.25 * ((double)baseline - 15)));

    /// <param name="chance">The same seed gives the same cohort.</param>
    /// <param name="allHigh">Null: by the score at baseline. True or false: the same patients, all at high or all at low dose, to know what would have been.</param>
    public static IReadOnlyList<CohortEntry> Of(int patients, Truth truth, Chance chance, bool? allHigh = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(chance);
        ArgumentOutOfRangeException.ThrowIfLessThan(patients, 1);
        var entries = new List<CohortEntry>();
        for (var i = 1; i <= patients; i++)
        {
            Patient($"P{i.ToString("0000", CultureInfo.InvariantCulture)}", truth, chance, allHigh, entries);
        }

        return entries;
    }

    private static void Patient(string id, Truth truth, Chance chance, bool? allHigh, List<CohortEntry> entries)
    {
        var first = new DateOnly(2018, 1, 1).AddDays(chance.Below(1500));
        var severity = chance.Normal();
        var start = 15 + (3 * severity) + (1.5 * chance.Normal());
        var baseline = Score(start);
        var drawn = chance.Happens(ChanceOfHigh(baseline));
        var high = allHigh ?? drawn;
        var weight = Math.Round((decimal)Math.Clamp(66 + (12 * chance.Normal()), 42, 120), 1);
        var age = Math.Clamp(38 + (12 * chance.Normal()), 18, 80);
        Add(null, EntryKind.Patient, "birth_date", first.AddDays(-(int)(age * 365.25)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Add(null, EntryKind.Patient, "sex", chance.Happens(0.9) ? "F" : "M");
        Add(null, EntryKind.Patient, "weight", Text(weight), "kg");
        Add(null, EntryKind.Patient, "disease_years", Text((decimal)Math.Round(chance.Exponential(7), 1)));
        var signs = truth.Manifestations.Select(m => Course(m, high, chance)).ToArray();
        double slope = (high ? truth.SlopeHigh : truth.SlopeLow) + (0.15 * chance.Normal()), steroid = Math.Max(0, 15 + (6 * severity) + (4 * chance.Normal()));
        foreach (var (planned, v) in VisitDays.Select((d, v) => (d, v)))
        {
            // One planned visit in twelve is missed, but never the baseline.
            var day = planned + (v == 0 ? -chance.Below(20) : chance.Below(11) - 5);
            if (chance.Happens(1 / 12.0) && v > 0)
            {
                continue;
            }

            var on = first.AddDays(day);
            var months = Math.Max(0, day) / TrendAnalysis.Month;
            var score = v == 0 ? baseline : Score(start + (slope * months));
            Add(on, EntryKind.Score, "sledai", Text(score));
            Add(on, EntryKind.Steroid, "prednisone", Text(Math.Round((decimal)(steroid * (slope < -0.2 ? Math.Exp(-0.06 * months) : 1)) * 2) / 2), "mg/day");
            for (var m = 0; m < signs.Length; m++)
            {
                Add(on, EntryKind.Manifestation, truth.Manifestations[m].Name, signs[m].Before == (v < signs[m].ChangesAt) ? "1" : "0");
            }
        }

        Infusions(high, weight, first, truth, chance);

        decimal Score(double level) => Math.Clamp((decimal)Math.Round(level + (BadDays * chance.Normal())), 0, 105);

        void Infusions(bool isHigh, decimal kg, DateOnly day, Truth t, Chance c)
        {
            // Six monthly courses: low 0.5 g/kg on one day, high 2 g/kg over two days.
            for (var course = 0; course < 6; course++)
            {
                for (var d = 0; d < (isHigh ? 2 : 1); d++)
                {
                    var on = day.AddDays((28 * course) + d);
                    Add(on, EntryKind.Infusion, "", Text(Math.Round(kg * (isHigh ? 1 : 0.5m) / 5) * 5), "g");
                    if (c.Happens(isHigh ? t.EventsPerInfusionHigh : t.EventsPerInfusionLow))
                    {
                        Add(on, EntryKind.AdverseEvent, Events[Math.Min(c.Poisson(0.7), Events.Length - 1)], Text(1 + c.Below(3)));
                    }
                }
            }

            var wait = c.Exponential(isHigh ? t.RelapseDaysHigh : t.RelapseDaysLow);
            var end = day.AddDays(140 + 365);
            var last = day.AddDays(141);
            if (last.AddDays((int)wait + 1) < end)
            {
                Add(last.AddDays((int)wait + 1), EntryKind.Relapse, "relapse", "");
            }

            Add(end, EntryKind.LastSeen, "", "");
        }

        void Add(DateOnly? on, EntryKind kind, string name, string value, string unit = "") => entries.Add(new(id, on, kind, name, value, unit, new("simulated", entries.Count + 1, "value")));
    }

    /// <summary>Present or not before, and the visit from which it is the other way.</summary>
    private static (bool Before, int ChangesAt) Course(TrueManifestation m, bool high, Chance chance)
    {
        var present = chance.Happens(m.Before);
        var helped = high ? m.ClearsHigh : m.ClearsLow;
        var changes = present ? chance.Happens(1 - ((1 - helped) * (1 - Drift))) : chance.Happens(Drift * m.Before / (1 - m.Before));
        return present ? (true, changes ? 1 + chance.Below(3) : int.MaxValue) : changes ? (false, 1 + chance.Below(3)) : (false, int.MaxValue);
    }

    private static string Text(decimal v) => v.ToString("0.####", CultureInfo.InvariantCulture);
}
