using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Reviewing;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>
/// Valid requests, damaged at random places in random ways: each is answered within its bounds, or refused by one sentence with a code and a
/// place. Seeded, so that a failure repeats.
/// </summary>
public class Garbage
{
    private const int OfEachCase = 60;
    private static readonly DateOnly Today = new(2026, 11, 24);

    /// <summary>What people, programs and spreadsheets put where a value belongs.</summary>
    private static readonly Given[] Rubbish =
    [
        Given.Nothing, Given.Of(true), Given.Of(false), Given.Of(0m), Given.Of(-1m), Given.Of(0.5m), Given.Of(1e27m), Given.Of(decimal.MaxValue), Given.Of(decimal.MinValue), Given.Of(0.0000000000000000001m),
        Given.Of(""), Given.Of(" "), Given.Of("NaN"), Given.Of("Infinity"), Given.Of("1e999"), Given.Of("1,5"), Given.Of("5 kg"), Given.Of("5 mg/d"), Given.Of("≥5"), Given.Of("unknown"), Given.Of("yes"), Given.Of("arthritus"),
        Given.Of("2026-13-45"), Given.Of("2026-11-25"), Given.Of(new string('9', 400)), Given.Of("<script>"), Given.Of("\0"),
        new Given.List([]), new Given.List([Given.Nothing]), new Given.List([Given.Of(1m), Given.Of("x"), new Given.List([])]), Given.Empty, Given.Of(("value", Given.Of(1m)), ("unit", Given.Of("kPa"))),
    ];

    public static TheoryData<string> Requests => [.. Clinic.Knowledge.InstrumentCases.Select(c => c.Instrument).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Requests))]
    public void a_damaged_request_is_answered_or_refused_by_a_sentence(string instrument)
    {
        var random = new Random(20261124);
        var faults = new List<string>();
        foreach (var inputs in Clinic.Knowledge.InstrumentCases.Where(c => c.Instrument == instrument).Select(c => c.Inputs))
        {
            for (var n = 0; n < OfEachCase; n++)
            {
                var damaged = Enumerable.Range(0, 1 + random.Next(3)).Aggregate(inputs, (map, _) => map.Pairs.Count == 0 ? map : Damaged(map, random));
                faults.AddRange(Fault(() => Bounded(Scorers.Score(Clinic.Knowledge, instrument, damaged))) is { } fault ? [$"{damaged.Show()}: {fault}"] : []);
            }
        }

        Assert.Empty(faults);
    }

    [Fact]
    public void a_damaged_course_is_judged_or_refused_by_a_sentence()
    {
        var random = new Random(20261124);
        string[] courses =
        [
            "instrument: sledai2k, at: 2026-11-20, rescue: false, flare: no, bleeding: no, infusions: [2026-01-10, {at: 2026-01-11, g: 35}], assessments: [{at: 2026-01-05, items: {present: [arthritis]}}, {at: 2026-07-01, value: 2}], platelets: [{at: 2026-01-05, count: 12}, {at: 2026-02-01, count: 60}], steroids: [{from: 2025-10-01, drug: prednisone, mg: 20, every_days: 2}], composites: {sri4: {new_bilag_a: 0, new_bilag_b: 0, pga_baseline: 1, pga_now: 1}}",
            "instrument: grip, assessments: [{at: 2026-01-05, value: 40, unit: kPa}, {at: 2026-07-01, value: 48, unit: kPa}], withdrawn: {reason: pregnancy, at: 2026-03-01}, improved: [onls], not_improved: [irods]",
            "instrument: gbs_ds, infusions: [2026-01-10], assessments: [{at: 2026-01-10, value: 4}, {at: 2026-02-07, value: 3}, {at: 2026-05-01, value: 2}]",
            "instrument: incat, phase: maintenance, assessments: [{at: 2026-01-05T09:30, items: {arm: 2, leg: 3}}, {at: 2026-07-01, items: {arm: 1, leg: 3}}]",
            "instrument: tug3, assessments: [{at: 2026-01-05, value: 20}, {at: 2026-07-01, value: unable}]",
            "instrument: cidp_bundle, assessments: [{instrument: berg, at: 2026-01-05, value: 20}, {instrument: berg, at: 2026-07-01, value: 30}]",
        ];
        var faults = new List<string>();
        foreach (var course in courses.Select(Clinic.Inputs))
        {
            Reviews.Of(Clinic.Knowledge, ReviewReading.Read(Clinic.Knowledge, course, Today));
            for (var n = 0; n < 400; n++)
            {
                var damaged = Damaged(course, random);
                faults.AddRange(Fault(() => _ = Reviews.Of(Clinic.Knowledge, ReviewReading.Read(Clinic.Knowledge, damaged, Today))) is { } fault ? [$"{damaged.Show()}: {fault}"] : []);
            }
        }

        Assert.Empty(faults);
    }

    private static void Bounded(ScoreResult result)
    {
        foreach (var t in result.Totals)
        {
            Assert.True(t.Lower <= t.Upper && t.Lower >= t.Total.Low && t.Upper <= t.Total.High && (t.Value is null || t.Value == t.Lower), $"{t.Total.Id} {t.Lower} to {t.Upper}");
        }
    }

    /// <summary>What is wrong with an answer; null when it is one, or a refusal that a person can act on.</summary>
    private static string? Fault(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (ScoringException e)
        {
            return e.Code.Length == 0 || e.Where.Length == 0 || e.Message.Length < 10 || e.Message.Contains("Exception", StringComparison.Ordinal) || !".?".Contains(e.Message[^1], StringComparison.Ordinal)
                ? $"refused as {e.Code} at '{e.Where}': {e.Message}"
                : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    /// <summary>One thing is changed: a value becomes rubbish, a key is misspelt, left out, doubled, or a list is cut or grows.</summary>
    private static Given Damaged(Given given, Random random) => given switch
    {
        Given.Map { Pairs.Count: > 0 } map => Damaged(map, random),
        Given.List { Items.Count: > 0 } list => Damaged(list, random),
        _ => Rubbish[random.Next(Rubbish.Length)],
    };

    private static Given.Map Damaged(Given.Map map, Random random)
    {
        var pairs = map.Pairs.ToList();
        var at = random.Next(pairs.Count);
        var (key, value) = pairs[at];
        switch (random.Next(10))
        {
            case 0:
                pairs.RemoveAt(at);
                break;
            case 1:
                pairs[at] = new(key.Length > 2 ? key[..^2] + key[^1] : key + "x", value);
                break;
            case 2:
                pairs.Add(new(key, Rubbish[random.Next(Rubbish.Length)]));
                break;
            default:
                pairs[at] = new(key, random.Next(3) == 0 ? Rubbish[random.Next(Rubbish.Length)] : Damaged(value, random));
                break;
        }

        return new(pairs);
    }

    private static Given.List Damaged(Given.List list, Random random)
    {
        var items = list.Items.ToList();
        var at = random.Next(items.Count);
        switch (random.Next(6))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items.Insert(at, items[at]);
                break;
            default:
                items[at] = random.Next(3) == 0 ? Rubbish[random.Next(Rubbish.Length)] : Damaged(items[at], random);
                break;
        }

        return new(items);
    }
}
