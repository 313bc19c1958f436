namespace IgLoop.Core.Outcomes;

/// <summary>Patients with everything that was recorded of them.</summary>
public sealed record Cohort(IReadOnlyList<CohortPatient> Patients)
{
    public IReadOnlyList<string> Instruments => [.. Patients.SelectMany(p => p.Scores.Select(s => s.Instrument)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public IReadOnlyList<string> Manifestations => [.. Patients.SelectMany(p => p.Signs.Select(s => s.Manifestation)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

/// <param name="WeightKg">Kilograms; null: not known, and then grams per kilogram are not known either unless recorded so.</param>
/// <param name="Covariates">Further numbers to balance the groups by, as disease duration.</param>
public sealed record CohortPatient(string Id, DateOnly? Born, string? Sex, decimal? WeightKg, IReadOnlyDictionary<string, double> Covariates)
{
    public IReadOnlyList<ScoreAt> Scores { get; init; } = [];

    public IReadOnlyList<SignAt> Signs { get; init; } = [];

    public IReadOnlyList<GivenAt> Infusions { get; init; } = [];

    public IReadOnlyList<SteroidAt> Steroid { get; init; } = [];

    public IReadOnlyList<EventAt> Events { get; init; } = [];

    public IReadOnlyList<DateOnly> Relapses { get; init; } = [];

    public DateOnly? LastSeen { get; init; }

    public DateOnly? FirstInfusion => Infusions.Count > 0 ? Infusions[0].On : null;

    public DateOnly? LastInfusion => Infusions.Count > 0 ? Infusions[^1].On : null;

    /// <summary>Grams of all infusions; null when one of them is not known in grams.</summary>
    public decimal? TotalGrams => Infusions.All(i => i.Grams is not null) ? Infusions.Sum(i => i.Grams!.Value) : null;

    /// <summary>The last day anything was recorded.</summary>
    public DateOnly? EndOfWatch => Scores.Select(s => s.On).Concat(Signs.Select(s => s.On)).Concat(Steroid.Select(s => s.On)).Concat(Infusions.Select(i => i.On)).Concat(LastSeen is { } l ? [l] : []).Select(d => (DateOnly?)d).Max();

    /// <summary>Grams per kilogram of each course: infusions at most seven days apart are one course, as 5 × 0.4 g/kg are one of 2 g/kg.</summary>
    public IReadOnlyList<decimal?> CoursesGPerKg
    {
        get
        {
            var courses = new List<decimal?>();
            DateOnly? last = null;
            foreach (var given in Infusions)
            {
                if (last is { } l && given.On.DayNumber - l.DayNumber <= 7)
                {
                    courses[^1] += given.GPerKg;
                }
                else
                {
                    courses.Add(given.GPerKg);
                }

                last = given.On;
            }

            return courses;
        }
    }

    /// <summary>The median of the courses in g/kg; null when none is known.</summary>
    public decimal? DoseGPerKg
    {
        get
        {
            var known = CoursesGPerKg.Where(c => c is not null).Select(c => c!.Value).Order().ToArray();
            return known.Length == 0 ? null : (known[(known.Length - 1) / 2] + known[known.Length / 2]) / 2;
        }
    }
}

public sealed record ScoreAt(DateOnly On, string Instrument, decimal Value);

public sealed record SignAt(DateOnly On, string Manifestation, bool Present);

/// <param name="Grams">Null when only g/kg were recorded and no weight.</param>
/// <param name="GPerKg">Null when only grams were recorded and no weight.</param>
public sealed record GivenAt(DateOnly On, decimal? Grams, decimal? GPerKg);

/// <param name="MgPerDay">Prednisone equivalent.</param>
public sealed record SteroidAt(DateOnly On, decimal MgPerDay);

public sealed record EventAt(DateOnly On, string Name, int? Grade);
