using System.Globalization;
using IgLoop.Core.Knowledge.Reading;

namespace IgLoop.Core.Knowledge;

/// <summary>
/// Reads one trial of a comparison: <c>ai n1 ci n2</c>, or <c>m1 sd1 n1 m2 sd2 n2</c>, or <c>est</c> with <c>ci: [low, high]</c>; beside them <c>people</c>,
/// which a crossover trial and a printed effect need.
/// </summary>
internal static class ComparisonRows
{
    private static readonly string[] OfCounts = ["ai", "ci", "n1", "n2"];
    private static readonly string[] OfMeans = ["m1", "sd1", "m2", "sd2"];

    public static ComparisonRow Read(Loading loading, Block r)
    {
        var study = loading.Reference(r, "study", "evidence") ?? r.Text("study");
        var means = OfMeans.Any(r.Has);
        var effect = r.Has("est");
        if ((means || effect) && r.Has("ai") || (means && effect))
        {
            r.Problem(means ? "m1" : "est", "stands beside other numbers of the trial; give counts, or means, or a printed effect.");
        }

        var row = new ComparisonRow
        {
            Study = study,
            People = 0,
            Counts = means || effect ? null : Counts(r),
            Means = means ? Means(r) : null,
            Effect = effect && !means ? Effect(r) : null,
            Status = r.Name<Status>("status"),
            Note = r.OptionalText("note"),
        };
        row = row with { People = People(r, row) };
        r.Close();
        return row;
    }

    /// <summary>An interval of two numbers, which may be negative.</summary>
    public static (decimal Low, decimal High) Interval(Block b)
    {
        var ends = b.Texts("ci").Select(t => decimal.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : (decimal?)null).ToList();
        if (ends is [{ } low, { } high] && low < high)
        {
            return (low, high);
        }

        b.Problem("ci", "must be two numbers, the lower first, such as [0.8, 1.4].");
        return (0, 0);
    }

    private static int People(Block r, ComparisonRow row)
    {
        int? arms = row.Counts is { } c ? c.N1 + c.N2 : row.Means is { } m ? m.N1 + m.N2 : null;
        if (r.Integer("people") is not { } people)
        {
            if (arms is null)
            {
                r.Problem("people", "is missing: a printed effect does not say how many people stand behind it.");
            }

            return arms ?? 0;
        }

        if (people < 1 || people > arms)
        {
            r.Problem("people", arms is { } n ? $"must be from 1 to {n}, the sum of the arms; people of a crossover trial count once." : "must be at least 1.");
        }

        return people;
    }

    private static TrialCounts Counts(Block r)
    {
        var v = OfCounts.ToDictionary(k => k, k => Whole(r, k));
        var counts = new TrialCounts(v["ai"], v["n1"], v["ci"], v["n2"]);
        if (counts.Events1 > counts.N1 || counts.Events2 > counts.N2)
        {
            r.Problem("ai", "or ci is above the number of people of its arm.");
        }

        return counts;
    }

    private static TrialMeans Means(Block r)
    {
        var means = new TrialMeans(Decimal(r, "m1") ?? 0, Decimal(r, "sd1", needed: false), Whole(r, "n1"), Decimal(r, "m2") ?? 0, Decimal(r, "sd2", needed: false), Whole(r, "n2"));
        if (means.Sd1 is <= 0 || means.Sd2 is <= 0)
        {
            r.Problem("sd1", "or sd2 is not above 0; leave a standard deviation out that is not known.");
        }

        return means;
    }

    private static TrialEffect Effect(Block r)
    {
        var (low, high) = Interval(r);
        var value = Decimal(r, "est") ?? 0;
        if (low < high && (value < low || value > high))
        {
            r.Problem("est", "lies outside its own interval.");
        }

        return new(value, low, high);
    }

    private static decimal? Decimal(Block r, string key, bool needed = true)
    {
        var text = r.OptionalText(key);
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var v))
        {
            return v;
        }

        if (needed || text is not null)
        {
            r.Problem(key, "must be a number.");
        }

        return null;
    }

    private static int Whole(Block r, string key)
    {
        if (r.Integer(key) is { } v and >= 0)
        {
            return v;
        }

        r.Problem(key, "must be a whole number, 0 or above.");
        return 0;
    }
}
