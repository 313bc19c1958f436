using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>What holds for every instrument whose answers are added, whatever the answers.</summary>
public class ScoreProperties
{
    /// <summary>An answer by its number among the possible ones; below zero: unknown.</summary>
    private sealed record Sheet(IReadOnlyList<int> Picks, IReadOnlyList<int> Fills, int Seed);

    public static TheoryData<string, string> Totals => [.. Clinic.WithItems.SelectMany(i => i.Totals.Select(t => (i.Id, t.Id)))];

    [Theory]
    [MemberData(nameof(Totals))]
    public void the_order_of_answers_never_matters(string instrument, string total)
    {
        var (i, t) = Of(instrument, total);
        ForAll(i, sheet =>
        {
            var answers = Answers(i, sheet.Picks);
            var shuffled = answers.OrderBy(a => HashOf(a.Key, sheet.Seed)).ToList();
            return Same(Score(i, t, answers), Score(i, t, shuffled));
        });
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void a_worse_answer_never_lowers_the_score(string instrument, string total)
    {
        var (i, t) = Of(instrument, total);
        ForAll(i, sheet =>
        {
            var known = Fill(sheet.Picks, sheet.Fills);
            var before = Answers(i, known);

            // One item by chance, and every flag that doubles others: among forty items chance alone would often miss it.
            return i.Items.Select((item, n) => (Item: item, At: n)).Where(x => x.Item.IsFlag || x.At == Math.Abs(sheet.Seed) % i.Items.Count).All(x =>
            {
                var points = Points(x.Item, before[x.At].Value);
                return Possible(x.Item).Where(v => Points(x.Item, v) >= points).All(worse =>
                {
                    var after = before.ToList();
                    after[x.At] = new(x.Item.Id, worse);
                    return Score(i, t, after).Totals[0].Value >= Score(i, t, before).Totals[0].Value;
                });
            });
        });
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void bounds_enclose_the_total_and_are_reached(string instrument, string total)
    {
        var (i, t) = Of(instrument, total);
        ForAll(i, sheet =>
        {
            var open = Score(i, t, Answers(i, sheet.Picks)).Totals[0];
            var filled = Score(i, t, Answers(i, Fill(sheet.Picks, sheet.Fills))).Totals[0];
            var best = Score(i, t, Extreme(i, sheet.Picks, least: true)).Totals[0];
            var worst = Score(i, t, Extreme(i, sheet.Picks, least: false)).Totals[0];
            return filled.Value is { } value && open.Lower <= value && value <= open.Upper
                && open.Lower == best.Value && open.Upper == worst.Value
                && open.Lower >= t.Low && open.Upper <= t.High
                && (open.Value is null == (open.Lower != open.Upper));
        });
    }

    [Theory]
    [MemberData(nameof(Totals))]
    public void a_band_given_with_unknown_answers_is_the_band_of_every_completion(string instrument, string total)
    {
        var (i, t) = Of(instrument, total);
        ForAll(i, sheet =>
        {
            var open = Score(i, t, Answers(i, sheet.Picks));
            var filled = Score(i, t, Answers(i, Fill(sheet.Picks, sheet.Fills)));
            return open.Bands.Zip(filled.Bands).All(b => b.Second.Band is not null && (b.First.Band is null || b.First.Band == b.Second.Band))
                && open.Limits.Zip(filled.Limits).All(l => l.Second.Holds is not null && (l.First.Holds is null || l.First.Holds == l.Second.Holds));
        });
    }

    [Fact]
    public void every_instrument_with_items_takes_part() =>
        Assert.Equal(
            ["bilag2004", "cdasi", "clasi", "egos", "egris", "gbs_ds", "incat", "megos", "mg_adl", "mgc", "mmt8", "mrc_sum", "onls", "qmg", "sdi", "selena_sledai", "skin4", "sledai2k", "sledai_original", "sps_dsi", "sps_hss", "tis2016"],
            Clinic.WithItems.Select(i => i.Id));

    private static void ForAll(Instrument instrument, Func<Sheet, bool> holds)
    {
        var n = instrument.Items.Count;
        // One answer in four is unknown.
        var picks = Gen.Choose(-33, 99).ListOf(n);
        var fills = Gen.Choose(0, 99).ListOf(n);
        var sheets = picks.SelectMany(p => fills.SelectMany(f => Gen.Choose(0, int.MaxValue - 1).Select(seed => new Sheet([.. p], [.. f], seed))));
        Prop.ForAll(sheets.ToArbitrary(), holds).QuickCheckThrowOnFailure();
    }

    private static (Instrument Instrument, ScoreTotal Total) Of(string instrument, string total)
    {
        var found = Clinic.Knowledge.Instruments[instrument];
        return (found, found.Total(total)!);
    }

    private static ScoreResult Score(Instrument instrument, ScoreTotal total, IReadOnlyList<KeyValuePair<string, Given>> answers) =>
        Addition.Score(instrument, total, new(Given.Of(("sex", Given.Of("female")), ("answers", new Given.Map(answers)))));

    private static List<KeyValuePair<string, Given>> Answers(Instrument instrument, IReadOnlyList<int> picks) =>
        [.. instrument.Items.Select((item, n) => KeyValuePair.Create(item.Id, picks[n] < 0 ? Given.Nothing : Pick(item, picks[n])))];

    private static List<KeyValuePair<string, Given>> Extreme(Instrument instrument, IReadOnlyList<int> picks, bool least) =>
        [.. instrument.Items.Select((item, n) => KeyValuePair.Create(
            item.Id,
            picks[n] >= 0 ? Pick(item, picks[n]) : least ? Possible(item).MinBy(v => Points(item, v))! : Possible(item).MaxBy(v => Points(item, v))!))];

    private static IReadOnlyList<int> Fill(IReadOnlyList<int> picks, IReadOnlyList<int> fills) => [.. picks.Select((p, n) => p < 0 ? fills[n] : p)];

    private static Given Pick(InstrumentItem item, int pick)
    {
        var possible = Possible(item);
        return possible[pick % possible.Count];
    }

    /// <summary>Every kind of answer: each level, and on each side of each limit of a table.</summary>
    private static List<Given> Possible(InstrumentItem item)
    {
        if (item.IsFlag || item.Weight is not null)
        {
            return [Given.Of(false), Given.Of(true)];
        }

        if (item.Table is { } table)
        {
            var limits = table.Rows.Values.SelectMany(r => r.Select(x => x.Limit)).SelectMany(l => new[] { l - 1, l, l + 1 });
            return [.. limits.Append(table.Possible.High).Where(v => v >= table.Possible.Low && v <= table.Possible.High).Distinct().Order().Select(v => Given.Of(v))];
        }

        return item.Levels.Count > 0
            ? [.. item.Levels.Select(l => Given.Of(l.Value))]
            : [.. Enumerable.Range((int)item.Points!.Value.Low, (int)(item.Points.Value.High - item.Points.Value.Low) + 1).Select(v => Given.Of((decimal)v))];
    }

    private static decimal Points(InstrumentItem item, Given value) => Answer.Read(item, value, item.Id, "female").Low;

    private static bool Same(ScoreResult a, ScoreResult b) => a.Values.Zip(b.Values).All(p => p.First.Name == p.Second.Name && p.First.Value.Same(p.Second.Value));

    private static int HashOf(string key, int seed) => key.Aggregate(seed, (h, c) => unchecked((h * 31) + c));
}
