using FsCheck;
using FsCheck.Fluent;
using IgLoop.Core.Knowledge.Instruments;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;

namespace IgLoop.Core.Tests.Scoring;

/// <summary>The same answers in another form of request (lists, pairs, sides, zones, counts, points, names) give the same score; and the licensed form that is added in code obeys what added scores obey.</summary>
public class FormsOfARequest
{
    private const int Unknown = -1;

    public static TheoryData<string> InForms => ["sledai2k", "selena_sledai", "sps_dsi", "sps_hss", "mg_adl", "mgc", "qmg", "mmt8", "mrc_sum", "cdasi", "clasi", "bilag2004", "sdi"];

    [Theory]
    [MemberData(nameof(InForms))]
    public void every_form_of_a_request_gives_the_same_bounds(string instrument)
    {
        var i = Clinic.Knowledge.Instruments[instrument];
        var picks = Gen.Choose(-33, 99).ListOf(i.Items.Count);
        Prop.ForAll(picks.ToArbitrary(), p =>
        {
            var answers = i.Items.Select((item, n) => KeyValuePair.Create(item, p[n] < 0 ? Unknown : p[n] % Levels(item))).ToDictionary();
            var (request, total) = Form(i, answers);
            var plain = Addition.Score(i, i.Total(total), new(Given.Of(("answers", new Given.Map([.. answers.Select(a => KeyValuePair.Create(a.Key.Id, Answer(a.Key, a.Value)))])))));
            var formed = Scorers.Score(Clinic.Knowledge, instrument, request).Totals.First(t => t.Total.Id == total);
            return plain.Totals[0] == formed;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void the_24_answers_of_irods_add_up_in_any_order_within_bounds_and_never_fall_by_a_better_one()
    {
        var answers = Gen.Choose(-1, 2).ListOf(24);
        Prop.ForAll(answers.SelectMany(a => Gen.Choose(0, 2).ListOf(24).SelectMany(f => Gen.Choose(0, 23).Select(at => (Open: a.ToList(), Fill: f.ToList(), At: at)))).ToArbitrary(), x =>
        {
            var (low, high) = Raw(x.Open);
            var filled = x.Open.Select((a, n) => a < 0 ? x.Fill[n] : a).ToList();
            var (total, same) = Raw(filled);
            var turned = Raw([.. x.Open.Skip(x.At), .. x.Open.Take(x.At)]);
            var better = filled.ToList();
            better[x.At] = 2;
            return low <= total && total == same && total <= high && low >= 0 && high <= 48
                && turned == (low, high)
                && Raw(better).Low >= total
                && (low == high) == x.Open.TrueForAll(a => a >= 0);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("grip", "unit: kPa, baseline: 40, now: 48", "baseline: 40 kPa, now: 48 kPa", "meets_ge8")]
    [InlineData("mgfa_pis", "symptoms: false, exam_weakness: some, months_stable: 14, therapy: both", "symptoms: false, exam_weakness: some, months_stable: 14, therapy: cholinesterase_plus_immunosuppression", "status")]
    [InlineData("irods_change", "baseline_logit: 1, now_logit: 1.98, baseline_se: 0.3, now_se: 0.4", "baseline_logit: 1, now_logit: 1.98, se_baseline: 0.3, se_now: 0.4", "mcid_se")]
    public void the_same_by_other_words_is_the_same(string instrument, string usual, string other, string value)
    {
        Assert.NotEqual(Given.Nothing, Clinic.Score(instrument, usual)[value]);
        Assert.Equal(Clinic.Score(instrument, usual)[value]!.Show(), Clinic.Score(instrument, other)[value]!.Show());
    }

    private static (decimal Low, decimal High) Raw(List<int> answers)
    {
        var total = Scorers.Score(Clinic.Knowledge, "irods", Given.Of(("items", new Given.List([.. answers.Select(a => a < 0 ? Given.Nothing : Given.Of((decimal)a))])))).Totals[0];
        return (total.Lower, total.Upper);
    }

    /// <summary>The request in the instrument's own words, and the total that it asks for.</summary>
    private static (Given.Map Request, string Total) Form(Instrument i, Dictionary<InstrumentItem, int> answers)
    {
        Given List(Func<InstrumentItem, bool> of) => new Given.List([.. i.Items.Where(of).Select(x => Answer(x, answers[x]))]);
        Given Ids(Func<int, bool> of) => Given.Of(i.Items.Where(x => of(answers[x])).Select(x => x.Id));
        Given Map(Func<InstrumentItem, bool> of, Func<InstrumentItem, string> key) => new Given.Map([.. i.Items.Where(of).Select(x => KeyValuePair.Create(key(x), Answer(x, answers[x])))]);
        Given One(string id) => Answer(i.Items.First(x => x.Id == id), answers[i.Items.First(x => x.Id == id)]);
        return i.Id switch
        {
            "sps_dsi" => (Given.Of(("areas", Ids(a => a > 0)), ("unknown", Ids(a => a < 0))), "total"),
            "sps_hss" => (Given.Of(("triggers", Ids(a => a > 0)), ("unknown", Ids(a => a < 0))), "total"),
            "sledai2k" or "selena_sledai" => (Given.Of(("present", Ids(a => a > 0)), ("unknown", Ids(a => a < 0))), "total"),
            "mg_adl" => (Given.Of(("items", List(_ => true))), "total"),
            "mgc" => (new Given.Map([.. i.Items.Select(x => KeyValuePair.Create(x.Id, Answer(x, answers[x])))]), "total"),
            "qmg" => (Given.Of(("points", new Given.List([.. i.Items.Select(x => Answer(x, answers[x]) is var a && a is Given.Null ? Given.Nothing : Given.Of(Points(x, a)))]))), "total"),
            "mmt8" => (Given.Of(
                ("laterality", Given.Of("bilateral")),
                ("neck", One("neck_flexors")),
                ("pairs", new Given.List([.. i.Items.Where(x => x.Side == "right").Select(x => (Given)new Given.List([Answer(x, answers[x]), One($"{x.Base}_left")]))]))), "bilateral"),
            "mrc_sum" => (Given.Of(("right", List(x => x.Side == "right" && i.Totals[0].Items.Contains(x.Id))), ("left", List(x => x.Side == "left" && i.Totals[0].Items.Contains(x.Id)))), i.Totals[0].Id),
            "cdasi" => (Given.Of(("zones", new Given.Map([.. i.Zones.Select(z => KeyValuePair.Create(z.Id, Map(x => x.Zone == z.Id && x.Base is ("erythema" or "scale" or "erosion_ulceration"), x => x.Base)))]))), "zones"),
            "clasi" => (Given.Of(
                ("erythema", Map(x => x.Base == "erythema", x => x.Zone!)),
                ("scale", Map(x => x.Base == "scale_hypertrophy", x => x.Zone!)),
                ("mucous", One("mucous_membrane")),
                ("recent_hair_loss", One("recent_hair_loss")),
                ("alopecia", One("nonscarring_alopecia"))), "activity"),
            "bilag2004" => (Given.Of(("grades", Map(_ => true, x => x.Id))), i.Totals[0].Id),
            _ => (Given.Of(("items", Map(_ => true, x => x.Id))), i.Totals[0].Id),
        };
    }

    private static int Levels(InstrumentItem item) => item.IsFlag || item.Weight is not null ? 2 : item.Levels.Count > 0 ? item.Levels.Count : item.Table is { } t ? t.Rows.Values.First().Count : (int)(item.Points!.Value.High - item.Points.Value.Low) + 1;

    private static Given Answer(InstrumentItem item, int pick) =>
        pick < 0 ? Given.Nothing
        : item.IsFlag || item.Weight is not null ? Given.Of(pick > 0)
        : item.Levels.Count > 0 ? item.Levels[pick].Code is { } code ? Given.Of(code) : Given.Of(item.Levels[pick].Value)
        : item.Table is { BySex: false } table ? Given.Of(Inside(table.Rows[""][pick]))
        : item.Table is not null ? Given.Nothing
        : Given.Of(item.Points!.Value.Low + pick);

    private static decimal Inside(PointRow row) => row.Open ? row.Limit + 1 : row.Limit;

    private static decimal Points(InstrumentItem item, Given value) => Core.Scoring.Answer.Read(item, value, item.Id).Low;
}
