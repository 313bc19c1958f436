using System.Globalization;
using IgLoop.Core.Facts;
using IgLoop.Core.Knowledge;
using IgLoop.Core.Knowledge.Reading;
using IgLoop.Core.Scoring;
using IgLoop.Core.Scoring.Composites;

namespace IgLoop.Core.Reviewing;

/// <summary>Reads the request of a review as a person types it, or as JSON carries it.</summary>
public static class ReviewReading
{
    private static readonly string[] Times = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    // The lists of a request are typed by place; a sentence says what the place holds.
    private static readonly Func<string, string?> AssessmentWords = name => name == "at" ? "Day of the assessment" : null;
    private static readonly Func<string, string?> PlateletWords = name => name switch { "at" => "Day of the count", "count" => "Platelet count", _ => null };
    private static readonly Func<string, string?> SteroidWords = name => name switch { "from" => "First day of the dose", "drug" => "Glucocorticoid", "mg" => "Dose", "every_days" => "Days between doses", "pulse" => "Pulse", _ => null };

    /// <summary>The request, checked: times, ranges, units and names.</summary>
    /// <param name="today">Nothing may lie after it; the request may name an earlier day under <c>at</c>.</param>
    /// <param name="path">Where the request stands, for messages.</param>
    /// <param name="hours">Whether an hour can be given beside a day where the request was typed, for messages.</param>
    /// <exception cref="ScoringException">One sentence: what, where, how to mend it.</exception>
    public static ReviewRequest Read(KnowledgeBase knowledge, Given.Map given, DateOnly today, string path = "", bool hours = true)
    {
        var inputs = new ScoreInputs(given, path);
        inputs.Accept("id", "note", "expected");
        var at = inputs.Has("at") ? Day(inputs, "at") : today;
        var instrument = Known(knowledge, inputs.Text("instrument"), inputs.Path("instrument"));
        var assessments = inputs.Inners("assessments", AssessmentWords).Select(a => One(knowledge, a, instrument)).ToList();
        instrument ??= assessments.Select(a => a.Instrument).FirstOrDefault()
            ?? (inputs.Has("platelets") ? "itp_iwg" : inputs.Has("steroids") ? "steroid_sparing" : inputs.Inner("composites")?.Names.FirstOrDefault())
            ?? throw inputs.Missing("instrument", "the instrument that decides, such as clasi or mg_adl");
        foreach (var group in assessments.GroupBy(a => a.Instrument))
        {
            AssessmentTimes.Check(group.Select(a => (a.At, a.Where)), at, hours);
            if (group.Select(a => a.Unit).Distinct(StringComparer.Ordinal).Count() > 1)
            {
                throw new ScoringException("unit_mismatch", $"{inputs.Path("assessments")} of {ScoreNames.Short(knowledge, group.Key)} mix units ({string.Join(" and ", group.Select(a => a.Unit ?? "none").Distinct(StringComparer.Ordinal))}); give all in one unit, measured by one device.", inputs.Path("assessments"));
            }

            if (group.Select(a => a.Total).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is { Count: > 1 } forms)
            {
                throw new ScoringException("forms_mixed", $"{inputs.Path("assessments")} of {ScoreNames.Short(knowledge, group.Key)} mix {string.Join(" and ", forms.Select(f => ScoreNames.Owner(knowledge, group.Key)?.Total(f)?.Name ?? f))}; a change needs the same form at every visit.", inputs.Path("assessments"));
            }
        }

        Bundled(knowledge, inputs, [instrument, .. assessments.Select(a => a.Instrument)]);
        var platelets = inputs.Inners("platelets", PlateletWords).Select(p => Closed(p, x => (Count: new PlateletCount(Day(x, "at"), x.NumberIn("count", "10*9/L", 0, 5000) ?? throw x.Missing("count", "a count in 10*9/L")), Where: x.Path("at")))).ToList();
        AssessmentTimes.Check(platelets.Select(p => (p.Count.At.ToDateTime(TimeOnly.MinValue), p.Where)), at, hours: false);
        var infusions = Days(inputs, "infusions");
        foreach (var (day, where) in infusions.Where(i => i.Day > at))
        {
            throw new ScoringException("after_today", $"{where} is {Show(day)}, after today ({Show(at)}); give what was infused, not what is planned.", where);
        }

        var request = new ReviewRequest
        {
            At = at,
            Patient = inputs.Text("patient"),
            Condition = inputs.Text("condition") is { } c ? knowledge.Conditions.TryGetValue(c, out var condition) ? condition : throw new ScoringException("unknown_condition", $"There is no condition '{c}'{ScoreInputs.Near(c, knowledge.Conditions.Keys)}", inputs.Path("condition")) : null,
            Phase = inputs.Word("phase", "induction", "maintenance"),
            Goal = inputs.Text("goal") is { } goal ? knowledge.Manifestations.ContainsKey(goal) ? goal : throw new ScoringException("unknown_goal", $"There is no goal '{goal}'{ScoreInputs.Near(goal, knowledge.Manifestations.Keys)}", inputs.Path("goal")) : null,
            Authority = inputs.Text("authority") is { } who ? knowledge.Authorities.ContainsKey(who) ? who : throw new ScoringException("unknown_authority", $"There is no authority '{who}'{ScoreInputs.Near(who, knowledge.Authorities.Keys)}", inputs.Path("authority")) : null,
            Instrument = instrument,
            Assessments = [.. assessments.OrderBy(a => a.At)],
            Infusions = [.. infusions.Select(i => i.Day).Order()],
            Steroids = [.. inputs.Inners("steroids", SteroidWords).Select(s => Closed(s, x => Dose(knowledge, x, at))).OrderBy(s => s.From)],
            Platelets = [.. platelets.Select(p => p.Count).OrderBy(p => p.At)],
            Bleeding = inputs.Flag("bleeding"),
            Rescue = inputs.Flag("rescue"),
            Flare = inputs.Flag("flare"),
            Withdrawn = inputs.Inner("withdrawn") is { } w ? Closed(w, x => new Withdrawal(x.NeedWord("reason", "pregnancy", "adverse_event", "no_effect", "lost", "other"), x.Has("at") ? Day(x, "at") : null)) : null,
            Improved = inputs.Texts("improved"),
            NotImproved = inputs.Texts("not_improved"),
            Composites = inputs.Inner("composites")?.Map ?? Given.Empty,
        };
        inputs.OnlyAsked();
        return request;
    }

    private static Assessed One(KnowledgeBase knowledge, ScoreInputs a, string? primary)
    {
        var id = Known(knowledge, a.Text("instrument"), a.Path("instrument")) ?? primary ?? throw a.Missing("instrument", "the instrument of this assessment, or one for all");
        var time = Moment(a, "at");
        var unit = a.Text("unit");
        var read = a.Inner("items") is { } answers ? OfItems(knowledge, id, answers, time, unit, a) : OfValue(knowledge, id, time, unit, a);
        a.OnlyAsked();
        return read;
    }

    private static Assessed OfItems(KnowledgeBase knowledge, string id, ScoreInputs answers, DateTime time, string? unit, ScoreInputs a)
    {
        ScoreResult score;
        try
        {
            score = Scorers.Score(knowledge, id, answers.Map);
        }
        catch (ScoringException e)
        {
            throw new ScoringException(e.Code, $"{ScoreNames.Short(knowledge, id)} of {a.Path("items")}: {e.Message}", $"{a.Path("items")}.{e.Where}");
        }

        var total = score.Totals.FirstOrDefault(t => t.Total.Primary) is { } primary ? primary : score.Totals.Count > 0 ? score.Totals[0] : throw new ScoringException("bad_value", $"{a.Path("items")}: {ScoreNames.WithId(ScoreNames.Of(knowledge, id), id)} gives no total; put it under composites.", a.Path("items"));
        return new(id, time, total.Lower, total.Upper, unit, answers, total.MayDecide, a.Path("at")) { Total = total.Total.Id };
    }

    private static Assessed OfValue(KnowledgeBase knowledge, string id, DateTime time, string? unit, ScoreInputs a)
    {
        if (!a.Has("value"))
        {
            throw a.Missing("value", "the total, or the answers under items");
        }

        if (Scorers.Find(knowledge, id) is not { } found)
        {
            if (id == "tug3" && a.Value("value") is Given.Text { Value: "unable" })
            {
                return new(id, time, 0, 0, unit, null, true, a.Path("at")) { IsUnable = true };
            }

            if (knowledge.Instruments.TryGetValue(id, out var composite) && (composite.Changes.Count == 0 || Bundle.IsOf(composite)))
            {
                throw new ScoringException("bad_value", $"{a.Path("value")}: {ScoreNames.WithId(composite.Name, id)} gives no total; put what it is worked out from under composites.", a.Path("value"));
            }

            var measured = a.Number("value", 0, 100000) ?? throw a.Missing("value", "the measurement");
            return new(id, time, measured, measured, unit, null, true, a.Path("at"));
        }

        var total = found.Total ?? found.Instrument.Totals.FirstOrDefault(t => t.Primary) ?? found.Instrument.Totals[0];
        var value = a.Number("value", total.Low, total.High, total.Name);
        return value is { } v && (v - total.Low) % total.Step != 0
            ? throw new ScoringException("out_of_range", $"{total.Name} ({a.Path("value")}) is {ScoreInputs.Show(v)}, but goes in steps of {ScoreInputs.Show(total.Step)}.", a.Path("value"))
            : new(id, time, value ?? total.Low, value ?? total.High, unit, null, true, a.Path("at"));
    }

    private static SteroidDose Dose(KnowledgeBase knowledge, ScoreInputs x, DateOnly today)
    {
        var from = Day(x, "from");
        if (from > today)
        {
            throw new ScoringException("after_today", $"{x.Named("from")} is {Show(from)}, after today ({Show(today)}); give what was taken, not what is planned.", x.Path("from"));
        }

        var drug = x.Text("drug") ?? throw x.Missing("drug", "the name of the glucocorticoid");
        var mg = x.NumberIn("mg", "mg", 0, 100000) ?? throw x.Missing("mg", "milligrams");
        return new(from, drug, Steroids.PrednisoneMg(knowledge, drug, mg, x.Path("drug")) / (x.Whole("every_days", 1, 28) ?? 1), x.Flag("pulse") ?? false);
    }

    private static string? Known(KnowledgeBase knowledge, string? id, string where) =>
        id is null || Scorers.Find(knowledge, id) is not null ? id
            : knowledge.Instruments.TryGetValue(id, out var described) ? (Scorers.Scores(knowledge, id) ? id : throw Scorers.NotScored(knowledge, described, where))
            : Bundle.Of(knowledge, id) is { } listed ? Bundle.Series(listed.Bundle, listed.Measure)[^1]
            : throw new ScoringException("unknown_instrument", $"There is no instrument '{id}'{(Spelling.Nearest(id, knowledge.Instruments.Keys, 1) is [var near] ? $"; did you mean '{near}'?" : "; 'igloop knowledge list instruments' shows them.")}", where);

    /// <summary>What the assessor judges must have been measured here, or be in the list of some bundle.</summary>
    private static void Bundled(KnowledgeBase knowledge, ScoreInputs inputs, IReadOnlyList<string> measured)
    {
        foreach (var list in new[] { "improved", "not_improved" })
        {
            if (inputs.Texts(list).FirstOrDefault(m => !measured.Contains(m) && Bundle.Of(knowledge, m) is null) is { } unknown)
            {
                var measures = knowledge.Instruments.Values.Where(Bundle.IsOf).SelectMany(b => b.List("measures")).Distinct(StringComparer.Ordinal);
                throw new ScoringException("not_in_bundle", $"{inputs.Path(list)}: '{unknown}' is no measure of a bundle{ScoreInputs.Near(unknown, measures)}", inputs.Path(list));
            }
        }

        if (inputs.Texts("improved").Intersect(inputs.Texts("not_improved"), StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            throw new ScoringException("contradiction", $"'{both}' stands under improved and under not_improved; keep one.", inputs.Path("improved"));
        }
    }

    private static List<(DateOnly Day, string Where)> Days(ScoreInputs inputs, string name)
    {
        var where = inputs.Path(name);
        return inputs.Value(name) switch
        {
            null or Given.Null => [],
            Given.List list => [.. list.Items.Select((x, n) => (x is Given.Map m
                ? Closed(new ScoreInputs(m, $"{where}[{n}]"), y =>
                {
                    y.Accept("g", "g_per_kg", "product");
                    return Day(y, "at");
                })
                : DateOnly.FromDateTime(Parse((x as Given.Text)?.Value, $"{where}[{n}]")), $"{where}[{n}]"))],
            _ => throw new ScoringException("bad_value", $"{where} must be a list of days.", where),
        };
    }

    private static DateOnly Day(ScoreInputs inputs, string name) => DateOnly.FromDateTime(Moment(inputs, name));

    private static DateTime Moment(ScoreInputs inputs, string name) => Parse(inputs.Text(name) ?? throw inputs.Missing(name, "a day such as 2026-11-24"), inputs.Path(name), inputs.Named(name));

    private static DateTime Parse(string? text, string where, string? named = null) => DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
        ? time
        : throw new ScoringException("bad_value", $"{named ?? where} must be a day such as 2026-11-24, or with the hour 2026-11-24T09:30, not '{text}'.", where);

    private static T Closed<T>(ScoreInputs inputs, Func<ScoreInputs, T> read)
    {
        var value = read(inputs);
        inputs.OnlyAsked();
        return value;
    }

    private static string Show(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
